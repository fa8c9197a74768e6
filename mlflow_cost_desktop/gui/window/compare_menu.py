"""The menu of what can stand beside the open scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from mlflow_cost_desktop.analysis.managed_plans import all_plans
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.filled_menus import empty
from mlflow_cost_desktop.model.scenario import Scenario

Others = Callable[[], Iterable[tuple[str, Scenario]]]
"""Scenarios of other windows, each with the title of its window."""


class CompareMenu(QMenu):
    """Files, samples, other windows, other regions, and managed plans.

    Signals:
        files_asked: to choose files.
        sample_chosen: its path.
        scenario_chosen: a scenario and its name.
        region_chosen, plan_chosen: an id and a name.
        regions_asked: to see all regions.
    """

    files_asked = Signal()
    sample_chosen = Signal(Path)
    scenario_chosen = Signal(object, str)
    region_chosen = Signal(str, str)
    plan_chosen = Signal(str, str)
    regions_asked = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._session: Session | None = None
        self._samples: Mapping[str, Path] = {}
        self.others: Others = lambda: ()
        self.aboutToShow.connect(self.fill)

    def follow(self, session: Session, samples: Mapping[str, Path]) -> None:
        """Offer what goes with a session's scenario, and samples by their names."""
        self._session, self._samples = session, samples

    def fill(self) -> None:
        """Offer what there is now."""
        empty(self)
        session = self._session
        if session is None:
            return
        self.addAction("&Files…").triggered.connect(self.files_asked)
        samples = self.addMenu("&Sample")
        for name, path in self._samples.items():
            action = samples.addAction(_plain(name))
            action.triggered.connect(lambda *_, path=path: self.sample_chosen.emit(path))
        windows = self.addMenu("Other &window")
        for title, scenario in self.others():
            action = windows.addAction(_plain(title))
            action.triggered.connect(
                lambda *_, name=title, one=scenario: self.scenario_chosen.emit(one, name)
            )
        windows.setEnabled(not windows.isEmpty())
        self.addSeparator()
        self._fill_regions(session)
        self._fill_plans(session)
        self.addSeparator()
        self.addAction("&All regions").triggered.connect(self.regions_asked)

    def _fill_regions(self, session: Session) -> None:
        whole = self.addMenu("This one at another &region")
        scenario = session.scenario
        shelf = session.shelf.of(scenario.provider_id)
        menus: dict[str, QMenu] = {}
        for region_id, name in shelf.regions.items():
            if region_id == scenario.region_id:
                continue
            continent = shelf.provider.continent(region_id)
            menu = menus.get(continent) or (whole.addMenu(continent) if continent else whole)
            menus[continent] = menu
            action = menu.addAction(f"{name} · {region_id}")
            action.triggered.connect(
                lambda *_, one=region_id, name=name: self.region_chosen.emit(one, name)
            )

    def _fill_plans(self, session: Session) -> None:
        menu = self.addMenu("This one with a managed &plan")
        for plan in all_plans(session.scenario, session.plans):
            if plan.has_figure:
                action = menu.addAction(_plain(plan.name))
                action.triggered.connect(
                    lambda *_, one=plan.id, name=plan.name: self.plan_chosen.emit(one, name)
                )
        menu.setEnabled(not menu.isEmpty())


def _plain(name: str) -> str:
    """A name in which nothing is taken for a mnemonic."""
    return name.replace("&", "&&")
