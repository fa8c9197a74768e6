"""The Maintenance tab: the tasks, who uses the deployment, and what an hour costs."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt

from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.component_tab import ComponentTab
from mlflow_cost_desktop.gui.inputs.item_list import ItemList, Line, free_id
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.labor.tasks import COUNTS, Task
from mlflow_cost_desktop.wording.unit_costs import short_unit_costs

TASKS = "labor.tasks"


class TaskList(ItemList):
    """The tasks with their cost a month; those that do not count now are dimmed."""

    def __init__(self) -> None:
        super().__init__(("Task", "$ / month"), most_lines=8)
        self.tree.setAccessibleName("Tasks")
        self._tasks: tuple[Task, ...] = ()

    def show_study(self, study: Study) -> None:
        self._tasks = study.scenario.labor.tasks
        self.tree.headerItem().setText(1, f"{study.scenario.currency.heading} / month")
        self.show_lines(study, [_line(task, study) for task in self._tasks])

    def root_of(self, item_id: str) -> str:
        return f"{TASKS}.{item_id}"

    def add(self) -> None:
        self._insert(Task(id=self._free_id("New task"), name="New task", hours=1.0))

    def duplicate(self) -> None:
        task = self._selected_task
        if task:
            name = f"{task.name[:72]} (copy)"
            self._insert(task.model_copy(update={"id": self._free_id(task.name), "name": name}))

    def remove(self) -> None:
        self._tell(tuple(task for task in self._tasks if task.id != self.selected))

    def take_name(self, item_id: str, name: str) -> None:
        self._tell(
            tuple(
                task.model_copy(update={"name": name}) if task.id == item_id else task
                for task in self._tasks
            )
        )

    @property
    def _selected_task(self) -> Task | None:
        return next((task for task in self._tasks if task.id == self.selected), None)

    def _insert(self, task: Task) -> None:
        """Put a task below the selected one, and its name under the keyboard."""
        at = next((n for n, t in enumerate(self._tasks, 1) if t.id == self.selected), 0)
        at = at or len(self._tasks)
        self.select(task.id)
        self._tell((*self._tasks[:at], task, *self._tasks[at:]))
        if self.selected == task.id:  # else the list is full, and the session has said so
            self.rename()

    def _free_id(self, name: str) -> str:
        return free_id(name, [task.id for task in self._tasks])

    def _tell(self, tasks: tuple[Task, ...]) -> None:
        self.edited.emit(TASKS, tasks)


def _line(task: Task, study: Study) -> Line:
    if not task.is_needed(study.scenario.terms(study.price_book)):
        when = COUNTS[task.counts]
        return Line(
            task.id, task.name, ("–",), f"Does not count now: {when[:1].lower()}{when[1:]}."
        )
    paths = [f"tasks.{task.id}.{name}" for name in ("hours", "position", "fees_usd")]
    cost = add_up(
        c.known_cost for c in study.estimate.charges if c.component == "labor" and c.path in paths
    )
    return Line(task.id, task.name, (study.scenario.currency.amount(float(cost), study.figures),))


class LaborTab(ComponentTab):
    """The tasks above the other inputs of maintenance, and the arithmetic below."""

    def __init__(self, name: str, roots: Iterable[str]) -> None:
        hours, tasks = plain_label("note"), TaskList()
        super().__init__(name, roots, without=(TASKS,), above=(hours, tasks))
        self.hours, self.tasks = hours, tasks
        self.hours.setContentsMargins(16, 12, 16, 0)
        self.hours.setWordWrap(True)
        self.hours.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.tasks.edited.connect(self.edited)

    def show_study(self, study: Study) -> None:
        self.tasks.show_study(study)
        scenario = study.scenario
        hours = float(scenario.labor.upkeep_hours(scenario.terms(study.price_book)))
        units = short_unit_costs(scenario, study.estimate, study.figures)
        said = f"{study.figures.exact(round(hours, 1))} h of upkeep a month"
        self.hours.setText(" · ".join((said, *units)))
        super().show_study(study)

    def show_problem(self, path: str, text: str) -> None:
        super().show_problem(path, text)
        self.tasks.form.show_problem(path, text)

    def finish_typing(self) -> None:
        super().finish_typing()
        self.tasks.finish_typing()

    def reveal(self, path: str) -> None:
        if not path.startswith(f"{TASKS}."):
            super().reveal(path)
            return
        self.tasks.select(path.split(".")[2])
        editor = self.tasks.form.editor_of(path)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.ensureWidgetVisible(editor, 0, 80)
