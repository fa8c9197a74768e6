"""A form laid out from a model's own fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

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
from mlflow_cost_desktop.gui.toolkit.file_drop import let_files_pass
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.tab_order import reach_after
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.toolkit.window_keys import leave_to_window
from mlflow_cost_desktop.model.choosers import machine_list
from mlflow_cost_desktop.model.fields.paths import Place, places_at
from mlflow_cost_desktop.model.scenario import Scenario

MNEMONICS = frozenset("ABCDGIJKLMNOQRSTUWXYZ")
"""Letters for Alt: all but those of the menus File, Edit, View, Prices and Help."""

EDITOR_HEIGHT = 30
LABEL_WIDTH = 126
"""Of every form, so that editors stand in one line; longer titles take two lines."""

SIDE = 16
"""Pixels left and right of a form."""

LEAST_WIDTH = 388
"""Of the panel that forms stand in."""

NARROW = 320
"""Of a form, for a font of the usual size, from which on labels stand above their editors."""


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
        self.problem = plain_label("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        self.field = QWidget()
        column = QVBoxLayout(self.field)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        column.addWidget(self.problem)
        column.addStretch(1)  # beside a label of two lines it stays where a problem would leave it
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
        _fit_height(self.label, self.label.width(), least=0 if is_below else height)
        self.label.setMaximumHeight(self.label.minimumHeight())  # beside the editor, not a problem

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
        if study.opened != self._opened:
            self._begin_anew(study)
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
        self.problem.setText(text)
        if text:
            _fit_height(self.problem, self.editor.width())
        self.problem.setVisible(bool(text))


@dataclass(slots=True)
class Part:
    """Rows below one heading and its note, which are made once they are needed."""

    title: str
    note: str
    paths: list[str] = field(default_factory=list[str])
    labels: list[QLabel] = field(default_factory=list[QLabel])
    is_shown: bool | None = None  # until it is first shown


class Form(QWidget):
    """The inputs below some paths of the scenario, in sections.

    Args:
        roots: paths of groups of fields, or of single fields, in the order of the form; a field
            stands where it is first named.
        without: lists below the roots whose items have a form of their own.
    """

    edited = Signal(str, object)
    extra_asked = Signal(str, str)  # a number's path, and the key of what more of it is asked for
    settled = Signal()  # the typing in a field was ended

    def __init__(self, roots: Iterable[str], without: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._roots = tuple(roots)
        self._without = tuple(f"{path}." for path in without)
        self._shape: list[tuple[str, tuple[str, ...], str]] = []
        self._parts: list[Part] = []
        self._rows: dict[str, Row] = {}
        self.page: QWidget | None = None
        """What is scrolled together with the form, where that is less than the window."""
        self.mnemonics: set[str] = set()
        self._is_narrow = False
        self._layout = QFormLayout(self)
        self._layout.setContentsMargins(SIDE, 12, SIDE, 16)
        self._layout.setHorizontalSpacing(8)
        self._layout.setVerticalSpacing(8)
        self._layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def show_scenario(self, study: Study) -> None:
        """Show the scenario's values.

        A row is made when it is first to be shown, and anew only when the form is about other
        fields: most belong to options that are never chosen.
        """
        here = {place.path: place for place in self._places(study.scenario)}
        shape = [(place.path, place.group, place.note) for place in here.values()]
        if shape != self._shape:
            self._shape = shape
            self._begin_anew(here.values())
        had_mnemonics = self._active_rows
        at = 0  # where in the layout the next row stands
        before: QWidget = self  # what Tab comes to before it
        for part in self._parts:
            is_shown = any(here[path].shown for path in part.paths)
            if is_shown and not part.labels:
                self._insert_labels(at, part)
            if part.is_shown != is_shown:
                part.is_shown = is_shown
                for label in part.labels:
                    self._layout.setRowVisible(label, is_shown)
            at += len(part.labels)
            for path in part.paths:
                place = here[path]
                if place.shown and path not in self._rows:
                    self._insert_row(at, place, study.figures, before)
                row = self._rows.get(path)
                if row is None:
                    continue
                at += 1
                before = row.stops[-1]
                row.show_place(place, study)
                row.be_active(place.active)
                # Not `isRowVisible`: a row made in a form on the screen is hidden until later.
                if row.is_shown != place.shown:
                    row.is_shown = place.shown
                    self._layout.setRowVisible(row.field, place.shown)
        if had_mnemonics != self._active_rows:
            self._give_mnemonics()

    @property
    def _active_rows(self) -> list[str]:
        return [path for path, row in self._rows.items() if row.is_active]

    def show_roots(self, roots: Iterable[str]) -> None:
        """Take up other inputs, from the next `show_scenario` on."""
        self._roots = tuple(roots)

    def show_problem(self, path: str, text: str) -> None:
        """Say beside a field what is wrong with what was typed."""
        if path in self._rows:
            self._rows[path].hear_refusal(text)

    @property
    def rows(self) -> Mapping[str, Row]:
        """The rows that were made so far, by the paths of their fields."""
        return self._rows

    def finish_typing(self) -> None:
        """Take what was typed in a field that has not been left yet; numbers are read at once."""
        for row in list(self._rows.values()):  # an edit may show rows that were not there
            if isinstance(row.editor, MachineEditor):
                row.editor.finish()

    def editor_of(self, path: str) -> QWidget | None:
        """The editor of a field, none where the form does not show it at present."""
        row = self._rows.get(path)
        return row.editor if row and row.is_active else None

    def _places(self, scenario: Scenario) -> Iterator[Place]:
        seen: set[str] = set()
        for root in self._roots:
            for place in places_at(scenario, root):
                # A choice of one is none: it appears with its second option.
                if len(place.spec.choices) == 1 or place.path.startswith(self._without):
                    continue
                if place.path not in seen:
                    seen.add(place.path)
                    yield place

    def _begin_anew(self, here: Iterable[Place]) -> None:
        while self._layout.rowCount():
            self._layout.removeRow(0)
        for row in self._rows.values():
            row.deleteLater()
        self._rows = {}
        self._parts = []
        group: tuple[str, ...] = ()
        for place in here:
            section, note = place.spec.section, ""
            title = section.title if section else ""
            if len(place.group) > 1 and place.group != group:
                title, note = place.group[-1], place.note
            if section:
                note = note or section.note
            group = place.group
            if title or not self._parts:  # what comes first may speak for itself
                self._parts.append(Part(title, note))
            self._parts[-1].paths.append(place.path)

    def _insert_labels(self, at: int, part: Part) -> None:
        if part.title:
            heading = plain_label("section")
            heading.setText(part.title)
            heading.setContentsMargins(0, 8 if part is not self._parts[0] else 0, 0, 0)
            part.labels.append(heading)
        if part.note:
            note = plain_label("note")
            note.setWordWrap(True)
            note.setText(part.note)
            part.labels.append(note)
            _fit_height(note, max(self.width(), LEAST_WIDTH) - 2 * SIDE)
        for below, label in enumerate(part.labels):
            self._layout.insertRow(at + below, label)

    def _insert_row(self, at: int, place: Place, figures: Figures, before: QWidget) -> None:
        row = Row(place, figures, self)
        row.measure(is_below=self._is_narrow)
        row.edited.connect(self.edited)
        row.extra_asked.connect(self.extra_asked)
        row.settled.connect(self.settled)
        row.editor.installEventFilter(self)
        let_files_pass(row.editor)
        if isinstance(row.editor, SegmentedEditor | CheckEditor):
            row.label.hide()  # segments and boxes say it themselves
            self._layout.insertRow(at, row.field)
        else:
            self._layout.insertRow(at, row.label, row.field)
        # In reading order, though the row is made after all other widgets were.
        reach_after(before, row.stops)
        self._rows[place.path] = row

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._measure)  # after its widgets changed too

    def _measure(self) -> None:
        """Take the size of the program's font; where they are large, labels stand on top."""
        self._is_narrow = self.width() < scaled(NARROW)
        wrap = QFormLayout.RowWrapPolicy
        self._layout.setRowWrapPolicy(wrap.WrapAllRows if self._is_narrow else wrap.DontWrapRows)
        for row in self._rows.values():
            row.measure(is_below=self._is_narrow)
        self._fit_notes()

    def _fit_notes(self) -> None:
        for part in self._parts:
            for label in part.labels:
                if label.wordWrap():
                    _fit_height(label, self.width() - 2 * SIDE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._is_narrow != (self.width() < scaled(NARROW)):
            self._measure()
        else:
            self._fit_notes()
        super().resizeEvent(event)

    @property
    def _rows_in_order(self) -> list[Row]:
        return [self._rows[path] for path, *_ in self._shape if path in self._rows]

    def _give_mnemonics(self) -> None:
        """Let each row that is shown have the first letter of its title that is still free."""
        page = self.page or self.window()
        others = (form.mnemonics for form in page.findChildren(Form) if form is not self)
        buttons = (
            button.text().partition("&")[2][:1].upper()
            for button in page.findChildren(QAbstractButton)
            if not self.isAncestorOf(button)
        )
        free = MNEMONICS.difference(*others, buttons)
        self.mnemonics = set()
        for row in self._rows_in_order:
            title = row.title.replace("&", "&&")
            at = next((i for i, one in enumerate(title.upper()) if one in free), None)
            if row.is_active and at is not None:
                self.mnemonics.add(title[at].upper())
                free -= self.mnemonics
                title = f"{title[:at]}&{title[at:]}"
            row.show_title(title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Scrolling through the form must not change the numbers under the pointer.
        is_wheel = event.type() == QEvent.Type.Wheel
        if is_wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        if leave_to_window(event):
            return True
        return super().eventFilter(watched, event)


def _fit_height(label: QLabel, width: int, least: int = 0) -> None:
    # A form's layout hears of the height that a width needs one event too late.
    label.setMinimumHeight(0)  # which the height for a width is never below
    label.setMinimumHeight(max(label.heightForWidth(width), least))


def _meaning(place: Place, figures: Figures) -> str:
    spec = place.spec
    bounds = ""
    if spec.is_number and spec.lower is not None and spec.upper is not None:
        bounds = f"\nFrom {figures.exact(spec.lower)} to {figures.exact(spec.upper)}."
    return f"{spec.description}{bounds}"
