"""A chart card's menu: what is done with the chart, and what it is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from mlflow_cost_desktop.analysis.options import compared_parts
from mlflow_cost_desktop.analysis.sweep import STORAGE, USAGE, USERS, choices
from mlflow_cost_desktop.charts.axes import input_name
from mlflow_cost_desktop.gui.toolkit.filled_menus import empty
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import Place
from mlflow_cost_desktop.model.scenario import Scenario

FIRST = (USAGE, STORAGE, USERS)
"""The inputs at the head of the list; all others are below, by their part."""


class ChartMenu(QMenu):
    """What can be done with any chart: copy, save, show as a table; its scales.

    Actions with keys belong to the card as well (`keyed`).
    """

    def __init__(self) -> None:
        super().__init__()
        self.copy_action = self._keyed("&Copy as image", QKeySequence.StandardKey.Copy)
        self.save_action = self._action("&Save as PNG, SVG or CSV…")
        self.table_action = self._keyed("Show as &table…", "Ctrl+T")
        self.addSeparator()
        self.add_questions()
        self.log_action = self._switch("&Logarithmic costs")
        self.grid_action = self._switch("&Grid")
        self.add_scales()
        self.addSeparator()
        self.all_action = self._keyed("Show the &whole axes", "0")

    def add_questions(self) -> None:
        """Add what the chart can be asked, if anything."""

    def add_scales(self) -> None:
        """Add further choices of its scales, if there are any."""

    @property
    def keyed(self) -> tuple[QAction, ...]:
        """The actions that have a key of their own."""
        return self.copy_action, self.table_action, self.all_action

    def _keyed(self, text: str, key: QKeySequence.StandardKey | str) -> QAction:
        action = self._action(text)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _action(self, text: str) -> QAction:
        action = QAction(text, self)
        self.addAction(action)
        return action

    def _switch(self, text: str) -> QAction:
        action = self._action(text)
        action.setCheckable(True)
        return action


class CardMenu(ChartMenu):
    """Also the input along the axis, and the part whose options are compared."""

    path_chosen = Signal(str)
    part_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.inputs.aboutToShow.connect(self._fill_inputs)
        self.parts.aboutToShow.connect(self._fill_parts)
        self._asked: Callable[[], tuple[Scenario, str, str] | None] = lambda: None

    def add_questions(self) -> None:
        self.inputs = self.addMenu("Cost &by")
        self.parts = self.addMenu("&Options of")
        self.addSeparator()

    def add_scales(self) -> None:
        self.same_scale_action = self._switch("Same cost scale in bot&h charts")

    def ask(self, asked: Callable[[], tuple[Scenario, str, str] | None]) -> None:
        """Where the lists come from: the scenario, the path and the part that are shown now."""
        self._asked = asked

    def _fill_inputs(self) -> None:
        """Every active number of the scenario, those first that most plans hang on."""
        empty(self.inputs)
        asked = self._asked()
        if asked is None:
            return
        scenario, path, _ = asked
        found = {place.path: place for place in choices(scenario)}
        group = QActionGroup(self.inputs)
        for first in FIRST:
            if first in found or first == USAGE:  # hours that are not typed, too
                self._offer(self.inputs, group, first, scenario, first == path)
        self.inputs.addSeparator()
        menus: dict[str, QMenu] = {}
        for one, place in found.items():
            if one not in FIRST:
                name = _group_of(place)
                menu = menus.get(name) or self.inputs.addMenu(name.replace("&", "&&"))
                menus[name] = menu
                self._offer(menu, group, one, scenario, one == path)
        group.triggered.connect(lambda action: self.path_chosen.emit(action.data()))

    def _offer(
        self, menu: QMenu, group: QActionGroup, path: str, scenario: Scenario, is_shown: bool
    ) -> None:
        name = input_name(path, scenario)
        action = menu.addAction((name[0].upper() + name[1:]).replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(is_shown)
        action.setData(path)
        group.addAction(action)

    def _fill_parts(self) -> None:
        empty(self.parts)
        asked = self._asked()
        if asked is None:
            return
        scenario, _, part = asked
        group = QActionGroup(self.parts)
        for name in compared_parts(scenario):
            action = self.parts.addAction(COMPONENTS[name])
            action.setCheckable(True)
            action.setChecked(name == part)
            action.setData(name)
            group.addAction(action)
        group.triggered.connect(lambda action: self.part_chosen.emit(action.data()))


def _group_of(place: Place) -> str:
    """The part that an input belongs to, in the words of the form."""
    return place.group[0] if place.group else "Scenario"
