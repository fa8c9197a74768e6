"""Scenarios made at random, the same for the same seed."""

import random
from collections.abc import Iterable

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.fields.paths import places, replace
from mlflow_cost_desktop.model.scenario import Scenario


def at_random(seed: int, scenarios: Iterable[Scenario]) -> Scenario:
    """One of some scenarios with other choices, and with other figures here and there."""
    picks = random.Random(seed)
    scenario = picks.choice(list(scenarios))
    for place in places(scenario):
        if place.spec.choices:
            scenario = replace(scenario, place.path, picks.choice(list(place.spec.choices)))
        elif isinstance(place.value, bool):
            scenario = replace(scenario, place.path, picks.random() < 0.5)
        elif place.spec.is_number and picks.random() < 0.3:
            try:
                scenario = replace(scenario, place.path, float(picks.choice((0, 1, 7, 90))))
            except UserError:  # out of its bounds
                continue
    return scenario
