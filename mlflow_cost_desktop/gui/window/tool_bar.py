"""The tool bar: documents, undo, the region whose prices apply and their dates, export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.choice_editors import ElidingBox
from mlflow_cost_desktop.gui.toolkit.accessible_names import name_list
from mlflow_cost_desktop.gui.toolkit.labels import plain_tooltip
from mlflow_cost_desktop.gui.toolkit.theme import ICON_SIZE, scaled
from mlflow_cost_desktop.wording.own_prices import other_prices_in_words
from mlflow_cost_desktop.wording.prices import price_dates

GROUP_GAP = 8
"""Between groups of buttons, on top of the spacing on both sides of the gap."""


class ToolBar(QToolBar):
    """Actions as buttons, the region chooser, and the dates of its prices.

    Args:
        documents: shown by their words.
        history: undo and redo, shown by their icons.
        prices: leads to the prices in use.
        export: the one that stands out.
        regions: the regions of a provider, names by id.
    """

    region_chosen = Signal(str)

    def __init__(
        self,
        documents: Iterable[QAction],
        history: Iterable[QAction],
        prices: QAction,
        export: QAction,
        regions: Callable[[str], Mapping[str, str]],
    ) -> None:
        super().__init__("Tools")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        for action in (*documents, export):
            action.setIconText(action.text().replace("&", "").replace("…", ""))
        self._add_gap(0)
        for action in documents:
            self.addAction(action)
            # Qt's own buttons of a tool bar are none of the keyboard's.
            self.widgetForAction(action).setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._add_gap(GROUP_GAP)
        self._icons: list[QToolButton] = []
        for action in history:
            button = QToolButton()
            button.setObjectName("icon")
            button.setDefaultAction(action)
            self.addWidget(button)
            self._icons.append(button)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._add_gap(GROUP_GAP)
        self._regions_of = regions
        self.regions = _RegionChooser()
        self.prices = _PriceButton(prices)
        self.export_button = QToolButton()
        self.export_button.setObjectName("primary")
        self.export_button.setDefaultAction(export)
        self.addWidget(self.regions)
        self.addWidget(self.prices)
        self._add_gap(0).setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(self.export_button)
        self._add_gap(0)
        self._measure()
        name_list(self.regions, "Region")
        self.regions.activated.connect(self._tell_region)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        """Take the size of the program's font."""
        for one in (self, *self._icons):
            one.setIconSize(QSize(scaled(ICON_SIZE), scaled(ICON_SIZE)))

    def _add_gap(self, width: int) -> QWidget:
        gap = QWidget()
        gap.setMinimumWidth(width)
        self.addWidget(gap)
        return gap

    def show_study(self, study: Study) -> None:
        region_id = study.scenario.region_id
        with QSignalBlocker(self.regions):
            self.regions.offer(study.scenario.provider_id, self._regions_of)
        if self.regions.currentData() != region_id:
            with QSignalBlocker(self.regions):
                self.regions.setCurrentIndex(self.regions.findData(region_id))
            self.regions.updateGeometry()
        self.prices.show_study(study)

    def _tell_region(self, index: int) -> None:
        self.region_chosen.emit(self.regions.itemData(index))


class _RegionChooser(ElidingBox):
    """A list as wide as what is chosen; the mouse wheel changes nothing in it."""

    BESIDE, LEAST_WIDTH = 49, 150
    """Pixels of padding and arrow; and of all where the window is narrow."""

    def __init__(self) -> None:
        super().__init__()
        self._provider_id = ""
        self.setToolTip("The region whose prices apply")
        self.setMaxVisibleItems(20)
        self.currentIndexChanged.connect(self.updateGeometry)

    def offer(self, provider_id: str, regions_of: Callable[[str], Mapping[str, str]]) -> None:
        """List a provider's regions, where another's are listed."""
        if provider_id == self._provider_id:
            return
        self._provider_id = provider_id
        self.clear()
        for region_id, name in regions_of(provider_id).items():
            self.addItem(f"{name} · {region_id}", region_id)

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(words + self.BESIDE, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.LEAST_WIDTH, super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _PriceButton(QToolButton):
    """The dates of the prices in use, with a check mark where the provider lists all of them."""

    BESIDE, LEAST_WIDTH = 11, 90
    """Pixels between the sign and the edge (the style sheet leaves room for both), and of all."""

    def __init__(self, action: QAction) -> None:
        super().__init__()
        self._signs: tuple[QIcon, QIcon] | None = None
        self._others = self._old = ""
        self.setObjectName("prices")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)

    def show_signs(self, listed: QIcon, otherwise: QIcon) -> None:
        """Take the signs in the theme's colors."""
        self._signs = listed, otherwise
        self.update()

    def show_study(self, study: Study) -> None:
        dates, others = _dates(study), other_prices_in_words(study.estimate)
        old = study.old_prices
        if (dates, others, old) == (self.text(), self._others, self._old):
            return
        self._others, self._old = others, old
        self.setText(dates)
        told = "; ".join(filter(None, (old, others))) or "Every provider price is listed"
        told = f"{told[0].upper()}{told[1:]}"
        self.setToolTip(plain_tooltip(f"{told}. Click for the prices in use."))
        self.setAccessibleName(dates)
        self.setAccessibleDescription(told)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(self.LEAST_WIDTH), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._signs:  # behind the words, where a tool button puts no icon
            place = QRect(0, 0, scaled(ICON_SIZE), scaled(ICON_SIZE))
            place.moveCenter(self.rect().center())
            place.moveRight(self.width() - self.BESIDE)
            self._signs[1 if self._others or self._old else 0].paint(QPainter(self), place)


def _dates(study: Study) -> str:
    if study.old_prices:  # that comes first; of which days they are is in the list of them
        return f"{study.old_prices[0].upper()}{study.old_prices[1:]}"
    dates = price_dates(study.estimate, study.figures, " – ")
    return f"Prices {dates}" if dates else "No provider prices"
