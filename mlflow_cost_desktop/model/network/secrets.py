"""Secrets such as the database's password, and keys that encrypt."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Beyond, Per
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Unit, Whole
from mlflow_cost_desktop.model.network.companion import WHERE_USED, Ticked
from mlflow_cost_desktop.prices.aws.provider import AWS

PER_TEN_THOUSAND = Per(10_000.0, "", "ten thousand requests")
FREE_KEY_REQUESTS = 20_000.0
"""A month, for every account over all regions (https://aws.amazon.com/kms/pricing/)."""


class Secrets(Ticked):
    """Secrets Manager, and keys of your own in KMS."""

    sold_by = frozenset({AWS.id})

    used: Annotated[
        bool,
        Field(
            title="Secrets and keys are managed",
            description="Secrets Manager holds passwords, KMS the keys of your own that encrypt "
            "database and artifacts. Keys that AWS owns cost nothing.",
        ),
    ] = False
    secrets: Annotated[
        float,
        Unit("secret"),
        Whole(),
        WHERE_USED,
        Effect("more", "each is billed by the month"),
        Field(
            ge=0,
            le=1e6,
            title="Secrets",
            description="Of a deployment; the database's password is one.",
        ),
    ] = 1.0
    secret_requests: Annotated[
        float,
        Unit("request", step=1000),
        WHERE_USED,
        Effect("more", "requests are billed by ten thousand"),
        Field(
            ge=0,
            le=1e12,
            title="Requests of secrets",
            description="A month. A server that reads its password when it starts makes few.",
        ),
    ] = 0.0
    keys: Annotated[
        float,
        Unit("key"),
        Whole(),
        WHERE_USED,
        Effect("more", "each is billed by the month"),
        Field(
            ge=0,
            le=1e6,
            title="Keys",
            description="Customer-managed keys of a deployment; each yearly rotation, up to the "
            "second, counts as one more.",
        ),
    ] = 1.0
    key_requests: Annotated[
        float,
        Unit("request", step=1000),
        WHERE_USED,
        Effect("more", "requests beyond the free ones are billed by ten thousand"),
        Field(
            ge=0,
            le=1e12,
            title="Requests of keys",
            description="A month; 20,000 of them are free for every account over all regions, "
            "unless your own rate says otherwise. Objects in S3 ask the key once each, with a "
            "bucket key far less often.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield Charge(
            "Secrets",
            (*terms.each, Amount(self.secrets, "secret")),
            terms.price("secrets", "secret"),
            line="secrets/secrets",
            path="secrets.secrets",
        )
        yield Charge(
            "Requests of secrets",
            (Amount(self.secret_requests, "request"), PER_TEN_THOUSAND),
            terms.price("secrets", "requests"),
            line="secrets/secret_requests",
            path="secrets.secret_requests",
        )
        yield Charge(
            "Keys",
            (*terms.each, Amount(self.keys, "key")),
            terms.price("kms", "key"),
            line="secrets/keys",
            path="secrets.keys",
        )
        price = terms.price("kms", "requests")
        # An own rate has the free quantity that its owner gave it, if any.
        free = 0.0 if price.origin == "own_rate" else FREE_KEY_REQUESTS
        yield Charge(
            "Requests of keys",
            (Beyond(Amount(self.key_requests, "request"), free, "free"), PER_TEN_THOUSAND),
            price,
            line="secrets/key_requests",
            path="secrets.key_requests",
        )
