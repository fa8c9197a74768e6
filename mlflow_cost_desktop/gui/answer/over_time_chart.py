"""The card of cost by month: effective, as cash, or cash added up; its marker reads a month."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Signal

from mlflow_cost_desktop.analysis.projection import Projection
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.charts.over_time import TITLES, Kind, OverTime, over_time_chart
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.charts.card_menu import ChartMenu
from mlflow_cost_desktop.gui.charts.chart_card import ChartCard
from mlflow_cost_desktop.wording.growth import chart_words

KINDS: dict[str, tuple[str, str]] = {
    "effective": ("Effective", "What each month costs, with what is paid once spread over months"),
    "cash": ("Cash", "What is paid in each month, and own people’s time in it"),
    "added_up": ("Added up", "What was paid by the end of each month"),
}
MENU_TIP = "Copy, save, show as table; scales"


@dataclass
class _Answer:
    """A projection, and what was chosen for its chart."""

    hidden: set[str] = field(default_factory=set[str])
    is_log: bool = False
    found: Projection | None = None
    kind: Kind = "effective"
    month: int = 0
    """Where the marker stands; 0 until it was moved: in the month that matters most."""

    @property
    def is_there(self) -> bool:
        """Whether there is a projection yet."""
        return self.found is not None

    @property
    def place(self) -> int:
        """The month that is read: where the marker was put, where the verdict turns, the last."""
        assert self.found is not None
        wanted = self.month or self.found.turns_in_month or self.found.months
        return min(wanted, self.found.months)

    def charted(self, figures: Figures) -> Chart:
        """The months as a chart with a scale of its own."""
        assert self.found is not None
        shown = OverTime(self.found, self.kind, self.place, *chart_words(self.found, figures))
        return over_time_chart(shown, figures, self.hidden)

    def scaled(self, chart: Chart) -> Chart:
        """The same with levels at equal factors, where that was chosen."""
        return chart.logarithmic() if self.is_log else chart

    def total_name(self, chart: Chart) -> str:
        """What the sum of its parts is called."""
        parts = {series.key for series in chart.series}
        return "Total of these" if self.hidden & parts else "Total"


class MonthsCard(ChartCard):
    """What each month costs; see `KINDS`."""

    month_read = Signal(int)  # the marker was moved there
    kind_changed = Signal()

    def __init__(self, folder: Path, figures: Figures) -> None:
        answer = _Answer()
        super().__init__(answer, ChartMenu(), KINDS, MENU_TIP, folder, figures)
        self._months = answer
        self.canvas.moved.connect(self._read_month)
        self._header.group.buttonClicked.connect(self._show_kind)
        self.show_name()

    @property
    def name(self) -> str:
        return TITLES[self._months.kind] if hasattr(self, "_months") else TITLES["effective"]

    @property
    def kind(self) -> Kind:
        """What of the months is shown."""
        return self._months.kind

    @property
    def month(self) -> int:
        """The month that the marker reads; the first is 1."""
        return self._months.place

    def show_projection(self, found: Projection) -> None:
        """Show other months."""
        self._months.found = found
        self.show_chart()

    def _read_month(self, month: float) -> None:
        self._months.month = round(month)
        self.show_chart()
        self.month_read.emit(self.month)

    def _show_kind(self) -> None:
        self._months.kind = next(kind for kind in TITLES if self.views[kind].isChecked())
        self.show_name()
        self.show_chart()
        self.kind_changed.emit()
