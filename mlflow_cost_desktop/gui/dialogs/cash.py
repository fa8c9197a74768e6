"""Cash by month over the horizon, with what is due only in some months."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mlflow_cost_desktop.analysis.cash import cash_plan
from mlflow_cost_desktop.exports.clipboard import cash_text
from mlflow_cost_desktop.figures import PLAIN, Figures, at_least
from mlflow_cost_desktop.gui.dialogs.list_dialog import ListDialog
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.copying import COPY_PLAIN, PLAIN_TIP, has_plain_copy
from mlflow_cost_desktop.wording.cash import cash_in_words, due_in_words


class CashDialog(ListDialog):
    """A row for each month; it stays open beside the window and follows every edit."""

    figures = (0, 1)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(
            session, parent, "Cash by month", "", "", ("Month", "Cash", "Due in this month")
        )
        self.setModal(False)
        own = session.figures
        self.add_button("&Copy", lambda: self._copy(own), needs_item=False)
        if has_plain_copy(own):
            self.add_button(COPY_PLAIN, lambda: self._copy(PLAIN), needs_item=False)
            self.buttons[COPY_PLAIN].setToolTip(PLAIN_TIP)
        self.show_study(session.study)

    def rows_of(self, study: Study) -> list[tuple[str, tuple[str, ...]]]:
        plan, currency = cash_plan(study.estimate), study.scenario.currency
        lacks = bool(study.estimate.gaps)
        gap = " Lines without a known price are left out." if lacks else ""
        said = cash_in_words(plan, currency, study.figures, is_incomplete=lacks)
        self.intro.setText(f"{said}.{gap}")
        months = ((str(month.month), month) for month in plan.months)
        return [
            (number, (number, at_least(paid, lacks), due_in_words(month)))
            for number, month in months
            for paid in (currency.money(float(month.usd), study.figures),)
        ]

    def _copy(self, figures: Figures) -> None:
        plan = cash_plan(self.session.study.estimate)
        QGuiApplication.clipboard().setText(cash_text(plan, figures))
