"""Starting the desktop program: by its command, with and without a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.lock import Lock, lock_name
from mlflow_cost_desktop.files.scenario_file import write_scenario
from mlflow_cost_desktop.gui.toolkit.theme import Theme
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from mlflow_cost_desktop.startup import screen
from tests.gui.conftest import leave_look
from tests.gui.helpers import message_box
from tests.support import ARTICLE, PRICES, changed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _start(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The program as a user starts it, without a screen."""
    return _run(home, "-m", "mlflow_cost_desktop", *arguments)


def _run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_LOGGING_RULES": "qt.qpa.*=false",  # what the offscreen platform says of itself
        "HOME": str(home),
        **{f"XDG_{kind}_HOME": str(home / kind) for kind in ("CONFIG", "DATA", "STATE", "CACHE")},
    }
    return subprocess.run(
        [sys.executable, *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
    )


@pytest.fixture
def opened(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[list[MainWindow]]:
    """The windows that `app.main` makes, in this process."""
    made: list[MainWindow] = []
    make_windows = app.make_windows

    def make_all(of: QApplication, state: Path | None = None) -> Windows:
        windows = make_windows(of, state)
        make = windows.make

        def make_one() -> MainWindow:
            window = make()
            made.append(window)
            return window

        windows.make = make_one
        return windows

    monkeypatch.setattr(app, "make_app", lambda: qapp)
    monkeypatch.setattr(paths, "pricing_dir", lambda: PRICES)
    monkeypatch.setattr(app, "make_windows", make_all)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(screen, "install_fatal_handler", lambda: None)  # pytest-qt has its own
    yield made
    # Which would follow the system's font in later tests, against the look of those.
    leave_look(qapp, *qapp.findChildren(Theme))


@pytest.fixture(autouse=True)
def _plain_looks(
    qapp: QApplication,
) -> Iterator[None]:
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")


def test_check_opens_the_window_says_nothing_and_leaves_no_traces(tmp_path: Path) -> None:
    answer = _start(tmp_path, "--check")
    assert (answer.returncode, answer.stdout) == (0, "")
    said = [line for line in answer.stderr.splitlines() if "propagateSizeHints" not in line]
    assert said == []
    assert [path for path in tmp_path.rglob("*") if "mlflow" in path.name.lower()] == []


LISTENING = """
import sys
seen = []
sys.addaudithook(lambda event, _: seen.append(event) if event.startswith("socket.") else None)
from mlflow_cost_desktop import app
app.main(["--check"])
loaded = [name for name in ("PySide6.QtNetwork", "ssl", "http.client") if name in sys.modules]
print([event for event in seen if event != "socket.__new__"], loaded)
"""


def test_nothing_reaches_for_the_network(tmp_path: Path) -> None:
    answer = _run(tmp_path, "-c", LISTENING)
    assert answer.stdout.strip() == "[] []", answer.stderr


STARTING = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from mlflow_cost_desktop import app
from mlflow_cost_desktop.gui.toolkit.pace import Calm
from mlflow_cost_desktop.startup import fast_start
fast_start.begin()
made = app.make_app()
window = app.make_window(made)
app.end_start_with(window)
calm = Calm(window)
calm.came.connect(lambda: order.append("quiet"))
questions = "alternatives candidates comparison flips projection suggestions tornado uncertainty"
names = [f"mlflow_cost_desktop.analysis.{name}" for name in questions.split()]
order, plots, loaded = [], [], []
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched in plots:
            plots.remove(watched)
            order.append("painted")
            loaded.extend(name for name in names if name in sys.modules)
        return False
watch = Watch()
made.installEventFilter(watch)
calm.start()
window.show()
def filled():
    plots.extend(chart.canvas.view.viewport() for chart in window.charts.charts)
    time.sleep(0.2)  # the time of what waits for quiet is over
window.charts.filled.connect(filled)
while order.count("quiet") < 1 or plots:
    made.processEvents()
print(*order, *loaded)
window.close()
"""


def test_charts_are_painted_before_anything_else_is_asked(tmp_path: Path) -> None:
    # What else is asked, once figures rest or by a view that few starts open, is not loaded yet.
    answer = _run(tmp_path, "-c", STARTING)
    assert answer.stdout.split() == ["painted", "painted", "quiet"], answer.stderr


def test_the_version_needs_no_screen(tmp_path: Path) -> None:
    answer = _start(tmp_path, "--version")
    assert answer.returncode == 0
    assert answer.stdout.strip() == app.__version__


def test_the_file_that_is_named_is_opened(opened: list[MainWindow], tmp_path: Path) -> None:
    path = tmp_path / "ours.mlcost"
    figures = SavedFigures(price_dates=None, effective_cost=0.0)
    write_scenario(path, changed(ARTICLE, name="Ours", server__ec2__replicas=3.0), figures)
    assert app.main([str(path), "--check"]) == 0
    (window,) = opened
    assert window.document.path == path
    assert window.summary.total.text() == "$798.10"
    assert window.windowTitle() == "ours.mlcost[*] – Ours – MLflow Cost"


def test_a_fault_at_the_start_is_told_and_survived(
    opened: list[MainWindow], qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("at the start")

    monkeypatch.setattr(Windows, "start", fail)
    monkeypatch.setattr(paths, "log_dir", lambda: tmp_path)
    monkeypatch.setattr(qapp, "exec", lambda: 7, raising=False)
    assert app.main([]) == 7
    assert "ZeroDivisionError: at the start" in message_box().detailedText()
    message_box().close()
    opened[0].close()


def test_without_a_file_the_articles_team_comes_up(opened: list[MainWindow]) -> None:
    assert app.main(["--check"]) == 0
    (window,) = opened
    assert window.document.path is None
    assert window.summary.total.text() == "$659.86"


LEAVING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.gui.dialogs.faults import Faults
from mlflow_cost_desktop.gui.window.windows import Application

def leave(*_):
    (window,) = (w for w in QApplication.topLevelWidgets() if hasattr(w, "session"))
    for _ in range(400):
        QTest.qWait(50)
        if all(chart.canvas.view for chart in window.charts.charts if chart.isVisible()):
            break
    else:
        raise SystemExit("The charts in sight are not filled in")
    app.load_ahead()
    loaded = []
    sys.addaudithook(lambda event, what: loaded.append(what[0]) if event == "import" else None)
    QFileDialog.getSaveFileName = lambda *_: (str(paths.documents_dir() / "ours.mlcost"), "")
    def answer():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            box.buttons()[-1 if "mistake" in box.text() else 0].click()
    timer = QTimer()
    timer.timeout.connect(answer)
    timer.start(10)
    window.session.edit("usage.hours", 100.0)
    assert window.autosave.keep()
    assert window.document.save()
    window.session.edit("usage.hours", 200.0)
    try:
        1 / 0
    except ZeroDivisionError as fault:
        sys.excepthook(type(fault), fault, fault.__traceback__)
    QTest.qWait(50)
    assert window.close() and not window.isVisible()
    print(sorted(set(loaded)))
    return 0

Application.exec = leave
app.main([])
"""


def test_what_is_needed_to_save_and_to_leave_is_loaded_before(tmp_path: Path) -> None:
    (tmp_path / "Documents").mkdir()
    answer = _run(tmp_path, "-c", LEAVING)
    assert answer.stdout.strip() == "[]", answer.stdout + answer.stderr


def test_a_check_asks_nothing(opened: list[MainWindow], tmp_path: Path) -> None:
    path = tmp_path / "ours.mlcost"
    write_scenario(path, ARTICLE, SavedFigures(price_dates=None, effective_cost=0.0))
    taken = Lock.take(paths.state_dir() / "locks" / lock_name(path))  # as another window would
    assert taken is not None
    assert app.main([str(path), "--check"]) == 0
    assert opened[0].document.path == path and not opened[0].document.is_read_only
    taken.release()


@pytest.mark.parametrize("damage", [None, b"", b"[" * 100_000, b"\xff\x00", b"{}"])
def test_samples_that_are_missing_or_damaged_are_told_when_asked_for(
    opened: list[MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    damage: bytes | None,
) -> None:
    resources = tmp_path / "resources"
    shutil.copytree(paths.resources_dir(), resources)
    for sample in (resources / "scenarios").iterdir():
        sample.unlink() if damage is None else sample.write_bytes(damage)
    monkeypatch.setattr(paths, "resources_dir", lambda: resources)
    told: list[str] = []

    def ask() -> int:
        opened[0].sample_menu.actions()[0].trigger()
        told.append(message_box().text())
        message_box().close()
        opened[0].close()
        return 0

    monkeypatch.setattr(qapp, "exec", ask, raising=False)
    assert app.main([]) == 0
    what = "could not be opened" if damage is None else "is not a valid scenario file"
    assert told[0].startswith(f"“article-2024.mlcost” in {resources / 'scenarios'} {what}: ")


def test_plans_that_are_damaged_are_said_in_one_sentence(
    opened: list[MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pricing = tmp_path / "pricing"
    shutil.copytree(PRICES, pricing)
    monkeypatch.setattr(paths, "pricing_dir", lambda: pricing)
    for damage in (b"[" * 100_000, b"", b"{}]", b'[{"id": 1}]', b"\xff"):
        (pricing / "managed" / "plans.json").write_bytes(damage)
        assert app.main([]) == 2
        said = capsys.readouterr().err.strip()
        assert "\n" not in said and "installing the program again" in said
    assert opened == []


def test_a_file_that_can_not_be_read_is_told_in_the_window(
    opened: list[MainWindow],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> None:
    seen: list[str] = []

    def look() -> int:
        box = message_box()
        assert box.parent() is opened[0]
        assert opened[0].isVisible()
        seen.append(box.text())
        box.close()
        opened[0].close()
        return 0

    monkeypatch.setattr(qapp, "exec", look, raising=False)
    assert app.main([str(tmp_path / "nowhere.mlcost")]) == 0
    assert seen == [f"“nowhere.mlcost” in {tmp_path} could not be opened: there is no such file"]
    assert opened[0].document.path is None
    assert opened[0].summary.total.text() == "$659.86"


def test_figures_are_written_as_the_system_does() -> None:
    asked = (
        "from mlflow_cost_desktop.app import make_app, make_window; made = make_app();"
        "print(ascii(make_window(made).session.study.figures.money(1234.5)))"
    )
    german = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "de_DE.UTF-8"}
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=german
    )
    assert answer.stdout.strip() == "'$1.234,50'"
