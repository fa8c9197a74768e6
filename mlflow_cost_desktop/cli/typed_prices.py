"""Own rates and own lines as they are typed on the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import ValidationError

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.fields.faults import fault_in_words
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.own import (
    OwnLine,
    OwnRate,
    RateTier,
    fresh_id,
    rate_for,
    with_rate,
    without_rate,
)
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.reading import UnreadError, read_plain

NOTHING_DONE = "Nothing was printed or written."
NONE = "none"
RATE_FORMS = (
    "A rate is 0.09, tiers 0:0.09,10240:0.085, with a free quantity 0.005;free=750, or a "
    "commitment 0.0143+125 (hourly + upfront)."
)
LINE_FORMS = (
    "A line is Firewall=12.5, or with more of it: "
    "Firewall=12.5;quantity=2;unit=device;part=network;period=once. A percentage is "
    "Tax=19%;of=server,network, a support plan Support=business;part=network."
)
NONE_FORMS = "none takes it away."


def with_typed_rate(scenario: Scenario, argument: str, book: PriceBook) -> Scenario:
    """The scenario with a rate in the book's region, or without it (`none`).

    Raises:
        UserError: if there is no such price, or the rate can't be read.
    """
    sku_id, equals, text = argument.partition("=")
    if not equals:
        raise UserError(f"--price {argument[:80]} has no rate", "Write --price SKU=RATE.")
    if text.strip() == NONE:
        own = rate_for(scenario.own_rates, sku_id, book)
        if own is None:
            raise UserError(f"You have no rate for “{sku_id[:80]}” here", NOTHING_DONE)
        return replace(scenario, "own_rates", without_rate(scenario.own_rates, own))
    _check_sku(scenario, sku_id, book)
    rate = parse_rate(sku_id, book, text)
    changed = replace(scenario, "own_rates", with_rate(scenario.own_rates, rate))
    lines = [c for c in estimate(changed, book).charges if c.price.sku_id == sku_id]
    if rate.upfront_usd is not None and lines and all(line.spread is None for line in lines):
        raise _bad_rate(argument, f"{sku_id} is not a commitment: it has no upfront part")
    return changed


def _check_sku(scenario: Scenario, sku_id: str, book: PriceBook) -> None:
    prices = [charge.price for charge in estimate(scenario, book).charges]
    from_fields = {price.sku_id for price in prices if not price.has_key}
    if sku_id in from_fields:
        raise UserError(
            f"{sku_id} is a field of the scenario and no price",
            f"Change it by --set; mlflow-cost fields lists every field. {NOTHING_DONE}",
        )
    known = {*book.listed, *(price.sku_id for price in prices)} - from_fields
    if sku_id not in known:
        raise UserError(
            f"{book.region_name} has no price “{sku_id[:80]}”",
            f"{did_you_mean(sku_id, known)}mlflow-cost prices --region {book.region_id} "
            f"lists every SKU. {NOTHING_DONE}",
        )


def parse_rate(sku_id: str, book: PriceBook, text: str) -> OwnRate:
    """A rate as it is typed: `0.09`, `0:0.09,10240:0.085`, `0.005;free=750`, `0.0143+125`.

    Raises:
        UserError: if it is none of these, or a figure is out of bounds.
    """
    main_part, *extras = text.split(";")
    free = 0.0
    upfront = None
    if extras:
        name, _, quantity = extras[0].partition("=")
        if len(extras) > 1 or name.strip() != "free":
            raise _bad_rate(text, "only free=QUANTITY may follow a semicolon")
        free = _figure(text, quantity)
    if ":" in main_part:
        pairs = [part.partition(":") for part in main_part.split(",")]
        tiers = tuple((_figure(text, begin), _figure(text, usd)) for begin, _, usd in pairs)
    else:
        # Not the plus of 1e+3, which is one number.
        hourly, *once = re.split(r"(?<![eE])\+", main_part, maxsplit=1)
        tiers = ((0.0, _figure(text, hourly)),)
        upfront = _figure(text, once[0]) if once else None
    try:
        return OwnRate(
            sku_id=sku_id,
            provider_id=book.provider.id,
            region_id=book.region_id,
            tiers=tuple(RateTier(begin=begin, usd=usd) for begin, usd in tiers),
            free_quantity=free,
            upfront_usd=upfront,
        )
    except ValueError as error:  # pydantic's ValidationError is one
        raise _bad_rate(
            text, "its figures are too large, or its tiers don't begin at 0 and rise"
        ) from error


def _figure(rate: str, text: str) -> float:
    try:
        return _from_zero_on(text)
    except UnreadError as error:
        raise _bad_rate(rate, error.sentence) from error


def _from_zero_on(text: str) -> float:
    number = read_plain(text)
    if number < 0.0:
        raise UnreadError(f"“{text.strip()[:40]}” is less than 0")
    return number


def _bad_rate(rate: str, why: str) -> UserError:
    return UserError(f"The rate “{rate[:80]}” can't be read: {why}", RATE_FORMS)


def with_typed_line(scenario: Scenario, argument: str) -> Scenario:
    """The scenario with one more line of the user's own, or without it (`none`).

    A line of that name or id is put in its place.

    Raises:
        UserError: if the line can't be read.
    """
    name, equals, text = (part.strip() for part in argument.partition("="))
    if not equals or not name:
        raise _bad_line(argument, "it needs a name and a rate")
    lines = scenario.own_lines
    old = next((line for line in lines if name in (line.name, line.id)), None)
    if text == NONE:
        if old is None:
            hint = did_you_mean(name, [line.name for line in lines])
            raise UserError(f"You have no line “{name[:80]}”", f"{hint}{NOTHING_DONE}")
        return replace(scenario, "own_lines", tuple(line for line in lines if line is not old))
    made = _typed_line(argument, name, text, old.id if old else fresh_id(name, _ids(lines)))
    kept = tuple(made if line is old else line for line in lines)
    return replace(scenario, "own_lines", kept if old else (*lines, made))


def _typed_line(argument: str, name: str, text: str, line_id: str) -> OwnLine:
    rate, *more = (part.strip() for part in text.split(";"))
    values: dict[str, object] = {"id": line_id, "name": name}
    keys = ["part"]
    if rate in specs(OwnLine)["plan"].choices:
        values |= {"by": "support", "plan": rate}
    elif rate.endswith("%"):
        values |= {"by": "percent", "percent": _line_figure(argument, rate[:-1])}
        keys.append("of")
    else:
        values["usd"] = _line_figure(argument, rate)
        keys = ["quantity", "unit", "part", "period"]
    for part in more:
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or key not in keys:
            *others, last = keys
            known = f"{', '.join(others)} or {last}" if others else last
            raise _bad_line(argument, f"“{part[:40]}” is no {known}")
        if key == "quantity":
            values[key] = _line_figure(argument, value)
        elif key == "of":
            values |= _parts(argument, value)
        else:
            values["component" if key == "part" else key] = value
    try:
        return OwnLine.model_validate(values)
    except ValidationError as error:
        fault = error.errors()[0]
        field = str(fault["loc"][0])
        title = specs(OwnLine)[field].title or field
        if field == "component":
            raise _bad_line(argument, f"a part is one of {', '.join(COMPONENTS)}") from error
        raise _bad_line(argument, f"{title}: {fault_in_words(fault)}") from error


def _parts(argument: str, text: str) -> dict[str, object]:
    """Which parts a percentage is taken of: those that are named, and no others."""
    named = [part.strip() for part in text.split(",")]
    if unknown := [part for part in named if part not in COMPONENTS]:
        parts = ", ".join(COMPONENTS)
        raise _bad_line(argument, f"“{unknown[0][:40]}” is not a part; a part is one of {parts}")
    return {f"of_{part}": part in named for part in COMPONENTS}


def _line_figure(line: str, text: str) -> float:
    try:
        return _from_zero_on(text)
    except UnreadError as error:
        raise _bad_line(line, error.sentence) from error


def _ids(lines: Iterable[OwnLine]) -> set[str]:
    return {line.id for line in lines}


def _bad_line(line: str, why: str) -> UserError:
    return UserError(f"The line “{line[:80]}” can't be read: {why}", f"{LINE_FORMS} {NOTHING_DONE}")


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """Advice for somebody who misspelled a name, empty where none is like it."""
    close = get_close_matches(text[:80], list(known), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(close)}? " if close else ""
