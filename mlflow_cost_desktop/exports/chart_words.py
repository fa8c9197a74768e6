"""What a chart shows, in words and as a table: for those who can't, or need not, see it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.sweep import Curve, Values
from mlflow_cost_desktop.exports.chart_lines import crossing_in_words
from mlflow_cost_desktop.exports.chart_plot import Contents
from mlflow_cost_desktop.model.components import COMPONENTS

ROWS = 12
"""Round values that a table has at least half of, beside the current one and the crossings."""


def description(contents: Contents) -> str:
    """From where to where the chart goes, where the scenario stands, and what crosses."""
    words, money = contents.question.scale.words, contents.currency.money
    first, last = float(contents.values[0]), float(contents.values[-1])
    current = f"{money(contents.current_cost)} a month at the current {words(contents.current_x)}"
    if isinstance(contents, Curve):
        total = contents.sweep.total
        held = ""
        if contents.plan and len(contents.plan.total):
            plan = contents.plan
            held = (
                f" {plan.name}, dashed, with what stays with you: "
                f"{money(float(plan.total[0]))} to {money(float(plan.total[-1]))}."
            )
        return (
            f"The total by its parts: {money(float(total[0]))} a month at {words(first)}, "
            f"{current}, {money(float(total[-1]))} at {words(last)}.{held}"
        )
    lines = "; ".join(
        f"{line.name}{' (chosen)' if line.is_chosen else ''} from {money(float(line.total[0]))} "
        f"to {money(float(line.total[-1]))}"
        for line in contents.lines
    )
    sentences = [f"The total by option, from {words(first)} to {words(last)}: {lines}", current]
    if contents.crossings:
        crossings = (crossing_in_words(contents, crossing) for crossing in contents.crossings)
        sentences.append(f"Crossings: {'; '.join(crossings)}")
    else:
        sentences.append("No lines cross")
    if contents.unpriced:
        sentences.append(f"No known price: {', '.join(contents.unpriced)}")
    return ". ".join(sentence[0].upper() + sentence[1:] for sentence in sentences) + "."


@dataclass(frozen=True)
class Table:
    """Costs of a month in words, a row for each value; `current` is the scenario's own row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    current: int

    def as_text(self) -> str:
        """With tabs, as spreadsheets take it from the clipboard."""
        lines = io.StringIO()
        csv.writer(lines, delimiter="\t", lineterminator="\n").writerows(
            [self.headings, *self.rows]
        )
        return lines.getvalue()


def table_values(contents: Contents) -> Values:
    """Round values over the range, the current one, and those of crossings."""
    first, last = float(contents.values[0]), float(contents.values[-1])
    found = [*contents.question.scale.ticks(first, last, ROWS), last, contents.current_x]
    if isinstance(contents, Options):
        found += [crossing.x for crossing in contents.crossings]
    return np.unique(np.array(found))


def table(contents: Contents) -> Table:
    """A chart's own points as a table; `contents` is made for `table_values`."""
    words, money = contents.question.scale.words, contents.currency.money
    columns: Iterable[tuple[str, Values]]
    if isinstance(contents, Curve):
        parts = [
            (COMPONENTS[name], np.broadcast_to(cost, contents.values.shape))
            for name, cost in contents.sweep.by_component.items()
        ]
        columns = [*parts, ("Total", contents.sweep.total)]
    else:
        columns = [
            (f"{line.name} (chosen)" if line.is_chosen else line.name, line.total)
            for line in contents.lines
        ]
    headings = (contents.question.x_label.capitalize(), *(name for name, _ in columns))
    rows = tuple(
        (words(float(x)), *(money(float(cost[at])) for _, cost in columns))
        for at, x in enumerate(contents.values)
    )
    current = int(np.argmin(np.abs(contents.values - contents.current_x)))
    return Table(headings, rows, current)
