"""Cash by month over the horizon, with what is due only in some months."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mlflow_cost_desktop.analysis.cash import cash_plan, due_in_words
from mlflow_cost_desktop.exports.clipboard import cash_text
from mlflow_cost_desktop.gui.dialogs.list_dialog import ListDialog
from mlflow_cost_desktop.gui.document.session import Session, Study


class CashDialog(ListDialog):
    """A row for each month; it stays open beside the window and follows every edit."""

    figures = (0, 1)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, parent, "Cash by month", "", "", ("Month", "Cash", "Due in this month")
        )
        self.setModal(False)
        self.add_button("&Copy", self._copy, needs_item=False)
        self.show_study(session.study)

    def rows_of(self, study: Study) -> list[tuple[str, tuple[str, ...]]]:
        plan, money = cash_plan(study.estimate), study.scenario.currency.money
        gap = " Lines without a known price are left out." if study.estimate.unpriced else ""
        self.intro.setText(
            f"First month {money(plan.first_month)} · other months {money(plan.other_months)} · "
            f"first year {money(plan.first_year)} · all {len(plan.months)} months "
            f"{money(plan.total)}.{gap}"
        )
        return [
            (str(month.month), (str(month.month), money(month.usd), due_in_words(month)))
            for month in plan.months
        ]

    def _copy(self) -> None:
        plan = cash_plan(self.session.study.estimate)
        QGuiApplication.clipboard().setText(cash_text(plan, QLocale().decimalPoint()))
