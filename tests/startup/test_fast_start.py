"""The tricks of a fast start are taken back, and keep to the start."""

from __future__ import annotations

import builtins
import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from mlflow_cost_desktop.startup import fast_start


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_garbage_until_the_window_is_there() -> None:
    assert fast_start.is_over()
    fast_start.begin()
    assert not gc.isenabled() and not fast_start.is_over()
    fast_start.end()
    assert gc.get_freeze_count() and fast_start.is_over()
    gc.unfreeze()
    fast_start.end()
    assert not gc.get_freeze_count(), "a second call does nothing"


def test_python_s_import_is_back_also_where_qt_can_not_be_loaded() -> None:
    own = builtins.__import__

    def fail() -> None:
        builtins.__import__ = lambda *_, **__: None  # as the bindings do
        raise ImportError

    with pytest.raises(ImportError), fast_start.python_import():
        fail()
    assert builtins.__import__ is own


PROBE = """
import builtins
own = builtins.__import__
from mlflow_cost_desktop.startup import fast_start, screen
with fast_start.python_import():
    screen.check_screen()
import sys
print("PySide6.QtWidgets" in sys.modules, builtins.__import__ is own)
"""


def test_qt_is_loaded_and_python_s_import_is_back() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROBE], check=False, capture_output=True, text=True
    )
    assert answer.stdout.split() == ["True", "True"], answer.stderr
