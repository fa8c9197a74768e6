"""The form of one component and, below it, the arithmetic of its lines."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from mlflow_cost_desktop.figures import write
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.arithmetic import Arithmetic
from mlflow_cost_desktop.gui.inputs.form import SIDE, Form
from mlflow_cost_desktop.gui.inputs.suggestion_line import SuggestionLines
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.stable_height import StableHeight


class ComponentTab(QScrollArea):
    """What the user describes of a component, and how its figures come about.

    Its `offers` are placed by who shows the tab.

    Args:
        name: the component, empty for a tab without lines of its own.
        roots, without: what its form shows; see `Form`.
        above: what stands over the form, and is reached by Tab before it.
    """

    edited = Signal(str, object)
    settled = Signal()  # the typing in a field was ended

    def __init__(
        self,
        name: str,
        roots: Iterable[str],
        without: tuple[str, ...] = (),
        above: Iterable[QWidget] = (),
    ) -> None:
        super().__init__()
        self._name = name
        self.form = Form(roots, without)
        self.arithmetic = Arithmetic()
        self.meaning = plain_label("note")
        self.meaning.setWordWrap(True)
        self.meaning.setContentsMargins(SIDE, 0, SIDE, 8)
        self.meaning.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.meaning.hide()
        inside = QWidget()
        inside.setMinimumWidth(1)  # a name that can't be wrapped is cut, not every field
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(0)
        for widget in (*above, self.form, self.meaning):
            column.addWidget(widget)
        row = QVBoxLayout()
        row.setContentsMargins(16, 4, 16, 0)
        row.addWidget(StableHeight(self.arithmetic))
        column.addLayout(row)
        column.addStretch(1)
        self._column = column
        for form in inside.findChildren(Form):
            form.page = self
            form.settled.connect(self.settled)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields take the keyboard
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._forms = inside.findChildren(Form)
        self._fields, self._window_size = 0, self.size()
        self.verticalScrollBar().valueChanged.connect(self._let_go)
        self.suggestions = SuggestionLines(name, self)  # after the form, as Tab goes
        self.form.edited.connect(self.edited)

    def add_below(self, widget: QWidget) -> None:
        """Put something below the form that is no field."""
        self._column.insertWidget(self._column.indexOf(self.form) + 1, widget)

    def show_problem(self, path: str, text: str) -> None:
        """Say beside a field what is wrong with what was typed."""
        self.form.show_problem(path, text)

    def finish_typing(self) -> None:
        """Take what was typed in a field that has not been left yet."""
        self.form.finish_typing()

    def reveal(self, path: str) -> None:
        """Scroll to a field and give it the keyboard; to the top where it is not shown."""
        editor = self.form.editor_of(path)
        if editor is None:
            self.verticalScrollBar().setValue(0)
            return
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ensureWidgetVisible(editor, 0, 80)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Words below that need another line get it before a layout takes it from the form above,
        # which would be painted so once.
        inside = self.widget()
        if inside is not None and watched is inside and event.type() == QEvent.Type.LayoutRequest:
            needed = inside.heightForWidth(inside.width())
            if needed > inside.height():
                inside.resize(inside.width(), needed)
            fields = sum(form.minimumSizeHint().height() for form in self._forms)
            if fields == self._fields:
                self._hold(needed, self.viewport().height())
            else:  # others are to be seen, by choice
                self._fields = fields
                inside.setMinimumHeight(0)
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        size = self.window().size()
        inside = self.widget()
        if size == self._window_size and inside is not None:  # words around it went
            self._hold(inside.heightForWidth(inside.width()), event.size().height())
        self._window_size = size
        super().resizeEvent(event)

    def _hold(self, needed: int, seen: int) -> None:
        """Keep a page that is scrolled where it is, though less would be below: nothing moves.

        Args:
            needed: px of the page.
            seen: how many of them are seen at once.
        """
        inside, at = self.widget(), self.verticalScrollBar().value()
        least = at + seen if at and at + seen > needed else 0
        if inside is not None and inside.minimumHeight() != least:
            inside.setMinimumHeight(least)

    def _let_go(self) -> None:
        """Whoever scrolls back needs no more room below than that."""
        inside = self.widget()
        if inside is not None and inside.minimumHeight():
            self._hold(inside.heightForWidth(inside.width()), self.viewport().height())

    def show_study(self, study: Study) -> None:
        self.form.show_scenario(study)
        self._show_meaning(study)
        self.suggestions.show_study(study)
        self.arithmetic.show_charges(
            [
                charge
                for charge in study.estimate.charges
                if charge.component == self._name and charge.is_worth_showing
            ],
            study.scenario.currency,
            study.figures,
        )

    def _show_meaning(self, study: Study) -> None:
        """What the chosen way to host means: of some there is nothing else to see."""
        path = f"{self._name}.option"
        said = [write(one.text, study.figures) for one in study.notices if one.path == path]
        self.meaning.setText("\n".join(said))
        self.meaning.setVisible(bool(said))
