"""Several windows: what is opened where, what a crash has left, and where windows stand."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QByteArray,
    QCoreApplication,
    QMimeData,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QScreen
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.lock import Lock, lock_name
from mlflow_cost_desktop.files.recovery import Origin, RecoveryCopy, abandoned
from mlflow_cost_desktop.files.scenario_file import digest_on_disk, read_scenario, write_scenario
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from tests.gui.helpers import (
    MARKUP,
    answering_dialog,
    answering_in_words,
    editor,
    message_box,
)
from tests.support import ARTICLE, BOOK, changed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

FIGURES = SavedFigures(price_dates=None, effective_cost=659.86)


def _file(folder: Path, name: str, replicas: float = 3.0) -> Path:
    path = folder / f"{name}.mlcost"
    write_scenario(path, changed(ARTICLE, name=name, server__ec2__replicas=replicas), FIGURES)
    return path


def _crashed(tmp_path: Path, name: str, origin: Origin = Origin()) -> None:
    """What a window leaves that was killed."""
    copy = RecoveryCopy(tmp_path / "state" / "recovery")
    copy.write(changed(ARTICLE, name=name), FIGURES, origin)
    assert copy._lock
    copy._lock.leave()


def _titles(windows: Windows) -> list[str]:
    return [window.document.title for window in windows.open_windows]


# --- Several windows and files ---------------------------------------------------------------


def test_files_open_in_windows_of_their_own(windows: Windows, tmp_path: Path) -> None:
    one, two = _file(tmp_path, "one"), _file(tmp_path, "two")
    windows.start([one, two])
    assert _titles(windows) == ["one.mlcost", "two.mlcost"]
    windows.open([one])  # is open: no third window
    assert _titles(windows) == ["one.mlcost", "two.mlcost"]
    first, second = windows.open_windows
    assert second.pos() == first.pos() + QPoint(32, 32)
    assert second.size() == first.size()
    first.session.edit("usage.hours", 1.0)
    assert second.session.scenario.usage.hours == 720.0


def test_a_file_that_can_not_be_opened_makes_no_window(windows: Windows, tmp_path: Path) -> None:
    one, broken, two = _file(tmp_path, "one"), tmp_path / "broken.mlcost", _file(tmp_path, "two")
    broken.write_text("no scenario")
    windows.start([one, broken, two])
    assert _titles(windows) == ["one.mlcost", "two.mlcost"]
    assert all(window.isVisible() for window in windows.open_windows)
    assert message_box().parentWidget() is windows.open_windows[0]
    assert "broken.mlcost" in message_box().text()
    message_box().reject()


def test_the_only_file_that_can_not_be_opened_is_told_of(windows: Windows, tmp_path: Path) -> None:
    windows.start([tmp_path / "missing.mlcost"])
    assert _titles(windows) == ["Untitled"]
    assert "missing.mlcost" in message_box().text()
    message_box().reject()


def test_who_thinks_better_of_opening_gets_no_window(windows: Windows, tmp_path: Path) -> None:
    one, two = _file(tmp_path, "one"), _file(tmp_path, "two")
    windows.open([one])
    taken = Lock.take(tmp_path / "state" / "locks" / lock_name(two))  # by another program
    assert taken
    with answering_in_words("Cancel") as asked:
        windows.open([two])
    assert len(asked) == 1
    assert _titles(windows) == ["one.mlcost"]
    with answering_in_words("Open a copy"):
        windows.open([two])
    assert _titles(windows) == ["one.mlcost", "Untitled"]
    assert windows.open_windows[1].isVisible()
    taken.release()


def test_a_window_that_was_never_seen_leaves_no_place(windows: Windows, tmp_path: Path) -> None:
    windows.open([_file(tmp_path, "one"), tmp_path / "missing.mlcost"])
    message_box().reject()
    assert windows._settings.layout("window").isEmpty()


def test_a_new_window_and_its_end(windows: Windows) -> None:
    (first,) = windows.open_windows
    first.new_window_action.trigger()
    assert len(windows.open_windows) == 2
    windows.open_windows[1].close_action.trigger()
    assert windows.open_windows == [first]


def test_place_and_splitters_are_remembered(windows: Windows, qtbot: QtBot) -> None:
    make = windows.make

    def make_wide() -> MainWindow:
        window = make()
        window.setMinimumWidth(1200)  # wider than the offscreen screen: room to be parted
        return window

    windows.make = make_wide
    windows.open_windows[0].close()
    window = windows.show_new()
    window.hints.close_button.click()
    window.resize(1200, 770)
    _settle(window, qtbot)
    window.splitter.setSizes([450, 746])
    window.this_month.splitter.setSizes([275, 160])
    _settle(window, qtbot)
    before = window.splitter.sizes(), window.this_month.splitter.sizes()
    window.close()
    again = windows.show_new()
    _settle(again, qtbot)
    assert (again.width(), again.height()) == (1200, 770)
    assert before[0][0] == pytest.approx(450, abs=2)
    assert again.splitter.sizes() == pytest.approx(before[0], abs=2)
    assert before[1][0] == pytest.approx(275, abs=8)
    assert again.this_month.splitter.sizes() == pytest.approx(before[1], abs=2)


def test_windows_come_up_on_the_screen_that_is_there(
    windows: Windows, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = QRect(0, 0, 1280, 680)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: free)
    windows.open_windows[0].close()
    windows._settings.remember_layout("window", QByteArray())  # a first start
    first = windows.show_new()
    assert (first.width(), first.height()) == (1280, 640)
    first.resize(920, 620)
    first.move(2000, 900)  # on another screen, which is taken away
    first.close()
    again = windows.show_new()
    assert (again.width(), again.height()) == (920, 620)
    assert free.contains(again.geometry())
    for _ in range(10):  # each a step down and to the right
        assert free.contains(windows.show_new().geometry())


def _settle(window: MainWindow, qtbot: QtBot) -> None:
    """Until the plan beside the total is there, which takes a line of the room below it."""
    plan = window.summary.plan
    QApplication.processEvents()
    qtbot.waitUntil(lambda: plan.isVisible() and plan.height() >= plan.sizeHint().height())
    for _ in range(10):
        QApplication.processEvents()


def test_a_trial_leaves_no_settings(windows: Windows, tmp_path: Path) -> None:
    windows.remembers_places = False
    windows.open_windows[0].close()
    assert not (tmp_path / "settings").exists()


def _drag(window: MainWindow, data: QMimeData) -> bool:
    arguments = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    event = QDragEnterEvent(QPoint(5, 5), *arguments, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(window, event)
    if event.isAccepted():
        drop = QDropEvent(QPointF(5, 5), *arguments, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window, drop)
    return event.isAccepted()


def test_dropped_files_are_opened(windows: Windows, tmp_path: Path) -> None:
    (window,) = windows.open_windows
    data = QMimeData()
    data.setText("no file")
    assert not _drag(window, data)
    data.setUrls([QUrl("https://example.org/a.mlcost")])
    assert not _drag(window, data)
    files = [_file(tmp_path, "one"), _file(tmp_path, "two")]
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    assert _drag(window, data)
    assert _titles(windows) == ["Untitled"]  # the program it comes from is let go first
    QCoreApplication.processEvents()
    assert _titles(windows) == ["one.mlcost", "two.mlcost"]
    data.setUrls([QUrl.fromEncoded(b"file:///a%00b.mlcost")])
    assert not _drag(window, data)
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, drop)  # though nobody took it before
    QCoreApplication.processEvents()
    assert _titles(windows) == ["one.mlcost", "two.mlcost"]


def test_a_report_that_is_dropped_opens_the_scenario_that_came_with_it(
    windows: Windows, tmp_path: Path
) -> None:
    (window,) = windows.open_windows
    named = changed(ARTICLE, name="Came with a report", hours_in_month=700.0)
    report, other = tmp_path / "report.pdf", tmp_path / "other.pdf"
    report.write_bytes(render_pdf(named, BOOK, datetime(2026, 11, 23, tzinfo=UTC)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(report))])
    assert _drag(window, data)
    QCoreApplication.processEvents()
    (window,) = windows.open_windows
    assert window.session.scenario == named and _titles(windows) == ["Untitled"]
    other.write_bytes(b"%PDF-1.4 of somebody else")
    data.setUrls([QUrl.fromLocalFile(str(other))])
    assert _drag(window, data)
    QCoreApplication.processEvents()
    box = message_box()
    assert "“other.pdf”" in box.text()
    box.close()
    assert windows.open_windows[0].session.scenario == named


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_in_a_circle_is_a_file_that_can_not_be_opened(
    windows: Windows, tmp_path: Path
) -> None:
    (tmp_path / "loop.mlcost").symlink_to("loop.mlcost")
    windows.open([_file(tmp_path, "one"), tmp_path / "loop.mlcost"])
    box = message_box()
    assert "its link leads in a circle" in box.text()
    box.close()


def test_all_unsaved_work_is_kept_even_where_some_is_not(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = windows.open_windows[0], windows.show_new()
    assert not windows.keep_work()  # there is none, and nothing is said to be kept
    for window in (first, second):
        window.session.edit("usage.hours", 100.0)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(first.autosave._copy, "write", refuse)
    assert not windows.keep_work()
    assert len(list((tmp_path / "state" / "recovery").glob("*.mlcost"))) == 1


def test_a_file_that_is_dropped_on_a_field_is_no_text(windows: Windows) -> None:
    (window,) = windows.open_windows
    for path in ("usage.hours", "server.ec2.instance_type"):
        field = editor(window, path)
        for widget in (field, *field.findChildren(QLineEdit)):
            assert not widget.acceptDrops()


DOUBLE_CLICK = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from mlflow_cost_desktop import app
program = app.make_app()
windows = app.make_windows(program)
windows.remembers_places = False
windows.new()
QCoreApplication.sendEvent(program, QFileOpenEvent(sys.argv[1]))
(window,) = windows.open_windows
print(window.document.title)
window.close()
"""


def test_a_double_click_in_the_finder_opens_the_file(tmp_path: Path) -> None:
    path = _file(tmp_path, "clicked")
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    answer = subprocess.run(
        [sys.executable, "-c", DOUBLE_CLICK, str(path)],
        check=True,
        capture_output=True,
        text=True,
        env=environment,
        timeout=60,
    )
    assert answer.stdout.strip() == "clicked.mlcost"


# --- One file in two windows -------------------------------------------------------------------


def test_the_second_window_may_look_or_copy(windows: Windows, tmp_path: Path) -> None:
    path = _file(tmp_path, "ours")
    windows.open([path])
    before = path.read_bytes()
    second = windows.show_new()
    with answering_in_words("Cancel") as asked:
        second.document.open(path)
    assert asked[0] == "“ours.mlcost” is open in another window"
    assert second.document.path is None
    with answering_in_words("Open read-only"):
        second.document.open(path)
    assert second.windowTitle() == "ours.mlcost (read-only)[*] – ours – MLflow Cost"
    second.session.edit("usage.hours", 1.0)
    assert not second.document.save()  # the file dialog comes up, and is canceled
    with answering_in_words("Open a copy"):
        second.document.open(path)
    assert second.document.path is None
    assert second.session.scenario.name == "ours"
    assert path.read_bytes() == before


@pytest.fixture(autouse=True)
def no_file_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """File dialogs are canceled unless a test says otherwise."""
    from PySide6.QtWidgets import QFileDialog

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))


def test_a_file_is_free_again_when_its_window_goes_on(windows: Windows, tmp_path: Path) -> None:
    path = _file(tmp_path, "ours")
    windows.open([path])
    first, second = windows.open_windows[0], windows.show_new()
    first.document.open(_file(tmp_path, "other"))
    second.document.open(path)
    assert second.document.title == "ours.mlcost"
    assert not second.document.is_read_only
    second.close()
    first.document.open(path)
    assert not first.document.is_read_only
    first.document.open(path)  # again: it is its own
    assert not first.document.is_read_only


def test_nobody_saves_over_what_another_window_has_open(windows: Windows, tmp_path: Path) -> None:
    path = _file(tmp_path, "ours")
    windows.open([path])
    before = path.read_bytes()
    second = windows.show_new()
    assert not second.document._save_to(path)
    box = message_box()
    assert box.text() == "“ours.mlcost” was not saved: it is open in another window"
    box.close()
    assert path.read_bytes() == before


def test_where_no_locks_can_be_kept_files_open_all_the_same(
    windows: Windows, tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    windows.open([_file(tmp_path, "ours")])
    (window,) = windows.open_windows
    assert window.document.title == "ours.mlcost"
    window.session.edit("usage.hours", 1.0)
    assert window.document.save()


@pytest.mark.parametrize(
    ("answer", "is_saved"), [("Replace it", True), ("Cancel", False), ("Save as…", False)]
)
def test_changes_of_others_are_noticed_before_saving(
    windows: Windows, tmp_path: Path, answer: str, is_saved: bool
) -> None:
    path = _file(tmp_path, "ours")
    windows.open([path])
    (window,) = windows.open_windows
    window.session.edit("usage.hours", 1.0)
    _file(tmp_path, "ours", replicas=9.0)
    with answering_in_words(answer) as asked:
        assert window.document.save() == is_saved
    assert asked[0] == "“ours.mlcost” was changed by another program"
    assert read_scenario(path).scenario.server.ec2.replicas == (3.0 if is_saved else 9.0)
    if is_saved:
        window.session.edit("usage.hours", 2.0)
        assert window.document.save()  # without a question


def test_saving_as_the_same_file_notices_them_too(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, "ours")
    windows.open([path])
    (window,) = windows.open_windows
    window.session.edit("usage.hours", 100.0)
    _file(tmp_path, "ours", replicas=9.0)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", answering_dialog(path))
    with answering_in_words("Cancel") as asked:
        assert not window.document.save_as()
    assert asked[0] == "“ours.mlcost” was changed by another program"
    assert read_scenario(path).scenario.server.ec2.replicas == 9.0


def test_a_file_that_was_touched_or_deleted_is_saved_without_a_question(
    windows: Windows, tmp_path: Path
) -> None:
    path = _file(tmp_path, "ours")
    windows.open([path])
    (window,) = windows.open_windows
    os.utime(path, (1, 1))
    window.session.edit("usage.hours", 1.0)
    assert window.document.save()
    path.unlink()
    window.session.edit("usage.hours", 2.0)
    assert window.document.save()
    assert read_scenario(path).scenario.usage.hours == 2.0


# --- After a crash -------------------------------------------------------------------------------


def test_unsaved_work_is_offered_and_recovered(windows: Windows, tmp_path: Path) -> None:
    path = _file(tmp_path, "ours")
    _crashed(tmp_path, "Unsaved", Origin(path, digest_on_disk(path)))
    with answering_in_words("Recover") as asked:
        windows.start([path])  # and its old state is not opened beside it
    assert asked[0] == "“ours.mlcost” has changes that were not saved"
    (window,) = windows.open_windows
    assert window.session.scenario.name == "Unsaved"
    assert window.document.title == "ours.mlcost"
    assert window.isWindowModified()
    # It is unsaved work again, with a copy of its own, which no other start is offered.
    assert len(list((tmp_path / "state" / "recovery").glob("*.mlcost"))) == 1
    assert abandoned(tmp_path / "state" / "recovery") == []
    assert window.document.save()
    assert read_scenario(path).scenario.name == "Unsaved"
    assert list((tmp_path / "state" / "recovery").iterdir()) == []


def test_a_refusal_keeps_nothing_and_is_asked_once(windows: Windows, tmp_path: Path) -> None:
    _crashed(tmp_path, MARKUP)
    with answering_in_words("Discard") as asked:
        windows.start([])
    assert asked[0] == f"“{MARKUP}”, never saved, has changes that were not saved"
    assert list((tmp_path / "state" / "recovery").iterdir()) == []
    with answering_in_words():
        windows.start([])
    assert not windows.open_windows[0].isWindowModified()


def test_who_decides_later_is_asked_again(windows: Windows, tmp_path: Path) -> None:
    _crashed(tmp_path, "one")
    _crashed(tmp_path, "two")
    with answering_in_words("", "Recover"):
        windows.start([])
    with answering_in_words("Recover"):
        windows.start([])
    assert sorted(w.session.scenario.name for w in windows.open_windows) == ["one", "two"]


def test_a_file_that_changed_since_the_crash_is_not_replaced_unasked(
    windows: Windows, tmp_path: Path
) -> None:
    path = _file(tmp_path, "ours")
    _crashed(tmp_path, "Unsaved", Origin(path, digest_on_disk(path)))
    _file(tmp_path, "ours", replicas=9.0)
    with answering_in_words("Recover"):
        windows.start([])
    with answering_in_words("Cancel") as asked:
        assert not windows.open_windows[0].document.save()
    assert len(asked) == 1


def test_recovered_work_that_cannot_be_kept_again_keeps_its_old_copy(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _crashed(tmp_path, "one")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(RecoveryCopy, "write", refuse)
    with answering_in_words("Recover"):
        windows.start([])
    assert windows.open_windows[0].session.scenario.name == "one"
    (copy,) = abandoned(tmp_path / "state" / "recovery")
    assert copy.read().scenario.name == "one"
    copy.discard()


def test_a_file_is_known_by_its_whole_path(
    windows: Windows, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _file(tmp_path, "ours")
    monkeypatch.chdir(tmp_path)
    windows.open([Path("ours.mlcost")])
    monkeypatch.chdir("/")  # the next start may be anywhere, and finds the path in the copy
    assert windows.open_windows[0].document.origin.path == path


def test_an_unreadable_copy_is_set_aside_and_told(windows: Windows, tmp_path: Path) -> None:
    _crashed(tmp_path, "one")
    (copy,) = (tmp_path / "state" / "recovery").glob("*.mlcost")
    copy.write_bytes(b"torn")
    windows.start([])
    box = message_box()
    assert isinstance(box, QMessageBox)
    assert box.text() == "A recovery copy of unsaved work can't be read"
    aside = copy.with_name(f"{copy.name}.unreadable")
    assert str(aside) in box.informativeText()
    assert aside.read_bytes() == b"torn"
    box.close()
    windows.start([])  # and is not offered again


def test_a_crash_is_survived_by_the_real_program(tmp_path: Path, qtbot: QtBot) -> None:
    """Kept by one process that is killed in the middle of its work, found by the next."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        **{f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "STATE")},
    }
    subprocess.run([sys.executable, "-c", CRASH], check=False, env=environment, timeout=60)
    (copy,) = abandoned(tmp_path / "STATE" / "mlflow-cost" / "recovery")
    assert copy.read().scenario.usage.hours == 123.0
    copy.discard()


CRASH = """
import os, signal
from mlflow_cost_desktop import app
from mlflow_cost_desktop.gui.document import autosave
autosave.PAUSE_MS = 20
from PySide6.QtCore import QTimer
program = app.make_app()
windows = app.make_windows(program)
window = windows.show_new()
window.session.edit("usage.hours", 123.0)
QTimer.singleShot(1000, lambda: os.kill(os.getpid(), signal.SIGKILL))
program.exec()
"""
