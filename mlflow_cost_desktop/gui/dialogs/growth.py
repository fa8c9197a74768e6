"""How an input changes over time: a rule, with what it comes to, from a number's menu or a view."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.analysis.projection import (
    edits_for_plan,
    edits_for_rule,
    first_guess,
    projection,
    without_rule,
)
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import Figures, plural, write
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.figure_field import FigureField, fault_label, show_fault
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.fields.declaration import FieldSpec, specs
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import places, spec_at
from mlflow_cost_desktop.model.growth import (
    CONVENTIONS,
    MOST_MONTHS,
    PRICES,
    FromMonth,
    Growth,
    fault_of,
    keeps_for_months,
)
from mlflow_cost_desktop.model.month_names import month_in_words, next_month
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.reading import UnreadError, read_number
from mlflow_cost_desktop.wording.growth import (
    ends_in_words,
    guess_in_words,
    name_in_words,
    short_name,
)

MOST = 1e12
STEPS_HINT = "7: 8; 13: 10"


class GrowthDialog(QDialog):
    """A rule for an input, or for one that is chosen here.

    Args:
        rule: what stands in it at first; its path is empty where the input is to be chosen.
        tried: what views would be handed after some edits.
        is_new: whether the scenario has no rule for that input.
    """

    rule_chosen = Signal(Growth)
    rule_removed = Signal(str)  # its path

    def __init__(
        self,
        study: Study,
        rule: Growth,
        tried: Callable[[Edits], Study],
        *,
        is_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._study, self._tried = study, tried
        self._figures: Figures = study.figures
        self._first = rule
        self.setObjectName("growth")
        self.setModal(True)
        self.setWindowTitle("Changes over time")
        self._make_fields(rule)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton("&Save", QDialogButtonBox.ButtonRole.AcceptRole)
        self.remove: QPushButton | None = None
        if not is_new:
            self.remove = buttons.addButton("&Remove", QDialogButtonBox.ButtonRole.ResetRole)
            self.remove.clicked.connect(self._remove)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._lay_out(buttons)
        self._show_rule(rule)
        for changed in (
            self.input.currentIndexChanged,
            self.by.currentIndexChanged,
            self.often.currentIndexChanged,
            self.other.currentIndexChanged,
            self.amount.changed,
            self.kept.changed,
            self.steps.textChanged,
        ):
            changed.connect(self._check)
        self._check()
        (self.amount if rule.path else self.input).setFocus()

    def _make_fields(self, rule: Growth) -> None:
        scenario, figures, about = self._study.scenario, self._figures, specs(Growth)
        self.input, self.other = QComboBox(), QComboBox()
        for path in [rule.path] if rule.path else [PRICES, *_numbers(scenario)]:
            self.input.addItem(name_in_words(scenario, path), path)
        for path in _numbers(scenario):
            if not any(one.path == path and one.by == "with" for one in scenario.growth):
                self.other.addItem(name_in_words(scenario, path), path)
        self.by, self.often = QComboBox(), QComboBox()
        for box, name in ((self.by, "by"), (self.often, "per")):
            for choice in about[name].choices:
                box.addItem(about[name].label(choice), choice)
        amount = about["amount"].description
        self.amount = FigureField("Amount", "", amount, figures, upper=MOST, lower=-MOST)
        self.kept = FigureField(
            "Deleted after", "months", about["kept_months"].description, figures,
            upper=float(MOST_MONTHS), lower=1.0, optional=True,
        )  # fmt: skip
        self.steps = QLineEdit()
        self.steps.setPlaceholderText(STEPS_HINT)
        self.steps_problem = fault_label()
        self.outcome = plain_label("note")
        self.problem = fault_label()
        self.guess = first_guess(scenario)
        self.guess_row = QWidget()
        words = plain_label("note")
        words.setWordWrap(True)
        take = QPushButton("&Use this")
        take.setAutoDefault(False)
        take.clicked.connect(self._take_guess)
        row = QHBoxLayout(self.guess_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(words, 1)
        row.addWidget(take)
        if self.guess and self.guess.path == rule.path:
            words.setText(guess_in_words(scenario, self.guess, figures))
        else:
            self.guess_row.hide()
        self.steps.setAccessibleName("Values from given months on")
        show_tooltip(
            self.steps,
            "A month and what holds from it on, as many as you like: 7: 8; 13: 10. In month 1 the "
            "typed value holds.",
        )

    def _lay_out(self, buttons: QDialogButtonBox) -> None:
        self.amount_row = QWidget()
        row = QHBoxLayout(self.amount_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount, 1)
        row.addWidget(self.often)
        self.steps_row = QWidget()
        column = QVBoxLayout(self.steps_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.steps)
        column.addWidget(self.steps_problem)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.form.addRow("&Input", self.input)
        self.form.addRow("&Changes by", self.by)
        self.form.addRow("&Amount", self.amount_row)
        self.form.addRow("&Deleted after", self.kept)
        self.form.addRow("In proportion &to", self.other)
        self.form.addRow("From &month: value", self.steps_row)
        for field, buddy in ((self.amount_row, self.amount), (self.steps_row, self.steps)):
            field.setFocusProxy(buddy)
        for name, box in (
            ("Input", self.input),
            ("Changes by", self.by),
            ("How often", self.often),
            ("In proportion to", self.other),
        ):
            name_list(box, name)
        self.outcome.setWordWrap(True)
        self.outcome.setMinimumHeight(scaled(52))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 12)
        whole.setSpacing(8)
        whole.addWidget(self.guess_row)
        whole.addLayout(self.form)
        whole.addWidget(self.problem)
        whole.addWidget(self.outcome)
        whole.addStretch(1)
        whole.addWidget(buttons)
        self.setMinimumWidth(scaled(480))

    def _show_rule(self, rule: Growth) -> None:
        self.by.setCurrentIndex(self.by.findData(rule.by))
        self.often.setCurrentIndex(self.often.findData(rule.per))
        self.amount.show_figure(rule.amount if rule.amount else None)
        self.kept.show_figure(rule.kept_months)
        self.other.setCurrentIndex(max(self.other.findData(rule.with_path), 0))
        figures = self._figures
        self.steps.setText(
            "; ".join(f"{step.month}: {figures.digits(step.value)}" for step in rule.values)
        )

    def _take_guess(self) -> None:
        if self.guess:
            self._show_rule(self.guess)

    # What is typed

    @property
    def path(self) -> str:
        """The input that changes."""
        return self.input.currentData() or ""

    def rule(self) -> Growth | None:
        """What is typed; none while something is wrong with it."""
        fields: dict[str, object] = {"path": self.path, "by": self.by.currentData()}
        match fields["by"]:
            case "table":
                steps = self._steps()
                if isinstance(steps, str) or not steps:
                    return None
                fields["values"] = steps
            case "with":
                fields["with_path"] = self.other.currentData() or ""
            case _:
                amount, kept = self.amount.figure, self.kept.figure
                if amount is None or (self._has_kept and self.kept.fault):
                    return None
                fields |= {"amount": amount, "per": self.often.currentData()}
                if self._has_kept:
                    fields["kept_months"] = kept
        rule = Growth.model_validate(fields)
        return None if fault_of(self._study.scenario, rule, self._rules) else rule

    @property
    def _rules(self) -> tuple[Growth, ...]:
        return self._study.scenario.growth

    @property
    def _has_kept(self) -> bool:
        """Whether what comes may be deleted after some months."""
        is_monthly = self.by.currentData() == "add" and self.often.currentData() == "month"
        return is_monthly and self.path != PRICES and keeps_for_months(self._spec)

    @property
    def _spec(self) -> FieldSpec:
        return spec_at(self._study.scenario, self.path)

    def _steps(self) -> tuple[FromMonth, ...] | str:
        """The months with their values, or what is wrong with them."""
        found: dict[int, FromMonth] = {}
        for part in filter(None, (part.strip() for part in self.steps.text().split(";"))):
            month, colon, value = part.partition(":")
            if not colon or not month.strip().isdecimal():
                return f"“{part}” is no month with a value; type 7: 8."
            number = int(month)
            if not 2 <= number <= MOST_MONTHS:
                return f"The month must be from 2 to {MOST_MONTHS}."
            if number in found:
                return f"Month {number} stands here twice."
            try:
                figure = read_number(value, self._figures, self._unit)
            except UnreadError as error:
                return f"{error.sentence}."
            found[number] = FromMonth(month=number, value=figure)
        return tuple(found[number] for number in sorted(found))

    @property
    def _unit(self) -> str:
        """In what values are, without the field's own "a month"."""
        if self.path in ("", PRICES):
            return ""
        unit = self._spec.unit
        return plural(0, unit.text) if unit else ""

    # What follows from it

    def _check(self) -> None:
        by = self.by.currentData()
        is_price = self.path == PRICES
        if is_price and (by != "percent" or self.often.currentData() != "year"):
            self.by.setCurrentIndex(self.by.findData("percent"))
            self.often.setCurrentIndex(self.often.findData("year"))
            by = "percent"
        self.by.setEnabled(not is_price)
        self.often.setEnabled(not is_price)
        for field, is_shown in (
            (self.amount_row, by in ("add", "percent")),
            (self.kept, self._has_kept),
            (self.other, by == "with"),
            (self.steps_row, by == "table"),
        ):
            self.form.setRowVisible(field, is_shown)
        unit = "%" if by == "percent" else self._unit
        if self.amount.unit.text() != unit:
            self.amount.blockSignals(True)
            self.amount.ask_in(unit)
            self.amount.blockSignals(False)
        steps = self._steps() if by == "table" else ""
        show_fault(self.steps_problem, steps if isinstance(steps, str) else "")
        rule = self.rule()
        self.use.setEnabled(rule is not None)
        show_fault(self.problem, "" if rule else self._fault())
        self.outcome.setText(self._outcome(rule) if rule else "")

    def _fault(self) -> str:
        """Why the rule can't be followed, where what is typed can be read."""
        if self.by.currentData() != "with":
            return ""
        rule = Growth(path=self.path, by="with", with_path=self.other.currentData() or "")
        fault = fault_of(self._study.scenario, rule, self._rules)
        return f"{fault[:1].upper()}{fault[1:]}." if fault else ""

    def _outcome(self, rule: Growth) -> str:
        """What the input and all months come to with the rule, and without."""
        before, figures = self._study, self._figures
        try:
            after = self._tried(_edits(before, rule))
        except UserError as error:
            return write(error.title, figures)
        grown = projection(after.scenario, after.price_book)
        first, last = ends_in_words(grown, rule, figures)
        end = month_in_words(after.scenario.start, grown.months)
        start = month_in_words(after.scenario.start, 1)
        currency = before.scenario.currency
        others = before.scenario.model_copy(update={"growth": without_rule(self._rules, rule.path)})
        now = projection(others, before.price_book).effective_total
        return (
            f"{short_name(after.scenario, rule.path)}: {first} in {start}, {last} in {end}.\n"
            f"All {grown.months} months then cost "
            f"{currency.dollars(grown.effective_total, figures)}; without this change "
            f"{currency.dollars(now, figures)}."
        )

    def _remove(self) -> None:
        self.rule_removed.emit(self._first.path)
        self.reject()

    def accept(self) -> None:
        rule = self.rule()
        if rule:
            self.rule_chosen.emit(rule)
            super().accept()


def _numbers(scenario: Scenario) -> list[str]:
    """The inputs that may change, and mean something at present."""
    return [
        place.path
        for place in places(scenario)
        if place.active
        and place.spec.is_number
        and place.value is not None
        and place.path not in CONVENTIONS
    ]


def _edits(study: Study, rule: Growth) -> Edits:
    return edits_for_rule(study.scenario, rule, next_month(date.today().isoformat()))


def change_over_time(session: Session, parent: QWidget, path: str = "") -> None:
    """Open the dialog for an input's rule, a new one where it has none.

    Args:
        path: empty where the input is to be chosen in the dialog.
    """
    rules = session.scenario.growth
    known = next((rule for rule in rules if rule.path == path), None)
    # A path is needed for a rule; one without is made where none is chosen yet.
    rule = known or Growth.model_construct(path=path)
    _open(session, parent, rule, is_new=known is None)


def take_guess(session: Session, parent: QWidget) -> None:
    """Open the dialog with the first guess of how artifacts grow."""
    guess = first_guess(session.scenario)
    if guess:
        _open(session, parent, guess, is_new=True)


def remove_rule(session: Session, path: str) -> None:
    """Let an input stay as it is typed."""
    scenario = session.scenario
    edits = Edits.proposed(scenario, [("growth", without_rule(scenario.growth, path))])
    session.apply(edits, f"Remove change over time ({short_name(scenario, path)})")


def _open(session: Session, parent: QWidget, rule: Growth, *, is_new: bool) -> None:
    # A plan of the program is in the scenario once one of its prices is to change.
    copied = edits_for_plan(session.scenario, rule.path, session.plans)
    study = session.tried(copied) if copied else session.study
    dialog = GrowthDialog(
        study, rule, lambda edits: session.tried(copied + edits), is_new=is_new, parent=parent
    )

    def change(chosen: Growth) -> None:
        name = short_name(study.scenario, chosen.path)
        session.apply(copied + _edits(study, chosen), f"Change over time ({name})")

    dialog.rule_chosen.connect(change)
    dialog.rule_removed.connect(lambda path: remove_rule(session, path))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
