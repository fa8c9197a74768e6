"""Proposed edits: what would change, from what to what, why, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mlflow_cost_desktop.model.fields.declaration import M, Model
from mlflow_cost_desktop.model.fields.paths import get, replace

Sureness: TypeAlias = Literal["certain", "likely", "guess"]
"""`certain` follows from what is known, `likely` is so as a rule, `guess` is an assumption."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A value for one field.

    Attributes:
        path: of the field.
        old: what stood there when the edit was proposed.
        new: what is proposed; checked by the field when it is applied.
        why: in a few words, without a period.
        sure: how sure the proposal is.
    """

    path: str
    old: object
    new: object
    why: str = ""
    sure: Sureness = "certain"

    @property
    def changes_something(self) -> bool:
        return self.new != self.old


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits that belong together, in the order in which they are applied."""

    edits: tuple[Edit, ...] = ()

    @staticmethod
    def proposed(
        model: Model,
        values: Iterable[tuple[str, object]],
        why: str = "",
        sure: Sureness = "certain",
    ) -> Edits:
        """New values by their paths, beside what stands there in a model.

        Raises:
            UserError: if there is no such field.
        """
        return Edits(tuple(Edit(path, get(model, path), new, why, sure) for path, new in values))

    def __bool__(self) -> bool:
        return bool(self.edits)

    def __add__(self, others: Edits) -> Edits:
        return Edits((*self.edits, *others.edits))

    @property
    def values(self) -> dict[str, object]:
        """The new values by their paths."""
        return {edit.path: edit.new for edit in self.edits}

    @property
    def changing(self) -> Edits:
        """Those that change something; others only make sure of a value that is there."""
        return self.chosen(lambda edit: edit.changes_something)

    def chosen(self, is_wanted: Callable[[Edit], bool]) -> Edits:
        """Some of the edits, in their order."""
        return Edits(tuple(edit for edit in self.edits if is_wanted(edit)))

    def applied(self, model: M) -> M:
        """A validated copy with all new values.

        Raises:
            UserError: if a field refuses its value, or there is none; the model is unchanged.
        """
        for edit in self.edits:
            model = replace(model, edit.path, edit.new)
        return model
