"""Edits on the command line: taken, refused, and without effect."""

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.scenario_file import read_scenario, write_scenario
from mlflow_cost_desktop.model.fields.paths import Place, places
from mlflow_cost_desktop.model.scenario import Scenario
from tests.cli.helpers import ARTICLE, Capture, cost, printed, refusal
from tests.support import LINE_MONTHLY, changed


def test_a_region_that_there_is_nowhere_is_no_destination(capsys: Capture) -> None:
    assert main(("estimate", ARTICLE, "--set", "network.destination=eu-west-9")) == 2
    assert "There is no region “eu-west-9”. Did you mean" in capsys.readouterr().err


def test_edits_of_every_kind(capsys: Capture) -> None:
    document = printed(
        capsys,
        "--set", "name=A = B",
        "--set", "usage.by=schedule",
        "--set", "usage.weeks_per_month=4",
        "--set", "metadata_store.discount=50",
        "--set", "labor.tasks.upgrades.hours=6",
        "--set", "server.ec2.instance_type=m5.xlarge",
    )  # fmt: skip
    assert document["usage_hours"] == 160  # 8 h × 5 days × 4 weeks
    assert cost(document, "Instance hours (m5.xlarge") == 30.72  # 160 h × $0.192
    assert cost(document, "Instance hours (db.m5.large") == 61.56  # half of 123.12
    assert cost(document, "Version upgrades") == 91.40  # 2 × 6 h ÷ 12 × $91.40
    back = printed(
        capsys, "--set", "usage.by=schedule", "--set", "usage.weeks_per_month=none",
        "--set", "metadata_store.discount=none",
    )  # fmt: skip
    assert back["usage_hours"] == pytest.approx(40 * 720 / 168)


def test_an_edit_without_effect_is_noted(capsys: Capture) -> None:
    assert main(["estimate", ARTICLE, "--set", "server.ec2.term=3y"]) == 0
    printed = capsys.readouterr()
    assert printed.err == (
        "Note: server.ec2.term has no effect while other fields are as they are.\n"
    )
    assert "$659.86" in printed.out


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        ("usage.hours", "has no value"),
        ("usage.hourz=1", "Did you mean usage.hours"),
        ("server=1", "There is no field “server”"),
        ("server.ec2=1", "There is no field “server.ec2”"),
        ("labor.tasks.upgrades.name=x", "There is no field"),
        ("labor.tasks.0.hours=1", "There is no field"),
        ("=1", "There is no field “”"),
        ("usage.hours=-1", "Usage: it must be at least 0"),
        ("usage.hours=1001", "Usage: it must be at most 1,000"),
        ("usage.hours=many", "Usage: “many” is no plain number; write 1500, 1024.5 or 1e6"),
        ("usage.hours=", "Usage: “” is no plain number"),
        ("usage.hours=none", "Usage: “none” is no plain number"),
        ("usage.hours=nan", "Usage: “nan” is no plain number"),
        ("usage.hours=inf", "Usage: “inf” is no plain number"),
        ("usage.hours=1e999", "Usage: “1e999” is larger than any number"),
        ("usage.hours=1_000", "Usage: “1_000” is no plain number"),
        ("usage.hours=٧٢٠", "Usage: “٧٢٠” is no plain number; write 720, if that is what you"),
        ("usage.hours=1,024", "Usage: “1,024” is no plain number; write 1024, if that is"),
        ("usage.hours=0,5", "Usage: “0,5” is no plain number; write 0.5, if that is"),
        ("currency.per_usd=many", "1500, 1024.5 or 1e6, or none"),
        (
            "usage.by=night",
            "Usage given by: there is no “night”. It is one of whole_month, hours, schedule.",
        ),
        (f"name={'n' * 121}", "Name: it must be at most 120 characters"),
        ("name=\udcff", "Name: "),
        ("region_id=eu-west-9", "Did you mean eu-west-"),
        ("region_id=", "Region: it must not be empty"),
        ("server.ec2.instance_type=m5.larg", "Did you mean m5.large"),
        ("server.ec2.instance_type=db.m5.large", "No region sells"),
        ("metadata_store.rds.instance_class=m5.large", "Did you mean db.m5.large"),
        ("metadata_store.rds.instance_class=db.m5.larg", "Did you mean db.m5.large"),
    ],
)
def test_refused_edits(capsys: Capture, edit: str, words: str) -> None:
    assert words in refusal(capsys, "estimate", ARTICLE, "--set", edit)


@settings(max_examples=50)
@given(st.sampled_from(list(places(Scenario()))), st.text(max_size=12))
def test_any_edit_is_taken_or_refused(place: Place, text: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
        assert main(["estimate", ARTICLE, "--set", f"{place.path}={text}"]) in (0, 2)


def test_an_edit_of_a_line_that_a_later_option_takes_away(capsys: Capture, tmp_path: Path) -> None:
    scenario = changed(read_scenario(Path(ARTICLE)).scenario, own_lines=(LINE_MONTHLY,))
    path = tmp_path / "own.mlcost"
    write_scenario(path, scenario, SavedFigures(price_dates=None, effective_cost=0.0))
    own = LINE_MONTHLY.id
    argv = ("estimate", str(path), "--set", f"own_lines.{own}.usd=5", "--line", f"{own}=none")
    assert main(argv) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "argv",
    [
        ("--region", "US-EAST-1"),
        ("--set", "server.ec2.instance_type= M5.LARGE "),
        ("--set", "server.option=EC2"),
        ("--set", "currency.code=usd"),
        ("--set", "server.fargate.size=2 VCPU · 8 GB"),
    ],
)
def test_names_are_taken_as_the_window_takes_them(capsys: Capture, argv: tuple[str, str]) -> None:
    assert main(("estimate", ARTICLE, *argv)) == 0
    assert "659.86" in capsys.readouterr().out
