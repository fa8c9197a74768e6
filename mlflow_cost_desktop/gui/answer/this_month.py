"""The view of this month: the charts, and every line of the estimate below them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from mlflow_cost_desktop.gui.charts.pair import ChartPair
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.lines.panel import LinesPanel


class ThisMonth(QWidget):
    """Charts above the lines; the user moves the edge between them.

    Args:
        lines: made by whoever shows the view, since their actions stand in menus, too.
    """

    def __init__(self, charts: ChartPair, lines: LinesPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self.charts, self.lines = charts, lines
        self.splitter = _ModestSplitter(Qt.Orientation.Vertical, self)
        self.splitter.addWidget(charts)
        self.splitter.addWidget(lines)
        self.splitter.setSizes([290, 350])
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(12)
        self.splitter.handle(1).setAccessibleName("Edge between charts and lines")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.splitter)

    def show_study(self, study: Study) -> None:
        for chart in self.charts.charts:
            chart.show_study(study)
        self.lines.show_study(study)


class _ModestSplitter(QSplitter):
    """Asks for its least size: any more is given to it, without a scroll bar."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()
