"""What has become of a scenario's cost since it was saved: prices change, scenarios do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mlflow_cost_desktop.files.scenario_file import SavedFigures


class Moved(NamedTuple):
    """A line of the bill that costs another amount now, in USD a month.

    None where it had, or has, no price; 0 where it was not, or is no longer, in the bill.
    """

    component: str
    description: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class SinceSaved:
    """The totals in USD a month, and the lines behind the difference.

    `moved` is empty where the file does not tell what its lines cost.
    """

    before: float
    after: float
    moved: tuple[Moved, ...]


def since_saved(saved: SavedFigures, now: SavedFigures) -> SinceSaved | None:
    """What moved by a cent or more, None where nothing did."""
    moved = tuple(_moved(saved, now)) if saved.charges is not None else ()
    if not moved and saved.effective_cost == now.effective_cost:
        return None
    return SinceSaved(saved.effective_cost, now.effective_cost, moved)


def _moved(saved: SavedFigures, now: SavedFigures) -> list[Moved]:
    old, new = saved.charges or {}, now.charges or {}
    return [
        Moved(component, description, before, after)
        for component in dict.fromkeys((*new, *old))
        for description in dict.fromkeys((*new.get(component, {}), *old.get(component, {})))
        if (before := old.get(component, {}).get(description, 0.0))
        != (after := new.get(component, {}).get(description, 0.0))
    ]
