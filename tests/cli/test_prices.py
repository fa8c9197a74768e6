"""`mlflow-cost prices`."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from mlflow_cost_desktop.cli import arguments
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices import shelf
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.cli.helpers import Capture, refusal, run
from tests.shared.made_up import ACME, write_books
from tests.support import PRICES


def test_prices(capsys: Capture) -> None:
    table = run(capsys, "prices", "--match", "s3/standard/")
    lines = [" ".join(line.split()) for line in table.splitlines()]
    assert lines[0] == "SKU Tier USD Unit Upfront State Source Date"
    assert (
        "s3/standard/storage 51,200 to 512,000 $0.022 GB-month listed AWSPRICE 2025-10-22" in lines
    )
    found = json.loads(run(capsys, "prices", "--match", "S3/standard/storage", "--format", "json"))
    assert (found["region_id"], found["currency"]) == ("us-east-1", "USD")
    (price,) = found["prices"]
    assert [tier["end"] for tier in price["tiers"]] == [51200, 512000, None]
    rows = list(
        csv.DictReader(
            io.StringIO(run(capsys, "prices", "--match", "t3.small 3y", "--format", "csv"))
        )
    )
    estimated = next(row for row in rows if row["state"] == "estimated")
    assert estimated["rule"]
    assert (estimated["provider_id"], estimated["region_id"]) == ("aws", "us-east-1")
    assert float(estimated["upfront_usd"]) > 0
    many = " ".join(f"{word}{at}" for at in range(25_000) for word in ("a", "ec2/"))
    assert "No price of" in run(capsys, "prices", "--match", many)
    assert run(capsys, "prices", "--match", "t3.small 3y " * 5_000) == run(
        capsys, "prices", "--match", "t3.small 3y"
    )
    assert "No price of Europe (Ireland) matches." in run(
        capsys, "prices", "--region", "eu-west-1", "--match", "nothing"
    )


def test_prices_of_another_provider(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(PRICES, tmp_path / "pricing")
    write_books(tmp_path / "pricing")
    monkeypatch.setattr(arguments, "pricing_dir", lambda: tmp_path / "pricing")
    monkeypatch.setattr(shelf, "PROVIDERS", {**shelf.PROVIDERS, ACME.id: ACME})
    found = json.loads(run(capsys, "prices", "--provider", "Acme", "--format", "json"))
    assert (found["provider_id"], found["region_id"]) == ("acme", "moon-1")
    assert len(found["prices"]) == 3
    table = run(capsys, "prices", "--provider", "acme", "--region", "MOON-1", "--match", "zone")
    assert "transfer/zone" in table
    assert "no prices of the provider 'gcp'" in refusal(capsys, "prices", "--provider", "gcp")


def test_every_listed_price_can_be_asked_for(capsys: Capture) -> None:
    found = json.loads(run(capsys, "prices", "--region", "eu-west-1", "--format", "json"))
    book = Shelf(pricing_dir() / "aws").book("eu-west-1")
    assert [price["sku_id"] for price in found["prices"]] == list(book.listed)


def test_rules_of_estimated_prices_stand_below_the_table(capsys: Capture) -> None:
    table = run(capsys, "prices", "--match", "ec2/t3.small/3y")
    assert "estimated [1]" in table
    assert "\n[1] On-demand price of the region times" in table
