"""What all sections of the report are made from, and how they print figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np

from mlflow_cost_desktop.analysis.alternatives import Alternatives, Search, alternatives
from mlflow_cost_desktop.analysis.comparison import Column, Comparison, told_apart
from mlflow_cost_desktop.analysis.flips import Flips, flips
from mlflow_cost_desktop.analysis.held_against import Held, held_against
from mlflow_cost_desktop.analysis.managed_plans import Offer, offers
from mlflow_cost_desktop.analysis.projection import Projection, projection
from mlflow_cost_desktop.analysis.suggested_ranges import suggested_ranges
from mlflow_cost_desktop.analysis.tornado import Tornado, tornado
from mlflow_cost_desktop.analysis.uncertainty import LIVE, MANY, Uncertainty, uncertainty
from mlflow_cost_desktop.figures import whole
from mlflow_cost_desktop.files.preferences import DAYS
from mlflow_cost_desktop.files.shipped_lists import read_ranges
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.ranges import used_ranges
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.price_age import Reading

BEST = 2
"""So many alternatives stand beside the scenario."""


@dataclass(frozen=True)
class Facts:
    """A scenario, what it costs, and when the report was made; `managed` are plans beside it."""

    scenario: Scenario
    price_book: PriceBook
    estimate: Estimate
    created: datetime
    managed: tuple[Offer, ...] = ()
    plans: tuple[ManagedPlan, ...] = ()
    """The managed plans that come with the program."""
    limit_days: int = DAYS
    """After how many days a price counts as old."""
    beside: tuple[Column, ...] = ()
    """Scenarios that stand beside this one."""

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        price_book: PriceBook,
        created: datetime,
        plans: Sequence[ManagedPlan] = (),
        limit_days: int = DAYS,
        beside: Sequence[Column] = (),
    ) -> Facts:
        """What a scenario costs, with the plans that come with the program beside it.

        Args:
            beside: scenarios that stand beside it, too.
        """
        outcome = estimate(scenario, price_book)
        managed = offers(scenario, price_book, plans, outcome)
        return cls(
            scenario,
            price_book,
            outcome,
            created,
            managed,
            tuple(plans),
            limit_days,
            tuple(beside),
        )

    @property
    def reading(self) -> Reading:
        """When the report is read: when it is made."""
        return Reading(self.created.date(), self.limit_days)

    @property
    def currency(self) -> Currency:
        """What totals are printed in."""
        return self.scenario.currency

    @property
    def held(self) -> Held:
        """What stands beside the total."""
        return held_against(self.scenario, self.managed)

    @cached_property
    def projection(self) -> Projection:
        """What it costs over the months, with the plan beside it."""
        return projection(self.scenario, self.price_book, self.held.plan, self.plans)

    @cached_property
    def comparison(self) -> Comparison:
        """This scenario and those beside it."""
        first = Column(
            "This scenario", self.scenario, self.price_book, self.estimate, shipped=self.plans
        )
        columns = (first, *self.beside)
        names = told_apart([column.name for column in columns])
        return Comparison(
            tuple(column.named(name) for column, name in zip(columns, names, strict=True))
        )

    @cached_property
    def alternatives(self) -> Alternatives:
        """The two cheapest ways that fit, in its region."""
        search = Search(self.scenario, self.price_book, BEST)
        return alternatives(search, {self.price_book.region_id: lambda: self.price_book})

    @cached_property
    def uncertainty(self) -> Uncertainty | None:
        """How sure the total is, with the plan beside it; none where no input has a range."""
        if not used_ranges(self.scenario, self.scenario.ranges):
            return None
        return uncertainty(self.scenario, self.price_book, self.held.plan, MANY)

    @cached_property
    def supposed(self) -> Uncertainty | None:
        """The same with the ranges that the program suggests; none where it knows none.

        For a scenario that has no range of its own: its first page answers how sure that is, too.
        """
        known = read_ranges(resources_dir())
        suggested = suggested_ranges(self.scenario, self.price_book, known)
        if not suggested:
            return None
        supposed = self.scenario.model_copy(update={"ranges": suggested})
        return uncertainty(supposed, self.price_book, self.held.plan, LIVE)

    @cached_property
    def tornado(self) -> Tornado:
        """What matters most."""
        return tornado(self.scenario, self.price_book)

    @property
    def cases(self) -> Uncertainty | None:
        """From typed ranges where there are some, else from those that the program suggests."""
        return self.uncertainty or self.supposed

    @cached_property
    def swings(self) -> Tornado | None:
        """The cost at both ends of the ranges that the cases were drawn from."""
        if self.cases is None:
            return None
        typed = self.cases is self.uncertainty
        return self.tornado if typed else tornado(self.cases.scenario, self.price_book)

    @cached_property
    def flips(self) -> Flips | None:
        """What would turn the verdict; none where nothing of a known cost is held against it."""
        plan = self.held.plan
        return flips(self.scenario, self.price_book, plan) if plan else None

    @cached_property
    def flips_of_cheapest(self) -> Flips | None:
        """What would turn the verdict against the cheapest way to host it that fits."""
        plan, found = self.held.plan, self.alternatives.found
        if not (plan and found):
            return None
        return flips(found[0].scenario, self.price_book, plan, beside=self.scenario)

    @cached_property
    def share_against_cheapest(self) -> float | None:
        """In which part of the cases the plan is cheaper than that; none without cases."""
        found, cases = self.alternatives.found, self.cases
        if not (found and cases and cases.plan_cost is not None):
            return None
        ranged = found[0].scenario.model_copy(update={"ranges": cases.scenario.ranges})
        best = uncertainty(ranged, self.price_book, count=cases.draws)
        return float(np.mean(cases.plan_cost < best.cost))

    @property
    def charges(self) -> tuple[Charge, ...]:
        """The lines that have a quantity."""
        return tuple(charge for charge in self.estimate.charges if charge.pricing_quantity != 0)

    @property
    def rules(self) -> list[str]:
        """What stands behind prices that are not simply a source's own, in the lines' order."""
        return list(dict.fromkeys(c.price.rule for c in self.charges if c.price.rule))


def share(part: float, total: float) -> str:
    """A part in whole percents."""
    percent = 100.0 * part / total if total else 0.0
    if 0.0 < percent < 0.5:
        return "< 1 %"
    return f"{whole(percent)} %"


def count(number: float, word: str) -> str:
    """A number of things: 1 line, 2 lines."""
    return f"{number:,.0f} {word}{'' if number == 1 else 's'}"
