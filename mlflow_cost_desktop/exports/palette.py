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

LINE_COLORS = ("#4477AA", "#EE6677", "#228833", "#AA3377", "#CCBB44", "#66CCEE", "#8A8A8A")
"""Of the options in a chart, in their order; dashes and names tell them apart as well."""
