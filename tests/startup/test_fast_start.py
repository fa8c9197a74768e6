"""The tricks of a fast start are taken back, and keep to the start."""

from __future__ import annotations

import builtins
import dataclasses
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
    own = builtins.__import__, builtins.compile

    def fail() -> None:
        builtins.__import__ = lambda *_, **__: None  # as the bindings do
        raise ImportError

    with pytest.raises(ImportError), fast_start.loading_qt():
        fail()
    assert (builtins.__import__, builtins.compile) == own


PROBE = """
import builtins
own = builtins.__import__
from mlflow_cost_desktop.startup import fast_start, screen
with fast_start.loading_qt():
    screen.check_screen()
import sys
print("PySide6.QtWidgets" in sys.modules, builtins.__import__ is own)
"""


def test_qt_is_loaded_and_python_s_import_is_back() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROBE], check=False, capture_output=True, text=True
    )
    assert answer.stdout.split() == ["True", "True"], answer.stderr


SIGNATURES = """
from mlflow_cost_desktop.startup import fast_start, screen
with fast_start.loading_qt():
    screen.check_screen()
import sys
print("create_signature" in vars(sys.modules["shibokensupport.signature.layout"]))
from PySide6.QtCore import QPoint
from shibokensupport.signature import get_signature
print(get_signature(QPoint.setX))
try:
    QPoint("x")
except TypeError as error:
    print("QPoint.__init__' called with wrong argument types" in str(error))
generator = vars(sys.modules["shibokensupport.signature.lib.pyi_generator"])
print("generate_pyi" in generator)
fast_start.load_rest_of_qt()
print("generate_pyi" in generator)
"""


def test_qt_still_knows_the_arguments_of_its_functions() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", SIGNATURES], check=False, capture_output=True, text=True
    )
    assert answer.stdout.splitlines() == [
        "False",
        "(self, x: int, /) -> None",
        "True",
        "False",
        "True",
    ], answer.stderr


MIRRORS = """
from PySide6 import QtCore, QtGui, QtWidgets
from mlflow_cost_desktop.startup import fast_start
names = dir(QtWidgets)
with fast_start.loading_pyqtgraph(QtCore, QtGui, QtWidgets):
    import pyqtgraph
from pyqtgraph.Qt import QtCore as core, QtGui as gui, QtWidgets as widgets
print(core.QPointF is QtCore.QPointF, gui.QPen is QtGui.QPen, widgets.QDial is QtWidgets.QDial)
print(hasattr(core, "QNothing"), dir(QtWidgets) == names, "QCalendarWidget" in vars(widgets))
"""


def test_pyqtgraph_asks_for_a_name_of_qt_when_it_needs_it() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", MIRRORS], check=False, capture_output=True, text=True
    )
    assert answer.stdout.split() == ["True"] * 3 + ["False", "True", "False"], answer.stderr


LEFT_OUT = """
from mlflow_cost_desktop.startup import fast_start
fast_start.leave_out()
from mlflow_cost_desktop.model.scenario import Scenario
import sys
import numpy
print(Scenario().name)
print("email" in sys.modules, numpy.add(1, 2), numpy.ndarray.sum.__doc__)
"""


def test_no_plug_ins_and_no_descriptions_are_loaded() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LEFT_OUT], check=False, capture_output=True, text=True
    )
    assert answer.stdout.splitlines()[1:] == ["False 3 None"], answer.stderr


RECORDS = """
import dataclasses
from mlflow_cost_desktop.startup import fast_start
own = dataclasses._create_fn
fast_start.begin()

@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Record:
    name: str
    size: float = 2.0

fast_start.end()
small, other = Record("a"), Record("a", 3.0)
print(own is dataclasses._create_fn, small)
print(small == Record("a"), small == other, small < other, small == "a", len({small, Record("a")}))
for change in (lambda: setattr(small, "size", 1), lambda: delattr(small, "size")):
    try:
        change()
    except dataclasses.FrozenInstanceError as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(dataclasses, "_create_fn"), reason="Python compiles all at once")
def test_a_record_whose_methods_are_written_later_is_like_any_other() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", RECORDS], check=False, capture_output=True, text=True
    )
    assert answer.stdout.splitlines() == [
        "True Record(name='a', size=2.0)",
        "True False True False 1",
        "cannot assign to field 'size'",
        "cannot delete field 'size'",
    ], answer.stderr
