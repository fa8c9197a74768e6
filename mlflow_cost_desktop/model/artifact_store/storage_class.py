"""S3's storage classes: their rules, and what keeping and reading something in one costs."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, NamedTuple

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import (
    Amount,
    Beyond,
    BilledAs,
    Factor,
    OnlyWhere,
    Per,
    Portion,
    Rest,
    Share,
    Together,
)
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    Model,
    OnlyIf,
    Unit,
    only_with,
)
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.prices.price import Value

PER_THOUSAND = Per(1000.0, "", "thousand requests")

KB_A_GB = Amount(1_048_576.0, "KB a GB")
HOURS_A_DAY = Amount(24.0, "h a day")

SMALL_KB = 128.0
"""Smaller objects are billed as such in some classes, never moved, and not monitored."""

ARCHIVED_KB, LISTED_KB = 32.0, 8.0
"""What each archived object takes on top, in its class and in S3 Standard."""


class StorageClass(NamedTuple):
    """What tells a class from S3 Standard.

    `minimum_days` are billed of whatever is deleted sooner; `archived` objects have to be
    restored before they can be read.
    """

    name: str
    minimum_days: float = 0.0
    has_minimum_size: bool = False
    archived: bool = False


CLASSES = {
    "standard": StorageClass("S3 Standard"),
    "intelligent_tiering": StorageClass("S3 Intelligent-Tiering"),
    "standard_ia": StorageClass("S3 Standard-IA", 30.0, has_minimum_size=True),
    "onezone_ia": StorageClass("S3 One Zone-IA", 30.0, has_minimum_size=True),
    "glacier_instant": StorageClass("S3 Glacier Instant Retrieval", 90.0, has_minimum_size=True),
    "glacier_flexible": StorageClass("S3 Glacier Flexible Retrieval", 90.0, archived=True),
    "glacier_deep": StorageClass("S3 Glacier Deep Archive", 180.0, archived=True),
}
"""From warm to cold."""

COLD = ("standard_ia", "onezone_ia", "glacier_instant", "glacier_flexible", "glacier_deep")
ARCHIVED = ("glacier_flexible", "glacier_deep")

CLASS_WORDS = {key: kept.name.removeprefix("S3 ") for key, kept in CLASSES.items()}


class Objects(NamedTuple):
    """Objects of one size, or large ones beside small ones.

    Attributes:
        kb: of each, or of those that are not small, KB.
        small_percent: how many of them, by number, are small.
        small_kb: of a small one, KB.
    """

    kb: Value
    small_percent: Value = 0.0
    small_kb: Value = 0.0

    @property
    def average_kb(self) -> Value:
        """Of all of them."""
        small = self.small_percent / 100.0
        return (1.0 - small) * self.kb + small * self.small_kb

    @property
    def large_part(self) -> Factor:
        """How many of the GB are not in small ones."""
        many = Share(100.0 - self.small_percent, "not small")
        of_gb = Together((many, Amount(self.kb, "KB"), Per(self.average_kb, "KB")))
        return Portion(of_gb, "of the GB")

    @property
    def billed_size(self) -> BilledAs:
        """Where small objects are billed as larger ones."""
        small = self.small_percent / 100.0
        billed = (1.0 - small) * np.maximum(self.kb, SMALL_KB) + small * np.maximum(
            self.small_kb, SMALL_KB
        )
        return BilledAs(self.average_kb, SMALL_KB, "KB", billed=billed)

    @property
    def large(self) -> "Objects":
        """Those that are not small, alone."""
        return Objects(self.kb)


class InClass(Model):
    """What is kept in a storage class: reads and early deletions, where they cost something."""

    storage_class: Any
    """A key of `CLASSES`; each model says which it takes."""
    idle_30: Annotated[
        float,
        Unit("%", step=5),
        OnlyIf("storage_class", ("intelligent_tiering",)),
        Effect("less", "what is not read moves to a cheaper tier by itself"),
        Field(
            ge=0,
            le=100,
            title="Not read for 30 days",
            description="How much of what is kept is in the infrequent-access tier or below, of "
            "objects of 128 KB or more. 50 % is a judgment.",
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
    retrieved_gb: Annotated[
        float,
        Unit("GB", step=10),
        OnlyIf("storage_class", COLD),
        Effect("more", "reading from a cold class is billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Read back",
            description="What is read of this class in a month.",
        ),
    ] = 0.0
    restore: Annotated[
        Literal["standard", "bulk", "expedited"],
        OnlyIf("storage_class", ARCHIVED),
        only_with("retrieved_gb"),
        Labels(
            {
                "standard": "Standard (hours)",
                "bulk": "Bulk (up to two days)",
                "expedited": "Expedited (minutes)",
            }
        ),
        Field(
            title="Restored",
            description="How soon archived objects can be read: within 3 to 5 hours (Deep "
            "Archive: 12), in bulk 5 to 12 (48), expedited minutes, which Deep Archive does not "
            "offer.",
        ),
    ] = "standard"
    restored_days: Annotated[
        float,
        Unit("day"),
        OnlyIf("storage_class", ARCHIVED),
        only_with("retrieved_gb"),
        Effect("more", "the copy is billed as S3 Standard, on top of the archived object"),
        Field(
            ge=1,
            le=365,
            title="Restored copy is kept",
            description="How long what was restored can be read; a day is the least.",
        ),
    ] = 1.0
    early_gb: Annotated[
        float,
        Unit("GB", step=10),
        OnlyIf("storage_class", COLD),
        Effect("more", "what is deleted early is billed to the end of the minimum"),
        Field(
            ge=0,
            le=1e9,
            title="Deleted early",
            description="What is deleted or overwritten in a month before the class's minimum: "
            "30 days in Standard-IA and One Zone-IA, 90 in Glacier Instant and Flexible "
            "Retrieval, 180 in Deep Archive. The rest of those days is billed.",
        ),
    ] = 0.0
    early_days: Annotated[
        float,
        Unit("day"),
        only_with("early_gb"),
        Effect("less", "the older it is, the fewer days are left to pay"),
        Field(
            ge=0,
            le=365,
            title="Then kept for",
            description="How long that had been in the class on average. 15 days are a judgment.",
        ),
    ] = 15.0

    @property
    def rules(self) -> StorageClass:
        """What holds in the class."""
        return CLASSES[self.storage_class]

    def storing(
        self, terms: Terms, kept: tuple[Factor, ...], objects: Objects, inside: str = ""
    ) -> Iterator[Charge]:
        """The lines of GB that are kept in the class.

        `inside` is where this stands in the option: "lifecycle.".
        """
        if self.storage_class == "intelligent_tiering":
            yield from self._tiering(terms, kept, objects, inside)
            return
        within = inside.replace(".", "_")
        yield Charge(
            f"{self.rules.name} storage",
            (*kept, *self._billed_size(objects)),
            terms.price("s3", self.storage_class, "storage"),
            line=f"{within}storage",
            path="stored_gb",
        )
        if self.rules.archived:
            for each_kb, what, word, where in (
                (ARCHIVED_KB, "Overhead of archived objects", "overhead", self.storage_class),
                (LISTED_KB, "Names of archived objects", "names", "standard"),
            ):
                yield Charge(
                    f"{what} ({self.rules.name})",
                    (
                        *kept,
                        Amount(each_kb, "KB [of each object]"),
                        Per(objects.average_kb, "KB", "GB"),
                    ),
                    terms.price("s3", where, "storage"),
                    line=f"{within}{word}",
                    path="object_kb",
                )

    def _tiering(
        self, terms: Terms, kept: tuple[Factor, ...], objects: Objects, inside: str
    ) -> Iterator[Charge]:
        """Intelligent-Tiering: small objects stay in frequent access and are not monitored."""
        within = inside.replace(".", "_")
        monitored = large(objects.kb, f"objects under {SMALL_KB:g} KB are not monitored")
        archived = np.minimum(self.idle_90, self.idle_30)

        def idle(percent: Value, days: int) -> Factor:
            of_large = Share(percent, "of large ones"), monitored, objects.large_part
            return Portion(Together(of_large), f"not read for {days} days")

        name = self.rules.name
        often = Portion(Rest(idle(self.idle_30, 30)), "read within 30 days")
        for tier, part, path in (
            ("frequent", often, "stored_gb"),
            ("infrequent", idle(self.idle_30 - archived, 30), f"{inside}idle_30"),
            ("archive_instant", idle(archived, 90), f"{inside}idle_90"),
        ):
            yield Charge(
                f"{name}, {tier.replace('_', ' ')} access",
                (*kept, part),
                terms.price("s3", "intelligent_tiering", tier),
                line=f"{within}{tier}_access",
                path=path,
            )
        yield Charge(
            f"{name}, monitoring",
            (
                *thousands(kept, objects, "object"),
                Share(100.0 - objects.small_percent, "not small"),
                monitored,
            ),
            terms.price("s3", "intelligent_tiering", "monitoring"),
            line=f"{within}monitoring",
            path="object_kb",
        )

    def reading(self, terms: Terms, objects: Objects, inside: str = "") -> Iterator[Charge]:
        """The lines of reading from the class, requests for restoring included.

        `inside` is where this stands in the option: "lifecycle.".
        """
        if self.storage_class not in COLD:
            return
        read = Amount(self.retrieved_gb, "GB")
        within = inside.replace(".", "_")
        name, speed = self.rules.name, f"_{self.restore}" if self.rules.archived else ""
        yield Charge(
            f"Retrieval ({name}{f', {self.restore}' if speed else ''})",
            (read,),
            terms.price("s3", self.storage_class, f"retrieval{speed}"),
            line=f"{within}retrieval",
            path=f"{inside}retrieved_gb",
        )
        if self.rules.archived:
            yield Charge(
                f"Restore requests ({name}, {self.restore})",
                thousands((read,), objects),
                terms.price("s3", self.storage_class, f"restore{speed}"),
                line=f"{within}restore_requests",
                path=f"{inside}retrieved_gb",
            )
            yield Charge(
                f"Restored copies ({name})",
                (
                    read,
                    Amount(self.restored_days, "day"),
                    HOURS_A_DAY,
                    Per(terms.hours_in_month, "h", "GB"),
                ),
                terms.price("s3", "standard", "storage"),
                line=f"{within}restored_copies",
                path=f"{inside}restored_days",
            )

    def deleting(self, terms: Terms, objects: Objects, inside: str = "") -> Iterator[Charge]:
        """The line of what is deleted before the class's minimum of days."""
        if self.storage_class in COLD:
            yield Charge(
                f"Early deletion ({self.rules.name})",
                (
                    Amount(self.early_gb, "GB"),
                    *self._billed_size(objects),
                    Beyond(Amount(self.rules.minimum_days, "day"), self.early_days, "old"),
                    HOURS_A_DAY,
                    Per(terms.hours_in_month, "h", "GB"),
                ),
                terms.price("s3", self.storage_class, "storage"),
                line=f"{inside.replace('.', '_')}early_deletion",
                path=f"{inside}early_gb",
            )

    def class_notices(self) -> Iterator[Notice]:
        """What the class does not offer, and its minimum of days; relative to this model."""
        if self.storage_class == "intelligent_tiering" and self.idle_90 > self.idle_30 > 0:
            yield Notice(
                "idle_90",
                "What was not read for 90 days was not read for 30 either: no more than that "
                "share is counted.",
            )
        is_deep = self.storage_class == "glacier_deep"
        if is_deep and self.restore == "expedited" and self.retrieved_gb:
            yield Notice(
                "restore", f"{self.rules.name} offers no expedited restore, and has no price of it."
            )
        if self.storage_class in COLD and self.early_gb:
            name, least = self.rules.name, self.rules.minimum_days
            if self.early_days < least:
                yield Notice(
                    "early_gb",
                    Text(
                        "What is deleted after {} days is billed to day {}, the minimum of {}: "
                        "short-lived files belong in S3 Standard.",
                        self.early_days,
                        least,
                        name,
                    ),
                )
            else:
                yield Notice(
                    "early_days",
                    Text(
                        "After {} days nothing is deleted early: the minimum of {} is {}.",
                        self.early_days,
                        name,
                        least,
                    ),
                )

    def _billed_size(self, objects: Objects) -> tuple[Factor, ...]:
        return (objects.billed_size,) if self.rules.has_minimum_size else ()


def thousands(
    gigabytes: tuple[Factor, ...], objects: Objects, what: str = "request"
) -> tuple[Factor, ...]:
    """How many thousand objects some GB are; a request for each, unless told otherwise."""
    per_thousand = Per(1000.0, "", f"thousand {what}s")
    return (*gigabytes, KB_A_GB, Per(objects.average_kb, "KB", what), per_thousand)


def large(object_kb: Value, otherwise: str) -> OnlyWhere:
    """All where objects are no small ones, else nothing."""
    return OnlyWhere(np.where(np.asarray(object_kb) >= SMALL_KB, 1.0, 0.0)[()], otherwise)
