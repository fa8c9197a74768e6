"""Data that leaves the region, or crosses from zone to zone."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import (
    Amount,
    Beyond,
    Factor,
    Share,
    Sum,
    Together,
)
from mlflow_cost_desktop.model.charges.terms import NO_GB, Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Chooser,
    Effect,
    Model,
    OnlyIf,
    Section,
    Unit,
    only_with,
)
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.prices.providers import FIRST

IF_PROXIED = OnlyIf("through_server", ("True",))


class Transfer(Model):
    """Gigabytes a month by where they go; all of them are totals over the deployments."""

    transfer_out_gb: Annotated[
        float,
        Section("Transfer"),
        Unit("GB", step=10),
        Effect("more", "transfer beyond the free allowance is billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Transfer to the internet",
            description="Data a month that leaves the provider, to laptops and other clouds; "
            "what the storage of the region sends to servers in it does not count.",
        ),
    ] = 0.0
    free_transfer_gb: Annotated[
        float,
        Unit("GB", step=10),
        only_with("transfer_out_gb"),
        Effect("less", "it is taken off before the tiers begin"),
        Field(
            ge=0,
            le=FIRST.free_transfer_gb,
            title="Free transfer left",
            description="What is left for MLflow of the transfer that the provider gives each "
            "account a month over all services and regions "
            f"({FIRST.name}: {FIRST.free_transfer_gb:.0f} GB); 0 where other systems use it up. "
            "A free quantity of your own rate takes its place.",
        ),
    ] = FIRST.free_transfer_gb
    region_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "transfer between regions is billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="To another region",
            description="Data a month sent to another region of the provider: a copy of the "
            "artifacts, or training that runs there. Only the sender pays.",
        ),
    ] = 0.0
    destination: Annotated[
        str,
        Chooser("destination"),
        only_with("region_gb"),
        Field(
            min_length=1,
            max_length=40,
            pattern=r"^[a-z0-9-]+$",
            title="Other region",
            description="Where that data goes; nearby regions of one continent can be cheaper.",
        ),
    ] = FIRST.other_region
    zone_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "sender and receiver pay by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Between zones",
            description="Data a month that crosses between availability zones, such as between "
            "server and database; billed once for sending and once for receiving. Artifacts that "
            "pass through the server come on top.",
        ),
    ] = 0.0
    through_server: Annotated[
        bool,
        Section("Artifacts on their way"),
        Field(
            title="Artifacts pass through the server",
            description="MLflow's default since 2.0 (--serve-artifacts): clients send artifacts "
            "to the server, which keeps them. The same data then passes a load balancer, crosses "
            "zones and, on its way to a store outside the network, passes a NAT gateway, where "
            "there are any. Otherwise clients reach the store themselves.",
        ),
    ] = False
    proxied_gb: Annotated[
        float,
        Unit("GB", step=10),
        IF_PROXIED,
        Effect("more", "balancer, zones and gateway are billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Artifacts through it",
            description="GB a month that clients write and read, over all deployments. What goes "
            "on to the internet is typed as such, too.",
        ),
    ] = 0.0
    proxied_zones: Annotated[
        float,
        Unit("%", step=5),
        IF_PROXIED,
        Effect("more", "data between zones is billed by the GB"),
        Field(
            ge=0,
            le=100,
            title="Of it between zones",
            description="Percent that crosses from one zone to another between client and "
            "server. 50 is a judgment: both are in either of two zones.",
        ),
    ] = 50.0

    @property
    def proxied(self) -> Factor:
        """GB of artifacts a month that pass through the server."""
        return Amount(self.proxied_gb, "GB") if self.through_server else NO_GB

    def transfer_charges(self, terms: Terms) -> Iterator[Charge]:
        """Data sent to the internet, after what is left of the free allowance, and elsewhere.

        What a provider gives each account, and in which regions, the provider says.
        """
        price = terms.price("transfer", "internet")
        # An own rate's free quantity is taken off with its tiers, in place of the allowance.
        is_free = has_free_transfer(terms) and not price.free_quantity
        left = self.free_transfer_gb if is_free else 0.0
        yield Charge(
            "Data transfer out",
            (Beyond(Amount(self.transfer_out_gb, "GB"), left, "free"),),
            price,
            line="transfer/out",
            path="transfer_out_gb",
        )
        if self.destination != terms.prices.region_id:
            yield Charge(
                f"Transfer to {self.destination}",
                (Amount(self.region_gb, "GB"),),
                terms.price("transfer", "region", self.destination),
                line="transfer/region",
                path="region_gb",
            )
        yield Charge(
            "Transfer between zones",
            (Amount(2.0, "direction"), Sum((Amount(self.zone_gb, "GB"), self._crossing(terms)))),
            terms.price("transfer", "zone"),
            line="transfer/zones",
            path="zone_gb",
        )

    def _crossing(self, terms: Terms) -> Factor:
        return Together((terms.proxied, Share(self.proxied_zones, "between zones")))

    def transfer_notices(self, terms: Terms) -> Iterator[Notice]:
        if self.through_server and terms.proxied is NO_GB:
            yield Notice(
                "through_server",
                "Without a tracking server nothing passes through it: clients reach the store "
                "themselves.",
            )
        if self.transfer_out_gb > 0 and self.free_transfer_gb > 0 and not has_free_transfer(terms):
            yield Notice("free_transfer_gb", "This region has no free transfer; all is billed.")
        if self.region_gb > 0 and self.destination == terms.prices.region_id:
            yield Notice(
                "destination",
                f"{self.destination} is the scenario's own region: transfer to it is not billed. "
                "Choose where the data goes.",
            )


def has_free_transfer(terms: Terms) -> bool:
    """Whether the region takes part in the free allowance."""
    return terms.prices.provider.has_free_transfer(terms.prices.region_id)
