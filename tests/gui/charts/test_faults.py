"""What goes wrong while a chart is painted or pointed at is told, and survived."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mlflow_cost_desktop.gui.charts import items
from mlflow_cost_desktop.gui.dialogs.faults import Faults
from tests.gui.charts.conftest import Hand
from tests.gui.helpers import message_box


def _fail(*_: object, **__: object) -> None:
    raise ZeroDivisionError("in the chart")


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Faults:
    """The program's own report of faults, in place of pytest-qt's."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = Faults(tmp_path, lambda: True)
    made.install()
    return made


@pytest.mark.usefixtures("faults")
def test_an_exception_in_painting_is_told_and_ends_nothing(
    usage: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "cut_off", _fail)
    usage.view.areas.update()
    assert not usage.picture().isNull()
    assert "ZeroDivisionError: in the chart" in message_box().detailedText()
    message_box().close()
    monkeypatch.undo()
    usage.view.viewport().update()
    QApplication.processEvents()
    assert not usage.picture().isNull()


@pytest.mark.usefixtures("faults")
def test_an_exception_while_the_picture_is_dragged_is_told(
    storage: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    middle = storage.plot.area.center().toPoint()
    storage.wheel(middle, 240)
    monkeypatch.setattr(storage.view.box, "translateBy", _fail)
    storage.drag(middle, storage.at(1500.0, 300.0))
    assert "ZeroDivisionError: in the chart" in message_box().detailedText()
    message_box().close()


def test_pyqtgraph_leaves_the_programs_hooks_alone(usage: Hand) -> None:
    assert not hasattr(sys.excepthook, "__self__") or "pyqtgraph" not in str(
        type(getattr(sys.excepthook, "__self__", None))
    )
    assert "pyqtgraph" not in str(threading.excepthook)
