"""The open scenario as a file: new, open, save, export, and "save changes?"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.scenario_file import (
    SUFFIX,
    figures_of,
    read_scenario,
    write_scenario,
)
from mlflow_cost_desktop.gui.background import Job
from mlflow_cost_desktop.gui.editors import MachineEditor
from mlflow_cost_desktop.gui.problem import ask
from mlflow_cost_desktop.gui.session import Session
from mlflow_cost_desktop.model.scenario import Scenario

SCENARIO_FILES = "Scenarios (*.mlcost)"
PDF_FILES = "PDF documents (*.pdf)"


class Document(QObject):
    """Where the open scenario is kept, and whether it has changes."""

    path_changed = Signal()
    saved = Signal(Path)
    exported = Signal(Path)
    export_running = Signal(bool)
    failed = Signal(object)  # the error

    def __init__(self, session: Session, window: QWidget, folder: Path) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._folder = folder
        self._job: Job[None] | None = None
        self._last_export_failed = False
        self.path: Path | None = None

    @property
    def title(self) -> str:
        """The file's name, or that it has none yet."""
        return self.path.name if self.path else "Untitled"

    @property
    def is_changed(self) -> bool:
        return not self._session.is_clean

    def new(self, template: Path) -> None:
        """Begin with a copy of a sample, as a scenario without a file."""
        if self.may_close():
            self._load(template, None)

    def ask_open(self) -> None:
        """Open a file that the user chooses."""
        if not self.may_close():
            return
        name, _ = QFileDialog.getOpenFileName(
            self._window, "Open scenario", str(self._start_folder()), SCENARIO_FILES
        )
        if name:
            self._load(Path(name), Path(name))

    def open(self, path: Path) -> None:
        """Open a file; trouble with it leaves everything as it is."""
        self._load(path, path)

    def save(self) -> bool:
        """Save to the file, asking for one where there is none; whether it was saved."""
        self._finish_typing()
        return self._save_to(self.path) if self.path else self.save_as()

    def save_as(self) -> bool:
        """Save to a file that the user chooses; whether it was saved."""
        self._finish_typing()
        start = (
            self.path or self._start_folder() / f"{_as_file_name(self._session.scenario)}{SUFFIX}"
        )
        name, _ = QFileDialog.getSaveFileName(
            self._window, "Save scenario as", str(start), SCENARIO_FILES
        )
        path = self._chosen(name, SUFFIX)
        return path is not None and self._save_to(path)

    def export_pdf(self) -> None:
        """Ask for a file and write the report to it, while the window goes on."""
        self._finish_typing()
        scenario = self._session.scenario
        base = self.path.with_suffix(".pdf") if self.path else None
        start = base or self._start_folder() / f"{_as_file_name(scenario)}.pdf"
        name, _ = QFileDialog.getSaveFileName(self._window, "Export PDF", str(start), PDF_FILES)
        path = self._chosen(name, ".pdf")
        if path:
            self.export_pdf_to(path)

    def export_pdf_to(self, path: Path) -> None:
        """Write the report of the scenario as it is now; signals tell how it went."""
        from mlflow_cost_desktop.exports.pdf_report import render_pdf  # the window is there sooner

        shown = self._session.shown
        created = datetime.now().astimezone()

        def work() -> None:
            write_atomically(path, render_pdf(shown.scenario, shown.price_book, created))

        self._run(work, lambda: self.exported.emit(path))

    def finish_export(self) -> bool:
        """Wait for a running export; false where it failed, which the user is then told."""
        self._last_export_failed = False
        if self._job:
            self._job.wait()
        return not self._last_export_failed

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

    def _chosen(self, name: str, ending: str) -> Path | None:
        """The file that a dialog gave, with its ending; none where the user turned back.

        The dialog asks before an existing file is replaced, but not where the ending that is
        added here makes it one.
        """
        if not name:
            return None
        path = Path(name) if name.lower().endswith(ending) else Path(name + ending)
        if str(path) != name and path.exists():
            buttons = QMessageBox.StandardButton
            title = f"Replace {path.name}?"
            answer = ask(self._window, title, "It exists already.", buttons.Yes | buttons.No)
            return path if answer == buttons.Yes else None
        return path

    def _finish_typing(self) -> None:
        """Take the machine that was typed in a field that has not been left yet."""
        for machine in self._window.findChildren(MachineEditor):
            machine.finish()

    def load(self, source: Path, path: Path | None) -> None:
        """Show a file's scenario as that of the file `path`, or of none yet.

        Raises:
            UserError: if it can't be opened; everything is as it was.
        """
        self._session.open(read_scenario(source).scenario)
        self._set_path(path)

    def _load(self, source: Path, path: Path | None) -> None:
        try:
            self.load(source, path)
        except UserError as error:
            self.failed.emit(error)

    def _save_to(self, path: Path) -> bool:
        shown = self._session.shown
        try:
            write_scenario(path, shown.scenario, figures_of(shown.estimate))
        except UserError as error:
            self.failed.emit(error)
            return False
        self._session.mark_saved(shown.scenario)
        self._set_path(path)
        self.saved.emit(path)
        return True

    def _run(self, work: Callable[[], None], done: Callable[[], None]) -> None:
        job = Job(work)

        def finish() -> None:
            self._job = None
            self.export_running.emit(False)

        def succeed() -> None:
            finish()
            done()

        def fail(error: object) -> None:
            self._last_export_failed = True
            finish()
            self.failed.emit(error)

        job.done.connect(succeed)
        job.failed.connect(fail)
        self._job = job  # keeps it alive while it runs
        self.export_running.emit(True)
        job.start()

    def _set_path(self, path: Path | None) -> None:
        self.path = path
        self.path_changed.emit()

    def _start_folder(self) -> Path:
        return self.path.parent if self.path else self._folder


def _as_file_name(scenario: Scenario) -> str:
    """The scenario's name with only those characters that every system takes in a file name."""
    words = "".join(c if c.isalnum() or c in " -_" else " " for c in scenario.name)
    return "-".join(words.split())[:80] or "scenario"
