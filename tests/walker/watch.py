"""What must hold after every step of a walk."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QThreadPool
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHeaderView,
    QLabel,
    QMainWindow,
    QScrollBar,
    QWidget,
)

from mlflow_cost_desktop.figures import at_least
from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.gui.charts.plot import PlotView
from mlflow_cost_desktop.gui.document.session import UNDO_STEPS, Session
from mlflow_cost_desktop.gui.inputs.component_tab import ComponentTab
from mlflow_cost_desktop.gui.inputs.form import Form
from mlflow_cost_desktop.gui.inputs.form_row import Row
from mlflow_cost_desktop.gui.inputs.number_editor import NumberEditor
from mlflow_cost_desktop.gui.lines.model import COST
from mlflow_cost_desktop.gui.toolkit.latest import Latest
from mlflow_cost_desktop.gui.toolkit.lying_over import LyingOver
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.fields.paths import get
from mlflow_cost_desktop.model.scenario import Scenario
from tests.walker.steps import Done, inside

HANDLES = 12
"""Files and pipes that may be open beyond those at the start, for each window."""

Places = dict[str, tuple[int, int]]

PARTS = "charts", "lines"

ROUNDING = 2
"""Px by which a layout may differ from itself."""


@dataclass
class Trail:
    """The scenarios of a session's history, by where they stand in it."""

    at: dict[int, Scenario] = field(default_factory=dict[int, Scenario])
    count: int = 0

    def note(self, session: Session) -> str:
        """Note where the history stands; what is wrong with it, if something is."""
        stack = session.undo_stack
        here, count = stack.index(), stack.count()
        if count > UNDO_STEPS:
            return f"the history is {count} steps long"
        before = self.at.get(here)
        if count < self.count or count >= UNDO_STEPS or before is None:
            # Something was opened, or a step took the place of those that were undone.
            self.at = {at: one for at, one in self.at.items() if at < here and count < UNDO_STEPS}
        elif count > self.count:
            self.at = {at: one for at, one in self.at.items() if at < here}
        self.at[here], self.count = session.scenario, count
        return ""

    def look_back(self, session: Session) -> str:
        """Undo all that is known and do it again; what did not come back, if something."""
        stack = session.undo_stack
        here, count, scenario = stack.index(), stack.count(), session.scenario
        wrong = ""
        for steps in (range(here - 1, -1, -1), range(1, here + 1)):
            for at in steps:
                stack.setIndex(at)
                known = self.at.get(at)
                if known is not None and known != session.scenario:
                    wrong = wrong or f"step {at} of the history did not come back"
        if session.scenario != scenario or (stack.index(), stack.count()) != (here, count):
            wrong = wrong or "doing all steps again did not lead back"
        return wrong


class Watch:
    """Looks at all windows after each step; what is wrong is a sentence."""

    def __init__(self, windows: Callable[[], Sequence[MainWindow]]) -> None:
        self._windows = windows
        self._trails: dict[int, Trail] = {}
        self._places: Places = {}
        self._scrolled: list[int] = []
        self._handles = _handles()

    def before(self, window: MainWindow) -> None:
        """Note where the editors are."""
        self._places, self._scrolled = places(window), scrolled(window)

    def after(self, window: MainWindow, done: Done) -> str:
        """What is wrong with the windows, empty where nothing is."""
        looks: list[Callable[[], str]] = [_left_behind, self._look_at_handles]
        looks += [partial(self._look_at, one) for one in self._windows()]
        if not done.may_move and window in self._windows():
            looks.append(partial(self._look_at_places, window, done))
        return next(filter(None, (look() for look in looks)), "")

    def look_back(self, window: MainWindow) -> str:
        """Whether undo within its limit gives what was."""
        trail = self._trails.get(id(window))
        return trail.look_back(window.session) if trail else ""

    def _look_at(self, window: MainWindow) -> str:
        trail = self._trails.setdefault(id(window), Trail())
        return (
            wrong_figures(window)
            or wrong_editors(window.inputs.current_tab, window.session.scenario)
            or trail.note(window.session)
        )

    def _look_at_handles(self) -> str:
        more = _handles() - self._handles
        most = HANDLES * max(len(self._windows()), 1)  # the last one may just have been closed
        return f"{more} handles more are open" if more > most else ""

    def _look_at_places(self, window: MainWindow, done: Done) -> str:
        if done.leads_on and scrolled(window) != self._scrolled:
            return ""
        now = places(window)
        moved = [
            name for name, at in self._places.items() if name in now and _is_apart(now[name], at)
        ]
        if not moved:
            return ""
        name = moved[0]
        return f"{name} has moved from {self._places[name]} to {now[name]}"


def scrolled(window: MainWindow) -> list[int]:
    """How far everything in a window is scrolled."""
    return [one.value() for one in inside(window, QScrollBar) if isinstance(one, QScrollBar)]


def places(window: MainWindow) -> Places:
    """Where the editors of the tab in sight are, the charts, and the lines."""
    found = {path: _at(editor, window) for path, editor, _ in editors(window.inputs.current_tab)}
    for name, part in zip(PARTS, (window.charts, window.lines.table), strict=True):
        if part.isVisible():
            found[name] = _at(part, window)
    return found


def editors(tab: ComponentTab) -> list[tuple[str, QWidget, QWidget]]:
    """The editors that are in sight, by their paths, with what says what is wrong."""
    rows = [(path, row) for path, row in _rows(tab) if row.is_active]
    return [(path, row.editor, row.problem) for path, row in rows if row.editor.isVisible()]


def _rows(tab: ComponentTab) -> list[tuple[str, Row]]:
    forms = [one for one in inside(tab, Form) if isinstance(one, Form)]
    return [(path, row) for form in forms for path, row in form.rows.items()]


def wrong_editors(tab: ComponentTab, scenario: Scenario) -> str:
    """Whether a number's editor says something else than the scenario holds."""
    for path, editor, problem in editors(tab):
        if not isinstance(editor, NumberEditor) or editor.is_unread or problem.isVisible():
            continue  # what is refused stays in sight, beside what is wrong with it
        if path.startswith("plans.") and path.split(".")[1] not in {p.id for p in scenario.plans}:
            continue  # of a plan that comes with the program
        held = get(scenario, path)
        if (held is None) != (editor.number is None) or float(held or 0.0) != editor.value:
            return f"{path} shows {editor.number!r}, and the scenario holds {held!r}"
    return ""


def wrong_figures(window: MainWindow) -> str:
    """Whether the total is that of the lines, everywhere."""
    study = window.session.study
    estimate, currency = study.estimate, study.scenario.currency
    total = float(estimate.effective_cost)
    added = math.fsum(float(charge.known_cost) for charge in estimate.charges)
    if not math.isclose(total, added, rel_tol=1e-9, abs_tol=1e-9):
        return f"the total is {total!r}, and the lines come to {added!r}"
    shown = window.summary.total.text()
    right = at_least(currency.money(total, study.figures), estimate.gaps)
    if shown != right:
        return f"the total shows {shown}, and is {right}"
    rows = window.lines.table.rows
    last = rows.rowCount() - 1
    title, shown = (rows.index(last, column).data() for column in (0, COST))
    right = at_least(currency.amount(total, study.figures), estimate.gaps)
    if window.lines.isVisible() and title == "Total a month" and shown != right:
        return f"the lines show a total of {shown}, and it is {right}"
    return ""


def _left_behind() -> str:
    """Dialogs that were closed and are still there."""
    left = [
        one
        for one in QApplication.allWidgets()
        if isinstance(one, QDialog) and not one.isVisible() and one.isWindow()
    ]
    names = Counter(f"{type(one).__name__} “{one.windowTitle()}”" for one in left)
    return f"left behind: {', '.join(names)}" if names else ""


def is_at_rest(window: MainWindow) -> bool:
    """Whether all that follows what was done has come: charts, suggestions, answers."""
    if QThreadPool.globalInstance().activeThreadCount():
        return False
    for widget in inside(window):
        if isinstance(widget, ChartCanvas) and widget.isVisible() and widget.view is None:
            return False
        for one in vars(widget).values():  # not by its children: see `inside`
            if isinstance(one, Calm) and one.isActive():
                return False
            if isinstance(one, Latest) and one.is_waiting:
                return False
    return True


def _is_apart(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) > ROUNDING


def _at(widget: QWidget, window: QWidget) -> tuple[int, int]:
    at = widget.mapTo(window, QPoint())
    return at.x(), at.y()


def _handles() -> int:
    folder = Path("/proc/self/fd")
    return len(os.listdir(folder)) if folder.is_dir() else 0


def children(window: MainWindow) -> Counter[str]:
    """All widgets of a window that may be there more often than once, by their kinds.

    A form keeps a row that it has shown once, of which there is one for each field, and what is
    said about that row lies on the page. A chart has its picture, and a header of columns Qt's own
    mark of where one is dragged to, once there was something to see.
    """
    forms = window.findChildren(Form)
    inside_forms = {id(one) for form in forms for one in form.findChildren(QWidget)}
    found = (one for one in window.findChildren(QWidget) if id(one) not in inside_forms)
    found = (one for one in found if not isinstance(one, LyingOver) and not _comes_once(one))
    return Counter(f"{type(one).__name__} {one.objectName()}".strip() for one in found)


def _comes_once(widget: QWidget) -> bool:
    """Whether it is a chart's picture, part of it, or the mark of a column that is dragged."""
    around = widget.parentWidget()
    while around and not isinstance(around, ChartCanvas | QMainWindow):
        if isinstance(around, QHeaderView):
            return type(widget) is QLabel
        around = around.parentWidget()
    return isinstance(around, ChartCanvas)


def pictures_left(window: MainWindow) -> str:
    """Whether a chart has another picture than the one that it shows."""
    for canvas in window.findChildren(ChartCanvas):
        pictures = canvas.findChildren(PlotView)
        if pictures != [canvas.view] * (canvas.view is not None):
            return f"a chart has {len(pictures)} pictures: {canvas.accessibleName()}"
    return ""


def rows_left(window: MainWindow) -> str:
    """Rows that a form has made and knows no more of."""
    for form in window.findChildren(Form):
        made, known = len(form.findChildren(Row)), len(form.rows)
        if made != known:
            return f"a form knows {known} rows, and has made {made}"
    return ""
