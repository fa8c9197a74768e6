"""What of a chart leaves the window: a picture on the clipboard, and files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mlflow_cost_desktop.charts.chart import Chart
from mlflow_cost_desktop.exports.report.chart_files import (
    chart_csv,
    chart_image,
    chart_png,
    chart_svg,
)
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.stated import stated, stated_in_short
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.gui.toolkit.file_choice import chosen_file

KINDS = {
    "PNG pictures (*.png)": ".png",
    "SVG drawings (*.svg)": ".svg",
    "Figures for a spreadsheet (*.csv)": ".csv",
}


def copy_chart(chart: Chart, facts: Facts | None, *, has_grid: bool) -> None:
    """Put a chart on the clipboard as a picture."""
    image = chart_image(chart, has_grid=has_grid, stated=_in_short(facts))
    QGuiApplication.clipboard().setImage(image)


def _in_short(facts: Facts | None) -> str:
    return stated_in_short(facts) if facts else ""


def chosen_path(parent: QWidget, folder: Path, name: str) -> Path | None:
    """Ask where to save a chart; its ending, or the kind that is chosen, says as what."""
    safe = "".join(c if c.isalnum() else "-" for c in name.lower()).strip("-")
    start = folder / f"{safe}.png"
    chosen, kind = QFileDialog.getSaveFileName(parent, "Save chart", str(start), ";;".join(KINDS))
    first = KINDS.get(kind, ".png")
    endings = (first, *(ending for ending in KINDS.values() if ending != first))
    return chosen_file(parent, chosen, *endings)


def save_chart(chart: Chart, path: Path, facts: Facts | None, *, has_grid: bool) -> None:
    """Write a chart to a file, as what its ending names, and what it rests on.

    Raises:
        UserError: if it cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        words = chart_csv(chart, tuple(stated(facts)) if facts else ())
        data = words.encode("utf-8-sig")  # by which spreadsheets know the encoding
    elif ending == ".svg":
        data = chart_svg(chart, has_grid=has_grid, stated=_in_short(facts))
    else:
        data = chart_png(chart, has_grid=has_grid, stated=_in_short(facts))
    write_atomically(path, data)
