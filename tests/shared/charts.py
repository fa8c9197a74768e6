"""A chart of nothing in particular: every kind of mark, for what shows charts."""

from __future__ import annotations

from mlflow_cost_desktop.charts.axes import Axis, counted
from mlflow_cost_desktop.charts.chart import Chart, Mark, Marker, Reading, Series, Table

BARS = Series("bars", "Bars", ("#2F6DB3", "#2F6DB3"))


def any_chart(*marks: Mark) -> Chart:
    """Marks between 0 and 100 along, 0 and 10 upward, with a marker that can't be moved at 40."""
    return Chart(
        "Anything",
        Axis("along", "", counted(""), 0.0, 100.0),
        Axis("upward", "", counted(""), 0.0, 10.0),
        (BARS,),
        marks,
        Marker("", 40.0, 5.0, "here", 0.0, 100.0),
        lambda first, last: f"From {first} to {last}.",
        lambda first, last: Table(("along",), ((f"{first}",),), 0, ((first,),), ("",)),
        lambda x: Reading(f"{x}", {}),
    )
