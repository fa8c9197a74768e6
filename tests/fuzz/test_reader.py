"""Every file that fuzzing began with, or that it once stumbled on, opens or gives a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.scenario_file import (
    MAX_BYTES,
    as_bytes,
    read_scenario,
    write_scenario,
)
from mlflow_cost_desktop.model.own import OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from tests.fuzz.reader import opens

CORPUS = Path(__file__).with_name("corpus")
FIGURES = SavedFigures(price_dates=None, effective_cost=0.0)


def test_the_corpus(tmp_path: Path) -> None:
    opened = {seed.name for seed in CORPUS.iterdir() if opens(seed.read_bytes(), tmp_path)}
    assert opened == {"minimal-v1", "minimal-v2"}
    assert len(list(CORPUS.iterdir())) >= 20


def _with(path: str, value: Any) -> bytes:
    document = json.loads(as_bytes(Scenario(), FIGURES))
    *steps, last = path.split(".")
    holder = document
    for step in steps:
        holder = holder[step]
    holder[last] = value
    return json.dumps(document, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("scenario.labor.tasks", [0] * 2_000_000, "it holds more than 20,000 values"),
        ("scenario.labor.tasks", [{}] * 1_000_000, "it holds more than 20,000 values"),
        ("scenario.own_rates", [{"tiers": [{}] * 1000}] * 900, "it holds more than 20,000"),
        ("scenario.extra", {f"{n:x}": 0 for n in range(300_000)}, "it holds more than 20,000"),
        ("scenario.labor.tasks", [{}] * 15_000, "; and "),
        ("scenario.name", "n" * 4_000_000, "it must be at most 120 characters long"),
    ],
)
def test_a_small_file_of_many_faults_takes_little(
    tmp_path: Path, path: str, value: Any, words: str
) -> None:
    # A validator that wrote down two million faults took four gigabytes.
    data = _with(path, value)
    assert len(data) <= MAX_BYTES
    (tmp_path / "a.mlcost").write_bytes(data)
    with pytest.raises(UserError, match=words) as caught:
        read_scenario(tmp_path / "a.mlcost")
    assert len(str(caught.value)) < 1000


def test_what_would_be_refused_for_its_size_is_not_saved(tmp_path: Path) -> None:
    tiers = tuple(RateTier(begin=float(at), usd=1.0) for at in range(50))
    rates = tuple(
        OwnRate(sku_id=f"s{n}", provider_id="aws", region_id="us-east-1", tiers=tiers)
        for n in range(200)
    )
    with pytest.raises(UserError, match="more than 20,000 values"):
        write_scenario(tmp_path / "a.mlcost", Scenario(own_rates=rates), FIGURES)
    assert not (tmp_path / "a.mlcost").exists()
    write_scenario(tmp_path / "a.mlcost", Scenario(own_rates=rates[:100]), FIGURES)
    assert read_scenario(tmp_path / "a.mlcost").scenario.own_rates == rates[:100]
