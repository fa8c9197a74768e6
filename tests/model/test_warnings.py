"""What the reader is told, and where; nothing where all is well."""

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import get
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.support import ARTICLE, BOOK, NOTHING, RICH, SCENARIOS, changed, own_rate


def told(scenario: Scenario, **values: object) -> dict[str, str]:
    return {w.path: w.text for w in warnings(changed(scenario, **values), BOOK)}


def test_nothing_to_say_of_the_article() -> None:
    assert warnings(ARTICLE, BOOK) == ()
    assert warnings(Scenario(), BOOK) == ()


def test_usage_beyond_the_month() -> None:
    text = told(ARTICLE, usage__hours=730.0)["usage.hours"]
    assert text == "Usage of 730 h is more than the month of 720 h; only those are billed."
    schedule = {
        "usage__by": "schedule",
        "usage__hours_per_day": 24.0,
        "usage__days_per_week": 7.0,
        "usage__weeks_per_month": 5.0,
    }
    assert "840 h" in told(ARTICLE, **schedule)["usage.hours_per_day"]


@pytest.mark.parametrize("hours_in_month", [23.0, 672.0, 696.0, 720.0, 730.0, 744.0, 999.9])
def test_day_and_night_all_week_is_the_month_and_no_more(hours_in_month: float) -> None:
    always = {"usage__hours_per_day": 24.0, "usage__days_per_week": 7.0}
    assert told(ARTICLE, hours_in_month=hours_in_month, usage__by="schedule", **always) == {}


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        ({"server__ec2__replicas": 0.0}, "server.ec2.replicas", "No replica"),
        (
            {
                "server__ec2__peak_replicas": 1.0,
                "server__ec2__peak_hours": 200.0,
                "usage__hours": 160.0,
            },
            "server.ec2.peak_hours",
            "more than the usage hours",
        ),
        (
            {"server__ec2__purchase": "reserved", "usage__hours": 160.0},
            "server.ec2.purchase",
            "bills every hour",
        ),
        (
            {"server__ec2__purchase": "reserved_typed", "horizon_months": 11.0},
            "server.ec2.term",
            "binds for 12 months, longer than the horizon",
        ),
        (
            {
                "server__ec2__purchase": "reserved",
                "server__ec2__term": "3y",
                "server__ec2__payment": "partial_upfront",
                "horizon_months": 35.0,
            },
            "server.ec2.term",
            "binds for 36 months",
        ),
        (
            {"metadata_store__rds__storage_gb": 19.0},
            "metadata_store.rds.storage_gb",
            "20 GB are billed",
        ),
        (
            {"metadata_store__rds__runs": "usage_hours", "usage__hours": 160.0},
            "metadata_store.rds.runs",
            "after seven days",
        ),
        (
            {"metadata_store__rds__storage_type": "gp3", "metadata_store__rds__iops": 3001.0},
            "metadata_store.rds.iops",
            "neither delivered nor billed",
        ),
        ({"labor__tasks": ()}, "labor.tasks", "somebody will do this work"),
        (
            {"server__ec2__instance_type": "m9.large"},
            "server",
            "no known price for ec2/m9.large/on_demand",
        ),
    ],
)
def test_one_warning_for_one_cause(values: dict[str, object], path: str, words: str) -> None:
    found = told(ARTICLE, **values)
    assert list(found) == [path]
    assert words in found[path]


@pytest.mark.parametrize(
    "values",
    [
        {"server__ec2__peak_hours": 720.0, "server__ec2__peak_replicas": 1.0},
        {"server__ec2__peak_hours": 900.0},  # no replicas, no matter
        {"server__ec2__purchase": "reserved", "horizon_months": 12.0},
        {"metadata_store__rds__storage_gb": 20.0},
        {"metadata_store__rds__storage_type": "gp3"},
        {
            "metadata_store__rds__storage_type": "gp3",
            "metadata_store__rds__storage_gb": 400.0,
            "metadata_store__rds__iops": 14_000.0,
        },
        {"metadata_store__rds__iops": 9000.0},  # gp2 has none to choose
        {"metadata_store__rds__runs": "usage_hours"},
    ],
)
def test_no_warning_at_the_edge(values: dict[str, object]) -> None:
    assert told(ARTICLE, **values) == {}


def test_an_unknown_price_is_named_with_its_line_and_region() -> None:
    text = told(ARTICLE, server__ec2__instance_type="m9.large")["server"]
    assert text == (
        "US East (N. Virginia) has no known price for ec2/m9.large/on_demand: "
        "“Instance hours (m9.large, on demand)” is left out of the total."
    )


def test_every_unpriced_line_is_named_once() -> None:
    texts = [w.text for w in warnings(RICH, NOTHING) if "no known price" in w.text]
    assert len(texts) == len(set(texts)) == int(estimate(RICH, NOTHING).unpriced) > 9


def test_own_rates_that_are_not_used() -> None:
    elsewhere = own_rate("ec2/m5.large/on_demand", (0.0, 1.0), region_id="eu-west-1")
    assert told(ARTICLE, own_rates=(elsewhere,)) == {
        "own_rates": "Your rate for ec2/m5.large/on_demand is for eu-west-1 and is not used in "
        "us-east-1."
    }
    misspelled = own_rate("ec2/m5.large/ondemand", (0.0, 1.0))
    assert told(ARTICLE, own_rates=(misspelled,)) == {
        "own_rates": "Your rate for ec2/m5.large/ondemand is used by no line."
    }
    assert told(ARTICLE, own_rates=(own_rate("ec2/m5.large/on_demand", (0.0, 1.0)),)) == {}
    beside = own_rate("ec2/m5.large/on_demand", (0.0, 1.0), (9.0, 0.5))
    assert told(ARTICLE, own_rates=(beside,), server__ec2__purchase="reserved") == {}


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("book", [BOOK, NOTHING], ids=["book", "nothing"])
def test_every_warning_is_a_sentence_about_a_field_or_a_part(name: str, book: PriceBook) -> None:
    for warning in warnings(SCENARIOS[name], book):
        get(SCENARIOS[name], warning.path)  # raises if there is no such field
        assert warning.text.endswith(".")
