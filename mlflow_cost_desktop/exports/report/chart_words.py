"""What a chart shows, in words and as a table: for those who can't, or need not, see it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import numpy as np

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.sweep import Curve, Values
from mlflow_cost_desktop.exports.plain_text import harmless
from mlflow_cost_desktop.exports.report.chart_lines import crossing_in_words
from mlflow_cost_desktop.exports.report.chart_plot import Contents
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.prices.price import Value

ROWS = 12
"""Round values that a table has at least half of, beside the current one and the crossings."""

TOO_SMALL = "too small"
"""In place of a plan's cost where it has no room for what is stored."""


def description(contents: Contents, figures: Figures) -> str:
    """From where to where the chart goes, where the scenario stands, and what crosses."""
    scale, currency = contents.question.scale, contents.currency

    def words(x: float) -> str:
        return scale.words(x, figures)

    def money(usd: float) -> str:
        return currency.money(usd, figures)

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
        crossings = (
            crossing_in_words(contents, crossing, figures) for crossing in contents.crossings
        )
        sentences.append(f"Crossings: {'; '.join(crossings)}")
    else:
        sentences.append("No lines cross")
    if contents.unpriced:
        sentences.append(f"No known price: {', '.join(contents.unpriced)}")
    return ". ".join(sentence[0].upper() + sentence[1:] for sentence in sentences) + "."


@dataclass(frozen=True)
class Table:
    """Costs of a month in words, a row for each value.

    Attributes:
        current: the scenario's own row.
        note: at which rate costs were converted; empty for USD.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    current: int
    note: str = ""

    def as_text(self) -> str:
        """With tabs, as spreadsheets take it from the clipboard; the rate stands below."""
        lines = io.StringIO()
        writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
        writer.writerows([map(harmless, self.headings), *self.rows])
        if self.note:
            writer.writerow([harmless(self.note)])
        return lines.getvalue()


def table_values(contents: Contents) -> Values:
    """Round values over the range, the current one, and those of crossings."""
    first, last = float(contents.values[0]), float(contents.values[-1])
    found = [*contents.question.scale.ticks(first, last, ROWS), last, contents.current_x]
    if isinstance(contents, Options):
        found += [crossing.x for crossing in contents.crossings]
    return np.unique(np.array(found))


def table(contents: Contents, figures: Figures) -> Table:
    """A chart's own points as a table; `contents` is made for `table_values`."""
    scale, currency = contents.question.scale, contents.currency
    columns: list[tuple[str, Value]]
    if isinstance(contents, Curve):
        columns = [
            *((COMPONENTS[name], cost) for name, cost in contents.sweep.by_component.items()),
            ("Total", contents.sweep.total),
        ]
        if contents.plan:
            held = np.full(contents.values.shape, np.nan)
            held[np.isin(contents.values, contents.plan.values)] = contents.plan.total
            columns.append((contents.plan.name, held))
    else:
        columns = [
            (f"{line.name} (chosen)" if line.is_chosen else line.name, line.total)
            for line in contents.lines
        ]

    def in_words(usd: float) -> str:
        return TOO_SMALL if np.isnan(usd) else currency.money(usd, figures)

    headings = (contents.question.x_label.capitalize(), *(name for name, _ in columns))
    costs = [np.broadcast_to(cost, contents.values.shape).tolist() for _, cost in columns]
    rows = tuple(
        (scale.words(x, figures), *map(in_words, row))
        for x, *row in zip(contents.values.tolist(), *costs, strict=True)
    )
    current = int(np.argmin(np.abs(contents.values - contents.current_x)))
    rate = currency.rate_in_words(figures)
    return Table(headings, rows, current, f"In {currency.code}, {rate}" if rate else "")
