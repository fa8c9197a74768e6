"""The server's name on the internet."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Per
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Unit, Whole
from mlflow_cost_desktop.model.network.companion import WHERE_USED, Ticked
from mlflow_cost_desktop.prices.aws.provider import AWS

PER_MILLION = Per(1e6, "", "million queries")


class Dns(Ticked):
    """A domain's zone in Route 53; one serves all deployments."""

    sold_by = frozenset({AWS.id})

    used: Annotated[
        bool,
        Field(
            title="The name stands in Route 53",
            description="Not needed where the domain is kept elsewhere, or in a zone that is paid "
            "for already.",
        ),
    ] = False
    zones: Annotated[
        float,
        Unit("zone"),
        Whole(),
        WHERE_USED,
        Effect("more", "each is billed by the month"),
        Field(ge=0, le=10_000, title="Hosted zones", description="Domains, public or private."),
    ] = 1.0
    queries: Annotated[
        float,
        Unit("query", step=100_000),
        WHERE_USED,
        Effect("more", "queries are billed by the million"),
        Field(
            ge=0,
            le=1e12,
            title="Queries",
            description="A month. Those for aliases of load balancers and S3 buckets are free and "
            "don't count.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield Charge(
            "Hosted zone",
            (Amount(self.zones, "zone"),),
            terms.price("route53", "hosted_zone"),
            line="dns/zones",
            path="dns.zones",
        )
        yield Charge(
            "DNS queries",
            (Amount(self.queries, "query"), PER_MILLION),
            terms.price("route53", "queries"),
            line="dns/queries",
            path="dns.queries",
        )
