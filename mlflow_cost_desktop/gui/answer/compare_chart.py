"""The card of the way from one scenario's total to another's, part by part or line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal

from mlflow_cost_desktop.analysis.comparison import Comparison
from mlflow_cost_desktop.charts.chart import Bar, Chart
from mlflow_cost_desktop.charts.waterfall import By, Waterfall, waterfall_chart
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.charts.card_menu import ChartMenu
from mlflow_cost_desktop.gui.charts.chart_card import ChartCard

KINDS: dict[str, tuple[str, str]] = {
    "parts": ("By part", "A step for each part of the estimate"),
    "lines": ("By line", "A step for each line; the smallest ones stand together"),
}
BY: dict[str, By] = {"parts": "parts", "lines": "lines"}
MENU_TIP = "Copy, save, show as table; grid"


@dataclass
class _Answer:
    """A comparison, and what was chosen for its chart."""

    hidden: set[str] = field(default_factory=set[str])
    is_log: bool = False
    found: Comparison | None = None
    at: int = 0
    by: By = "parts"

    @property
    def is_there(self) -> bool:
        """Whether there is something beside the first column."""
        return self.found is not None and self.at > 0

    def charted(self, figures: Figures) -> Chart:
        """The way as a chart."""
        assert self.found is not None
        return waterfall_chart(Waterfall(self.found, self.at, self.by), figures)

    def scaled(self, chart: Chart) -> Chart:
        """The same: amounts that are added up have one scale."""
        return chart

    def total_name(self, chart: Chart) -> str:
        """Nothing: its totals are bars."""
        return ""


class WaterfallCard(ChartCard):
    """How one total comes from another; see `KINDS`."""

    kind_changed = Signal()

    def __init__(self, folder: Path, figures: Figures) -> None:
        answer, menu = _Answer(), ChartMenu()
        menu.log_action.setVisible(False)
        super().__init__(answer, menu, KINDS, MENU_TIP, folder, figures)
        self._way = answer
        self._header.group.buttonClicked.connect(self._show_kind)
        self.show_name()

    @property
    def name(self) -> str:
        return self.chart.title if self.chart else "From one total to another"

    @property
    def bars(self) -> int:
        """How many there are, the two totals among them."""
        marks = self.chart.marks if self.chart else ()
        return sum(isinstance(mark, Bar) for mark in marks)

    def show_comparison(self, found: Comparison, at: int) -> None:
        """Show the way from the first column to another."""
        self._way.found, self._way.at = found, at
        self.show_chart()
        if self.chart and self.chart.title != self.title.text():
            self.show_name()

    def _show_kind(self) -> None:
        self._way.by = next(by for name, by in BY.items() if self.views[name].isChecked())
        self.show_chart()
        self.kind_changed.emit()
