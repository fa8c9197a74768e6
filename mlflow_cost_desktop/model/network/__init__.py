"""The network: what crosses it, and what stands around a deployment and is billed beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Section, Unit, Whole, specs
from mlflow_cost_desktop.model.network.companion import Companion
from mlflow_cost_desktop.model.network.load_balancer import LoadBalancer
from mlflow_cost_desktop.model.network.monitoring import Logs, Metrics
from mlflow_cost_desktop.model.network.names import Dns
from mlflow_cost_desktop.model.network.private import Endpoints, Nat
from mlflow_cost_desktop.model.network.secrets import Secrets
from mlflow_cost_desktop.model.network.transfer import Transfer
from mlflow_cost_desktop.model.option import Discount, Notice, not_sold


class Network(Transfer):
    """Data that is sent, and companions: all of them are off until chosen."""

    public_addresses: Annotated[
        float,
        Section("Addresses and images"),
        Unit("address"),
        Whole(),
        Effect("more", "each is billed for every hour of the month"),
        Field(
            ge=0,
            le=10_000,
            title="Public IPv4 addresses",
            description="Of a deployment, also of its load balancer: one for each zone that faces "
            "the internet. Those of NAT gateways are counted with them.",
        ),
    ] = 0.0
    idle_addresses: Annotated[
        float,
        Unit("address"),
        Whole(),
        Effect("more", "each is billed for every hour of the month"),
        Field(
            ge=0,
            le=10_000,
            title="Idle IPv4 addresses",
            description="Of a deployment: addresses that are kept and belong to nothing that "
            "runs, such as those of a server that is stopped. They are billed as well.",
        ),
    ] = 0.0
    registry_gb: Annotated[
        float,
        Unit("GB"),
        Effect("more", "images are billed by the GB-month"),
        Field(
            ge=0,
            le=1e6,
            title="Container images",
            description="GB kept in the provider's registry, compressed; one set serves all "
            "deployments. An image of MLflow has about half a GB (judgment), and each version "
            "adds one.",
        ),
    ] = 0.0
    load_balancer: Annotated[LoadBalancer, Field(title="Load balancer")] = LoadBalancer()
    nat: Annotated[Nat, Field(title="NAT gateway")] = Nat()
    endpoints: Annotated[Endpoints, Field(title="Interface endpoints")] = Endpoints()
    logs: Annotated[Logs, Field(title="Logs")] = Logs()
    metrics: Annotated[Metrics, Field(title="Metrics and alarms")] = Metrics()
    secrets: Annotated[Secrets, Field(title="Secrets and keys")] = Secrets()
    dns: Annotated[Dns, Field(title="Domain name")] = Dns()
    discount: Discount = None

    @property
    def left_out(self) -> tuple[str, ...]:
        """What a deployment may well have and this estimate does not count, in words."""
        counted = {
            "load balancers": self.load_balancer.is_used,
            "public addresses": self.public_addresses > 0,
            "NAT gateways": self.nat.is_used,
            "interface endpoints": self.endpoints.is_used,
            "logs": self.logs.is_used,
            "metrics and alarms": self.metrics.is_used,
            "secrets and keys": self.secrets.is_used,
            "a domain name": self.dns.is_used,
            "container images": self.registry_gb > 0,
            "transfer to other regions": self.region_gb > 0,
            "transfer between zones": self.zone_gb > 0,
        }
        return tuple(words for words, is_counted in counted.items() if not is_counted)

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield from self.transfer_charges(terms)
        yield Charge(
            "Public IPv4 addresses",
            (*terms.each, Amount(self.public_addresses, "address"), terms.whole_month),
            terms.price("ipv4", "in_use"),
            line="addresses/hours",
            path="public_addresses",
        )
        yield Charge(
            "Idle IPv4 addresses",
            (*terms.each, Amount(self.idle_addresses, "address"), terms.whole_month),
            terms.price("ipv4", "idle"),
            line="addresses/idle",
            path="idle_addresses",
        )
        yield Charge(
            "Container images",
            (Amount(self.registry_gb, "GB"),),
            terms.price("registry", "storage"),
            line="registry/storage",
            path="registry_gb",
        )
        for companion in self._used.values():
            yield from companion.charges(terms)

    def notices(self, terms: Terms) -> Iterator[Notice]:
        """Paths are relative to the component."""
        yield from self.transfer_notices(terms)
        provider = terms.prices.provider
        for name, companion in self._used.items():
            yield from companion.notices(terms)
            if not companion.is_sold_by(provider.id):
                title = specs(type(self))[name].title
                yield Notice(f"{name}.{companion.chosen_by}", not_sold(title, provider.name))

    @property
    def _used(self) -> dict[str, Companion]:
        """The companions that are chosen, by the names of their fields."""
        companions: dict[str, Companion] = {
            "load_balancer": self.load_balancer,
            "nat": self.nat,
            "endpoints": self.endpoints,
            "logs": self.logs,
            "metrics": self.metrics,
            "secrets": self.secrets,
            "dns": self.dns,
        }
        return {name: one for name, one in companions.items() if one.is_used}
