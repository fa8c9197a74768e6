"""Artifacts in Amazon S3."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.artifact_store.lifecycle import Lifecycle
from mlflow_cost_desktop.model.artifact_store.storage_class import (
    CLASS_WORDS,
    CLASSES,
    PER_THOUSAND,
    SMALL_KB,
    InClass,
    Objects,
)
from mlflow_cost_desktop.model.charges.charge import Charge, Spread
from mlflow_cost_desktop.model.charges.factors import Amount, Per, Portion, Rest
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    Section,
    Unit,
    only_with,
)
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS


class S3(InClass, Option):
    """A bucket: storage by class and in tiers, every request, and what moves on by itself."""

    sold_by = frozenset({AWS.id})
    lies_outside = True

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
    object_kb: Annotated[
        float,
        Section("Objects and requests"),
        Unit("KB", step=100),
        Effect("either", "fewer objects are moved and monitored, and the small ones are neither"),
        Field(
            ge=0.001,
            le=5e10,
            title="Average object",
            description="It matters in all classes but Standard: objects under 128 KB are billed "
            "as 128 KB, not moved or not monitored, and archived ones have an overhead each. "
            "MLflow stores a model as some six files: of a random forest 2,500 KB on average, of "
            "a small one 2 KB (measured with MLflow 3.17). Where small objects are told apart, "
            "of the others.",
        ),
    ] = 2_500.0
    small_percent: Annotated[
        float,
        Unit("%", step=5),
        Effect("either", "small objects are more requests and less to monitor and move"),
        Field(
            ge=0,
            le=100,
            title="Small objects",
            description="Of all objects, by number, those under 128 KB that the average above "
            "does not count. MLflow keeps a model as one large file and about five small ones: "
            "83 % (measured with MLflow 3.17). 0: all are alike.",
        ),
    ] = 0.0
    small_kb: Annotated[
        float,
        Unit("KB", step=1),
        only_with("small_percent"),
        Effect("either", "fewer objects have room in as many GB"),
        Field(
            ge=0.001,
            le=127,
            title="Average small object",
            description="MLflow's own small files have 37 to 681 bytes, 0.3 KB on average "
            "(measured with MLflow 3.17).",
        ),
    ] = 0.3
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
    first_requests: Annotated[
        float,
        Unit("request", step=10_000),
        Effect("more", "requests are billed"),
        Field(
            ge=0,
            le=1e12,
            title="First upload",
            description="PUT requests once, at the start: at least one for each file that is "
            "brought along. They are spread over the horizon in the monthly cost.",
        ),
    ] = 0.0
    lifecycle: Annotated[Lifecycle, Field(title="Lifecycle")] = Lifecycle()

    def charges(self, terms: Terms) -> Iterator[Charge]:
        kept = terms.stored
        if self.lifecycle.is_on:
            kept = (*kept, Portion(Rest(self.lifecycle.moved(self.objects)), "not moved"))
        yield from self.storing(terms, kept, self.objects)
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
        months = terms.horizon_months
        yield Charge(
            "First upload",
            (Amount(self.first_requests, "request"), PER_THOUSAND, Per(months, "month")),
            terms.price("s3", self.storage_class, "put"),
            spread=Spread(months),
            line="first_requests",
            path="first_requests",
        )
        yield from self.reading(terms, self.objects)
        yield from self.deleting(terms, self.objects)
        yield from self.lifecycle.charges(terms, self.objects)

    @property
    def objects(self) -> Objects:
        """What is kept, by size."""
        return Objects(self.object_kb, self.small_percent, self.small_kb)

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
        yield from self.class_notices()
        for notice in self.lifecycle.notices(self.storage_class, self.object_kb):
            yield Notice(f"lifecycle.{notice.path}", notice.text)

    def variants(self) -> Iterator[tuple[str, Self]]:
        """Every class, with the rest as it is."""
        for key, rules in CLASSES.items():
            yield rules.name, self.model_copy(update={"storage_class": key})
