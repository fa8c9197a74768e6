"""Child process: opens one window, says how long that took since the process was asked for.

    python benchmarks/start.py program|bare

`bare` is the least that shows a plot: pyqtgraph, a main window, one curve. Both are watched
alike: the clock stops when everything in the window is painted and nothing else waits. The
program fills its charts in after that; until they are painted is told as well.
"""
# ruff: noqa: TID251, N802
# Widgets are what is measured here, and Qt gives its methods their names.

from __future__ import annotations

import atexit
import faulthandler
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

    from mlflow_cost_desktop.gui.window.main_window import MainWindow
    from mlflow_cost_desktop.gui.window.windows import Windows

STARTED = "MLFLOW_COST_BENCHMARK_STARTED"
"""The variable in which the parent passes its `time.perf_counter()`, which is system-wide.

Without it, as where this is started by hand, the clock starts here.
"""

ASKED = float(os.environ.get(STARTED) or time.perf_counter())


LONGEST = 120.0
"""Seconds after which a start that waits for something ends, and says where it does."""


def main() -> int:
    """Show the window that is asked for, report its first paint, close it."""
    faulthandler.dump_traceback_later(LONGEST, exit=True)
    return {"program": show_program, "bare": show_bare}[sys.argv[1]]()


def show_program() -> int:
    """What `python -m mlflow_cost_desktop` does, with its window watched."""
    from mlflow_cost_desktop import app

    make_windows = app.make_windows

    # In a folder of its own: nothing is asked about work that another run has left.
    state = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, state, ignore_errors=True)

    def make_watched_windows(of: QApplication) -> Windows:
        windows = make_windows(of, Path(state))
        make = windows.make

        def make_watched() -> MainWindow:
            window = make()
            watch_program(window)
            return window

        windows.make = make_watched
        return windows

    app.make_windows = make_watched_windows
    return app.main([])


def show_bare() -> int:
    """The floor: the same pixels, and nothing in them but a curve of pyqtgraph's."""
    import pyqtgraph as pg
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication([])
    window = QMainWindow()
    plot = pg.PlotWidget()
    plot.plot([0.0, 1.0, 2.0], [0.0, 1.0, 4.0])
    window.setCentralWidget(plot)
    window.resize(1360, 840)
    when_painted(window, [plot.viewport()], lambda seconds: report(window, seconds, seconds))
    window.show()
    return app.exec()


def watch_program(window: MainWindow) -> None:
    """Its charts are filled in once the rest has been painted: both moments are reported."""
    after: list[float] = []
    canvases = [chart.canvas for chart in window.charts.charts]
    when_painted(window, canvases[:1], after.append)

    def watch_charts() -> None:
        views = [canvas.view for canvas in canvases]
        plots = [view.viewport() for view in views if view is not None]
        when_painted(window, plots, lambda charts: report(window, after[0], charts))

    window.charts.filled.connect(watch_charts)


def when_painted(
    window: QMainWindow, plots: Sequence[QWidget], tell: Callable[[float], None]
) -> None:
    """Tell the seconds since the process was asked for, once all of some plots are painted.

    At plots, which both windows have: a window that is covered gets no paint event itself.
    """
    from PySide6.QtCore import QEvent, QObject, QTimer

    left = set(plots)

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint and watched in left:
                left.discard(watched)
                if not left:
                    # All is painted in one go: a timer of zero comes after the last of it, and
                    # after what it still has posted.
                    QTimer.singleShot(0, self.report)
            return False

        def report(self) -> None:
            tell(time.perf_counter() - ASKED)

    watch = Watch(window)
    for plot in plots:
        plot.installEventFilter(watch)


def report(window: QMainWindow, first_paint: float, charts: float) -> None:
    """Print times and memory as JSON, then close the window."""
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    answer = {
        "seconds": first_paint,
        "charts_seconds": charts,
        "peak_bytes": peak_bytes(),
        "platform": QGuiApplication.platformName(),
        "qt": qVersion(),
    }
    print(json.dumps(answer), flush=True)
    window.close()


def peak_bytes() -> int | None:
    """The most memory that this process ever held; none where the system does not say."""
    try:
        # Not getrusage: on Linux its figure is inherited from the parent process.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:
        return None
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS


if __name__ == "__main__":
    sys.exit(main())
