"""The tables of the months: by year, by month, and of what changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QScrollArea, QTreeWidget, QTreeWidgetItem

from mlflow_cost_desktop.analysis.projection import Projection, Values
from mlflow_cost_desktop.charts.over_time import Kind
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.gui.toolkit.labels import plain_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.managed_plan import TOO_SMALL
from mlflow_cost_desktop.model.month_names import month_in_words, short_month, until_month
from mlflow_cost_desktop.wording.growth import (
    ends_in_words,
    name_in_words,
    reasons_in_words,
    remarks_by_month,
    rule_in_words,
    sizes_in_words,
    too_small_in_words,
    turn_in_short,
)

YEARS_TABLE, MONTHS_TABLE = "years", "months"

OWN_TIME, PAID_OUT = "Your own people’s time", "Paid to others"

MOST_NAME, LEAST_LAST = 260, 60
"""Px of the first column at most, and of the last at least."""

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TableRow(NamedTuple):
    """A row of a table.

    Attributes:
        key: what it is about.
        color: of the square before it; none where it is empty.
        is_total: whether it is written as a total: what other rows are read for.
    """

    key: str
    cells: tuple[str, ...]
    color: str = ""
    is_total: bool = False


class FlatTable(QTreeWidget):
    """A table as tall as its rows: what lies around it scrolls. The last column takes the rest."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("ownList")
        self.setAccessibleName(name)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.header().setStretchLastSection(True)
        self.header().setSectionsMovable(False)
        self._area: QScrollArea | None = None
        self._shown: tuple[tuple[str, ...], tuple[TableRow, ...]] = ((), ())

    @property
    def key(self) -> str:
        """What the chosen row is about, empty where none is."""
        item = self.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item else ""

    def show_rows(self, headings: Sequence[str], rows: Sequence[TableRow], figures: int) -> None:
        """Show rows under headings.

        Args:
            figures: how many columns after the first hold figures, and stand to the right.
        """
        shown = tuple(headings), tuple(rows)
        before, self._shown = self._shown, shown
        if shown == before:
            return
        right = range(len(headings) - 1 - figures, len(headings) - 1)
        if before[0] == shown[0] and _kinds(before[1]) == _kinds(shown[1]):
            self._write_anew(before[1], shown[1], right)
            return
        chosen = self.key
        self.clear()
        self.setColumnCount(len(headings))
        self.setHeaderLabels(list(headings))
        header = self.headerItem()
        for column in range(len(headings)):
            header.setTextAlignment(column, RIGHT if column in right else LEFT)
        for row in rows:
            item = QTreeWidgetItem(list(row.cells))
            item.setData(0, Qt.ItemDataRole.UserRole, row.key)
            if row.color:
                item.setIcon(0, _square(row.color))
            for column in range(len(row.cells)):
                if column in right:
                    item.setTextAlignment(column, RIGHT)
                elif row.cells[column]:
                    item.setToolTip(column, plain_tooltip(row.cells[column]))
                if row.is_total:
                    font = self.font()
                    font.setPixelSize(scaled(12))
                    font.setBold(True)
                    item.setFont(column, font)
            self.addTopLevelItem(item)
            if row.key == chosen:
                self.setCurrentItem(item)
        self.fit()

    def _write_anew(
        self, before: Sequence[TableRow], rows: Sequence[TableRow], right: Sequence[int]
    ) -> None:
        """Write the cells that changed; a column takes another width only where its cells ask."""
        asking: set[int] = set()
        last, other_words = self.columnCount() - 1, set[int]()
        for at, (old, row) in enumerate(zip(before, rows, strict=True)):
            item = self.topLevelItem(at)
            assert item is not None
            for column, (was, text) in enumerate(zip(old.cells, row.cells, strict=True)):
                if text == was:
                    continue
                item.setText(column, text)
                if column not in right:
                    item.setToolTip(column, plain_tooltip(text) if text else "")
                if column == last:
                    other_words.add(at)
                elif column not in right or len(text) != len(was):  # digits are of one width
                    asking.add(column)
        if asking:
            self._fit_columns(sorted(asking))
        elif other_words:
            self._fit_words(sorted(other_words))

    def fit(self) -> None:
        """Take the height of all rows, and the width of each column."""
        self._fit_columns(range(self.columnCount() - 1))

    def _fit_columns(self, columns: Iterable[int]) -> None:
        for column in columns:
            self.resizeColumnToContents(column)
        self.setColumnWidth(0, min(self.columnWidth(0), scaled(MOST_NAME)))
        self._fit_height()

    def _fit_words(self, rows: Iterable[int]) -> None:
        """Rows have other words in the last column: they take what is left, and are elided."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def follow(self, area: QScrollArea) -> None:
        """Keep the headings in sight while the rows scroll with an area around the table."""
        self._area = area
        area.verticalScrollBar().valueChanged.connect(self._place_headings)

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._place_headings()

    def _place_headings(self) -> None:
        """Above the first row, or at the upper edge of the area while its last row is below."""
        header = self.header()
        beyond = -self.mapTo(self._area.viewport(), QPoint()).y() if self._area else 0
        lowest = self.height() - header.height() - self.sizeHintForRow(0)
        top = max(self.frameWidth(), min(beyond, lowest))
        if header.y() != top:
            header.move(header.x(), top)
            header.raise_()

    def _fit_height(self) -> None:
        row = max(self.sizeHintForRow(0), scaled(22))
        others = sum(self.columnWidth(column) for column in range(self.columnCount() - 1))
        self._take_height(row * self.topLevelItemCount(), others + scaled(LEAST_LAST))

    def _take_height(self, rows: int, width: int) -> None:
        """As tall as its rows, and a bar to scroll where there are more columns than room."""
        height = self.header().sizeHint().height() + rows
        is_wide = width > self.viewport().width()
        policy = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOn if is_wide else policy.ScrollBarAlwaysOff
        )
        self.header().setMinimumSectionSize(scaled(LEAST_LAST) if is_wide else -1)
        bar = self.horizontalScrollBar().sizeHint().height() if is_wide else 0
        self.setFixedHeight(height + bar + 2 * self.frameWidth() + 2)


def _kinds(rows: Sequence[TableRow]) -> list[tuple[str, str, bool, int]]:
    """What rows are about and look like, whatever their words."""
    return [(row.key, row.color, row.is_total, len(row.cells)) for row in rows]


def _square(color: str) -> QIcon:
    pixmap = QPixmap(scaled(9), scaled(9))
    pixmap.fill(QColor(color))
    return QIcon(pixmap)


Shown = tuple[list[str], list[TableRow], int]
"""Headings, rows, and how many columns are figures."""


def year_rows(found: Projection, kind: Kind, figures: Figures) -> Shown:
    """A column for each year of the horizon and one for all, and why a part changes."""
    currency, start = found.scenario.currency, found.scenario.start
    years, weights = found.years, found.parts_of_months
    ends = [(year.first_month - 1, year.last_month) for year in years]

    def cells(by_month: Values, is_incomplete: object = False) -> list[str]:
        each = [float(by_month[begin:end].sum()) for begin, end in ends]
        if kind == "added_up":
            each = np.cumsum(each).tolist()
        whole = float(by_month.sum())
        return [_money(usd, found, figures, is_incomplete) for usd in (*each, whole)]

    costs = found.by_component if kind == "effective" else found.cash_by_component
    weighted = {
        name: cost * weights if kind == "effective" else cost for name, cost in costs.items()
    }
    gaps = found.estimate.gaps
    rows = [
        TableRow(
            name,
            (title, *cells(weighted[name], name in gaps), _why(found, name, kind, figures)),
            COLORS[name],
        )
        for name, title in COMPONENTS.items()
        if np.any(weighted[name]) or name in gaps
    ]
    total = sum(weighted.values(), np.zeros(found.months))
    rows.append(
        TableRow(
            "total",
            ("Total", *cells(total, bool(gaps)), _turn(found)),
            is_total=True,
        )
    )
    if kind != "effective":
        labor = weighted["labor"]
        own, out = cells(labor, "labor" in gaps), cells(total - labor, gaps - {"labor"})
        rows.append(TableRow("own", (f"  of it {OWN_TIME.lower()}", *own, "")))
        rows.append(TableRow("out", (f"  of it {PAID_OUT.lower()}", *out, "")))
    if found.held:
        held = found.held.effective * weights if kind == "effective" else found.held.cash
        costs_of_plan = cells(held, found.held.has_gaps)
        name = sizes_in_words(found.held, start)
        why = too_small_in_words(found.held, start, figures)
        rows.append(TableRow("plan", (name, *costs_of_plan, why), PLAN_COLORS[0]))
    names = [until_month(start, year.first_month, year.last_month) for year in years]
    months = figures.quantity(float(found.scenario.horizon_months), "month")
    headings = [currency.code if not currency.is_usd else "USD", *names, months, "Why it changes"]
    return headings, rows, len(years) + 1


def _turn(found: Projection) -> str:
    """`SageMaker MLflow Small dearer from Sep 2028`, which has room in a cell."""
    turn = turn_in_short(found)
    return f"{found.held.plan.name} {turn}" if found.held and turn else ""


def month_rows(found: Projection, kind: Kind, figures: Figures) -> Shown:
    """A row for each month, with what happens in it; that in which the verdict turns is strong."""
    costs = found.by_component if kind == "effective" else found.cash_by_component
    costs = {name: cost for name, cost in costs.items() if np.any(cost)}
    gaps = found.estimate.gaps
    columns = [*costs.values(), sum(costs.values(), np.zeros(found.months))]
    lacks = [*(name in gaps for name in costs), bool(gaps)]
    headings = [
        "Month", *(COMPONENTS[name] for name in costs), "Total"
    ]  # fmt: skip
    if found.held:
        columns.append(found.held.effective if kind == "effective" else found.held.cash)
        lacks.append(found.held.has_gaps)
        headings.append(sizes_in_words(found.held, has_months=False))
    remarks = remarks_by_month(found, figures)
    if kind == "added_up":
        columns = [np.cumsum(column) for column in columns]
    rows = [
        TableRow(
            str(at + 1),
            (
                short_month(found.scenario.start, at + 1),
                *(
                    _money(float(column[at]), found, figures, lack)
                    for column, lack in zip(columns, lacks, strict=True)
                ),
                remarks.get(at + 1, ""),
            ),
            is_total=at + 1 == found.turns_in_month,
        )
        for at in range(found.months)
    ]
    return [*headings, "What happens"], rows, len(columns)


def _money(usd: float, found: Projection, figures: Figures, is_incomplete: object) -> str:
    if np.isnan(usd):
        return TOO_SMALL
    return at_least(found.scenario.currency.amount(usd, figures), is_incomplete)


def _why(found: Projection, name: str, kind: Kind, figures: Figures) -> str:
    """The rules that move a part and, where payments are shown, those that come once."""
    said = [reasons_in_words(found, name, figures)]
    if kind != "effective":
        once = [
            f"{due.description} in {month_in_words(found.scenario.start, due.month)}"
            for due in found.due
            if due.component == name
        ]
        said += once[:3]
        if len(once) > 3:
            said.append(f"{len(once) - 3} more payments")
    return "; ".join(filter(None, said))


def rule_rows(found: Projection, figures: Figures) -> Shown:
    """A row for each rule, with the input in the first month and in the last."""
    scenario = found.scenario
    rows: list[TableRow] = []
    for rule in scenario.growth:
        first, last = ends_in_words(found, rule, figures)
        words = rule_in_words(scenario, rule, figures)
        name = name_in_words(scenario, rule.path)
        rows.append(TableRow(rule.path, (name, first or "–", last or "–", words)))
    ends = [month_in_words(scenario.start, month) for month in (1, found.months)]
    headings = ["Input", *(f"{end[:1].upper()}{end[1:]}" for end in ends), "Change"]
    return headings, rows, 2
