"""The tables of alternatives: the cheapest first, and why common choices lost."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent

from mlflow_cost_desktop.analysis.alternatives import Alternative, Alternatives
from mlflow_cost_desktop.analysis.asked import in_words
from mlflow_cost_desktop.analysis.candidates import HOSTED
from mlflow_cost_desktop.analysis.why_not import WhyNot
from mlflow_cost_desktop.figures import Figures, write
from mlflow_cost_desktop.gui.answer.over_time_tables import FlatTable, Shown, TableRow
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    cost_in_words,
    difference_in_words,
    notes,
)

NOW = "now"

AROUND, LEAST_NAME = 10, 240
"""Px above and below the lines of a row together, and of the column of names."""

NAMES, MOST_LETTERS = 0.42, 40
"""How much of the width names may take, and how many wide letters they have at most."""


def ranked_rows(found: Alternatives, figures: Figures) -> Shown:
    """A row for each alternative, the present one where it stands among them."""
    rows: list[TableRow] = []
    for rank, one in enumerate(found.found, 1):
        if one.cost > found.now.cost and not any(row.key == NOW for row in rows):
            rows.append(_row(found, found.now, NOW, figures))
        rows.append(_row(found, one, str(rank), figures))
    if not any(row.key == NOW for row in rows):
        rows.append(_row(found, found.now, NOW, figures))
    cost = f"{found.now.scenario.currency.heading} / month"
    headings = ["Hosting", "Region", "Committed", cost, "Difference", "What to mind"]
    return headings, rows, 2


def _row(found: Alternatives, one: Alternative, key: str, figures: Figures) -> TableRow:
    is_now = key == NOW
    number = "" if is_now else f"{key}  "
    hosting = "\n".join(f"{'' if at else number}{words}" for at, words in enumerate(_parts(one)))
    mind = [write(note, figures) for note in dict.fromkeys(notes(found, one))]
    return TableRow(
        key,
        (
            hosting,
            one.price_book.region_id,
            commitment_in_words(one.months),
            cost_in_words(one, figures),
            "now" if is_now else difference_in_words(found, one, figures),
            "\n".join(mind) if not is_now else "What is chosen now",
        ),
        is_total=is_now,
    )


def _parts(one: Alternative) -> list[str]:
    return [in_words(option) for option in one.options]


def lost_rows(found: Alternatives, lost: Sequence[WhyNot], figures: Figures) -> Shown:
    """A row for each common choice that lost."""
    currency = found.now.scenario.currency
    rows = [
        TableRow(
            one.choice,
            (
                one.choice,
                "?" if one.cost is None else currency.amount(one.cost, figures),
                write(one.reason, figures),
            ),
        )
        for one in lost
    ]
    return ["Choice", f"{currency.heading} / month", "Reason"], rows, 1


class RankedTable(FlatTable):
    """The list of alternatives: each row has a line for each part, and room around them."""

    def show_rows(self, headings: Sequence[str], rows: Sequence[TableRow], figures: int) -> None:
        super().show_rows(headings, rows, figures)
        self.fit()

    def fit(self) -> None:
        """As of any flat table, with as much room for names as others leave."""
        height = len(HOSTED) * self.fontMetrics().lineSpacing() + scaled(AROUND)
        for at in range(self.topLevelItemCount()):
            item = self.topLevelItem(at)
            if item is not None:
                item.setSizeHint(0, QSize(0, height))
        super().fit()
        widest = max(scaled(LEAST_NAME), int(self.viewport().width() * NAMES))
        wanted = self.fontMetrics().horizontalAdvance("m") * MOST_LETTERS
        self.setColumnWidth(0, min(widest, wanted))
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()
