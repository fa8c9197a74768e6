"""What stands beside the open scenario: columns as they were asked for, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from mlflow_cost_desktop.analysis.comparison import (
    MOST_COLUMNS,
    Column,
    Comparison,
    column,
    told_apart,
)
from mlflow_cost_desktop.analysis.managed_plans import all_plans
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import one_line
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.plan_inputs import PRICES

THIS = "This scenario"
LINES, INPUTS, REGIONS = "lines", "inputs", "regions"
"""The pages of the view."""


@dataclass(frozen=True, eq=False, slots=True)
class Wanted:
    """A column as it was asked for.

    Attributes:
        scenario: its own; without one it is the open scenario, and follows its edits.
        region_id: where the open scenario stands instead of its own region.
        plan_id: the managed plan that it has instead of its own hosting.
        path: the file that it was read from.
        problem: why that can't be read.
    """

    name: str
    scenario: Scenario | None = None
    region_id: str = ""
    plan_id: str = ""
    path: Path | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """A column that there is nothing to show of, and a sentence that says why."""

    name: str
    sentence: str

    @property
    def in_words(self) -> str:
        """The sentence, with the name where that is not in it."""
        return self.sentence if self.name in self.sentence else f"“{self.name}”: {self.sentence}"


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """All columns in their places, the open scenario first.

    Attributes:
        comparison: of those that can be read.
    """

    places: tuple[Column | Unread, ...]
    comparison: Comparison

    def at(self, place: int) -> int | None:
        """Which of the comparison's columns stands at a place; none of one that can't be read."""
        here = self.places[place]
        return self.comparison.columns.index(here) if isinstance(here, Column) else None

    @property
    def is_alone(self) -> bool:
        """Whether nothing can be held against the open scenario."""
        return len(self.comparison.columns) == 1


class Compared(QObject):
    """The columns beside the open scenario, as long as its window is there.

    Signals:
        changed: others are asked for.
        failed: the error, where one can't be added.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self._made: dict[Wanted, tuple[PriceBook, Column]] = {}
        self.wanted: tuple[Wanted, ...] = ()
        self.chosen: Wanted | None = None
        """The column whose difference is looked at more closely."""

    # What is asked for

    def add(self, *wanted: Wanted) -> None:
        """Add columns, as many as there is room for; the last is looked at."""
        room = MOST_COLUMNS - 1 - len(self.wanted)
        added = wanted[: max(room, 0)]
        if added:
            self.wanted = (*self.wanted, *added)
            self.chosen = next((one for one in reversed(added) if not one.problem), self.chosen)
            self.changed.emit()
        if len(added) < len(wanted):
            self.failed.emit(
                UserError(
                    f"Up to {MOST_COLUMNS} scenarios stand side by side",
                    f"“{wanted[len(added)].name}” was not added; remove another one first.",
                )
            )

    def add_scenario(self, scenario: Scenario, name: str = "") -> None:
        """Add a scenario as it is now, under a name of its own or its scenario's."""
        self.add(Wanted(one_line(name or scenario.name), scenario))

    def add_files(self, paths: Iterable[Path]) -> None:
        """Add scenarios from files; one that can't be read is a column with a sentence."""
        self.add(*map(_from_file, paths))

    def add_region(self, region_id: str, name: str) -> None:
        """Add the open scenario at another region, if it is not there."""
        self._add_once(Wanted(name, region_id=region_id))

    def add_plan(self, plan_id: str, name: str) -> None:
        """Add the open scenario with a managed plan, if it is not there."""
        self._add_once(Wanted(one_line(name), plan_id=plan_id))

    def _add_once(self, wanted: Wanted) -> None:
        for one in self.wanted:
            follows = one.scenario is None and not one.problem
            if follows and (one.region_id, one.plan_id) == (wanted.region_id, wanted.plan_id):
                self.choose(one)
                return
        self.add(wanted)

    def remove(self, wanted: Wanted) -> None:
        """Take a column away."""
        self.wanted = tuple(one for one in self.wanted if one is not wanted)
        self._made.pop(wanted, None)
        if self.chosen is wanted:
            self.chosen = self.wanted[-1] if self.wanted else None
        self.changed.emit()

    def choose(self, wanted: Wanted) -> None:
        """Look at one column more closely."""
        if self.chosen is not wanted:
            self.chosen = wanted
            self.changed.emit()

    # What it comes to

    def outcome(self, study: Study) -> Outcome:
        """All columns beside a study of the open scenario."""
        names = told_apart([THIS, *(wanted.name for wanted in self.wanted)])
        first = Column(THIS, study.scenario, study.price_book, study.estimate, None, study.plans)
        places: list[Column | Unread] = [first]
        for wanted, name in zip(self.wanted, names[1:], strict=True):
            try:
                places.append(self._column(wanted, study).named(name))
            except UserError as error:
                places.append(Unread(name, error.title))
        columns = tuple(place for place in places if isinstance(place, Column))
        return Outcome(tuple(places), Comparison(columns))

    def beside(self, study: Study) -> tuple[Column, ...]:
        """The columns that can be read, the one that is looked at before the others."""
        outcome = self.outcome(study)
        _, *others = outcome.comparison.columns
        at = self.place_of_chosen(outcome) - 1
        return (*others[at : at + 1], *others[:at], *others[at + 1 :]) if others else ()

    def place_of_chosen(self, outcome: Outcome) -> int:
        """Which of the comparison's columns is looked at; the first where none can be."""
        for place, wanted in enumerate(self.wanted, 1):
            if wanted is self.chosen and (at := outcome.at(place)):
                return at
        return len(outcome.comparison.columns) - 1

    def scenario_of(self, wanted: Wanted, scenario: Scenario) -> Scenario:
        """What a column would be as a scenario of its own, of the open one where it follows that.

        A plan is held against it: it is no hosting of one's own.
        """
        if wanted.scenario is not None:
            return wanted.scenario
        if wanted.region_id:
            return replace(scenario, "region_id", wanted.region_id)
        return replace(scenario, "held_against", wanted.plan_id)

    def _column(self, wanted: Wanted, study: Study) -> Column:
        """What was asked for.

        Raises:
            UserError: if it can't be read, has no prices, or nobody knows what it costs.
        """
        if wanted.problem:
            raise UserError(wanted.problem, "")
        if wanted.plan_id:
            return _with_plan(wanted, study)
        if wanted.scenario is None:
            book = self._shelf.of(study.scenario.provider_id).book(wanted.region_id)
            moved = replace(study.scenario, "region_id", wanted.region_id)
            return column(wanted.name, moved, book, shipped=study.plans)
        scenario = wanted.scenario
        book = self._shelf.of(scenario.provider_id).book(scenario.region_id)
        made = self._made.get(wanted)
        if made is None or made[0] is not book:
            made = book, column(wanted.name, scenario, book, shipped=study.plans)
            self._made[wanted] = made
        return made[1]


def _with_plan(wanted: Wanted, study: Study) -> Column:
    plans = {plan.id: plan for plan in all_plans(study.scenario, study.plans)}
    plan = plans.get(wanted.plan_id)
    if plan is None:
        raise UserError("There is no such plan any longer", "")
    if not plan.has_figure:
        raise UserError(f"Nobody knows what it costs: {PRICES[plan.price_state]}", "")
    return column(wanted.name, study.scenario, study.price_book, plan, study.plans, study.estimate)


def _from_file(path: Path) -> Wanted:
    try:
        scenario = read_scenario(path).scenario
    except UserError as error:
        return Wanted(one_line(path.name), path=path, problem=error.title)
    return Wanted(one_line(scenario.name), scenario, path=path)
