"""Ways out of private subnets: NAT gateways and interface endpoints."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Sum
from mlflow_cost_desktop.model.charges.terms import NO_GB, Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Unit, Whole, only_with
from mlflow_cost_desktop.model.network.companion import WHERE_USED, Ticked
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.prices.aws.provider import AWS


class Nat(Ticked):
    """Gateways through which machines without public addresses reach the internet."""

    sold_by = frozenset({AWS.id})

    used: Annotated[
        bool,
        Field(
            title="Private subnets reach out by NAT",
            description="Machines in private subnets fetch packages and images through a gateway.",
        ),
    ] = False
    gateways: Annotated[
        float,
        Unit("gateway"),
        Whole(),
        WHERE_USED,
        Effect("more", "each is billed for every hour of the month"),
        Field(
            ge=0,
            le=100,
            title="Gateways",
            description="One in each zone that must go on when another zone fails. Each has a "
            "public address of its own, which is billed on a line of its own.",
        ),
    ] = 1.0
    processed_gb: Annotated[
        float,
        Unit("GB", step=10),
        WHERE_USED,
        Effect("more", "all that passes is billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Data through it",
            description="GB a month in both directions. Data of S3 in the region need not pass: a "
            "gateway endpoint for S3 costs nothing. Artifacts that pass through the server come "
            "on top, unless there is such an endpoint.",
        ),
    ] = 0.0
    s3_endpoint: Annotated[
        bool,
        WHERE_USED,
        Field(
            title="S3 has a gateway endpoint",
            description="Artifacts that pass through the server then reach S3 by it, at no cost, "
            "and not through the NAT gateway.",
        ),
    ] = False

    def charges(self, terms: Terms) -> Iterator[Charge]:
        artifacts = NO_GB if self.s3_endpoint else terms.proxied_outside
        yield Charge(
            "NAT gateway",
            (*terms.each, Amount(self.gateways, "gateway"), terms.whole_month),
            terms.price("nat", "hour"),
            line="nat/hours",
            path="nat.gateways",
        )
        yield Charge(
            "Addresses of NAT gateways",
            (*terms.each, Amount(self.gateways, "address"), terms.whole_month),
            terms.price("ipv4", "in_use"),
            line="nat/addresses",
            path="nat.gateways",
        )
        yield Charge(
            "Data through NAT gateways",
            (Sum((Amount(self.processed_gb, "GB"), artifacts)),),
            terms.price("nat", "gb"),
            line="nat/data",
            path="nat.processed_gb",
        )

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.processed_gb > 0:
            yield Notice(
                "nat.processed_gb",
                "Artifacts in S3 need not pass the NAT gateway: a gateway endpoint for S3 costs "
                "nothing. Count other traffic only.",
            )
        if not self.s3_endpoint and terms.proxied_outside.value > 0:
            yield Notice(
                "nat.s3_endpoint",
                "Artifacts on their way to S3 are billed by the NAT gateway; a gateway endpoint "
                "for S3 costs nothing.",
            )


class Endpoints(Ticked):
    """Private entries to services of AWS (PrivateLink); those to S3 by gateway are free."""

    sold_by = frozenset({AWS.id})

    used: Annotated[
        bool,
        Field(
            title="Services reached by interface endpoints",
            description="Private subnets reach ECR, CloudWatch, Secrets Manager and others "
            "without the internet.",
        ),
    ] = False
    services: Annotated[
        float,
        Unit("endpoint"),
        Whole(),
        WHERE_USED,
        Effect("more", "each is billed for every hour and zone"),
        Field(
            ge=0,
            le=1000,
            title="Endpoints",
            description="One for each service; Fargate without NAT needs those of the image "
            "registry (two), logs and secrets. Judgment: 4.",
        ),
    ] = 4.0
    zones: Annotated[
        float,
        Unit("zone"),
        Whole(),
        only_with("services"),
        Effect("more", "each endpoint is billed in each zone"),
        Field(ge=0, le=10, title="Zones", description="How many zones each of them is in."),
    ] = 2.0
    processed_gb: Annotated[
        float,
        Unit("GB", step=10),
        WHERE_USED,
        Effect("more", "all that passes is billed by the GB"),
        Field(ge=0, le=1e9, title="Data through them", description="GB a month, both directions."),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield Charge(
            "Interface endpoints",
            (
                *terms.each,
                Amount(self.services, "endpoint"),
                Amount(self.zones, "zone"),
                terms.whole_month,
            ),
            terms.price("endpoint", "hour"),
            line="endpoints/hours",
            path="endpoints.services",
        )
        yield Charge(
            "Data through interface endpoints",
            (Amount(self.processed_gb, "GB"),),
            terms.price("endpoint", "gb"),
            line="endpoints/data",
            path="endpoints.processed_gb",
        )
