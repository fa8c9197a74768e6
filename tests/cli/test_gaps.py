"""Whatever is printed or exported: a total that lacks a line says so, and no other does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.cli.helpers import ARTICLE, Capture, run, shell, unsold
from tests.shared.unmarked import unmarked

VERBS = {
    "estimate": (),
    "plans": (),
    "project": (),
    "uncertainty": ("--budget", "700", "--draws", "200"),
    "tornado": (),
    "flips": (),
}

Case = tuple[Scenario, PriceBook, tuple[str, ...]]


@pytest.fixture(scope="module")
def case() -> Case:
    """The sample where it is not sold as it is."""
    region, machine = unsold()
    file = replace(read_scenario(Path(ARTICLE)).scenario, "region_id", region)
    scenario = replace(file, "server.ec2.instance_type", machine)
    asked = ("--region", region, "--set", f"server.ec2.instance_type={machine}")
    return scenario, Shelf(pricing_dir() / "aws").book(region), asked


@pytest.mark.parametrize("verb", VERBS)
def test_every_total_of_a_verb_is_marked(verb: str, case: Case, capsys: Capture) -> None:
    scenario, book, asked = case
    text = run(capsys, verb, ARTICLE, *asked, *VERBS[verb])
    assert "+ ?" in text or "without unpriced lines" in text
    assert unmarked(text, scenario, book) == []
    assert "441.77 + ?" not in text  # maintenance is whole


def test_scenarios_side_by_side_are_marked(case: Case, capsys: Capture) -> None:
    scenario, book, asked = case
    text = run(capsys, "compare", ARTICLE, ARTICLE, *asked)
    assert unmarked(text, scenario, book) == []
    below = text[text.index("\nTotal ") :]
    for whole in ("Maintenance", "One-off"):
        row = re.search(rf"^{whole} .*$", below, re.MULTILINE)
        assert row and "?" not in row[0]
    assert re.search(r"infrastructure \+\$\d+\.\d\d \+ \?, maintenance \$0\.00, one-off", text)


def test_exports_are_marked(case: Case, tmp_path: Path, capsys: Capture) -> None:
    scenario, book, asked = case
    assert main(["export", ARTICLE, *asked, "-o", str(tmp_path / "x.md")]) == 0
    text = (tmp_path / "x.md").read_text(encoding="utf-8")
    assert unmarked(text, scenario, book) == []
    assert "441.77 + ?" not in text
    assert shell("report", ARTICLE, *asked, "-o", str(tmp_path / "x.pdf")).returncode == 0
    pages = PdfReader(tmp_path / "x.pdf").pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)
    assert text.count("+ ?") > 20
    assert unmarked(text, scenario, book) == []
    capsys.readouterr()


@pytest.mark.parametrize("verb", ["project", "uncertainty", "tornado", "flips"])
def test_json_counts_what_is_left_out(verb: str, case: Case, capsys: Capture) -> None:
    _, _, asked = case
    document = json.loads(run(capsys, verb, ARTICLE, *asked, "--format", "json"))
    assert document["unpriced"] == 2  # neither machine nor database is sold there
