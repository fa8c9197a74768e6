"""What a deployment needs of whatever it is hosted on: the floors of a search for the cheapest."""

from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.fields.declaration import Effect, Empty, Labels, Model, Unit

AS_NOW = "as chosen now"
WITHOUT_EFFECT = Effect("same", "it says what is looked for, and costs nothing itself")

THIS, ALL = "this", "all"
"""Regions by a word: the scenario's own, and all but those that have to be named."""

Size = Annotated[float | None, Empty(AS_NOW), WITHOUT_EFFECT, Field(ge=0, le=10_000)]
Zones = Annotated[float | None, Unit("zone"), Empty(AS_NOW), WITHOUT_EFFECT, Field(ge=1, le=3)]


class Needs(Model):
    """What ways to host it have to offer. Nothing here is billed."""

    vcpu: Annotated[
        Size,
        Unit("vCPU"),
        Field(title="vCPU of the server", description="Of each server, at least."),
    ] = None
    memory_gib: Annotated[
        Size,
        Unit("GiB"),
        Field(title="Memory of the server", description="Of each server, at least."),
    ] = None
    db_vcpu: Annotated[
        Size,
        Unit("vCPU"),
        Field(title="vCPU of the database", description="Of each machine of it, at least."),
    ] = None
    db_memory_gib: Annotated[
        Size,
        Unit("GiB"),
        Field(title="Memory of the database", description="Of each machine of it, at least."),
    ] = None
    architecture: Annotated[
        Literal["any", "x86_64", "arm64"],
        Labels({"any": "x86 and ARM", "x86_64": "x86 only", "arm64": "ARM only"}),
        Field(
            title="Architecture",
            description="Of machines. ARM is mostly cheaper and needs images built for it.",
        ),
    ] = "any"
    burstable: Annotated[
        Literal["as_now", "yes", "no"],
        Labels(
            {
                "as_now": "Burstable as chosen now",
                "yes": "Burstable allowed",
                "no": "Not burstable",
            }
        ),
        Field(
            title="Burstable machines",
            description="Machines that may use all of their vCPU for a while only. As now: they "
            "are allowed where one is chosen.",
        ),
    ] = "as_now"
    commitment_months: Annotated[
        float,
        Unit("month", step=12),
        WITHOUT_EFFECT,
        Field(
            ge=0,
            le=60,
            title="Longest commitment",
            description="The longest commitment that may be bought, in months. Default: judgment.",
        ),
    ] = 12.0
    estimated: Annotated[
        bool,
        Field(
            title="Estimated prices",
            description="Whether prices count that are estimated by a rule, and discounts that "
            "the program assumes.",
        ),
    ] = True
    archive: Annotated[
        bool,
        Field(
            title="Archives",
            description="Whether artifacts may lie where they must be restored before they can "
            "be read.",
        ),
    ] = False
    read_back_gb: Annotated[
        float | None,
        Unit("GB", step=10),
        Empty("GET requests × average object"),
        WITHOUT_EFFECT,
        Field(
            ge=0,
            le=1e9,
            title="Read back",
            description="What is read of the artifacts in a month: cold classes charge for it.",
        ),
    ] = None
    writers: Annotated[
        float | None,
        Unit("writer"),
        Empty("as many as users"),
        WITHOUT_EFFECT,
        Field(
            ge=1,
            le=100_000,
            title="Writers at once",
            description="How many write to the metadata store at the same time; a file takes one.",
        ),
    ] = None
    zones: Annotated[
        Zones,
        Field(
            title="Zones of the database",
            description="How many zones have a machine that can take over.",
        ),
    ] = None
    artifact_zones: Annotated[
        Zones,
        Field(
            title="Zones of the artifacts",
            description="How many zones have a copy of every artifact.",
        ),
    ] = None
    regions: Annotated[
        tuple[Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9_-]+$")], ...],
        Field(max_length=100),
    ] = ()
    """Where to look: ids of regions, continents, `this`, `all`; empty: the scenario's own."""
