"""The draws behind an answer on uncertainty as CSV, for whoever wants to check it."""

from __future__ import annotations

import csv
import io

import numpy as np

from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.exports.plain_text import harmless
from mlflow_cost_desktop.exports.terminal.about import ABOUT_COLUMNS, about, about_cells


def draws_csv(found: Uncertainty) -> str:
    """A row for each case: its inputs, what a month costs, and the plan in USD.

    The plan's column is empty where it has no room, and missing where nothing is held against.
    What every CSV says of its scenario stands in the first row alone: a hundred thousand would be
    made of little else.
    """
    columns = [*found.values.values(), found.cost]
    header = ["draw", *map(harmless, found.values), "effective_cost"]
    if found.plan_cost is not None:
        columns.append(found.plan_cost)
        header.append("plan_effective_cost")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*header, *ABOUT_COLUMNS))
    stated = about_cells(about(found.scenario, found.price_book))
    cells = [harmless(cell) if isinstance(cell, str) else cell for cell in stated]
    below = [""] * len(cells)
    rows = np.column_stack(columns).tolist()
    for number, row in enumerate(rows, 1):
        figures = ("" if figure != figure else figure for figure in row)
        writer.writerow((number, *figures, *(below if number > 1 else cells)))
    return text.getvalue()
