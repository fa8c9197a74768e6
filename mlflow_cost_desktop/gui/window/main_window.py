"""The window of an open scenario: all connections in one block, and what is told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTime, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QSplitter

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import write
from mlflow_cost_desktop.files.scenario_file import regions_of
from mlflow_cost_desktop.gui.answer.views import (
    ALTERNATIVES,
    OVER_TIME,
    THIS_MONTH,
    UNCERTAINTY,
)
from mlflow_cost_desktop.gui.dialogs.opener import Dialogs
from mlflow_cost_desktop.gui.document.autosave import Autosave
from mlflow_cost_desktop.gui.document.document import Document
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.lines.panel import LinesPanel
from mlflow_cost_desktop.gui.toolkit.file_drop import files_in
from mlflow_cost_desktop.gui.toolkit.problem import show_problem
from mlflow_cost_desktop.gui.toolkit.settings import Settings
from mlflow_cost_desktop.gui.toolkit.tab_order import come_last
from mlflow_cost_desktop.gui.toolkit.theme import Appearance, Theme
from mlflow_cost_desktop.gui.window.layout import LaidOutWindow
from mlflow_cost_desktop.gui.window.menus import OTHER_KEYS, PROGRAM
from mlflow_cost_desktop.gui.window.panes import Pane, Panes
from mlflow_cost_desktop.model.scenario import Scenario

if TYPE_CHECKING:  # loaded when they are first asked for
    from mlflow_cost_desktop.analysis.suggestions import Suggestion
    from mlflow_cost_desktop.exports.report.facts import Facts
    from mlflow_cost_desktop.gui.answer.compared import Compared, Wanted

MOST_RECENT = 10
"""Recent files whose regions are offered for an update of prices."""

WITHOUT_FONTS = (".csv", ".md", ".xlsx")
"""Exports in which whoever opens them chooses the font."""


class MainWindow(LaidOutWindow):
    """The open scenario: its inputs on the left, the answer on the right.

    Args:
        samples: scenario files that come with the program, by the name of their menu line.
        folder: where file dialogs begin.
        state: where recovery copies and locks of open files are kept.
    """

    new_window_asked = Signal()
    files_dropped = Signal(list)  # their paths
    file_asked = Signal(Path)  # to be opened in a window of its own
    scenario_asked = Signal(object)  # likewise
    closed = Signal()
    prices_changed = Signal()  # other prices apply, or others count as old

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
        self.open_regions: Callable[[], Iterable[str]] = lambda: ()
        """The regions of all open scenarios: one window does not know of the others."""
        self.folder = folder
        self._no_locks = ""
        lines = LinesPanel()
        lines.table.collapse_parts(settings.collapsed_parts)
        self.make_menus(session.undo_stack, lines, samples, settings, theme.appearance)
        self.lay_out(
            lines,
            lambda provider_id: session.shelf.of(provider_id).regions,
            folder,
            session.figures,
            session.shelf,
        )
        self.compare_menu.follow(session, samples)
        self.hints.setVisible(settings.shows_hints)
        self.document = Document(session, self, folder, state / "locks", self.inputs.finish_typing)
        self.dialogs = Dialogs(session, self)
        self.autosave = Autosave(session, self.document, state / "recovery")
        self._connect()
        panes = (
            Pane(self.inputs, self.tab_bar),
            Pane(self.answer, self.usage_chart.canvas),
            Pane(self.lines, self.lines.table),
        )
        Panes(self, panes, self.tab_bar)
        self._tint()
        session.show_again()
        self._show_title()
        self.setFocus()

    # Connections

    def _connect(self) -> None:
        session, document, dialogs = self.session, self.document, self.dialogs
        for source in (self.inputs, self.summary):
            source.edited.connect(session.edit)
        self.inputs.settled.connect(session.settle)
        self.inputs.suggestion_applied.connect(self._apply_suggestion)
        self.inputs.suggestion_look_asked.connect(self._look_at_suggestion)
        self.inputs.suggestion_dismissed.connect(self._dismiss_suggestion)
        for made in (self.inputs.tab_made, self.views.made):
            made.connect(self._keep_reading_order)
        session.refused.connect(self.inputs.show_problem)
        session.list_refused.connect(self._show_problem)
        for view in (self.summary, self.views, self.inputs):
            session.study_changed.connect(view.show_study)
        for chart in self.charts.charts:
            chart.edited.connect(session.edit)
            chart.drag_began.connect(session.begin_step)
            chart.drag_ended.connect(session.end_step)
            chart.drag_canceled.connect(session.cancel_step)
            chart.saved.connect(self._tell_exported)
            chart.facts = self._facts
            chart.failed.connect(self._show_problem)
        lit_together = (self.summary, self.usage_chart, self.storage_chart, self.lines)
        for source in lit_together:
            for view in lit_together:
                source.part_hovered.connect(view.highlight_part)
        session.study_changed.connect(self._show_study)
        session.clean_changed.connect(self._show_title)
        document.path_changed.connect(self._show_title)
        document.saved.connect(self._tell_saved)
        document.saved.connect(self.recent_files.add)
        document.opened.connect(self.recent_files.add)
        document.path_changed.connect(lambda: self.costs_moved.show_since(None))
        document.costs_moved.connect(self.costs_moved.show_since)
        self.autosave.failed.connect(self._tell_no_recovery)
        document.export.done.connect(self._tell_exported)
        document.export.running.connect(self._show_export_running)
        document.export.progressed.connect(self.status_bar.show_progress)
        document.failed.connect(self._show_problem)
        document.locks_missing.connect(self._tell_no_locks)
        self.tool_bar.region_chosen.connect(self._choose_region)
        self.theme.changed.connect(self._tint)
        self.appearance_group.triggered.connect(self._choose_appearance)
        self.zero_lines_action.toggled.connect(self.lines.show_zero_lines)
        self.lines.table.collapsed_changed.connect(self._keep_collapsed)
        self.lines.input_requested.connect(self.inputs.lead_to)
        self.lines.rate_requested.connect(dialogs.ask_rate)
        self.lines.list_price_requested.connect(dialogs.use_list_price)
        self.lines.line_requested.connect(dialogs.edit_line)
        self.lines.line_added.connect(dialogs.add_line)
        self.lines.line_copied.connect(dialogs.duplicate_line)
        self.lines.line_removed.connect(dialogs.remove_line)
        self.find_action.triggered.connect(self._search_lines)
        self.views.changed.connect(self._offer_what_is_in_sight)
        self.over_time_action.triggered.connect(lambda: self.views.open(OVER_TIME))
        self.compare_action.triggered.connect(self.open_compare)
        self.alternatives_action.triggered.connect(lambda: self.views.open(ALTERNATIVES))
        self._connect_comparing()
        self.uncertainty_action.triggered.connect(lambda: self.views.open(UNCERTAINTY))
        self.inputs.extra_asked.connect(dialogs.open_extra)
        self.prices_action.triggered.connect(dialogs.show_prices)
        self.update_prices_action.triggered.connect(self._update_prices)
        self.prices_changed.connect(self.follow_prices)
        for request in (self.rates_action.triggered, self.inputs.rates_requested):
            request.connect(dialogs.show_rates)
        for request in (self.lines_action.triggered, self.inputs.lines_requested):
            request.connect(dialogs.show_lines)
        self.status_bar.cancel_requested.connect(self._cancel_export)
        self.new_action.triggered.connect(self._ask_new)
        for name, action in self.sample_actions.items():
            action.setData(name)
        self.sample_menu.triggered.connect(self._new_from_sample)
        self.new_window_action.triggered.connect(self.new_window_asked)
        self.open_action.triggered.connect(document.ask_open)
        self.recent_files.chosen.connect(document.open_instead)
        self.save_action.triggered.connect(document.save)
        self.save_as_action.triggered.connect(document.save_as)
        self.export_action.triggered.connect(document.export.ask_pdf)
        self.export_as_action.triggered.connect(lambda: dialogs.ask_export(document.export))
        self.close_action.triggered.connect(self.close)
        self.quit_action.triggered.connect(QApplication.closeAllWindows)
        self.help_action.triggered.connect(dialogs.show_help)
        self.keys_action.triggered.connect(lambda: dialogs.show_keys(self.menuBar(), OTHER_KEYS))
        self.hints_action.triggered.connect(self._show_hints)
        self.hints.put_away.connect(self._put_hints_away)
        self.updates_action.triggered.connect(dialogs.show_releases)
        self.about_action.triggered.connect(dialogs.show_about)

    def connect_over_time(self) -> None:
        view, dialogs = self.over_time, self.dialogs
        view.edited.connect(self.session.edit)
        view.horizon_asked.connect(lambda: self.inputs.lead_to("", "horizon_months"))
        view.rule_asked.connect(dialogs.change_over_time)
        view.guess_asked.connect(dialogs.take_growth_guess)
        view.rule_removed.connect(dialogs.remove_growth)
        view.card.saved.connect(self._tell_exported)
        view.card.facts = self._facts
        view.card.failed.connect(self._show_problem)

    def _connect_comparing(self) -> None:
        menu = self.compare_menu
        menu.files_asked.connect(self._ask_compare)
        menu.sample_chosen.connect(lambda path: self.compare_files([path]))
        menu.scenario_chosen.connect(self.compare_with)
        menu.regions_asked.connect(self._show_regions)
        for chosen in (menu.region_chosen, menu.plan_chosen):
            chosen.connect(self.open_compare)
        menu.region_chosen.connect(lambda id_, name: self.compared.add_region(id_, name))
        menu.plan_chosen.connect(lambda id_, name: self.compared.add_plan(id_, name))
        self.document.export.beside = lambda: self.compared.beside(self.session.study)

    def connect_compared(self, compared: Compared) -> None:
        compared.failed.connect(self._show_problem)

    def connect_alternatives(self) -> None:
        view, session = self.alternatives, self.session
        view.edited.connect(session.edit)
        view.needs_asked.connect(self.dialogs.show_needs)
        view.applied.connect(session.apply)
        view.compared.connect(self.compare_with)
        view.opened.connect(self.scenario_asked)

    def connect_compare(self) -> None:
        view = self.compare
        view.open_asked.connect(self._open_column)
        view.take_over_asked.connect(self._take_over_column)
        view.region_applied.connect(self._choose_region)
        view.card.saved.connect(self._tell_exported)
        view.card.facts = self._facts
        view.card.failed.connect(self._show_problem)

    def compare_with(self, scenario: Scenario, name: str = "") -> None:
        """Let a scenario stand beside the open one, under a name of its own or its scenario's."""
        self.open_compare()
        self.compared.add_scenario(scenario, name)

    def compare_files(self, paths: Iterable[Path]) -> None:
        """Let scenarios from files stand beside the open one."""
        self.open_compare()
        self.compared.add_files(paths)

    def _ask_compare(self) -> None:
        self.compare_files(self.document.ask_others())

    def _show_regions(self) -> None:
        from mlflow_cost_desktop.gui.answer.compared import REGIONS

        self.open_compare()
        self.compare.open_page(REGIONS)

    def _open_column(self, wanted: Wanted) -> None:
        is_sample = wanted.path in self.samples.values()
        if wanted.path and not is_sample:
            self.file_asked.emit(wanted.path)
        else:
            self.scenario_asked.emit(self.compared.scenario_of(wanted, self.session.scenario))

    def _take_over_column(self, wanted: Wanted) -> None:
        scenario = self.compared.scenario_of(wanted, self.session.scenario)
        self.session.take_over(scenario, f"Take over {wanted.name}")

    def connect_uncertainty(self) -> None:
        view, dialogs = self.uncertainty, self.dialogs
        view.edited.connect(self.session.edit)
        view.range_asked.connect(dialogs.ask_range)
        view.range_removed.connect(dialogs.remove_range)
        view.suggestion_asked.connect(self._suggest_ranges)
        view.saved.connect(self._tell_exported)
        view.cases.facts = view.swings.facts = self._facts
        view.failed.connect(self._show_problem)

    def _suggest_ranges(self) -> None:
        found = self.dialogs.suggest_ranges()
        judged = sum("judgment" in one.source.lower() for one in found)
        self.status_bar.say(
            f"{len(found)} ranges suggested, {judged} of them by judgment; Undo takes them back"
            if found
            else "There is nothing to suggest: what matters has a range, or no source is at hand"
        )

    def _apply_suggestion(self, suggestion: Suggestion) -> None:
        self.session.apply(suggestion.edits, _step(suggestion))

    def _look_at_suggestion(self, suggestion: Suggestion) -> None:
        self.dialogs.look_at_edits(
            suggestion.edits, write(suggestion.text, self.session.figures), _step(suggestion)
        )

    def _dismiss_suggestion(self, suggestion: Suggestion) -> None:
        dismissed = (*self.session.scenario.dismissed_offers, suggestion.id)
        self.session.edit("dismissed_offers", dismissed, "Dismiss what was offered")

    def _search_lines(self) -> None:
        self.views.open(THIS_MONTH)
        self.lines.search()

    def _offer_what_is_in_sight(self, view: str) -> None:
        """Copy lines only while they are in sight: out of it, they may be of another scenario."""
        for action in self.lines.copy_actions:
            action.setEnabled(view == THIS_MONTH)

    def _keep_reading_order(self) -> None:
        answer = self.splitter.widget(1)
        assert answer is not None
        for part in (answer, self.status_bar):
            come_last(part)

    # What is shown

    def _show_study(self, study: Study) -> None:
        self.tool_bar.show_study(study)
        self.status_bar.show_study(study)
        self._show_title()

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
        self.inputs.show_icon(self.theme.icon("sliders"))
        signs = self.theme.icon("check"), self.theme.icon("alert", "notice")
        self.tool_bar.prices.show_signs(*signs)
        palette = QApplication.palette()
        for chart in (self.usage_chart, self.storage_chart):
            chart.show_palette(palette)

    def _tell_saved(self, path: Path) -> None:
        said = f"Saved {QTime.currentTime().toString('HH:mm')} · {path.name}"
        words = " · ".join(filter(None, (said, self._no_locks)))
        self.status_bar.say(words, is_of_scenario=True)
        self._no_locks = ""  # said once

    def _tell_no_recovery(self, reason: str) -> None:
        self.status_bar.say(f"No recovery copy can be kept: {reason}")

    def _tell_no_locks(self) -> None:
        self._no_locks = "This disk keeps no locks: open a file in one window only"
        self.status_bar.say(self._no_locks)

    def _facts(self) -> Facts:
        return self.session.study.facts

    def _tell_exported(self, path: Path) -> None:
        from mlflow_cost_desktop.exports.report.text import (  # the window is there sooner
            lacking_in_words,
        )

        lacking = ""
        if path.suffix.lower() not in WITHOUT_FONTS:
            lacking = lacking_in_words(self.session.scenario.model_dump_json())
        self.status_bar.say(f"Exported {path}", path, is_of_scenario=True)
        if lacking:
            self._show_problem(UserError(f"{path.name} lacks some characters", lacking))

    def _show_export_running(self, running: bool) -> None:
        self.export_action.setEnabled(not running)
        self.export_as_action.setEnabled(not running)
        self.status_bar.show_running("Exporting …" if running else "")

    def _cancel_export(self) -> None:
        if self.document.export.cancel():
            self.status_bar.say("Export canceled; nothing was written", is_of_scenario=True)

    def _show_problem(self, error: Exception) -> None:
        self.status_bar.say("")
        show_problem(self, error)

    # What the user asks for

    def _choose_region(self, region_id: str) -> None:
        try:
            self.session.shelf.of(self.session.scenario.provider_id).book(
                region_id
            )  # a damaged price file is told of, not chosen
        except UserError as error:
            self.session.show_again()
            self._show_problem(error)
            return
        self.session.edit("region_id", region_id)

    def _update_prices(self) -> None:
        self.inputs.finish_typing()
        recent = regions_of(self.settings.recent_files[:MOST_RECENT])
        self.dialogs.update_prices(
            self.settings, {*recent, *self.open_regions()}, self.prices_changed.emit
        )

    def follow_prices(self) -> None:
        """Estimate anew with the prices that apply by now."""
        self.session.limit_days = self.settings.old_after_days
        try:
            self.session.follow_prices()
        except UserError as error:
            self._show_problem(error)

    def _keep_collapsed(self) -> None:
        self.settings.collapsed_parts = self.lines.table.collapsed_parts

    def _choose_appearance(self, action: QAction) -> None:
        appearance: Appearance = action.data()
        self.theme.choose(appearance)
        self.settings.appearance = appearance

    def _ask_new(self) -> None:
        self.dialogs.ask_sample(
            list(self.samples), lambda name: self.document.new(self.samples[name])
        )

    def _new_from_sample(self, action: QAction) -> None:
        self.document.new(self.samples[action.data()])

    def _show_hints(self) -> None:
        self.settings.shows_hints = True
        self.hints.start()

    def _put_hints_away(self) -> None:
        self.settings.shows_hints = False

    @property
    def remembered_parts(self) -> dict[str, QSplitter]:
        """What of the window's inside comes back at the next start, by its name."""
        return {"sides": self.splitter, "charts": self.this_month.splitter}

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        dropped = files_in(event.mimeData())
        if dropped:
            self.files_dropped.emit(dropped)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.document.export.finish() and self.document.may_close():
            # While it is whole: PySide frees an undo stack's commands twice with its owner.
            self.session.undo_stack.clear()
            self.autosave.discard()
            self.document.close()
            event.accept()
            self.closed.emit()
        else:
            event.ignore()


def _step(suggestion: Suggestion) -> str:
    """What the step that applies a suggestion is called, after "Undo"."""
    return f"{suggestion.button} what was offered"
