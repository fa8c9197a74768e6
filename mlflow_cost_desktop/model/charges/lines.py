"""Lines as whoever compares estimates needs them: by identity, their parts together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.prices.price import Value


@dataclass(frozen=True, slots=True)
class Line:
    """The parts of one line, at least one: its tiers, or its hours and its upfront part."""

    parts: tuple[Charge, ...]

    @property
    def id(self) -> str:
        """`component/group/word`."""
        return self.parts[0].line

    @property
    def component(self) -> str:
        return self.parts[0].component

    @property
    def name(self) -> str:
        """The words of the first part, without those of its tier."""
        return self.parts[0].name

    @property
    def quantity(self) -> Value:
        """How many pricing units a month; of a committed line, its hours."""
        counted = [part.pricing_quantity for part in self.parts if part.part != "upfront"]
        return sum(counted[1:], counted[0])

    @property
    def effective_cost(self) -> Value:
        """USD in a steady month; NaN where a part has no price."""
        costs = [part.effective_cost for part in self.parts]
        return sum(costs[1:], costs[0])


def by_line(charges: Iterable[Charge]) -> dict[str, Line]:
    """An estimate's lines by identity, in the order of their first parts."""
    found: dict[str, list[Charge]] = {}
    for charge in charges:
        found.setdefault(charge.line, []).append(charge)
    return {line: Line(tuple(parts)) for line, parts in found.items()}
