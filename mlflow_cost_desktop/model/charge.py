"""One line of the bill: factors times one price, with its arithmetic in words.

Every factor keeps its operands, so that the explanation comes from the same figures as the
cost. Operands are floats or numpy arrays; words are made of floats only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mlflow_cost_desktop.model.words import exact, money, plural, unit_price
from mlflow_cost_desktop.prices.price_book import Price, Tier, Value, flat


class Factor(Protocol):
    """A quantity that keeps its operands."""

    @property
    def value(self) -> Value: ...

    @property
    def unit(self) -> str: ...

    def words(self) -> str:
        """The factor as it stands in the explanation, for floats."""
        ...


@dataclass(frozen=True, slots=True)
class Amount:
    """A plain quantity: `720 h`."""

    value: Value
    unit: str

    def words(self) -> str:
        return _quantity(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Per:
    """A divisor: `÷ 12 months`; `unit` is the quotient's, where it has another than before."""

    divisor: Value
    what: str
    unit: str = ""

    @property
    def value(self) -> Value:
        return 1.0 / self.divisor

    def words(self) -> str:
        return f"÷ {_quantity(self.divisor, self.what)}"


@dataclass(frozen=True, slots=True)
class Beyond:
    """What goes beyond an allowance: `(180 GB − 100 GB free)`."""

    inner: Factor
    allowance: Value
    what: str

    @property
    def unit(self) -> str:
        return self.inner.unit

    @property
    def value(self) -> Value:
        return np.maximum(self.inner.value - self.allowance, 0.0)

    def words(self) -> str:
        allowed = f"{_quantity(self.allowance, self.unit)} {self.what}"
        if _scalar(self.inner.value) > _scalar(self.allowance):
            return f"({self.inner.words()} − {allowed})"
        return f"0 {plural(0, self.unit)} [{self.inner.words()} within {allowed}]"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A quantity with a billed minimum: `20 GB [minimum, 5 GB asked]`."""

    asked: Value
    minimum: float
    unit: str

    @property
    def value(self) -> Value:
        return np.maximum(self.asked, self.minimum)

    def words(self) -> str:
        if _scalar(self.asked) >= self.minimum:
            return _quantity(self.asked, self.unit)
        asked = _quantity(self.asked, self.unit)
        return f"{_quantity(self.minimum, self.unit)} [minimum, {asked} asked]"


@dataclass(frozen=True, slots=True)
class AtMost:
    """A quantity that is cut off: `720 h [of 730 h]`."""

    asked: Value
    maximum: Value
    unit: str

    @property
    def value(self) -> Value:
        return np.minimum(self.asked, self.maximum)

    def words(self) -> str:
        if _scalar(self.asked) <= _scalar(self.maximum):
            return _quantity(self.asked, self.unit)
        asked = _quantity(self.asked, self.unit)
        return f"{_quantity(self.maximum, self.unit)} [all there are, {asked} asked]"


@dataclass(frozen=True, slots=True)
class OnlyWhere:
    """All or nothing: `× 0 [none is sold below 400 GB]`, and no word where it is all."""

    holds: Value
    otherwise: str
    unit: str = ""

    @property
    def value(self) -> Value:
        return self.holds

    def words(self) -> str:
        return "" if _scalar(self.holds) else f"0 [{self.otherwise}]"


@dataclass(frozen=True, slots=True)
class Together:
    """Several factors as one quantity: `(2 instances × 720 h)`."""

    factors: tuple[Factor, ...]

    @property
    def unit(self) -> str:
        return _unit(self.factors)

    @property
    def value(self) -> Value:
        return _product(factor.value for factor in self.factors)

    def words(self) -> str:
        words = _times(self.factors)
        return words if len(self.factors) == 1 else f"({words})"


@dataclass(frozen=True, slots=True)
class InTier:
    """The part of a quantity that falls into a tier: `(60,000 GB − 51,200 GB)`."""

    inner: Factor
    tier: Tier

    @property
    def unit(self) -> str:
        return self.inner.unit

    @property
    def value(self) -> Value:
        begin, end = self.tier.begin, self.tier.end
        if begin == 0:
            return np.minimum(self.inner.value, end)
        if end == math.inf:
            return np.maximum(self.inner.value - begin, 0.0)
        return np.clip(self.inner.value, begin, end) - begin

    def words(self) -> str:
        whole = _scalar(self.inner.value)
        begin, end = self.tier.begin, self.tier.end
        before = _quantity(begin, self.unit)
        if whole <= begin and begin > 0:
            return f"0 {plural(0, self.unit)} [all within the first {before}]"
        top = self.inner.words() if whole <= end else _quantity(end, self.unit)
        of = "" if whole <= end else f" [of {self.inner.words()}]"
        return f"({top} − {before}){of}" if begin > 0 else f"{top}{of}"


@dataclass(frozen=True, slots=True)
class Spread:
    """A payment once, which the effective cost spreads over months.

    `renewed` payments come again whenever their months are over.
    """

    months: Value
    renewed: bool = False


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of the bill, in USD a month.

    The four costs are FOCUS's: `list_cost` and `contracted_cost` are the on-demand price
    without and with the negotiated discount, before any commitment; `effective_cost` spreads
    what is paid once; `billed_cost` is cash in the first month. Costs are floats, or arrays
    where a sweep asks for many at once; NaN where the price is unknown and the quantity is not
    zero.

    Attributes:
        description: a stable name, the variable part in brackets.
        factors: the pricing quantity, operand by operand.
        price: of one unit of that quantity.
        on_demand: the price before a commitment, where `price` is that of a commitment.
        reduction: percent that a typed commitment discount takes off the price.
        spread: for what is paid once.
        component: the part of the deployment that the line belongs to.
        discount: negotiated percent off listed and estimated prices.
    """

    description: str
    factors: tuple[Factor, ...]
    price: Price
    on_demand: Price | None = None
    reduction: Value = 0.0
    spread: Spread | None = None
    component: str = ""
    discount: Value = 0.0

    @property
    def pricing_quantity(self) -> Value:
        return _product(factor.value for factor in self.factors)

    @property
    def pricing_unit(self) -> str:
        return self.price.unit or _unit(self.factors)

    @property
    def list_unit_price(self) -> Value:
        # A commitment is held against the first tier of an own on-demand rate in tiers.
        return (self.on_demand or self.price).tiers[0].usd

    @property
    def list_cost(self) -> Value:
        return _cost(self.pricing_quantity, self.list_unit_price)

    @property
    def contracted_cost(self) -> Value:
        return self.list_cost * self._kept(self.on_demand or self.price)

    @property
    def effective_cost(self) -> Value:
        cost = _cost(self.pricing_quantity, self.price.usd)
        kept = self._kept(self.price) * (1.0 - self.reduction / 100.0)
        return cost if isinstance(kept, float) and kept == 1.0 else cost * kept

    @property
    def billed_cost(self) -> Value:
        return self.cash(1)

    def cash(self, month: int) -> Value:
        """What is paid in a month; the first is 1."""
        if self.spread is None:
            return self.effective_cost
        months = self.spread.months
        due = (month - 1) % months == 0 if self.spread.renewed else month == 1
        return np.where(due, self.effective_cost * months, 0.0)[()]

    def paid_within(self, months: Value) -> Value:
        """What is paid in the first months together, at least one of them."""
        if self.spread is None:
            return self.effective_cost * months
        payments = np.ceil(months / self.spread.months) if self.spread.renewed else 1.0
        return self.effective_cost * self.spread.months * payments

    @property
    def known_cost(self) -> Value:
        """The effective cost, zero where it is unknown: what totals add up."""
        return self.known(self.effective_cost)

    def known(self, cost: Value) -> Value:
        """One of this line's costs as totals add it up: zero where it is unknown."""
        prices = (self.price, self.on_demand or self.price)
        if any(p.state == "unknown" or isinstance(p.tiers[0].usd, np.ndarray) for p in prices):
            return np.nan_to_num(cost)
        return cost

    def _kept(self, price: Price) -> Value:
        """The part of a price that is left after the negotiated discount."""
        return 1.0 - self.discount / 100.0 * price.discountable

    @property
    def is_unpriced(self) -> Value:
        """1 where the price is unknown and the quantity is not zero, else 0."""
        if self.price.state == "unknown" or isinstance(self.price.usd, np.ndarray):
            return np.isnan(self.effective_cost) * 1.0
        return 0.0

    @property
    def quantity_in_words(self) -> str:
        return _times(self.factors)

    @property
    def explanation(self) -> str:
        """The arithmetic of the effective cost: `1 instance × 720 h × $0.096 / h = $69.12`."""
        quantity = self.quantity_in_words
        if self.price.state == "unknown":
            outcome = money(0) if self.pricing_quantity == 0 else "unknown"
            return f"{quantity} × unknown price = {outcome}"
        price = f"{unit_price(_scalar(self.price.usd))} / {self.pricing_unit}"
        cuts = [("your reservation discount", self.reduction)]
        cuts.append(("negotiated", self.discount * self.price.discountable))
        less = "".join(
            f" × (1 − {exact(_scalar(percent))} % [{what}])"
            for what, percent in cuts
            if _scalar(percent)
        )
        return f"{quantity} × {price}{less} = {money(_scalar(self.effective_cost))}"

    def by_tier(self, component: str, discount: Value) -> Iterator[Charge]:
        """The line as it stands in a component's bill: one for each tier of its price."""
        if not self.price.is_tiered:
            yield replace(self, component=component, discount=discount)
            return
        whole: Factor = Together(self.factors)
        if self.price.free_quantity:
            whole = Beyond(whole, self.price.free_quantity, "free")
        for tier in self.price.tiers:
            yield replace(
                self,
                description=f"{self.description}{_tier_in_words(tier, self.pricing_unit)}",
                factors=(InTier(whole, tier),) if len(self.price.tiers) > 1 else (whole,),
                price=self.price.of_tier(tier),
                component=component,
                discount=discount,
            )


def committed(
    description: str, capacity: Amount, hours: Value, price: Price, on_demand: Price, months: int
) -> Iterator[Charge]:
    """A commitment's lines: its hourly part for every hour, and its upfront part over the term.

    The on-demand price of the hours stands in the hourly line, so that it counts once.
    """
    factors = (capacity, Amount(hours, "h"))
    yield Charge(description, factors, price, on_demand=on_demand)
    if price.upfront_usd is not None:
        yield Charge(
            f"{description}, upfront",
            (capacity, Per(float(months), "month")),
            price.upfront(capacity.unit),
            on_demand=replace(on_demand, unit=capacity.unit, tiers=flat(0.0)),
            spread=Spread(float(months), renewed=True),
        )


def add_up(costs: Iterable[Value]) -> Value:
    """The sum of costs, leaving out what is unknown (NaN).

    Floats are added first and arrays in place: a million points cost one pass a charge.
    """
    total = 0.0
    array: NDArray[np.float64] | None = None
    for cost in costs:
        if not isinstance(cost, np.ndarray):
            total += 0.0 if math.isnan(cost) else cost
        elif array is None:
            array = cost  # fresh from its charge, nobody else holds it
        elif array.shape == cost.shape:
            array += cost
        else:
            array = array + cost
    if array is None:
        return total
    array += total
    return array


def _cost(quantity: Value, usd: Value) -> Value:
    if isinstance(usd, np.ndarray) or math.isnan(usd):
        # Nothing of something unknown costs nothing.
        return np.where(quantity == 0, 0.0, quantity * usd)[()]
    return quantity * usd


def _product(values: Iterable[Value]) -> Value:
    scalar = 1.0
    array: NDArray[np.float64] | None = None
    for value in values:
        if isinstance(value, np.ndarray):
            array = value if array is None else array * value
        elif value == 0:
            return 0.0  # whatever the other factors are, arrays of a sweep included
        else:
            scalar *= value
    if array is None:
        return scalar
    return array if scalar == 1.0 else array * scalar


def _unit(factors: tuple[Factor, ...]) -> str:
    """The unit of a product: that of the last factor that has one."""
    return next((factor.unit for factor in reversed(factors) if factor.unit), "unit")


def _times(factors: tuple[Factor, ...]) -> str:
    text = ""
    for words in filter(None, (factor.words() for factor in factors)):
        text += words if not text else f" {words}" if words.startswith("÷") else f" × {words}"
    return text


def _tier_in_words(tier: Tier, unit: str) -> str:
    if tier.begin == 0 and tier.end == math.inf:
        return ""
    if tier.begin == 0:
        return f" (first {_size(tier.end, unit)})"
    if tier.end == math.inf:
        return f" (over {_size(tier.begin, unit)})"
    return f" (next {_size(tier.end - tier.begin, unit)})"


def _size(value: float, unit: str) -> str:
    unit = unit.removesuffix("-month")
    if unit == "GB" and value >= 1024 and value % 1024 == 0:
        return f"{exact(value / 1024)} TB"
    return _quantity(value, unit)


def _quantity(value: Value, unit: str) -> str:
    number = _scalar(value)
    return f"{exact(number)} {plural(number, unit)}".rstrip()


def _scalar(value: Value) -> float:
    return float(value)
