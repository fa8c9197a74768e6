"""What the rooms of the package load, and that none of its modules import in a circle."""

import subprocess
import sys
from graphlib import TopologicalSorter

import grimp  # comes with import-linter
import pytest

# Imports a floor with all its modules, then names what it must not have loaded.
PROBE = """
import importlib, pkgutil, sys
name, *forbidden = sys.argv[1:]
floor = importlib.import_module(name)
for module in pkgutil.walk_packages(getattr(floor, "__path__", ()), name + "."):
    importlib.import_module(module.name)
print(*(found for found in forbidden if found in sys.modules))
"""


@pytest.mark.parametrize(
    ("floor", "forbidden"),
    [
        ("errors", ["PySide6", "pyqtgraph", "pydantic"]),
        ("paths", ["PySide6", "pyqtgraph"]),
        ("figures", ["PySide6", "pyqtgraph", "pydantic"]),
        ("reading", ["PySide6", "pyqtgraph", "pydantic"]),
        ("startup", ["PySide6", "pyqtgraph", "pydantic", "numpy"]),
        ("prices", ["PySide6", "pyqtgraph"]),
        ("model", ["PySide6", "pyqtgraph"]),
        ("analysis", ["PySide6", "pyqtgraph"]),
        ("files", ["PySide6", "pyqtgraph"]),
        ("charts", ["PySide6", "pyqtgraph"]),
        ("wording", ["PySide6", "pyqtgraph"]),
        ("exports", ["PySide6.QtWidgets", "pyqtgraph"]),
        ("cli", ["PySide6", "pyqtgraph"]),
    ],
)
def test_floor_loads_nothing_from_above(floor: str, forbidden: list[str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROBE, f"mlflow_cost_desktop.{floor}", *forbidden],
        check=False,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.split() == []


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
