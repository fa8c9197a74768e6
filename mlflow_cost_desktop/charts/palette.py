"""The colors of the parts and options, the same in every chart, table and export.

Paul Tol's "bright" scheme, safe for color-blind readers (https://personal.sron.nl/~pault/).
"""

COLORS = {
    "server": "#4477AA",
    "metadata_store": "#228833",
    "artifact_store": "#CCBB44",
    "network": "#66CCEE",
    "labor": "#EE6677",
}

PLAN_COLORS = "#AA3377", "#EE88BB"
"""Of the managed plan that is held against the scenario, on a light and on a dark ground."""

LESS, MORE = ("#1E7B34", "#6CC784"), ("#B3261E", "#FF8A80")
"""Of what costs less or more than something else, on a light and on a dark ground; signs tell it
as well."""

LINE_COLORS = ("#4477AA", "#EE6677", "#228833", "#CC6611", "#CCBB44", "#66CCEE", "#8A8A8A")
"""Of the options in a chart, in their order; dashes and names tell them apart as well."""
