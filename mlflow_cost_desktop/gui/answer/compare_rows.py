"""The rows of scenarios side by side: lines with differences, and inputs that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mlflow_cost_desktop.analysis.comparison import PARTS, Column, Row
from mlflow_cost_desktop.analysis.differing_inputs import Difference
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.figures import Figures, at_least, write
from mlflow_cost_desktop.gui.answer.compare_grid import GridCell, GridRow, Heading
from mlflow_cost_desktop.gui.answer.compared import Outcome, Unread
from mlflow_cost_desktop.model.managed_plan import COMPONENT
from mlflow_cost_desktop.wording.comparison import (
    NO_PRICE,
    ONLY_IN_ONE,
    head_in_words,
    input_in_words,
    signed,
    value_of,
)

NOTHING = GridCell("")
NO_LINE = GridCell("–", "dim")
CANT_BE_READ = "can’t be read"
MOST_HEAD = 20
"""Characters of a scenario's name above its column."""

HEADS = ("Region", "Month", "Horizon")
BELOW = (
    ("first_year_cash", "Cash in the first year"),
    ("infrastructure", "Infrastructure, a month"),
    ("labor", "Maintenance, a month"),
    ("one_off", "Of the month, one-off"),
    ("recurring", "Of the month, recurring"),
)
"""What is told of each column below its total, by the attribute that holds it."""


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Headings and rows of an outcome.

    Attributes:
        chosen: the comparison's column that also shows price and quantity effects.
    """

    outcome: Outcome
    chosen: int
    figures: Figures

    @property
    def _first(self) -> Column:
        return self.outcome.comparison.columns[0]

    @property
    def headings(self) -> list[Heading]:
        """The first is that of the names."""
        currency = self._first.scenario.currency
        code = currency.shown
        found = [Heading(f"{code} a month")]
        for place, here in enumerate(self.outcome.places):
            tip = here.sentence if isinstance(here, Unread) else head_in_words(here, self.figures)
            found.append(Heading(_cut(here.name), f"{here.name}\n{tip}", place))
            if place:
                found.append(Heading("Difference", f"{here.name} less {self._first.name}", place))
            if place and self.outcome.at(place) == self.chosen:
                found.append(Heading("by price", "What of the difference other prices make", place))
                found.append(
                    Heading("by quantity", "What of the difference other quantities make", place)
                )
        return found

    def rows(self) -> Iterator[GridRow]:
        """What each column counts by, then lines by part, the total, and what is behind it."""
        found, shown = self.outcome.comparison, self.figures
        for at, name in enumerate(HEADS):
            yield GridRow(name, name, self._told(at))
        for part in found.parts:
            color = PLAN_COLORS[0] if part == COMPONENT else COLORS[part]
            yield GridRow(
                part,
                PARTS[part],
                self._cells(
                    lambda at, part=part: found.subtotal(part, at),
                    lambda at, part=part: part in found.columns[at].gaps,
                    found.effects(self.chosen, part),
                ),
                color,
                is_strong=True,
            )
            for row in found.rows_of(part):
                yield GridRow(row.line, write(row.name, shown), self._line(row), depth=1)
        effects = found.effects(self.chosen)
        yield GridRow("total", "Total", self._totals("cost", effects), is_strong=True)
        for attribute, name in BELOW:
            yield GridRow(attribute, name, self._totals(attribute))

    def _told(self, which: int) -> tuple[GridCell, ...]:
        """Region, month or horizon of each column."""

        def cell(column: Column) -> GridCell:
            return GridCell(head_in_words(column, self.figures).split(" · ")[which], "dim")

        return self._over_places(cell, lambda at: (NOTHING,), which == 0)

    def _over_places(
        self,
        cost: Callable[[Column], GridCell],
        beside: Callable[[int], tuple[GridCell, ...]],
        says_unread: bool = False,
    ) -> tuple[GridCell, ...]:
        """A cell for each column and, after the first, what stands beside it."""
        found: list[GridCell] = []
        for place, here in enumerate(self.outcome.places):
            at = self.outcome.at(place)
            if isinstance(here, Unread) or at is None:
                told = GridCell(CANT_BE_READ, "more", here.sentence) if isinstance(
                    here, Unread
                ) else NOTHING  # fmt: skip
                found += [told if says_unread else NOTHING, NOTHING]
                continue
            found.append(cost(here))
            if place:
                cells = beside(at)
                wide = 3 if at == self.chosen else 1
                found += (*cells, *[NOTHING] * (wide - len(cells)))
        return tuple(found)

    def _cells(
        self,
        cost: Callable[[int], float],
        lacks: Callable[[int], bool],
        effects: tuple[float, ...] = (),
    ) -> tuple[GridCell, ...]:
        currency, columns = self._first.scenario.currency, self.outcome.comparison.columns

        def one(column: Column) -> GridCell:
            at = columns.index(column)
            return GridCell(at_least(currency.amount(cost(at), self.figures), lacks(at)))

        def beside(at: int) -> tuple[GridCell, ...]:
            told = self._signed(cost(at) - cost(0), lacks(at) or lacks(0))
            if at != self.chosen:
                return (told,)
            return (told, *(self._signed(usd, False) for usd in effects))

        return self._over_places(one, beside)

    def _totals(self, attribute: str, effects: tuple[float, ...] = ()) -> tuple[GridCell, ...]:
        columns = self.outcome.comparison.columns
        return self._cells(
            lambda at: float(getattr(columns[at], attribute)),
            lambda at: columns[at].lacks(attribute),
            effects,
        )

    def _line(self, row: Row) -> tuple[GridCell, ...]:
        currency, columns = self._first.scenario.currency, self.outcome.comparison.columns

        def one(column: Column) -> GridCell:
            cell = row.cells[columns.index(column)]
            if cell is None:
                return NO_LINE
            if cell.is_unpriced:
                return GridCell(NO_PRICE, "dim", "Its price is not known; it is left out")
            return GridCell(currency.amount(cell.cost, self.figures))

        def beside(at: int) -> tuple[GridCell, ...]:
            if row.is_in_neither(at):
                return (NOTHING,)
            if row.is_only_in_one(at):
                usd = signed(
                    row.difference(at), currency, self.figures, is_incomplete=row.lacks_price(at)
                )
                told = GridCell(ONLY_IN_ONE, "dim", usd)
            else:
                told = self._signed(row.difference(at), row.lacks_price(at))
            if at != self.chosen:
                return (told,)
            return (told, *(self._signed(usd, False) for usd in row.effects(at)))

        return self._over_places(one, beside)

    def _signed(self, usd: float, lacks: bool) -> GridCell:
        currency = self._first.scenario.currency
        words = signed(usd, currency, self.figures, is_incomplete=lacks)
        if words.startswith("+"):
            return GridCell(words, "more")
        return GridCell(words, "less" if words.startswith("−") else "dim")


def input_headings(outcome: Outcome) -> list[Heading]:
    """Above the inputs that differ: a column for each scenario that can be read."""
    return [
        Heading("Input"),
        *(Heading(_cut(column.name), column.name) for column in outcome.comparison.columns),
    ]


def input_rows(
    outcome: Outcome, differences: tuple[Difference, ...], figures: Figures
) -> Iterator[GridRow]:
    """An input that differs in each row, with what stands in it in each column."""
    columns = outcome.comparison.columns
    for one in differences:
        words = [
            value_of(value, column, figures)
            for value, column in zip(one.values, columns, strict=True)
        ]
        cells = tuple(
            GridCell(text, "dim" if at and text == words[0] else "", text)
            for at, text in enumerate(words)
        )
        yield GridRow(one.path, input_in_words(one, columns[0]), cells)


def _cut(name: str) -> str:
    return name if len(name) <= MOST_HEAD else f"{name[: MOST_HEAD - 1]}…"
