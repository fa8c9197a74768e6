"""The colors of the parts, the same in every chart, table and export.

Paul Tol's "bright" scheme, safe for color-blind readers (https://personal.sron.nl/~pault/).
"""

COLORS = {
    "server": "#4477AA",
    "metadata_store": "#228833",
    "artifact_store": "#CCBB44",
    "network": "#66CCEE",
    "labor": "#EE6677",
}
