"""The tool bar: documents, undo, the region whose prices apply and their dates, export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolBar, QToolButton, QWidget

from mlflow_cost_desktop.gui.plain import plain_label
from mlflow_cost_desktop.gui.session import Shown
from mlflow_cost_desktop.gui.spoken import name_list
from mlflow_cost_desktop.model.words import day


class ToolBar(QToolBar):
    """Actions as buttons, and the region chooser.

    Args:
        documents: shown by their words.
        history: undo and redo, shown by their icons.
        export: the one that stands out.
        regions: names by id.
    """

    region_chosen = Signal(str)

    def __init__(
        self,
        documents: Iterable[QAction],
        history: Iterable[QAction],
        export: QAction,
        regions: Mapping[str, str],
    ) -> None:
        super().__init__("Tools")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setIconSize(QSize(16, 16))
        for action in (*documents, export):
            action.setIconText(action.text().replace("&", "").replace("…", ""))
        self.addActions(list(documents))
        for action in history:
            button = QToolButton()
            button.setDefaultAction(action)
            self.addWidget(button)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.regions = _RegionChooser(regions)
        self.prices = plain_label("prices")
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.export_button = QToolButton()
        self.export_button.setObjectName("primary")
        self.export_button.setDefaultAction(export)
        for widget in (self.regions, self.prices, space, self.export_button):
            self.addWidget(widget)
        name_list(self.regions, "Region")
        self.regions.activated.connect(self._tell_region)

    def show_shown(self, shown: Shown) -> None:
        region_id = shown.scenario.region_id
        if self.regions.currentData() != region_id:
            with QSignalBlocker(self.regions):
                self.regions.setCurrentIndex(self.regions.findData(region_id))
        self.prices.setText(_dates(shown))

    def _tell_region(self, index: int) -> None:
        self.region_chosen.emit(self.regions.itemData(index))


class _RegionChooser(QComboBox):
    """A list that a turn of the wheel over the tool bar does not change."""

    def __init__(self, regions: Mapping[str, str]) -> None:
        super().__init__()
        self.setToolTip("The region whose prices apply")
        self.setMaxVisibleItems(20)
        for region_id, name in regions.items():
            self.addItem(f"{name} · {region_id}", region_id)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(20)
        self.setMinimumWidth(318)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _dates(shown: Shown) -> str:
    dates = shown.estimate.price_dates
    if not dates:
        return "No provider prices in this bill"
    oldest, newest = map(day, dates)
    return f"Prices {oldest}" if oldest == newest else f"Prices {oldest} – {newest}"
