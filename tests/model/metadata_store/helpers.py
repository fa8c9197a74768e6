"""The metadata store's lines, and what is said of it."""

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed

STORE = "metadata_store__"


def lines(**values: object) -> dict[str, Charge]:
    """The store's lines by what they are, without what stands in brackets."""
    scenario = changed(ARTICLE, **{f"{STORE}{path}": value for path, value in values.items()})
    charges = estimate(scenario, BOOK).charges
    return {c.description: c for c in charges if c.component == "metadata_store"}


def told(**values: object) -> dict[str, str]:
    scenario = changed(ARTICLE, **{f"{STORE}{path}": value for path, value in values.items()})
    return {
        w.path.removeprefix("metadata_store."): w.text
        for w in warnings(scenario, BOOK)
        if "no known price" not in w.text
    }


GP3 = {
    "rds__storage_type": "gp3",
    "rds__storage_gb": 500.0,
    "rds__iops": 14_000.0,
}


SERVERLESS: dict[str, object] = {
    "option": "aurora",
    "aurora__capacity": "serverless",
    "aurora__acu": 2.0,
    "aurora__peak_acu": 8.0,
    "aurora__peak_hours": 100.0,
}
