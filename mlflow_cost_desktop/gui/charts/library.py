"""pyqtgraph, loaded when the first chart is filled in: it leaves the program's handlers alone.

What it catches while the pointer moves or drags it would only print: here it is told as a fault,
like whatever goes wrong while an item is painted, which would end the program.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Callable
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets

from mlflow_cost_desktop.startup import fast_start

_hooks = sys.excepthook, threading.excepthook
# Only now: it puts hooks of its own in place of those above.
with fast_start.loading_pyqtgraph(QtCore, QtGui, QtWidgets):
    import pyqtgraph

sys.excepthook, threading.excepthook = _hooks

pg: Any = pyqtgraph
"""It comes without types, and those that are guessed are wrong in many places."""

pg.setConfigOptions(
    antialias=True,
    mouseRateLimit=0,  # otherwise moves of the pointer are dropped
)


def tell_fault(*_: object, **__: object) -> None:
    """Hand the exception that is being handled to whoever tells of faults."""
    kind, fault, trace = sys.exc_info()
    assert kind is not None and fault is not None
    sys.excepthook(kind, fault, trace)


pg.debug.printExc = tell_fault


def guarded(paint: Callable[..., None]) -> Callable[..., None]:
    """A method that paints: an exception in it is told, and the item stays unpainted."""

    @functools.wraps(paint)
    def painted(item: Any, *arguments: Any) -> None:
        try:
            paint(item, *arguments)
        except Exception:
            tell_fault()

    return painted
