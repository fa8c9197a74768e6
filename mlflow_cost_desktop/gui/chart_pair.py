"""The two charts side by side where there is room, as tabs where there is little."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QTabBar, QWidget

from mlflow_cost_desktop.gui.charts import CostChart

WIDE = 640
"""Px in which two charts can stand side by side."""


class ChartPair(QWidget):
    """Lays two charts out by the width that it is given."""

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
            self.tabs.addTab(chart.question.title.removeprefix("Cost ").capitalize())
            self._grid.addWidget(chart, 0, column)
            self._grid.setColumnStretch(column, 1)
        # In the cards' own header, where their titles stand otherwise.
        self.tabs.setParent(self)
        self.tabs.move(6, 5)
        self.tabs.currentChanged.connect(self._lay_out)
        self._lay_out()

    @property
    def is_wide(self) -> bool:
        return self.width() >= WIDE

    def minimumSizeHint(self) -> QSize:
        return self.charts[0].minimumSize()  # the other gives way

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.oldSize().width() >= WIDE) != self.is_wide:
            self._lay_out()

    def _lay_out(self) -> None:
        self.tabs.setVisible(not self.is_wide)
        for index, chart in enumerate(self.charts):
            is_shown = self.is_wide or index == self.tabs.currentIndex()
            chart.setVisible(is_shown)
            chart.title.setText(chart.question.title if self.is_wide else "")
            self._grid.setColumnStretch(index, int(is_shown))
        self._grid.setHorizontalSpacing(14 if self.is_wide else 0)
        self.tabs.adjustSize()
        self.tabs.raise_()
