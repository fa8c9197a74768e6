"""The answer: the monthly total, what it is made of, and what should be known of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from mlflow_cost_desktop.exports.palette import COLORS
from mlflow_cost_desktop.gui.plain import plain_label
from mlflow_cost_desktop.gui.session import Shown
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.estimate import Estimate
from mlflow_cost_desktop.model.words import exact, plural


def shares(estimate: Estimate) -> dict[str, float]:
    """Percent of the total by component; all zero where the total is."""
    parts = {name: float(cost) for name, cost in estimate.by_component.items()}
    total = sum(parts.values())
    return {name: cost / total * 100 if total else 0.0 for name, cost in parts.items()}


class PartsBar(QWidget):
    """The parts of the total as one bar."""

    def __init__(self) -> None:
        super().__init__()
        self._shares: dict[str, float] = {}
        self.setFixedHeight(15)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Parts of the total")

    def show_estimate(self, estimate: Estimate) -> None:
        self._shares = shares(estimate)
        self.setAccessibleDescription(
            ", ".join(f"{COMPONENTS[name]} {share:.0f} %" for name, share in self._shares.items())
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setClipPath(whole)
        left = 0.0
        for name, share in self._shares.items():
            width = self.width() * share / 100
            painter.fillRect(QRectF(left, 0, width, self.height()), QColor(COLORS[name]))
            left += width


class Legend(QWidget):
    """Names and shares of the parts, told apart without color too."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for name, color in COLORS.items():
            square = QLabel()
            square.setFixedSize(10, 10)
            square.setStyleSheet(f"background: {color}; border-radius: 2px;")
            self._labels[name] = plain_label("legend")
            row.addWidget(square)
            row.addWidget(self._labels[name])
            row.addSpacing(14)
        row.addStretch(1)

    def show_estimate(self, estimate: Estimate) -> None:
        for name, share in shares(estimate).items():
            gap = " + ?" if name in estimate.gaps else ""
            self._labels[name].setText(f"{COMPONENTS[name]} {share:.0f} %{gap}")


class NoticeBar(QWidget):
    """What the reader should know of the estimate: one quiet line that opens to all."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._label = plain_label("notices")
        self._label.setWordWrap(True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._label.setAccessibleName("Notes on this estimate")
        self._more = QToolButton()
        self._more.setCheckable(True)
        self._more.toggled.connect(self._show_texts)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label, 1)
        row.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_shown(self, shown: Shown) -> None:
        texts = [notice.text for notice in shown.notices]
        if texts != self._texts:
            self._texts = texts
            self._show_texts()

    def _show_texts(self) -> None:
        texts = self._texts if self._more.isChecked() else self._texts[:1]
        self._label.setText("\n".join(texts))
        rest = len(self._texts) - 1
        self._more.setText("Less" if self._more.isChecked() else f"{rest} more")
        self._more.setVisible(rest > 0)
        self.setVisible(bool(self._texts))


class Summary(QWidget):
    """The answer first: the largest figure on the screen, and its parts."""

    def __init__(self) -> None:
        super().__init__()
        self.total = plain_label("total")
        self.total.setAccessibleName("Total per month")
        self.per_month = plain_label("perMonth")
        self.per_month.setWordWrap(True)
        self.details = plain_label("details")
        self.details.setWordWrap(True)
        self.bar = PartsBar()
        self.legend = Legend()
        self.notices = NoticeBar()
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.total, 0, Qt.AlignmentFlag.AlignBottom)
        first.addWidget(self.per_month, 1, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self.details)
        column.addWidget(self.bar)
        column.addWidget(self.legend)
        column.addWidget(self.notices)

    def show_shown(self, shown: Shown) -> None:
        estimate, currency = shown.estimate, shown.scenario.currency
        self.total.setText(currency.money(float(estimate.effective_cost)))
        self.per_month.setText(_per_month(estimate, currency))
        self.details.setText(_details(estimate, currency))
        self.bar.show_estimate(estimate)
        self.legend.show_estimate(estimate)
        self.notices.show_shown(shown)


def _per_month(estimate: Estimate, currency: Currency) -> str:
    month = f"per month of {exact(float(estimate.hours_in_month))} h"
    return " · ".join(filter(None, (month, currency.rate_in_words, estimate.gaps_in_words)))


def _details(estimate: Estimate, currency: Currency) -> str:
    money, dollars = currency.money, currency.dollars
    monthly, months = float(estimate.effective_cost), float(estimate.horizon_months)
    parts = [
        f"{dollars(monthly * 12)} a year",
        f"{dollars(float(estimate.horizon_total))} over {exact(months)} {plural(months, 'month')}",
        f"infrastructure {money(float(estimate.infrastructure))}, "
        f"labor {money(float(estimate.labor))}",
    ]
    if estimate.has_one_off:
        parts.append(
            f"cash: {dollars(float(estimate.billed_cost))} first month, "
            f"{dollars(float(estimate.cash(2)))} others, "
            f"{dollars(float(estimate.first_year_cash))} first year"
        )
    return " · ".join(parts)
