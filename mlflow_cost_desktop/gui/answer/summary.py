"""The answer: the monthly total, what it is made of, and what should be known of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.figures import write
from mlflow_cost_desktop.gui.answer.parts_bar import Legend, PartsBar
from mlflow_cost_desktop.gui.answer.plan_line import PlanLine
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import ElidedLabel, Figure, plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.wrapping_row import wrap_row
from mlflow_cost_desktop.wording.totals import others_in_words, total, totals_in_words
from mlflow_cost_desktop.wording.unit_costs import unit_costs_in_words

GAP = 24
"""Pixels at least between the answer and the plan beside it."""

BELOW = 4
"""Pixels between them where one is below the other."""

USUAL_TOTAL = "$99,999.99"
"""Up to this length, a total that changes moves nothing around it."""


class NoticeBar(QWidget):
    """What the reader should know of the estimate: one quiet line that opens to all.

    It says something always, be it the lesser figures, and closed it is of one height: a notice
    that comes while something is typed or dragged moves nothing below.
    """

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._first = ElidedLabel("notices", reachable=True)
        self._all = plain_label("notices")
        self._all.setWordWrap(True)
        self._all.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._all.hide()
        for label in (self._first, self._all):
            label.setAccessibleDescription("Notes on this estimate")
        self._more = QToolButton()
        self._more.setCheckable(True)
        # As high as a line of words, and there also while it is hidden.
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)
        policy.setRetainSizeWhenHidden(True)
        self._more.setSizePolicy(policy)
        self._more.toggled.connect(self._show_texts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for label in (self._first, self._all):
            row.addWidget(label, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)

    def show_texts(self, notices: list[str], others: str) -> None:
        """Say something else: a notice is in sight before the lesser figures, and stands out."""
        texts = [*notices, others]
        if texts == self._texts:
            return
        self._texts = texts
        name = "notices" if notices else "details"
        for label in (self._first, self._all):
            if label.objectName() != name:
                label.setObjectName(name)
                label.style().polish(label)  # takes the style sheet's color for the name
        self._show_texts()

    @property
    def text(self) -> str:
        """What is to be read at present."""
        return (self._all if self._more.isChecked() else self._first).text()

    def _show_texts(self) -> None:
        is_open, rest = self._more.isChecked(), len(self._texts) - 1
        self._first.setText(self._texts[0])
        show_tooltip(self._first, self._texts[0])
        self._all.setText("\n".join(self._texts))
        self._more.setText("Less" if is_open else f"{rest} more")
        self._more.setVisible(is_open or rest > 0)
        self._first.setVisible(not is_open)
        self._all.setVisible(is_open)


class Summary(QWidget):
    """The answer first: the largest figure on the screen, and its parts."""

    part_hovered = Signal(str)
    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.total = Figure("total")
        self.total.setAccessibleDescription("Total per month")
        self.per_month = ElidedLabel("perMonth", fits=True)
        self.details = ElidedLabel("details", reachable=True)
        self.plan = PlanLine()
        self.plan.edited.connect(self.edited)
        self.plan.figure_changed.connect(self._place_plan)
        self.bar = PartsBar()
        self.legend = Legend()
        self.notices = NoticeBar()
        self._answer = answer = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        answer.setSpacing(8)
        answer.addWidget(self.total, 0, Qt.AlignmentFlag.AlignBottom)
        answer.addWidget(self.per_month, 0, Qt.AlignmentFlag.AlignBottom)
        self._first = first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        first.setSpacing(GAP)
        first.addLayout(answer)
        first.addWidget(self.plan, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self.details)
        column.addWidget(self.bar)
        column.addWidget(self.legend)
        column.addWidget(self.notices)
        for view in (self.bar, self.legend):
            view.part_hovered.connect(self.part_hovered)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._place_plan)  # after its widgets changed too

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_plan()

    def _place_plan(self) -> None:
        """Put the plan below the total where not even its figure has room beside it.

        A total of usual length has its room, be it there or not, and a longer one that of the
        words behind it: where the plan stands is a matter of the window, not of the figures.
        """
        usual = self.total.width_of(USUAL_TOTAL) + 8 + self.per_month.sizeHint().width()
        answer = max(usual, self.total.width())
        is_beside = answer + GAP + self.plan.least_width <= self.width()
        wrap_row(self._first, answer + GAP + self.plan.least_width, self.width())
        self._first.setSpacing(GAP if is_beside else BELOW)
        # A total that is longer than usual takes room of the words behind it, not of the plan.
        self.plan.setMinimumWidth(self.plan.least_width if is_beside else 0)
        wrap_row(self._answer, answer, self.width())
        self.plan.fit(self.width() - (usual + GAP if is_beside else 0))

    def show_study(self, study: Study) -> None:
        scenario, estimate, figures = study.scenario, study.estimate, study.figures
        width = self.total.width()
        self.total.show_text(total(scenario, estimate, figures))
        if self.total.width() != width:
            self._place_plan()
        per_month = f"per month of {figures.exact(float(estimate.hours_in_month))} h"
        self.per_month.setText(per_month)
        show_tooltip(self.per_month, per_month)
        totals = totals_in_words(scenario, estimate, figures)
        said = tuple(filter(None, (study.old_prices, *totals)))
        self.details.setText(" · ".join(said))
        units = unit_costs_in_words(scenario, estimate, figures)
        show_tooltip(self.details, "\n".join((*said, *units)))
        self.bar.show_estimate(estimate)
        self.legend.show_estimate(estimate)
        notices = [write(notice.text, figures) for notice in study.notices]
        others = " · ".join(others_in_words(scenario, estimate, figures))
        self.notices.show_texts(notices, others)
        self.plan.show_study(study)

    def highlight_part(self, name: str) -> None:
        """Let one part stand out in bar and legend, or none."""
        self.bar.highlight_part(name)
        self.legend.highlight_part(name)
