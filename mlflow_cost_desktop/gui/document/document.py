"""The open scenario as a file: new, open, save, and "save changes?"."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import one_line
from mlflow_cost_desktop.files.atomic import GroupError
from mlflow_cost_desktop.files.lock import Lock, lock_name
from mlflow_cost_desktop.files.names import file_name
from mlflow_cost_desktop.files.recovery import Origin
from mlflow_cost_desktop.files.scenario_file import (
    SUFFIX,
    ScenarioFile,
    digest_on_disk,
    read_scenario,
    write_scenario,
)
from mlflow_cost_desktop.files.since_saved import SinceSaved, since_saved
from mlflow_cost_desktop.gui.document.export import Export
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.file_choice import chosen_file
from mlflow_cost_desktop.gui.toolkit.problem import ask, ask_which

SCENARIO_FILES = "Scenarios (*.mlcost)"
OPEN_FILES = "Scenarios and reports (*.mlcost *.pdf)"


READ_ONLY, COPY, CANCEL = "Open &read-only", "Open a &copy", "Cancel"
REPLACE, SAVE_AS, SAVE_ANYWAY = "&Replace it", "Save &as…", "Save any&way"


class Document(QObject):
    """Where the open scenario is kept, whether it has changes, and who may write it.

    Args:
        folder: where file dialogs begin.
        locks: where it is noted which files are open.
        finish_typing: takes what was typed in a field that has not been left yet.
    """

    path_changed = Signal()
    opened = Signal(Path)
    costs_moved = Signal(SinceSaved)  # what has changed since the opened file was saved
    saved = Signal(Path)
    failed = Signal(object)  # the error
    locks_missing = Signal()  # two windows that save one file would not be told apart

    def __init__(
        self,
        session: Session,
        window: QWidget,
        folder: Path,
        locks: Path,
        finish_typing: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._folder = folder
        self._locks = locks
        self._finish_typing = finish_typing
        self._lock: Lock | None = None
        self._told_of_locks = False
        self.origin = Origin()
        self.is_read_only = False
        self.export = Export(session, window, self._place_for, finish_typing)
        self.export.failed.connect(self.failed)

    @property
    def path(self) -> Path | None:
        """The file, None where the scenario has none yet."""
        return self.origin.path

    @property
    def title(self) -> str:
        """The file's name, or that it has none yet."""
        if self.path is None:
            return "Untitled"
        name = one_line(self.path.name)
        return f"{name} (read-only)" if self.is_read_only else name

    @property
    def is_changed(self) -> bool:
        return not self._session.is_clean

    @property
    def is_untouched(self) -> bool:
        """Whether nothing is lost when another scenario takes this one's place."""
        return self.path is None and not self.is_changed and self._session.undo_stack.count() == 0

    def new(self, template: Path) -> None:
        """Begin with a copy of a sample, as a scenario without a file."""
        if self.may_close():
            self._try_to(lambda: self._show(read_scenario(template), Origin()))

    def ask_open(self) -> None:
        """Open a file that the user chooses."""
        if not self.may_close():
            return
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open scenario", str(self._start_folder()), OPEN_FILES
        )
        if name:
            self.open(Path(name))

    def ask_others(self) -> list[Path]:
        """Files of other scenarios that the user chooses, which are not opened."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, "Compare with", str(self._start_folder()), SCENARIO_FILES
        )
        return [Path(name) for name in names]

    def open_instead(self, path: Path) -> None:
        """Open a file in place of the open one, if that may go."""
        if self.may_close():
            self.open(path)

    def open(self, path: Path) -> None:
        """Open a file; trouble with it leaves everything as it is."""
        self._try_to(lambda: self.load(path))

    def load(self, path: Path) -> bool:
        """Show a file's scenario; asks where another window or program has the file open.

        Returns:
            Whether it is shown: asked, the user may decide against it.

        Raises:
            UserError: if it can't be opened; everything is as it was.
        """
        file = read_scenario(path)
        if file.is_report:  # a copy: nothing is ever saved over a PDF
            self._show(file, Origin())
            self._tell_opened(file)
            return True
        path = path.absolute()  # recovered work may be opened from another folder
        origin = Origin(path, file.digest)
        lock, is_taken = self._claim(path)
        if not is_taken:
            try:
                self._show(file, origin, lock)
            except UserError:
                if lock and lock is not self._lock:
                    lock.release()
                raise
            self._tell_opened(file)
            return True
        answer = ask_which(
            self._window,
            f"“{path.name}” is open in another window",
            "Two windows that save one file would undo each other's work. Read-only, it can be "
            "looked at and saved under another name.",
            (READ_ONLY, COPY),
            CANCEL,
        )
        if answer == READ_ONLY:
            self._show(file, origin, is_read_only=True)
        elif answer == COPY:
            self._show(file, Origin())
        else:
            return False
        self._tell_opened(file)
        return True

    def recover(self, file: ScenarioFile, origin: Origin) -> None:
        """Show work that was not saved, as changes of the file that it belongs to.

        Raises:
            UserError: if it can't be shown; everything is as it was.
        """
        self._session.open(file.scenario, is_saved=False)
        lock, is_taken = self._claim(origin.path) if origin.path else (None, False)
        self._hold(origin, lock, is_read_only=is_taken)

    def close(self) -> None:
        """Let go of the file: the window goes."""
        self._release_lock()

    def save(self) -> bool:
        """Save to the file, asking for one where there is none; whether it was saved."""
        self._finish_typing()
        if self.path is None or self.is_read_only:
            return self.save_as()
        return self._save_over(self.path)

    def save_as(self) -> bool:
        """Save to a file that the user chooses; whether it was saved."""
        self._finish_typing()
        start = self.path or self._place_for(SUFFIX)
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save scenario as", str(start), SCENARIO_FILES
        )
        path = chosen_file(self._window, name, SUFFIX)
        if path is None:
            return False
        return self._save_over(path) if path == self.path else self._save_to(path)

    def may_close(self) -> bool:
        """Whether the open scenario may go: saved, or given up by the user."""
        self._finish_typing()
        if not self.is_changed:
            return True
        answer = self._ask_about_changes()
        if answer == QMessageBox.StandardButton.Save:
            return self.save()
        return answer == QMessageBox.StandardButton.Discard

    def _ask_about_changes(self) -> QMessageBox.StandardButton:
        buttons = QMessageBox.StandardButton
        return ask(
            self._window,
            f"Save the changes to {self.title}?",
            "They are lost otherwise.",
            buttons.Save | buttons.Discard | buttons.Cancel,
        )

    def _show(
        self,
        file: ScenarioFile,
        origin: Origin,
        lock: Lock | None = None,
        *,
        is_read_only: bool = False,
    ) -> None:
        self._session.open(file.scenario)
        self._hold(origin, lock, is_read_only=is_read_only)

    def _tell_opened(self, file: ScenarioFile) -> None:
        if self.path:
            self.opened.emit(self.path)
        study = self._session.study
        since = since_saved(file.saved, study.estimate, study.price_book.edition)
        if since:
            self.costs_moved.emit(since)

    def _claim(self, path: Path) -> tuple[Lock | None, bool]:
        """The lock of a file, and whether somebody else has it; none where there can be none."""
        at = self._locks / lock_name(path)
        if self._lock and self._lock.path == at:
            return self._lock, False
        try:
            lock = Lock.take(at)
        except OSError:  # the folder can't be written to: better no lock than no file
            return None, False
        if lock and not lock.is_exclusive and not self._told_of_locks:
            self._told_of_locks = True
            self.locks_missing.emit()
        return lock, lock is None

    def _hold(self, origin: Origin, lock: Lock | None, *, is_read_only: bool = False) -> None:
        if lock is not self._lock:
            self._release_lock()
            self._lock = lock
        self.origin = origin
        self.is_read_only = is_read_only
        self.path_changed.emit()

    def _release_lock(self) -> None:
        if self._lock:
            self._lock.release()
        self._lock = None

    def _ask_about_other_changes(self, path: Path) -> str:
        return ask_which(
            self._window,
            f"“{path.name}” was changed by another program",
            "It is no longer what was opened or saved here. Replacing it loses those changes; "
            "under another name, both are kept.",
            (SAVE_AS, REPLACE),
            CANCEL,
        )

    def _try_to(self, work: Callable[[], object]) -> None:
        try:
            work()
        except UserError as error:
            self.failed.emit(error)

    def _save_over(self, path: Path) -> bool:
        """Save to the open file; changes that others made to it are not replaced unasked."""
        if digest_on_disk(path) not in (self.origin.digest, None):
            answer = self._ask_about_other_changes(path)
            if answer == SAVE_AS:
                return self.save_as()
            if answer != REPLACE:
                return False
        return self._save_to(path)

    def _save_to(self, path: Path, *, may_lose_group: bool = False) -> bool:
        study = self._session.study
        lock, is_taken = self._claim(path)
        try:
            if is_taken:
                raise UserError(
                    f"“{path.name}” was not saved: it is open in another window",
                    "Nothing was changed. Close it there, or save under another name.",
                )
            saved = self._session.saved_figures()
            digest = write_scenario(path, study.scenario, saved, may_lose_group=may_lose_group)
        except UserError as error:
            if lock and lock is not self._lock:
                lock.release()
            if isinstance(error, GroupError):
                return self._save_all_the_same(path, error)
            self.failed.emit(error)
            return False
        self._session.mark_saved(study.scenario)
        self._hold(Origin(path, digest), lock)
        self.saved.emit(path)
        return True

    def _save_all_the_same(self, path: Path, error: GroupError) -> bool:
        """Ask before a file of a team becomes one of this user's alone."""
        answer = ask_which(self._window, error.title, error.advice, (SAVE_AS, SAVE_ANYWAY), CANCEL)
        if answer == SAVE_ANYWAY:
            return self._save_to(path, may_lose_group=True)
        return answer == SAVE_AS and self.save_as()

    def _place_for(self, suffix: str) -> Path:
        """What a file of this scenario is called first: as its own file is, or as it itself is."""
        if self.path:
            return self.path.with_suffix(suffix)
        return self._folder / f"{file_name(self._session.scenario.name)}{suffix}"

    def _start_folder(self) -> Path:
        return self.path.parent if self.path else self._folder
