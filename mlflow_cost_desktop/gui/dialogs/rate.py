"""The dialog in which the user types a rate of their own for one price."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.toolkit.figure_field import (
    FigureField,
    as_figure,
    fault_label,
    fault_of,
    show_fault,
)
from mlflow_cost_desktop.gui.toolkit.labels import plain_label, show_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.own import OwnRate, RateTier
from mlflow_cost_desktop.prices.price import Price
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.prices import listed_in_words

MOST_USD, MOST_QUANTITY, MOST_UPFRONT, MOST_TIERS = 1e9, 1e15, 1e12, 50


@dataclass(frozen=True, slots=True)
class Asked:
    """The price that a rate is asked for.

    Attributes:
        listed: the price book's own, perhaps unknown.
        places: where its sources are.
        unit: what is counted, as its lines say it.
        is_commitment: whether something may be paid upfront.
        lines: the estimate's lines that have this price.
    """

    listed: Price
    places: tuple[str, ...]
    unit: str
    price_book: PriceBook
    is_commitment: bool
    lines: tuple[str, ...]


class RateDialog(QDialog):
    """A rate of the user's own: flat or in tiers, with a free quantity or an upfront part.

    Args:
        asked: what it is for.
        own: the rate that applies at present, if it is the user's own.
    """

    rate_chosen = Signal(OwnRate)
    list_price_chosen = Signal()

    def __init__(
        self, asked: Asked, own: OwnRate | None, figures: Figures, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._asked, self._figures = asked, figures
        self.setWindowTitle("Your rate")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        unit = asked.unit
        counted = unit.removesuffix("-month") or "unit"
        self.rate = FigureField(
            "Rate", f"$ / {unit}", "What you pay for one unit.", figures, upper=MOST_USD
        )
        self.in_tiers = QCheckBox("In &tiers: another rate from some monthly quantity on")
        self.tiers = TierTable(counted, unit, figures)
        self.free = FigureField(
            "Free quantity",
            f"{counted} a month",
            "Taken off the month's quantity before the rate, and its tiers, begin.",
            figures,
            upper=MOST_QUANTITY,
        )
        self.upfront = FigureField(
            "Upfront part",
            "$ once",
            "Paid when the commitment begins, for each instance and term; spread over the term in "
            "the effective cost. Empty where nothing is paid upfront.",
            figures,
            upper=MOST_UPFRONT,
            optional=True,
        )
        self._lay_out(own)
        self._show(own)
        for field in (self.rate, self.free, self.upfront):
            field.changed.connect(self._enable)
        self.tiers.changed.connect(self._enable)
        self.in_tiers.toggled.connect(self._switch)
        self._enable()
        self.rate.setFocus()
        self.rate.line.selectAll()

    def _lay_out(self, own: OwnRate | None) -> None:
        asked = self._asked
        title = plain_label("section")
        title.setWordWrap(True)
        title.setText(
            asked.lines[0]
            if asked.lines
            else asked.price_book.provider.key_in_words(asked.listed.sku_id)
        )
        about = plain_label("note")
        about.setWordWrap(True)
        about.setText(_about(asked, self._figures))
        show_tooltip(about, "\n".join(asked.places))
        hint = plain_label("note")
        hint.setWordWrap(True)
        hint.setText(
            f"Your rate applies in {asked.price_book.region_name} to every line with this price. "
            "No discount is taken off it, and it is its own list price."
        )
        form = self._form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("&Rate", self.rate)
        if not asked.is_commitment:
            form.addRow("", self.in_tiers)
            form.addRow("", self.tiers)
            form.addRow("&Free quantity", self.free)
        else:
            form.addRow("&Upfront part", self.upfront)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.use = buttons.addButton("Use this rate", QDialogButtonBox.ButtonRole.AcceptRole)
        if own:
            reset = buttons.addButton("Use the &list price", QDialogButtonBox.ButtonRole.ResetRole)
            reset.clicked.connect(self._reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(about)
        column.addLayout(form)
        column.addWidget(hint)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(scaled(460))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def _show(self, own: OwnRate | None) -> None:
        listed = self._asked.listed
        tiers = [(tier.begin, tier.usd) for tier in own.tiers] if own else _of_listed(listed)
        self.rate.show_figure(tiers[0][1] if tiers else None)
        self.free.show_figure(own.free_quantity if own else 0.0)
        upfront = own.upfront_usd if own else listed.upfront_usd
        self.upfront.show_figure(None if upfront is None else float(upfront))
        self.tiers.show_tiers(tiers or [(0.0, 0.0)])
        self.in_tiers.setChecked(len(tiers) > 1 and not self._asked.is_commitment)
        self._switch()

    def _switch(self) -> None:
        in_tiers = self.in_tiers.isChecked()
        if not self._asked.is_commitment:
            self._form.setRowVisible(self.tiers, in_tiers)
        self._form.setRowVisible(self.rate, not in_tiers)
        self._enable()
        self.adjustSize()

    def _enable(self) -> None:
        self.use.setEnabled(self.own_rate() is not None)

    def own_rate(self) -> OwnRate | None:
        """What is typed; none while something is wrong with it."""
        tiers: list[tuple[float, float]] | None
        if self.in_tiers.isChecked():
            tiers = self.tiers.figures()
        else:
            tiers = None if self.rate.figure is None else [(0.0, self.rate.figure)]
        if tiers is None or self.free.figure is None or self.upfront.fault:
            return None
        return OwnRate(
            sku_id=self._asked.listed.sku_id,
            provider_id=self._asked.price_book.provider.id,
            region_id=self._asked.price_book.region_id,
            tiers=tuple(RateTier(begin=begin, usd=usd) for begin, usd in tiers),
            free_quantity=self.free.figure,
            upfront_usd=self.upfront.figure,
        )

    def accept(self) -> None:
        rate = self.own_rate()
        if rate:
            self.rate_chosen.emit(rate)
            super().accept()

    def _reset(self) -> None:
        self.list_price_chosen.emit()
        super().accept()


class TierTable(QWidget):
    """Rates from some quantity on, one in a row; the first begins at nothing."""

    changed = Signal()

    def __init__(self, counted: str, unit: str, figures: Figures) -> None:
        super().__init__()
        self._figures = figures
        self._units = counted, f"$ / {unit}"
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName("Tiers")
        self.table.setHorizontalHeaderLabels([f"From ({counted})", f"$ / {unit}"])
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setMinimumHeight(scaled(150))
        self.table.setTabKeyNavigation(False)
        self.add = QPushButton("Add a tier")
        self.remove = QPushButton("Remove the last")
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        self.problem = fault_label()
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addWidget(self.remove)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        column.addWidget(self.problem)
        column.addLayout(row)
        self.table.itemChanged.connect(self._take)
        self.add.clicked.connect(self._add)
        self.remove.clicked.connect(self._remove)

    def show_tiers(self, tiers: list[tuple[float, float]]) -> None:
        self.table.setRowCount(0)
        for begin, usd in tiers:
            self._append(self._figures.digits(begin), self._figures.digits(usd))
        self._check()

    def figures(self) -> list[tuple[float, float]] | None:
        """Begins and rates; None while something is wrong with them."""
        if self.fault:
            return None
        rows = [tuple(map(self._figure, texts, self._units)) for texts in self._texts()]
        return [(begin, usd) for begin, usd in rows if begin is not None and usd is not None]

    @property
    def fault(self) -> str:
        """What is wrong with the tiers, empty where nothing is."""
        before = -1.0
        for number, (begin, usd) in enumerate(self._texts(), start=1):
            fault = fault_of(begin, MOST_QUANTITY, self._figures, self._units[0])
            fault = fault or fault_of(usd, MOST_USD, self._figures, self._units[1])
            if fault:
                return f"Tier {number}: {fault}"
            start = self._figure(begin, self._units[0]) or 0.0
            if number == 1 and start != 0.0:
                return "The first tier begins at 0."
            if start <= before:
                return f"Tier {number}: it must begin above {self._figures.digits(before)}."
            before = start
        return ""

    def _figure(self, text: str, unit: str) -> float | None:
        return as_figure(text, self._figures, unit)

    def _texts(self) -> list[tuple[str, str]]:
        def text(row: int, column: int) -> str:
            item = self.table.item(row, column)
            return item.text() if item else ""

        return [(text(row, 0), text(row, 1)) for row in range(self.table.rowCount())]

    def _append(self, begin: str, usd: str) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, text in enumerate((begin, usd)):
            item = QTableWidgetItem(text)
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if (row, column) == (0, 0):  # the first tier begins at nothing
                item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
            self.table.setItem(row, column, item)

    def _add(self) -> None:
        self._append("", self._texts()[-1][1])
        self.table.setCurrentCell(self.table.rowCount() - 1, 0)
        self.table.setFocus()
        self._check()

    def _remove(self) -> None:
        self.table.removeRow(self.table.rowCount() - 1)
        self._check()

    def _take(self, item: QTableWidgetItem) -> None:
        """Show in a cell what was read of it; what can't be read stays as it was typed."""
        figure = self._figure(item.text(), self._units[item.column()])
        if figure is not None:
            with QSignalBlocker(self.table):
                item.setText(self._figures.digits(figure))
        self._check()

    def _check(self) -> None:
        show_fault(self.problem, self.fault)
        self.remove.setEnabled(self.table.rowCount() > 1)
        self.add.setEnabled(self.table.rowCount() < MOST_TIERS)
        self.changed.emit()


def _about(asked: Asked, figures: Figures) -> str:
    """What the price book says of a price, with its date."""
    price = asked.listed
    if price.state == "unknown":
        return f"{asked.price_book.region_name} has no known price for {price.sku_id}."
    state = "Estimated price" if price.state == "estimated" else "List price"
    origin = " · ".join(filter(None, (price.sku_id, figures.day(price.date))))
    rule = f"\n{price.rule}" if price.rule else ""
    return f"{state}: {listed_in_words(price, asked.unit, figures)}\n{origin}{rule}"


def _of_listed(price: Price) -> list[tuple[float, float]]:
    tiers = [(tier.begin, float(tier.usd)) for tier in price.tiers]
    return [] if math.isnan(tiers[0][1]) else tiers
