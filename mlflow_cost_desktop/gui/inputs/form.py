"""A form laid out from a model's own fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFormLayout, QLabel, QWidget

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.editors import CheckEditor, MachineEditor, SegmentedEditor
from mlflow_cost_desktop.gui.inputs.form_row import Row, fit_height
from mlflow_cost_desktop.gui.toolkit.file_drop import let_files_pass
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.tab_order import reach_after
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.gui.toolkit.window_keys import leave_to_window
from mlflow_cost_desktop.model.fields.paths import Place, origin_of, places_at
from mlflow_cost_desktop.model.scenario import Scenario

MNEMONICS = frozenset("ABCDGIJKLMNOQRSTUWXYZ")
"""Letters for Alt: all but those of the menus File, Edit, View, Prices and Help."""

SIDE = 16
"""Pixels left and right of a form."""

LEAST_WIDTH = 388
"""Of the panel that forms stand in."""

NARROW = 320
"""Of a form, for a font of the usual size, from which on labels stand above their editors."""


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
        self._before: dict[str, tuple[object, tuple[Place, ...]]] = {}
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
        # Once at the end: by itself every row that comes or goes lays out all rows anew.
        self._layout.setEnabled(False)
        self._show_rows(here, study)
        self._layout.setEnabled(True)
        if had_mnemonics != self._active_rows:
            self._give_mnemonics()

    def _show_rows(self, here: Mapping[str, Place], study: Study) -> None:
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
            for place in self._below(scenario, root):
                # A choice of one is none: it appears with its second option.
                if len(place.spec.choices) == 1 or place.path.startswith(self._without):
                    continue
                if place.path not in seen:
                    seen.add(place.path)
                    yield place

    def _below(self, scenario: Scenario, root: str) -> tuple[Place, ...]:
        """The inputs below a root: those of before, where the edit was of something else."""
        origin = origin_of(scenario, root)
        origin_before, found = self._before.get(root, (None, ()))
        if origin is not origin_before:
            found = tuple(places_at(scenario, root))
            self._before[root] = origin, found
        return found

    def _begin_anew(self, here: Iterable[Place]) -> None:
        while self._layout.rowCount():
            self._layout.removeRow(0)
        for row in self._rows.values():
            row.let_go()
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
            fit_height(note, max(self.width(), LEAST_WIDTH) - 2 * SIDE)
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
                    fit_height(label, self.width() - 2 * SIDE)

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
