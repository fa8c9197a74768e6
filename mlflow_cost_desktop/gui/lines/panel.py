"""The lines and what is done from them: search, copy, details, your rates and your lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.document.copied import copy_table
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.lines.model import CASH, EFFECTIVE, Excerpt
from mlflow_cost_desktop.gui.lines.table import ChargeTable
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.copying import COPY_PLAIN, PLAIN_TIP, has_plain_copy
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.search_box import SearchBox
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import active_at

LEAST_TABLE = 120
"""Px of the table's height, for a font of the usual size: its head and four rows."""


class LinesPanel(QWidget):
    """A bar above the table, the table, and the details of its current line.

    Signals:
        part_hovered: the component under the pointer, empty when there is none.
        input_requested: the component and the path (empty where it names none) of what is
            behind a line.
        rate_requested, list_price_requested: the SKU of a price to set, or to reset.
        line_requested, line_copied, line_removed: the id of one of the user's own lines.
        line_added: the component that gets a line of the user's own.
        details_asked: the widget of details, to be brought into sight.
    """

    part_hovered = Signal(str)
    input_requested = Signal(str, str)
    rate_requested = Signal(str)
    list_price_requested = Signal(str)
    line_requested = Signal(str)
    line_copied = Signal(str)
    line_removed = Signal(str)
    line_added = Signal(str)
    details_asked = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._excerpt = Excerpt()
        self._study: Study | None = None
        self.table = ChargeTable()
        self._make_actions()
        self.search_box = SearchBox()
        self.search_box.setPlaceholderText("Search the lines")
        self.search_box.setAccessibleName("Search the lines")
        self.search_box.setToolTip("Words of a line's name, SKU or source; Escape clears them")
        self.search_box.installEventFilter(self)
        self.basis_box = QComboBox()
        self.basis_box.setToolTip(
            "The steady month, with what is paid once spread over its months; or cash in the "
            "first month"
        )
        for basis in (EFFECTIVE, CASH):
            self.basis_box.addItem(basis.title, basis)
        self.details_button = self._button(self.details_action)
        self.menu_button = QToolButton()
        self.menu_button.setText("⋯")
        self.menu_button.setAccessibleName("More actions for lines")
        self.menu_button.setToolTip("More actions for lines")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_button.setMenu(self._menu())
        self.details = plain_label("lineDetails")
        self.details.setWordWrap(True)
        self.details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.details.setAccessibleDescription("Details of the line")
        self._details_area = QScrollArea()
        self._details_area.setWidget(self.details)
        self._details_area.setWidgetResizable(True)
        self._details_area.setFrameShape(QFrame.Shape.NoFrame)
        self._details_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._details_area.hide()
        self._lay_out()
        self._measure()
        name_list(self.basis_box, "Costs shown")
        self.search_box.textChanged.connect(self._search)
        self.basis_box.currentIndexChanged.connect(self._choose_basis)
        self.table.part_hovered.connect(self.part_hovered)
        self.table.line_opened.connect(self._open)
        self.table.current_changed.connect(self._show_current)
        self.table.row_reached.connect(self._lead_to_details)
        self.expand_action.triggered.connect(lambda: self._collapse(()))
        self.collapse_action.triggered.connect(lambda: self._collapse(COMPONENTS))
        self._show_current()

    # Children

    def _make_actions(self) -> None:
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut

        def action(
            text: str, key: QKeySequence.StandardKey | str, do: Callable[[], None]
        ) -> QAction:
            made = QAction(text, self)
            made.setShortcut(QKeySequence(key))
            made.setShortcutContext(within)
            made.triggered.connect(do)
            return made

        keys = QKeySequence.StandardKey
        self.open_action = action("&Go to its input", "Ctrl+Return", self._open)
        self.details_action = action("&Details", "Ctrl+I", self._open_details)
        self.details_action.setCheckable(True)
        self.rate_action = action("Set your &rate…", "F2", self._ask_rate)
        self.back_action = action("Use the &list price", keys.Delete, self._take_back)
        self.add_action = action("&Add a line of your own here…", "Ins", self._add_line)
        self.duplicate_action = action("D&uplicate this line", "Ctrl+D", self._duplicate_line)
        self.copy_action = action("&Copy", keys.Copy, self.copy)
        self.copy_plain_action = QAction(COPY_PLAIN, self)
        self.copy_plain_action.setToolTip(PLAIN_TIP)
        self.copy_plain_action.triggered.connect(self.copy_plain)
        self.copy_csv_action = action("Copy as C&SV", "Ctrl+Shift+C", self.copy_csv)
        self.expand_action = QAction("&Expand all parts", self)
        self.collapse_action = QAction("C&ollapse all parts", self)
        self._separators = [QAction(self) for _ in range(3)]
        for separator in self._separators:
            separator.setSeparator(True)
        self.table.addActions(self._line_actions())
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _line_actions(self) -> list[QAction]:
        first, second, third = self._separators
        return [
            self.open_action,
            self.details_action,
            first,
            self.rate_action,
            self.back_action,
            self.add_action,
            self.duplicate_action,
            second,
            *self.copy_actions,
            third,
            self.expand_action,
            self.collapse_action,
        ]

    @property
    def copy_actions(self) -> list[QAction]:
        """All ways to copy lines."""
        return [self.copy_action, self.copy_plain_action, self.copy_csv_action]

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addActions(self._line_actions())
        return menu

    def _lay_out(self) -> None:
        bar = QWidget()
        bar.setObjectName("linesBar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search_box, 1)
        row.addStretch(0)
        row.addWidget(self.basis_box)
        row.addWidget(self.details_button)
        row.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        column.addWidget(self._details_area)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        """Take the size of the program's font."""
        self.search_box.setMaximumWidth(scaled(260))
        self.table.setMinimumHeight(scaled(LEAST_TABLE))

    # What is shown

    def show_study(self, study: Study) -> None:
        self._study = study
        self.copy_plain_action.setVisible(has_plain_copy(study.figures))
        self.table.show_study(study, self._excerpt)

    def show_zero_lines(self, with_zero_lines: bool) -> None:
        """Show or hide the lines that cost nothing."""
        self._show_excerpt(replace(self._excerpt, with_zero_lines=with_zero_lines))

    def highlight_part(self, component: str) -> None:
        """Light up a part's rows, as the charts and the bar do; none for an empty name."""
        self.table.highlight_part(component)

    def search(self) -> None:
        """Give the search box the keyboard."""
        self.search_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_box.selectAll()

    def _search(self, words: str) -> None:
        self._show_excerpt(replace(self._excerpt, words=words.strip()))

    def _choose_basis(self) -> None:
        self._show_excerpt(replace(self._excerpt, basis=self.basis_box.currentData()))

    def _show_excerpt(self, excerpt: Excerpt) -> None:
        self._excerpt = excerpt
        if self._study:
            self.table.show_study(self._study, excerpt)

    def _collapse(self, parts: Iterable[str]) -> None:
        self.table.collapse_parts(parts)
        self.table.collapsed_changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.search_box.text():
                self.search_box.clear()
                return True
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_to_first_found()
                return True
        return super().eventFilter(watched, event)

    def _go_to_first_found(self) -> None:
        rows = self.table.rows
        first = rows.index(0, 0, rows.index(0, 0))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if first.isValid():
            self.table.setCurrentIndex(first)

    def _open_details(self) -> None:
        self._show_current()
        self._lead_to_details()

    def _lead_to_details(self) -> None:
        if self.details_action.isChecked():
            self.details_asked.emit(self._details_area)

    def _show_current(self) -> None:
        """Details of the current line, and what can be done with it."""
        line = self.table.current_line()
        self._details_area.setVisible(self.details_action.isChecked())
        if self.details_action.isChecked():
            self.details.setText(
                self.table.rows.details(line) if line else "Choose a line to see its arithmetic."
            )
            self._fit_details()
        has_key = line is not None and line.charge.price.has_key
        is_own_line = bool(self._own_line_id)
        self.open_action.setEnabled(line is not None)
        self.rate_action.setText("&Edit your line…" if is_own_line else "Set your &rate…")
        self.rate_action.setEnabled(is_own_line or has_key)
        self.back_action.setText("Re&move your line" if is_own_line else "Use the &list price")
        has_own_rate = line is not None and line.charge.origin == "own_rate"
        self.back_action.setEnabled(is_own_line or has_own_rate)
        self.add_action.setEnabled(bool(self.table.current_part()))
        self.duplicate_action.setEnabled(is_own_line)

    def _fit_details(self) -> None:
        # A splitter does not ask for the height that wrapped words need at a width. More than half
        # as high as the lines above them, they are scrolled.
        needed = self.details.heightForWidth(self.width())
        self._details_area.setFixedHeight(min(needed, max(self.height() // 3, scaled(60))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.details.isVisible():
            self._fit_details()

    # What the user asks for

    def copy(self) -> None:
        """The chosen lines, or all, as a spreadsheet of the reader's system takes them."""
        if self._study:
            self._copy(self._study.figures)

    def copy_plain(self) -> None:
        """The same with decimal points, for programs."""
        self._copy(PLAIN)

    def _copy(self, figures: Figures) -> None:
        # With what it loads the window would come later.
        from mlflow_cost_desktop.exports.clipboard import charges_text

        if self._study:
            study, charges = self._study, self.table.chosen_charges()
            provider, currency = study.price_book.provider.name, study.scenario.currency
            copy_table(charges_text(charges, provider, currency, figures), [study.facts])

    def copy_csv(self) -> None:
        """The chosen lines, or all, with all that stands behind them."""
        from mlflow_cost_desktop.exports.terminal.estimate import charges_csv

        if self._study:
            study, charges = self._study, self.table.chosen_charges()
            text = charges_csv(charges, study.scenario, study.price_book, study.estimate)
            QGuiApplication.clipboard().setText(text)

    def _open(self) -> None:
        line = self.table.current_line()
        if line is None or self._study is None:
            return
        if self._own_line_id:
            self.line_requested.emit(self._own_line_id)
            return
        path = self._study.scenario.field_behind(line.charge)
        path = path and active_at(self._study.scenario, path)  # of a line of zero it may be hidden
        self.input_requested.emit(line.charge.component, path)

    @property
    def _sku_id(self) -> str:
        line = self.table.current_line()
        return line.charge.price.sku_id if line else ""

    @property
    def _own_line_id(self) -> str:
        """The id of the current line where it is the user's own, else empty."""
        line = self.table.current_line()
        return line.charge.group if line and line.charge.origin == "own_line" else ""

    def _ask_rate(self) -> None:
        if self._own_line_id:
            self.line_requested.emit(self._own_line_id)
        else:
            self.rate_requested.emit(self._sku_id)

    def _take_back(self) -> None:
        if self._own_line_id:
            self.line_removed.emit(self._own_line_id)
        else:
            self.list_price_requested.emit(self._sku_id)

    def _add_line(self) -> None:
        self.line_added.emit(self.table.current_part())

    def _duplicate_line(self) -> None:
        self.line_copied.emit(self._own_line_id)
