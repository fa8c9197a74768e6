"""A chart's card: its title, the switch between parts and options, its picture and its menu."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
)

from mlflow_cost_desktop.analysis.options import Options, compare
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, Curve, Question, curve
from mlflow_cost_desktop.charts.palette import PLAN_COLORS
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.report.chart_plot import Contents, Look
from mlflow_cost_desktop.exports.report.chart_words import description, table_values
from mlflow_cost_desktop.exports.report.text import Style
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.gui.charts.panel import Readout
from mlflow_cost_desktop.gui.charts.readout import options_readout, parts_readout
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.file_choice import chosen_file
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import font_scale, scaled
from mlflow_cost_desktop.gui.toolkit.wrapping_row import wrap_row
from mlflow_cost_desktop.model.fields.paths import get, replace, spec_at
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario

STRENGTH = 0.82
"""How much of a part's color is left beside the ground's."""

VIEWS = {"parts": "Parts", "options": "Options"}
VIEW_TIPS = {
    "parts": "What the total is made of",
    "options": "The total with every way to host this part",
}

LEFT, RIGHT = 12, 8
"""Px beside what stands in a card."""

QUIET = 150
"""Milliseconds without a change after which a plan is chosen, and the chart put into words."""


class CostChart(QFrame):
    """The total against one input, which its marker edits."""

    edited = Signal(str, object)
    drag_began = Signal(str)  # what is dragged
    drag_ended = Signal()
    drag_canceled = Signal()
    part_hovered = Signal(str)
    saved = Signal(Path)
    failed = Signal(object)  # the error

    def __init__(self, question: Question, folder: Path, figures: Figures = PLAIN) -> None:
        super().__init__()
        self.question = question
        self._folder = folder
        self._figures = figures
        self._study: Study | None = None
        self._is_stale = False
        self._plan: ManagedPlan | None = None  # held against the scenario
        self._frozen: float | None = None  # the end of the axis while the marker is dragged
        self.setObjectName("card")
        self.title = plain_label("chartTitle")
        self.title.setText(question.title)
        self.canvas = ChartCanvas(self._read)
        self.canvas.setAccessibleName(question.title)
        self.views: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._switch = QHBoxLayout()
        self._switch.setSpacing(0)
        self._switch.addStretch(1)
        for name, text in VIEWS.items():
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("segment", name)
            button.setToolTip(VIEW_TIPS[name])
            button.setAccessibleName(f"{question.title}: {text.lower()}")
            self._group.addButton(button)
            self.views[name] = button
            self._switch.addWidget(button)
        self.views["parts"].setChecked(True)
        self.menu = self._make_menu()
        self.more = QToolButton()
        self.more.setText("⋯")
        self.more.setProperty("segment", "more")
        self.more.setAccessibleName(f"{question.title}: copy, save, table")
        self.more.setToolTip("Copy, save, show as table")
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._switch.addSpacing(4)
        self._switch.addWidget(self.more)
        self._header = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._header.setSpacing(0)
        self._header.addWidget(self.title, 1)
        self._header.addLayout(self._switch)
        column = QVBoxLayout(self)
        column.setContentsMargins(LEFT, 8, RIGHT, 4)
        column.setSpacing(2)
        column.addLayout(self._header)
        column.addWidget(self.canvas, 1)
        self._settle_later = QTimer(self)
        self._settle_later.setSingleShot(True)
        self._settle_later.setInterval(QUIET)
        self._settle_later.timeout.connect(self.settle)
        self.canvas.drag_began.connect(self._begin)
        self.canvas.moved.connect(self._move)
        self.canvas.drag_ended.connect(self._end)
        self.canvas.drag_canceled.connect(self._cancel)
        self.canvas.part_hovered.connect(self.part_hovered)
        self._group.buttonToggled.connect(self._show_again)
        self.show_palette(self.palette())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self.fit_header)  # later: its widgets have it as well

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_header()

    def fit_header(self) -> None:
        """Put the buttons below the title where they have no room beside it."""
        title = max(self.title.sizeHint().width(), self.title.minimumWidth())
        needed = title + self._switch.sizeHint().width()
        wrap_row(self._header, needed, self.contentsRect().width() - LEFT - RIGHT)

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        self.copy_action = menu.addAction("&Copy as image")
        self.copy_action.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self.save_action = menu.addAction("&Save as PNG or SVG…")
        self.table_action = menu.addAction("Show as &table…")
        self.table_action.setShortcut(QKeySequence("Ctrl+T"))
        menu.addSeparator()
        self.all_action = menu.addAction("Show the &whole axis")
        self.all_action.setShortcut(QKeySequence("0"))
        actions: dict[QAction, object] = {
            self.copy_action: self.copy,
            self.save_action: self.ask_save,
            self.table_action: self.show_table,
            self.all_action: self.canvas.show_all,
        }
        for action, slot in actions.items():
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(slot)
            self.addAction(action)
        return menu

    # What is shown

    @property
    def contents(self) -> Contents | None:
        return self.canvas.contents

    @property
    def view(self) -> str:
        """Whether the parts of the total are shown, or the options of a part."""
        return "options" if self.views["options"].isChecked() else "parts"

    def show_study(self, study: Study) -> None:
        """Show a scenario's costs; out of sight, once the chart comes into it."""
        before, self._study = self._study, study
        self._is_stale = not self.isVisible()
        if self._is_stale:
            return
        contents = self._moved_only(before, study) or self._made(study)
        spec = spec_at(study.scenario, self.question.path)
        self.canvas.show_contents(contents, spec.upper if spec.upper is not None else np.inf)
        self._settle_later.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._show_again()

    def _show_again(self) -> None:
        if self._study:
            study, self._study = self._study, None
            self.show_study(study)

    def _made(self, study: Study, values: np.ndarray | None = None) -> Contents:
        scenario, book = study.scenario, study.price_book
        if values is None and self._frozen is not None:
            values = np.linspace(0.0, self._frozen, len(self.question.values(study.scenario)))
        if self.view == "options":
            return compare(self.question, scenario, book, study.estimate, values)
        return curve(self.question, scenario, book, study.estimate, values, self._plan)

    def _moved_only(self, before: Study | None, study: Study) -> Contents | None:
        """The same curves with the marker elsewhere, where nothing else has changed."""
        old = self.contents
        if before is None or old is None or before.price_book is not study.price_book:
            return None
        upper = self._frozen or self.question.upper(study.scenario)
        if upper != old.values[-1] or not self._has_only_moved(before.scenario, study.scenario):
            return None
        return dataclasses.replace(
            old,
            current_x=self.question.current(study.scenario),
            current_cost=float(study.estimate.effective_cost),
            currency=study.scenario.currency,
        )

    def _has_only_moved(self, before: Scenario, after: Scenario) -> bool:
        """Whether a scenario is another in nothing but what this chart's own input says of it."""
        path, after = self.question.path, self.question.asked(after)
        return replace(self.question.asked(before), path, get(after, path)) == after

    def _read(self, x: float) -> Readout:
        assert self._study is not None
        here = self._made(self._study, np.array([x]))
        if isinstance(here, Curve):
            return parts_readout(here, self._figures)
        assert isinstance(self.contents, Options)
        return options_readout(here, self.contents, self._figures)

    def settle(self) -> None:
        """What takes its time, once figures rest: which plan to hold against them, and words."""
        if self._study and self.isVisible():
            plan = self._study.held.plan
            if plan != self._plan:
                self._plan = plan
                self._show_again()
        self._describe()

    def _describe(self) -> None:
        if self.contents is not None:
            self.canvas.setAccessibleDescription(description(self.contents, self._figures))

    def show_palette(self, palette: QPalette) -> None:
        """Take the colors of the light or dark theme, and the size of the program's font."""
        self.setMinimumWidth(scaled(220))
        self.canvas.setMinimumHeight(scaled(112))
        self.canvas.show_look(_look(palette, self._figures), font_scale())

    def highlight_part(self, name: str) -> None:
        """Let one part stand out, or none."""
        self.canvas.highlight_part(name)

    # What the marker does

    def _begin(self) -> None:
        if self.contents is not None:
            self._frozen = float(self.contents.values[-1])
            self.drag_began.emit(self._input_name)

    def _move(self, value: float) -> None:
        assert self._study is not None
        if self.question is BY_USAGE and self._study.scenario.usage.by != "hours":
            self._type_hours(value)
        else:
            self.edited.emit(self.question.path, value)

    def _type_hours(self, value: float) -> None:
        """Hours instead of the schedule, in one step also where it is a key that moves them."""
        is_key = self._frozen is None
        if is_key:
            self.drag_began.emit(self._input_name)
        self.edited.emit("usage.by", "hours")
        self.edited.emit(self.question.path, value)
        if is_key:
            self.drag_ended.emit()

    @property
    def _input_name(self) -> str:
        assert self._study is not None
        return spec_at(self._study.scenario, self.question.path).title

    def _end(self) -> None:
        self._frozen = None
        self.drag_ended.emit()
        self._show_again()

    def _cancel(self) -> None:
        self._frozen = None
        self.drag_canceled.emit()
        self._show_again()

    # What the menu does

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu.popup(event.globalPos())

    def copy(self) -> None:
        """Put the chart on the clipboard, as it looks in the report."""
        from mlflow_cost_desktop.exports.report.chart_files import chart_image

        if self.contents is not None:
            QGuiApplication.clipboard().setImage(chart_image(self.contents))

    def ask_save(self) -> None:
        """Save the chart to a file that the user chooses."""
        kinds = "PNG pictures (*.png);;SVG drawings (*.svg)"
        start = self._folder / f"{self.question.title.lower().replace(' ', '-')}.png"
        name, kind = QFileDialog.getSaveFileName(self, "Save chart", str(start), kinds)
        endings = (".svg", ".png") if "svg" in kind else (".png", ".svg")
        path = chosen_file(self, name, *endings)
        if path:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the chart to a file, as what its ending names; signals tell how it went."""
        from mlflow_cost_desktop.exports.report.chart_files import chart_png, chart_svg

        if self.contents is None:
            return
        try:
            make = chart_svg if path.suffix.lower() == ".svg" else chart_png
            write_atomically(path, make(self.contents))
        except UserError as error:
            self.failed.emit(error)
            return
        self._folder = path.parent
        self.saved.emit(path)

    def show_table(self) -> None:
        """Open the chart's figures as a table."""
        from mlflow_cost_desktop.gui.charts.table import ChartTable

        if self.contents is None or self._study is None:
            return
        contents = self._made(self._study, table_values(self.contents))
        words = description(self.contents, self._figures)
        ChartTable(self.window(), words, contents, self._figures).open()


def cost_charts(folder: Path, figures: Figures = PLAIN) -> tuple[CostChart, CostChart]:
    """Cost against usage hours, and against artifact storage; files are saved to a folder."""
    return CostChart(BY_USAGE, folder, figures), CostChart(BY_STORAGE, folder, figures)


def _look(palette: QPalette, figures: Figures) -> Look:
    role = QPalette.ColorRole
    ink = palette.color(role.WindowText).name()
    base, dimmed = palette.color(role.Base), palette.color(role.PlaceholderText)
    rule = QColor.fromRgbF(
        *(0.8 * under + 0.2 * over for under, over in zip(_rgb(base), _rgb(dimmed), strict=True))
    )
    return Look(
        base.name(),
        ink,
        rule.name(),
        axis=Style(11, color=dimmed.name(), fine=1),
        name=Style(11, color=ink, fine=1),
        emphasis=Style(11, bold=True, color=ink, fine=1),
        tag=Style(11, bold=True, color=base.name(), fine=1),
        strength=STRENGTH,
        plan=PLAN_COLORS[base.lightnessF() < 0.5],
        figures=figures,
    )


def _rgb(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()
