"""How an input changes over time: a rule, with what it comes to, from a number's menu or a view."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mlflow_cost_desktop.analysis.projection import (
    Projection,
    edits_for_rule,
    first_guess,
    projection,
    without_rule,
)
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import at_least, write
from mlflow_cost_desktop.gui.dialogs.number_dialog import (
    NumberDialog,
    Tried,
    list_choices,
    list_inputs,
    open_dialog,
    prepared,
)
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.figure_field import FigureField, fault_label, show_fault
from mlflow_cost_desktop.gui.toolkit.labels import show_tooltip
from mlflow_cost_desktop.gui.toolkit.typed_list import NamedList
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.growth import (
    MOST_MONTHS,
    PRICES,
    FromMonth,
    Growth,
    fault_of,
    keeps_for_months,
    numbers_that_count,
)
from mlflow_cost_desktop.model.month_names import month_in_words, next_month
from mlflow_cost_desktop.reading import UnreadError, read_number
from mlflow_cost_desktop.wording.growth import (
    ends_in_words,
    guess_in_words,
    short_name,
)

STEPS_HINT = "7: 8; 13: 10"


class GrowthDialog(NumberDialog):
    """A rule for an input, or for one that is chosen here.

    Args:
        rule: what stands in it at first; its path is empty where the input is to be chosen.
        tried: what views would be handed after some edits.
        is_new: whether the scenario has no rule for that input.
    """

    def __init__(
        self,
        study: Study,
        rule: Growth,
        tried: Tried,
        *,
        is_new: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("growth", "Changes over time", study, tried, parent)
        self._make_fields(rule)
        self._add_rows()
        self._lay_out(can_remove=not is_new)
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
        numbers = [place.path for place in numbers_that_count(scenario)]
        self._list_inputs([rule.path] if rule.path else [PRICES, *numbers])
        self.other = NamedList()
        self.other.refused.connect(self._refuse)
        followers = {one.path for one in scenario.growth if one.by == "with"}
        list_inputs(self.other, scenario, (path for path in numbers if path not in followers))
        self.by, self.often = QComboBox(), QComboBox()
        list_choices(self.by, Growth, "by")
        list_choices(self.often, Growth, "per")
        self.amount = self._figure("Amount", about["amount"].description)
        self.kept = FigureField(
            "Deleted after", "months", about["kept_months"].description, figures,
            upper=float(MOST_MONTHS), lower=1.0, optional=True,
        )  # fmt: skip
        self.kept.line.setPlaceholderText("kept for good")
        self.steps = QLineEdit()
        self.steps.setPlaceholderText(STEPS_HINT)
        self.steps_problem = fault_label()
        self.guess = first_guess(scenario)
        if self.guess and self.guess.path == rule.path:
            self.offered.setText(guess_in_words(scenario, self.guess, figures))
        else:
            self.offer_row.hide()
        self.steps.setAccessibleName("Values from given months on")
        show_tooltip(
            self.steps,
            "A month and what holds from it on, as many as you like: 7: 8; 13: 10. In month 1 the "
            "typed value holds.",
        )

    def _add_rows(self) -> None:
        self.amount_row = QWidget()
        row = QHBoxLayout(self.amount_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount, 1)
        row.addWidget(self.often, 0, Qt.AlignmentFlag.AlignTop)  # a fault stands below the amount
        self.steps_row = QWidget()
        column = QVBoxLayout(self.steps_row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.steps)
        column.addWidget(self.steps_problem)
        self.form.addRow("&Changes by", self.by)
        self.form.addRow("&Amount", self.amount_row)
        self.form.addRow("&Deleted after", self.kept)
        self.form.addRow("In proportion &to", self.other)
        self.form.addRow("From &month: value", self.steps_row)
        for field, buddy in ((self.amount_row, self.amount), (self.steps_row, self.steps)):
            field.setFocusProxy(buddy)
        for name, box in (
            ("Changes by", self.by),
            ("How often", self.often),
            ("In proportion to", self.other),
        ):
            name_list(box, name)

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

    def _take_offer(self) -> None:
        if self.guess:
            self._show_rule(self.guess)

    # What is typed

    def value(self) -> Growth | None:
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
        rule = self.value()
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
        now = projection(others, before.price_book)

        def dollars(of: Projection) -> str:
            return at_least(currency.dollars(of.effective_total, figures), of.unpriced)

        name = short_name(after.scenario, rule.path)
        is_yearly = rule.by in ("add", "percent") and rule.per == "year"
        steps = ", in a step every 12 months" if is_yearly else ""
        return (
            f"{name}: {first} in {start}, {last} in {end}{steps}.\n"
            f"All {grown.months} months then cost "
            f"{dollars(grown)}; without this change {dollars(now)}."
        )


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
    copied, study, tried = prepared(session, rule.path)

    def change(chosen: Growth) -> None:
        name = short_name(study.scenario, chosen.path)
        session.apply(copied + _edits(study, chosen), f"Change over time ({name})")

    dialog = GrowthDialog(study, rule, tried, is_new=is_new, parent=parent)
    open_dialog(dialog, change, lambda path: remove_rule(session, path))
