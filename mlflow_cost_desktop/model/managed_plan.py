"""What somebody else would charge: a managed plan, and what it takes off the buyer's hands.

A plan never enters the scenario's own total; `analysis/managed_plans.py` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, Field

from mlflow_cost_desktop.figures import Text, plural
from mlflow_cost_desktop.model.charges.charge import Charge, Spread
from mlflow_cost_desktop.model.charges.factors import Amount, Beyond, Factor, Per
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    Effect,
    Empty,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
    Whole,
)
from mlflow_cost_desktop.prices.price import Price, Value, flat
from mlflow_cost_desktop.prices.price_book import PriceBook

COMPONENT = "managed_plan"
"""The part of the estimate that a plan's own lines stand in."""

MOVES = {"moving_in": "Moving in", "moving_out": "Moving out"}
"""Lines of work that a plan costs its buyer once, by the word that they are known by."""

TASKS_TAKEN = (
    "set_up",
    "upgrades",
    "patches",
    "monitoring",
    "incidents",
    "database_backups",
    "store_backups",
    "team_access",
    "exit",
)
"""What a service usually does instead of the buyer, of the tasks that a new scenario has.

Sign-on, roles, keys, assessments and evidence mostly stay.
"""

KEEPS_OR_REPLACES = {"replaced": "The plan brings it", "stays": "Stays with you"}
Part: TypeAlias = Literal["replaced", "stays"]
PRICED = OnlyIf("price", ("public",))
OFFERED = OnlyIf("price", ("public", "free"))
AUTO, NONE = "auto", "none"
"""What a scenario is held against where that is no plan of the user's choice."""

TOO_SMALL = "too small"
"""What stands beside a plan without room for the team, and in place of its cost."""

YOUR_FIGURE = "your figure"
"""Whose the price is of a plan that is the user's, or was edited."""

PlanState: TypeAlias = Literal["listed", "own", "free", "ask", "closed", "unknown"]
"""What is known of a plan's price: the last three have no figure."""

APART = "a plan is compared with the scenario's total, never part of it"
LEAVING = Empty("as an exit")
SAME = Effect("same", APART)


class Caveat(NamedTuple):
    """What qualifies a plan's figure.

    Attributes:
        short: the words that stand beside the figure; empty where the sentence is enough.
        text: the sentence.
    """

    short: str
    text: str


class Limit(NamedTuple):
    """What a plan is sold or recommended for at most, and how much of it is needed."""

    most: float
    needed: Value
    unit: str

    @property
    def is_passed(self) -> bool | NDArray[np.bool_]:
        """Whether more is needed, at each of what is needed."""
        return self.needed > self.most

    def within(self, at: int) -> Limit:
        """The same in one month, of an array of months the one at a place."""
        needed = np.ravel(np.asarray(self.needed, dtype=float))
        return self._replace(needed=float(needed[min(at, len(needed) - 1)]))

    @property
    def fault(self) -> str:
        """How much more is needed, at most in an array; empty where there is room."""
        if not np.any(self.is_passed):
            return ""
        most, needed = plural(self.most, self.unit), float(np.max(self.needed))
        return Text("at most {} {}, {} needed", self.most, most, needed)


class Usage(NamedTuple):
    """What a plan's price depends on: seats, GB kept, hours of the server.

    `leaving_hours` are what it takes to leave a system of this size.
    """

    seats: Value
    artifacts_gb: Value
    metadata_gb: Value
    hours: Factor
    leaving_hours: Value


def _is_no_choice(plan_id: str) -> str:
    if plan_id in (AUTO, NONE):
        raise ValueError("it says what a total is held against, and is no plan's id")
    return plan_id


class ManagedPlan(Model):
    """A plan of a vendor, or one of the user's own."""

    id: Annotated[
        str,
        Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$"),
        AfterValidator(_is_no_choice),
    ]
    name: Annotated[str, Field(min_length=1, max_length=80), ONE_LINE]
    note: Annotated[str, Field(max_length=600), ONE_LINE] = ""
    source: Annotated[str, Field(max_length=300), ONE_LINE] = ""
    date: Annotated[str, Field(max_length=10, pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$")] = ""
    tasks: Annotated[tuple[str, ...], Field(max_length=100)] = TASKS_TAKEN
    """Ids of the scenario's tasks that the vendor does instead."""
    region_id: Annotated[str, Field(max_length=40), ONE_LINE] = ""
    """The provider's region that the price is for, where it is for one."""
    next_size: Annotated[str, Field(max_length=40, pattern=r"^([a-z][a-z0-9_]*)?$")] = ""
    """The id of the same vendor's larger plan, which a team moves to that has no room here."""
    software: Annotated[
        Literal["mlflow", "other"],
        Labels({"mlflow": "MLflow", "other": "Another tracker"}),
        Field(
            title="Tracks with",
            description="Code that logs to MLflow goes on as it is with a hosted MLflow, and has "
            "to be changed for another tracker: those hours belong to moving in.",
        ),
    ] = "mlflow"
    price: Annotated[
        Literal["public", "free", "ask", "closed"],
        Section("Price"),
        Labels(
            {
                "public": "Known",
                "free": "Free of charge",
                "ask": "Ask the vendor",
                "closed": "No longer sold",
            }
        ),
        Field(
            title="Price",
            description="A plan without a public price is shown as “ask”, never as zero; ask, and "
            "type what you were offered. A known price of which nothing is typed is unknown.",
        ),
    ] = "public"
    certainty: Annotated[
        Literal["quoted", "doubtful"],
        Labels({"quoted": "As quoted", "doubtful": "Doubtful"}),
        OFFERED,
        Field(
            title="Certainty",
            description="Doubtful where sources differ, are old, or leave open what the price is "
            "for; a doubtful price is not the first that is held against the total.",
        ),
    ] = "quoted"
    base_usd: Annotated[
        float,
        Unit("$ / month", step=10),
        PRICED,
        SAME,
        Field(ge=0, le=1e9, title="Base fee", description="Whoever uses it, and however much."),
    ] = 0.0
    included_seats: Annotated[
        float,
        Unit("seat"),
        Whole(),
        PRICED,
        SAME,
        Field(ge=0, le=1e6, title="Seats included", description="Seats within the base fee."),
    ] = 0.0
    seat_usd: Annotated[
        float,
        Unit("$ / seat", step=5),
        PRICED,
        SAME,
        Field(ge=0, le=1e6, title="Each further seat", description="USD a seat and month."),
    ] = 0.0
    most_seats: Annotated[
        float | None,
        Unit("seat"),
        Whole(),
        Empty("no limit"),
        SAME,
        Field(
            ge=0,
            le=1e6,
            title="Seats at most",
            description="What the plan is sold or recommended for.",
        ),
    ] = None
    included_gb: Annotated[
        float,
        Unit("GB", step=10),
        PRICED,
        SAME,
        Field(ge=0, le=1e9, title="Storage included", description="GB within the base fee."),
    ] = 0.0
    gb_usd: Annotated[
        float,
        Unit("$ / GB", step=0.01),
        PRICED,
        SAME,
        Field(ge=0, le=1e6, title="Each further GB", description="USD a GB and month."),
    ] = 0.0
    most_gb: Annotated[
        float | None,
        Unit("GB"),
        Empty("no limit"),
        SAME,
        Field(
            ge=0,
            le=1e9,
            title="Storage at most",
            description="What the plan is sold or recommended for.",
        ),
    ] = None
    hour_usd: Annotated[
        float,
        Unit("$ / h", step=0.1),
        PRICED,
        SAME,
        Field(
            ge=0,
            le=1e6,
            title="Server",
            description="USD an hour of the vendor's server, for the usage hours.",
        ),
    ] = 0.0
    migration_hours: Annotated[
        float | None,
        Section("One-off work"),
        Unit("h"),
        LEAVING,
        OFFERED,
        SAME,
        Field(
            ge=0,
            le=1e5,
            title="Moving in",
            description="Hours of a platform engineer, once. Default: judgment, as many as the "
            "scenario has for its own exit, or 16 where it has none.",
        ),
    ] = None
    exit_hours: Annotated[
        float | None,
        Unit("h"),
        LEAVING,
        OFFERED,
        SAME,
        Field(
            ge=0,
            le=1e5,
            title="Moving out",
            description="Hours of a platform engineer, once, in the last month. Default: "
            "judgment, as for leaving a server of your own.",
        ),
    ] = None
    server: Annotated[
        Part,
        Section("What it replaces"),
        Labels(KEEPS_OR_REPLACES),
        Field(title="Tracking server", description="Who brings the server."),
    ] = "replaced"
    metadata_store: Annotated[
        Part,
        Labels(KEEPS_OR_REPLACES),
        Field(title="Metadata store", description="Who brings the database."),
    ] = "replaced"
    artifact_store: Annotated[
        Part,
        Labels(KEEPS_OR_REPLACES),
        Field(
            title="Artifact store",
            description="Who keeps the artifacts. What the plan charges by the GB are artifacts "
            "where it keeps them, else metadata.",
        ),
    ] = "replaced"
    network: Annotated[
        Part,
        Labels(KEEPS_OR_REPLACES),
        Field(title="Network", description="Who pays transfer, load balancers and logs."),
    ] = "replaced"
    sign_on: Annotated[
        Part,
        Labels(KEEPS_OR_REPLACES),
        Field(
            title="Sign-on (OAuth, LDAP)",
            description="Whether the plan's price includes it; else the tasks of sign-on stay.",
        ),
    ] = "stays"
    roles: Annotated[
        Part,
        Labels(KEEPS_OR_REPLACES),
        Field(
            title="Roles",
            description="Whether the plan's price includes them; else the tasks of roles stay.",
        ),
    ] = "stays"

    @property
    def price_state(self) -> PlanState:
        """What is known of the price; a known one of which no figure is typed is unknown."""
        if self.price != "public":
            return self.price
        if not (self.base_usd or self.seat_usd or self.gb_usd or self.hour_usd):
            return "unknown"
        return "listed" if self.source else "own"

    def at_prices(self, book: PriceBook) -> ManagedPlan:
        """The plan with the hour of its server as a book has it; as it is where none has it.

        The provider's own price list names it by region; what is charged by the GB stays.
        """
        listed = book.listed.get(f"{COMPONENT}/{self.id}/server_hours")
        if listed is None:
            return self
        return self.model_copy(
            update={
                "hour_usd": float(listed.usd),
                "source": f"{listed.source}, {book.region_id}; by the GB: {self.source}"[:300],
                "date": listed.date,
                "region_id": book.region_id,
            }
        )

    @property
    def has_figure(self) -> bool:
        """Whether it is known what the plan costs."""
        return self.price_state in ("listed", "own", "free")

    @property
    def replaced(self) -> frozenset[str]:
        """The components that the plan takes the place of."""
        parts = ("server", "metadata_store", "artifact_store", "network")
        return frozenset(part for part in parts if getattr(self, part) == "replaced")

    def takes(self, task_id: str, counts: str) -> bool:
        """Whether the vendor does a task; `counts` is when the task counts."""
        if counts in ("sign_on", "roles"):
            return getattr(self, counts) == "replaced"
        return task_id in self.tasks

    def stored_gb(self, usage: Usage) -> Value:
        """What the plan charges by the GB: artifacts where it keeps them, else metadata."""
        return usage.artifacts_gb if "artifact_store" in self.replaced else usage.metadata_gb

    def limits(self, usage: Usage) -> Iterator[Limit]:
        """What the plan is limited to, beside how much of it is needed."""
        limited = (
            (self.most_seats, usage.seats, "seat"),
            (self.most_gb, self.stored_gb(usage), "GB"),
        )
        yield from (Limit(most, asked, unit) for most, asked, unit in limited if most is not None)

    def has_room(self, usage: Usage) -> NDArray[np.bool_]:
        """Whether the team fits into the plan: in each month and draw of arrays."""
        has: NDArray[np.bool_] = np.asarray(True)
        for limit in self.limits(usage):
            has = has & ~np.asarray(limit.is_passed)
        return has

    def too_small(self, usage: Usage) -> tuple[str, ...]:
        """Why the team does not fit into the plan; empty where it does.

        Where an array of usages is asked for, why not all of them do.
        """
        return tuple(filter(None, (limit.fault for limit in self.limits(usage))))

    def marks(self, region_id: str, *, is_too_small: bool) -> tuple[str, ...]:
        """What qualifies the plan's figure, each in a word or two, to stand beside its name."""
        shorts = (caveat.short for caveat in self.caveats(region_id))
        free = "free" if self.price_state == "free" else ""
        whose = YOUR_FIGURE if self.has_figure and not self.source else ""
        return tuple(filter(None, (TOO_SMALL if is_too_small else "", *shorts, free, whose)))

    def caveats(self, region_id: str) -> Iterator[Caveat]:
        """What has to be known before relying on the plan's figure."""
        if self.software == "other":
            yield Caveat(
                "not MLflow",
                "Not MLflow: code that logs to MLflow has to be changed; moving in counts no "
                "hours for that by itself.",
            )
        if self.certainty == "doubtful" and self.has_figure:
            yield Caveat("doubtful", "The price is doubtful: see its note.")
        if self.region_id and self.region_id != region_id:
            yield Caveat(
                f"price of {self.region_id}",
                f"The price is that of {self.region_id}; this scenario is in {region_id}.",
            )
        if {"artifact_store", "network"} <= self.replaced:
            yield Caveat(
                "",
                "Not counted: what your jobs send to the vendor, and fetch from it.",
            )
        limits = (self.most_seats, "seat"), (self.most_gb, "GB")
        sold = [
            Text("{} {}", most, plural(most, unit)) for most, unit in limits if most is not None
        ]
        if sold:
            most = f"For at most {' and '.join('{}' for _ in sold)}."
            yield Caveat("", Text(most, *sold))

    def moving_hours(self, usage: Usage) -> tuple[Value, Value]:
        """Hours of moving in and of moving out."""
        default = usage.leaving_hours
        return (
            default if self.migration_hours is None else self.migration_hours,
            default if self.exit_hours is None else self.exit_hours,
        )

    def charges(self, terms: Terms, usage: Usage, hour: Price) -> Iterator[Charge]:
        """The vendor's lines, and the work of moving in and out; `has_figure` must hold.

        Args:
            hour: what an hour of a platform engineer costs.
        """
        yield from self._fees(usage)
        months = terms.horizon_months
        for (word, name), hours in zip(MOVES.items(), self.moving_hours(usage), strict=True):
            yield Charge(
                name,
                (Amount(hours, "h"), Per(months, "month")),
                hour,
                spread=Spread(months, at_end=word == "moving_out"),
                component="labor",
                line=f"labor/{self.id}/{word}",
            )

    def _fees(self, usage: Usage) -> Iterator[Charge]:
        month = (Amount(1.0, "month"),)
        if self.price == "free":
            yield self._line("base_fee", "Base fee", month, 0.0)
            return
        seats = Beyond(Amount(usage.seats, "seat"), self.included_seats, "included")
        stored = Beyond(Amount(self.stored_gb(usage), "GB"), self.included_gb, "included")
        yield self._line("base_fee", "Base fee", month, self.base_usd)
        yield self._line("seats", "Seats", (seats,), self.seat_usd)
        yield self._line("storage", "Storage", (stored,), self.gb_usd)
        yield self._line("server_hours", "Server hours", (usage.hours,), self.hour_usd)

    def _line(self, word: str, name: str, factors: tuple[Factor, ...], usd: Value) -> Charge:
        price = Price(
            f"{COMPONENT}/{self.id}/{word}",
            factors[-1].unit,
            flat(usd),
            state="listed" if self.source else "own",
            origin="plan",
            source=self.source or YOUR_FIGURE,
            date=self.date,
        )
        return Charge(name, factors, price, component=COMPONENT, line=price.sku_id)
