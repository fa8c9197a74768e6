"""S3's lifecycle: a part of the artifacts moves to a colder class after some days."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.artifact_store.storage_class import (
    CLASS_WORDS,
    CLASSES,
    COLD,
    SMALL_KB,
    InClass,
    Objects,
    large,
    thousands,
)
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Factor, Portion, Share, Together
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
)
from mlflow_cost_desktop.model.option import Notice

MOVED = "moved"

EARLIEST = {"standard_ia": 30.0, "onezone_ia": 30.0}
"""The first day on which a rule may move an object to a class."""

MOVES_TO = ("intelligent_tiering", *COLD)
ALSO_TAKEN = (("standard_ia", "intelligent_tiering"),)
"""The one move to a class that is not colder."""

REFUSED = (("intelligent_tiering", "standard_ia"), ("onezone_ia", "glacier_instant"))
"""Moves to a colder class that AWS does not make
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html)."""


class Moves(Model):
    """What a rule moves, and when."""

    storage_class: Any
    """Where to; `Lifecycle` says which classes there are."""
    share: Annotated[
        float,
        Unit("%", step=5),
        OnlyIf("storage_class", MOVES_TO),
        Effect("either", "a colder class is cheaper to keep, unless it is colder in name only"),
        Field(
            ge=0,
            le=100,
            title="Share that has moved",
            description="How much of what is kept is in the colder class. 50 % is a judgment.",
        ),
    ] = 50.0
    after_days: Annotated[
        float,
        Unit("day"),
        OnlyIf("storage_class", MOVES_TO),
        Effect("same", "it tells whether AWS accepts the rule; the shares tell the cost"),
        Field(
            ge=0,
            le=3650,
            title="Moves after",
            description="Days after which the rule moves an object; at least 30 to Standard-IA "
            "and One Zone-IA.",
        ),
    ] = 30.0
    moved_gb: Annotated[
        float,
        Unit("GB", step=10),
        OnlyIf("storage_class", MOVES_TO),
        Effect("more", "each object that moves is a request"),
        Field(
            ge=0,
            le=1e9,
            title="Moved a month",
            description="What the rule moves in a month: in the long run, what is written.",
        ),
    ] = 0.0


class Lifecycle(InClass, Moves):
    """A rule that moves artifacts to a colder class."""

    storage_class: Annotated[
        Literal[
            "none",
            "intelligent_tiering",
            "standard_ia",
            "onezone_ia",
            "glacier_instant",
            "glacier_flexible",
            "glacier_deep",
        ],
        Section("Lifecycle"),
        Labels({"none": "None", **{key: CLASS_WORDS[key] for key in MOVES_TO}}),
        Field(
            title="Moves to",
            description="The colder class to which a rule moves artifacts after some days.",
        ),
    ] = "none"

    @property
    def is_on(self) -> bool:
        return self.storage_class != "none"

    def moved(self, objects: Objects) -> Factor:
        """The part of what is kept that has moved: small objects do not move by default."""
        if not self.is_on:
            return Share(0.0, MOVED)
        stays = large(objects.kb, f"objects under {SMALL_KB:g} KB are not moved")
        of_large = Share(self.share, "of large ones")
        return Portion(Together((of_large, stays, objects.large_part)), MOVED)

    def charges(self, terms: Terms, all_objects: Objects) -> Iterator[Charge]:
        """What has moved, the moves, and reads of what has moved."""
        if not self.is_on:
            return
        objects = all_objects.large
        kept = (*terms.stored, self.moved(all_objects))
        yield from self.storing(terms, kept, objects, "lifecycle.")
        stays = large(objects.kb, f"objects under {SMALL_KB:g} KB are not moved")
        yield Charge(
            f"Moves ({self.rules.name})",
            (*thousands((Amount(self.moved_gb, "GB"),), objects), stays),
            terms.price("s3", "transition", self.storage_class),
            line="lifecycle_moves",
            path="lifecycle.moved_gb",
        )
        if self.storage_class in COLD and not self.rules.archived:
            yield Charge(
                f"GET requests ({self.rules.name})",
                thousands((Amount(self.retrieved_gb, "GB"),), objects),
                terms.price("s3", self.storage_class, "get"),
                line="lifecycle_get_requests",
                path="lifecycle.retrieved_gb",
            )
        yield from self.reading(terms, objects, "lifecycle.")
        yield from self.deleting(terms, objects, "lifecycle.")

    def notices(self, storage_class: str, object_kb: float) -> Iterator[Notice]:
        """What makes no sense for artifacts that begin in a class."""
        if not self.is_on:
            return
        for refusal in self.refusals(storage_class):
            yield Notice("storage_class", refusal)
        if object_kb < SMALL_KB and self.share:
            yield Notice(
                "share",
                Text(
                    "By default a lifecycle moves no object under {} KB: at {} KB on average "
                    "nothing is counted as moved.",
                    SMALL_KB,
                    object_kb,
                ),
            )
        elif self.rules.archived and self.share:
            yield Notice(
                "share",
                f"What has moved to {self.rules.name} must be restored before MLflow can show or "
                "load it: its UI and clients get an error until then.",
            )
        earliest = EARLIEST.get(self.storage_class, 0.0)
        if self.after_days < earliest:
            yield Notice(
                "after_days",
                Text("AWS moves nothing to {} before day {}.", self.rules.name, earliest),
            )
        yield from self.class_notices()

    def refusals(self, storage_class: str) -> Iterator[str]:
        """Why AWS would not move what begins in a class, as sentences; nothing where it does."""
        if not self.is_on:
            return
        order = list(CLASSES)
        is_taken = (storage_class, self.storage_class) in ALSO_TAKEN
        if not is_taken and order.index(self.storage_class) <= order.index(storage_class):
            yield (
                f"A lifecycle moves to a colder class only, not from {CLASSES[storage_class].name} "
                f"to {self.rules.name}."
            )
        if (storage_class, self.storage_class) in REFUSED:
            yield f"AWS moves nothing from {CLASSES[storage_class].name} to {self.rules.name}."
