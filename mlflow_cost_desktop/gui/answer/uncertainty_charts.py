"""The cards of how sure the total is: the cases, and what matters most."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.charts.tornado import TITLE, Named, tornado_chart
from mlflow_cost_desktop.charts.uncertainty import TITLES, HowSure, Kind, uncertainty_chart
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.charts.card_menu import ChartMenu
from mlflow_cost_desktop.gui.charts.chart_card import ChartCard

KINDS: dict[str, tuple[str, str]] = {
    "likelihood": ("Likelihood", "How many cases come to about each cost"),
    "at_most": ("At most", "How many cases cost no more than each cost"),
}
MENU_TIP = "Copy, save, show as table; scales"


@dataclass
class _Cases:
    """Cases, and what was chosen for their chart."""

    hidden: set[str] = field(default_factory=set[str])
    is_log: bool = False
    found: Uncertainty | None = None
    kind: Kind = "likelihood"
    cost: float | None = None
    """Where the marker was put, USD a month; none until then: in the middle."""

    @property
    def is_there(self) -> bool:
        """Whether there are cases yet."""
        return self.found is not None

    @property
    def place(self) -> float:
        """The cost that the marker reads, USD a month."""
        assert self.found is not None
        return self.found.percentiles[50] if self.cost is None else self.cost

    def charted(self, figures: Figures) -> Chart:
        """The cases as a chart with a scale of its own."""
        assert self.found is not None
        return uncertainty_chart(HowSure(self.found, self.kind, self.place), figures, self.hidden)

    def scaled(self, chart: Chart) -> Chart:
        """The same with levels at equal factors, where that was chosen."""
        return chart.logarithmic() if self.is_log else chart

    def total_name(self, chart: Chart) -> str:
        """What the sum of its parts is called."""
        return "At most"


class CasesCard(ChartCard):
    """How the cases are spread; see `KINDS`."""

    def __init__(self, folder: Path, figures: Figures) -> None:
        answer = _Cases()
        super().__init__(answer, ChartMenu(), KINDS, MENU_TIP, folder, figures)
        self._cases = answer
        self.canvas.moved.connect(self._read_cost)
        self._header.group.buttonClicked.connect(self._show_kind)
        self.show_name()

    @property
    def name(self) -> str:
        return TITLES[self._cases.kind] if hasattr(self, "_cases") else TITLES["likelihood"]

    @property
    def kind(self) -> Kind:
        """What of the cases is shown."""
        return self._cases.kind

    @property
    def cost(self) -> float:
        """The cost that the marker reads, USD a month."""
        return self._cases.place

    def show_cases(self, found: Uncertainty) -> None:
        """Show other cases."""
        self._cases.found = found
        self.show_chart()

    def _read_cost(self, amount: float) -> None:
        assert self._cases.found is not None
        self._cases.cost = amount / self._cases.found.scenario.currency.rate
        self.show_chart()

    def _show_kind(self) -> None:
        self._cases.kind = next(kind for kind in TITLES if self.views[kind].isChecked())
        self.show_name()
        self.show_chart()


@dataclass
class _Swings:
    """A tornado, and what was chosen for its chart."""

    hidden: set[str] = field(default_factory=set[str])
    is_log: bool = False
    named: Named | None = None

    @property
    def is_there(self) -> bool:
        """Whether there is one yet."""
        return self.named is not None

    def charted(self, figures: Figures) -> Chart:
        """The tornado as a chart with a scale of its own."""
        assert self.named is not None
        return tornado_chart(self.named, figures, self.hidden)

    def scaled(self, chart: Chart) -> Chart:
        """The same: its levels are names."""
        return chart

    def total_name(self, chart: Chart) -> str:
        """Of bars that lie beside each other there is no sum."""
        return ""


class _SwingsMenu(ChartMenu):
    """Without levels at equal factors: they are names."""

    def __init__(self) -> None:
        super().__init__()
        self.log_action.setVisible(False)


class TornadoCard(ChartCard):
    """What matters most."""

    def __init__(self, folder: Path, figures: Figures) -> None:
        answer = _Swings()
        super().__init__(answer, _SwingsMenu(), {}, MENU_TIP, folder, figures)
        self._swings = answer
        self.show_name()

    @property
    def name(self) -> str:
        return TITLE

    @property
    def rows(self) -> int:
        """How many bars there are to see."""
        return len(self._swings.named.shown) if self._swings.named else 0

    def show_tornado(self, named: Named) -> None:
        """Show another tornado."""
        self._swings.named = named
        self.show_chart()
