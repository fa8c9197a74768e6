"""What a number has besides its value, as a dialog: what is set, and what that comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.analysis.projection import edits_for_plan
from mlflow_cost_desktop.figures import Figures, plural
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.figure_field import (
    FigureField,
    fault_label,
    give_room,
    show_fault,
)
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.toolkit.typed_list import NamedList
from mlflow_cost_desktop.model.fields.declaration import FieldSpec, Model, specs
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.growth import PRICES
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.growth import name_in_words

MOST = 1e12

Tried = Callable[[Edits], Study]
"""What views would be handed after some edits."""


class NumberDialog(QDialog):
    """One thing that a number can have, for an input that is given or chosen here.

    Signals:
        chosen: what is set for the input.
        removed: the path of an input that is to have it no longer.
    """

    chosen = Signal(object)
    removed = Signal(str)

    def __init__(
        self, name: str, title: str, study: Study, tried: Tried, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._study, self._tried = study, tried
        self._figures: Figures = study.figures
        self.setObjectName(name)
        self.setModal(True)
        self.setWindowTitle(title)
        self.input = NamedList()
        self.input.refused.connect(self._refuse)
        name_list(self.input, "Input")
        self.problem, self.outcome = fault_label(), plain_label("note")
        self.caution = plain_label("notices")
        self.caution.setWordWrap(True)
        self.caution.hide()
        self.offered = plain_label("note")
        self.offered.setWordWrap(True)
        self.take = QPushButton("&Use this")
        self.take.setAutoDefault(False)
        self.take.clicked.connect(self._take_offer)
        self.offer_row = QWidget()
        row = QHBoxLayout(self.offer_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.offered, 1)
        row.addWidget(self.take)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow("&Input", self.input)
        self.remove: QPushButton | None = None

    def _list_inputs(self, paths: Iterable[str]) -> None:
        list_inputs(self.input, self._study.scenario, paths)

    def _refuse(self, typed: str) -> None:
        show_fault(self.problem, f"No input has “{typed[:40]}” in its name.")

    def _lay_out(self, *, can_remove: bool) -> None:
        """What is offered, the form as it is by then, what it comes to, and the buttons."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton("&Save", QDialogButtonBox.ButtonRole.AcceptRole)
        if can_remove:
            self.remove = buttons.addButton("&Remove", QDialogButtonBox.ButtonRole.ResetRole)
            self.remove.clicked.connect(self._remove)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.outcome.setWordWrap(True)
        self.outcome.setMinimumHeight(scaled(52))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(8)
        whole.addWidget(self.offer_row)
        whole.addLayout(self.form)
        whole.addWidget(self.problem)
        whole.addWidget(self.outcome)
        whole.addWidget(self.caution)
        whole.addStretch(1)
        whole.addWidget(buttons)
        self.setMinimumWidth(scaled(480))

    def _say(self, words: str) -> None:
        """Say what it comes to, with as much room as that needs."""
        self.outcome.setText(words)
        give_room(self)

    def _figure(self, name: str, meaning: str) -> FigureField:
        """A figure of the input's own kind, which may be less than zero."""
        return FigureField(name, "", meaning, self._figures, upper=MOST, lower=-MOST)

    @property
    def path(self) -> str:
        """The input."""
        return self.input.currentData() or ""

    @property
    def _spec(self) -> FieldSpec:
        return spec_at(self._study.scenario, self.path)

    @property
    def _unit(self) -> str:
        """In what values are, without the field's own "a month"."""
        unit = None if self.path in ("", PRICES) else self._spec.unit
        return plural(0, unit.text) if unit else ""

    def value(self) -> Model | None:
        """What is typed; none while something is wrong with it."""
        raise NotImplementedError

    def _take_offer(self) -> None:
        """Put what is offered into the form."""
        raise NotImplementedError

    def _remove(self) -> None:
        self.removed.emit(self.path)
        self.reject()

    def accept(self) -> None:
        value = self.value()
        if value:
            self.chosen.emit(value)
            super().accept()


def list_inputs(box: NamedList, scenario: Scenario, paths: Iterable[str]) -> None:
    """Let a list have inputs by their names; one alone is there to be read."""
    for path in paths:
        box.addItem(name_in_words(scenario, path), path)
    box.setCurrentIndex(0)
    box.line.setReadOnly(box.count() < 2)
    box.line.setCursorPosition(0)


def list_choices(box: QComboBox, model: type[Model], field: str) -> None:
    """Let a box have the choices of a model's field, by their labels."""
    spec = specs(model)[field]
    for choice in spec.choices:
        box.addItem(spec.label(choice), choice)


def prepared(session: Session, path: str) -> tuple[Edits, Study, Tried]:
    """What has to be there before a number can have more: edits, what they lead to, and a trial.

    A plan of the program is in the scenario once one of its prices is to have more.
    """
    copied = edits_for_plan(session.scenario, path, session.plans)
    study = session.tried(copied) if copied else session.study
    return copied, study, lambda edits: session.tried(copied + edits)


def open_dialog(
    dialog: NumberDialog, change: Callable[[Any], None], remove: Callable[[str], None]
) -> None:
    """Show it until it is closed, and do what is asked for in it."""
    dialog.chosen.connect(change)
    dialog.removed.connect(remove)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
