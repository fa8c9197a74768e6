"""What the user puts in place of, or beside, the price book: own rates and own lines."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from mlflow_cost_desktop.model.charges.charge import Charge, Spread
from mlflow_cost_desktop.model.charges.factors import Amount, Beyond, Factor, InTier, Per
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    Effect,
    Labels,
    Model,
    OnlyIf,
    Unit,
)
from mlflow_cost_desktop.prices.price import Price, Tier, Value, flat, unknown
from mlflow_cost_desktop.prices.price_book import PriceBook


class RateTier(Model):
    """A unit price from some monthly quantity on, in USD per pricing unit."""

    begin: Annotated[float, Field(ge=0, le=1e15)] = 0.0
    usd: Annotated[float, Field(ge=0, le=1e9)]


class OwnRate(Model):
    """A price that the user pays instead of the price book's, in one region of a provider.

    It is not discounted again, and counts as list price too: there is no other to compare it
    with once its tiers differ.
    """

    sku_id: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[a-z0-9_./-]+$")]
    provider_id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]
    region_id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")]
    tiers: Annotated[tuple[RateTier, ...], Field(min_length=1, max_length=50)]
    free_quantity: Annotated[float, Field(ge=0, le=1e15)] = 0.0
    upfront_usd: Annotated[float | None, Field(ge=0, le=1e12)] = None

    @field_validator("tiers")
    @classmethod
    def _in_order(cls, tiers: tuple[RateTier, ...]) -> tuple[RateTier, ...]:
        begins = [tier.begin for tier in tiers]
        if begins[0] != 0 or sorted(set(begins)) != begins:
            raise ValueError("its tiers must begin at 0 and rise")
        return tiers

    @property
    def name(self) -> str:
        """What the rate is for, in a menu's words."""
        return f"{self.sku_id} in {self.region_id}"

    @property
    def key(self) -> str:
        """The price that it stands in place of; a scenario has one rate for it."""
        return f"{self.sku_id} in {self.provider_id} {self.region_id}"

    def is_for(self, price_book: PriceBook) -> bool:
        """Whether it is for prices of a book's provider and region."""
        return (self.provider_id, self.region_id) == (price_book.provider.id, price_book.region_id)

    def region_beside(self, price_book: PriceBook) -> str:
        """The region that it is for, with the provider where that is not the book's."""
        if self.provider_id == price_book.provider.id:
            return self.region_id
        return f"{self.region_id} of {self.provider_id}"

    def as_price(self) -> Price:
        """The rate as a price; its unit is the price book's."""
        ends = [*(tier.begin for tier in self.tiers[1:]), math.inf]
        return Price(
            self.sku_id,
            "",
            tuple(
                Tier(tier.begin, end, tier.usd) for tier, end in zip(self.tiers, ends, strict=True)
            ),
            upfront_usd=self.upfront_usd,
            free_quantity=self.free_quantity,
            state="own",
            origin="own_rate",
            source="your rate",
        )


def with_rate(rates: Sequence[OwnRate], rate: OwnRate) -> tuple[OwnRate, ...]:
    """Own rates with another one, in place of that for the same price; its place is kept."""
    if any(other.key == rate.key for other in rates):
        return tuple(rate if other.key == rate.key else other for other in rates)
    return (*rates, rate)


def rate_for(rates: Iterable[OwnRate], sku_id: str, price_book: PriceBook) -> OwnRate | None:
    """The rate for a price of a book, if there is one."""
    return next((r for r in rates if r.sku_id == sku_id and r.is_for(price_book)), None)


def without_rate(rates: Sequence[OwnRate], rate: OwnRate | None) -> tuple[OwnRate, ...]:
    """Own rates without one of them: its list price counts again."""
    return tuple(other for other in rates if rate is None or other.key != rate.key)


def fresh_id(name: str, taken: Iterable[str]) -> str:
    """An id for a new item of a list, made from its name, unlike those that are taken."""
    letters = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    taken = set(taken)
    base = (letters if letters[:1].isalpha() else f"item_{letters}".rstrip("_"))[:32]
    numbered = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return next(made for made in (base, *numbered) if made not in taken)


BY_QUANTITY = OnlyIf("by", ("quantity",))
BY_PERCENT = OnlyIf("by", ("percent",))


def _of(part: str) -> Any:
    return Field(
        title=f"Of {COMPONENTS[part]}",
        description="Whether the percentage is taken of what this part costs, discounts and other "
        "lines of yours included; what is paid once counts spread over its months.",
    )


class OwnLine(Model):
    """A line that no part of the model foresees: a firewall, a support plan, a tax."""

    id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")]
    name: Annotated[str, Field(min_length=1, max_length=80), ONE_LINE]
    component: Annotated[
        Literal["server", "metadata_store", "artifact_store", "network", "labor"],
        Labels(COMPONENTS),
        Field(title="Part", description="Which part of the estimate the line is in."),
    ] = "server"
    by: Annotated[
        Literal["quantity", "percent", "support"],
        Labels(
            {
                "quantity": "A quantity and a rate",
                "percent": "A percentage of parts",
                "support": "The provider's support plan",
            }
        ),
        Field(
            title="Given by",
            description="A support plan takes the steps that the provider publishes of what it "
            "bills for all parts. Taxes are in no total unless a line counts them.",
        ),
    ] = "quantity"
    quantity: Annotated[
        float,
        Unit("unit"),
        BY_QUANTITY,
        Effect("more", "the line's quantity is billed"),
        Field(ge=0, le=1e9, title="Quantity", description="How many units."),
    ] = 1.0
    unit: Annotated[
        str,
        BY_QUANTITY,
        Field(min_length=1, max_length=40, title="Unit", description="What is counted."),
        ONE_LINE,
    ] = "unit"
    usd: Annotated[
        float,
        Unit("$"),
        BY_QUANTITY,
        Effect("more", "the line's rate is paid"),
        Field(ge=0, le=1e9, title="Rate", description="USD a unit; never discounted."),
    ] = 0.0
    period: Annotated[
        Literal["month", "once"],
        Labels({"month": "A month", "once": "Once"}),
        BY_QUANTITY,
        Field(title="Period", description="Once is spread over the horizon."),
    ] = "month"
    percent: Annotated[
        float,
        Unit("%"),
        BY_PERCENT,
        Effect("more", "it is added to what the parts cost"),
        Field(
            ge=0,
            le=1000,
            title="Percentage",
            description="Of the parts below, each month. Default: judgment.",
        ),
    ] = 10.0
    of_server: Annotated[bool, BY_PERCENT, _of("server")] = True
    of_metadata_store: Annotated[bool, BY_PERCENT, _of("metadata_store")] = True
    of_artifact_store: Annotated[bool, BY_PERCENT, _of("artifact_store")] = True
    of_network: Annotated[bool, BY_PERCENT, _of("network")] = True
    of_labor: Annotated[bool, BY_PERCENT, _of("labor")] = False
    plan: Annotated[
        Literal["developer", "business", "enterprise"],
        Labels({"developer": "Developer", "business": "Business", "enterprise": "Enterprise"}),
        OnlyIf("by", ("support",)),
        Field(
            title="Support plan",
            description="Its percentages begin at the first dollar, and its minimum is billed "
            "whole, as if the account paid for nothing else; where it does, take a percentage of "
            "parts: that of the step that the account has reached.",
        ),
    ] = "business"

    @property
    def is_percentage(self) -> bool:
        """Whether it follows other lines."""
        return self.by != "quantity"

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that a percentage is taken of."""
        return tuple(part for part in COMPONENTS if getattr(self, f"of_{part}"))

    def charges(self, terms: Terms, others: Sequence[Charge]) -> Iterator[Charge]:
        """The lines of the estimate.

        Args:
            terms: as for an option.
            others: the lines of the estimate that follow no others, for a percentage of them.
        """
        if self.by == "quantity":
            yield self._of_quantity(terms)
        elif self.by == "percent":
            base = add_up(c.known_cost for c in others if c.component in self.parts)
            price = self._price(f"your-line/{self.id}", "USD", self.percent / 100.0)
            yield self._follows("percentage", self.name, Amount(base, "USD"), price, "percent")
        else:
            base = add_up(c.known_cost for c in others if c.price.has_key)
            yield from self._support(terms, Amount(base, "USD"))

    def _of_quantity(self, terms: Terms) -> Charge:
        price = self._price(f"your-line/{self.id}", self.unit, self.usd)
        quantity = Amount(self.quantity, self.unit)
        line, path = f"{self.id}/own_line", f"own_lines.{self.id}.quantity"
        if self.period == "month":
            return Charge(self.name, (quantity,), price, line=line, path=path)
        months = terms.horizon_months
        factors = (quantity, Per(months, "month"))
        return Charge(self.name, factors, price, spread=Spread(months), line=line, path=path)

    def _support(self, terms: Terms, base: Amount) -> Iterator[Charge]:
        """The steps of the plan, and what its minimum is above them."""
        key = f"support/{self.plan}"
        plan = terms.prices.provider.support.get(self.plan)
        price = replace(plan.price(key), origin="own_line") if plan else unknown(key)
        yield self._follows("support", self.name, base, price, "plan")
        if plan is None:
            return
        steps = add_up(InTier(base, tier).value * tier.usd for tier in price.tiers)
        least = Beyond(Amount(plan.minimum_usd, "USD"), steps, "by the steps")
        whole = replace(price, tiers=flat(1.0))
        yield self._follows("minimum", f"{self.name}: minimum", least, whole, "plan")

    def _follows(self, word: str, name: str, base: Factor, price: Price, path: str) -> Charge:
        return Charge(
            name, (base,), price, line=f"{self.id}/{word}", path=f"own_lines.{self.id}.{path}"
        )

    def _price(self, sku_id: str, unit: str, usd: Value) -> Price:
        return Price(sku_id, unit, flat(usd), state="own", origin="own_line", source="your line")
