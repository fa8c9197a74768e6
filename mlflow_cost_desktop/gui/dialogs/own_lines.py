"""Your lines: what no part of the model foresees, added in the table and listed in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.dialogs.list_dialog import ListDialog
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.figure_field import FigureField, fault_label, show_fault
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.declaration import FieldSpec, specs
from mlflow_cost_desktop.model.own import OwnLine, fresh_id
from mlflow_cost_desktop.wording.prices import arithmetic


class LineDialog(QDialog):
    """A line of the user's own: name, part, and a quantity at a rate or a percentage of parts.

    Args:
        line: what stands in it at first.
        terms: the open scenario's, for the arithmetic below the fields.
        others: the lines that a percentage is taken of.
        title: what is being done, for the window's title.
    """

    line_chosen = Signal(OwnLine)

    def __init__(
        self,
        line: OwnLine,
        terms: Terms,
        others: Sequence[Charge],
        title: str,
        study: Study,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        figures = study.figures
        self._before, self._terms = line, terms
        self._currency, self._figures = study.scenario.currency, figures
        self._others = others
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        fields = specs(OwnLine)
        upper = float(fields["quantity"].upper or 0.0)
        self.name = QLineEdit(line.name)
        self.name.setMaxLength(int(fields["name"].max_length or 0))
        self.name_problem = fault_label()
        self.component = _choice(fields["component"])
        self.by = _choice(fields["by"])
        about = fields["quantity"].description
        self.quantity = FigureField("Quantity", "", about, figures, upper=upper)
        self.unit = QLineEdit(line.unit)
        self.unit.setMaxLength(int(fields["unit"].max_length or 0))
        self.unit_problem = fault_label()
        about = fields["usd"].description
        self.rate = FigureField("Rate", "$ a unit", about, figures, upper=upper)
        self.period = _choice(fields["period"])
        about, most = fields["percent"].description, float(fields["percent"].upper or 0.0)
        self.percent = FigureField("Percentage", "%", about, figures, upper=most)
        self.parts = {part: QCheckBox(name) for part, name in COMPONENTS.items()}
        self.plan = _choice(fields["plan"])
        self.outcome = plain_label("note")
        self.outcome.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton("&Save line", QDialogButtonBox.ButtonRole.AcceptRole)
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&Name", _stacked(self.name, self.name_problem))
        form.addRow("&Part", self.component)
        form.addRow("&Given by", self.by)
        form.addRow("&Quantity", self.quantity)
        unit = _stacked(self.unit, self.unit_problem)
        form.addRow("&Unit", unit)
        form.addRow("&Rate", self.rate)
        form.addRow("P&eriod", self.period)
        form.addRow("Per&centage", self.percent)
        for at, box in enumerate(self.parts.values()):
            form.addRow("" if at else "Of", box)
        form.addRow("S&upport plan", self.plan)
        self._rows: dict[str, list[QWidget]] = {
            "quantity": [self.quantity, unit, self.rate, self.period],
            "percent": [self.percent, *self.parts.values()],
            "support": [self.plan],
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(self.outcome)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(scaled(420))
        for name, widget in (
            ("component", self.component),
            ("by", self.by),
            ("unit", self.unit),
            ("period", self.period),
            ("plan", self.plan),
        ):
            widget.setAccessibleName(fields[name].title)
            show_tooltip(widget, fields[name].description)
        self.name.setAccessibleName("Name")
        for part, box in self.parts.items():
            box.setAccessibleName(fields[f"of_{part}"].title)
            show_tooltip(box, fields[f"of_{part}"].description)
            box.setChecked(getattr(line, f"of_{part}"))
            box.toggled.connect(self._check)
        for chooser, chosen in (
            (self.component, line.component),
            (self.by, line.by),
            (self.period, line.period),
            (self.plan, line.plan),
        ):
            chooser.setCurrentIndex(chooser.findData(chosen))
            chooser.currentIndexChanged.connect(self._check)
        self.percent.show_figure(line.percent)
        self.quantity.show_figure(line.quantity)
        self.rate.show_figure(line.usd)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for changed in (
            self.name.textChanged,
            self.unit.textChanged,
            self.quantity.changed,
            self.rate.changed,
            self.percent.changed,
        ):
            changed.connect(self._check)
        self._check()
        self.name.selectAll()

    def line(self) -> OwnLine | None:
        """What is typed; none while something is wrong with it."""
        by, before = self.by.currentData(), self._before
        quantity, rate, percent = self.quantity.figure, self.rate.figure, self.percent.figure
        name, unit = self.name.text().strip(), self.unit.text().strip()
        # What is wrong in a row out of sight is no fault: what stood there is kept.
        if by != "quantity":
            quantity = before.quantity if quantity is None else quantity
            rate = before.usd if rate is None else rate
            unit = unit or before.unit
        if by != "percent":
            percent = before.percent if percent is None else percent
        if quantity is None or rate is None or percent is None or not name or not unit:
            return None
        of = {f"of_{part}": box.isChecked() for part, box in self.parts.items()}
        return OwnLine(
            id=before.id,
            name=name,
            component=self.component.currentData(),
            by=by,
            quantity=quantity,
            unit=unit,
            usd=rate,
            period=self.period.currentData(),
            percent=percent,
            plan=self.plan.currentData(),
            **of,
        )

    def _check(self) -> None:
        for by, widgets in self._rows.items():
            for widget in widgets:
                self._form.setRowVisible(widget, by == self.by.currentData())
        # The unit is asked for where the rate is a price of one.
        unit = self.unit.text().strip()
        self.rate.show_unit(f"$ / {unit or 'unit'}")
        show_fault(self.name_problem, "" if self.name.text().strip() else "A line needs a name.")
        show_fault(self.unit_problem, "" if unit else "Say what is counted.")
        line = self.line()
        self.use.setEnabled(line is not None)
        self.outcome.setText(self._arithmetic(line) if line else "")

    def _arithmetic(self, line: OwnLine) -> str:
        found = [
            part
            for charge in line.charges(self._terms, self._others)
            for part in charge.by_tier(line.component, 0.0)
        ]
        shown = [part for part in found if part.is_worth_showing] or found[:1]
        texts = (arithmetic(part, self._currency, self._figures) for part in shown)
        return "\n".join(f"{text} a month" for text in texts)

    def accept(self) -> None:
        line = self.line()
        if line:
            self.line_chosen.emit(line)
            super().accept()


def _choice(field: FieldSpec) -> QComboBox:
    chooser = QComboBox()
    for choice in field.choices:
        chooser.addItem(field.label(choice), choice)
    return chooser


def _stacked(editor: QWidget, problem: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(editor)
    column.addWidget(problem)
    holder.setFocusProxy(editor)
    return holder


def _line(session: Session, line_id: str) -> OwnLine | None:
    return next((line for line in session.scenario.own_lines if line.id == line_id), None)


def _terms(session: Session) -> Terms:
    return session.scenario.terms(session.study.price_book)


def _others(session: Session) -> list[Charge]:
    """The lines that follow no others."""
    follow = {line.id for line in session.scenario.own_lines if line.is_percentage}
    charges = session.study.estimate.charges
    return [c for c in charges if c.origin != "own_line" or c.group not in follow]


def _ids(lines: Iterable[OwnLine]) -> set[str]:
    return {line.id for line in lines}


def add_line(session: Session, parent: QWidget, component: str) -> None:
    """Open the dialog for a new line in a part of the estimate."""
    new = OwnLine.model_validate({"id": "new", "name": "Your line", "component": component})
    title = "Add a line of your own"
    dialog = LineDialog(new, _terms(session), _others(session), title, session.study, parent)

    def add(line: OwnLine) -> None:
        lines = session.scenario.own_lines
        made = line.model_copy(update={"id": fresh_id(line.name, _ids(lines))})
        session.edit("own_lines", (*lines, made), f"Add {line.name}")

    dialog.line_chosen.connect(add)
    dialog.open()


def edit_line(session: Session, parent: QWidget, line_id: str) -> None:
    """Open the dialog for one of the user's lines."""
    line = _line(session, line_id)
    if line is None:
        return
    title = "Your line"
    dialog = LineDialog(line, _terms(session), _others(session), title, session.study, parent)

    def change(changed: OwnLine) -> None:
        lines = tuple(changed if one.id == line_id else one for one in session.scenario.own_lines)
        session.edit("own_lines", lines, f"Your line ({changed.name})")

    dialog.line_chosen.connect(change)
    dialog.open()


def duplicate_line(session: Session, line_id: str) -> None:
    """Put a copy of a line behind it."""
    line = _line(session, line_id)
    if line is None:
        return
    lines = session.scenario.own_lines
    name = f"{line.name[:73]} (copy)"
    copy = line.model_copy(update={"id": fresh_id(name, _ids(lines)), "name": name})
    at = lines.index(line) + 1
    session.edit("own_lines", (*lines[:at], copy, *lines[at:]), f"Duplicate {line.name}")


def remove_line(session: Session, line_id: str) -> None:
    line = _line(session, line_id)
    if line:
        rest = tuple(one for one in session.scenario.own_lines if one.id != line_id)
        session.edit("own_lines", rest, f"Remove {line.name}")


def _amount(line: OwnLine, figures: Figures) -> tuple[str, str]:
    """Quantity and rate of a line, or what it is a part of."""
    if line.by == "quantity":
        return (
            figures.quantity(line.quantity, line.unit),
            f"{figures.unit_price(line.usd)} / {line.unit}",
        )
    if line.by == "support":
        return "What the provider bills", f"{specs(OwnLine)['plan'].label(line.plan)} support"
    return ", ".join(COMPONENTS[part] for part in line.parts), f"{figures.exact(line.percent)} %"


class LinesDialog(ListDialog):
    """All of the user's own lines."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session,
            parent,
            "Your lines",
            "Lines that no part of the program foresees, such as a firewall, a support plan or a "
            "tax. They are never discounted.",
            "No line of your own.",
            ("Line", "Part", "Quantity", "Rate", "Period"),
        )
        self.add_button("&Add…", self._add, needs_item=False)
        self.add_button("&Edit…", self._edit)
        self.add_button("&Duplicate", self._duplicate)
        self.add_button("&Remove", self._remove)
        self.list.itemActivated.connect(lambda *_: self._edit())
        self.show_study(session.study)

    def rows_of(self, study: Study) -> list[tuple[str, tuple[str, ...]]]:
        fields = specs(OwnLine)
        return [
            (
                line.id,
                (
                    line.name,
                    COMPONENTS[line.component],
                    *_amount(line, study.figures),
                    fields["period"].label(line.period if line.by == "quantity" else "month"),
                ),
            )
            for line in study.scenario.own_lines
        ]

    def _add(self) -> None:
        line = _line(self.session, self.key)
        add_line(self.session, self, line.component if line else next(iter(COMPONENTS)))

    def _edit(self) -> None:
        edit_line(self.session, self, self.key)

    def _duplicate(self) -> None:
        duplicate_line(self.session, self.key)

    def _remove(self) -> None:
        remove_line(self.session, self.key)
