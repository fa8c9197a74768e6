"""Child process: changes what a window shows, and says how long that takes to be painted.

    python benchmarks/repaint.py program
    python benchmarks/repaint.py floor WIDTH,HEIGHT WIDTH,HEIGHT

Two processes, so that the program's style sheet and fonts weigh on nothing of the floor. The
parent has them take turns: a line `KIND COUNT` on the input is answered with the seconds of
each change as JSON; the end of the input ends the process. The floor draws the same curves
into plots of the sizes that are given: what the program's first line of output says.
"""
# ruff: noqa: TID251, N802
# Widgets are what is measured here, and Qt gives its methods their names.

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import cycle, islice, pairwise
from time import perf_counter
from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QWidget

from mlflow_cost_desktop import app as program
from mlflow_cost_desktop import paths
from mlflow_cost_desktop.analysis.sweep import BY_STORAGE, BY_USAGE, Curve, curve
from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.gui.answer import views
from mlflow_cost_desktop.gui.charts.canvas import ChartCanvas
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.shelf import Shelf

EDITS: dict[str, tuple[str, str, tuple[object, object]]] = {
    "usage_hours": ("server", "usage.hours", (600.0, 610.0)),
    "stored_gb": ("artifact_store", "artifact_store.stored_gb", (900.0, 1000.0)),
    "region": ("server", "region_id", ("eu-west-1", "eu-central-1")),
    "over_time": ("artifact_store", "artifact_store.stored_gb", (910.0, 1010.0)),
    "compare": ("artifact_store", "artifact_store.stored_gb", (920.0, 1020.0)),
}
"""By kind: the tab that is open, and the field with its two values in turn.

None is the sample's own, since an edit back to that is an undo, which few edits are; none is
another kind's, since an edit to what is there already paints nothing.
"""

OVER_TIME = "over_time"
"""The kind of change that is repainted by the view of the months, of which there are 60."""

COMPARE = "compare"
"""The kind of change in which six scenarios stand side by side."""

GROWTH = (
    Growth(path="artifact_store.stored_gb", amount=60.0, kept_months=24.0),
    Growth(path="team.users", amount=1.0, per="year"),
    Growth(path="labor.platform_engineer_usd", by="percent", amount=3.0, per="year"),
    Growth(path="prices", by="percent", amount=2.0, per="year"),
)

DRAG = "drag"
"""The kind of change in which the marker of the usage hours is moved, position by position."""

POSITIONS = 200

QUIET = 0.5
"""Seconds after which all has come that waits for figures to rest."""

PASSES = 4
"""How often events are processed after a change; one that finds none takes microseconds."""


def main() -> int:
    """Open a window and change it as often as the input asks for."""
    app = program.make_app()
    changes: dict[str, Iterator[Callable[[], None]]]
    if sys.argv[1] == "program":
        window, plots, changes = program_window(app)
    else:
        sizes = [tuple(map(int, size.split(","))) for size in sys.argv[2:]]
        window, plots, changes = floor_window(sizes)
    window.show()
    rest(app)
    sizes = [[plot.width(), plot.height()] for plot in plots]
    answer({"sizes": sizes})
    for line in sys.stdin:
        kind, count = line.split()
        assert_painted(app, plots, changes[kind])
        answer([timed(app, change) for change in islice(changes[kind], int(count))])
    window.deleteLater()
    settle(app)
    return 0


def program_window(
    app: QApplication,
) -> tuple[QMainWindow, list[QWidget], dict[str, Iterator[Callable[[], None]]]]:
    """The program's own window; a change is an edit of the open scenario."""
    window = program.make_window(app)

    def edits(
        kind: str, tab: str, path: str, values: tuple[object, object]
    ) -> Iterator[Callable[[], None]]:
        if kind == COMPARE:
            compare()
            plots[:] = [_filled(window.compare.card.canvas)]
        is_over_time = kind == OVER_TIME
        if is_over_time:
            window.session.edit("horizon_months", 60.0)
            window.session.edit("growth", GROWTH, "Grow")
        if kind != COMPARE:
            window.views.open(views.OVER_TIME if is_over_time else views.THIS_MONTH)
        settle(app)
        if is_over_time:
            plots[:] = [_filled(window.over_time.card.canvas)]
        for value in cycle(values):
            if window.inputs.current_tab is not window.inputs.tab(tab):
                window.inputs.open_tab(tab)
                settle(app)
            yield lambda value=value: window.session.edit(path, value)

    def compare() -> None:
        """Six scenarios: two others, this one in two regions and with a plan."""
        window.session.edit("growth", (), "Stay")
        samples = paths.resources_dir() / "scenarios"
        window.compare_files([samples / "large.mlcost", samples / "regulated.mlcost"])
        for region_id in ("eu-west-1", "eu-central-1"):
            window.compared.add_region(region_id, region_id)
        window.compared.add_plan("sagemaker_small", "Plan")

    def drag() -> Iterator[Callable[[], None]]:
        view = window.usage_chart.canvas.view
        assert view and view.plot and view.chart and view.chart.marker
        plot, y, viewport = view.plot, view.plot.area.center().y(), view.viewport()
        start = QPointF(plot.x(view.chart.marker.x), y)
        send(QEvent.Type.MouseButtonPress, viewport, start)
        for hours in cycle(positions(plot.x_to)):
            at = QPointF(plot.x(hours), y)
            yield lambda at=at: send(QEvent.Type.MouseMove, viewport, at)

    plots: list[QWidget] = [_filled(chart.canvas) for chart in window.charts.charts]
    return (
        window,
        plots,
        {DRAG: drag(), **{kind: edits(kind, *edit) for kind, edit in EDITS.items()}},
    )


def _filled(canvas: ChartCanvas) -> QWidget:
    """What is painted of a chart, which is filled in here."""
    canvas.fill()
    assert canvas.view
    return canvas.view.viewport()


def positions(upper: float) -> list[float]:
    """Hours over the whole month and back, none of them the one before."""
    there = np.linspace(upper * 0.05, upper * 0.95, POSITIONS // 2).tolist()
    return [*reversed(there), *there[1:-1]]


def send(kind: QEvent.Type, canvas: QWidget, at: QPointF) -> None:
    """The event that the system sends for the pointer with its left button down."""
    left = Qt.MouseButton.LeftButton
    place = QPointF(canvas.mapToGlobal(at))
    event = QMouseEvent(kind, at, place, left, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(canvas, event)


def floor_window(
    sizes: list[tuple[int, ...]],
) -> tuple[QMainWindow, Sequence[QWidget], dict[str, Iterator[Callable[[], None]]]]:
    """Two plain plots of the same curves; a change is new data for every line of both."""
    window, inside = QMainWindow(), QWidget()
    row = QHBoxLayout(inside)
    plots: list[pg.PlotWidget] = []
    for width, height in sizes:
        plot = pg.PlotWidget()
        plot.setFixedSize(width, height)
        row.addWidget(plot)
        plots.append(plot)
    window.setCentralWidget(inside)
    lines = [stacked(plot, len(COLORS)) for plot in plots]

    def redraws(path: str, values: Sequence[object]) -> Iterator[Callable[[], None]]:
        contents = [both_charts(path, value) for value in values]

        def redraw(charts: list[tuple[np.ndarray, list[np.ndarray]]]) -> None:
            for items, (x, levels) in zip(lines, charts, strict=True):
                for item, level in zip(items, levels, strict=True):
                    item.setData(x, level)

        for charts in cycle(contents):
            yield lambda charts=charts: redraw(charts)

    changes = {kind: redraws(*edit[1:]) for kind, edit in EDITS.items()}
    viewports = [plot.viewport() for plot in plots]
    return window, viewports, {DRAG: redraws("usage.hours", positions(720.0)), **changes}


def stacked(plot: pg.PlotWidget, parts: int) -> list[pg.PlotDataItem]:
    """Lines with the areas between them filled, as pyqtgraph's own examples do it."""
    colors = list(COLORS.values())[:parts]
    lines = [plot.plot(pen=color) for color in ("#888888", *colors)]
    for color, (below, above) in zip(colors, pairwise(lines), strict=True):
        plot.addItem(pg.FillBetweenItem(below, above, brush=color))
    return lines


def both_charts(path: str, value: object) -> list[tuple[np.ndarray, list[np.ndarray]]]:
    """What the program's charts show when a field has this value: x, and the stacked lines."""
    scenario = replace(first_sample(), path, value)
    book = shelf().book(scenario.region_id)
    return [
        levels(curve(question, scenario, book, estimate(scenario, book)))
        for question in (BY_USAGE, BY_STORAGE)
    ]


@cache
def first_sample() -> Scenario:
    """What the program's window shows at its start."""
    samples = paths.resources_dir() / "scenarios"
    return read_scenario(samples / next(iter(program.SAMPLES.values()))).scenario


@cache
def shelf() -> Shelf:
    """The bundled price books."""
    return Shelf(paths.pricing_dir() / "aws")


def levels(contents: Curve) -> tuple[np.ndarray, list[np.ndarray]]:
    """The bottom line and the top of every part."""
    tops = [np.zeros(len(contents.values))]
    for cost in contents.sweep.by_component.values():
        tops.append(tops[-1] + cost)
    return contents.values, tops


def timed(app: QApplication, change: Callable[[], None]) -> float:
    """Seconds from a change until it is painted."""
    start = perf_counter()
    change()
    settle(app)
    return perf_counter() - start


def rest(app: QApplication) -> None:
    """Let come what comes once figures rest: the plan, which every change prices from then on."""
    until = perf_counter() + QUIET
    while perf_counter() < until:
        app.processEvents()
    settle(app)


def settle(app: QApplication) -> None:
    """Layout and paint what waits: a layout may ask for another, and that for more paint."""
    for _ in range(PASSES):
        app.processEvents()


def assert_painted(
    app: QApplication, plots: Sequence[QWidget], changes: Iterator[Callable[[], None]]
) -> None:
    """Make two changes untimed, and see that each paints every plot and leaves nothing over."""

    class Watch(QObject):
        painted: ClassVar[list[QObject]] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                self.painted.append(watched)
            return False

    watch = Watch()
    app.installEventFilter(watch)
    for change in islice(changes, 2):
        watch.painted.clear()
        change()
        settle(app)
        assert all(plot in watch.painted for plot in plots), "a plot was not painted"
        count = len(watch.painted)
        app.processEvents()
        assert len(watch.painted) == count, "something is painted after the clock has stopped"
    app.removeEventFilter(watch)


def answer(what: object) -> None:
    """One line of JSON to the parent."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    sys.exit(main())
