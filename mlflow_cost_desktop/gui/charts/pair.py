"""The two charts side by side where there is room, as tabs where there is little."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QTabBar, QWidget

from mlflow_cost_desktop.gui.charts.card import CostChart
from mlflow_cost_desktop.gui.toolkit.theme import scaled

WIDE = 640
"""Px in which two charts can stand side by side, for a font of the usual size."""


class ChartPair(QWidget):
    """Lays two charts out by the width that it is given, and lets them share a scale.

    `filled` follows once all charts in sight have their pictures.
    """

    filled = Signal()

    def __init__(self, charts: tuple[CostChart, CostChart]) -> None:
        super().__init__()
        self.charts = charts
        self.tabs = QTabBar()
        self.tabs.setObjectName("chartTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("Charts")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        for column, chart in enumerate(charts):
            self.tabs.addTab("")
            chart.renamed.connect(self._name_tabs)
            chart.charted.connect(self._share_scale)
            chart.same_scale_chosen.connect(self._choose_same_scale)
            chart.canvas.filled.connect(self._tell_filled)
            self._grid.addWidget(chart, 0, column)
            self._grid.setColumnStretch(column, 1)
        # In the cards' own header, where their titles stand otherwise.
        self.tabs.setParent(self)
        self.tabs.move(6, 5)
        self._was_wide = True
        self._name_tabs()
        self.tabs.currentChanged.connect(self._lay_out)
        self._lay_out()

    @property
    def is_wide(self) -> bool:
        return self.width() >= scaled(WIDE)

    def minimumSizeHint(self) -> QSize:
        chart = self.charts[max(self.tabs.currentIndex(), 0)]  # the other gives way
        seen = self.charts if self.is_wide else (chart,)
        height = max(one.minimumSizeHint().height() for one in seen)
        return QSize(chart.minimumWidth(), height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._lay_out)  # after its widgets changed too

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._was_wide != self.is_wide:
            self._lay_out()

    def _lay_out(self) -> None:
        self._was_wide = self.is_wide
        self.tabs.setVisible(not self.is_wide)
        self.tabs.adjustSize()
        room_for_tabs = QSize(0, 0) if self.is_wide else self.tabs.size()
        for index, chart in enumerate(self.charts):
            is_shown = self.is_wide or index == self.tabs.currentIndex()
            chart.setVisible(is_shown)
            chart.title.setText(chart.name if self.is_wide else "")
            chart.title.setMinimumSize(room_for_tabs)
            chart.fit_header()
            self._grid.setColumnStretch(index, int(is_shown))
        self._grid.setHorizontalSpacing(14 if self.is_wide else 0)
        self.tabs.raise_()

    def _name_tabs(self) -> None:
        for index, chart in enumerate(self.charts):
            name = chart.name.removeprefix("Cost ")
            self.tabs.setTabText(index, (name[0].upper() + name[1:]).replace("&", "&&"))
        if self._grid.count():
            self._lay_out()

    def _tell_filled(self) -> None:
        if all(chart.canvas.view for chart in self.charts if chart.isVisible()):
            self.filled.emit()

    # A scale for both

    def _choose_same_scale(self, is_same: bool) -> None:
        for chart in self.charts:
            with QSignalBlocker(chart):
                chart.menu.same_scale_action.setChecked(is_same)
        self._share_scale()

    def _share_scale(self) -> None:
        """Let both reach as far as the one that reaches farthest, if that is asked for."""
        shown = [chart.natural for chart in self.charts if chart.natural]
        is_same = self.charts[0].menu.same_scale_action.isChecked()
        ends = None
        if is_same and len(shown) == len(self.charts):
            lowest = [chart.lowest for chart in shown if chart.lowest > 0.0]
            ends = max(chart.y.upper for chart in shown), min(lowest, default=None)
        for chart in self.charts:
            chart.share_scale(ends)
