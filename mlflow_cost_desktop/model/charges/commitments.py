"""The lines of a commitment: its hours, and what is paid when its term begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mlflow_cost_desktop.model.charges.charge import Charge, Spread
from mlflow_cost_desktop.model.charges.factors import Factor, Per
from mlflow_cost_desktop.prices.price import Price, flat


def committed(
    what: str,
    capacity: tuple[Factor, ...],
    hours: Factor,
    price: Price,
    on_demand: Price,
    months: int,
    *,
    line: str,
    path: str = "",
) -> Iterator[Charge]:
    """A commitment's lines: its hourly part for every hour, and its upfront part over the term.

    The on-demand price of the hours stands in the hourly line, so that it counts once.
    """
    hourly = (*capacity, hours)
    yield Charge(
        f"Instance hours ({what})",
        hourly,
        price,
        on_demand=on_demand,
        binds=months,
        line=line,
        path=path,
    )
    yield from upfront_part(what, capacity, price, on_demand, months, line=line, path=path)


def upfront_part(
    what: str,
    capacity: tuple[Factor, ...],
    price: Price,
    on_demand: Price,
    months: int,
    *,
    line: str,
    path: str = "",
) -> Iterator[Charge]:
    """What is paid when a term begins, spread over it and due again at each renewal."""
    if price.upfront_usd is not None:
        unit = capacity[-1].unit
        yield Charge(
            f"Upfront payment ({what})",
            (*capacity, Per(float(months), "month")),
            price.upfront(unit),
            on_demand=replace(on_demand, unit=unit, tiers=flat(0.0)),
            spread=Spread(float(months), renewed=True),
            line=line,
            part="upfront",
            path=path,
        )
