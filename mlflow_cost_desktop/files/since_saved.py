"""What has become of a scenario's cost since it was saved: prices change, scenarios do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from mlflow_cost_desktop.files.envelope import SavedFigures, figures_of, in_cents
from mlflow_cost_desktop.files.migrations import CORRECTED, GONE, RENAMED_LINES
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.charges.lines import by_line


class Moved(NamedTuple):
    """A line of the estimate that costs another amount now, in USD a month.

    None where it had, or has, no price; 0 where it was not, or is no longer, in the estimate.
    A line that is not there any more has no name.
    """

    component: str
    name: str
    before: float | None
    after: float | None
    why: str = ""
    """One sentence where a rule of the program was corrected since, not only a price changed."""


@dataclass(frozen=True, slots=True)
class SinceSaved:
    """The totals in USD a month, and the lines behind the difference.

    `moved` is empty where the file does not tell what its lines cost; `is_incomplete` is whether
    a line has no known price now and is left out of `after`. `books` are the price books then and
    now, empty where nobody noted it.
    """

    before: float
    after: float
    moved: tuple[Moved, ...]
    is_incomplete: bool = False
    books: tuple[str, str] = ("", "")


def since_saved(saved: SavedFigures, now: Estimate, edition: str = "") -> SinceSaved | None:
    """What moved by a cent or more, None where nothing did.

    Args:
        saved: what the file notes; one of an older schema names its lines by their words.
        now: what the scenario costs, its lines named with plain figures, as files name them.
        edition: the price book that it costs that with.
    """
    figures = figures_of(now)
    moved: tuple[Moved, ...] = ()
    if saved.lines is not None:
        names = {id: line.name for id, line in by_line(now.charges).items()}
        moved = tuple(_moved(saved.lines, figures.lines or {}, names, {}))
    elif saved.charges is not None:
        moved = tuple(_moved_by_words(saved.charges, now))
    if not moved and saved.effective_cost == figures.effective_cost:
        return None
    books = saved.price_book, edition
    return SinceSaved(saved.effective_cost, figures.effective_cost, moved, bool(now.gaps), books)


def _moved(
    before: Mapping[str, float | None],
    after: Mapping[str, float | None],
    names: Mapping[str, str],
    why: Mapping[str, str],
) -> Iterator[Moved]:
    """The lines of which the costs differ; keys begin with the component."""
    for line in dict.fromkeys((*after, *before)):
        old, new = before.get(line, 0.0), after.get(line, 0.0)
        if old != new:
            yield Moved(line.partition("/")[0], names.get(line, ""), old, new, why.get(line, ""))


def _moved_by_words(
    charges: Mapping[str, Mapping[str, float | None]], now: Estimate
) -> Iterator[Moved]:
    """The same for a file of an older schema: `component/description`, a tier being a line."""
    names = {words: words.partition("/")[2] for words in GONE}
    names |= {f"{c.component}/{c.description}": c.description for c in now.charges}
    of_line = {charge.line: f"{charge.component}/{charge.description}" for charge in now.charges}
    before = {
        of_line.get(RENAMED_LINES.get(words, ""), words): usd
        for component, lines in charges.items()
        for words, usd in ((f"{component}/{name}", usd) for name, usd in lines.items())
    }
    after = in_cents((f"{c.component}/{c.description}", c.effective_cost) for c in now.charges)
    why = dict(GONE) | {
        f"{c.component}/{c.description}": CORRECTED.get((c.line, c.origin), "") for c in now.charges
    }
    return _moved(before, after, names, why)
