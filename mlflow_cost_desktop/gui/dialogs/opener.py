"""What a window opens besides itself, and the edits of the user's own rates and lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMenuBar, QWidget

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.gui.document.export import Export, ExportChoices
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.settings import Settings
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.ranges import Range

GOES_WHEN_CLOSED = Qt.WidgetAttribute.WA_DeleteOnClose


class Dialogs(QObject):
    """The dialogs about one scenario.

    Args:
        session: holds the scenario; dialogs edit it.
        window: over which the dialogs stand.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._export_choices = ExportChoices()

    def ask_sample(self, names: Sequence[str], begin: Callable[[str], None]) -> None:
        """Ask which sample to begin with.

        Args:
            begin: is called with the name of the one that was chosen.
        """
        from mlflow_cost_desktop.gui.dialogs.new import NewDialog

        dialog = NewDialog(self._window, list(names))
        dialog.accepted.connect(lambda: begin(dialog.chosen))
        self._open(dialog)

    def ask_export(self, export: Export) -> None:
        """Ask how the scenario is to be exported, and export it."""
        from mlflow_cost_desktop.gui.dialogs.export import ExportDialog

        managed = self._session.study.managed
        plans = {offer.plan.id: offer.plan.name for offer in managed}
        dialog = ExportDialog(self._window, self._export_choices, plans)

        def begin() -> None:
            self._export_choices = dialog.choices
            export.ask(dialog.choices)

        dialog.accepted.connect(begin)
        self._open(dialog)

    def show_prices(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.prices import PricesDialog

        PricesDialog(self._session, self._window).open()

    def show_rates(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.own_rates import RatesDialog

        RatesDialog(self._session, self._window).open()

    def ask_rate(self, sku_id: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.set_rate import ask_rate

        ask_rate(self._session, self._window, sku_id)

    def use_list_price(self, sku_id: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.set_rate import use_list_price

        use_list_price(self._session, sku_id)

    def update_prices(
        self, settings: Settings, others: Iterable[str], changed: Callable[[], None]
    ) -> None:
        """Ask for today's prices, and take them over or go back.

        Args:
            others: the regions of other open scenarios and of recent files.
            changed: is called where other prices apply by now, or others are old.
        """
        from mlflow_cost_desktop.gui.dialogs.price_update import Places, PriceUpdateDialog

        places = Places(paths.downloads_dir(), paths.state_dir())
        dialog = PriceUpdateDialog(self._session, settings, set(others), places, self._window)
        dialog.prices_changed.connect(changed)
        dialog.open()

    def show_lines(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.own_lines import LinesDialog

        LinesDialog(self._session, self._window).open()

    def add_line(self, component: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.own_lines import add_line

        add_line(self._session, self._window, component)

    def edit_line(self, line_id: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.own_lines import edit_line

        edit_line(self._session, self._window, line_id)

    def duplicate_line(self, line_id: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.own_lines import duplicate_line

        duplicate_line(self._session, line_id)

    def remove_line(self, line_id: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.own_lines import remove_line

        remove_line(self._session, line_id)

    def look_at_edits(self, edits: Edits, intro: str, step: str) -> None:
        """Show what would change; what is then chosen is applied as one step.

        Args:
            intro: what proposes the edits, in a sentence.
            step: what the step is called in the menu, after "Undo".
        """
        from mlflow_cost_desktop.gui.dialogs.edits import EditsDialog

        session, window = self._session, self._window
        dialog = EditsDialog(session.study, edits, intro, session.tried, session.figures, window)
        dialog.applied.connect(lambda chosen: session.apply(chosen, step))
        dialog.open()

    def show_needs(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.needs import NeedsDialog

        self._open(NeedsDialog(self._session, self._window))

    def open_extra(self, path: str, key: str) -> None:
        """Open what more of a number is asked for: see `gui/inputs/extras.py`."""
        if key == "growth":
            self.change_over_time(path)
        elif key == "range":
            self.ask_range(path)

    def ask_range(self, path: str) -> None:
        """Show the range of an input, or a new one; of one chosen there if the path is empty."""
        from mlflow_cost_desktop.gui.dialogs.range import ask_range

        ask_range(self._session, self._window, path)

    def remove_range(self, path: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.range import remove_range

        remove_range(self._session, path)

    def suggest_ranges(self) -> tuple[Range, ...]:
        """Give ranges to the inputs that matter and have none; those that were added."""
        from mlflow_cost_desktop.gui.dialogs.range import suggest_ranges

        return suggest_ranges(self._session)

    def change_over_time(self, path: str) -> None:
        """Show the rule for an input, or a new one; for one that is chosen there if it is empty."""
        from mlflow_cost_desktop.gui.dialogs.growth import change_over_time

        change_over_time(self._session, self._window, path)

    def take_growth_guess(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.growth import take_guess

        take_guess(self._session, self._window)

    def remove_growth(self, path: str) -> None:
        from mlflow_cost_desktop.gui.dialogs.growth import remove_rule

        remove_rule(self._session, path)

    def show_help(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.help_window import HelpWindow

        window = HelpWindow(self._window)
        window.setAttribute(GOES_WHEN_CLOSED)
        window.show_study(self._session.study)
        window.show()

    def show_keys(self, menus: QMenuBar, others: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        """Show the keys of all menus, and those that no menu shows."""
        from mlflow_cost_desktop.gui.dialogs.about import KeysDialog

        self._open(KeysDialog(self._window, menus, others))

    def show_about(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.about import AboutDialog
        from mlflow_cost_desktop.wording.prices import price_dates

        study = self._session.study
        dates = price_dates(study.estimate, study.figures, " – ")
        words = f"Prices {dates}" if dates else "No provider prices"
        self._open(AboutDialog(self._window, words))

    def show_releases(self) -> None:
        from mlflow_cost_desktop.gui.dialogs.licenses import open_releases

        open_releases()

    def _open(self, dialog: QDialog) -> None:
        """Open a dialog that is gone when it is closed: a window has it as long as it lives."""
        dialog.setAttribute(GOES_WHEN_CLOSED)
        dialog.open()
