"""The window: menus, tabs, the answer, and all connections in one block."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTime, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.gui.about import AboutDialog, KeysDialog
from mlflow_cost_desktop.gui.autosave import Autosave
from mlflow_cost_desktop.gui.bill_panel import BillPanel
from mlflow_cost_desktop.gui.cash_dialog import CashDialog
from mlflow_cost_desktop.gui.charge_model import subtotal
from mlflow_cost_desktop.gui.chart_pair import ChartPair
from mlflow_cost_desktop.gui.charts import cost_charts
from mlflow_cost_desktop.gui.component_tab import ComponentTab
from mlflow_cost_desktop.gui.costs_moved import CostsMoved
from mlflow_cost_desktop.gui.document import Document
from mlflow_cost_desktop.gui.file_drop import files_in
from mlflow_cost_desktop.gui.help_window import HelpWindow
from mlflow_cost_desktop.gui.hints import HintBar
from mlflow_cost_desktop.gui.new_dialog import NewDialog
from mlflow_cost_desktop.gui.own_lines import (
    LinesDialog,
    add_line,
    duplicate_line,
    edit_line,
    remove_line,
)
from mlflow_cost_desktop.gui.own_panel import OwnPanel
from mlflow_cost_desktop.gui.own_rates import RatesDialog, ask_rate, use_list_price
from mlflow_cost_desktop.gui.plain import plain_label, plain_tooltip
from mlflow_cost_desktop.gui.problem import show_problem
from mlflow_cost_desktop.gui.recent_files import RecentFiles
from mlflow_cost_desktop.gui.session import Session, Shown
from mlflow_cost_desktop.gui.settings import Settings
from mlflow_cost_desktop.gui.summary import Summary
from mlflow_cost_desktop.gui.tab_bar import SubtotalTabBar
from mlflow_cost_desktop.gui.theme import Appearance, Theme
from mlflow_cost_desktop.gui.tool_bar import ToolBar
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.words import plural

PROGRAM = "MLflow Cost"

SCENARIO_TAB = "scenario"

TABS = {
    "server": ("server.option", "usage", "server"),
    "metadata_store": ("metadata_store",),
    "artifact_store": ("artifact_store",),
    "network": ("network",),
    "labor": ("team", "labor"),
    SCENARIO_TAB: ("name", "author", "hours_in_month", "horizon_months", "discount", "currency"),
}
"""The tabs, and what of the scenario each shows."""

SHORT_NAMES = {"metadata_store": "Metadata", "artifact_store": "Artifacts", "labor": "Labor"}
"""Of tabs whose whole name would leave no room for the others."""

TAB_TIPS = {SCENARIO_TAB: "Name, month, horizon and discount of the whole scenario"}


OTHER_KEYS = {
    "Bill": (
        ("Ctrl+F", "Search; Escape shows all lines again"),
        ("Left, Right", "Close or open a part"),
        ("Enter", "To the input behind a line"),
        ("Ctrl+I", "A line's arithmetic, price and source"),
        ("F2", "Your rate for a line, or your line"),
        ("Delete", "The list price again, or your line away"),
        ("Insert", "A line of your own in this part"),
        ("Ctrl+D", "A copy of your line"),
    ),
    "Charts": (
        ("Left, Right", "The marker by a step"),
        ("Page Up, Page Down", "The marker by ten steps"),
        ("Home, End", "The marker to either end"),
    ),
}
"""Keys that no menu shows."""


class MainWindow(QMainWindow):
    """The open scenario: its inputs on the left, the answer on the right.

    Args:
        samples: scenario files that come with the program, by the name of their menu line.
        folder: where file dialogs begin.
        state: where recovery copies and locks of open files are kept.
    """

    new_window_asked = Signal()
    files_dropped = Signal(list)  # their paths
    closed = Signal()

    def __init__(
        self,
        session: Session,
        theme: Theme,
        settings: Settings,
        samples: dict[str, Path],
        folder: Path,
        state: Path,
    ) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self.settings = settings
        self.samples = samples
        self.folder = folder
        self.document = Document(session, self, folder, state / "locks")
        self.autosave = Autosave(session, self.document, state / "recovery")
        self.bill = BillPanel()  # what it can do stands in the menus, too
        self.bill.table.collapse_parts(settings.collapsed_parts)
        self._make_actions()
        self._make_menus()
        self._make_tool_bar()
        self._make_status_bar()
        self.setCentralWidget(self._make_center())
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 600)
        self.resize(1360, 880)
        for before, after in (
            (self.tool_bar.regions, self.tool_bar.export_button),
            (self.tool_bar.export_button, self.tab_bar),
            (self.tab_bar, self.pages),
        ):
            QWidget.setTabOrder(before, after)
        self._connect()
        self._tint()
        session.show_again()
        self._show_title()
        self.setFocus()

    # Children

    def _make_actions(self) -> None:
        def action(text: str, key: QKeySequence.StandardKey | str | None = None) -> QAction:
            made = QAction(text, self)
            if key is not None:
                made.setShortcut(QKeySequence(key))
            return made

        keys = QKeySequence.StandardKey
        self.new_action = action("&New…", keys.New)
        self.new_window_action = action("New &window", "Ctrl+Shift+N")
        self.open_action = action("&Open…", keys.Open)
        self.save_action = action("&Save", keys.Save)
        self.save_as_action = action("Save &as…", "Ctrl+Shift+S")
        self.export_action = action("&Export PDF…", "Ctrl+E")
        self.close_action = action("&Close window", keys.Close)
        self.quit_action = action("&Quit", "Ctrl+Q")
        self.help_action = action("&How is this computed?", keys.HelpContents)
        self.keys_action = action("&Keyboard shortcuts", "Ctrl+?")
        self.hints_action = action("Show h&ints")
        self.about_action = action(f"&About {PROGRAM}")
        self.zero_lines_action = action("Lines of &zero in the bill")
        self.zero_lines_action.setCheckable(True)
        self.find_action = action("&Find in the bill", keys.Find)
        self.rates_action = action("Your r&ates…")
        self.lines_action = action("Your &lines…")
        self.cash_action = action("&Cash by month…")
        self.undo_action = self.session.undo_stack.createUndoAction(self, "&Undo")
        self.undo_action.setShortcut(keys.Undo)
        self.redo_action = self.session.undo_stack.createRedoAction(self, "&Redo")
        # The system's own keys first; none twice, or Qt takes it for ambiguous.
        redo = [key.toString() for key in QKeySequence.keyBindings(keys.Redo)]
        both = dict.fromkeys([*redo, "Ctrl+Shift+Z", "Ctrl+Y"])
        self.redo_action.setShortcuts([QKeySequence(key) for key in both])
        # On a button the word would change with every edit; the symbol does not.
        self.undo_action.setIconText("Undo")
        self.redo_action.setIconText("Redo")
        # Nor a tooltip with a file's words, which Qt would take for markup if they look so.
        self.undo_action.setToolTip("Undo")
        self.redo_action.setToolTip("Redo")

    def _make_menus(self) -> None:
        file = self.menuBar().addMenu("&File")
        file.addAction(self.new_action)
        self.sample_menu = file.addMenu("New from sa&mple")
        self.sample_actions = {name: self.sample_menu.addAction(name) for name in self.samples}
        file.addAction(self.new_window_action)
        file.addSeparator()
        file.addAction(self.open_action)
        self.recent_files = RecentFiles(self.settings, file)
        file.addMenu(self.recent_files)
        file.addActions([self.save_action, self.save_as_action])
        file.addSeparator()
        file.addAction(self.export_action)
        file.addSeparator()
        file.addActions([self.close_action, self.quit_action])
        edit = self.menuBar().addMenu("&Edit")
        edit.addActions([self.undo_action, self.redo_action])
        edit.addSeparator()
        edit.addActions([self.bill.copy_action, self.bill.copy_csv_action, self.find_action])
        edit.addSeparator()
        edit.addActions([self.rates_action, self.lines_action])
        view = self.menuBar().addMenu("&View")
        self.appearance_group = QActionGroup(self)
        for name, text in (("system", "As the &system"), ("light", "&Light"), ("dark", "&Dark")):
            choice = self.appearance_group.addAction(text)
            choice.setCheckable(True)
            choice.setData(name)
            choice.setChecked(name == self.theme.appearance)
            view.addAction(choice)
        view.addSeparator()
        view.addActions(
            [self.zero_lines_action, self.bill.expand_action, self.bill.collapse_action]
        )
        view.addSeparator()
        view.addAction(self.cash_action)
        help_menu = self.menuBar().addMenu("&Help")
        help_menu.addActions([self.help_action, self.keys_action, self.hints_action])
        help_menu.addSeparator()
        help_menu.addAction(self.about_action)

    def _make_tool_bar(self) -> None:
        self.tool_bar = ToolBar(
            (self.new_action, self.open_action, self.save_action),
            (self.undo_action, self.redo_action),
            self.export_action,
            self.session.shelf.regions,
        )
        self.addToolBar(self.tool_bar)

    def _make_status_bar(self) -> None:
        self.message = plain_label("message")
        self.open_result = QToolButton()
        self.open_result.setText("Open")
        self.open_result.setCursor(Qt.CursorShape.PointingHandCursor)
        self.open_result.hide()
        self.costs_moved = CostsMoved()
        self.line_count = plain_label("lineCount")
        self.statusBar().setSizeGripEnabled(False)
        self.statusBar().addWidget(self.message)
        self.statusBar().addWidget(self.open_result)
        self.statusBar().addPermanentWidget(self.costs_moved)
        self.statusBar().addPermanentWidget(self.line_count)
        self._result: Path | None = None

    def _make_center(self) -> QWidget:
        self.tab_bar = SubtotalTabBar()
        self.pages = QStackedWidget()
        self.tabs: dict[str, ComponentTab] = {}
        for name, roots in TABS.items():
            tab = ComponentTab(name, roots)
            self.tabs[name] = tab
            index = self.tab_bar.addTab(SHORT_NAMES.get(name, COMPONENTS.get(name, "")))
            self.tab_bar.setTabToolTip(index, TAB_TIPS.get(name, COMPONENTS.get(name, "")))
            self.tab_bar.setAccessibleTabName(index, COMPONENTS.get(name, "Scenario"))
            self.pages.addWidget(tab)
        self.own_panel = OwnPanel()
        self.tabs[SCENARIO_TAB].add_below(self.own_panel)
        left = QWidget()
        left.setObjectName("left")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tab_bar)
        column.addWidget(self.pages, 1)
        left.setMinimumWidth(388)
        left.setMaximumWidth(560)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self._make_answer())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setSizes([410, 950])
        self.splitter.setChildrenCollapsible(False)
        return self.splitter

    def _make_answer(self) -> QWidget:
        self.summary = Summary()
        self.hints = HintBar()
        self.hints.setVisible(self.settings.shows_hints)
        self.charts = ChartPair(cost_charts(self.folder))
        self.usage_chart, self.storage_chart = self.charts.charts
        self.below = below = QSplitter(Qt.Orientation.Vertical)
        below.addWidget(self.charts)
        below.addWidget(self.bill)
        below.setSizes([290, 350])
        below.setChildrenCollapsible(False)
        below.setHandleWidth(12)
        right = QWidget()
        right.setObjectName("right")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(right)
        column.setContentsMargins(20, 14, 20, 12)
        column.setSpacing(12)
        column.addWidget(self.hints)
        column.addWidget(self.summary)
        column.addWidget(below, 1)
        return right

    # Connections

    def _connect(self) -> None:
        session, document = self.session, self.document
        for tab in self.tabs.values():
            tab.edited.connect(session.edit)
            session.refused.connect(tab.form.show_problem)
        for view in (
            self.summary,
            self.usage_chart,
            self.storage_chart,
            self.bill,
            self.own_panel,
        ):
            session.shown_changed.connect(view.show_shown)
        for chart in self.charts.charts:
            chart.edited.connect(session.edit)
            chart.drag_began.connect(session.begin_step)
            chart.drag_ended.connect(session.end_step)
            chart.drag_canceled.connect(session.cancel_step)
            chart.saved.connect(self._tell_exported)
            chart.failed.connect(self._show_problem)
        lit_together = (self.summary, self.usage_chart, self.storage_chart, self.bill)
        for source in lit_together:
            for view in lit_together:
                source.part_hovered.connect(view.highlight_part)
        session.shown_changed.connect(self._show_shown)
        session.clean_changed.connect(self._show_title)
        document.path_changed.connect(self._show_title)
        document.saved.connect(self._tell_saved)
        document.saved.connect(self.recent_files.add)
        document.opened.connect(self.recent_files.add)
        document.path_changed.connect(lambda: self.costs_moved.show_since(None))
        document.costs_moved.connect(self.costs_moved.show_since)
        self.autosave.failed.connect(self._tell_no_recovery)
        document.exported.connect(self._tell_exported)
        document.export_running.connect(self._show_export_running)
        document.failed.connect(self._show_problem)
        self.tab_bar.currentChanged.connect(self._show_tab)
        self.tool_bar.region_chosen.connect(self._choose_region)
        self.theme.changed.connect(self._tint)
        self.appearance_group.triggered.connect(self._choose_appearance)
        self.zero_lines_action.toggled.connect(self.bill.show_zero_lines)
        self.bill.table.collapsed_changed.connect(self._keep_collapsed)
        self.bill.input_requested.connect(self.lead_to)
        self.bill.rate_requested.connect(lambda sku_id: ask_rate(session, self, sku_id))
        self.bill.list_price_requested.connect(lambda sku_id: use_list_price(session, sku_id))
        self.bill.line_requested.connect(lambda line_id: edit_line(session, self, line_id))
        self.bill.line_added.connect(lambda part: add_line(session, self, part))
        self.bill.line_copied.connect(lambda line_id: duplicate_line(session, line_id))
        self.bill.line_removed.connect(lambda line_id: remove_line(session, line_id))
        self.find_action.triggered.connect(self.bill.search)
        self.cash_action.triggered.connect(self._show_cash)
        for request in (self.rates_action.triggered, self.own_panel.rates_requested):
            request.connect(self._show_rates)
        for request in (self.lines_action.triggered, self.own_panel.lines_requested):
            request.connect(self._show_lines)
        self.open_result.clicked.connect(self._open_result)
        self.new_action.triggered.connect(self._new)
        for name, action in self.sample_actions.items():
            action.setData(name)
        self.sample_menu.triggered.connect(self._new_from_sample)
        self.new_window_action.triggered.connect(self.new_window_asked)
        self.open_action.triggered.connect(document.ask_open)
        self.recent_files.chosen.connect(document.open_instead)
        self.save_action.triggered.connect(document.save)
        self.save_as_action.triggered.connect(document.save_as)
        self.export_action.triggered.connect(document.export_pdf)
        self.close_action.triggered.connect(self.close)
        self.quit_action.triggered.connect(QApplication.closeAllWindows)
        self.help_action.triggered.connect(self._show_help)
        self.keys_action.triggered.connect(self._show_keys)
        self.hints_action.triggered.connect(self._show_hints)
        self.hints.put_away.connect(self._put_hints_away)
        self.about_action.triggered.connect(lambda: AboutDialog(self).open())

    # What is shown

    def _show_shown(self, shown: Shown) -> None:
        # The tabs out of sight are brought up to date when they come into it.
        self._current_tab.show_shown(shown)
        in_words = shown.scenario.currency.short_money
        for index, name in enumerate(self.tabs):
            if name in COMPONENTS:
                self.tab_bar.show_subtotal(index, subtotal(shown.estimate, name, in_words))
        self.tool_bar.show_shown(shown)
        gaps = shown.estimate.gaps_in_words
        count = sum(charge.is_worth_showing for charge in shown.estimate.charges)
        lines = f"{count} {plural(count, 'line')}"
        self.line_count.setText(f"{lines} · {gaps}" if gaps else lines)
        self._show_title()

    def _show_tab(self, index: int) -> None:
        self.pages.setCurrentIndex(index)
        self._current_tab.show_shown(self.session.shown)

    @property
    def _current_tab(self) -> ComponentTab:
        return list(self.tabs.values())[self.tab_bar.currentIndex()]

    def _show_title(self) -> None:
        # Qt's own mark is written twice where it is a word of the user's.
        file, name = (
            words.replace("[*]", "[*][*]")
            for words in (self.document.title, self.session.scenario.name)
        )
        self.setWindowTitle(f"{file}[*] – {name} – {PROGRAM}")
        if self.isWindowModified() != self.document.is_changed:
            self.setWindowModified(self.document.is_changed)  # each call asks the window manager
        self.save_action.setEnabled(self.document.is_changed or self.document.path is None)

    def _tint(self) -> None:
        self.undo_action.setIcon(self.theme.icon("undo"))
        self.redo_action.setIcon(self.theme.icon("redo"))
        self.tab_bar.setTabIcon(list(self.tabs).index(SCENARIO_TAB), self.theme.icon("sliders"))
        palette = QApplication.palette()
        for chart in (self.usage_chart, self.storage_chart):
            chart.show_palette(palette)

    def _say(self, text: str, result: Path | None = None) -> None:
        room = max(self.width() // 2, 300)
        mode = Qt.TextElideMode.ElideMiddle  # the ends of a path tell the most
        self.message.setText(self.message.fontMetrics().elidedText(text, mode, room))
        self.message.setToolTip("")
        self._result = result
        self.open_result.setVisible(result is not None)

    def _tell_saved(self, path: Path) -> None:
        self._say(f"Saved {QTime.currentTime().toString('HH:mm')} · {path.name}")

    def _tell_no_recovery(self, reason: str) -> None:
        self._say(f"No recovery copy can be kept: {reason}")

    def _tell_exported(self, path: Path) -> None:
        self._say(f"Exported {path}", path)
        self.message.setToolTip(plain_tooltip(str(path)))

    def _show_export_running(self, running: bool) -> None:
        self.export_action.setEnabled(not running)
        if running:
            self._say("Exporting the PDF …")

    def _show_problem(self, error: Exception) -> None:
        self._say("")
        show_problem(self, error)

    # What the user asks for

    def _choose_region(self, region_id: str) -> None:
        try:
            self.session.shelf.book(region_id)  # a damaged price file is told of, not chosen
        except UserError as error:
            self.session.show_again()
            self._show_problem(error)
            return
        self.session.edit("region_id", region_id)

    def lead_to(self, component: str, path: str) -> None:
        """Turn to the field at a path, or to a component's tab where the path is empty."""
        name = component
        for tab, roots in TABS.items():
            if any(path == root or path.startswith(f"{root}.") for root in roots):
                name = tab
        self.tab_bar.setCurrentIndex(list(self.tabs).index(name))
        self.tabs[name].reveal(path)

    def _keep_collapsed(self) -> None:
        self.settings.collapsed_parts = self.bill.table.collapsed_parts

    def _show_rates(self) -> None:
        RatesDialog(self.session, self).open()

    def _show_lines(self) -> None:
        LinesDialog(self.session, self).open()

    def _show_cash(self) -> None:
        CashDialog(self.session, self).show()

    def _choose_appearance(self, action: QAction) -> None:
        appearance: Appearance = action.data()
        self.theme.choose(appearance)
        self.settings.appearance = appearance

    def _new(self) -> None:
        dialog = NewDialog(self, list(self.samples))
        dialog.accepted.connect(lambda: self.document.new(self.samples[dialog.chosen]))
        dialog.open()

    def _new_from_sample(self, action: QAction) -> None:
        self.document.new(self.samples[action.data()])

    def _open_result(self) -> None:
        if self._result:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result)))

    def _show_help(self) -> None:
        window = HelpWindow(self)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.show_shown(self.session.shown)
        window.show()

    def _show_keys(self) -> None:
        KeysDialog(self, self.menuBar(), OTHER_KEYS).open()

    def _show_hints(self) -> None:
        self.settings.shows_hints = True
        self.hints.start()

    def _put_hints_away(self) -> None:
        self.settings.shows_hints = False

    @property
    def remembered_parts(self) -> dict[str, QSplitter]:
        """What of the window's inside comes back at the next start, by its name."""
        return {"sides": self.splitter, "charts": self.below}

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.files_dropped.emit(files_in(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.document.finish_export() and self.document.may_close():
            # While it is whole: PySide frees an undo stack's commands twice with its owner.
            self.session.undo_stack.clear()
            self.autosave.discard()
            self.document.close()
            event.accept()
            self.closed.emit()
        else:
            event.ignore()
