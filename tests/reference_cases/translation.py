"""How a published case becomes a scenario: names and units are translated, no cost computed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.own import OwnRate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import changed, own_rate

DATA = Path(__file__).resolve().parent.parent / "data"
BUNDLED = Shelf(pricing_dir() / "aws")


EMPTY = changed(
    Scenario(), server__ec2__replicas=0.0, artifact_store__stored_gb=0.0, labor__tasks=()
)
"""Nothing but a database, which a case about something else does not look at."""


@dataclass
class Translation:
    """A scenario in the making, with the rates that the case states.

    `from_book`: what it states no rate for has the price of the bundled book.
    """

    region_id: str
    values: dict[str, object] = field(default_factory=dict)
    rates: list[OwnRate] = field(default_factory=list)
    from_book: bool = False

    def rate(self, sku_id: str, *tiers: tuple[float, float], free: float = 0.0) -> None:
        self.rates.append(own_rate(sku_id, *tiers, region_id=self.region_id, free=free))

    def scenario(self) -> Scenario:
        values = {"region_id": self.region_id, "own_rates": tuple(self.rates), **self.values}
        return changed(EMPTY, **values)

    def book(self) -> PriceBook:
        """No price at all, so that a stated rate that is not used would be noticed."""
        priced = self.from_book or "server__ec2__payment" in self.values
        if self.rates and not priced:
            return replace(BUNDLED.book(self.region_id), listed={})
        return BUNDLED.book(self.region_id)


def begins(tiers: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Tiers by their sizes as tiers by their begins."""
    sizes = [0.0, *(size for size, _ in tiers[:-1])]
    return [(sum(sizes[: at + 1]), usd) for at, (_, usd) in enumerate(tiers)]


def hours(inputs: dict[str, Any]) -> dict[str, object]:
    """The month that the case counts, or the hours of use in a month of 730."""
    if "hours_per_day" in inputs:
        return {
            "usage__by": "schedule",
            "usage__hours_per_day": float(inputs["hours_per_day"]),
            "usage__days_per_week": 7.0,
        }
    asked = float(inputs.get("hours", 730))
    month = asked if asked in (720.0, 730.0) else 730.0
    return {"hours_in_month": month, "usage__by": "hours", "usage__hours": asked}


Case: TypeAlias = tuple[Callable[[dict[str, Any]], Translation], Callable[[Estimate], Value]]
"""How a case is translated, and what of the estimate it looks at."""


def server(outcome: Estimate) -> Value:
    return outcome.by_component["server"]


def database(outcome: Estimate) -> Value:
    return outcome.by_component["metadata_store"]


def artifacts(outcome: Estimate) -> Value:
    return outcome.by_component["artifact_store"]


def network(outcome: Estimate) -> Value:
    return outcome.by_component["network"]
