"""The scenario in every region: a sorted table with a bar each, and what lacks prices apart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from mlflow_cost_desktop.analysis.regions import RegionCost, regions, some_regions
from mlflow_cost_desktop.charts.palette import LINE_COLORS
from mlflow_cost_desktop.figures import Figures, at_least
from mlflow_cost_desktop.gui.answer.over_time_tables import RIGHT, FlatTable, TableRow
from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.toolkit.buttons import quiet_button
from mlflow_cost_desktop.gui.toolkit.labels import plain_label
from mlflow_cost_desktop.gui.toolkit.latest import Latest
from mlflow_cost_desktop.gui.toolkit.search_box import SearchBox
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.comparison import region_in_words, regions_in_words, signed

SHARE = Qt.ItemDataRole.UserRole + 2
"""Of a bar's cell: how long the bar is, of 1, and whether its total can be compared."""

NAME, ID, COST, CHANGE, BAR, COMPARE, APPLY, NOTE = range(8)
BAR_WIDTH = 90
EVERYWHERE = "All continents"


class RegionTable(QWidget):
    """All regions of the provider; a click beside one compares it, or applies it.

    Signals:
        compared, applied: a region's id.
    """

    compared = Signal(str)
    applied = Signal(str)

    def __init__(self, shelf: Shelf, figures: Figures) -> None:
        super().__init__()
        self._shelf, self._figures = shelf, figures
        self._study: Study | None = None
        self.found: tuple[RegionCost, ...] = ()
        self.continent = QComboBox()
        self.continent.setAccessibleName("Continent")
        self.continent.addItem(EVERYWHERE, "")
        self.words = SearchBox()
        self.words.setAccessibleName("Regions by name")
        self.words.setPlaceholderText("Names or ids, with commas between")
        self.compare = quiet_button("Compare", "Let the selected region stand beside this scenario")
        self.apply = quiet_button("Apply", "Take the selected region for this scenario")
        self.note = plain_label("note")
        self.note.setWordWrap(True)
        self.table = FlatTable("This scenario in every region")
        self.table.setItemDelegateForColumn(BAR, _Bars(self.table))
        self.latest = Latest(self.table)
        self.latest.answered.connect(self._take)
        self.latest.failed.connect(lambda error: self.note.setText(str(error)))
        self._lay_out()
        self.continent.currentIndexChanged.connect(self._show_rows)
        self.words.textChanged.connect(self._show_rows)
        self.table.itemClicked.connect(self._click)
        self.table.itemActivated.connect(lambda *_: self._tell(self.compared))
        self.table.currentItemChanged.connect(self._enable)
        self.compare.clicked.connect(lambda: self._tell(self.compared))
        self.apply.clicked.connect(lambda: self._tell(self.applied))
        self._enable()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.continent)
        row.addWidget(self.words, 1)
        row.addWidget(self.compare)
        row.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addWidget(self.table)
        column.addStretch(1)

    def show_study(self, study: Study) -> None:
        """Ask for all regions anew; until they are there, the old ones are dimmed."""
        self._study = study
        shelf = self._shelf.of(study.scenario.provider_id)
        self.latest.ask(lambda: (study, regions(study.scenario, study.estimate, shelf)))

    def _take(self, answer: tuple[Study, tuple[RegionCost, ...]]) -> None:
        self._study, self.found = answer
        continents = sorted({region.continent for region in self.found if region.continent})
        known = [self.continent.itemText(at) for at in range(1, self.continent.count())]
        if continents != known:
            while self.continent.count() > 1:
                self.continent.removeItem(1)
            for name in continents:
                self.continent.addItem(name, name)
        self._show_rows()

    @property
    def shown(self) -> tuple[RegionCost, ...]:
        """The regions that the filter lets through."""
        return some_regions(self.found, self.continent.currentData(), self.words.text())

    def _show_rows(self) -> None:
        study = self._study
        if study is None or not self.found:
            return
        shown = self.shown
        self.note.setText(regions_in_words(study.scenario, shown, self.found))
        code = study.scenario.currency.shown
        headings = ["Region", "", f"{code} a month", "Difference", "", "", "", "Mind"]
        self.table.show_rows(headings, [self._row(study, one) for one in shown], 0)
        self._dress(shown)
        self._enable()

    def _row(self, study: Study, region: RegionCost) -> TableRow:
        currency, is_here = study.scenario.currency, region.region_id == study.scenario.region_id
        cost = change = ""
        if not region.problem:
            cost = at_least(currency.amount(region.cost, self._figures), region.gaps)
            usd = region.cost - float(study.estimate.effective_cost)
            change = signed(usd, currency, self._figures, is_incomplete=region.lacking)
        can = not is_here and not region.problem
        return TableRow(
            region.region_id,
            (
                region.name,
                region.region_id,
                cost,
                "here" if is_here else change,
                "",
                "Compare" if can else "",
                "Apply" if can else "",
                region_in_words(region, self._figures),
            ),
            is_total=is_here,
        )

    def _dress(self, shown: Sequence[RegionCost]) -> None:
        """Bars, words to click, and figures on the right."""
        most = max((region.cost for region in self.found), default=0.0) or 1.0
        link = QApplication.palette().color(QPalette.ColorRole.Highlight)
        for at, region in enumerate(shown):
            item = self.table.topLevelItem(at)
            assert item is not None
            item.setData(BAR, SHARE, (region.cost / most, region.is_comparable))
            for column in (COST, CHANGE):
                item.setTextAlignment(column, RIGHT)
            for column in (COMPARE, APPLY):
                item.setForeground(column, link)
        header = self.table.headerItem()
        for column in (COST, CHANGE):
            header.setTextAlignment(column, RIGHT)
        self.table.setColumnWidth(BAR, scaled(BAR_WIDTH))

    def _click(self, item: QTreeWidgetItem, column: int) -> None:
        told = {COMPARE: self.compared, APPLY: self.applied}.get(column)
        if told is not None and item.text(column):
            self._tell(told)

    def _tell(self, told: object) -> None:
        if self.can_act and isinstance(told, type(self.compared)):
            told.emit(self.table.key)

    @property
    def can_act(self) -> bool:
        """Whether the selected region is another one whose prices are there."""
        key, study = self.table.key, self._study
        if not key or study is None or key == study.scenario.region_id:
            return False
        return any(one.region_id == key and not one.problem for one in self.found)

    def _enable(self) -> None:
        for button in (self.compare, self.apply):
            button.setEnabled(self.can_act)


class _Bars(QStyledItemDelegate):
    """A bar in a cell; that of a total which lacks something is an outline."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        found = index.data(SHARE)
        if found is None:
            return
        share, is_whole = found
        room = QRectF(option.rect).adjusted(4.0, 6.0, -4.0, -6.0)
        room.setWidth(max(room.width() * share, 1.0))
        color = QColor(LINE_COLORS[0])
        if is_whole:
            painter.fillRect(room, color)
        else:
            painter.setPen(color)
            painter.drawRect(room)
