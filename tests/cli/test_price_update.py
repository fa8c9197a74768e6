"""`prices status`, `update` and `revert` from an empty user folder, against a local list."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mlflow_cost_desktop.cli import arguments, price_update
from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.lock import Lock
from mlflow_cost_desktop.files.scenario_file import write_scenario
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.cli.schemas import faults_of
from tests.shared.loopback import serving
from tests.shared.price_list import offer_path, write_list
from tests.support import ARTICLE, PRICES

M5 = "ec2/m5.large/on_demand"


@pytest.fixture(autouse=True)
def _empty_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arguments, "pricing_dir", lambda: PRICES)
    monkeypatch.setattr(arguments, "prices_dir", lambda: tmp_path / "fetched")
    for name in ("downloads", "settings", "state"):
        monkeypatch.setattr(price_update, f"{name}_dir", lambda name=name: tmp_path / name)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def scenario(tmp_path: Path) -> str:
    path = tmp_path / "team.mlcost"
    write_scenario(path, ARTICLE, SavedFigures(price_dates=None, effective_cost=0.0))
    return str(path)


def write(folder: Path, usd: str = "0.106") -> Path:
    books = Shelf(PRICES / "aws")
    write_list(
        folder,
        [books.book("us-east-1"), books.book("eu-west-1")],
        lambda key, old: Decimal(usd) if key == M5 else old,
    )
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: str, status: int = 0) -> tuple[str, str]:
    assert main(words) == status
    captured = capsys.readouterr()
    return captured.out, captured.err


def as_json(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    answer = json.loads(said(capsys, *words, "--format", "json")[0])
    verb = " ".join(words[:2]) if words[0] == "prices" else words[0]
    assert faults_of(verb, answer) == []
    return answer


def month(capsys: pytest.CaptureFixture[str], scenario: str) -> float:
    return as_json(capsys, "estimate", scenario)["totals"]["effective_cost"]


def test_update_see_the_scenario_move_and_revert(
    tmp_path: Path, scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = month(capsys, scenario)
    with serving(write(tmp_path / "list")) as loopback:
        words = ("prices", "update", "--from", loopback.address, "--scenario", scenario)
        table, _ = said(capsys, *words, "--dry-run")
        assert "1 changed" in table and "Nothing was changed (--dry-run)" in table
        assert f"{M5}" in table and "+10.4 %" in table
        assert f"The scenario, a month: ${before:,.2f} → ${before + 7.2:,.2f}" in table
        assert month(capsys, scenario) == before
        assert "Not updated: Spot prices; the metadata of SageMaker's" in table
        document = as_json(capsys, *words)
    (region,), not_read = document["regions"], document["not_read"]
    assert not_read[0] == "Spot prices"
    assert region["region_id"] == "us-east-1"
    assert (region["new"], region["changed"], region["gone"]) == (0, 1, 0)
    assert region["effective_cost"]["after"] == pytest.approx(before + 7.2)
    assert region["moves"] == [
        {"key": M5, "before": 0.096, "after": 0.106, "percent": pytest.approx(10.41667)}
    ]
    assert month(capsys, scenario) == pytest.approx(before + 7.2)
    status = as_json(capsys, "prices", "status")
    found = {one["region_id"]: one for one in status["regions"]}
    assert status["limit_days"] == 90
    assert found["us-east-1"]["version"] == region["version"]
    assert found["us-east-1"]["sha256"] == region["sha256"]
    assert found["us-east-1"]["published"] == "2026-11-20"
    assert len(found["us-east-1"]["files"]) == 16
    assert found["eu-west-1"]["version"] == "bundled" and found["eu-west-1"]["fetched"] is None
    table, _ = said(capsys, "prices", "status")
    assert "fetched 20" in table and "All other regions (" in table
    table, _ = said(capsys, "prices", "revert")
    assert table == "us-east-1: bundled with version 0.1.0\n"
    assert month(capsys, scenario) == before
    _, told = said(capsys, "prices", "revert", "--region", "us-east-1", status=2)
    assert "There is nothing to go back to" in told


def test_several_regions_from_a_folder_and_all_of_them_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(write(tmp_path / "list"))
    words = ("prices", "update", "--from", folder, "--region", "us-east-1", "--region", "EU-WEST-1")
    assert [one["region_id"] for one in as_json(capsys, *words)["regions"]] == [
        "us-east-1",
        "eu-west-1",
    ]
    _, told = said(capsys, "prices", "revert", status=2)
    assert "Fetched are: eu-west-1, us-east-1" in told
    table, _ = said(capsys, "prices", "revert", "--all")
    assert table.count("bundled") == 2
    assert (
        said(capsys, "prices", "revert", "--all")[0] == "No prices were fetched: nothing to do.\n"
    )


def test_what_is_asked_about_waits_for_a_yes(
    tmp_path: Path, scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = month(capsys, scenario)
    words = ("prices", "update", "--from", str(write(tmp_path / "list", "0.96")))
    table, told = said(capsys, *words)
    assert "$0.096 would become $0.96, a move beyond what is likely" in table
    assert "--yes takes it over" in told
    assert month(capsys, scenario) == before
    (region,) = as_json(capsys, *words, "--yes")["regions"]
    assert [one["kind"] for one in region["asked"]] == ["moved"]
    assert month(capsys, scenario) > before + 600


def test_a_list_of_which_nothing_can_be_used_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "list")
    for file in folder.rglob("*.csv"):
        file.write_text("<html>Sign in</html>")
    _, told = said(capsys, "prices", "update", "--from", str(folder), status=2)
    assert told.startswith("Nothing of the price list could be used: ") and "web page" in told
    assert not (tmp_path / "fetched").exists()


def test_one_service_that_is_damaged_keeps_its_prices(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write(tmp_path / "list")
    (folder / offer_path("AmazonRDS", "us-east-1")).write_bytes(b"")
    table, _ = said(capsys, "prices", "update", "--from", str(folder))
    assert "Stays as before: AmazonRDS: The price file of AmazonRDS is empty" in table


def test_only_one_updates_at_a_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = Lock.take(tmp_path / "state" / "locks" / "prices.lock")
    assert lock is not None
    folder = str(write(tmp_path / "list"))
    _, told = said(capsys, "prices", "update", "--from", folder, status=2)
    assert "Another window or terminal is updating prices" in told
    lock.release()
    said(capsys, "prices", "update", "--from", folder)


def test_no_network_is_a_sentence_and_everything_else_works(
    scenario: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = said(capsys, "prices", "update", "--from", "http://127.0.0.1:9", status=2)
    assert told.startswith("The connection to 127.0.0.1 broke off: Connection refused.")
    assert month(capsys, scenario) > 0


def test_a_region_that_there_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    _, told = said(capsys, "prices", "update", "--region", "us-east-9", status=2)
    assert "There is no price book for the region 'us-east-9'" in told


def test_the_limit_is_a_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = tmp_path / "settings"
    settings.mkdir()
    (settings / "settings.json").write_text('{"version": 1, "old_after_days": 30}')
    assert as_json(capsys, "prices", "status")["limit_days"] == 30
    for nonsense in ('{"old_after_days": 0}', '{"old_after_days": true}', "[]", "{"):
        (settings / "settings.json").write_text(nonsense)
        assert as_json(capsys, "prices", "status")["limit_days"] == 90
