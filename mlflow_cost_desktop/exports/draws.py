"""The draws behind an answer on uncertainty as CSV, for whoever wants to check it."""

from __future__ import annotations

import csv
import io

import numpy as np

from mlflow_cost_desktop.analysis.uncertainty import Uncertainty
from mlflow_cost_desktop.exports.plain_text import harmless


def draws_csv(found: Uncertainty) -> str:
    """A row for each case: its inputs, what a month costs, and the plan in USD.

    The plan's column is empty where it has no room, and missing where nothing is held against.
    """
    columns = [*found.values.values(), found.cost]
    header = ["draw", *map(harmless, found.values), "effective_cost"]
    if found.plan_cost is not None:
        columns.append(found.plan_cost)
        header.append("plan_effective_cost")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    rows = np.column_stack(columns).tolist()
    for number, row in enumerate(rows, 1):
        writer.writerow((number, *("" if figure != figure else figure for figure in row)))
    return text.getvalue()
