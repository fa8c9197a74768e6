"""Artifacts in a store, and what keeping them costs."""

from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import BOOK, changed

EMPTY = changed(Scenario(), labor__tasks=(), metadata_store__option="sqlite")


def kept(**values: object) -> Scenario:
    return changed(EMPTY, **{f"artifact_store__{path}": value for path, value in values.items()})


def store(outcome: Estimate) -> float:
    return float(outcome.by_component["artifact_store"])


def cost(**values: object) -> float:
    return store(estimate(kept(**values), BOOK))
