"""A row of a form: one field, its editor, and what is wrong with what was typed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from mlflow_cost_desktop.figures import Figures, plural
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.editors import (
    CheckEditor,
    ChoiceEditor,
    MachineEditor,
    NumberEditor,
    SegmentedEditor,
    TextEditor,
    editor_for,
)
from mlflow_cost_desktop.gui.inputs.extras import SetExtra, extras_of
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.lying_over import LyingOver
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.choosers import machine_list
from mlflow_cost_desktop.model.fields.paths import Place

EDITOR_HEIGHT = 30
LABEL_WIDTH = 126
"""Of every form, so that editors stand in one line; longer titles take two lines."""


class Row(QObject):
    """One field: a label, its editor, and what is wrong with what was typed.

    `settled` follows where the typing was ended, by Enter or by leaving the field.
    """

    edited = Signal(str, object)
    extra_asked = Signal(str, str)  # its path, and the key of what more of the number is asked for
    settled = Signal()

    def __init__(self, place: Place, figures: Figures, parent: QWidget) -> None:
        super().__init__(parent)
        self._figures = figures
        spec = place.spec
        self.path = place.path
        self.is_active = False
        self.is_shown: bool | None = None  # until it is first shown
        self._place: Place | None = None
        self._asked: tuple[object, ...] = ()  # what was asked of it last
        self._opened = 0  # which scenario it is of
        self._settled: object = None  # the value from before the present typing
        self._is_restoring = False
        self._refusal: str | None = None  # of the value that is being told at present
        self._is_telling = False
        self.editor = editor_for(spec, figures)
        self.editor.setObjectName(place.path)
        self.label = plain_label("field")
        self.title = spec.title
        self.show_title(spec.title)
        self.label.setBuddy(self.editor)
        self.label.setWordWrap(True)
        self.problem = LyingOver(self.editor, parent)
        self.field = QWidget()
        column = QVBoxLayout(self.field)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.editor)
        column.addStretch(1)  # beside a label of two lines it stays at the top
        unit = f", {plural(0, spec.unit.text)}" if spec.unit else ""
        # "Hours each" stands in the form once for each task.
        of = f" ({place.group[-1]})" if len(place.group) > 1 else ""
        self.editor.setAccessibleName(f"{spec.title}{of}{unit}")
        if isinstance(self.editor, QComboBox):
            name_list(self.editor, f"{spec.title}{of}")
        self._meaning = _meaning(place, figures)
        self._extras: tuple[SetExtra, ...] = ()
        self.editor.edited.connect(self._tell)
        if isinstance(self.editor, MachineEditor):
            self.editor.refused.connect(self._show_problem)
        if isinstance(self.editor, NumberEditor):
            self.editor.refused.connect(self.refuse)
            self.editor.editingFinished.connect(self._leave)
            self.editor.extra_asked.connect(lambda key: self.extra_asked.emit(self.path, key))
        if isinstance(self.editor, NumberEditor | TextEditor):
            self.editor.editingFinished.connect(self.settled)
        self._description = spec.description
        self._explain()

    def _explain(self) -> None:
        """Say what the field means, and what more of it is set."""
        more = [words for _, words in self._extras if words]
        for widget in (self.label, self.editor):
            show_tooltip(widget, "\n".join((self._meaning, *more)))
        self.editor.setAccessibleDescription("\n".join((self._description, *more)))

    def _show_extras(self, extras: tuple[SetExtra, ...]) -> None:
        if isinstance(self.editor, NumberEditor) and extras != self._extras:
            self._extras = extras
            self.editor.show_extras(extras)
            self._explain()

    def measure(self, *, is_below: bool = False) -> None:
        """Take the size of the program's font; the editor stands beside its label, or below."""
        height, width = scaled(EDITOR_HEIGHT), scaled(LABEL_WIDTH)
        if not isinstance(self.editor, SegmentedEditor):
            self.editor.setFixedHeight(height)
        self.label.setFixedWidth(2 * width if is_below else width)
        fit_height(self.label, self.label.width(), least=0 if is_below else height)
        self.label.setMaximumHeight(self.label.minimumHeight())

    def show_title(self, title: str) -> None:
        """Show the title, with "&" before the letter that leads to the editor."""
        self.label.setText(title)
        if isinstance(self.editor, CheckEditor):
            self.editor.setText(title)

    def be_active(self, is_active: bool) -> None:
        """Count for something, or wait for a number that is zero now."""
        self.is_active = is_active
        for widget in (self.label, self.field):
            if widget.isEnabled() != is_active:
                widget.setEnabled(is_active)

    def let_go(self) -> None:
        """Be deleted, with what lies on the page; the form deletes label and editor."""
        self.problem.deleteLater()
        self.deleteLater()

    @property
    def stops(self) -> list[QWidget]:
        """What of the row takes the keyboard."""
        return self.editor.segments if isinstance(self.editor, SegmentedEditor) else [self.editor]

    def _tell(self, value: object) -> None:
        """Tell of an edit; what is put in the place of a refused value is an edit after it."""
        self._is_telling, self._refusal = True, None
        self.edited.emit(self.path, value)
        self._is_telling = False
        if self._refusal is not None:
            self.refuse(self._refusal)

    def show_place(self, place: Place, study: Study) -> None:
        scenario = study.scenario
        asked = study.opened, scenario.growth, scenario.ranges, place
        has_extras = scenario.growth or scenario.ranges  # whose words hang on the whole scenario
        if asked == self._asked and not has_extras and self._is_at_rest:
            return  # an edit asks every row, and changes one
        self._asked = asked
        if study.opened != self._opened:
            self._begin_anew(study)
        if isinstance(self.editor, NumberEditor):
            self._show_extras(extras_of(place, study))
        if not self._is_typing:
            self._settled = place.value
        if self._is_restoring:
            self._place = place  # what was typed stays in sight, beside what is wrong with it
            return
        if self._is_unread and self._place and place.value == self._place.value:
            self._place = place  # until the text is mended, or the number changes elsewhere
            return
        if isinstance(self.editor, ChoiceEditor | SegmentedEditor):
            self.editor.show_market(study, place.path)
        if place == self._place and self.problem.isHidden() and not place.spec.chooser:
            return
        self._place = place
        self.problem.hide()
        if isinstance(self.editor, MachineEditor):
            assert place.spec.chooser  # what made it a list of machines
            machines = machine_list(place.spec.chooser.name, study.scenario)
            self.editor.show_machines(machines, study.price_book)
        self.editor.show_value(place.value)

    @property
    def _is_at_rest(self) -> bool:
        """Whether a number stands here as it was shown last, with nothing wrong beside it."""
        is_number = isinstance(self.editor, NumberEditor)
        return (
            is_number
            and not (self._is_typing or self._is_unread or self._is_restoring)
            and (self.problem.isHidden())
        )

    def _begin_anew(self, study: Study) -> None:
        """Let go of what was typed and not taken: it was meant for another scenario."""
        self._opened, self._place = study.opened, None
        self.problem.hide()
        if isinstance(self.editor, NumberEditor):
            self.editor.forget()

    @property
    def _is_typing(self) -> bool:
        return isinstance(self.editor, NumberEditor) and self.editor.is_typing

    @property
    def _is_unread(self) -> bool:
        return isinstance(self.editor, NumberEditor) and self.editor.is_unread

    def hear_refusal(self, what: str) -> None:
        """Hear that the scenario refused a value, of this row or of another."""
        if self._is_telling:
            self._refusal = what
        else:
            self.refuse(what)

    def refuse(self, what: str) -> None:
        """Say what is wrong with what was typed; what stood there before it stands again.

        A number takes effect key by key: of a refused "5000", "500" must not be left, nor "7"
        of a "720" that is being deleted, about which there is nothing to say yet.
        """
        settled = self._settled
        if self._is_typing:
            self._is_restoring = True
            self.edited.emit(self.path, settled)
            self._is_restoring = False
        self._show_problem(f"{what}; {self._in_words(settled)} stays." if what else "")

    def _in_words(self, value: object) -> str:
        if value is None and self._place and self._place.spec.empty:
            return f"“{self._place.spec.empty.words}”"
        return self._figures.exact(value) if isinstance(value, float) else str(value)

    def _leave(self) -> None:
        if self._place:
            self._settled = self._place.value
            self.editor.show_value(self._place.value)

    def _show_problem(self, text: str) -> None:
        self.problem.say(text)


def fit_height(label: QLabel, width: int, least: int = 0) -> None:
    """Give a text that wraps the height that a width needs."""
    # A form's layout hears of it one event too late.
    label.setMinimumHeight(0)  # which the height for a width is never below
    label.setMinimumHeight(max(label.heightForWidth(width), least))


def _meaning(place: Place, figures: Figures) -> str:
    spec = place.spec
    bounds = ""
    if spec.is_number and spec.lower is not None and spec.upper is not None:
        bounds = f"\nFrom {figures.exact(spec.lower)} to {figures.exact(spec.upper)}."
    return f"{spec.description}{bounds}"
