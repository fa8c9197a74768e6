"""The recovery copy of the open scenario, kept while it has changes that are not saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.recovery import RecoveryCopy
from mlflow_cost_desktop.gui.document.document import Document
from mlflow_cost_desktop.gui.document.session import Session

PAUSE_MS = 2000
"""What a crash may cost at most, and how often something is written."""


class Autosave(QObject):
    """Writes a recovery copy at most every two seconds after an edit, and deletes it when saved.

    Args:
        folder: where recovery copies are kept.
    """

    failed = Signal(str)

    def __init__(self, session: Session, document: Document, folder: Path) -> None:
        super().__init__(document)
        self._session = session
        self._document = document
        self._copy = RecoveryCopy(folder)
        self._has_failed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        session.study_changed.connect(self._note)
        session.clean_changed.connect(self._note)
        document.path_changed.connect(self._note)

    def keep(self) -> bool:
        """Write what there is to lose, now; false where it could not be kept."""
        self._timer.stop()
        if self._session.is_clean:
            return True
        session = self._session
        try:
            self._copy.write(session.scenario, session.saved_figures(), self._document.origin)
        except (UserError, OSError) as error:
            if not self._has_failed:  # said once: it is no reason to disturb the work
                self._has_failed = True
                self.failed.emit(_in_words(error))
            return False
        self._has_failed = False
        return True

    def discard(self) -> None:
        """Keep nothing any more."""
        self._timer.stop()
        self._copy.discard()

    def _note(self) -> None:
        if self._session.is_clean:
            self.discard()
        elif not self._timer.isActive():
            self._timer.start()


def _in_words(error: UserError | OSError) -> str:
    if isinstance(error, UserError):
        return error.title
    where = f" ({error.filename})" if error.filename else ""
    return f"the system says “{error.strerror or error}”{where}"
