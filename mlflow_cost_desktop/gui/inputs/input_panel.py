"""All inputs, one tab for each part of the scenario."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.gui.inputs.component_tab import ComponentTab
from mlflow_cost_desktop.gui.inputs.form import Form
from mlflow_cost_desktop.gui.inputs.scenario_tab import ScenarioTab
from mlflow_cost_desktop.gui.inputs.tab_bar import SubtotalTabBar
from mlflow_cost_desktop.model.components import COMPONENTS, SHORT_NAMES
from mlflow_cost_desktop.model.currency import symbol_of
from mlflow_cost_desktop.wording.totals import subtotal

PLANS_TAB = "plans"
SCENARIO_TAB = "scenario"

TABS = {
    "server": ("team", "server.option", "usage", "server"),
    "metadata_store": ("metadata_store",),
    "artifact_store": ("artifact_store",),
    "network": ("network",),
    "labor": ("labor",),
    PLANS_TAB: ("plans",),
    SCENARIO_TAB: ("name", "author", "hours_in_month", "horizon_months", "discount", "currency"),
}
"""The tabs, and what of the scenario each shows: users and runs, which decide most, at the head."""

OTHER_TABS = {PLANS_TAB: "Managed plans", SCENARIO_TAB: "Scenario"}

SHORT_TABS = {PLANS_TAB: "Plans"}

TAB_TIPS = {
    PLANS_TAB: "Managed plans",
    SCENARIO_TAB: "Name, month, horizon and discount of the whole scenario",
}

LEAST_WIDTH = 360

USUAL_SUBTOTAL = 99_999.0
"""Up to this, in the currency that is chosen, a subtotal moves no tab."""


class InputPanel(QWidget):
    """The forms, and over them the tabs with their subtotals.

    A tab is made when it first comes into sight. Only the one in sight is kept up to date.

    Signals:
        edited: a field's path and its new value.
        extra_asked: a number's path, and the key of what more of it is asked for.
        settled: the typing in a field was ended.
        suggestion_applied, suggestion_dismissed: with the suggestion.
        suggestion_look_asked: to see what a suggestion would change before it is applied.
        rates_requested, lines_requested: to see the user's own rates, or lines.
        tab_made: a tab has come into the window, after all that Tab reached so far.
    """

    edited = Signal(str, object)
    extra_asked = Signal(str, str)
    settled = Signal()
    suggestion_applied = Signal(object)
    suggestion_look_asked = Signal(object)
    suggestion_dismissed = Signal(object)
    rates_requested = Signal()
    lines_requested = Signal()
    tab_made = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("left")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._study: Study | None = None
        self._tabs: dict[str, ComponentTab] = {}
        self.tab_bar = SubtotalTabBar()
        for name in TABS:
            index = self.tab_bar.addTab(SHORT_NAMES.get(name, SHORT_TABS.get(name, "")))
            self.tab_bar.setTabToolTip(index, TAB_TIPS.get(name, COMPONENTS.get(name, "")))
            self.tab_bar.setAccessibleTabName(index, COMPONENTS.get(name, OTHER_TABS.get(name, "")))
        self._pages = QStackedWidget()
        self._pages.setMinimumWidth(LEAST_WIDTH)  # the tabs above may need more
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._tab_strip())
        self._column.addWidget(self._pages, 1)
        self.tab_bar.currentChanged.connect(self._show_tab)
        self.tab(next(iter(TABS)))  # here Tab comes to it before what stands beside the panel

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
        return self.tab(list(TABS)[self.tab_bar.currentIndex()])

    def tab(self, name: str) -> ComponentTab:
        """The tab of a name in `TABS`."""
        if name not in self._tabs:
            self._tabs[name] = self._made(name)
            self.tab_made.emit()
        return self._tabs[name]

    def _made(self, name: str) -> ComponentTab:
        tab = _kind_of(name)(name, TABS[name])
        tab.edited.connect(self.edited)
        for form in tab.findChildren(Form):  # those of lists, too
            form.extra_asked.connect(self.extra_asked)
        tab.settled.connect(self.settled)
        tab.suggestions.applied.connect(self.suggestion_applied)
        tab.suggestions.look_asked.connect(self.suggestion_look_asked)
        tab.suggestions.dismissed.connect(self.suggestion_dismissed)
        if isinstance(tab, ScenarioTab):
            tab.own_panel.rates_requested.connect(self.rates_requested)
            tab.own_panel.lines_requested.connect(self.lines_requested)
        self._pages.addWidget(tab)
        self._column.addWidget(
            tab.suggestions
        )  # a form is scrolled; what is offered stays in sight
        return tab

    def show_study(self, study: Study) -> None:
        self._study = study
        self.current_tab.show_study(study)
        currency = study.scenario.currency

        def in_words(usd: float) -> str:
            whole = 1000 <= currency.converted(usd) < 1e6  # cents have no room in a tab
            form = currency.dollars if whole else currency.short_money
            return form(usd, study.figures)

        figures = study.figures.amount(USUAL_SUBTOTAL, in_cents=False)
        self.tab_bar.show_usual(f"{symbol_of(currency.code)}{figures}")
        for index, name in enumerate(TABS):
            if name in COMPONENTS:
                self.tab_bar.show_subtotal(index, subtotal(study.estimate, name, in_words))

    def show_problem(self, path: str, text: str) -> None:
        """Say beside a field what is wrong with what was typed."""
        for tab in self._tabs.values():
            tab.show_problem(path, text)

    def finish_typing(self) -> None:
        """Take what was typed in a field that has not been left yet."""
        for tab in self._tabs.values():
            tab.finish_typing()

    def show_icon(self, icon: QIcon) -> None:
        """Take the icon, in the theme's colors, of the one tab without a name."""
        self.tab_bar.setTabIcon(list(TABS).index(SCENARIO_TAB), icon)

    def open_tab(self, name: str) -> ComponentTab:
        """Bring a tab into sight."""
        self.tab_bar.setCurrentIndex(list(TABS).index(name))
        return self.tab(name)

    def lead_to(self, component: str, path: str) -> None:
        """Show the field at a path, or a component's tab where the path is empty."""
        name = component
        for tab, roots in TABS.items():
            if any(path == root or path.startswith(f"{root}.") for root in roots):
                name = tab
        self.open_tab(name).reveal(path)

    def _show_tab(self) -> None:
        current = self.current_tab
        self._pages.setCurrentWidget(current)
        for tab in self._tabs.values():
            tab.suggestions.be_in_sight(tab is current)
        if self._study:
            current.show_study(self._study)


def _kind_of(name: str) -> type[ComponentTab]:
    match name:
        case "labor":
            from mlflow_cost_desktop.gui.inputs.task_list import LaborTab

            return LaborTab
        case "plans":
            from mlflow_cost_desktop.gui.inputs.plans_tab import PlansTab

            return PlansTab
        case "scenario":
            return ScenarioTab
        case _:
            return ComponentTab
