"""Tables that leave the window by the clipboard, with what their figures rest on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:  # the window is there sooner without it
    from mlflow_cost_desktop.exports.report.facts import Facts


def copy_table(table: str, facts: Sequence[Facts]) -> None:
    """Put a table with tabs on the clipboard, and below it what its figures rest on.

    Its rows stay as they are, for whoever goes on to compute with them: an empty row keeps the
    sentence apart, of which there is one for each scenario.
    """
    from mlflow_cost_desktop.exports.clipboard import with_grounds

    QGuiApplication.clipboard().setText(with_grounds(table, facts))
