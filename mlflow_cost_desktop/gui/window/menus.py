"""The program's actions with their keys, and the menus that they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QMainWindow

from mlflow_cost_desktop.gui.document.recent_files import RecentFiles
from mlflow_cost_desktop.gui.lines.panel import LinesPanel
from mlflow_cost_desktop.gui.toolkit.settings import Settings
from mlflow_cost_desktop.gui.toolkit.theme import Appearance
from mlflow_cost_desktop.gui.toolkit.window_keys import EXPORT
from mlflow_cost_desktop.gui.window.compare_menu import CompareMenu

PROGRAM = "MLflow Cost"

OTHER_KEYS = {
    "Window": (
        ("Alt+1 … Alt+7", "To a tab of the inputs"),
        ("Ctrl+Tab, Ctrl+Shift+Tab", "To the next tab, to the one before"),
        ("F6, Shift+F6", "To the next of inputs, answer and lines; to the one before"),
    ),
    "Lines": (
        ("Ctrl+F", "Search; Escape shows all lines again"),
        ("Left, Right", "Close or open a part"),
        ("Enter", "Go to the input behind a line"),
        ("Ctrl+I", "Show a line's arithmetic, price and source"),
        ("F2", "Set your rate for a line, or edit your line"),
        ("Delete", "Go back to the list price, or remove your line"),
        ("Insert", "Add a line of your own to this part"),
        ("Ctrl+D", "Duplicate your line"),
    ),
    "Charts": (
        ("Left, Right", "Move the marker by a step"),
        ("Page Up, Page Down", "Move the marker by ten steps"),
        ("Home, End", "Move the marker to either end"),
        ("Escape", "Put back what is being dragged"),
        ("+, −, 0", "Enlarge, reduce, show the whole axis"),
        ("Ctrl+C", "Copy as image"),
        ("Ctrl+T", "Show as table"),
    ),
}
"""Keys that no menu shows."""

APPEARANCES: dict[Appearance, str] = {
    "system": "Like the &system",
    "light": "&Light",
    "dark": "&Dark",
}


class MenuWindow(QMainWindow):
    """A window with all actions and menus, none of them connected yet."""

    def make_menus(
        self,
        undo_stack: QUndoStack,
        lines: LinesPanel,
        samples: Iterable[str],
        settings: Settings,
        appearance: Appearance,
    ) -> None:
        """Make the actions and put them in menus.

        Args:
            undo_stack: whose steps "Undo" and "Redo" are named after.
            lines: their actions stand in the menus, too.
            samples: names of the scenarios that come with the program.
            settings: where the files are noted that were open lately.
            appearance: the one to be checked.
        """
        self._make_file_actions()
        self._make_edit_actions(undo_stack)
        self._make_other_actions()
        self._make_file_menu(samples, settings)
        edit = self.menuBar().addMenu("&Edit")
        edit.addActions([self.undo_action, self.redo_action])
        edit.addSeparator()
        edit.addActions([*lines.copy_actions, self.find_action])
        self._make_view_menu(lines, appearance)
        prices = self.menuBar().addMenu("&Prices")
        prices.addActions([self.prices_action, self.rates_action, self.lines_action])
        prices.addSeparator()
        prices.addAction(self.update_prices_action)
        help_menu = self.menuBar().addMenu("&Help")
        help_menu.addActions([self.help_action, self.keys_action, self.hints_action])
        help_menu.addSeparator()
        help_menu.addActions([self.updates_action, self.about_action])
        help_menu.aboutToShow.connect(self._offer_updates)

    def _offer_updates(self) -> None:
        """Show where updates are, if somewhere: found out when somebody looks, as it takes long."""
        from mlflow_cost_desktop.startup.shipped import releases_page

        self.updates_action.setVisible(bool(releases_page()))

    def _action(self, text: str, key: QKeySequence.StandardKey | str | None = None) -> QAction:
        made = QAction(text, self)
        if key is not None:
            made.setShortcut(QKeySequence(key))
        return made

    def _make_file_actions(self) -> None:
        action, keys = self._action, QKeySequence.StandardKey
        self.new_action = action("&New…", keys.New)
        self.new_window_action = action("New &window", "Ctrl+Shift+N")
        self.open_action = action("&Open…", keys.Open)
        self.save_action = action("&Save", keys.Save)
        self.save_as_action = action("Save &as…", "Ctrl+Shift+S")
        self.export_action = action("&Export PDF…", EXPORT)
        self.export_as_action = action("Ex&port as…", "Ctrl+Shift+E")
        self.close_action = action("&Close window", keys.Close)
        self.quit_action = action("&Quit", "Ctrl+Q")

    def _make_edit_actions(self, undo_stack: QUndoStack) -> None:
        keys = QKeySequence.StandardKey
        self.find_action = self._action("&Find a line", keys.Find)
        self.prices_action = self._action("&Prices in use…")
        self.update_prices_action = self._action("&Update prices…")
        self.rates_action = self._action("Your &rates…")
        self.lines_action = self._action("Your &lines…")
        self.undo_action = undo_stack.createUndoAction(self, "&Undo")
        self.undo_action.setShortcut(keys.Undo)
        self.redo_action = undo_stack.createRedoAction(self, "&Redo")
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

    def _make_other_actions(self) -> None:
        self.zero_lines_action = self._action("Lines of &zero")
        self.zero_lines_action.setCheckable(True)
        self.over_time_action = self._action("Over &time")
        self.compare_action = self._action("S&ide by side")
        self.alternatives_action = self._action("Alter&natives")
        self.uncertainty_action = self._action("&Uncertainty")
        self.help_action = self._action(
            "&How is this computed?", QKeySequence.StandardKey.HelpContents
        )
        self.keys_action = self._action("&Keyboard shortcuts", "Ctrl+?")
        self.hints_action = self._action("Show h&ints")
        self.updates_action = self._action("Check for &updates…")
        self.about_action = self._action(f"&About {PROGRAM}")

    def _make_file_menu(self, samples: Iterable[str], settings: Settings) -> None:
        file = self.menuBar().addMenu("&File")
        file.addAction(self.new_action)
        self.sample_menu = file.addMenu("New from sa&mple")
        self.sample_actions = {name: self.sample_menu.addAction(name) for name in samples}
        file.addAction(self.new_window_action)
        file.addSeparator()
        file.addAction(self.open_action)
        self.recent_files = RecentFiles(settings, file)
        file.addMenu(self.recent_files)
        file.addActions([self.save_action, self.save_as_action])
        file.addSeparator()
        self.compare_menu = CompareMenu("Compare w&ith", self)
        file.addMenu(self.compare_menu)
        file.addSeparator()
        file.addActions([self.export_action, self.export_as_action])
        file.addSeparator()
        file.addActions([self.close_action, self.quit_action])

    def _make_view_menu(self, lines: LinesPanel, appearance: Appearance) -> None:
        view = self.menuBar().addMenu("&View")
        self.appearance_group = QActionGroup(self)
        for name, text in APPEARANCES.items():
            choice = self.appearance_group.addAction(text)
            choice.setCheckable(True)
            choice.setData(name)
            choice.setChecked(name == appearance)
            view.addAction(choice)
        view.addSeparator()
        view.addActions([self.zero_lines_action, lines.expand_action, lines.collapse_action])
        view.addSeparator()
        view.addActions([self.over_time_action, self.uncertainty_action])
        view.addActions([self.alternatives_action, self.compare_action])
