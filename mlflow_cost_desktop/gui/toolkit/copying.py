"""Tables on the clipboard: numbers with the decimal sign of the reader's system, or plain."""

from __future__ import annotations

from mlflow_cost_desktop.figures import PLAIN, Figures

COPY_PLAIN = "Copy &plain"
PLAIN_TIP = "With a decimal point, as programs read numbers, whatever your system writes"


def has_plain_copy(figures: Figures) -> bool:
    """Whether a plain copy differs from the one that the reader's spreadsheet takes."""
    return figures.point != PLAIN.point
