"""The JSON of every verb is what its schema says, and the schema leaves out no key of it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from mlflow_cost_desktop.cli.main import main, parser
from mlflow_cost_desktop.paths import resources_dir
from tests.cli.helpers import ARTICLE, Capture
from tests.cli.schemas import faults_of, schema

ROOT = Path(__file__).resolve().parents[2]
LARGE = str(resources_dir() / "scenarios" / "large.mlcost")
GROWING = str(ROOT / "tests" / "data" / "scenario-v3.mlcost")
EURO = ("currency.code=EUR", "currency.per_usd=0.9", "currency.date=2026-11-01")
IN_EURO = tuple(word for edit in EURO for word in ("--set", edit))
RANGED = ("--range", "labor.platform_engineer_usd=70:130", "--draws", "200")

ASKED: dict[str, tuple[tuple[str, ...], ...]] = {
    "estimate": ((ARTICLE,), (LARGE, *IN_EURO), (GROWING, "--against", "none")),
    "project": ((ARTICLE,), (GROWING,), (LARGE, "--grow", "team.users=+5/month")),
    "uncertainty": ((ARTICLE, *RANGED, "--budget", "700"), (GROWING, "--draws", "200")),
    "tornado": ((ARTICLE, *RANGED[:2]), (LARGE,)),
    "flips": ((ARTICLE,), (LARGE,), (ARTICLE, "--against", "none")),
    "alternatives": ((ARTICLE,), (LARGE, "--part", "server", "--limit", "3")),
    "compare": (
        (ARTICLE, LARGE),
        (ARTICLE, "--regions", "eu-central-1", "--plans", "sagemaker_small"),
        (ARTICLE, "--regions", "all"),
    ),
    "plans": ((ARTICLE,), (LARGE, *IN_EURO)),
    "prices": (("--match", "m5.large"),),
    "prices status": (("--all",),),
    "fields": ((),),
}
"""What each verb is asked, behind its name."""

SHARED = {"about", "charge", "held_against", "by_component"}
"""What several answers have in common."""


def verbs(of: argparse.ArgumentParser, before: str = "") -> Iterator[str]:
    """Every verb that can answer in JSON, in words."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, command in action.choices.items():
                yield from verbs(command, f"{before} {name}".strip())
        elif "--format" in action.option_strings and "json" in (action.choices or ()):
            yield before


@pytest.mark.parametrize("verb", ASKED)
def test_answers_are_as_their_schema_says(verb: str, capsys: Capture) -> None:
    for arguments in ASKED[verb]:
        assert main([*verb.split(), *arguments, "--format", "json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        faults = faults_of(verb, answer)
        assert not faults, (arguments, faults[:3])


def test_every_verb_that_answers_in_json_has_its_schema() -> None:
    Draft202012Validator.check_schema(schema())
    assert set(schema()["$defs"]) - SHARED == set(verbs(parser()))
    # An update of prices is asked for in its own tests, of price lists that are made there.
    assert set(ASKED) == set(schema()["$defs"]) - SHARED - {"prices update"}


def test_an_answer_without_a_key_or_with_another_kind_is_not_as_it_says() -> None:
    assert faults_of("fields", []) == []
    assert faults_of("fields", [{"path": "x"}])
    assert faults_of("fields", {})
    assert faults_of("estimate", {})


@pytest.mark.parametrize(
    "verb", ["project", "uncertainty", "tornado", "flips", "alternatives", "plans", "compare"]
)
def test_answers_say_whose_figures_they_are(verb: str, capsys: Capture) -> None:
    more = (LARGE,) if verb == "compare" else ()
    assert main([verb, ARTICLE, *more, *IN_EURO, "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    about = answer["scenarios"][0]["about"] if verb == "compare" else answer["about"]
    assert (about["region_id"], about["hours_in_month"]) == ("us-east-1", 720.0)
    assert about["display_currency"]["per_usd"] == 0.9
    assert about["price_age"]["oldest"] and about["price_dates"]
    assert about["unpriced"] == [] and any("taxes" in one for one in about["not_included"])
