"""Artifacts on a volume of the tracking server."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.aws.volume import Snapshots, Volume
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Factor, Per, scalar
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Section, Unit
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS


class Ebs(Option):
    """A volume of EBS that one server mounts; billed for its size, however full it is."""

    sold_by = frozenset({AWS.id})

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
            "refuses uploads. 80 % is a judgment.",
        ),
    ] = 80.0
    volume: Annotated[Volume, Field(title="Volume")] = Volume()
    snapshots: Annotated[Snapshots, Field(title="Snapshots")] = Snapshots()

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield from self.volume.charges(
            terms, self._size(terms), capacity=terms.each, path="stored_gb"
        )
        kept = terms.part_of_each(*terms.stored)
        yield from self.snapshots.charges(terms, kept, capacity=terms.each, path="snapshots")

    def _size(self, terms: Terms) -> Factor:
        """What has to be provisioned for the artifacts of one deployment, GB."""
        return terms.part_of_each(*terms.stored, Per(self.filled / 100.0, "[filled]"))

    def notices(self, terms: Terms) -> Iterator[Notice]:
        yield from self.volume.notices(scalar(self._size(terms).value), "filled", "volume")
