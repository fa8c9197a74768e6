"""The parts of an export, by the names that the command line and the window know them by."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mlflow_cost_desktop.errors import UserError

PARTS = {
    "summary": "Summary",
    "money": "The money",
    "lines": "Line by line",
    "months": "Over time",
    "uncertainty": "How sure that is",
    "comparison": "Side by side",
    "plans": "Managed plans",
    "alternatives": "Alternatives",
    "assumptions": "Assumptions",
    "sources": "Sources",
}
"""In the order in which they stand in every export."""

ALL = tuple(PARTS)


def parts_from(text: str) -> tuple[str, ...]:
    """The parts that a list names, `summary,lines`, in their own order.

    Raises:
        UserError: for a name that is none, or a list without any.
    """
    wanted = {name.strip().lower() for name in text.split(",")} - {""}
    unknown = sorted(wanted - set(PARTS))
    if unknown or not wanted:
        what = f"There is no part “{unknown[0][:40]}”" if unknown else "No part is named"
        raise UserError(what, f"Parts are {', '.join(PARTS)}. Nothing was written.")
    return in_order(wanted)


def in_order(wanted: Collection[str]) -> tuple[str, ...]:
    """Some parts in their own order."""
    return tuple(name for name in PARTS if name in wanted)


def titles(parts: Iterable[str]) -> list[str]:
    """What some parts are called."""
    return [PARTS[name] for name in parts]
