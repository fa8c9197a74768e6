"""What the rooms of the package load, and that none of its modules import in a circle."""

import json
import subprocess
import sys
from graphlib import TopologicalSorter
from itertools import pairwise

import grimp  # comes with import-linter
import pytest

FORBIDDEN = {
    "startup": ["PySide6", "pyqtgraph", "pydantic", "numpy"],
    "errors": ["PySide6", "pyqtgraph", "pydantic"],
    "figures": ["PySide6", "pyqtgraph", "pydantic"],
    "reading": ["PySide6", "pyqtgraph", "pydantic"],
    "paths": ["PySide6", "pyqtgraph"],
    "prices": ["PySide6", "pyqtgraph"],
    "model": ["PySide6", "pyqtgraph"],
    "analysis": ["PySide6", "pyqtgraph"],
    "files": ["PySide6", "pyqtgraph"],
    "charts": ["PySide6", "pyqtgraph"],
    "wording": ["PySide6", "pyqtgraph"],
    "cli": ["PySide6", "pyqtgraph"],
    "exports": ["PySide6.QtWidgets", "pyqtgraph"],
}
"""What a floor must not load, nor any before it: one process goes through all of them."""

# Imports each floor with all its modules, then says what is loaded by then of what must not be.
PROBE = """
import importlib, json, pkgutil, sys
found = {}
for name, forbidden in json.loads(sys.argv[1]).items():
    floor = importlib.import_module("mlflow_cost_desktop." + name)
    for module in pkgutil.walk_packages(getattr(floor, "__path__", ()), floor.__name__ + "."):
        importlib.import_module(module.name)
    found[name] = [module for module in forbidden if module in sys.modules]
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def loaded() -> dict[str, list[str]]:
    """By floor, what was loaded of what must not be."""
    answer = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(FORBIDDEN)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


def test_what_one_floor_may_not_load_none_before_it_may() -> None:
    """Or it would not be seen that it does."""
    before = [set(modules) for modules in FORBIDDEN.values()]
    for lower, upper in pairwise(before):
        assert {name.partition(".")[0] for name in upper} <= lower


@pytest.mark.parametrize("floor", FORBIDDEN)
def test_floor_loads_nothing_from_above(floor: str, loaded: dict[str, list[str]]) -> None:
    assert loaded[floor] == []


def test_a_start_loads_no_network() -> None:
    # Of window and command line; what fetches prices is loaded when somebody asks for them.
    probe = """
import sys
import mlflow_cost_desktop.cli.main
import mlflow_cost_desktop.gui.window.windows
network = ("mlflow_cost_desktop.prices.network", "ssl", "http.client", "urllib.request")
print(*(name for name in network if name in sys.modules))
"""
    answer = subprocess.run(
        [sys.executable, "-c", probe], check=False, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []


def test_no_modules_import_in_a_circle() -> None:
    # Not even from within functions; what only a type checker reads is left out.
    graph = grimp.build_graph(
        "mlflow_cost_desktop", exclude_type_checking_imports=True, cache_dir=None
    )
    imported = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert len(imported) > 300
    TopologicalSorter(imported).prepare()  # a CycleError names the circle
