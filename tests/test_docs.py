"""The architecture names rooms and files that are there."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import drawn
from tests.support import ARTICLE, BOOK


@pytest.fixture
def architecture(checkout: Path) -> str:
    return (checkout / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_every_file_that_is_named_is_there(checkout: Path, architecture: str) -> None:
    named = set(re.findall(r"`([\w./-]+/[\w.-]+\.\w+)`", architecture))
    assert len(named) > 20
    above = (checkout, checkout / "mlflow_cost_desktop", checkout / "mlflow_cost_desktop/exports")
    assert {name for name in named if not any((at / name).is_file() for at in above)} == set()


def test_every_room_is_named(checkout: Path, architecture: str) -> None:
    tree = architecture.partition("```\n")[2].partition("```")[0]
    package = checkout / "mlflow_cost_desktop"
    rooms = {path.parent for path in package.rglob("__init__.py")} - {package}
    assert {room.name for room in rooms if f" {room.name}/" not in tree} == set()


def test_the_example_of_shapes_runs(architecture: str) -> None:
    section = architecture.partition("## Shapes\n")[2].partition("\n## ")[0]
    code = section.partition("```python\n")[2].partition("```")[0]
    names: dict[str, Any] = {
        "np": np,
        "drawn": drawn,
        "estimate": estimate,
        "scenario": ARTICLE,
        "book": BOOK,
        "draws": np.linspace(2.0, 9.0, 10_000)[np.newaxis, :],
    }
    exec(compile(code, "docs/architecture.md", "exec"), names)
    outcome = names["outcome"]
    assert outcome.effective_cost.shape == (36, 10_000)
    assert outcome.horizon_total.shape == (1, 10_000)


def test_ten_questions_are_answered_opening_at_most_three_files(architecture: str) -> None:
    questions = architecture.partition("## Ten questions")[2]
    answers = re.findall(r"^\d+\. \*\*.+\?\*\* (.+)$", questions, re.MULTILINE)
    assert len(answers) == 10
    for answer in answers:
        files = set(re.findall(r"`[\w./-]+\.(?:py|csv|md)`", answer))
        assert 1 <= len(files) <= 3, answer
