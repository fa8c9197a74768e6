"""The estimate's lines as a Qt model: the parts, below each its lines, and the total."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.figures import PLAIN, Figures, at_least, plural, write
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.labels import plain_tooltip
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.prices.price import Price, Value
from mlflow_cost_desktop.prices.provider import Provider
from mlflow_cost_desktop.wording.prices import (
    STATE_WORDS,
    arithmetic,
    dated_source,
    price_in_words,
    source_in_words,
)
from mlflow_cost_desktop.wording.totals import subtotal, sum_of_all

LINE, QUANTITY, UNIT_PRICE, COST, SOURCE = range(5)
ALIGNMENTS = {
    column: (Qt.AlignmentFlag.AlignRight if column in (1, 2, 3) else Qt.AlignmentFlag.AlignLeft)
    | Qt.AlignmentFlag.AlignVCenter
    for column in range(5)
}
Index = QModelIndex | QPersistentModelIndex
WARNING_COLOR = "#D07A00"
"""Seen on light and on dark."""


@dataclass(frozen=True, slots=True)
class Basis:
    """Which of a line's costs the table shows."""

    title: str
    period: str
    cost: Callable[[Charge], Value]


EFFECTIVE = Basis("Effective cost", "/ month", lambda charge: charge.effective_cost)
CASH = Basis("Cash in month 1", "in month 1", lambda charge: charge.billed_cost)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What the table shows.

    Attributes:
        words: only lines in whose name, SKU or source all of them stand.
    """

    basis: Basis = EFFECTIVE
    with_zero_lines: bool = False
    words: str = ""

    def shows(self, charge: Charge, figures: Figures) -> bool:
        if self.words:
            price = charge.price
            origin = f"{source_in_words(charge, figures)} {price.source} {price.date}"
            text = f"{charge.describe(figures)} {price.sku_id} {origin}".lower()
            if not all(word in text for word in self.words.lower().split()):
                return False
        return self.with_zero_lines or charge.is_worth_showing


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is shown; `notes` are what the reader should know of it."""

    charge: Charge
    cells: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    name: str  # empty for the total
    cells: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def shape(self) -> tuple[str, int]:
        return self.name, len(self.lines)


def details(line: Line, provider: Provider, currency: Currency, figures: Figures) -> str:
    """A line's arithmetic, its price with source, date and rule, and what it costs otherwise.

    Args:
        provider: whose price book it is.
        currency: that costs are shown in; unit prices are in dollars.
    """
    charge, price = line.charge, line.charge.price
    parts = [
        charge.describe(figures),
        arithmetic(charge, currency, figures),
        _which_price(price, provider),
        price.rule,
        dated_source(price, provider.name, figures),
        _other_costs(charge, currency, figures),
        *(f"! {note}" for note in line.notes),
    ]
    return "\n".join(part for part in parts if part)


def _which_price(price: Price, provider: Provider) -> str:
    """`Price of EC2 · m5.large · on demand`; empty for one's own, whose source says all."""
    if price.state == "own":
        return ""
    state = STATE_WORDS[price.state]
    return f"Price of {provider.key_in_words(price.sku_id)}{f': {state}' if state else ''}"


def _other_costs(charge: Charge, currency: Currency, figures: Figures) -> str:
    costs = {
        "On demand at list price": charge.list_cost,
        "contracted": charge.contracted_cost,
        "effective": charge.effective_cost,
        "cash in month 1": charge.billed_cost,
    }
    known = {name: float(cost) for name, cost in costs.items() if cost == cost}
    in_words = {name: currency.money(cost, figures) for name, cost in known.items()}
    if len(set(in_words.values())) < 2:
        return ""
    return " · ".join(f"{name}: {cost}" for name, cost in in_words.items())


def _groups(study: Study, excerpt: Excerpt, written: Mapping[int, Line]) -> Iterator[_Group]:
    """What the table shows; of lines that are `written` by the ids of charges their cells stay."""
    figures = study.figures
    about: dict[str, list[str]] = {}
    for notice in study.notices:
        about.setdefault(notice.path, []).append(write(notice.text, figures))
    found: list[Charge] = []
    currency = study.scenario.currency

    def amount(usd: float) -> str:
        return currency.amount(usd, figures)

    # The estimate has added that up already, for everybody.
    is_added_up = excerpt.basis is EFFECTIVE and not excerpt.words
    for name in COMPONENTS:
        of_part = [charge for charge in study.estimate.charges if charge.component == name]
        lines = tuple(
            Line(
                charge,
                written[id(charge)].cells
                if id(charge) in written
                else _cells(charge, excerpt.basis, currency, figures),
                tuple(_notes(study, charge, about)),
            )
            for charge in of_part
            if excerpt.shows(charge, figures)
        )
        if lines or not excerpt.words:
            counted = [line.charge for line in lines] if excerpt.words else of_part
            cost = (
                subtotal(study.estimate, name, amount)
                if is_added_up
                else _sum(counted, excerpt.basis, amount)
            )
            yield _Group(name, (COMPONENTS[name], "", "", cost, ""), lines)
            found += counted
    title = "Total" if excerpt.basis is CASH else "Total a month"
    if excerpt.words:
        title = f"Total of {len(found)} {plural(len(found), 'line')} found"
        title = title if found else "No line found"
    rate = currency.rate_in_words(figures)
    cost = sum_of_all(study.estimate, amount) if is_added_up else _sum(found, excerpt.basis, amount)
    yield _Group("", (title, rate, "", cost, ""))


def _sum(charges: Sequence[Charge], basis: Basis, amount: Callable[[float], str]) -> str:
    cost = float(add_up(charge.known(basis.cost(charge)) for charge in charges))
    return at_least(amount(cost), any(charge.is_unpriced for charge in charges))


def _cells(charge: Charge, basis: Basis, currency: Currency, figures: Figures) -> tuple[str, ...]:
    is_known = charge.price.state != "unknown"
    return (
        charge.describe(figures),
        charge.describe_quantity(figures),
        price_in_words(charge, figures),
        currency.amount(float(basis.cost(charge)), figures) if is_known else "unpriced",
        source_in_words(charge, figures),
    )


def _notes(study: Study, charge: Charge, about: dict[str, list[str]]) -> Iterator[str]:
    if charge.is_unpriced:
        yield f"{study.price_book.region_name} has no known price: the totals leave it out."
    elif charge.on_demand and charge.on_demand.state == "unknown" and charge.list_cost != 0:
        yield "No on-demand price is known: list and contracted cost leave it out."
    if about and charge.path:
        yield from about.get(study.scenario.field_behind(charge), ())


class ChargeModel(QAbstractItemModel):
    """Components, below each its lines, and the total; a line's id is its part's row plus one.

    Cells are written once, when an estimate comes in: a view asks for each many times.
    """

    def __init__(self) -> None:
        super().__init__()
        self._groups: list[_Group] = []
        self._excerpt = Excerpt()
        self._currency = Currency()
        self._provider: Provider | None = None
        self._figures = PLAIN
        self._written_as: tuple[Basis, Currency, Figures] | None = None
        self._squares = {name: QIcon(_square(color)) for name, color in COLORS.items()}
        self._warning = QIcon(_warning_sign())

    def show_study(self, study: Study, excerpt: Excerpt) -> None:
        written_as = excerpt.basis, study.scenario.currency, study.figures
        stays = written_as == self._written_as
        written = {id(line.charge): line for line in self.lines()} if stays else {}
        groups = list(_groups(study, excerpt, written))
        self._written_as = written_as
        self._provider, self._figures = study.price_book.provider, study.figures
        headed = self.heading(COST)
        self._currency = study.scenario.currency
        before, self._excerpt, was = self._groups, excerpt, self._excerpt
        shapes = [[group.shape for group in some] for some in (before, groups)]
        if shapes[0] != shapes[1] or was.words != excerpt.words:
            self.beginResetModel()
            self._groups = groups
            self.endResetModel()
            return
        self._groups = groups
        if self.heading(COST) != headed:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, COST, COST)
        # The same lines: only cells that changed are painted anew, and the view keeps its
        # selection and scroll position.
        for row, (old, new) in enumerate(zip(before, groups, strict=True)):
            self._tell_changes(row, 0, old, new)
            for at, (then, now) in enumerate(zip(old.lines, new.lines, strict=True)):
                self._tell_changes(at, row + 1, then, now)

    def _tell_changes(self, row: int, row_id: int, old: Line | _Group, new: Line | _Group) -> None:
        if old.cells is new.cells and old.notes == new.notes:
            return
        columns = [at for at in range(SOURCE + 1) if old.cells[at] != new.cells[at]]
        if old.notes != new.notes:  # a sign before the name
            columns.append(LINE)
        for column in columns:
            cell = self.createIndex(row, column, row_id)
            self.dataChanged.emit(cell, cell)

    def lines(self) -> list[Line]:
        """All lines that are shown."""
        return [line for group in self._groups for line in group.lines]

    def bold_texts(self, column: int) -> set[str]:
        """What stands in a column of the parts' own rows and of the total."""
        return {group.cells[column] for group in self._groups}

    def heading(self, column: int) -> str:
        cost = f"{self._currency.heading} {self._excerpt.basis.period}"
        return ("Line", "Quantity", "Unit price", cost, "Source")[column]

    def charges(self) -> list[Charge]:
        """All lines that are shown."""
        return [line.charge for line in self.lines()]

    def charges_at(self, index: Index) -> list[Charge]:
        """A line; of a part's own row all of its lines, of the total all that are shown."""
        line = self.line(index)
        if line:
            return [line.charge]
        group = self._groups[index.row()]
        return [line.charge for line in group.lines] if group.name else self.charges()

    def line(self, index: Index) -> Line | None:
        """The line at an index; none for a part's own row."""
        if not index.isValid() or index.internalId() == 0:
            return None
        return self._groups[index.internalId() - 1].lines[index.row()]

    def cells(self, index: Index) -> tuple[str, ...]:
        """The words of a row."""
        return (self.line(index) or self._groups[index.row()]).cells

    def sign(self, index: Index) -> QIcon | None:
        """What stands before the name of a row: a part's color, or that a line has notes."""
        line = self.line(index)
        if line is None:
            return self._squares.get(self._groups[index.row()].name)
        return self._warning if line.notes else None

    def details(self, line: Line) -> str:
        """All that stands behind a line, in words."""
        assert self._provider is not None  # lines come with a study
        return details(line, self._provider, self._currency, self._figures)

    def component(self, index: Index) -> str:
        """The part that a row belongs to, empty for the total and for no row."""
        if not index.isValid():
            return ""
        return self._groups[index.internalId() - 1 if index.internalId() else index.row()].name

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:
        # Not `hasIndex`, which asks the two counts from C++: a view asks for many indexes.
        if not (0 <= row < self.rowCount(parent) and 0 <= column < self.columnCount(parent)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    # QObject.parent() without arguments is another method, which the stubs want here too.
    def parent(  # pyright: ignore[reportIncompatibleMethodOverride]
        self,
        index: Index = QModelIndex(),
    ) -> QModelIndex:
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        if not parent.isValid():
            return len(self._groups)
        if parent.internalId() or parent.column() > 0:
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return SOURCE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section)
        return ALIGNMENTS[section] if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(index)[index.column()]
        line = self.line(index)
        if line and role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(self.details(line))
        if line and role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.details(line)
        return None


SQUARE_SIZE, WARNING_SIZE = 10, 12
SHARP = 3
"""Device pixels a pixel of what is painted here, for screens up to 300 %."""


def _blank(size: int) -> QPixmap:
    pixmap = QPixmap(size * SHARP, size * SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(SHARP)
    return pixmap


def _square(color: str) -> QPixmap:
    """A rounded square of a component's color."""
    pixmap = _blank(SQUARE_SIZE)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(0, 0, SQUARE_SIZE, SQUARE_SIZE, 2.5, 2.5)
    painter.end()
    return pixmap


def _warning_sign() -> QPixmap:
    """A disk with an exclamation mark."""
    pixmap = _blank(WARNING_SIZE)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(WARNING_COLOR))
    painter.drawEllipse(0, 0, WARNING_SIZE, WARNING_SIZE)
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawRoundedRect(5, 2, 2, 5, 1, 1)
    painter.drawEllipse(5, 8, 2, 2)
    painter.end()
    return pixmap
