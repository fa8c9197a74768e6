"""What a user, a gigabyte and a run cost, of floats and of arrays alike."""

from __future__ import annotations

import numpy as np
import pytest

from mlflow_cost_desktop.analysis.unit_costs import unit_costs
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import swept
from tests.support import ARTICLE, BOOK, changed


@pytest.mark.parametrize(
    ("path", "values"),
    [
        ("team.users", [1.0, 5.0, 40.0]),
        ("artifact_store.stored_gb", [0.0, 1024.0, 5e4]),
        ("team.runs_per_month", [1.0, 10.0, 2000.0]),
        ("usage.hours", [0.0, 300.0, 720.0]),
    ],
)
def test_arrays_are_the_costs_of_each_value(path: str, values: list[float]) -> None:
    scenario = changed(ARTICLE, team__runs_per_month=500.0)
    many = swept(scenario, path, np.array(values))
    costs = unit_costs(many, estimate(many, BOOK))
    for at, value in enumerate(values):
        one = changed(scenario, **{path.replace(".", "__"): value})
        alone = unit_costs(one, estimate(one, BOOK))
        for cost, cost_alone in zip(costs, alone, strict=True):
            found = np.broadcast_to(cost, len(values))[at]
            np.testing.assert_allclose(found, cost_alone)


def test_of_nothing_there_is_no_cost_of_one() -> None:
    scenario = changed(ARTICLE, artifact_store__stored_gb=0.0, team__runs_per_month=None)
    named = unit_costs(scenario, estimate(scenario, BOOK)).named
    assert (named["gb"], named["run"]) == (None, None)
    assert named["user"] is not None
