"""Between which values an input may lie: its range, with what it comes to, as a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.analysis.suggested_ranges import edits_for_suggested, suggested_ranges
from mlflow_cost_desktop.analysis.uncertainty import (
    edits_for_range,
    uncertainty,
    without_range,
)
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import at_least, write
from mlflow_cost_desktop.files.shipped_lists import read_ranges
from mlflow_cost_desktop.gui.dialogs.number_dialog import (
    NumberDialog,
    Tried,
    list_choices,
    open_dialog,
    prepared,
)
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.figure_field import show_fault
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import get
from mlflow_cost_desktop.model.growth import numbers_that_count
from mlflow_cost_desktop.model.ranges import Range, default_shape, fault_of_range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.growth import short_name
from mlflow_cost_desktop.wording.totals import total
from mlflow_cost_desktop.wording.uncertainty import TYPED, ends_in_words, value_at

NOTHING_SUGGESTED = "No range is suggested for this input."

AROUND = 60
"""Px beside the words of what is suggested, but for the button."""


class RangeDialog(NumberDialog):
    """A range for an input, or for one that is chosen here.

    Args:
        path: the input; empty where it is to be chosen.
        known: the range that it has, if any.
        suggested: ranges that are suggested for inputs without one.
        tried: what views would be handed after some edits.
    """

    def __init__(
        self,
        study: Study,
        path: str,
        known: Range | None,
        suggested: Sequence[Range],
        tried: Tried,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("range", "Has a range", study, tried, parent)
        self._known = known
        self._suggested = {one.path: one for one in suggested}
        self._source = known.source if known else ""
        self._has_shape = known is not None  # whether the user, or a source, has chosen one
        self._make_fields(path)
        self._add_rows()
        self._lay_out(can_remove=known is not None)
        self._keep_places(may_choose=not path)
        if known:
            self._show_range(known)
        self.input.currentIndexChanged.connect(self._show_input)
        for changed in (self.low.changed, self.high.changed):
            changed.connect(self._take_ends)
        self.shape.activated.connect(self._keep_shape)
        for changed in (
            self.shape.currentIndexChanged,
            self.reads.currentIndexChanged,
            self.group.editTextChanged,
        ):
            changed.connect(self._check)
        self._show_input()
        (self.low if path else self.input).setFocus()

    def _make_fields(self, path: str) -> None:
        scenario, about = self._study.scenario, specs(Range)
        self._list_inputs(
            [path] if path else [place.path for place in numbers_that_count(scenario)]
        )
        self.low = self._figure("Low", about["low"].description)
        self.high = self._figure("High", about["high"].description)
        self.likely = plain_label("note")
        self.shape, self.reads = QComboBox(), QComboBox()
        for box, name in ((self.shape, "shape"), (self.reads, "reads")):
            list_choices(box, Range, name)
            show_tooltip(box, about[name].description)
        self.group = QComboBox()
        self.group.setEditable(True)
        self.group.addItem("")
        self.group.addItems(
            sorted({one.moves_with for one in scenario.ranges if one.moves_with})
        )  # fmt: skip
        line = self.group.lineEdit()
        assert isinstance(line, QLineEdit)
        line.setPlaceholderText("nothing: by itself")
        line.setMaxLength(40)
        show_tooltip(self.group, about["moves_with"].description)

    def _add_rows(self) -> None:
        self.form.addRow("", self.likely)
        self.form.addRow("&Low", self.low)
        self.form.addRow("&High", self.high)
        self.form.addRow("Low and high", self.reads)
        self.form.addRow("Sha&pe", self.shape)
        self.form.addRow("Moves &with", self.group)
        for name, box in (
            ("What low and high are", self.reads),
            ("Shape", self.shape),
            ("Moves with", self.group),
        ):
            name_list(box, name)

    def _keep_places(self, *, may_choose: bool) -> None:
        """Nothing moves while an input is chosen and its ends are typed: what comes has its room.

        Args:
            may_choose: whether the input is chosen here, and what is suggested changes with it.
        """
        for label in (self.problem, self.low.problem, self.high.problem):
            policy = label.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            label.setSizePolicy(policy)
            label.setMinimumHeight(label.fontMetrics().height())
        self._has_place = may_choose and bool(self._suggested)
        offers = self._suggested.values() if may_choose else ()
        words = [self._offer_in_words(one) for one in offers]
        if self._source:
            words.append(_from(self._source))
        wide = self.minimumWidth() - self.take.sizeHint().width() - AROUND
        heights = (_height(self.offered, text, wide) for text in words)
        self.offered.setMinimumHeight(max(heights, default=0))

    def _offer_in_words(self, suggested: Range) -> str:
        ends = ends_in_words(self._study.scenario, suggested, self._figures)
        return f"Suggested: {ends}. {suggested.source}."

    def _show_range(self, one: Range) -> None:
        self.low.show_figure(one.low)
        self.high.show_figure(one.high)
        self.shape.setCurrentIndex(self.shape.findData(one.shape))
        self.reads.setCurrentIndex(self.reads.findData(one.reads))
        self.group.setEditText(one.moves_with)

    def _show_input(self) -> None:
        """What is typed in the input, its unit, and what is suggested for it."""
        scenario, path = self._study.scenario, self.path
        for field in (self.low, self.high):
            field.blockSignals(True)
            field.ask_in(self._unit)
            field.blockSignals(False)
        likely = value_at(scenario, path, self._likely, self._figures) if path else ""
        self.likely.setText(f"Likely is what is typed: {likely}.")
        suggested = self._suggested.get(path)
        self.take.setEnabled(suggested is not None)
        if self._known and self._known.source:
            self.take.hide()
            self._show_source()
        else:
            self.offer_row.setVisible(self._has_place or suggested is not None)
            words = self._offer_in_words(suggested) if suggested else NOTHING_SUGGESTED
            self.offered.setText(words)
        self._check()

    def _show_source(self) -> None:
        """Where the range comes from that is there, as long as its ends are those of its source."""
        self.offered.setText(_from(self._source))

    def _take_offer(self) -> None:
        suggested = self._suggested.get(self.path)
        if suggested:
            self._has_shape = True
            self._show_range(suggested)
            self._source = suggested.source
            self._check()

    def _take_ends(self) -> None:
        """Ends that were typed are the user's; the shape that suits them, unless one is chosen."""
        self._source = ""
        if self._known and self._known.source:
            self._show_source()
        low, high = self.low.figure, self.high.figure
        if not self._has_shape and low is not None and high is not None:
            shape = default_shape(low, self._likely, high)
            self.shape.setCurrentIndex(self.shape.findData(shape))
        self._check()

    def _keep_shape(self) -> None:
        self._has_shape = True

    # What is typed

    @property
    def _likely(self) -> float:
        return float(get(self._study.scenario, self.path)) if self.path else 0.0

    def value(self) -> Range | None:
        """What is typed; none while something is wrong with it."""
        typed = self._typed()
        return None if typed is None or fault_of_range(self._study.scenario, typed) else typed

    def _typed(self) -> Range | None:
        low, high = self.low.figure, self.high.figure
        if not self.path or low is None or high is None:
            return None
        return Range(
            path=self.path,
            low=low,
            high=high,
            shape=self.shape.currentData(),
            reads=self.reads.currentData(),
            moves_with=self.group.currentText().strip(),
            source=self._source,
        )

    # What follows from it

    def _check(self) -> None:
        typed = self._typed()
        fault = fault_of_range(self._study.scenario, typed) if typed else ""
        show_fault(self.problem, f"{fault[:1].upper()}{fault[1:]}." if fault else "")
        good = typed if typed and not fault else None
        self.use.setEnabled(good is not None)
        self._say(self._outcome(good) if good else "")

    def _outcome(self, one: Range) -> str:
        """What a month comes to with this range alone."""
        study, figures = self._study, self._figures
        try:
            after = self._tried(edits_for_range(study.scenario, one)).scenario
        except UserError as error:
            return write(error.title, figures)
        alone = after.model_copy(update={"ranges": (one,)})
        found = uncertainty(alone, study.price_book)
        currency = study.scenario.currency
        low, high = (
            at_least(currency.money(found.percentiles[at], figures), found.unpriced)
            for at in (10, 90)
        )
        return (
            f"With this range alone a month costs {low} to {high} in eight cases of ten; as typed "
            f"{total(study.scenario, study.estimate, figures)}."
        )


def _from(source: str) -> str:
    return f"From: {source or TYPED}."


def _height(label: QLabel, text: str, width: int) -> int:
    """Px of a text that wraps at a width."""
    room = QRect(0, 0, width, 0)
    return label.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()


def _suggested(study: Study) -> tuple[Range, ...]:
    known = read_ranges(paths.resources_dir())
    return suggested_ranges(study.scenario, study.price_book, known)


def ask_range(session: Session, parent: QWidget, path: str = "") -> None:
    """Open the dialog for an input's range, a new one where it has none.

    Args:
        path: empty where the input is to be chosen in the dialog.
    """
    copied, study, tried = prepared(session, path)
    known = next((one for one in study.scenario.ranges if one.path == path), None)

    def change(chosen: Range) -> None:
        name = short_name(study.scenario, chosen.path)
        session.apply(copied + edits_for_range(study.scenario, chosen), f"Range ({name})")

    dialog = RangeDialog(study, path, known, _suggested(study), tried, parent)
    open_dialog(dialog, change, lambda path: remove_range(session, path))


def remove_range(session: Session, path: str) -> None:
    """Hold an input at what is typed."""
    scenario: Scenario = session.scenario
    edits = Edits.proposed(scenario, [("ranges", without_range(scenario.ranges, path))])
    session.apply(edits, f"Remove range ({short_name(scenario, path)})")


def suggest_ranges(session: Session) -> tuple[Range, ...]:
    """Give ranges to the inputs that matter and have none, as one step; those that were added."""
    found = _suggested(session.study)
    if found:
        session.apply(edits_for_suggested(session.scenario, found), "Suggest ranges")
    return found
