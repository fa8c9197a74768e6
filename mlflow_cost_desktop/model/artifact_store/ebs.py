"""Artifacts on a volume of the tracking server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.factors import Per, Together, scalar
from mlflow_cost_desktop.model.fields import Effect, Section, Unit
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.model.terms import Terms
from mlflow_cost_desktop.model.volume import Snapshots, Volume


class Ebs(Option):
    """A volume of EBS that one server mounts; billed for its size, however full it is."""

    filled: Annotated[
        float,
        Section("Size"),
        Unit("%", step=5),
        Effect("less", "a fuller volume is a smaller one"),
        Field(
            ge=1,
            le=100,
            title="Filled to",
            description="How full the volume is: what is free is billed too, and a full volume "
            "refuses uploads. 80 % is a judgement.",
        ),
    ] = 80.0
    volume: Annotated[Volume, Field(title="Volume")] = Volume()
    snapshots: Annotated[Snapshots, Field(title="Snapshots")] = Snapshots()

    def size(self, terms: Terms) -> Together:
        """What has to be provisioned for the artifacts, GB."""
        return Together((*terms.stored, Per(self.filled / 100.0, "[filled]")))

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield from self.volume.charges(terms, self.size(terms), path="stored_gb")
        yield from self.snapshots.charges(terms, Together(terms.stored), path="snapshots")

    def notices(self, terms: Terms) -> Iterator[Notice]:
        yield from self.volume.notices(scalar(self.size(terms).value), "filled", "volume")
