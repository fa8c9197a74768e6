"""Exports of the open scenario to files, made beside the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from mlflow_cost_desktop.exports.parts import ALL
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.toolkit.background import Job, Permission, WithdrawnError
from mlflow_cost_desktop.gui.toolkit.file_choice import chosen_file
from mlflow_cost_desktop.model.fields.paths import replace

if TYPE_CHECKING:
    from mlflow_cost_desktop.analysis.comparison import Column


class Format(NamedTuple):
    """A kind of export: what it is called, and which files a dialog shows."""

    title: str
    files: str


FORMATS = {
    "pdf": Format("PDF", "PDF documents (*.pdf)"),
    "xlsx": Format("Spreadsheet", "Spreadsheets (*.xlsx)"),
    "md": Format("Markdown", "Markdown (*.md)"),
}
"""By the ending of their files."""


class ExportChoices(NamedTuple):
    """What is exported, and how; paper and attachment are a PDF's.

    It is held against what the scenario is held against, or for this export alone against another
    plan.
    """

    kind: str = "pdf"
    paper: str = "a4"
    parts: tuple[str, ...] = ALL
    has_attachment: bool = True
    against: str = ""


class Export(QObject):
    """Exports the scenario as it is when it is asked to; one at a time.

    Args:
        place_for: the path that is suggested for a file with a suffix.
        finish_typing: takes what was typed in a field that has not been left yet.
    """

    done = Signal(Path)
    running = Signal(bool)
    progressed = Signal(float)  # the share that is done
    failed = Signal(object)  # the error

    def __init__(
        self,
        session: Session,
        window: QWidget,
        place_for: Callable[[str], Path],
        finish_typing: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._place_for = place_for
        self._finish_typing = finish_typing
        self._job: Job[bool] | None = None
        self._may_write = Permission()
        self._last_failed = False
        self.beside: Callable[[], Sequence[Column]] = lambda: ()
        """The scenarios that the report compares with the open one."""

    def ask_pdf(self) -> None:
        """Ask for a file and write the report to it, while the window goes on."""
        self.ask(ExportChoices())

    def ask(self, choices: ExportChoices) -> None:
        """Ask for a file and export to it, while the window goes on."""
        self._finish_typing()
        suffix, title = f".{choices.kind}", f"Export {FORMATS[choices.kind].title}"
        start, files = str(self._place_for(suffix)), FORMATS[choices.kind].files
        name, _ = QFileDialog.getSaveFileName(self._window, title, start, files)
        path = chosen_file(self._window, name, suffix)
        if path:
            self.write(path, choices)

    def write(self, path: Path, choices: ExportChoices) -> None:
        """Export the scenario as it is now; signals tell how it went."""
        study, beside = self._session.study, tuple(self.beside())
        created = datetime.now().astimezone()

        may_write = self._may_write = Permission()

        def tell(share: float) -> None:
            may_write.check()
            self.progressed.emit(share)

        def work() -> bool:
            try:
                document = _document(study, beside, choices, created, tell)
            except WithdrawnError:
                return False
            if is_wanted := may_write.take():
                write_atomically(path, document)
            return is_wanted

        self._run(work, lambda: self.done.emit(path))

    def cancel(self) -> bool:
        """Throw a running export's result away; false where it is too late for that."""
        return self._job is not None and self._may_write.take()

    def finish(self) -> bool:
        """Wait for a running export; false where it failed, which the user is then told."""
        self._last_failed = False
        if self._job:
            self._job.wait()
        return not self._last_failed

    def _run(self, work: Callable[[], bool], done: Callable[[], None]) -> None:
        job = Job(work)

        def finish() -> None:
            self._job = None
            self.running.emit(False)

        def succeed(is_wanted: bool) -> None:
            finish()
            if is_wanted:
                done()

        def fail(error: object) -> None:
            self._last_failed = True
            finish()
            self.failed.emit(error)

        job.done.connect(succeed)
        job.failed.connect(fail)
        self._job = job  # keeps it alive while it runs
        self.running.emit(True)
        job.start()


def _document(
    study: Study,
    beside: Sequence[Column],
    choices: ExportChoices,
    created: datetime,
    tell: Callable[[float], None],
) -> bytes:
    """What is exported; each kind is loaded when it is asked for."""
    scenario = study.scenario
    if choices.against:
        scenario = replace(scenario, "held_against", choices.against)
    if choices.kind == "pdf":
        from mlflow_cost_desktop.exports.report.report import Choices, render_pdf

        return render_pdf(
            scenario,
            study.price_book,
            created,
            study.plans,
            tell,
            limit_days=study.limit_days,
            beside=beside,
            choices=Choices(choices.paper, choices.parts, choices.has_attachment),
        )
    from mlflow_cost_desktop.exports.report.facts import Facts

    facts = Facts.of(scenario, study.price_book, created, study.plans, study.limit_days, beside)
    if choices.kind == "xlsx":
        from mlflow_cost_desktop.exports.spreadsheet.spreadsheet import spreadsheet

        return spreadsheet(facts, choices.parts)
    from mlflow_cost_desktop.exports.markdown import markdown

    return markdown(facts, choices.parts).encode()
