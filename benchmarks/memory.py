"""What the window's memory comes to over thousands of edits and hundreds of dialogs, by hand.

    python benchmarks/memory.py [EDITS] [DIALOGS]

Prints a line of JSON now and then: what was done so far, the memory that the process holds, and
how many widgets there are. After the history is full, figures should stay where they are.
"""
# ruff: noqa: TID251
# Widgets are what is measured here.

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.startup import fast_start

EDITED = {
    "usage.hours": (1, 720),
    "artifact_store.stored_gb": (1, 50_000),
    "server.ec2.replicas": (1, 20),
    "metadata_store.rds.storage_gb": (20, 4_000),
    "team.users": (1, 500),
}
STEPS = 10
"""Lines that are printed of edits, and of dialogs."""


def main() -> None:
    """Edit, then open and close."""
    edits = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    dialogs = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    with tempfile.TemporaryDirectory() as kept:
        for name in ("settings_dir", "state_dir", "documents_dir", "log_dir", "prices_dir"):
            setattr(paths, name, lambda: Path(kept))
        made = app.make_app()
        window = app.make_window(made)
        window.show()
        QTest.qWait(1000)
        fast_start.end()  # as the program does once its charts are there
        tell(window, "begun", 0)
        edit(window, edits)
        open_and_close(window, dialogs)
        window.session.mark_saved(window.session.scenario)
        window.close()


def edit(window: MainWindow, times: int) -> None:
    """Edits of several fields in turn, each a step of its own."""
    chance = random.Random(1)
    for done in range(1, times + 1):
        path = chance.choice(list(EDITED))
        window.session.edit(path, float(chance.randint(*EDITED[path])))
        settle()
        if done % max(times // STEPS, 1) == 0:
            tell(window, "edits", done)


def open_and_close(window: MainWindow, times: int) -> None:
    """Every dialog that a menu opens, one after the other."""
    actions = (
        *(window.new_action, window.prices_action, window.rates_action, window.lines_action),
        *(window.help_action, window.keys_action, window.about_action),
    )
    for done in range(1, times + 1):
        actions[done % len(actions)].trigger()
        settle()
        for dialog in window.findChildren(QDialog):
            dialog.close()
        settle()
        if done % max(times // STEPS, 1) == 0:
            tell(window, "dialogs", done)


def settle() -> None:
    """Let everything follow, and go that was closed."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def tell(window: MainWindow, what: str, done: int) -> None:
    """Print what was done, and what it has come to."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    said = {
        what: done,
        "megabytes": round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6),
        "widgets": len(QApplication.allWidgets()),
        "steps to undo": window.session.undo_stack.count(),
    }
    print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
