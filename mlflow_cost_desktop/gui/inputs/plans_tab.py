"""The tab of managed plans: what others would charge, beside this scenario."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.analysis.flips import flips
from mlflow_cost_desktop.analysis.held_against import Held
from mlflow_cost_desktop.analysis.managed_plans import (
    HOSTS,
    Offer,
    all_plans,
)
from mlflow_cost_desktop.figures import Figures, write
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.aside import ROW_HEIGHT
from mlflow_cost_desktop.gui.inputs.component_tab import ComponentTab
from mlflow_cost_desktop.gui.inputs.item_list import ItemList, Line, free_id
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.managed_plan import AUTO, NONE, ManagedPlan
from mlflow_cost_desktop.wording.flips import flips_in_words
from mlflow_cost_desktop.wording.verdict import (
    WITHOUT_FIGURE,
    cost_in_words,
    difference_in_words,
    mark,
    parts,
    source_in_words,
    verdict,
)

PLANS = "plans"
NEXT_SIZE = (
    "The larger plan to which a team moves over the months when it has no room in this one; the "
    "view over time says when"
)
HOLD = "Hold the selected plan against the total; press it again for the best plan that fits"


class PlanList(ItemList):
    """Every plan with its cost and its difference from the scenario, and the selected one's form.

    A plan that comes with the program is copied into the scenario by its first edit: the session
    does that.
    """

    def __init__(self) -> None:
        super().__init__(("Plan", "$ / month", "Difference"), most_lines=11)
        self.tree.setAccessibleName("Managed plans")
        self.hold = self._button("Hold against the total", HOLD)
        self.hold.setCheckable(True)
        self.hold.clicked.connect(self._hold)
        self._offers: tuple[Offer, ...] = ()
        self.answer = _text("arithmetic")
        self.answer.setAccessibleDescription("Self-host or buy")
        self.source = _text("note")
        self.taken = QListWidget()
        self.taken.setAccessibleName("Tasks that the vendor does")
        heading = plain_label("section")
        heading.setText("Tasks that the vendor does")
        self._taken_heading = heading
        self._column.insertWidget(1, self.hold, 0, Qt.AlignmentFlag.AlignLeft)
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        # What is said of the plan comes last: its length changes while the form is filled in.
        for widget in (self._make_next_size(), heading, self.taken, self.answer, self.source):
            below.addWidget(widget)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.addLayout(below)
        self.taken.itemChanged.connect(self._take_tasks)
        self.tree.currentItemChanged.connect(self._show_offer)

    def _make_next_size(self) -> QWidget:
        self.next_size = QComboBox()
        self.next_size.setAccessibleName("Next size")
        show_tooltip(self.next_size, NEXT_SIZE)
        self.next_size.activated.connect(self._choose_next_size)
        label = plain_label("")
        label.setText("Next si&ze")
        label.setBuddy(self.next_size)
        self._next_size_row = QWidget()
        row = QHBoxLayout(self._next_size_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.next_size, 1)
        return self._next_size_row

    def show_study(self, study: Study) -> None:
        self._offers = study.managed
        currency = study.scenario.currency
        self.tree.headerItem().setText(1, f"{currency.heading} / month")
        # The form reads and writes all plans as if they were the scenario's.
        scenario = study.scenario.model_copy(
            update={"plans": all_plans(study.scenario, study.plans)}
        )
        self._given = study
        if study.held.plan_id and not self.selected:
            self._wanted = study.held.plan_id
        self.show_lines(
            dataclasses.replace(study, scenario=scenario),
            [
                Line(
                    offer.plan.id,
                    offer.plan.name,
                    (
                        cost_in_words(offer, currency, study.figures),
                        difference_in_words(offer, currency, study.figures),
                    ),
                    _why_dimmed(offer, study.figures),
                    _aside(offer, study.held),
                    offer.plan.id == study.held.plan_id,
                )
                for offer in self._offers
            ],
        )
        self._show_offer()

    def root_of(self, item_id: str) -> str:
        return f"{PLANS}.{item_id}"

    def add(self) -> None:
        self._insert(ManagedPlan(id=self._free_id("New plan"), name="New plan"))

    def duplicate(self) -> None:
        offer = self._offer
        if offer:
            name = f"{offer.plan.name[:72]} (copy)"
            copied = {"id": self._free_id(name), "name": name}
            self._insert(offer.plan.model_copy(update=copied))

    def remove(self) -> None:
        """Remove a plan of the user's own, or the changes to one that came with the program."""
        self._tell(tuple(plan for plan in self._own if plan.id != self.selected))

    def _hold(self, on: bool) -> None:
        """Hold the selected plan against the scenario, or again the best one that fits."""
        self.edited.emit("held_against", self.selected if on else AUTO)

    def take_name(self, item_id: str, name: str) -> None:
        self.edited.emit(f"{self.root_of(item_id)}.name", name)

    @property
    def _own(self) -> tuple[ManagedPlan, ...]:
        return self._given.scenario.plans

    @property
    def _offer(self) -> Offer | None:
        return next((offer for offer in self._offers if offer.plan.id == self.selected), None)

    def _insert(self, plan: ManagedPlan) -> None:
        self.select(plan.id)
        self._tell((*self._own, plan))
        if self.selected == plan.id:
            self.rename()

    def _free_id(self, name: str) -> str:
        return free_id(name, [AUTO, NONE, *(offer.plan.id for offer in self._offers)])

    def _tell(self, plans: tuple[ManagedPlan, ...]) -> None:
        self.edited.emit(PLANS, plans)

    # What is said of the selected plan

    def _show_offer(self, *_: object) -> None:
        offer = self._offer
        of_a_plan = self.answer, self.source, self.taken, self._taken_heading, self._next_size_row
        for widget in of_a_plan:
            widget.setVisible(offer is not None)
        self.hold.setEnabled(offer is not None)
        if offer is None:
            return
        study, plan = self._given, offer.plan
        said = [*verdict(offer, study.scenario.currency, study.figures), *parts(offer)]
        if offer.bought is not None:
            book = study.price_book
            said += flips_in_words(flips(study.scenario, book, plan), study.figures)
        self.answer.setText("\n\n".join(said))
        self.source.setText(source_in_words(offer, study.figures))
        self.hold.setChecked(study.scenario.held_against == plan.id)
        remove = self.buttons["Remove"]
        is_shipped = any(plan.id == other.id for other in study.plans)
        remove.setText("Reset" if is_shipped else "Remove")
        what = (
            "Take back your changes to the selected one"
            if is_shipped
            else "Remove the selected one"
        )
        show_tooltip(remove, f"{what} (Delete)")
        remove.setEnabled(any(plan.id == other.id for other in self._own))
        self._show_tasks(plan)
        self._show_next_size(plan)

    def _show_next_size(self, plan: ManagedPlan) -> None:
        """The other plans, and none; one that is no longer there keeps its id."""
        self.next_size.clear()
        self.next_size.addItem("None", "")
        others = {other.plan.id: other.plan.name for other in self._offers}
        for plan_id, name in ({plan.next_size: plan.next_size} | others).items():
            if plan_id not in ("", plan.id):
                self.next_size.addItem(name, plan_id)
        self.next_size.setCurrentIndex(self.next_size.findData(plan.next_size))

    def _choose_next_size(self) -> None:
        offer = self._offer
        if offer and self.next_size.currentData() != offer.plan.next_size:
            path = f"{self.root_of(offer.plan.id)}.next_size"
            self.edited.emit(path, self.next_size.currentData())

    def _show_tasks(self, plan: ManagedPlan) -> None:
        self.taken.blockSignals(True)
        self.taken.clear()
        # Sign-on and roles are choices of the plan; work on hosts goes or stays with its part.
        apart = ("sign_on", "roles", *HOSTS)
        tasks = [t for t in self._given.scenario.labor.tasks if t.counts not in apart]
        for task in tasks:
            item = QListWidgetItem(task.name, self.taken)
            item.setData(Qt.ItemDataRole.UserRole, task.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            on = task.id in plan.tasks
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._fit_tasks()
        self.taken.blockSignals(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_tasks()

    def _fit_tasks(self) -> None:
        self.taken.setFixedHeight(max(self.taken.count(), 1) * scaled(ROW_HEIGHT) + 8)

    def _take_tasks(self, item: QListWidgetItem) -> None:
        task_id: str = item.data(Qt.ItemDataRole.UserRole)
        offer = self._offer
        if offer is None:
            return
        others = tuple(name for name in offer.plan.tasks if name != task_id)
        on = item.checkState() == Qt.CheckState.Checked
        tasks = (*others, task_id) if on else others
        self.edited.emit(f"{self.root_of(offer.plan.id)}.tasks", tasks)


def _why_dimmed(offer: Offer, figures: Figures) -> str:
    if offer.bought is None:
        return WITHOUT_FIGURE[offer.plan.price_state]
    small = "; ".join(write(why, figures) for why in offer.too_small)
    return f"Too small: {small}." if small else ""


def _aside(offer: Offer, held: Held) -> str:
    is_held = offer.plan.id == held.plan_id
    return ", ".join(filter(None, ("held against" if is_held else "", mark(offer))))


def _text(name: str) -> QLabel:
    label = plain_label(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


class PlansTab(ComponentTab):
    """The plans, in place of a component's form."""

    def __init__(self, name: str, roots: Iterable[str]) -> None:
        plans = PlanList()
        super().__init__("", roots, without=(PLANS,), above=(plans,))
        self.plans = plans
        self.plans.edited.connect(self.edited)
        self.form.hide()

    def show_study(self, study: Study) -> None:
        super().show_study(study)
        self.plans.show_study(study)

    def show_problem(self, path: str, text: str) -> None:
        self.plans.form.show_problem(path, text)

    def finish_typing(self) -> None:
        self.plans.finish_typing()

    def reveal(self, path: str) -> None:
        if path.startswith(f"{PLANS}."):
            self.plans.select(path.split(".")[1])
