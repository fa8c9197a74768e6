"""Both charts of a session's scenario, on the screen, and how a hand uses them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.exports.report.chart_plot import Plot
from mlflow_cost_desktop.gui.charts.card import CostChart, cost_charts
from mlflow_cost_desktop.gui.charts.pair import ChartPair
from mlflow_cost_desktop.gui.charts.plot import PlotView
from mlflow_cost_desktop.gui.document.session import Session

LEFT = Qt.MouseButton.LeftButton


class Hand:
    """A pointer in one chart: it moves, drags and turns the wheel at values and costs."""

    def __init__(self, qtbot: QtBot, chart: CostChart) -> None:
        self.qtbot, self.card = qtbot, chart

    @property
    def view(self) -> PlotView:
        found = self.card.canvas.view
        assert found is not None
        return found

    @property
    def plot(self) -> Plot:
        assert self.view.plot is not None
        return self.view.plot

    def at(self, x: float, cost: float) -> QPoint:
        """Where a value and a cost stand in the picture."""
        return (QPointF(self.plot.x(x), self.plot.y(cost)) * self.view.scale_of_font).toPoint()

    @property
    def marker(self) -> QPoint:
        chart = self.card.chart
        assert chart and chart.marker
        return self.at(chart.marker.x, chart.marker.y)

    def move(self, to: QPoint) -> None:
        self.qtbot.mouseMove(self.view.viewport(), to)

    def press(self, at: QPoint, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.move(at)
        self.qtbot.mousePress(self.view.viewport(), LEFT, keys, pos=at)

    def release(self, at: QPoint) -> None:
        self.qtbot.mouseRelease(self.view.viewport(), LEFT, pos=at)

    def drag_marker(self, *values: float, release: bool = True) -> None:
        """Take hold of the marker and move it over some values."""
        start = end = self.marker
        self.press(start)
        for value in values:
            end = QPoint(self.at(value, 0.0).x(), start.y())
            self.move(end)
        if release:
            self.release(end)

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        """Press, move in a few steps, release."""
        self.press(start, keys)
        for step in (0.3, 0.6, 1.0):
            self.move(start + (end - start) * step)
        self.release(end)

    def wheel(self, at: QPoint, turned: int) -> None:
        viewport = self.view.viewport()
        QApplication.sendEvent(
            viewport,
            QWheelEvent(
                QPointF(at),
                QPointF(viewport.mapToGlobal(at)),
                QPoint(),
                QPoint(0, turned),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )

    def picture(self) -> QImage:
        return self.view.grab().toImage()


@pytest.fixture
def pair(qtbot: QtBot, session: Session, tmp_path: Path) -> ChartPair:
    """Both charts beside each other, connected to a session as in the window."""
    made = ChartPair(cost_charts(tmp_path))
    qtbot.addWidget(made)
    for chart in made.charts:
        session.study_changed.connect(chart.show_study)
        chart.edited.connect(session.edit)
        chart.drag_began.connect(session.begin_step)
        chart.drag_ended.connect(session.end_step)
        chart.drag_canceled.connect(session.cancel_step)
    made.resize(960, 320)
    with qtbot.waitExposed(made):
        made.show()
    session.show_again()
    for chart in made.charts:
        chart.canvas.fill()
    return made


@pytest.fixture
def usage(qtbot: QtBot, pair: ChartPair) -> Hand:
    """A hand in the chart of usage hours."""
    return Hand(qtbot, pair.charts[0])


@pytest.fixture
def storage(qtbot: QtBot, pair: ChartPair) -> Hand:
    """A hand in the chart of artifact storage."""
    return Hand(qtbot, pair.charts[1])
