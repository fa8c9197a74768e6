"""All inputs, one tab for each part of the scenario."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mlflow_cost_desktop.gui.charge_model import subtotal
from mlflow_cost_desktop.gui.component_tab import ComponentTab
from mlflow_cost_desktop.gui.own_panel import OwnPanel
from mlflow_cost_desktop.gui.plans_tab import PlansTab
from mlflow_cost_desktop.gui.session import Shown
from mlflow_cost_desktop.gui.tab_bar import SubtotalTabBar
from mlflow_cost_desktop.gui.task_list import LaborTab
from mlflow_cost_desktop.gui.theme import scaled
from mlflow_cost_desktop.model.components import COMPONENTS

PLANS_TAB = "plans"
SCENARIO_TAB = "scenario"

TABS = {
    "server": ("server.option", "usage", "server"),
    "metadata_store": ("metadata_store",),
    "artifact_store": ("artifact_store",),
    "network": ("network",),
    "labor": ("team", "labor"),
    PLANS_TAB: ("plans",),
    SCENARIO_TAB: ("name", "author", "hours_in_month", "horizon_months", "discount", "currency"),
}
"""The tabs, and what of the scenario each shows."""

SHORT_NAMES = {
    "metadata_store": "Metadata",
    "artifact_store": "Artifacts",
    "labor": "Labor",
    PLANS_TAB: "Plans",
}
"""Of tabs whose whole name would leave no room for the others."""

OTHER_TABS = {PLANS_TAB: "Managed plans", SCENARIO_TAB: "Scenario"}

TAB_KINDS: dict[str, type[ComponentTab]] = {"labor": LaborTab, PLANS_TAB: PlansTab}

TAB_TIPS = {
    PLANS_TAB: "Managed plans",
    SCENARIO_TAB: "Name, month, horizon and discount of the whole scenario",
}

LEAST_WIDTH, MOST_WIDTH = 388, 560


class InputPanel(QWidget):
    """The forms, and over them the tabs with their subtotals.

    Only the tab in sight is kept up to date; another one is when it comes into sight.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._shown: Shown | None = None
        self.tab_bar = SubtotalTabBar()
        self._pages = QStackedWidget()
        self.tabs: dict[str, ComponentTab] = {}
        for name, roots in TABS.items():
            tab = TAB_KINDS.get(name, ComponentTab)(name, roots)
            self.tabs[name] = tab
            index = self.tab_bar.addTab(SHORT_NAMES.get(name, COMPONENTS.get(name, "")))
            self.tab_bar.setTabToolTip(index, TAB_TIPS.get(name, COMPONENTS.get(name, "")))
            self.tab_bar.setAccessibleTabName(index, COMPONENTS.get(name, OTHER_TABS.get(name, "")))
            self._pages.addWidget(tab)
        self.own_panel = OwnPanel()
        self.tabs[SCENARIO_TAB].add_below(self.own_panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tab_strip())
        column.addWidget(self._pages, 1)
        for tab in self.tabs.values():  # a form is scrolled; what is offered stays in sight
            column.addWidget(tab.offers)
        self._pages.setMinimumWidth(scaled(LEAST_WIDTH))  # the tabs above may need more
        self.setMaximumWidth(scaled(MOST_WIDTH))
        self.tab_bar.currentChanged.connect(self._show_tab)

    def _tab_strip(self) -> QWidget:
        """The tabs above a line from edge to edge; names begin about where the forms do."""
        strip = QWidget()
        strip.setObjectName("tabs")
        strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(strip)
        row.setContentsMargins(8, 0, 0, 1)
        row.addWidget(self.tab_bar, 1)
        return strip

    @property
    def current_tab(self) -> ComponentTab:
        return list(self.tabs.values())[self.tab_bar.currentIndex()]

    def show_shown(self, shown: Shown) -> None:
        self._shown = shown
        self.current_tab.show_shown(shown)
        currency = shown.scenario.currency

        def in_words(usd: float) -> str:
            whole = 1000 <= currency.converted(usd) < 1e6  # cents have no room in a tab
            return currency.dollars(usd) if whole else currency.short_money(usd)

        for index, name in enumerate(self.tabs):
            if name in COMPONENTS:
                self.tab_bar.show_subtotal(index, subtotal(shown.estimate, name, in_words))

    def show_icon(self, icon: QIcon) -> None:
        """Take the icon, in the theme's colors, of the one tab without a name."""
        self.tab_bar.setTabIcon(list(self.tabs).index(SCENARIO_TAB), icon)

    def lead_to(self, component: str, path: str) -> None:
        """Turn to the field at a path, or to a component's tab where the path is empty."""
        name = component
        for tab, roots in TABS.items():
            if any(path == root or path.startswith(f"{root}.") for root in roots):
                name = tab
        self.tab_bar.setCurrentIndex(list(self.tabs).index(name))
        self.tabs[name].reveal(path)

    def _show_tab(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        for tab in self.tabs.values():
            tab.offers.be_in_sight(tab is self.current_tab)
        if self._shown:
            self.current_tab.show_shown(self._shown)
