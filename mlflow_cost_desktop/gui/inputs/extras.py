"""What a number can have besides its value: each is an entry of its menu, and a sign at its edge.

A question that asks more of a number (how it changes, in which range it lies) adds its `Extra`;
the dialog that its entry opens is found by its key in `gui/dialogs/opener.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from mlflow_cost_desktop.gui.document.session import Study
from mlflow_cost_desktop.model.fields.paths import Place
from mlflow_cost_desktop.model.growth import CONVENTIONS
from mlflow_cost_desktop.wording.growth import rule_in_words
from mlflow_cost_desktop.wording.uncertainty import range_in_words


@dataclass(frozen=True, slots=True)
class Extra:
    """One thing that a number can have.

    Attributes:
        key: by which its dialog is found.
        entry: its line in the menu.
        sign: a letter or two for the square at the field's edge.
        in_words: what is set for a path, empty where nothing is.
    """

    key: str
    entry: str
    sign: str
    in_words: Callable[[Study, str], str]


SetExtra: TypeAlias = tuple[Extra, str]
"""An extra, and what is set of it in words."""


def _growth_in_words(study: Study, path: str) -> str:
    rule = next((rule for rule in study.scenario.growth if rule.path == path), None)
    if rule is None:
        return ""
    return f"Changes over time: {rule_in_words(study.scenario, rule, study.figures)}"


GROWTH = Extra("growth", "Changes over &time…", "↗", _growth_in_words)


def _range_in_words(study: Study, path: str) -> str:
    one = next((one for one in study.scenario.ranges if one.path == path), None)
    return f"Has a range: {range_in_words(study.scenario, one, study.figures)}" if one else ""


RANGE = Extra("range", "Has a ran&ge…", "±", _range_in_words)

EXTRAS: tuple[Extra, ...] = (GROWTH, RANGE)


def extras_of(place: Place, study: Study) -> tuple[SetExtra, ...]:
    """What a number can have, each with what is set; nothing for what is no number."""
    is_number = place.spec.is_number and place.value is not None
    if not is_number or place.path in CONVENTIONS or place.path.startswith("needs."):
        return ()
    return tuple((extra, extra.in_words(study, place.path)) for extra in EXTRAS)
