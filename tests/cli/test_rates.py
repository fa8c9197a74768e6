"""Own rates on the command line: every form, and what is refused."""

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from tests.cli.helpers import ARTICLE, Capture, cost, printed, refusal, saved, unsold


def test_flat_rate(capsys: Capture) -> None:
    document = printed(capsys, "--price", "ec2/m5.large/on_demand=0.09")
    assert cost(document, "Instance hours (m5.large") == 64.80  # 720 h × $0.09
    line = document["charges"][0]
    assert (line["price_state"], line["price_source"]) == ("own", "your rate")


def test_rate_in_tiers(capsys: Capture) -> None:
    # 60,000 GB − 100 GB free = 59,900 GB:
    # 10,240 × $0.09 + 40,960 × $0.085 + 8,700 × $0.07 = 921.60 + 3,481.60 + 609.00
    document = printed(
        capsys, "--set", "network.transfer_out_gb=60000",
        "--price", "transfer/internet=0:0.09,10240:0.085,51200:0.07",
    )  # fmt: skip
    assert cost(document, "Data transfer out") == 5012.20


def test_rate_with_a_free_quantity(capsys: Capture) -> None:
    # A million requests are 1,000 units; 250 of them are paid: 250 × $0.005
    document = printed(
        capsys, "--set", "artifact_store.s3.put_requests=1e6",
        "--price", "s3/standard/put=0.005;free=750",
    )  # fmt: skip
    assert cost(document, "PUT and LIST requests") == 1.25


def test_tiers_after_a_free_quantity(capsys: Capture) -> None:
    # 1,024 GB − 24 GB free = 1,000 GB: 600 × $0.02 + 400 × $0.01 = 16.00
    document = printed(capsys, "--price", "s3/standard/storage=0:0.02,600:0.01;free=24")
    assert cost(document, "S3 Standard storage") == 16.00


def test_commitment(capsys: Capture) -> None:
    # 720 h × $0.0143 = 10.296, and $125 ÷ 12 months = 10.4167
    document = printed(
        capsys, "--set", "server.ec2.purchase=reserved",
        "--set", "server.ec2.payment=partial_upfront",
        "--price", "ec2/m5.large/1y/standard/partial_upfront=0.0143+125",
    )  # fmt: skip
    assert cost(document, "Instance hours (m5.large") == 10.30
    assert cost(document, "Upfront payment (m5.large") == 10.42
    assert round(document["charges"][1]["billed_cost"], 2) == 125.00
    assert document["charges"][0]["list_unit_price"] == 0.096


@pytest.mark.parametrize("rate", ["9e-2", "0.9E-1", " .09 ", "0:0.09"])
def test_spellings_of_a_figure(capsys: Capture, rate: str) -> None:
    document = printed(capsys, "--price", f"ec2/m5.large/on_demand={rate}")
    assert cost(document, "Instance hours (m5.large") == 64.80


def test_rates_are_of_the_region_that_is_asked_for(capsys: Capture, tmp_path: Path) -> None:
    rate = OwnRate(
        sku_id="ec2/m5.large/on_demand",
        provider_id="aws",
        region_id="us-east-1",
        tiers=(RateTier(usd=1.0),),
    )
    file = saved(tmp_path, replace(read_scenario(Path(ARTICLE)).scenario, "own_rates", (rate,)))
    assert cost(printed(capsys, file=file), "Instance hours (m5.large") == 720.00
    abroad = printed(capsys, "--region", "eu-west-1", file=file)
    assert cost(abroad, "Instance hours (m5.large") == 77.04
    assert "Your rate for ec2/m5.large/on_demand is for us-east-1" in abroad["warnings"][0]
    argv = ("--price", "ec2/m5.large/on_demand=2", "--region", "eu-west-1")
    assert cost(printed(capsys, *argv, file=file), "Instance hours (m5.large") == 1440.00
    # A rate that is typed replaces the file's for the same SKU.
    assert cost(printed(capsys, *argv[:2], file=file), "Instance hours (m5.large") == 1440.00


def test_rate_for_a_price_that_no_source_holds(capsys: Capture) -> None:
    region, missing = unsold()
    argv = ("--region", region, "--set", f"server.ec2.instance_type={missing}")
    document = printed(capsys, *argv, "--price", f"ec2/{missing}/on_demand=0.5")
    assert cost(document, "Instance hours (m") == 360.00  # 720 h × $0.50


def test_own_lines_of_the_file(capsys: Capture, tmp_path: Path) -> None:
    file = saved(tmp_path, Scenario(own_lines=(OwnLine(id="plan", name="Plan", usd=100.0),)))
    assert cost(printed(capsys, file=file), "Plan") == 100.00
    assert cost(printed(capsys, "--set", "own_lines.plan.usd=30", file=file), "Plan") == 30.00


@settings(max_examples=50)
@given(st.text("0123456789.:,+;=efr-", max_size=12))
def test_any_rate_is_taken_or_refused(text: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        assert main(["estimate", ARTICLE, "--price", f"ec2/m5.large/on_demand={text}"]) in (0, 2)


@pytest.mark.parametrize(
    ("price", "words"),
    [
        ("ec2/m5.large/on_demand", "has no rate"),
        ("ec2/m5.large/ondemand=1", "Did you mean ec2/m5.large/on_demand"),
        ("=1", "has no price “”"),
        ("labor/platform_engineer=1", "is a field of the scenario and no price"),
        ("ec2/m5.large/on_demand=", "“” is no plain number"),
        ("ec2/m5.large/on_demand=x", "“x” is no plain number"),
        ("ec2/m5.large/on_demand=-1", "“-1” is less than 0"),
        ("ec2/m5.large/on_demand=nan", "“nan” is no plain number"),
        ("ec2/m5.large/on_demand=1e999", "“1e999” is larger than any number"),
        ("ec2/m5.large/on_demand=1e10", "its figures are too large"),
        ("ec2/m5.large/on_demand=5:1", "its tiers don't begin at 0 and rise"),
        ("ec2/m5.large/on_demand=0:1,5:2,5:3", "its tiers don't begin at 0 and rise"),
        ("ec2/m5.large/on_demand=0:1,5", "“” is no plain number"),
        ("ec2/m5.large/on_demand=1;free=", "“” is no plain number"),
        ("ec2/m5.large/on_demand=1;gift=3", "only free=QUANTITY"),
        ("ec2/m5.large/on_demand=1;free=1;free=2", "only free=QUANTITY"),
        ("ec2/m5.large/on_demand=1+2", "is not a commitment"),
        ("ec2/m5.large/on_demand=1+2+3", "“2+3” is no plain number"),
    ],
)
def test_refused_rates(capsys: Capture, price: str, words: str) -> None:
    assert words in refusal(capsys, "estimate", ARTICLE, "--price", price)
