"""Proposed edits, to be looked at before all or some of them are applied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Figures, plural, write
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, plain_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import open_at, scaled
from mlflow_cost_desktop.model.fields.edits import Edit, Edits
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.inputs import SURENESS, input_in_words, value_in_words
from mlflow_cost_desktop.wording.totals import total

COLUMNS = ("Input", "Now", "Then", "How sure", "Why")
WHY = len(COLUMNS) - 1

BOX_ROOM = 16
"""Px that a box takes beyond Qt's own."""


class EditsDialog(QDialog):
    """Each edit on a line with a box; what the checked ones would cost stands below.

    Args:
        study: what is open.
        edits: what is proposed; an edit that changes nothing has no line.
        intro: what proposes them, in a sentence.
        tried: the study that some edits would lead to; raises `UserError` where a field refuses.
        figures: how the reader writes figures.
    """

    applied = Signal(Edits)  # those that were checked

    def __init__(
        self,
        study: Study,
        edits: Edits,
        intro: str,
        tried: Callable[[Edits], Study],
        figures: Figures,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle("What would change")
        self._study, self._tried, self._figures = study, tried, figures
        self._edits = edits.changing.edits
        self.intro = plain_label("")
        self.intro.setWordWrap(True)
        self.intro.setText(intro)
        self.all_box = QCheckBox("&All of them")
        self.all_box.setVisible(len(self._edits) > 1)
        self.list = _empty_list()
        for edit in self._edits:
            self.list.addTopLevelItem(_line(study.scenario, edit, figures))
        self.outcome, self.problem = plain_label("note"), plain_label("problem")
        for label in (self.outcome, self.problem):
            label.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.apply_button = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.apply_button.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        for widget in (self.intro, self.all_box, self.list, self.outcome, self.problem):
            column.addWidget(widget, int(widget is self.list))
        column.addWidget(self.buttons)
        self.list.itemChanged.connect(self._show_chosen)
        self.all_box.clicked.connect(self._check_all)
        self.buttons.accepted.connect(self._apply)
        self.buttons.rejected.connect(self.reject)
        open_at(self, 820, 320)
        self._fit_names()
        if self._edits:
            self.list.setCurrentItem(self._item(0))
        self.list.setFocus()
        self._show_chosen()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit_names)  # after the list changed too

    def _fit_names(self) -> None:
        """Give names their room; what Qt thinks they need is without a style sheet's box."""
        self.list.ensurePolished()
        self.list.setColumnWidth(0, self.list.sizeHintForColumn(0) + scaled(BOX_ROOM))

    @property
    def chosen(self) -> Edits:
        """The edits whose boxes are checked."""
        return Edits(
            tuple(
                edit
                for row, edit in enumerate(self._edits)
                if self._item(row).checkState(0) == Qt.CheckState.Checked
            )
        )

    def _item(self, row: int) -> QTreeWidgetItem:
        item = self.list.topLevelItem(row)
        assert item is not None
        return item

    def _check_all(self) -> None:
        """Check every line, or none where every line was checked."""
        is_whole = len(self.chosen.edits) == len(self._edits)
        state = Qt.CheckState.Unchecked if is_whole else Qt.CheckState.Checked
        self.list.blockSignals(True)
        for row in range(len(self._edits)):
            self._item(row).setCheckState(0, state)
        self.list.blockSignals(False)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen, count = len(self.chosen.edits), len(self._edits)
        some = Qt.CheckState.PartiallyChecked if chosen else Qt.CheckState.Unchecked
        self.all_box.setCheckState(Qt.CheckState.Checked if chosen == count else some)
        self.apply_button.setText("A&pply" if chosen == count else f"A&pply {chosen} of {count}")
        problem = ""
        try:
            after = self._tried(self.chosen)
            self.outcome.setText(_outcome(self._study, after, self._figures))
        except UserError as error:
            problem = write(error.title, self._figures)
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.outcome.setVisible(not problem)
        self.apply_button.setEnabled(chosen > 0 and not problem)

    def _apply(self) -> None:
        chosen = self.chosen
        self.accept()
        self.applied.emit(chosen)


def _empty_list() -> QTreeWidget:
    made = QTreeWidget()
    made.setObjectName("ownList")
    made.setAccessibleName("What would change")
    made.setHeaderLabels(list(COLUMNS))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
    return made


def _line(scenario: Scenario, edit: Edit, figures: Figures) -> QTreeWidgetItem:
    spec = spec_at(scenario, edit.path)
    cells = (
        input_in_words(scenario, edit.path),
        value_in_words(spec, edit.old, figures),
        value_in_words(spec, edit.new, figures),
        SURENESS[edit.sure],
        edit.why,
    )
    item = QTreeWidgetItem(list(cells))
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(0, Qt.CheckState.Checked)
    for column, text in enumerate(cells):
        item.setToolTip(column, plain_tooltip(text))
    told = f"{cells[0]}: {cells[1]} becomes {cells[2]}, {cells[3]}"
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{told}. {edit.why}".rstrip(". "))
    return item


def _outcome(before: Study, after: Study, figures: Figures) -> str:
    """What the month costs now and then, each in its own currency."""
    old, new = (total(one.scenario, one.estimate, figures) for one in (before, after))
    words = f"A month costs {old} now and {new} then."
    gaps = int(after.estimate.unpriced) - int(before.estimate.unpriced)
    if gaps > 0:
        words += f" {gaps} more {plural(gaps, 'line')} would have no known price."
    return words
