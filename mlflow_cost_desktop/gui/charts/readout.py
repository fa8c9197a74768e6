"""What a chart's panel says at a value: the parts' costs, or the options' totals."""

from __future__ import annotations

import numpy as np

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.sweep import Curve
from mlflow_cost_desktop.charts.palette import COLORS, PLAN_COLORS
from mlflow_cost_desktop.exports.report.chart_lines import crossing_in_words, line_pen
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.gui.charts.panel import Readout, Row
from mlflow_cost_desktop.model.components import COMPONENTS

NEAR = 0.02
"""How far from a crossing it is told, in parts of the axis."""


def parts_readout(here: Curve, figures: Figures) -> Readout:
    """Every part's cost at the one value of `here`, the topmost first, the total, and the plan."""

    def money(usd: float) -> str:
        return here.currency.money(usd, figures)

    rows = [
        Row(COMPONENTS[name], money(float(np.ravel(cost)[0])), COLORS[name])
        for name, cost in here.sweep.by_component.items()
        if np.any(cost)
    ]
    total = Row("Total", money(float(here.sweep.total[0])), is_strong=True)
    held = []
    if here.plan and len(here.plan.total):
        held.append(Row(here.plan.name, money(float(here.plan.total[0])), PLAN_COLORS[0]))
    return Readout(_title(here, figures), [*reversed(rows), total, *held])


def options_readout(here: Options, whole: Options, figures: Figures) -> Readout:
    """Every option's total at the one value of `here`, the cheapest first.

    `whole` is what the chart shows: with the crossings, of which those near by are told.
    """

    def money(usd: float) -> str:
        return here.currency.money(usd, figures)

    rows = [
        Row(line.name, money(float(line.total[0])), line_pen(here, line).color().name(), chosen)
        for line in sorted(here.lines, key=lambda line: float(line.total[0]))
        for chosen in (line.is_chosen,)
    ]
    x, reach = float(here.values[0]), float(whole.values[-1]) * NEAR
    notes = [
        crossing_in_words(whole, crossing, figures)
        for crossing in whole.crossings
        if abs(crossing.x - x) <= reach
    ]
    notes += [f"{name}: no known price" for name in here.unpriced]
    return Readout(_title(here, figures), rows, notes)


def _title(here: Curve | Options, figures: Figures) -> str:
    return here.question.scale.words(float(here.values[0]), figures)
