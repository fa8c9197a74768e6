"""The bill: every line with its quantity, unit price, cost, source and state of the price."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from mlflow_cost_desktop.exports.palette import COLORS
from mlflow_cost_desktop.gui.plain import plain_tooltip
from mlflow_cost_desktop.gui.session import Shown
from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.estimate import Estimate
from mlflow_cost_desktop.model.words import exact, money, unit_price

LINE, QUANTITY, UNIT_PRICE, COST, SOURCE = range(5)
HEADINGS = ("Line", "Quantity", "Unit price", "$ / month", "Source")
ALIGNMENTS = {
    column: (Qt.AlignmentFlag.AlignRight if column in (1, 2, 3) else Qt.AlignmentFlag.AlignLeft)
    | Qt.AlignmentFlag.AlignVCenter
    for column in range(5)
}
GOOD_NAME_WIDTH, LEAST_NAME_WIDTH = 250, 168
LEAST_WIDTHS = {QUANTITY: 92, UNIT_PRICE: 104, SOURCE: 104, COST: 10_000}
"""In the order in which columns give way where the window is narrow; a cost never does."""

CELL_PADDING = 16
Index = QModelIndex | QPersistentModelIndex
STATE_WORDS = {"listed": "", "own": "", "estimated": "estimated", "unknown": "no price known"}


@dataclass(frozen=True, slots=True)
class _Line:
    charge: Charge
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    cells: tuple[str, ...]
    lines: tuple[_Line, ...]

    @property
    def shape(self) -> tuple[str, int]:
        return self.name, len(self.lines)


def subtotal(estimate: Estimate, component: str, in_words: Callable[[float], str] = money) -> str:
    """A component's cost a month; with a "+ ?" where a line of it has no known price."""
    gap = " + ?" if component in estimate.gaps else ""
    return in_words(float(estimate.by_component[component])) + gap


def source_in_words(charge: Charge) -> str:
    """Where a line's price comes from: `AWS 2025-10-28`."""
    price = charge.price
    state = STATE_WORDS[price.state]
    if price.state in ("own", "unknown"):
        return price.source.partition(":")[0] or state
    return f"{state or 'AWS'} {price.date}".rstrip()


def _groups(shown: Shown, *, with_zero_lines: bool) -> Iterator[_Group]:
    for name in COMPONENTS:
        lines = tuple(
            _Line(charge, _cells(charge))
            for charge in shown.estimate.charges
            if charge.component == name and (with_zero_lines or charge.is_worth_showing)
        )
        cost = subtotal(shown.estimate, name).replace("$", "")
        yield _Group(name, (COMPONENTS[name], "", "", cost, ""), lines)


class ChargeModel(QAbstractItemModel):
    """Components, and below each its lines; a line's id is its component's row plus one.

    Cells are written once, when an estimate comes in: a view asks for each many times.
    """

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[_Group] = []
        self._squares = {name: _square(color) for name, color in COLORS.items()}
        self.bold = QFont()
        self.bold.setWeight(QFont.Weight.DemiBold)

    def show_shown(self, shown: Shown, *, with_zero_lines: bool) -> None:
        groups = list(_groups(shown, with_zero_lines=with_zero_lines))
        before = self._groups
        if [group.shape for group in groups] != [group.shape for group in before]:
            self.beginResetModel()
            self._groups = groups
            self.endResetModel()
            return
        self._groups = groups
        # The same lines: only cells that changed are painted anew, and the view keeps its
        # selection, scroll position and open groups.
        for row, (old, new) in enumerate(zip(before, groups, strict=True)):
            self._tell_changes(QModelIndex(), row, old.cells, new.cells)
            for line, (was, now) in enumerate(zip(old.lines, new.lines, strict=True)):
                self._tell_changes(self.index(row, 0), line, was.cells, now.cells)

    def _tell_changes(
        self, parent: QModelIndex, row: int, old: Sequence[str], new: Sequence[str]
    ) -> None:
        for column, (was, now) in enumerate(zip(old, new, strict=True)):
            if was != now:
                cell = self.index(row, column, parent)
                self.dataChanged.emit(cell, cell)

    def widest(self, column: int, metrics: QFontMetrics) -> int:
        """The width of the longest words in a column, in pixels."""
        texts = [group.cells[column] for group in self._groups]
        texts += [line.cells[column] for group in self._groups for line in group.lines]
        return max(map(metrics.horizontalAdvance, {HEADINGS[column], *texts}))

    def charge(self, index: Index) -> Charge | None:
        """The line at an index; none for a component's own row."""
        line = self._line(index)
        return line.charge if line else None

    def _line(self, index: Index) -> _Line | None:
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._groups[index.internalId() - 1].lines[index.row()]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    # QObject.parent() without arguments is another method, which the stubs want here too.
    def parent(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        index: Index = QModelIndex(),  # noqa: B008
    ) -> QModelIndex:
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return ALIGNMENTS[section] if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGNMENTS[index.column()]
        line = self._line(index)
        if line is None:
            return self._group_data(self._groups[index.row()], index.column(), role)
        if role == Qt.ItemDataRole.DisplayRole:
            return line.cells[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(_details(line.charge))
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return _details(line.charge)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == SOURCE:
            return QGuiApplication.palette().brush(QPalette.ColorRole.PlaceholderText)
        return None

    def _group_data(self, group: _Group, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return group.cells[column]
        if role == Qt.ItemDataRole.FontRole:
            return self.bold
        if role == Qt.ItemDataRole.DecorationRole and column == LINE:
            return self._squares[group.name]
        return None


class ChargeTable(QTreeView):
    """The bill as a table, grouped by component."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ChargeModel()
        self._with_zero_lines = False
        self._shown: Shown | None = None
        self.setModel(self._model)
        self.setObjectName("bill")
        self.setAccessibleName("Bill")
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(False)
        self.setIndentation(20)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAllColumnsShowFocus(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(60)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._widths: dict[int, int] = {}
        self._model.modelReset.connect(self._start_anew)

    def _start_anew(self) -> None:
        self._widths.clear()
        self.expandAll()

    def show_shown(self, shown: Shown) -> None:
        self._shown = shown
        self._model.show_shown(shown, with_zero_lines=self._with_zero_lines)
        self._fit_columns()

    def show_zero_lines(self, with_zero_lines: bool) -> None:
        """Show or hide the lines that cost nothing."""
        self._with_zero_lines = with_zero_lines
        if self._shown:
            self.show_shown(self._shown)

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Across all columns and the indentation, which a style sheet can't do.
        if not index.parent().isValid():
            painter.fillRect(option.rect, self.palette().color(QPalette.ColorRole.AlternateBase))
        super().drawRow(painter, option, index)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Columns as wide as their words, the line's name as wide as the rest.

        Columns only grow while figures change, so that nothing jumps; where there is little
        room, those give way whose words stand in the tooltip too.
        """
        metrics = QFontMetrics(self._model.bold)
        for column in LEAST_WIDTHS:
            widest = self._model.widest(column, metrics) + CELL_PADDING
            self._widths[column] = max(self._widths.get(column, 0), widest)
        widths = dict(self._widths)
        room = self.viewport().width() - sum(widths.values())
        for column, least in LEAST_WIDTHS.items():
            given = min(max(GOOD_NAME_WIDTH - room, 0), max(widths[column] - least, 0))
            widths[column] -= given
            room += given
        for column, width in {LINE: max(room, LEAST_NAME_WIDTH), **widths}.items():
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)


def _square(color: str) -> QPixmap:
    """A rounded square of a component's color, sharp at 300 % too."""
    scale = 3
    pixmap = QPixmap(10 * scale, 10 * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(pixmap.rect(), 2.5 * scale, 2.5 * scale)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _cells(charge: Charge) -> tuple[str, ...]:
    unit, cost = "no price known", "unpriced"
    if charge.price.state != "unknown":
        less = "".join(f" − {exact(percent)} %" for percent in charge.cuts.values())
        unit = f"{unit_price(float(charge.price.usd))} / {charge.pricing_unit}{less}"
        cost = money(float(charge.effective_cost)).replace("$", "")
    return charge.description, charge.quantity_in_words, unit, cost, source_in_words(charge)


def _details(charge: Charge) -> str:
    price = charge.price
    parts = [
        charge.description,
        charge.explanation,
        f"Price {price.sku_id}: {STATE_WORDS[price.state] or price.state}",
        price.rule,
        " · ".join(part for part in (price.source, price.date) if part),
    ]
    if charge.list_cost != charge.effective_cost:
        parts.append(f"On demand at list price: {money(float(charge.list_cost))}")
    return "\n".join(part for part in parts if part)
