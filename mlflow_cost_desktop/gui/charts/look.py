"""How charts look in the window: the colors and fonts of its theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from mlflow_cost_desktop.exports.report.chart_plot import Look
from mlflow_cost_desktop.exports.report.text import Style

STRENGTH = 0.82
"""How much of a part's color is left beside the ground's."""


def look_of(palette: QPalette) -> Look:
    """The look of charts on the ground of a palette."""
    role = QPalette.ColorRole
    ink = palette.color(role.WindowText).name()
    base, dimmed = palette.color(role.Base), palette.color(role.PlaceholderText)
    rule = QColor.fromRgbF(
        *(0.8 * under + 0.2 * over for under, over in zip(_rgb(base), _rgb(dimmed), strict=True))
    )
    return Look(
        base.name(),
        ink,
        rule.name(),
        axis=Style(11, color=dimmed.name(), fine=1),
        name=Style(11, color=ink, fine=1),
        emphasis=Style(11, bold=True, color=ink, fine=1),
        tag=Style(11, bold=True, color=base.name(), fine=1),
        strength=STRENGTH,
        is_dark=base.lightnessF() < 0.5,
    )


def _rgb(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()
