"""`mlflow-cost alternatives`: worked figures, needs as they are typed, why others lost."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.paths import resources_dir

ARTICLE = str(resources_dir() / "scenarios" / "article-2024.mlcost")
SIZE = ("--vcpu", "2", "--memory", "8", "--commitment", "0", "--part", "server")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["alternatives", ARTICLE, *arguments]) == 0
    return capsys.readouterr().out


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    return json.loads(run(capsys, *arguments, "--format", "json"))


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["alternatives", ARTICLE, *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return err


def server_cost(found: dict[str, Any], at: int = 0) -> float:
    """Of an alternative that differs in its server alone; the present one costs 69.12."""
    return found["alternatives"][at]["effective_cost"] - found["now"]["effective_cost"] + 69.12


def test_worked_machines(capsys: pytest.CaptureFixture[str]) -> None:
    not_burstable = (*SIZE, "--burstable", "no")
    x86 = answer(capsys, *not_burstable, "--architecture", "x86_64")
    assert x86["alternatives"][0]["edits"]["server.ec2.instance_type"] == "m5a.large"
    assert server_cost(x86) == pytest.approx(61.92)
    # Of each kind of hosting the cheapest is listed: without it, the next.
    without = ("--price", "ec2/m5a.large/on_demand=1")
    second = answer(capsys, *not_burstable, "--architecture", "x86_64", *without)
    assert second["alternatives"][0]["edits"]["server.ec2.instance_type"] == "m6a.large"
    assert server_cost(second) == pytest.approx(62.208)
    any_kind = answer(capsys, *not_burstable, "--architecture", "any")
    assert any_kind["alternatives"][0]["edits"]["server.ec2.instance_type"] == "m6g.large"
    assert server_cost(any_kind) == pytest.approx(55.44)


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--limit", "4")
    assert found["now"]["title"] == "EC2 m5.large, RDS db.m5.large MySQL, S3 Standard"
    assert found["now"]["does_not_meet"] == {}
    assert [one["rank"] for one in found["alternatives"]] == [1, 2, 3, 4]
    best = found["alternatives"][0]
    assert best["difference"] == pytest.approx(
        best["effective_cost"] - found["now"]["effective_cost"]
    )
    assert best["edits"]["needs.vcpu"] == 2.0
    assert found["considered"] > 10_000
    reasons = {one["choice"]: one for one in found["why_not"]}
    assert reasons["EC2 t3.medium"]["reason"] == "4 GiB is less than the 8 asked for"
    assert reasons["EC2 m5.large (spot)"]["effective_cost"] is None


def test_edits_lead_to_the_same_total(capsys: pytest.CaptureFixture[str]) -> None:
    best = answer(capsys)["alternatives"][0]
    typed = [
        f"--set={path}={value}"
        for path, value in best["edits"].items()
        if not path.startswith("needs.")
    ]
    assert main(["estimate", ARTICLE, *typed, "--format", "json"]) == 0
    total = json.loads(capsys.readouterr().out)["totals"]["effective_cost"]
    assert total == pytest.approx(best["effective_cost"], abs=1e-9)


def test_needs_that_the_present_one_does_not_meet(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--memory", "16")
    assert found["now"]["does_not_meet"] == {"server": "8 GiB is less than the 16 asked for"}
    table = run(capsys, "--memory", "16")
    assert "does not meet the needs" in " ".join(table.split())


def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    table = run(capsys, "--limit", "2")
    assert "EC2 m5.large, RDS db.m5.large MySQL, S3 Standard (now)" in table
    assert "Why not …" in table
    assert "SQLite on the server’s disk" in table
    assert max(map(len, table.splitlines())) <= 100


def test_csv(capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.reader(io.StringIO(run(capsys, "--limit", "3", "--format", "csv"))))
    assert rows[0][:3] == ["rank", "title", "region_id"]
    assert [row[0] for row in rows[1:]] == ["1", "2", "3"]


def test_other_regions(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "--regions", "eu-north-1", "--limit", "1")
    best = found["alternatives"][0]
    assert best["region_id"] == best["edits"]["region_id"] == "eu-north-1"
    assert any("costs" in note and "once" in note for note in best["notes"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--regions", "eu-west-99"), "There is no region “eu-west-99”"),
        (("--vcpu", "-1"), "vCPU of the server"),
        (("--limit", "0"), "--limit is from 1"),
        (("--zones", "4"), "Zones of the database"),
    ],
)
def test_refusals(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    assert words in refusal(capsys, *arguments)
