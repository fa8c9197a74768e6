"""The article's estimate written out in numpy, as one would for a single question.

The floor of a sweep: the program answers any question with one evaluator, and this is what
knowing the question beforehand would save. One line a charge that is not zero; what does not
depend on the array is added up first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

Values = NDArray[np.float64]


@dataclass(frozen=True)
class ByHand:
    """Prices in USD and quantities of one scenario, as plain floats."""

    month: float
    usage_hours: float
    stored_gb: float
    server: float
    database: float
    database_gb: float
    database_storage: float
    s3_first: float
    s3_next: float
    s3_over: float
    engineer: float

    @classmethod
    def of(cls, scenario: Scenario, book: PriceBook) -> ByHand:
        """The figures of the article's scenario."""
        first, following, over = (_float(t.usd) for t in book.price(*S3_STORAGE).tiers)
        return cls(
            month=scenario.hours_in_month,
            usage_hours=scenario.usage.hours,
            stored_gb=scenario.artifact_store.stored_gb,
            server=_float(book.price("ec2", "m5.large", "on_demand").usd),
            database=_float(
                book.price("rds", "mysql", "db.m5.large", "single_az", "on_demand").usd
            ),
            database_gb=scenario.metadata_store.rds.storage_gb,
            database_storage=_float(book.price("rds_storage", "gp2", "single_az").usd),
            s3_first=first,
            s3_next=following,
            s3_over=over,
            engineer=scenario.labor.platform_engineer_usd,
        )

    def by_usage_hours(self, hours: Values) -> Values:
        """USD a month at each number of usage hours."""
        server = np.minimum(hours, self.month) * self.server
        artifacts = (
            min(self.stored_gb, 51_200) * self.s3_first
            + min(max(self.stored_gb - 51_200, 0), 460_800) * self.s3_next
            + max(self.stored_gb - 512_000, 0) * self.s3_over
        )
        return server + (self._database() + artifacts + self._labor())

    def by_stored_gb(self, gb: Values) -> Values:
        """USD a month at each number of stored GB."""
        server = min(self.usage_hours, self.month) * self.server
        first = np.minimum(gb, 51_200) * self.s3_first
        following = (np.clip(gb, 51_200, 512_000) - 51_200) * self.s3_next
        over = np.maximum(gb - 512_000, 0) * self.s3_over
        return first + following + over + (server + self._database() + self._labor())

    def by_draws(self, of: Mapping[str, Values]) -> Values:
        """USD a month in each case of twelve inputs; see `RANGED`."""
        gb, hours = of["artifact_store.stored_gb"], of["usage.hours"]
        first = np.minimum(gb, 51_200) * self.s3_first
        following = (np.clip(gb, 51_200, 512_000) - 51_200) * self.s3_next
        over = np.maximum(gb - 512_000, 0) * self.s3_over
        server = np.minimum(hours, self.month) * self.server
        least = 20  # GB that RDS sells at least
        storage = np.maximum(of["metadata_store.rds.storage_gb"], least) * self.database_storage
        yearly = sum(
            of[f"labor.tasks.{task}.hours"] * of[f"labor.tasks.{task}.times"] for task in TASKS
        )
        once = of["labor.tasks.set_up.hours"] / 36
        work = once + yearly / 12 + of["labor.tasks.monitoring.hours"]
        labor = work * of["labor.platform_engineer_usd"]
        return server + self.month * self.database + storage + first + following + over + labor

    def _database(self) -> float:
        hours = self.month * self.database
        storage = self.database_gb * self.database_storage
        return hours + storage

    def _labor(self) -> float:
        set_up = 24 / 36 * self.engineer
        upgrades = 2 * 4 / 12 * self.engineer
        patches = 4 * 1.5 / 12 * self.engineer
        monitoring = 1 * 1 * self.engineer
        incidents = 4 * 6 / 12 * self.engineer
        return set_up + upgrades + patches + monitoring + incidents


TASKS = "upgrades", "patches", "incidents"
RANGED = (
    "usage.hours",
    "artifact_store.stored_gb",
    "metadata_store.rds.storage_gb",
    "labor.platform_engineer_usd",
    "labor.tasks.set_up.hours",
    "labor.tasks.monitoring.hours",
    *(f"labor.tasks.{task}.{of}" for task in TASKS for of in ("hours", "times")),
)
"""Twelve inputs of the article that have ranges."""


def drawn_by_hand(seed: int, spreads: Mapping[str, tuple[float, float, float]], count: int) -> Any:
    """PERT draws of low, likely and high values: as one would write them for this purpose alone."""
    at = (np.arange(count) + 0.5) / count
    x = np.linspace(0.0, 1.0, 4097)
    found: dict[str, Values] = {}
    for path, (low, likely, high) in spreads.items():
        mode = (likely - low) / (high - low)
        density = x ** (4 * mode) * (1 - x) ** (4 - 4 * mode)
        below = np.concatenate(([0.0], np.cumsum(density[1:] + density[:-1])))
        values = low + (high - low) * np.interp(at, below / below[-1], x)
        order = np.random.default_rng([seed, crc32(path.encode())]).permutation(count)
        found[path] = values[order]
    return found


S3_STORAGE = ("s3", "standard", "storage")


def _float(value: Any) -> float:
    return float(value)
