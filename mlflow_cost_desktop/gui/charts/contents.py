"""What a card is asked, and the chart that answers it: made of a study, without a widget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mlflow_cost_desktop.analysis.options import Options, compare
from mlflow_cost_desktop.analysis.sweep import (
    BY_STORAGE,
    BY_USAGE,
    Curve,
    Question,
    Values,
    choices,
    curve,
)
from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.charts.costs import title
from mlflow_cost_desktop.charts.options import options_chart
from mlflow_cost_desktop.charts.parts import moved_chart, parts_chart
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.model.fields.paths import differ_only_at
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario

View = Literal["parts", "options"]


@dataclass
class Contents:
    """A question with all that was chosen for its chart, and what it is answered with.

    Attributes:
        question: what is asked now; `first` is what was asked at the start.
        view: whether the parts of the total are shown, or the options of a part.
        hidden: the keys of series that are left out.
        shared: the end of the levels of both charts and their lowest figure, where they share it.
        frozen: the end of the axis while the marker is dragged: it stays where it is.
        kept: the same while the keyboard moves the marker, as long as it stands on the axis.
        plan: what is held against the scenario.
        found: the answer; none before the first study.
        is_settled: whether it is what would be found anew: the options of a part that suit best
            may be others where the marker stands by now.
    """

    first: Question
    question: Question = field(init=False)
    view: View = "parts"
    hidden: set[str] = field(default_factory=set[str])
    is_log: bool = False
    shared: tuple[float, float | None] | None = None
    frozen: float | None = None
    kept: float | None = None
    plan: ManagedPlan | None = None
    found: Curve | Options | None = None
    is_settled: bool = True
    _plan_found: ManagedPlan | None = None  # what it was found with
    _charted: tuple[Curve, Figures, Chart] | None = None

    def __post_init__(self) -> None:
        self.question = self.first

    def name(self, scenario: Scenario) -> str:
        """`Cost by usage hours`."""
        return title(self.question, scenario)

    def ask(self, *, path: str = "", part: str = "") -> None:
        """Ask for another input, or for the options of another part."""
        before = self.question
        self.question = Question(path or before.path, part or before.part)

    def can_ask(self, scenario: Scenario) -> bool:
        """Whether the input is there and means something; usage hours and storage always do."""
        path = self.question.path
        if path in (BY_USAGE.path, BY_STORAGE.path):
            return True
        return any(place.path == path for place in choices(scenario))

    def freeze(self) -> None:
        """Keep the axis as long as it is."""
        if self.found is not None:
            self.frozen = float(self.found.values[-1])

    def keep(self) -> None:
        """Keep the axis as long as it is, until `kept` is taken away: keys go there and back."""
        if self.found is not None and self.kept is None:
            self.kept = float(self.found.values[-1])

    def _end(self, scenario: Scenario) -> float:
        """Where the axis ends."""
        if self.frozen is not None:
            return self.frozen
        if self.kept is not None and self.question.current(scenario) <= self.kept:
            return self.kept
        return self.question.ends(scenario)[1]

    # The answer

    @property
    def is_there(self) -> bool:
        """Whether there is an answer yet."""
        return self.found is not None

    def answer(self, before: Study | None, study: Study) -> None:
        """Make it of a study; where only the marker has moved since another, the curves stay."""
        moved = self._moved_only(before, study)
        self.found = moved or self._made(study)
        self.is_settled = moved is None or isinstance(moved, Curve)

    def _made(self, study: Study) -> Curve | Options:
        scenario, book, estimate = study.scenario, study.price_book, study.estimate
        values: Values = self.question.values(scenario, self._end(scenario))
        self._plan_found = self.plan
        make = compare if self.view == "options" else curve
        return make(self.question, scenario, book, estimate, values, self.plan)

    def _moved_only(self, before: Study | None, study: Study) -> Curve | Options | None:
        old = self.found
        if before is None or old is None or before.price_book is not study.price_book:
            return None
        if old.question != self.question or self._plan_found != self.plan:
            return None
        upper = self._end(study.scenario)
        if upper != old.values[-1] or not self._has_only_moved(before.scenario, study.scenario):
            return None
        return old.moved_to(study.scenario, study.estimate)

    def _has_only_moved(self, before: Scenario, after: Scenario) -> bool:
        """Whether a scenario is another in nothing but what this chart's own input says of it."""
        asked = self.question.asked
        return differ_only_at(asked(before), asked(after), self.question.path)

    # Its chart

    def charted(self, figures: Figures) -> Chart:
        """The answer as a chart with a scale of its own, written in some figures."""
        found = self.found
        assert found is not None
        if not isinstance(found, Curve):
            return options_chart(found, figures, self.hidden)
        before = self._charted
        if (
            before is not None
            and before[0].sweep is found.sweep
            and before[0].plan is found.plan
            and before[1] is figures
            and before[2].hidden == self.hidden
        ):
            chart = moved_chart(before[2], found, figures)
        else:
            chart = parts_chart(found, figures, self.hidden)
        self._charted = found, figures, chart
        return chart

    def scaled(self, chart: Chart) -> Chart:
        """A chart with the scale that was chosen for it, or for both."""
        if self.shared:
            chart = chart.up_to(max(self.shared[0], chart.y.upper))
        if self.is_log:
            chart = chart.logarithmic(self.shared[1] if self.shared else None)
        return chart

    def total_name(self, chart: Chart) -> str:
        """What the sum of its series is called; empty where there is none."""
        if not isinstance(self.found, Curve):
            return ""
        is_partial = self.hidden & {series.key for series in chart.series}
        return "Total of these" if is_partial else "Total"
