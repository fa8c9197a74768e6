"""How an input changes over time: a rule, with what it comes to, from a number's menu or a view."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from mlflow_cost_desktop.analysis.projection import (
    edits_for_rule,
    first_guess,
    projection,
    without_rule,
)
from mlflow_cost_desktop.analysis.sweep import USERS
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import write
from mlflow_cost_desktop.gui.dialogs.growth_goal import GoalRow
from mlflow_cost_desktop.gui.dialogs.growth_steps import StepsField
from mlflow_cost_desktop.gui.dialogs.number_dialog import (
    MOST,
    NumberDialog,
    Tried,
    list_choices,
    list_inputs,
    open_dialog,
    prepared,
)
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.figure_field import FigureField, show_fault
from mlflow_cost_desktop.gui.toolkit.typed_list import NamedList
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.fields.edits import Edits
from mlflow_cost_desktop.model.fields.paths import get
from mlflow_cost_desktop.model.growth import (
    MOST_MONTHS,
    PRICES,
    Growth,
    amount_to_reach,
    doubles_after,
    fault_of,
    keeps_for_months,
    numbers_that_count,
)
from mlflow_cost_desktop.model.month_names import next_month
from mlflow_cost_desktop.wording.change_outcome import caution_in_words, outcome_in_words
from mlflow_cost_desktop.wording.growth import guess_in_words, short_name
from mlflow_cost_desktop.wording.meant_amounts import shared_out, shortened


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
        self._by = self._often = ""  # what the user has chosen of them here
        self._other = ""  # what is offered of what an input can follow
        self._meant = "", 0.0  # an amount that its text has not all digits of
        self._make_fields(rule)
        self._add_rows()
        self._lay_out(can_remove=not is_new)
        self._show_rule(rule)
        self._connect()
        if is_new and not rule.amount:
            self._suit_input()
        self._check()
        (self.amount if rule.path else self.input).setFocus()

    def _connect(self) -> None:
        self.by.activated.connect(self._keep_by)
        self.often.activated.connect(self._keep_often)
        self.amount.line.textEdited.connect(self.goal.clear)
        self.input.currentIndexChanged.connect(self._suit_input)
        self.by.currentIndexChanged.connect(self._suit_often)
        for changed in (
            self.input.currentIndexChanged,
            self.by.currentIndexChanged,
            self.often.currentIndexChanged,
            self.other.currentIndexChanged,
            self.amount.changed,
            self.goal.changed,
            self.ends.changed,
            self.kept.changed,
            self.steps.changed,
        ):
            changed.connect(self._check)

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
        self.goal, self._goal_fault = GoalRow(figures), ""
        self.ends = FigureField(
            "Ends after", "months", about["until_month"].description, figures,
            upper=float(MOST_MONTHS - 1), lower=1.0, optional=True,
        )  # fmt: skip
        self.ends.line.setPlaceholderText("goes on")
        self.kept = FigureField(
            "Deleted after", "months", about["kept_months"].description, figures,
            upper=float(MOST_MONTHS), lower=1.0, optional=True,
        )  # fmt: skip
        self.kept.line.setPlaceholderText("kept for good")
        self.steps = StepsField(figures)
        self.guess = first_guess(scenario)
        if self.guess and self.guess.path == rule.path:
            self.offered.setText(guess_in_words(scenario, self.guess, figures))
        else:
            self.offer_row.hide()

    def _add_rows(self) -> None:
        self.amount_row = QWidget()
        row = QHBoxLayout(self.amount_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.amount, 1)
        row.addWidget(self.often, 0, Qt.AlignmentFlag.AlignTop)  # a fault stands below the amount
        self.form.addRow("&Changes by", self.by)
        self.form.addRow("&Amount", self.amount_row)
        self.form.addRow("&Goal", self.goal)
        self.form.addRow("&Ends after", self.ends)
        self.form.addRow("&Deleted after", self.kept)
        self.form.addRow("In proportion &to", self.other)
        self.form.addRow("From &month: value", self.steps)
        self.amount_row.setFocusProxy(self.amount)
        for name, box in (
            ("Changes by", self.by),
            ("How often", self.often),
            ("In proportion to", self.other),
        ):
            name_list(box, name)

    def _show_rule(self, rule: Growth) -> None:
        self.by.setCurrentIndex(self.by.findData(rule.by))
        self.often.setCurrentIndex(self.often.findData(rule.per))
        self._show_amount(rule.amount if rule.amount else None)
        self._show_goal(rule)
        self.ends.show_figure(None if rule.until_month is None else rule.until_month - 1.0)
        self.kept.show_figure(rule.kept_months)
        self._offer_other()
        if rule.with_path:
            self.other.setCurrentIndex(max(self.other.findData(rule.with_path), 0))
        self.steps.show_steps(rule.values)

    def _take_offer(self) -> None:
        if self.guess:
            self._show_rule(self.guess)

    def _show_amount(self, amount: float | None) -> None:
        """Show an amount; one of more digits than are written is a division, or kept beside."""
        counts = self.path != PRICES and self._spec.counts_whole
        share = shared_out(amount or 0.0, is_counted=counts and self.by.currentData() == "add")
        if share and share.denominator > 1:
            self.amount.line.setText(f"{share.numerator}/{share.denominator}")
        else:
            self.amount.show_figure(amount)
        self._meant = self.amount.line.text(), amount or 0.0

    def _show_goal(self, rule: Growth) -> None:
        """Show what an amount was worked out from that nobody types: that the input doubles."""
        is_typed = rule.amount == shortened(rule.amount) and "/" not in self.amount.line.text()
        if is_typed or rule.by not in ("add", "percent") or rule.path == PRICES:
            return
        after = doubles_after(rule, float(get(self._study.scenario, rule.path)))
        if after is not None:
            self.goal.show_doubled(after)

    # What suits an input

    def _offer_other(self) -> None:
        """Offer what the input may be in proportion to: the team where it can, else the first."""
        scenario = self._study.scenario
        paths = [USERS, *(place.path for place in numbers_that_count(scenario))]
        rules = (Growth(path=self.path, by="with", with_path=path) for path in paths)
        fits = (rule.with_path for rule in rules if not fault_of(scenario, rule, self._rules))
        self.other.setCurrentIndex(max(self.other.findData(next(fits, USERS)), 0))
        self._other = self.other.currentData()

    def _keep_by(self) -> None:
        self._by = self.by.currentData()

    def _keep_often(self) -> None:
        self._often = self.often.currentData()

    def _suit_input(self) -> None:
        """List prices change by percent; wages do, and all else by an amount, if none is chosen."""
        suits = "percent" if self._unit.startswith("$") else "add"
        by = "percent" if self.path == PRICES else self._by or suits
        self.by.setCurrentIndex(self.by.findData(by))
        self._suit_often()
        if self.other.currentData() == self._other:
            self._offer_other()

    def _suit_often(self) -> None:
        """List prices change by the year; percent do, amounts by the month, if none is chosen."""
        suits = "year" if self.by.currentData() == "percent" else "month"
        often = "year" if self.path == PRICES else self._often or suits
        self.often.setCurrentIndex(self.often.findData(often))

    # What is typed

    def value(self) -> Growth | None:
        """What is typed; none while something is wrong with it."""
        text, meant = self._meant
        rule = self._rule(meant if self.amount.line.text() == text else self.amount.figure)
        if rule is None or self._goal_fault or self._has_no_amount:
            return None
        return None if fault_of(self._study.scenario, rule, self._rules) else rule

    @property
    def _has_no_amount(self) -> bool:
        return self._is_by_amount and self.amount.figure is None

    @property
    def _is_by_amount(self) -> bool:
        """Whether so much, or so many percent, come at a time."""
        return self.by.currentData() in ("add", "percent")

    def _rule(self, amount: float | None) -> Growth | None:
        """What is typed beside the amount; none while something is wrong with it."""
        fields: dict[str, object] = {"path": self.path, "by": self.by.currentData()}
        match fields["by"]:
            case "table":
                if not self.steps.steps:
                    return None
                fields["values"] = self.steps.steps
            case "with":
                fields["with_path"] = self.other.currentData() or ""
            case _:
                ends, kept = self.ends.figure, self.kept.figure if self._has_kept else None
                has_fault = self.ends.fault or (self._has_kept and self.kept.fault)
                if amount is None or has_fault or (ends or 0.0) % 1.0:
                    return None
                until = None if ends is None else int(ends) + 1
                fields |= {"amount": amount, "per": self.often.currentData(), "kept_months": kept}
                fields["until_month"] = until
        return Growth.model_validate(fields)

    def _reach_goal(self) -> None:
        """Let the amount follow from the goal, while one is set."""
        self._goal_fault = ""
        draft = self._rule(0.0)
        if not self._has_goal or not self.goal.is_set or draft is None:
            return
        now, after = float(get(self._study.scenario, self.path)), self.goal.after.figure or 0.0
        amount = amount_to_reach(draft, now, self.goal.wanted(now), after)
        if amount is not None and abs(amount) <= MOST:
            with QSignalBlocker(self.amount):
                self._show_amount(amount)
        elif draft.per == "year" and after < 12.0:
            self._goal_fault = "By the year, nothing changes within the first 12 months."
        else:
            self._goal_fault = "No amount comes to that."

    @property
    def _has_goal(self) -> bool:
        return self._is_by_amount and self.path != PRICES

    @property
    def _rules(self) -> tuple[Growth, ...]:
        return self._study.scenario.growth

    @property
    def _has_kept(self) -> bool:
        """Whether what comes may be deleted after some months."""
        is_monthly = self.by.currentData() == "add" and self.often.currentData() == "month"
        return is_monthly and self.path != PRICES and keeps_for_months(self._spec)

    # What follows from it

    def _check(self) -> None:
        by = self.by.currentData()
        self.by.setEnabled(self.path != PRICES)
        self.often.setEnabled(self.path != PRICES)
        for field, is_shown in (
            (self.amount_row, self._is_by_amount),
            (self.goal, self._has_goal),
            (self.ends, self._is_by_amount),
            (self.kept, self._has_kept),
            (self.other, by == "with"),
            (self.steps, by == "table"),
        ):
            self.form.setRowVisible(field, is_shown)
        unit = "%" if by == "percent" else self._unit
        if self.amount.unit.text() != unit:
            with QSignalBlocker(self.amount):
                self.amount.ask_in(unit)
        for asked in (self.goal, self.steps):
            asked.ask_in(self._unit)
        self._reach_goal()
        rule = self.value()
        self.use.setEnabled(rule is not None)
        show_fault(self.problem, "" if rule else self._fault())
        self._show_outcome(rule)

    def _fault(self) -> str:
        """Why the rule can't be followed, where what is typed can be read."""
        if self._is_by_amount:
            ends = (self.ends.figure or 0.0) % 1.0
            return "It ends after whole months: 24 or 25." if ends else self._goal_fault
        if self.by.currentData() != "with":
            return ""
        rule = Growth(path=self.path, by="with", with_path=self.other.currentData() or "")
        fault = fault_of(self._study.scenario, rule, self._rules)
        return f"{fault[:1].upper()}{fault[1:]}." if fault else ""

    def _show_outcome(self, rule: Growth | None) -> None:
        """What the input, all months and the verdict come to with the rule, and without."""
        before, words, caution = self._study, "", ""
        if rule:
            others = without_rule(self._rules, rule.path)
            without = before.scenario.model_copy(update={"growth": others})
            try:
                after = self._tried(_edits(before, rule))
            except UserError as error:
                words = write(error.title, self._figures)
            else:
                grown = projection(after.scenario, after.price_book, after.held.plan, after.plans)
                now = projection(without, before.price_book, before.held.plan, before.plans)
                reached = self.goal.reached if self._has_goal else 0.0
                words = "\n".join(outcome_in_words(grown, now, rule, self._figures, reached))
                caution = caution_in_words(grown, rule, self._figures)
        self._say(words)
        show_fault(self.caution, caution)


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
