"""What an update of prices does, in words: sizes, questions, what changes and what stays."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.figures import PLAIN, Figures, plural
from mlflow_cost_desktop.prices.editions import Edition
from mlflow_cost_desktop.prices.proposal import Doubt, Move, Outcome

if TYPE_CHECKING:  # it loads the network, which nothing does at the start
    from mlflow_cost_desktop.prices.update import PriceList

MB = 1_000_000


def size_in_words(size: int, figures: Figures) -> str:
    """`480 MB`, `1.2 MB`, `17.3 GB`: of what is fetched."""
    mb = size / MB
    if mb >= 1000:
        return f"{figures.exact(round(mb / 1000, 1))} GB"
    return f"{figures.exact(round(mb) if mb >= 10 else round(mb, 1))} MB"


def not_read_in_words(price_list: PriceList) -> str:
    """What an update leaves as it is, though the program knows it."""
    return f"Not updated: {'; '.join(price_list.not_read)}."


def doubt_in_words(doubt: Doubt, figures: Figures = PLAIN) -> str:
    """Why something is asked about."""
    if doubt.kind == "few":
        found, known = figures.exact(doubt.after), figures.exact(doubt.before)
        return f"its file holds only {found} of the {known} prices that are known"
    if doubt.kind == "many":
        changed, known = figures.exact(doubt.after), figures.exact(doubt.before)
        return f"{changed} of its {known} prices have changed"
    if doubt.kind == "free":
        was = "is new" if math.isnan(doubt.before) else f"was {figures.unit_price(doubt.before)}"
        return f"it {was} and would cost nothing, which is not published as free"
    old, new = figures.unit_price(doubt.before), figures.unit_price(doubt.after)
    return f"{old} would become {new}, a move beyond what is likely"


def share_in_words(move: Move, figures: Figures) -> str:
    """By how much a price changed: `+12 %`."""
    if not math.isfinite(move.share):
        return "new tier"
    percent = 100.0 * move.share
    rounded = round(percent, 1) if abs(percent) < 100 else round(percent)
    return f"{'−' if rounded < 0 else '+'}{figures.exact(abs(rounded))} %"


def outcome_in_words(outcome: Outcome, figures: Figures) -> str:
    """`12 new, 340 changed, 3 gone; 2 stay as they were`."""
    counts = (
        (len(outcome.new), "new"),
        (len(outcome.moves), "changed"),
        (len(outcome.gone), "gone"),
    )
    words = ", ".join(f"{figures.exact(count)} {what}" for count, what in counts)
    kept = len(outcome.refused)
    stay = f"; {figures.exact(kept)} {'stays' if kept == 1 else 'stay'} as before" if kept else ""
    return f"{words}{stay}"


def effect_in_words(before: str, after: str, gaps: int) -> str:
    """What the open scenario costs now and then: `A month: $659.86 → $662.10`."""
    words = f"A month: {before} → {after}" if before != after else f"A month stays at {before}"
    more = f"; {gaps} more {plural(gaps, 'line')} would have no price" if gaps > 0 else ""
    return f"{words}{more}"


def edition_in_words(edition: Edition | None, figures: Figures) -> str:
    """Which book it is: when it was fetched, or that it came with the program."""
    if edition is None:
        return f"bundled with version {__version__}"
    return f"fetched {figures.day(edition.fetched.date().isoformat())}"
