"""Load balancers: hours, and capacity units by the largest of their dimensions."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import (
    Amount,
    Beyond,
    Factor,
    Largest,
    Per,
    Sum,
    Together,
)
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    OnlyIf,
    Unit,
    Whole,
    only_with,
)
from mlflow_cost_desktop.model.network.companion import Companion
from mlflow_cost_desktop.prices.aws.provider import AWS

FREE_RULES = 10.0
RULE_EVALUATIONS = 1000.0
CONNECTIONS_SECOND = "connections a second"
CONNECTIONS_MINUTE = "connections a minute"


class _Unit(NamedTuple):
    """What one capacity unit holds, beside 1 GB an hour.

    https://aws.amazon.com/elasticloadbalancing/pricing/, "LCU details" and, for TCP, "NLCU".
    """

    title: str
    new_connections: float
    active_connections: float


UNITS = {
    "alb": _Unit("Application load balancer", 25.0, 3_000.0),
    "nlb": _Unit("Network load balancer", 800.0, 100_000.0),
}

WITH_ONE = OnlyIf("kind", ("none",), otherwise=True)
BY_DIMENSIONS = OnlyIf("units_by", ("dimensions",))


class LoadBalancer(Companion):
    """One name in front of several machines; traffic is a total over all load balancers."""

    sold_by = frozenset({AWS.id})
    chosen_by = "kind"

    kind: Annotated[
        Literal["none", "alb", "nlb"],
        Labels({"none": "None", **{kind: unit.title for kind, unit in UNITS.items()}}),
        Field(
            title="Kind",
            description="What stands before the server. An application load balancer reads HTTP "
            "and ends TLS, as most MLflow servers need; a network load balancer passes TCP on.",
        ),
    ] = "none"
    count: Annotated[
        float,
        Unit("balancer"),
        Whole(),
        WITH_ONE,
        Effect("more", "each is billed for every hour of the month"),
        Field(ge=0, le=1000, title="Load balancers", description="How many a deployment has."),
    ] = 1.0
    units_by: Annotated[
        Literal["dimensions", "typed"],
        WITH_ONE,
        Labels({"dimensions": "What passes through it", "typed": "Capacity units"}),
        Field(
            title="Capacity given by",
            description="AWS bills the largest of four dimensions. Capacity units known from a "
            "bill, or from a calculation, can be typed instead.",
        ),
    ] = "dimensions"
    units: Annotated[
        float,
        Unit("LCU"),
        WITH_ONE,
        OnlyIf("units_by", ("typed",)),
        Effect("more", "capacity units are billed by the hour"),
        Field(
            ge=0,
            le=1e6,
            title="Capacity units",
            description="On average over the month, of all load balancers together.",
        ),
    ] = 0.0
    processed_gb: Annotated[
        float,
        Unit("GB", step=10),
        WITH_ONE,
        BY_DIMENSIONS,
        Effect("more", "capacity units are billed by the largest dimension"),
        Field(
            ge=0,
            le=1e9,
            title="Data through it",
            description="GB a month in both directions; one capacity unit holds 1 GB an hour. "
            "Artifacts that pass through the server come on top.",
        ),
    ] = 0.0
    new_connections: Annotated[
        float,
        Unit("/ s"),
        WITH_ONE,
        BY_DIMENSIONS,
        Effect("more", "capacity units are billed by the largest dimension"),
        Field(
            ge=0,
            le=1e6,
            title="New connections",
            description="A second, on average over the month; a capacity unit holds 25 (network "
            "load balancer: 800).",
        ),
    ] = 0.0
    active_connections: Annotated[
        float,
        Unit("/ min", step=100),
        WITH_ONE,
        BY_DIMENSIONS,
        Effect("more", "capacity units are billed by the largest dimension"),
        Field(
            ge=0,
            le=1e8,
            title="Active connections",
            description="A minute, on average over the month; a capacity unit holds 3,000 "
            "(network load balancer: 100,000).",
        ),
    ] = 0.0
    requests: Annotated[
        float,
        Unit("/ s"),
        OnlyIf("kind", ("alb",)),
        BY_DIMENSIONS,
        Effect("more", "capacity units are billed by the largest dimension"),
        Field(
            ge=0,
            le=1e6,
            title="Requests",
            description="A second, on average over the month; they matter where there are more "
            "than 10 rules.",
        ),
    ] = 0.0
    rules: Annotated[
        float,
        Unit("listener rule"),
        only_with("requests"),
        Effect("more", "each request is held against each rule"),
        Field(
            ge=0,
            le=1000,
            title="Rules",
            description="Routing rules that a request is held against; the first 10 are free, a "
            "capacity unit holds 1,000 evaluations of the others a second.",
        ),
    ] = 1.0

    @property
    def is_used(self) -> bool:
        return self.kind != "none"

    def charges(self, terms: Terms) -> Iterator[Charge]:
        unit = UNITS[self.kind]
        yield Charge(
            unit.title,
            (*terms.each, Amount(self.count, "balancer"), terms.whole_month),
            terms.price("elb", self.kind, "hour"),
            line="load_balancer/hours",
            path="load_balancer.count",
        )
        is_typed = self.units_by == "typed"
        units = (
            Amount(self.units, "LCU")
            if is_typed
            else Largest(tuple(self._dimensions(unit, terms)), "LCU")
        )
        yield Charge(
            f"{unit.title}, capacity units",
            (units, terms.whole_month),
            terms.price("elb", self.kind, "lcu"),
            line="load_balancer/capacity",
            path="load_balancer.units" if is_typed else "load_balancer.processed_gb",
        )

    def _dimensions(self, unit: _Unit, terms: Terms) -> Iterator[Factor]:
        """Capacity units by each of the things that AWS measures; it bills the largest."""
        yield _divided(
            Sum((Amount(self.processed_gb, "GB"), terms.proxied)),
            Per(terms.hours_in_month, "h"),
            Per(1.0, "GB an hour"),
        )
        yield _divided(
            Amount(self.new_connections, CONNECTIONS_SECOND),
            Per(unit.new_connections, CONNECTIONS_SECOND),
        )
        yield _divided(
            Amount(self.active_connections, CONNECTIONS_MINUTE),
            Per(unit.active_connections, CONNECTIONS_MINUTE),
        )
        if self.kind == "alb":
            yield _divided(
                Amount(self.requests, "requests a second"),
                Beyond(Amount(self.rules, "listener rule"), FREE_RULES, "free"),
                Per(RULE_EVALUATIONS, "evaluations a second"),
            )


def _divided(*factors: Factor) -> Factor:
    return Together(factors)
