"""The parts of a deployment: their names in tabs, lines and exports, in that order."""

COMPONENTS = {
    "server": "Server",
    "metadata_store": "Metadata store",
    "artifact_store": "Artifact store",
    "network": "Network",
    "labor": "Maintenance",
}

SHORT_NAMES = {**COMPONENTS, "metadata_store": "Metadata", "artifact_store": "Artifacts"}
"""Where the whole names would leave no room for the others."""

INFRASTRUCTURE = ("server", "metadata_store", "artifact_store", "network")
"""The parts that a provider bills; labor is the other one."""
