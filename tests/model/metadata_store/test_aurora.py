"""Aurora: instances, Serverless v2 and I/O."""

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.choosers import machine_list
from mlflow_cost_desktop.model.scenario import Scenario
from tests.model.metadata_store.helpers import SERVERLESS, lines
from tests.support import BOOK, changed


def test_serverless_is_the_usual_capacity_and_at_peak_that_of_the_peak() -> None:
    capacity = [c for c in lines(**SERVERLESS).values() if c.description.startswith("Serverless")]
    assert sum(float(c.pricing_quantity) for c in capacity) == 2 * (720 - 100) + 8 * 100


def test_a_plan_covers_the_usual_capacity_of_every_hour() -> None:
    planned = lines(**SERVERLESS, aurora__serverless_plan="savings_plan")
    usual = planned["Serverless capacity (Standard, Database Savings Plan)"]
    assert usual.describe_quantity(PLAIN) == "1 instance × 2 ACU × 720 h"
    assert float(usual.effective_cost) == pytest.approx(2 * 720 * 0.12 * 0.65)


def test_the_proxy_before_serverless_bills_eight_acus_at_least() -> None:
    proxied = lines(**SERVERLESS | {"aurora__peak_acu": 10.0}, aurora__proxy="proxy")
    usual, peak = proxied["RDS Proxy"], proxied["RDS Proxy at peak"]
    assert usual.describe_quantity(PLAIN) == "1 instance × 8 ACU [minimum, 2 ACU asked] × 720 h"
    assert peak.describe_quantity(PLAIN) == "1 instance × (10 ACU − 8 ACU billed already) × 100 h"


def test_io_is_billed_under_standard_alone() -> None:
    assert "I/O (Aurora Standard)" in lines(option="aurora")
    optimized = lines(option="aurora", aurora__configuration="io_optimized")
    assert not [words for words in optimized if words.startswith("I/O")]


def test_classes_of_aurora_are_those_of_its_engine_and_configuration() -> None:
    chosen = machine_list("aurora_instance_class", Scenario()).choices(BOOK, PLAIN)
    assert [choice.value for choice in chosen] == ["db.t3.medium"]
    optimized = changed(Scenario(), metadata_store__aurora__configuration="io_optimized")
    assert machine_list("aurora_instance_class", optimized).choices(BOOK, PLAIN) == ()
