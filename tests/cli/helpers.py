"""Commands as a user types them, and what they print."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mlflow_cost_desktop.cli.main import main
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.scenario_file import write_scenario
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf

SCENARIOS = resources_dir() / "scenarios"
ARTICLE = str(SCENARIOS / "article-2024.mlcost")
Capture = pytest.CaptureFixture[str]


def run(capsys: Capture, *argv: str) -> str:
    """What a command prints; nothing goes wrong."""
    assert main(argv) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def printed(capsys: Capture, *argv: str, file: str = ARTICLE) -> dict[str, Any]:
    return json.loads(run(capsys, "estimate", file, *argv, "--format", "json"))


def cost(document: dict[str, Any], description: str) -> float:
    """The cost to the cent of the lines whose description begins so."""
    found = [c for c in document["charges"] if c["description"].startswith(description)]
    assert found
    return round(sum(charge["effective_cost"] for charge in found), 2)


def refusal(capsys: Capture, *argv: str) -> str:
    """The one sentence on stderr, with exit status 2 and nothing on stdout."""
    assert main(argv) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err
    return printed.err


def saved(tmp_path: Path, scenario: Scenario) -> str:
    path = tmp_path / "s.mlcost"
    write_scenario(path, scenario, SavedFigures(price_dates=None, effective_cost=0.0))
    return str(path)


def unsold() -> tuple[str, str]:
    """A region, and an instance type that is sold elsewhere only."""
    shelf = Shelf(pricing_dir() / "aws")
    listed = shelf.book("ap-southeast-6").listed
    types = (t for t in shelf.instance_types if t.startswith("m"))
    return "ap-southeast-6", next(t for t in types if f"ec2/{t}/on_demand" not in listed)


def shell(*argv: str, **changes: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "mlflow_cost_desktop.cli", *argv],
        check=False,
        capture_output=True,
        env={**os.environ, **changes},
    )


def in_process(*argv: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mlflow_cost_desktop.cli", *argv]
    return subprocess.run(command, check=False, capture_output=True, timeout=120, **options)
