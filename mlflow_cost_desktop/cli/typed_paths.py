"""Paths of inputs as they are typed on the command line."""

from __future__ import annotations

from mlflow_cost_desktop.cli.typed_prices import NOTHING_DONE, did_you_mean
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.fields.paths import places
from mlflow_cost_desktop.model.growth import can_change
from mlflow_cost_desktop.model.scenario import Scenario


def check_number(scenario: Scenario, path: str, what: str) -> None:
    """Refuse a path that names no number; what else is wrong with it, others say.

    Args:
        what: what is wanted of it: "could change".

    Raises:
        UserError: if there is no such number.
    """
    known = [place.path for place in places(scenario) if place.spec.is_number]
    if path in known or can_change(scenario, path):
        return
    raise UserError(
        f"There is no number “{path[:80]}” that {what}",
        f"{did_you_mean(path, known)}mlflow-cost fields lists every field. {NOTHING_DONE}",
    )
