"""The architecture names rooms, files and floors that are there, and tests mirror them."""

import re
import tomllib
from collections.abc import Iterator
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


def tree(architecture: str) -> str:
    return architecture.partition("```\n")[2].partition("```")[0]


def test_every_room_is_named(checkout: Path, architecture: str) -> None:
    rooms = rooms_of(checkout) - {Path()}
    assert {room.name for room in rooms if f" {room.name}/" not in tree(architecture)} == set()


def named_in(tree: str) -> Iterator[tuple[Path, str]]:
    """The modules that the tree names, each with the room that it is named in."""
    rooms: list[str] = []
    for line in filter(None, tree.splitlines()):
        depth = (len(line) - len(line.lstrip())) // 4
        if depth <= len(rooms):  # further right a room's description goes on
            del rooms[depth:]
            found = re.match(r"\s*(\w+)/", line)
            rooms += [found[1]] if found else []
        for module in re.findall(r"\b\w+\.py\b", line):
            yield Path(*rooms), module


def test_every_module_of_the_tree_is_in_its_room(checkout: Path, architecture: str) -> None:
    named = set(named_in(tree(architecture)))
    assert len(named) > 60
    assert {(room, name) for room, name in named if not (checkout / room / name).is_file()} == set()


def test_floors_are_those_that_are_held(checkout: Path, architecture: str) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    held = project["tool"]["importlinter"]["contracts"]
    floors = architecture.partition("## Floors\n")[2].partition("```\n")[2].partition("```")[0]
    assert floors.splitlines() == [layer.replace(" |", ",") for layer in held[0]["layers"]]
    window = re.search(r"`(window → [^`]+)`", architecture)
    assert window
    assert window[1].split(" → ") == [layer.replace(" |", ",") for layer in held[1]["layers"]]


def test_tests_mirror_the_rooms(checkout: Path) -> None:
    rooms = rooms_of(checkout)
    tested = {
        path.parent.relative_to(checkout / "tests") for path in checkout.glob("tests/**/*.py")
    }
    mirroring = {folder for folder in tested if Path(*folder.parts[:1]) in rooms}
    assert mirroring > {Path("model/labor"), Path("gui/answer"), Path("exports/report")}
    assert mirroring <= rooms


def rooms_of(checkout: Path) -> set[Path]:
    package = checkout / "mlflow_cost_desktop"
    return {path.parent.relative_to(package) for path in package.rglob("__init__.py")}


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
