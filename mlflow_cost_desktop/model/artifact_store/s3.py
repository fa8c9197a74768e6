"""Artifacts in S3 Standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.model.charge import Charge
from mlflow_cost_desktop.model.factors import Amount, Per
from mlflow_cost_desktop.model.fields import Effect, Section, Unit
from mlflow_cost_desktop.model.option import Option
from mlflow_cost_desktop.model.terms import Terms

PER_THOUSAND = Per(1000.0, "", "thousand requests")


class S3(Option):
    """S3 Standard: storage in tiers, and every request."""

    put_requests: Annotated[
        float,
        Section("Requests"),
        Unit("request", step=10_000),
        Effect("more", "requests are billed"),
        Field(
            ge=0,
            le=1e12,
            title="PUT and LIST requests",
            description="PUT, COPY, POST and LIST requests a month. Logging an artifact is at "
            "least one PUT a file; DELETE is free.",
        ),
    ] = 0.0
    get_requests: Annotated[
        float,
        Unit("request", step=10_000),
        Effect("more", "requests are billed"),
        Field(
            ge=0,
            le=1e12,
            title="GET requests",
            description="GET and all other requests a month.",
        ),
    ] = 0.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield Charge(
            "S3 Standard storage",
            terms.stored,
            terms.price("s3", "standard", "storage"),
        )
        yield Charge(
            "PUT and LIST requests",
            (Amount(self.put_requests, "request"), PER_THOUSAND),
            terms.price("s3", "standard", "put"),
        )
        yield Charge(
            "GET requests",
            (Amount(self.get_requests, "request"), PER_THOUSAND),
            terms.price("s3", "standard", "get"),
        )
