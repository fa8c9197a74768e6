"""The card of the total against one input: as its parts, or with every option of a part."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, USAGE, Question
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.gui.charts.card_menu import CardMenu
from mlflow_cost_desktop.gui.charts.chart_card import ChartCard
from mlflow_cost_desktop.gui.charts.contents import Contents, View
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.scenario import Scenario

VIEWS = {
    "parts": ("Parts", "What the total is made of"),
    "options": ("Options", "The total with every way to host a part"),
}
MENU_TIP = "Copy, save, show as table; what is along the axis"


class CostChart(ChartCard):
    """The total against one input, which its marker edits.

    What is asked lasts as long as the window.
    """

    LEAST_PICTURE = 140  # of which its plot has some 90: curves can be told apart

    edited = Signal(str, object)
    drag_began = Signal(str)  # what is dragged
    drag_ended = Signal()
    drag_canceled = Signal()
    same_scale_chosen = Signal(bool)
    renamed = Signal()

    def __init__(self, question: Question, folder: Path, figures: Figures = PLAIN) -> None:
        contents, menu = Contents(question), CardMenu()
        super().__init__(contents, menu, VIEWS, MENU_TIP, folder, figures)
        self.contents, self.menu = contents, menu
        self._study: Study | None = None
        self._is_stale = False
        self._connect()
        self._name()

    def _connect(self) -> None:
        canvas, menu = self.canvas, self.menu
        canvas.drag_began.connect(self._begin)
        canvas.moved.connect(self._move)
        canvas.drag_ended.connect(self._end)
        canvas.drag_canceled.connect(self._cancel)
        canvas.left.connect(self._let_go)
        self._header.group.buttonToggled.connect(self._show_again)
        menu.ask(self._asked)
        menu.path_chosen.connect(self.ask_by)
        menu.part_chosen.connect(self.ask_options_of)
        menu.same_scale_action.toggled.connect(self.same_scale_chosen)

    # What is asked

    def ask_by(self, path: str) -> None:
        """Chart cost against another input."""
        if path != self.contents.question.path:
            self.contents.kept = None
            self.contents.ask(path=path)
            self._name()
            self._show_again()

    def ask_options_of(self, part: str) -> None:
        """Compare the options of a part."""
        self.contents.ask(part=part)
        self.views["options"].setChecked(True)
        self._show_again()

    def _asked(self) -> tuple[Scenario, str, str] | None:
        if self._study is None:
            return None
        question = self.contents.question
        return self._study.scenario, question.path, question.part

    def _name(self) -> None:
        """Say what the chart asks wherever that stands."""
        self.show_name()
        self.renamed.emit()

    @property
    def name(self) -> str:
        """`Cost by usage hours`."""
        return self.contents.name(self._study.scenario if self._study else Scenario())

    # What is shown

    @property
    def view(self) -> View:
        """Whether the parts of the total are shown, or the options of a part."""
        return "options" if self.views["options"].isChecked() else "parts"

    def show_study(self, study: Study) -> None:
        """Show a scenario's costs; out of sight, once the chart comes into it."""
        before, self._study = self._study, study
        if before and study.asks_for_another_plan(before):
            self.contents.plan = study.held.plan
        if before and study.opened != before.opened:
            self.contents.kept = None
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        if not self.contents.can_ask(study.scenario):
            self.contents.question, self.contents.kept = self.contents.first, None
            self._name()
        self.contents.view = self.view
        self.contents.answer(before, study)
        self.show_chart()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._show_again()
        else:
            self._calm.start()  # it may have gone before figures rested

    def _show_again(self) -> None:
        if self._study:
            study, self._study = self._study, None
            self.show_study(study)

    def share_scale(self, ends: tuple[float, float | None] | None) -> None:
        """Let the scale reach at least so far, as another chart's does; none: its own scale."""
        if ends != self.contents.shared:
            self.contents.shared = ends
            self.show_scaled()

    def settle(self) -> None:
        """What takes its time, once figures rest: a plan and options to compare with, and words."""
        if self._study and self.isVisible():
            plan = self._study.held.plan
            if plan != self.contents.plan or not self.contents.is_settled:
                self.contents.plan = plan
                self._show_again()
        super().settle()

    # What the marker does

    def _begin(self) -> None:
        self.contents.freeze()
        self.drag_began.emit(self._input_name)

    def _move(self, value: float) -> None:
        assert self._study is not None
        if self.contents.frozen is None and self.canvas.hasFocus():
            self.contents.keep()
        if self.contents.question.path == USAGE and self._study.scenario.usage.by != "hours":
            self._type_hours(value)
        else:
            self.edited.emit(self.contents.question.path, value)

    def _type_hours(self, value: float) -> None:
        """Hours instead of what gave them, in one step also where it is a key that moves them."""
        is_key = self.contents.frozen is None
        if is_key:
            self.drag_began.emit(self._input_name)
        self.edited.emit("usage.by", "hours")
        self.edited.emit(self.contents.question.path, value)
        if is_key:
            self.drag_ended.emit()

    @property
    def _input_name(self) -> str:
        assert self._study is not None
        return spec_at(self._study.scenario, self.contents.question.path).title

    def _end(self) -> None:
        self.contents.frozen = None
        self.drag_ended.emit()
        self._show_again()

    def _let_go(self) -> None:
        """The keyboard is elsewhere: the axis is again as long as suits the scenario."""
        if self.contents.kept is not None:
            self.contents.kept = None
            self._show_again()

    def _cancel(self) -> None:
        self.contents.frozen = None
        self.drag_canceled.emit()
        self._show_again()


def cost_charts(folder: Path, figures: Figures = PLAIN) -> tuple[CostChart, CostChart]:
    """Cost against usage hours, and against artifact storage; files are saved to a folder."""
    return CostChart(BY_USAGE, folder, figures), CostChart(BY_STORAGE, folder, figures)
