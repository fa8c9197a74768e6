"""The open scenario with its undo history and estimate; an edit replaces it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlflow_cost_desktop.analysis.held_against import Held, held_against
from mlflow_cost_desktop.analysis.managed_plans import Offer, offers
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN, Figures, write
from mlflow_cost_desktop.files.envelope import SavedFigures, figures_of
from mlflow_cost_desktop.files.preferences import DAYS
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import get, replace
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.edits import edit_in_words
from mlflow_cost_desktop.wording.price_age import Reading, old_in_short

if TYPE_CHECKING:  # loaded when they are first asked for, which is after the charts are there
    from mlflow_cost_desktop.analysis.comparison import Column
    from mlflow_cost_desktop.analysis.flips import Flips
    from mlflow_cost_desktop.analysis.projection import Projection
    from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
    from mlflow_cost_desktop.exports.report.facts import Facts

UNDO_STEPS = 500
"""How many steps can be undone: each holds on to two scenarios with their estimates."""


@dataclass(frozen=True)
class Study:
    """What views are handed: a scenario, the prices it was estimated with, and the answer."""

    scenario: Scenario
    price_book: PriceBook
    estimate: Estimate
    notices: tuple[Notice, ...]
    plans: tuple[ManagedPlan, ...] = ()
    """The managed plans that come with the program."""
    figures: Figures = PLAIN
    """How whoever sees it reads figures."""
    opened: int = 0
    """Which of the scenarios that were opened one after the other it is of."""
    limit_days: int = DAYS
    """After how many days a price counts as old."""

    @cached_property
    def old_prices(self) -> str:
        """That its prices are old, in short; empty where they are new enough."""
        return old_in_short(self.estimate, Reading.now(self.limit_days))

    @property
    def facts(self) -> Facts:
        """What its figures rest on, as of now: for what leaves the window."""
        # The window is there sooner without it.
        from mlflow_cost_desktop.exports.report.facts import Facts

        made = datetime.now().astimezone()
        book = self.price_book
        return Facts(self.scenario, book, self.estimate, made, limit_days=self.limit_days)

    def facts_of(self, column: Column) -> Facts:
        """The same of a scenario that stands beside it."""
        return dataclasses.replace(
            self.facts,
            scenario=column.scenario,
            price_book=column.price_book,
            estimate=column.estimate,
        )

    @cached_property
    def managed(self) -> tuple[Offer, ...]:
        """Every managed plan beside the scenario, made when first asked for."""
        return offers(self.scenario, self.price_book, self.plans, self.estimate)

    @cached_property
    def held(self) -> Held:
        """What the scenario is held against."""
        return held_against(self.scenario, self.managed)

    def asks_for_another_plan(self, before: Study) -> bool:
        """Whether a plan was chosen or edited, or a scenario opened, since another study.

        What shows the plan that is held against the scenario follows at once then; while figures
        move, it waits until they rest.
        """
        one, other = before.scenario, self.scenario
        is_chosen = one.held_against != other.held_against or one.plans != other.plans
        return is_chosen or before.opened != self.opened

    @cached_property
    def turns(self) -> Flips | None:
        """What would turn the verdict; none where nothing is held against whose cost is known."""
        from mlflow_cost_desktop.analysis.flips import flips

        plan = self.held.plan
        return flips(self.scenario, self.price_book, plan) if plan else None

    @cached_property
    def cases(self) -> Uncertainty | None:
        """What it costs in many cases, and that beside it; none where no input has a range."""
        if not self.scenario.ranges:
            return None
        from mlflow_cost_desktop.analysis.uncertainty import uncertainty

        return uncertainty(self.scenario, self.price_book, self.held.plan)

    @cached_property
    def projection(self) -> Projection:
        """What it costs over the months, with that beside it."""
        from mlflow_cost_desktop.analysis.projection import projection

        return projection(self.scenario, self.price_book, self.held.plan, self.plans)


class Session(QObject):
    """The one holder of the open scenario.

    Edits, undo, redo and opening all end in `_show`, which tells the views; what they are told
    is made by `_estimated`, once for each scenario.
    """

    study_changed = Signal(Study)
    refused = Signal(str, str)  # path, what is wrong with the value
    list_refused = Signal(object)  # the error; of a list there is no field to say it beside
    clean_changed = Signal(bool)

    def __init__(
        self,
        shelf: Shelf,
        scenario: Scenario,
        plans: tuple[ManagedPlan, ...] = (),
        figures: Figures = PLAIN,
        limit_days: int = DAYS,
    ) -> None:
        super().__init__()
        self.shelf = shelf
        self._shipped = plans
        self.figures = figures
        self.limit_days = limit_days
        self._opened = 0
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)  # which it takes only while it is empty
        self.study = self._estimated(scenario)
        self._saved: Scenario | None = scenario
        self._step: _Step | None = None
        self._typing = 0  # how often a field was left: what is typed after it is another step

    @property
    def scenario(self) -> Scenario:
        return self.study.scenario

    @property
    def plans(self) -> tuple[ManagedPlan, ...]:
        """The managed plans that come with the program, at the open scenario's prices."""
        return self.study.plans

    @property
    def is_clean(self) -> bool:
        """Whether the open scenario is the saved one, by whatever way it came back to it."""
        return self.scenario == self._saved

    def saved_figures(self) -> SavedFigures:
        """What a file notes of the open scenario's cost: the same in every reader's locale."""
        return figures_of(self.study.estimate, self.study.price_book.edition)

    def mark_saved(self, scenario: Scenario) -> None:
        """Note what stands in the file; no later edit merges into a step before it."""
        was_clean = self.is_clean
        self._saved = scenario
        self.undo_stack.setClean()
        self._tell_clean(was_clean)

    def edit(self, path: str, value: object, name: str = "") -> None:
        """Put a value at a path, as a step that can be undone.

        Edits of one field in a row are one step until `settle`, and so are those between
        `begin_step` and `end_step`; a whole list (a tuple) is a step each time. A value that the
        field refuses changes nothing; `refused` says why, `list_refused` of a whole list.

        Args:
            name: what the step is called in the menu, after "Undo"; else the field's title.
        """
        try:
            scenario = self._with_plan(self.scenario, path)
            if get(scenario, path) == value:
                self._show(self.study)  # takes a refused value off the field
                return
            name = name or edit_in_words(scenario, path, value)
            after = self._estimated(replace(scenario, path, value), self.study.estimate)
        except UserError as error:
            if isinstance(value, tuple):
                self.list_refused.emit(self._written(error))
            else:
                self.refused.emit(path, self._written(error).title)
            return
        key: object = (path, self._typing) if not isinstance(value, tuple) else object()
        if self._step:
            key, name = self._step, self._step.name or name
        self.undo_stack.push(_Edit(self, key, name, self.study, after))

    def settle(self) -> None:
        """Let the typing in a field be a step: the next edit is another, of the same field too."""
        self._typing += 1

    def apply(self, edits: Edits, name: str) -> None:
        """Make several edits, all of them or none, as one step of its own.

        Where a field refuses its value, nothing changes and `list_refused` says why.

        Args:
            name: what the step is called in the menu, after "Undo".
        """
        try:
            after = self.tried(edits)
        except UserError as error:
            self.list_refused.emit(self._written(error))
            return
        if after.scenario != self.scenario:
            self.undo_stack.push(_Edit(self, object(), name, self.study, after))

    def take_over(self, scenario: Scenario, name: str) -> None:
        """Put another scenario in the place of the open one, as one step that can be undone.

        Where it has no prices, nothing changes and `list_refused` says why.
        """
        try:
            after = self._estimated(scenario)
        except UserError as error:
            self.list_refused.emit(self._written(error))
            return
        if scenario != self.scenario:
            self.undo_stack.push(_Edit(self, object(), name, self.study, after))

    def tried(self, edits: Edits) -> Study:
        """What views would be handed after some edits, which are not made.

        Raises:
            UserError: if a field refuses its value, or no price book covers the region.
        """
        scenario = self.scenario
        for edit in edits.edits:
            scenario = self._with_plan(scenario, edit.path)
        return self._estimated(edits.applied(scenario), self.study.estimate)

    def begin_step(self, name: str = "") -> None:
        """Make all edits from here to `end_step` one step, whatever their paths: a drag.

        It merges with no step before or after it.

        Args:
            name: as in `edit`; else the name of the first edit.
        """
        self._step = _Step(name, self.study)

    def end_step(self) -> None:
        """End the step; the next edit begins another."""
        self._step = None

    def cancel_step(self) -> None:
        """Put back what was there when the step began, as if it had never been."""
        step, self._step = self._step, None
        if step and self.study is not step.before:
            self.undo_stack.push(_Edit(self, step, step.name, self.study, step.before))

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Several edits as one step: `with session.step("Add companions"): ...`."""
        self.begin_step(name)
        try:
            yield
        finally:
            self.end_step()

    def open(self, scenario: Scenario, *, is_saved: bool = True) -> None:
        """Show another scenario, without a history.

        Args:
            is_saved: whether it stands so in a file or sample; else it has unsaved changes.

        Raises:
            UserError: if no price book covers its region; the open scenario stays.
        """
        study = dataclasses.replace(self._estimated(scenario), opened=self._opened + 1)
        self._opened = study.opened
        was_clean = self.is_clean
        self.undo_stack.clear()
        self._step = None
        self._saved = scenario if is_saved else None
        self.study = study
        self._tell_clean(was_clean)
        self._show(study)

    def follow_prices(self) -> None:
        """Estimate anew where another edition of the region's price book is there by now.

        The steps of the history stay; each is estimated anew when it is gone back to.
        """
        self._show(self.study)

    def show_again(self) -> None:
        """Tell the views what is open: for those that were just made."""
        self._show(self.study)

    def _with_plan(self, scenario: Scenario, path: str) -> Scenario:
        """A scenario, with the plan that a path leads into.

        One that comes with the program is copied into the scenario by its first edit.
        """
        shipped = {f"plans.{plan.id}": plan for plan in self.plans}
        plan = shipped.get(".".join(path.split(".")[:2]))
        plans = scenario.plans
        if plan is None or any(plan.id == other.id for other in plans):
            return scenario
        return replace(scenario, "plans", (*plans, plan))

    def _written(self, error: UserError) -> UserError:
        """What is wrong, in the reader's figures."""
        return UserError(write(error.title, self.figures), error.advice)

    def _estimated(self, scenario: Scenario, near: Estimate | None = None) -> Study:
        price_book = self.shelf.of(scenario.provider_id).book(scenario.region_id)
        outcome = estimate(scenario, price_book, near)
        plans = tuple(plan.at_prices(price_book) for plan in self._shipped)
        notices = warnings(scenario, price_book, outcome, plans)
        return Study(
            scenario,
            price_book,
            outcome,
            notices,
            plans,
            self.figures,
            self._opened,
            self.limit_days,
        )

    def _show(self, study: Study) -> None:
        book = self.shelf.of(study.scenario.provider_id).book(study.scenario.region_id)
        if book is not study.price_book or study.limit_days != self.limit_days:
            study = self._estimated(study.scenario)
        was_clean = self.is_clean
        self.study = study
        self._tell_clean(was_clean)
        self.study_changed.emit(study)

    def _tell_clean(self, was_clean: bool) -> None:
        if self.is_clean != was_clean:
            self.clean_changed.emit(self.is_clean)


@dataclass(frozen=True, eq=False, slots=True)
class _Step:
    """A gesture: what all of its edits are called, and what was there before the first."""

    name: str
    before: Study


class _Edit(QUndoCommand):
    """A pair of snapshots; edits of equal key in a row are one step.

    `QUndoStack` merges nothing into the saved state, so that it can always be returned to.
    """

    def __init__(
        self, session: Session, key: object, name: str, before: Study, after: Study
    ) -> None:
        super().__init__(_menu_text(name))
        self._session = session
        self.key = key
        self._before = before
        self.after = after

    def id(self) -> int:
        # Qt offers commands of equal id for merging; `mergeWith` compares the keys.
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other.key != self.key:
            return False
        self.after = other.after
        vars(other).clear()  # PySide keeps the merged command, and with it its snapshots
        self.setObsolete(self.after.scenario == self._before.scenario)
        return True

    def undo(self) -> None:
        self._session._show(self._before)

    def redo(self) -> None:
        self._session._show(self.after)


def _menu_text(name: str) -> str:
    """A step's name on one line; a stranger's "&" is no mnemonic and its line break no end."""
    words = " ".join(name.split())
    return (words if len(words) <= 60 else f"{words[:59]}…").replace("&", "&&")
