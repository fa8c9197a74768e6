"""Faults of the program itself: told, written to a log, and survived where that is safe."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.gui.toolkit.problem import message_box

LOG_NAME = "faults.log"
LOG_BYTES = 256 * 1024


class Faults:
    """What becomes of an exception that nobody expected.

    Args:
        log_folder: where the log is kept; it is made with the first fault.
        keep_work: writes recovery copies of what is not saved; whether it could.
    """

    def __init__(self, log_folder: Path, keep_work: Callable[[], bool]) -> None:
        self._log_folder = log_folder
        self._keep_work = keep_work
        self._box: QMessageBox | None = None

    def install(self) -> None:
        """Tell of every exception that reaches the event loop."""
        sys.excepthook = self.tell

    def tell(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        """Write the fault down, keep the work, and say it in one box."""
        sys.__excepthook__(kind, fault, trace)
        if not issubclass(kind, Exception):
            return
        report = report_of(kind, fault, trace)
        is_logged = self._log(report)
        is_kept = self._keep()
        if self._box is None:  # a fault in painting would open them without end
            self._show(report, is_logged, is_kept)

    def _log(self, report: str) -> bool:
        import logging
        from logging.handlers import RotatingFileHandler

        try:
            self._log_folder.mkdir(parents=True, exist_ok=True)
            handler = RotatingFileHandler(
                self._log_folder / LOG_NAME, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8"
            )
        except OSError:
            return False
        with contextlib.closing(handler):
            handler.emit(logging.makeLogRecord({"msg": report}))
        return True

    def _keep(self) -> bool:
        try:
            return self._keep_work()
        except Exception:  # the fault may be here; it must not hide the first
            traceback.print_exc()
            return False

    def _show(self, report: str, is_logged: bool, is_kept: bool) -> None:
        parent = QApplication.activeWindow()
        if parent is None:
            shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
            parent = shown[0] if shown else None
        work = "A recovery copy of your unsaved work was kept. " if is_kept else ""
        box = message_box(
            parent,
            QMessageBox.Icon.Critical,
            "The program made a mistake",
            f"Your files on disk are unchanged. {work}You can go on; where something looks "
            "wrong, save under another name and start the program again. The report helps to "
            "fix the mistake; read it before you pass it on.",
        )
        box.setDetailedText(report)
        copy = box.addButton("&Copy the report", QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # the box stays
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        if is_logged:
            folder = box.addButton("Open the &log folder", QMessageBox.ButtonRole.ActionRole)
            folder.clicked.disconnect()
            folder.clicked.connect(self._open_folder)
        go_on = box.addButton("&Go on", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        self._box = box
        box.finished.connect(self._forget_box)
        box.open()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder)))

    def _forget_box(self) -> None:
        self._box = None


def report_of(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> str:
    """What helps to fix a fault: versions and where it happened, without the user's name."""
    import platform

    what = "".join(traceback.format_exception(kind, fault, trace))
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    report = (
        f"MLflow Cost {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.platform()}\n{now}\n\n{what}"
    )
    try:
        home = str(Path.home())
    except RuntimeError:  # nobody knows it
        return report
    return report.replace(home, "~") if len(home) > 1 else report
