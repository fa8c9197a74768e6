"""What has moved since a file was saved, in words."""

from __future__ import annotations

from mlflow_cost_desktop.figures import Figures, at_least, plural
from mlflow_cost_desktop.files.since_saved import SinceSaved
from mlflow_cost_desktop.prices.editions import fetched_on


def since_in_words(since: SinceSaved, figures: Figures) -> str:
    """`Prices changed since saving: $412.10 → $418.00`, `Rules changed since saving: …`."""
    if since.before != since.after:
        before, after = figures.money(since.before), _now(since, figures)
        return f"{_what_changed(since)} changed since saving: {before} → {after}"
    count = len(since.moved)
    return f"{count} {plural(count, 'line')} moved since saving, the total did not"


def _what_changed(since: SinceSaved) -> str:
    """Prices or the program's rules; which of them, where the file tells its lines."""
    by_rule = any(moved.why for moved in since.moved)
    if not since.moved:
        return "Prices or rules"
    if not by_rule:
        return "Prices"
    return "Rules" if all(moved.why for moved in since.moved) else "Prices and rules"


def since_in_sentences(since: SinceSaved, figures: Figures) -> str:
    """What the inputs of the file cost then and now, and why where a rule was corrected."""
    lines = "" if since.moved else " The file does not tell what its lines cost."
    reasons = "".join(f"\n{moved.name}: {moved.why}" for moved in since.moved if moved.why)
    return (
        f"With the inputs of the file, it cost {figures.money(since.before)} a month when it was "
        f"saved and costs {_now(since, figures)} at the prices and rules that the program "
        f"has now.{_books(since, figures)}{lines}{reasons}"
    )


def _books(since: SinceSaved, figures: Figures) -> str:
    """Which prices they were and are, where those are others."""
    before, now = since.books
    if not before or not now or before == now:
        return ""
    return f" Then the prices were {_book(before, figures)}, now they are {_book(now, figures)}."


def _book(name: str, figures: Figures) -> str:
    fetched = fetched_on(name)
    return f"those fetched on {figures.day(fetched)}" if fetched else "those of the program"


def _now(since: SinceSaved, figures: Figures) -> str:
    return at_least(figures.money(since.after), since.is_incomplete)
