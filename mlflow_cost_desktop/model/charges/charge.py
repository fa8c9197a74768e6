"""One line of an estimate: factors times one price, with its costs and its arithmetic in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.figures import PLAIN, Figures, write
from mlflow_cost_desktop.model.charges import months as along
from mlflow_cost_desktop.model.charges.factors import (
    Beyond,
    Factor,
    InTier,
    Together,
    product,
    scalar,
    tier_in_words,
    times,
    unit_of,
)
from mlflow_cost_desktop.prices.price import Price, PriceOrigin, Value, is_something


@dataclass(frozen=True, slots=True)
class Spread:
    """A payment once, which the effective cost spreads over months.

    `renewed` payments come again whenever their months are over: they are those of a commitment.
    Payments `at_end` are made in the last of their months instead of the first. What is due once
    costs what it does in the month in which it is due.
    """

    months: Value
    renewed: bool = False
    at_end: bool = False


FEW = 10_000
"""Points of an array that a line keeps: those of a chart, but not of a million draws."""


class cached_cost:  # noqa: N801  # written as a decorator, like `property`
    """A property that is worked out once: whoever shows an estimate asks for it many times.

    A large array is made anew each time: those of all lines would fill the memory.
    """

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __get__(self, charge: Charge, owner: type[Charge]) -> Value:
        figure = self._work(charge)
        if not isinstance(figure, np.ndarray) or figure.size <= FEW:
            vars(charge)[self._work.__name__] = figure  # found before this from now on
        return figure


@dataclass(frozen=True)
class Charge:
    """One line of an estimate, in USD a month.

    The four costs are FOCUS's: `list_cost` and `contracted_cost` are the on-demand price
    without and with the negotiated discount, before any commitment; `effective_cost` spreads
    what is paid once; `billed_cost` is cash in the first month. Costs are floats, or arrays
    where a sweep asks for many at once; NaN where the price is unknown and the quantity is not
    zero.

    Attributes:
        line: what the line is known by, whatever it is called: `component/group/word`, as in
            `server/ec2/hours`; the group is the option, the companion, or the id of a task, own
            line or plan. An option writes the word alone, what has no option `group/word`.
        part: which of the line's parts this is: a tier by its number (`tier_2`) or `upfront`;
            empty where the line has one part. No two charges of an estimate share both.
        name: words for the reader, the variable part in brackets; its tier is the price's.
        factors: the pricing quantity, operand by operand.
        price: of one unit of that quantity.
        on_demand: the price before a commitment, where `price` is that of a commitment.
        reduction: percent that a typed commitment discount takes off the price.
        spread: for what is paid once.
        component: the part of the deployment that the line belongs to.
        discount: negotiated percent off listed and estimated prices.
        binds: months for which what the line buys is held, needed or not; 0 for what is billed
            as it is used. The upfront part of a commitment has a `spread` that is renewed.
        path: the input that the line comes from first of all, as its option would write it:
            looked for in the option, then in its component, then in the scenario
            (`Scenario.field_behind`). Empty where no single one is.
    """

    name: str
    factors: tuple[Factor, ...]
    price: Price
    on_demand: Price | None = None
    reduction: Value = 0.0
    spread: Spread | None = None
    component: str = ""
    discount: Value = 0.0
    binds: int = 0
    path: str = ""
    line: str = field(kw_only=True)
    part: str = field(default="", kw_only=True)

    @property
    def origin(self) -> PriceOrigin:
        """Where the price comes from."""
        return self.price.origin

    @property
    def group(self) -> str:
        """The option, the companion, or the id of the task, own line or plan."""
        return self.line.split("/")[1]

    @property
    def word(self) -> str:
        """What the line is called within its group, whatever its description says."""
        return self.line.rpartition("/")[2]

    @property
    def pricing_quantity(self) -> Value:
        """How many pricing units a month."""
        return product(factor.value for factor in self.factors)

    @property
    def pricing_unit(self) -> str:
        return self.price.unit or unit_of(self.factors)

    @property
    def list_unit_price(self) -> Value:
        """USD per pricing unit on demand, without any discount."""
        # A commitment is held against the first tier of an own on-demand rate in tiers.
        return (self.on_demand or self.price).tiers[0].usd

    @property
    def term(self) -> Value:
        """For how many months what is bought is held; 0 without a commitment."""
        if self.spread is not None and self.spread.renewed:
            return self.spread.months
        return float(self.binds)

    @property
    def is_plain(self) -> bool:
        """Whether nothing but the negotiated discount tells its costs apart, in any month."""
        is_reduced = isinstance(self.reduction, np.ndarray) or self.reduction != 0
        is_bound = self.spread is not None or self.binds != 0
        return not (is_bound or is_reduced or self.on_demand or self.price.may_be_unknown)

    @cached_cost
    def list_cost(self) -> Value:
        """USD a month at the list unit price, of what is needed."""
        price = self.on_demand or self.price
        # A commitment is held against the first tier of an own on-demand rate in tiers.
        return self._when_due(self._at_price(price, price.tiers[0].usd))

    @property
    def contracted_cost(self) -> Value:
        """USD a month on demand, less the negotiated discount."""
        return self.list_cost * self._when_due(self._kept(self.on_demand or self.price))

    @cached_cost
    def effective_cost(self) -> Value:
        """USD in a steady month, what is paid once spread over its months.

        Along months a commitment costs what is held: what was bought keeps its price and its
        discounts until its term ends.
        """
        begun = self._begun()
        if begun is not None:
            return along.held(begun, self.term)
        return self._when_due(self._discounted())

    @property
    def billed_cost(self) -> Value:
        """USD in cash in the first month."""
        return self.cash(1)

    def cash(self, month: Value) -> Value:
        """What is paid in a month, or in each of a column of months; the first is 1.

        Raises:
            IndexError: for a month that the line's own months do not have.
        """
        if self.spread is None:
            return along.at(self.effective_cost, month)
        months = self.spread.months
        begun = self._begun()
        if begun is not None:
            return along.at(begun * months, month)
        if self.spread.renewed:
            due = np.ceil((month - 1) / months) * months < month
        else:
            due = month == (np.ceil(months) if self.spread.at_end else 1)
        return np.where(due, self.effective_cost * months, 0.0)[()]

    def paid_within(self, months: Value) -> Value:
        """What is paid in the first months together, at least one of them."""
        if self.spread is None:
            return along.over(self.effective_cost, months)
        begun = self._begun()
        if begun is not None:
            return along.over(begun * self.spread.months, np.ceil(months))
        payments: Value = 1.0
        if self.spread.renewed:
            payments = np.ceil(months / self.spread.months)
        elif self.spread.at_end:
            payments = np.where(months >= self.spread.months, 1.0, 0.0)[()]
        return self.effective_cost * self.spread.months * payments

    def _at_price(self, price: Price, usd: Value, quantity: Value | None = None) -> Value:
        """USD for the line's quantity, or another one, before any discount."""
        if price.may_be_unknown:
            many = self.pricing_quantity if quantity is None else quantity
            # Nothing of something unknown costs nothing.
            return np.where(many == 0, 0.0, many * usd)[()]
        if quantity is not None:
            return quantity * usd
        # The price is one more factor: an array of a million points is gone through once.
        return product(chain((factor.value for factor in self.factors), (usd,)))

    def _discounted(self, quantity: Value | None = None) -> Value:
        """USD at the price and the discounts of each month, of what is needed or a quantity."""
        cost = self._at_price(self.price, self.price.usd, quantity)
        kept = self._kept(self.price) * (1.0 - self.reduction / 100.0)
        return cost if isinstance(kept, float) and kept == 1.0 else cost * kept

    def _begun(self) -> NDArray[np.float64] | None:
        """Of a commitment along months: a month's cost of what is bought in each of them."""
        if not isinstance(self.term, np.ndarray) and not self.term:
            return None
        needed = self.pricing_quantity
        months = along.count(needed, self.price.usd, self.discount, self.reduction)
        if months == 1:
            return None
        return np.asarray(self._discounted(along.bought(needed, self.term, months)))

    def _when_due(self, value: Value) -> Value:
        """A value in the month in which the line is due, if that is one alone."""
        if self.spread is None or self.spread.renewed:
            return value
        return along.last(value) if self.spread.at_end else along.first(value)

    @property
    def known_cost(self) -> Value:
        """The effective cost, zero where it is unknown: what totals add up."""
        return self._paid(self.effective_cost)

    def known_cash(self, month: Value) -> Value:
        """What is paid in a month, or in each of some, zero where it is unknown."""
        return self._paid(self.cash(month))

    def known_within(self, months: Value) -> Value:
        """What is paid in the first months together, zero where it is unknown."""
        return self._paid(self.paid_within(months))

    def _paid(self, cost: Value) -> Value:
        return np.nan_to_num(cost)[()] if self.price.may_be_unknown else cost

    def known(self, cost: Value) -> Value:
        """List or contracted cost as totals add it up: zero where it is unknown."""
        on_demand = self.on_demand or self.price
        if self.price.may_be_unknown or on_demand.may_be_unknown:
            # A line whose own price is unknown is in no total, also not with its list price.
            return np.where(np.isnan(self.effective_cost), 0.0, np.nan_to_num(cost))[()]
        return cost

    @property
    def undiscounted(self) -> Value:
        """The part of its price that is left after the negotiated discount."""
        return self._kept(self.price)

    def _kept(self, price: Price) -> Value:
        if not isinstance(self.discount, np.ndarray) and self.discount == 0:
            return 1.0
        discountable = price.discountable
        if not isinstance(discountable, np.ndarray) and discountable == 0:
            return 1.0
        return 1.0 - self.discount / 100.0 * discountable

    @property
    def is_unpriced(self) -> Value:
        """1 where the price is unknown and the quantity is not zero, else 0."""
        if self.price.may_be_unknown:
            return np.isnan(self.effective_cost) * 1.0
        return 0.0

    @property
    def is_estimated(self) -> Value:
        """1 where the price is estimated and the line costs something, else 0."""
        if not self.price.each and self.price.state != "estimated":
            return 0.0
        return self.price.estimated * (np.asarray(self.known_cost) != 0)

    @property
    def costs_something(self) -> bool:
        """Whether the effective cost is not zero, or not everywhere."""
        return is_something(self.effective_cost)

    @property
    def is_worth_showing(self) -> bool:
        """Whether a line of floats costs something, or would without discount or if known."""
        return bool(self.effective_cost != 0 or self.list_cost != 0)

    @property
    def cuts(self) -> dict[str, float]:
        """Percent that are taken off the price, one after the other, by what they are."""
        cuts = {
            "your commitment discount": scalar(self.reduction),
            "negotiated": scalar(self.discount * self.price.discountable),
        }
        return {what: percent for what, percent in cuts.items() if percent}

    @property
    def description(self) -> str:
        """What the line is called, in plain figures: for files, exports and the command line."""
        return self.describe(PLAIN)

    @property
    def explanation(self) -> str:
        """The arithmetic in plain figures."""
        return self.explain(PLAIN)

    # Words are made when they are asked for, of lines of floats: a sweep's arrays have none.

    def describe(self, figures: Figures) -> str:
        """What the line is called, with its tier: `Data transfer out (first 10 TB)`."""
        tiers = self.price.tiers
        tier = tier_in_words(tiers[0], self.pricing_unit, figures) if len(tiers) == 1 else ""
        return f"{write(self.name, figures)}{tier}"

    def describe_quantity(self, figures: Figures) -> str:
        """The pricing quantity by its operands: `1 instance × 720 h`."""
        return times(self.factors, figures)

    def explain(self, figures: Figures) -> str:
        """The arithmetic of the effective cost: `1 instance × 720 h × $0.096 / h = $69.12`."""
        if self.price.state == "unknown" and self.pricing_quantity != 0:
            return f"{self.operands(figures)} = unknown"
        return f"{self.operands(figures)} = {figures.money(scalar(self.effective_cost))}"

    def operands(self, figures: Figures) -> str:
        """What is multiplied for the effective cost: `1 instance × 720 h × $0.096 / h`."""
        quantity = self.describe_quantity(figures)
        if self.price.state == "unknown":
            return f"{quantity} × unknown price"
        price = f"{figures.unit_price(scalar(self.price.usd))} / {self.pricing_unit}"
        less = "".join(
            f" × (1 − {figures.exact(percent)} % [{what}])" for what, percent in self.cuts.items()
        )
        return f"{quantity} × {price}{less}"

    def by_tier(
        self, component: str, discount: Value, before: Value = 0.0, *, group: str = ""
    ) -> Iterator[Charge]:
        """The line as it stands in an estimate: one for each tier of its price.

        Args:
            component: the part of the deployment.
            group: the chosen option, of a line that names no group.
            discount: negotiated percent.
            before: the quantity that earlier lines of the estimate have taken at the same price:
                its free quantity and its tiers are there once.
        """
        line = partial(
            _as_it_stands,
            on_demand=self.on_demand,
            reduction=self.reduction,
            spread=self.spread,
            component=component,
            discount=discount,
            binds=self.binds,
            path=self.path,
            line=f"{component}/{self.line if '/' in self.line else f'{group}/{self.line}'}",
        )
        if not self.price.is_tiered:
            yield line(self.name, self.factors, self.price, part=self.part)
            return
        whole: Factor = Together(self.factors)
        free = self.price.free_quantity
        if free:
            whole = Beyond(whole, np.maximum(free - before, 0.0), "free")
            before = np.maximum(before - free, 0.0)
        for number, price in enumerate(self.price.in_tiers, 1):
            yield line(
                self.name,
                (InTier(whole, price.tiers[0], before),) if len(self.price.tiers) > 1 else (whole,),
                price,
                part=f"tier_{number}" if len(self.price.tiers) > 1 else self.part,
            )


def _as_it_stands(
    name: str, factors: tuple[Factor, ...], price: Price, *, part: str, **others: Any
) -> Charge:
    """A charge of values that another has been made of already.

    A frozen class sets field by field what is set here at once: an estimate is mostly this.
    """
    charge = object.__new__(Charge)
    vars(charge).update(name=name, factors=factors, price=price, part=part, **others)
    return charge
