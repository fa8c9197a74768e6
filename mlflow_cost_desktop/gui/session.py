"""The open scenario with its undo history and estimate; an edit replaces it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.estimate import Estimate, estimate
from mlflow_cost_desktop.model.fields import get, replace, spec_at
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf


@dataclass(frozen=True)
class Shown:
    """What views are handed: a scenario, the prices it was estimated with, and the answer."""

    scenario: Scenario
    price_book: PriceBook
    estimate: Estimate
    notices: tuple[Notice, ...]


class Session(QObject):
    """The one holder of the open scenario.

    Edits, undo, redo and opening all end in `_show`, which tells the views; what they are told
    is made by `_estimated`, once for each scenario.
    """

    shown_changed = Signal(Shown)
    refused = Signal(str, str)  # path, what is wrong with the value
    clean_changed = Signal(bool)

    def __init__(self, shelf: Shelf, scenario: Scenario) -> None:
        super().__init__()
        self.shelf = shelf
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.clean_changed)
        self.shown = self._estimated(scenario)

    @property
    def scenario(self) -> Scenario:
        return self.shown.scenario

    def edit(self, path: str, value: object) -> None:
        """Put a value at a path, as a step that can be undone.

        A value that the field refuses changes nothing; `refused` says why.
        """
        try:
            name = name_in_words(self.scenario, path)
            if get(self.scenario, path) == value:
                self._show(self.shown)  # takes a refused value off the field
                return
            after = self._estimated(replace(self.scenario, path, value))
        except UserError as error:
            self.refused.emit(path, error.title)
            return
        self.undo_stack.push(_Edit(self, path, name, self.shown, after))

    def open(self, scenario: Scenario) -> None:
        """Show another scenario, without a history.

        Raises:
            UserError: if no price book covers its region; the open scenario stays.
        """
        shown = self._estimated(scenario)
        self.undo_stack.clear()
        self._show(shown)

    def show_again(self) -> None:
        """Tell the views what is open: for those that were just made."""
        self._show(self.shown)

    def _estimated(self, scenario: Scenario) -> Shown:
        price_book = self.shelf.book(scenario.region_id)
        return Shown(
            scenario,
            price_book,
            estimate(scenario, price_book),
            warnings(scenario, price_book),
        )

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        self.shown_changed.emit(shown)


def name_in_words(scenario: Scenario, path: str) -> str:
    """What an edit of a field is called: `replicas`, `hours each (Version upgrades)`.

    Raises:
        UserError: if there is no such field.
    """
    title = spec_at(scenario, path).title
    words = title.lower() if title[1:].islower() else title
    parent = path.rpartition(".")[0]
    item = get(scenario, parent) if parent else scenario
    return f"{words} ({item.name})" if hasattr(item, "id") else words


class _Edit(QUndoCommand):
    """A pair of snapshots; edits of the same field in a row are one step.

    `QUndoStack` merges nothing into the saved state, so that it can always be returned to.
    """

    def __init__(self, session: Session, path: str, name: str, before: Shown, after: Shown) -> None:
        super().__init__(name.replace("&", "&&"))  # in a menu, "&" is no letter
        self._session = session
        self.path = path
        self._before = before
        self.after = after

    def id(self) -> int:
        # Qt offers commands of equal id for merging; `mergeWith` compares the paths.
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other.path != self.path:
            return False
        self.after = other.after
        vars(other).clear()  # PySide keeps the merged command, and with it its snapshots
        self.setObsolete(self.after.scenario == self._before.scenario)
        return True

    def undo(self) -> None:
        self._session._show(self._before)

    def redo(self) -> None:
        self._session._show(self.after)
