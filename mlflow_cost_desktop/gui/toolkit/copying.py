"""Tables on the clipboard: numbers with the decimal sign of the reader's system, or plain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from mlflow_cost_desktop.figures import PLAIN, Figures

if TYPE_CHECKING:  # the window is there sooner without it
    from mlflow_cost_desktop.exports.report.facts import Facts

COPY_PLAIN = "Copy &plain"
PLAIN_TIP = "With a decimal point, as programs read numbers, whatever your system writes"


def has_plain_copy(figures: Figures) -> bool:
    """Whether a plain copy differs from the one that the reader's spreadsheet takes."""
    return figures.point != PLAIN.point


def copy_table(table: str, facts: Sequence[Facts]) -> None:
    """Put a table with tabs on the clipboard, and below it what its figures rest on.

    Its rows stay as they are, for whoever goes on to compute with them: an empty row keeps the
    sentence apart, of which there is one for each scenario.
    """
    from mlflow_cost_desktop.exports.clipboard import with_grounds

    QGuiApplication.clipboard().setText(with_grounds(table, facts))
