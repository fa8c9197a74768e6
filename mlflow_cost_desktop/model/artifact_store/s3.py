"""Artifacts in Amazon S3."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.artifact_store.lifecycle import Lifecycle
from mlflow_cost_desktop.model.artifact_store.storage_class import (
    CLASS_WORDS,
    CLASSES,
    PER_THOUSAND,
    SMALL_KB,
    InClass,
    large,
    thousands,
)
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Factor, Share
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    OnlyIf,
    Section,
    Unit,
    only_with,
)
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS


class S3(InClass, Option):
    """A bucket: storage by class and in tiers, every request, and what moves on by itself."""

    sold_by = frozenset({AWS.id})

    storage_class: Annotated[
        Literal[
            "standard",
            "intelligent_tiering",
            "standard_ia",
            "onezone_ia",
            "glacier_instant",
            "glacier_flexible",
            "glacier_deep",
        ],
        Section("Class"),
        Labels(CLASS_WORDS),
        Field(
            title="Storage class",
            description="Where new artifacts go. Colder classes are cheaper to keep and costlier "
            "to read; archived ones (Glacier Flexible Retrieval, Deep Archive) must be restored "
            "before MLflow can read them.",
        ),
    ] = "standard"
    idle_30: Annotated[
        float,
        Unit("%", step=5),
        OnlyIf("storage_class", ("intelligent_tiering",)),
        Effect("less", "what is not read moves to a cheaper tier by itself"),
        Field(
            ge=0,
            le=100,
            title="Not read for 30 days",
            description="How much of what is kept is in the infrequent-access tier or below. "
            "50 % is a judgment.",
        ),
    ] = 50.0
    idle_90: Annotated[
        float,
        Unit("%", step=5),
        only_with("idle_30"),
        Effect("less", "what is not read moves to a cheaper tier by itself"),
        Field(
            ge=0,
            le=100,
            title="Not read for 90 days",
            description="How much of what is kept is in the archive-instant-access tier; at most "
            "what was not read for 30 days. 30 % is a judgment.",
        ),
    ] = 30.0
    object_kb: Annotated[
        float,
        Section("Objects and requests"),
        Unit("KB", step=100),
        Effect("either", "fewer objects are moved and monitored, and the small ones are neither"),
        Field(
            ge=1,
            le=5e10,
            title="Average object",
            description="It matters in all classes but Standard: objects under 128 KB are billed "
            "as 128 KB, not moved or not monitored, and archived ones have an overhead each. "
            "MLflow stores a model as some six files: of a random forest 2,500 KB on average, of "
            "a small one 2 KB (measured with MLflow 3.17).",
        ),
    ] = 2_500.0
    put_requests: Annotated[
        float,
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
    lifecycle: Annotated[Lifecycle, Field(title="Lifecycle")] = Lifecycle()

    def charges(self, terms: Terms) -> Iterator[Charge]:
        kept = terms.stored
        if self.lifecycle.is_on:
            kept = (*kept, Share(100.0 - self.lifecycle.moved(self.object_kb), "not moved"))
        if self.storage_class == "intelligent_tiering":
            yield from self._tiering(terms, kept)
        else:
            yield from self.storing(terms, kept, self.object_kb)
        for name, asked, path in (
            ("PUT and LIST requests", self.put_requests, "put_requests"),
            ("GET requests", self.get_requests, "get_requests"),
        ):
            yield Charge(
                name,
                (Amount(asked, "request"), PER_THOUSAND),
                terms.price("s3", self.storage_class, path.removesuffix("_requests")),
                line=path,
                path=path,
            )
        yield from self.reading(terms, self.object_kb)
        yield from self.deleting(terms, self.object_kb)
        yield from self.lifecycle.charges(terms, self.object_kb)

    def _tiering(self, terms: Terms, kept: tuple[Factor, ...]) -> Iterator[Charge]:
        """Intelligent-Tiering: small objects stay in frequent access and are not monitored."""
        monitored = large(self.object_kb, f"objects under {SMALL_KB:g} KB are not monitored")
        idle = self.idle_30 * monitored.value
        archived = np.minimum(self.idle_90, idle)
        name = self.rules.name
        for tier, percent, what, path in (
            ("frequent", 100.0 - idle, "read within 30 days", "stored_gb"),
            ("infrequent", idle - archived, "not read for 30 days", "idle_30"),
            ("archive_instant", archived, "not read for 90 days", "idle_90"),
        ):
            yield Charge(
                f"{name}, {tier.replace('_', ' ')} access",
                (*kept, Share(percent, what)),
                terms.price("s3", "intelligent_tiering", tier),
                line=f"{tier}_access",
                path=path,
            )
        yield Charge(
            f"{name}, monitoring",
            (*thousands(kept, self.object_kb, "object"), monitored),
            terms.price("s3", "intelligent_tiering", "monitoring"),
            line="monitoring",
            path="object_kb",
        )

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.rules.archived:
            yield Notice(
                "storage_class",
                f"Artifacts in {self.rules.name} must be restored before they can be read: "
                "MLflow's UI can't show them and clients can't load models. Keep new "
                "artifacts in a class that reads at once, and let a lifecycle archive old ones.",
            )
        if self.rules.has_minimum_size and self.object_kb < SMALL_KB:
            yield Notice(
                "object_kb",
                Text(
                    "{} bills objects of {} KB as {} KB.",
                    self.rules.name,
                    self.object_kb,
                    SMALL_KB,
                ),
            )
        if self.storage_class == "intelligent_tiering" and self.object_kb < SMALL_KB:
            yield Notice(
                "object_kb",
                f"Objects under {SMALL_KB:g} KB stay in frequent access, at the price of S3 "
                "Standard: Intelligent-Tiering saves nothing on them.",
            )
        if self.storage_class == "intelligent_tiering" and self.idle_90 > self.idle_30 > 0:
            yield Notice(
                "idle_90",
                "What was not read for 90 days was not read for 30 either: no more than that "
                "share is counted.",
            )
        yield from self.class_notices()
        for notice in self.lifecycle.notices(self.storage_class, self.object_kb):
            yield Notice(f"lifecycle.{notice.path}", notice.text)

    def variants(self) -> Iterator[tuple[str, Self]]:
        """Every class, with the rest as it is."""
        for key, rules in CLASSES.items():
            yield rules.name, self.model_copy(update={"storage_class": key})
