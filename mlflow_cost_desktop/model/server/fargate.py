"""The tracking server on ECS with AWS Fargate."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import Field

from mlflow_cost_desktop.model.aws.fargate_sizes import SIZE_WORDS, SIZES, vcpu_and_gb
from mlflow_cost_desktop.model.aws.machine import (
    PAYMENT_MEANS,
    PAYMENT_WORDS,
    TERM_MONTHS,
    TERM_WORDS,
    Term,
    commitment_notices,
    spot_notices,
    with_payment,
)
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.commitments import upfront_part
from mlflow_cost_desktop.model.charges.factors import Amount, AtLeast, AtMost, Beyond, Factor
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    CountsUpTo,
    Effect,
    Labels,
    Many,
    OnlyIf,
    Section,
    Unit,
    Whole,
    only_with,
)
from mlflow_cost_desktop.model.option import Notice, Option
from mlflow_cost_desktop.prices.aws.provider import AWS

if TYPE_CHECKING:
    Size: TypeAlias = str
else:
    Size = Literal[tuple(SIZES)]

ARCHITECTURE_WORDS = {"x86": "x86", "arm": "ARM"}

INCLUDED_GB = 20.0
"""Ephemeral storage that every task has without a charge."""


class Fargate(Option):
    """Tasks of containers that AWS runs without instances to look after."""

    sold_by = frozenset({AWS.id})

    size: Annotated[
        Size,
        Section("Tasks"),
        Labels(SIZE_WORDS),
        Many(),
        Field(
            title="Task size",
            description="vCPU and memory are sold in these pairs. The article uses 2 vCPU with "
            "8 GB. A task does not start by itself when a request comes, as the article's "
            "business hours may suggest: the hours are those for which a schedule or somebody "
            "runs it.",
        ),
    ] = "2vcpu_8gb"
    architecture: Annotated[
        Literal["x86", "arm"],
        Labels(ARCHITECTURE_WORDS),
        Field(
            title="Architecture",
            description="ARM (Graviton) has lower prices and needs an image built for it.",
        ),
    ] = "x86"
    tasks: Annotated[
        float,
        Unit("task"),
        Whole(),
        Effect("more", "each task is billed"),
        Field(
            ge=0,
            le=1000,
            title="Tasks",
            description="Copies that run side by side for the usage hours.",
        ),
    ] = 1.0
    starts: Annotated[
        float,
        Unit("time"),
        Effect("more", "each start is billed for a minute at least"),
        Field(
            ge=0,
            le=1_000_000,
            title="Starts of a task",
            description="How often a month each task is started. Fargate bills by the second and "
            "at least a minute for each start: it matters for very short runs only.",
        ),
    ] = 0.0
    peak_tasks: Annotated[
        float,
        Unit("task"),
        Whole(),
        Effect("more", "each extra task is billed for the peak hours"),
        Field(
            ge=0,
            le=1000,
            title="Extra tasks at peak",
            description="Tasks of the same size added at peak times, on demand.",
        ),
    ] = 0.0
    peak_hours: Annotated[
        float,
        Unit("h", step=10),
        CountsUpTo("hours_in_use"),
        only_with("peak_tasks"),
        Effect("more", "extra tasks are billed by the hour"),
        Field(
            ge=0,
            le=1000,
            title="Peak hours",
            description="Hours a month in which the extra tasks run; at most the usage hours.",
        ),
    ] = 0.0
    ephemeral_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "what goes beyond 20 GB is billed by the GB and hour"),
        Field(
            ge=0,
            le=200,
            title="Ephemeral storage",
            description="Disk of each task, gone when it stops; 20 GB are included.",
        ),
    ] = INCLUDED_GB
    purchase: Annotated[
        Literal["on_demand", "reserved_typed", "spot"],
        Section("Price"),
        Labels(
            {
                "on_demand": "On demand",
                "reserved_typed": "Compute Savings Plan, typed discount",
                "spot": "Fargate Spot",
            }
        ),
        Field(
            title="Purchase option",
            description="A Compute Savings Plan lowers vCPU and memory, not storage, and bills "
            "every hour of the month; its prices for Fargate are not in the price book, so the "
            "discount is typed. Spot prices are not there either: give your own rates. AWS stops "
            "Spot tasks at two minutes' notice, and a tracking server must always be there, says "
            "the article.",
        ),
    ] = "on_demand"
    term: Annotated[Term, OnlyIf("purchase", ("reserved_typed",))] = "1y"
    payment: Annotated[
        Literal["no_upfront", "partial_upfront", "all_upfront"],
        Labels(PAYMENT_WORDS),
        OnlyIf("purchase", ("reserved_typed",)),
        Field(title="Payment", description=PAYMENT_MEANS),
    ] = "no_upfront"
    plan_discount: Annotated[
        float,
        Unit("%"),
        OnlyIf("purchase", ("reserved_typed",)),
        Effect("less", "it is taken off the prices of vCPU and memory"),
        Field(
            ge=0,
            le=100,
            title="Commitment discount",
            description="Percent off vCPU and memory. 20 is a judgment for one year; AWS's "
            "savings plan page has the figure of the day.",
        ),
    ] = 20.0

    def charges(self, terms: Terms) -> Iterator[Charge]:
        running = AtLeast(terms.usage, self.starts / 60.0, "a minute for each start")
        tasks = (*terms.each, Amount(self.tasks, "task"))
        is_committed = self.purchase == "reserved_typed"
        billed = terms.whole_month if is_committed else running
        yield from self._compute(terms, "", self.purchase, tasks, billed, "tasks")
        yield self._storage(terms, "Ephemeral storage", (*tasks, running))
        extra = (*terms.each, Amount(self.peak_tasks, "task"))
        at_peak = AtMost(Amount(self.peak_hours, "h"), terms.usage)
        yield from self._compute(terms, "Peak ", "on_demand", extra, at_peak, "peak_tasks")
        yield self._storage(terms, "Peak ephemeral storage", (*extra, at_peak))

    def _compute(
        self,
        terms: Terms,
        when: str,
        purchase: str,
        tasks: tuple[Factor, ...],
        hours: Factor,
        path: str,
    ) -> Iterator[Charge]:
        vcpu, memory_gb = vcpu_and_gb(self.size)
        architecture, how = ARCHITECTURE_WORDS[self.architecture], self._bought(purchase)
        reduction = self.plan_discount if purchase == "reserved_typed" else 0.0
        months = TERM_MONTHS[self.term] if purchase == "reserved_typed" else 0
        for what, part, amount in (
            ("vCPU", "vcpu", Amount(vcpu, "vCPU")),
            ("Memory" if not when else "memory", "memory", Amount(memory_gb, "GB")),
        ):
            on_demand = terms.price("fargate", self.architecture, part)
            spot = terms.price("fargate", self.architecture, "spot", part)
            paid = with_payment(on_demand, reduction, self.payment, months) if months else None
            price = paid or (spot if purchase == "spot" else on_demand)
            line = f"{when.strip().lower()}_{part}_hours".lstrip("_")
            yield Charge(
                f"{when}{what} hours ({architecture}, {how})",
                (*tasks, hours, amount),
                price,
                on_demand=None if price is on_demand else on_demand,
                reduction=0.0 if paid else reduction,
                binds=months,
                line=line,
                path=path,
            )
            if paid:
                yield from upfront_part(
                    f"{what}, {architecture}, {how}", (*tasks, amount), paid, on_demand, months,
                    line=line, path=path,
                )  # fmt: skip

    def _bought(self, purchase: str) -> str:
        """How tasks are bought, as their lines say it."""
        if purchase != "reserved_typed":
            return {"on_demand": "on demand", "spot": "Spot"}[purchase]
        paid = "" if self.payment == "no_upfront" else f", {PAYMENT_WORDS[self.payment].lower()}"
        return f"Compute Savings Plan {TERM_WORDS[self.term]}{paid}"

    def _storage(self, terms: Terms, what: str, task_hours: tuple[Factor, ...]) -> Charge:
        return Charge(
            what,
            (*task_hours, Beyond(Amount(self.ephemeral_gb, "GB"), INCLUDED_GB, "included")),
            terms.price("fargate", "ephemeral"),
            line=what.lower().replace(" ", "_"),
            path="ephemeral_gb",
        )

    def notices(self, terms: Terms) -> Iterator[Notice]:
        if self.tasks == 0:
            yield Notice("tasks", "No task: nobody can open the tracking server's UI.")
        if terms.usage.value < terms.hours_in_month:
            yield Notice(
                "tasks",
                "A task does not start by itself when a request comes: have a schedule start and "
                "stop it, or the usage hours are not what is billed.",
            )
        if self.peak_tasks > 0 and self.peak_hours > terms.usage.value:
            yield Notice(
                "peak_hours", "Peak hours are more than the usage hours; only those are billed."
            )
        if self.ephemeral_gb < INCLUDED_GB:
            yield Notice("ephemeral_gb", "Every task has at least 20 GB, which are included.")
        if self.purchase == "spot":
            yield from spot_notices(self.tasks, "task")
        if self.purchase == "reserved_typed":
            yield from commitment_notices(self.term, terms, terms.usage.value)
