"""The estimate's lines as a table: parts that open and close, columns that fit, the keyboard."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.lines.cells import NAME_GAP, PADDING, ChargeCells
from mlflow_cost_desktop.gui.lines.model import (
    COST,
    LINE,
    QUANTITY,
    SOURCE,
    UNIT_PRICE,
    ChargeModel,
    Excerpt,
    Index,
    Line,
)
from mlflow_cost_desktop.gui.toolkit.keyboard import BY_KEYBOARD
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.components import COMPONENTS

# Pixels, for a font of the usual size.
LEAST_NAME_WIDTH, LEAST_QUANTITY_WIDTH = 168, 92
LONG_QUANTITY = 240
"""Of a quantity for which units give way; one of many factors is cut before them."""

INDENT, NARROW_INDENT = 16, 8
SIGN_WIDTH = 18
"""Of the sign before a line that has notes."""

FOCUS_MARK = 3
"""Pixels of the bar before the row that has the keyboard."""

GLOW = 36
"""How much of a part's color its rows are tinted with while it is pointed at, of 255."""


class ChargeTable(QTreeView):
    """The lines, grouped by component.

    Signals:
        part_hovered: the component under the pointer, empty when there is none.
        line_opened: a line was double-clicked, or Enter was pressed on it.
        current_changed: another row has the keyboard, or shows something else now.
        row_reached: the keyboard has come to another row.
        collapsed_changed: the user opened or closed parts.
    """

    part_hovered = Signal(str)
    line_opened = Signal()
    current_changed = Signal()
    row_reached = Signal()
    collapsed_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = ChargeModel()
        self.collapsed_parts: set[str] = set()
        self._highlighted = self._hovered = ""
        self._kept: tuple[list[tuple[str, str]], tuple[str, str] | None, int] = ([], None, 0)
        self._excerpt = Excerpt()
        self._is_restoring = False
        self.setModel(self.rows)
        self.setObjectName("lines")
        self.setAccessibleName("Lines")
        self.setUniformRowHeights(True)
        self.cells = ChargeCells(self, self.rows)
        self.setItemDelegate(self.cells)
        self._measure()
        self.setIndentation(self._indent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(60)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._widths: dict[int, int] = {}
        self._room = 0
        self.rows.modelAboutToBeReset.connect(self._keep_place)
        self.rows.modelReset.connect(self._restore_place)
        self.collapsed.connect(self._note_collapsed)
        self.expanded.connect(self._note_expanded)

    # What is shown

    def show_study(self, study: Study, excerpt: Excerpt) -> None:
        self._excerpt = excerpt
        self.rows.show_study(study, excerpt)
        self._fit_columns()
        self.current_changed.emit()

    def collapse_parts(self, names: Iterable[str]) -> None:
        """Close some parts, open all others; what is no part is left out."""
        self.collapsed_parts = set(names) & COMPONENTS.keys()
        self._apply_collapsed()

    def highlight_part(self, component: str) -> None:
        """Light up a part's rows; none for an empty name."""
        if component != self._highlighted:
            self._highlighted = component
            self.viewport().update()

    # What is chosen

    def current_line(self) -> Line | None:
        """The line that has the keyboard, none for a part's own row."""
        return self.rows.line(self.currentIndex())

    def current_part(self) -> str:
        return self.rows.component(self.currentIndex())

    def chosen_charges(self) -> list[Charge]:
        """The selected lines in the table's order; all that are shown where none is selected."""
        chosen: list[Charge] = []
        for index in self.selectionModel().selectedRows():
            chosen += self.rows.charges_at(index)
        return [c for c in self.rows.charges() if any(c is one for one in chosen)] or (
            self.rows.charges()
        )

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit()

    # Opening and closing

    def _keep_place(self) -> None:
        selected = [self._key(index) for index in self.selectionModel().selectedRows()]
        current = self.currentIndex()
        place = self._key(current) if current.isValid() else None
        self._kept = selected, place, self.verticalScrollBar().value()

    def _restore_place(self) -> None:
        self._widths.clear()
        self._apply_collapsed()
        selected, current, top = self._kept
        flags = QItemSelectionModel.SelectionFlag
        for part in range(self.rows.rowCount()):
            parent = self.rows.index(part, 0)
            lines = (self.rows.index(row, 0, parent) for row in range(self.rows.rowCount(parent)))
            for index in (parent, *lines):
                key = self._key(index)
                if key == current:
                    self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
                if key in selected:
                    self.selectionModel().select(index, flags.Select | flags.Rows)
        self.verticalScrollBar().setValue(top)

    def _key(self, index: Index) -> tuple[str, str]:
        """What a row is about, whatever stands above it: a line's part, or a component."""
        line = self.rows.line(index)
        charge = line.charge if line else None
        return (charge.line, charge.part) if charge else (self.rows.component(index), "")

    def _apply_collapsed(self) -> None:
        """While something is searched, all that was found is seen."""
        self._is_restoring = True
        for row in range(self.rows.rowCount()):
            index = self.rows.index(row, 0)
            name = self.rows.component(index)
            is_open = bool(self._excerpt.words) or name not in self.collapsed_parts
            self.setExpanded(index, is_open and bool(name))
        self._is_restoring = False

    def _note_collapsed(self, index: QModelIndex) -> None:
        if self.currentIndex().parent() == index:  # which nobody sees any longer
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._note({*self.collapsed_parts, self.rows.component(index)})

    def _note_expanded(self, index: QModelIndex) -> None:
        self._note(self.collapsed_parts - {self.rows.component(index)})

    def _note(self, collapsed: set[str]) -> None:
        if not self._is_restoring and not self._excerpt.words:
            self.collapsed_parts = collapsed
            self.collapsed_changed.emit()

    # Keys and pointer

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            if self.rows.line(index):
                self.line_opened.emit()
            else:
                self.setExpanded(index, not self.isExpanded(index))
            return
        super().keyPressEvent(event)
        if self.currentIndex() != index:
            self.row_reached.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEYBOARD:
            self.scrollTo(self.currentIndex())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if self.rows.line(self.indexAt(event.position().toPoint())):
            self.line_opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rows.component(self.indexAt(event.position().toPoint())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def _hover(self, component: str) -> None:
        if component != self._hovered:
            self._hovered = component
            self.part_hovered.emit(component)

    # Looks

    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # Across all columns and the indentation, which a style sheet can't do.
        if not index.parent().isValid():
            painter.fillRect(option.rect, self.palette().color(QPalette.ColorRole.AlternateBase))
        if self.selectionModel().isSelected(index):  # a cell's own ground would hide a name's end
            painter.fillRect(option.rect, self.palette().color(QPalette.ColorRole.Highlight))
        component = self.rows.component(index)
        if component and component == self._highlighted:
            tint = QColor(COLORS[component])
            tint.setAlpha(GLOW)
            painter.fillRect(option.rect, tint)
        super().drawRow(painter, option, index)
        current = self.currentIndex().siblingAtColumn(index.column())
        if self.hasFocus() and index == current:
            mark = QRect(option.rect.topLeft(), QSize(FOCUS_MARK, option.rect.height()))
            painter.fillRect(mark, self.palette().color(QPalette.ColorRole.Link))
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        before, was_seen = event.oldSize().height(), False
        if self.isVisible():
            current = self.visualRect(self.currentIndex())
            was_seen = current.isValid() and current.top() >= 0 and current.bottom() < before
        super().resizeEvent(event)
        if was_seen and event.size().height() < before:
            self.scrollTo(self.currentIndex())
        self._room = event.size().width()  # the viewport's: columns end where its scroll bar begins
        self._fit_columns()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:  # the style sheet's comes after the first
            self._widths.clear()
            self._measure()
            QTimer.singleShot(0, self, self._fit_columns)

    def _measure(self) -> None:
        """Take the size of the program's font."""
        self.cells.measure_font()
        self._least_name, self._least_quantity = map(
            scaled, (LEAST_NAME_WIDTH, LEAST_QUANTITY_WIDTH)
        )
        self._long_quantity = scaled(LONG_QUANTITY)
        self._indent, self._narrow_indent = scaled(INDENT), scaled(NARROW_INDENT)
        self._sign = scaled(SIGN_WIDTH)

    def _fit_columns(self) -> None:
        """Columns as wide as their words, the line's name as wide as the rest.

        Columns only grow while figures change, so that nothing jumps. A name reaches into its
        quantity's cell as far as that is empty. In a narrow window the source gives way first,
        of which the tooltip tells too, then names, then long quantities, the unit of unit prices,
        and quantities last; a figure of money is never cut.
        """
        self.ensurePolished()  # the font is the style sheet's
        lines = self.rows.lines()
        for column in (QUANTITY, UNIT_PRICE, COST, SOURCE):
            widest = self._widest(column, {line.cells[column] for line in lines})
            self._widths[column] = max(self._widths.get(column, 0), widest)
        named = max(map(self._named_width, lines), default=0)
        named = self._widths[LINE] = max(self._widths.get(LINE, 0), named)
        widths = {column: self._widths[column] for column in (QUANTITY, UNIT_PRICE, COST)}
        least = min(widths[QUANTITY], self._long_quantity) + self._least_name
        room = self._room - widths[UNIT_PRICE] - widths[COST]
        beside = max(named, widths[QUANTITY] + self._least_name)
        has_source = room - self._widths[SOURCE] >= beside
        if has_source:
            widths[SOURCE] = self._widths[SOURCE]
            room -= widths[SOURCE]
        elif room < least:
            figures = {line.cells[UNIT_PRICE].partition(" / ")[0] + " …" for line in lines}
            given = min(least - room, widths[UNIT_PRICE] - self._widest(UNIT_PRICE, figures))
            widths[UNIT_PRICE] -= max(given, 0)
            room += max(given, 0)
        left_over = max(room - self._least_name, self._least_quantity)
        widths[QUANTITY] = min(widths[QUANTITY], left_over)
        widths[LINE] = max(room - widths[QUANTITY], self._least_name)
        self.setColumnHidden(SOURCE, not has_source)
        self.setIndentation(self._indent if has_source else self._narrow_indent)
        for column, width in widths.items():
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def _widest(self, column: int, texts: Iterable[str]) -> int:
        """Pixels that a column needs for some texts of lines, its heading and bold rows."""
        bold_texts = {self.rows.heading(column), *self.rows.bold_texts(column)}
        widths = *map(self.cells.advance, texts), *map(self.cells.bold_advance, bold_texts)
        return 2 * PADDING + math.ceil(max(widths))

    def _named_width(self, line: Line) -> int:
        """Pixels that a line needs for its name and, behind it, its quantity."""
        words = self.cells.advance(line.cells[LINE]) + self.cells.advance(line.cells[QUANTITY])
        sign = self._sign if line.notes else 0
        return 2 * self._indent + sign + math.ceil(words) + 2 * PADDING + NAME_GAP
