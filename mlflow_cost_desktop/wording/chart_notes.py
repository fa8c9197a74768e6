"""What is to be known of the chart beside a decision, in words."""

from __future__ import annotations

from mlflow_cost_desktop.analysis.options import Options
from mlflow_cost_desktop.analysis.projection import Projection
from mlflow_cost_desktop.analysis.sweep import Curve
from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.wording.growth import turn_or_none_in_words
from mlflow_cost_desktop.wording.turns import REACH

SERVER_ALONE = "Only the server differs here."
"""Why an option costs another amount in the chart than in the table."""

RINGS = "rings: two cost the same."
AREAS, DASHED = "Areas: hosting as chosen, by part", "dashed: buying"
HERE = "Upright line: this scenario"


def options_note(found: Options, figures: Figures) -> str:
    """What rings and the upright line are, and where buying costs as much as hosting."""
    chosen = next((line.total for line in found.lines if line.is_chosen), None)
    meets = found.plan.meets(found.values, chosen) if found.plan and chosen is not None else ()
    here = f"{HERE}; {RINGS}" if found.crossings else f"{HERE}."
    return " ".join(filter(None, (SERVER_ALONE, here, _meeting(found, meets, figures))))


def over_time_note(found: Projection) -> str:
    """What areas, lines and the upright line are, and what becomes of the verdict."""
    marks = [AREAS, *([DASHED] if found.held else [])]
    if found.band:
        marks.append("between the dotted lines: eight cases of ten")
    marks.append(f"upright line: {'the turn' if found.turns_in_month else 'the last month'}")
    turn = turn_or_none_in_words(found)
    return f"{'; '.join(marks)}.{f' {turn}.' if turn else ''}"


def parts_note(found: Curve, figures: Figures) -> str:
    """What areas and the upright line are, and where buying costs as much as hosting."""
    meets = found.plan.meets(found.values, found.sweep.total) if found.plan else ()
    marks = "; ".join((AREAS, *([DASHED] if found.plan else []), HERE.lower()))
    return " ".join(filter(None, (f"{marks}.", _meeting(found, meets, figures))))


def _meeting(found: Options | Curve, meets: tuple[float, ...], figures: Figures) -> str:
    """Where the verdict turns along the chart, and why that is in no list; empty without a plan."""
    if found.plan is None or not len(found.plan.values):
        return ""
    if not meets:
        return "Buying and hosting as chosen never cost the same."
    now = found.current_x
    x = min(meets, key=lambda x: abs(x - now))
    words = f"Buying and hosting as chosen cost the same at {figures.exact(float(round(x)))} h"
    if not now:
        return f"{words}."
    times = x / now
    far = "" if 1.0 / REACH <= times <= REACH else ", too far to be named above"
    return f"{words}, {figures.exact(round(times, 1))} times this scenario’s{far}."
