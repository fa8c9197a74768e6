"""What is watched: logs, metrics and alarms of CloudWatch."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Beyond
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Unit, Whole
from mlflow_cost_desktop.model.network.companion import WHERE_USED, Ticked
from mlflow_cost_desktop.prices.aws.provider import AWS

FREE_DASHBOARDS = 3.0
"""Of every account, always (https://aws.amazon.com/cloudwatch/pricing/)."""


class Logs(Ticked):
    """Lines that server and database write, taken in, kept and searched."""

    sold_by = frozenset({AWS.id})

    used: Annotated[
        bool,
        Field(
            title="Logs go to CloudWatch",
            description="Containers have no disk of their own to keep logs on.",
        ),
    ] = False
    ingested_gb: Annotated[
        float,
        Unit("GB"),
        WHERE_USED,
        Effect("more", "logs are billed by the GB taken in"),
        Field(
            ge=0,
            le=1e7,
            title="Taken in",
            description="GB of logs a month. Default: judgment. What the free tier gives an "
            "account is not taken off.",
        ),
    ] = 5.0
    stored_gb: Annotated[
        float,
        Unit("GB"),
        WHERE_USED,
        Effect("more", "what is kept is billed by the GB-month"),
        Field(
            ge=0,
            le=1e8,
            title="Kept",
            description="GB of logs that are kept, compressed. Default: judgment.",
        ),
    ] = 5.0
    scanned_gb: Annotated[
        float,
        Unit("GB"),
        WHERE_USED,
        Effect("more", "queries are billed by the GB that they read"),
        Field(
            ge=0,
            le=1e8,
            title="Searched",
            description="GB a month that queries of Logs Insights read.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        for what, gb, name, path in (
            ("Logs taken in", self.ingested_gb, "ingestion", "ingested_gb"),
            ("Logs kept", self.stored_gb, "storage", "stored_gb"),
            ("Logs searched", self.scanned_gb, "insights", "scanned_gb"),
        ):
            yield Charge(
                what,
                (Amount(gb, "GB"),),
                terms.price("logs", name),
                line=f"logs/{name}",
                path=f"logs.{path}",
            )


class Metrics(Ticked):
    """Figures beyond those that AWS gives with each service, and alarms over them."""

    sold_by = frozenset({AWS.id})

    used: Annotated[
        bool,
        Field(
            title="Metrics and alarms of your own",
            description="Metrics that each service has anyway cost nothing.",
        ),
    ] = False
    custom: Annotated[
        float,
        Unit("metric"),
        WHERE_USED,
        Effect("more", "each is billed by the month"),
        Field(
            ge=0,
            le=1e7,
            title="Custom metrics",
            description="Metrics of a deployment that you publish: memory and disk of an EC2 "
            "server are such. What the free tier gives an account is not taken off.",
        ),
    ] = 0.0
    alarms: Annotated[
        float,
        Unit("alarm"),
        Whole(),
        WHERE_USED,
        Effect("more", "each is billed by the month"),
        Field(
            ge=0,
            le=1e6,
            title="Alarms",
            description="Standard-resolution alarms of a deployment. Default: judgment. What the "
            "free tier gives an account is not taken off.",
        ),
    ] = 3.0
    dashboards: Annotated[
        float,
        Unit("dashboard"),
        Whole(),
        WHERE_USED,
        Effect("more", "those beyond the free ones are billed by the month"),
        Field(
            ge=0,
            le=1e6,
            title="Dashboards",
            description="Of all deployments together; 3 are free for every account, unless your "
            "own rate says otherwise. The price books have no price of them: an update of prices "
            "brings it, or give your own rate.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield Charge(
            "Custom metrics",
            (*terms.each, Amount(self.custom, "metric")),
            terms.price("metrics", "custom"),
            line="metrics/custom",
            path="metrics.custom",
        )
        yield Charge(
            "Alarms",
            (*terms.each, Amount(self.alarms, "alarm")),
            terms.price("alarms", "standard"),
            line="metrics/alarms",
            path="metrics.alarms",
        )
        price = terms.price("dashboards", "dashboard")
        # An own rate has the free quantity that its owner gave it, if any.
        free = 0.0 if price.origin == "own_rate" else FREE_DASHBOARDS
        yield Charge(
            "Dashboards",
            (Beyond(Amount(self.dashboards, "dashboard"), free, "free"),),
            price,
            line="metrics/dashboards",
            path="metrics.dashboards",
        )
