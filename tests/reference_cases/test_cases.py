"""Published worked examples come out of scenarios that a user could type.

`PASSED` of a component's module turns a case's inputs into a scenario with the case's rates as
own rates; a case without rates is priced from the bundled book of its region.
"""

import csv
import json
import re
from collections import Counter
from typing import Any

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from tests.reference_cases import artifact_store, labor, metadata_store, network, server
from tests.reference_cases.translation import BUNDLED, DATA, Case, Translation
from tests.support import NOTHING, changed


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = {case["id"]: case for case in table("reference-cases.csv")}
LEFT_OUT = {row["id"]: row["reason"] for row in table("reference-cases-left-out.csv")}


def grade(case: dict[str, str]) -> str:
    found = re.match(r"\[grade ([A-Z])\]", case["notes"])
    assert found, case["id"]
    return found[1]


def small_team(inputs: dict[str, Any]) -> Translation:
    """A server and a database that are cases of their own."""
    parts = [json.loads(CASES[part]["inputs"]) for part in inputs["components"]]
    made, database = server.ec2(parts[0]), metadata_store.rds(parts[1])
    made.values |= database.values
    made.rates += database.rates
    return made


def sized_in_bytes(inputs: dict[str, Any]) -> Translation:
    """Six months of metrics, at eight bytes each: with the smallest database of the book."""
    made = Translation("us-east-1", {"horizon_months": float(inputs["months"])}, from_book=True)
    made.values |= {
        "server__ec2__instance_type": "t3.small",
        "server__ec2__replicas": 1.0,
        "metadata_store__rds__instance_class": "db.t3.micro",
        "artifact_store__stored_gb": float(inputs["s3_gb"]),
    }
    made.rate("ec2/t3.small/on_demand", (0.0, inputs["ec2_hourly"]))
    made.rate("s3/standard/storage", (0.0, inputs["s3_usd_gb"]))
    return made


PASSED: dict[str, Case] = {
    "SEED-06": (small_team, metadata_store.instances),
    "TRAP-3": (sized_in_bytes, lambda outcome: outcome.infrastructure),
    **server.PASSED,
    **metadata_store.PASSED,
    **artifact_store.PASSED,
    **network.PASSED,
    **labor.PASSED,
}

ROUNDED_BY_THE_AUTHOR = {
    "SEED-02": 1.0,
    "SEED-06": 10.0,
    **dict.fromkeys(("AWS-AUR-1", "AWS-AUR-3", "AWS-AUR-4", "AWS-AUR-6"), 0.5),
}
"""“Around $42”, “about $200” and whole dollars; everything else is published to the cent."""


def worked_out(case_id: str) -> Estimate:
    translate, _ = PASSED[case_id]
    made = translate(json.loads(CASES[case_id]["inputs"]))
    return estimate(made.scenario(), made.book())


@pytest.mark.parametrize("case_id", [c for c in PASSED if grade(CASES[c]) in "SAB"])
def test_the_published_cost_comes_out(case_id: str) -> None:
    _, part = PASSED[case_id]
    published = float(CASES[case_id]["published_monthly_usd"])
    allowed = ROUNDED_BY_THE_AUTHOR.get(case_id, 0.01)
    assert float(part(worked_out(case_id))) == pytest.approx(published, abs=allowed)


def test_hours_a_day_are_those_of_the_average_month() -> None:
    """Published to the millionth: 4 × 365 ÷ 12 hours, not 4 × 30."""
    assert float(server.server(worked_out("CALC-16"))) == pytest.approx(10.317333, abs=5e-7)


def test_rates_are_the_case_s_own_and_all_of_them_are_used() -> None:
    for case_id, (translate, _) in PASSED.items():
        made = translate(json.loads(CASES[case_id]["inputs"]))
        used = {charge.price.sku_id for charge in worked_out(case_id).charges}
        assert {rate.sku_id for rate in made.rates} <= used, case_id


def test_the_trap_of_an_upfront_payment_that_is_left_out() -> None:
    """Published $9.85 is the recurring part alone; $109 are paid when the term begins."""
    outcome = worked_out("IC-EC2-6")
    only_server = [c for c in outcome.charges if c.component == "server"]
    assert PLAIN.money(float(server.server(outcome))) == "$18.94"
    assert PLAIN.money(sum(float(c.billed_cost) for c in only_server)) == "$118.85"
    recurring = sum(float(c.effective_cost) for c in only_server if c.spread is None)
    assert recurring == pytest.approx(9.85, abs=0.01)


def test_the_verdict_that_turns_on_opportunity_cost() -> None:
    """$3,600 a month with it and $1,600 without: a service of $2,500 a month lies between."""
    made = labor.three_years(json.loads(CASES["ML-09"]["inputs"])).scenario()
    without = changed(made, labor__opportunity_usd_per_month=0.0)
    costs = [labor.server_and_labor(estimate(each, NOTHING)) for each in (made, without)]
    assert [PLAIN.money(float(cost)) for cost in costs] == ["$3,600.00", "$1,600.00"]


def test_the_trap_of_io_optimized_at_the_instance_prices_of_standard() -> None:
    """Published $6,048 has the storage of I/O-Optimized, but not its instances."""
    assert PLAIN.money(float(metadata_store.database(worked_out("TRAP-2")))) == "$7,171.20"
    book = BUNDLED.book("us-east-1")
    standard, optimized = (
        float(book.price("aurora", "mysql", "db.r6g.xlarge", configuration, "on_demand").usd)
        for configuration in ("standard", "io_optimized")
    )
    surcharge = metadata_store.IO_OPTIMIZED_SURCHARGE
    assert optimized / standard == pytest.approx(surcharge, abs=0.001)


def test_the_trap_of_a_database_that_is_a_thousand_times_too_large() -> None:
    """Published $56.68 has $30 for a db.t3.micro, which is none of its prices.

    100,000 runs × 150 metrics × 8 bytes are 120 MB, not GB: the 20 GB that RDS provisions at least
    hold them. By hand: 0.0208 × 730 + 500 × 0.023 + 0.017 × 730 + 20 × 0.115 = 41.394.
    """
    outcome = worked_out("TRAP-3")
    assert PLAIN.money(float(outcome.infrastructure)) == "$41.39"
    database = float(metadata_store.database(outcome))
    assert float(outcome.infrastructure) - database + 30 == pytest.approx(56.68, abs=0.05)


# --- How many -----------------------------------------------------------------


def test_every_case_is_passed_or_left_out_for_a_reason() -> None:
    assert PASSED.keys() | LEFT_OUT.keys() == CASES.keys()
    assert not PASSED.keys() & LEFT_OUT.keys()
    assert all(LEFT_OUT.values())


def test_how_many_cases_of_each_grade_are_passed_and_left_out() -> None:
    assert Counter(grade(CASES[case_id]) for case_id in PASSED) == {
        "S": 6,
        "A": 45,
        "B": 2,
        "T": 3,
    }
    assert Counter(grade(CASES[case_id]) for case_id in LEFT_OUT) == {"A": 2}
