"""Price books as readable CSV files, one row per price and tier."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.price import Price, PriceState, Tier, flat
from mlflow_cost_desktop.prices.price_book import InstanceType
from mlflow_cost_desktop.reading import read_plain

COLUMNS = (
    "key", "unit", "tier_from", "tier_to", "usd", "upfront_usd", "state", "rule", "source", "date",
)  # fmt: skip
# "++" takes all it can and gives nothing back: no part of a sound line can be read two ways.
NUMBER = r"[0-9]++(?:\.[0-9]++)?+"
WORDS = r"[A-Za-z0-9 ./()+-]++"
ROW = (
    rf"[a-z0-9_./-]++,{WORDS},"  # key, unit
    rf"(?:{NUMBER})?+,(?:{NUMBER})?+,{NUMBER},(?:{NUMBER})?+,"  # bounds, usd, upfront
    rf"(?:listed|estimated),[a-z0-9-]*+,{WORDS},[0-9-]++"  # state, rule, source, date
)
SOUND = re.compile(f"{','.join(COLUMNS)}\n(?:{ROW}\n)*+")
"""A whole file of sound lines, matched at C speed."""

STATES: Mapping[str, PriceState] = {"listed": "listed", "estimated": "estimated"}


class LazyPrices(Mapping[str, Price]):
    """The prices of a file's lines, each made when it is first asked for.

    A region has some eight thousand lines and an estimate reads a dozen of them: checking all lines
    takes a few milliseconds, making all prices would take ten times as long.

    Args:
        lines: sound lines without quotes, those of a key's tiers behind each other.
        rules: what stands behind the ids of rules.
    """

    def __init__(self, lines: list[str], rules: Mapping[str, Rule]) -> None:
        self._lines = lines
        self.rules = rules
        keys = _keys(lines)
        # In reverse, so that of a key's tiers the first one stays.
        self._first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
        self._made: dict[str, Price] = {}

    def __getitem__(self, sku_id: str) -> Price:
        made = self._made.get(sku_id)
        if made is None:
            made = self._made[sku_id] = self._make(sku_id)
        return made

    # Of many names few have a price: Mapping's own raises, and catches, an error for each other.
    def get(self, sku_id: str, default: Any = None) -> Any:
        made = self._made.get(sku_id)
        if made is None:
            return self[sku_id] if sku_id in self._first else default
        return made

    def __iter__(self) -> Iterator[str]:
        return reversed(self._first)

    def __len__(self) -> int:
        return len(self._first)

    def __contains__(self, sku_id: object) -> bool:
        return sku_id in self._first

    @property
    def dates(self) -> tuple[str, str] | None:
        """The oldest and the newest date of all prices; None where there is none."""
        dates = {line.rpartition(",")[2] for line in self._lines}
        return (min(dates), max(dates)) if dates else None

    def joined(self, lines: Iterable[str]) -> LazyPrices:
        """These prices and those of further lines, whose keys are none of these."""
        return LazyPrices([*self._lines, *lines], self.rules)

    def lines_of(self, sku_id: str) -> list[str]:
        """A price as it stands in the file."""
        first = at = self._first[sku_id]
        while at < len(self._lines) and self._lines[at].startswith(f"{sku_id},"):
            at += 1
        return self._lines[first:at]

    def _make(self, sku_id: str) -> Price:
        first = self._lines[self._first[sku_id]].split(",")
        _, unit, begin, end, usd, upfront, state, rule, source, date = first
        if begin or end:
            rows = [line.split(",")[2:5] for line in self.lines_of(sku_id)]
            tiers = tuple(
                Tier(float(begin or 0), float(end or math.inf), float(usd))
                for begin, end, usd in rows
            )
        else:  # most have one tier, and no line behind it needs to be looked at
            tiers = flat(float(usd))
        stated = self.rules.get(rule) or Rule(rule) if rule else NO_RULE
        return Price(
            sku_id,
            unit,
            tiers,
            upfront_usd=float(upfront) if upfront else None,
            state=STATES[state],
            rule=stated.text,
            source=f"{source} and {stated.source}" if stated.source else source,
            date=date,
        )


def read_prices(path: Path, rules: Mapping[str, Rule]) -> LazyPrices:
    """All prices of a region's file, by key.

    Raises:
        UserError: if the file can't be read, or a row is malformed; it names file and line.
    """
    text = _read_text(path)
    if not SOUND.fullmatch(text):
        # Only a file that is not sound as a whole is gone through line by line.
        _raise_first_fault(path, text)
    lines = text.split("\n")[1:-1]  # not at what else Unicode calls a line's end
    _check_tiers(path, lines)
    return LazyPrices(lines, rules)


def read_sources(path: Path) -> dict[str, str]:
    """Where each source of prices is found, by its label.

    Raises:
        UserError: as for `read_prices`.
    """
    rows = _read_table(path, ("source", "reliability", "where", "date"))
    return {source: where for _, (source, _, where, _) in rows}


def read_instance_types(path: Path) -> dict[str, InstanceType]:
    """Machines by name.

    Raises:
        UserError: as for `read_prices`.
    """
    types: dict[str, InstanceType] = {}
    columns = ("instance_type", "vcpu", "memory_gib", "architecture")
    for line, (name, vcpu, memory_gib, architecture) in _read_table(path, columns):
        try:
            types[name] = InstanceType(name, read_plain(vcpu), read_plain(memory_gib), architecture)
        except ValueError as error:
            raise _damaged(path, line, str(error)) from error
        if not (0 < types[name].vcpu < math.inf and 0 < types[name].memory_gib < math.inf):
            raise _damaged(path, line, f"{name} has {vcpu} vCPU and {memory_gib} GiB")
    return types


def read_regions(path: Path) -> dict[str, str]:
    """Names of regions by id.

    Raises:
        UserError: as for `read_prices`.
    """
    rows = _read_table(path, ("region_id", "name"))
    return {region_id: name for _, (region_id, name) in rows}


class Rule(NamedTuple):
    """What stands behind a price that is not a source's own figure.

    `text` says the rule and how wrong it may be; `source` is a second source that it draws on,
    empty where there is none.
    """

    text: str
    source: str = ""


NO_RULE = Rule("")


def read_rules(path: Path) -> dict[str, Rule]:
    """Rules by their ids.

    Raises:
        UserError: as for `read_prices`.
    """
    rows = _read_table(path, ("rule", "text", "error", "source"))
    return {
        rule: Rule(f"{text} ({error})" if error else text, source)
        for _, (rule, text, error, source) in rows
    }


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            f"The price file {path.name} can't be read ({error}).",
            "Nothing was changed. Install the program again, or choose another region.",
        ) from error


def _damaged(path: Path, line: int, what: str) -> UserError:
    return UserError(
        f"The price file {path.name} is damaged in line {line}: {what}.",
        f"Nothing was changed. Restore {path} or install the program again.",
    )


def _read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """The rows of a small table with their line numbers, the header checked and left out."""
    reader = csv.reader(StringIO(_read_text(path)), strict=True)
    try:
        if tuple(next(reader, ())) != columns:
            raise _damaged(path, 1, f"its columns are not {', '.join(columns)}")
        for row in reader:
            if len(row) != len(columns):
                fields = f"{len(row)} fields instead of {len(columns)}"
                raise _damaged(path, reader.line_num, fields)
            yield reader.line_num, row
    except csv.Error as error:
        raise _damaged(path, reader.line_num, str(error)) from error


def _raise_first_fault(path: Path, text: str) -> NoReturn:
    last = 1
    for line, row in _read_table(path, COLUMNS):
        last = line
        what = _row_fault(row)
        if what:
            raise _damaged(path, line, what)
    for line, words in enumerate(text.split("\n")[1:-1], start=2):
        if not re.fullmatch(ROW, words):
            raise _damaged(path, line, "it is not written as the other lines are")
    raise _damaged(path, last, "it does not end as a line does")


def _row_fault(row: list[str]) -> str:
    key, unit, begin, end, usd, upfront, state, _, source, date = row
    for name, text in (("key", key), ("unit", unit), ("source", source), ("date", date)):
        if not text:
            return f"it has no {name}"
    for name, text in (
        ("tier_from", begin or "0"),
        ("tier_to", end or "0"),
        ("usd", usd),
        ("upfront_usd", upfront or "0"),
    ):
        try:
            number = float(text)
        except ValueError:
            return f"{name} is {text!r}, not a number"
        if not math.isfinite(number) or number < 0:
            return f"{name} is {text}"
    if state not in STATES:
        return f"state is {state!r}, not one of {', '.join(STATES)}"
    return ""


def _check_tiers(path: Path, lines: list[str]) -> None:
    """Tiers of a key follow each other from 0 to infinity, and no key stands twice."""
    keys = _keys(lines)
    # A price for every quantity has empty bounds; only lines in tiers lack ",,,".
    tiered = [at for at, line in enumerate(lines) if ",,," not in line]
    keys_in_tiers = {keys[at] for at in tiered}
    if len(set(keys)) - len(keys_in_tiers) == len(lines) - len(tiered):
        groups = [list(group) for _, group in groupby(tiered, key=lambda at: keys[at])]
    else:
        groups = [list(group) for _, group in groupby(range(len(keys)), key=lambda at: keys[at])]
    seen: set[str] = set()
    for group in groups:
        key = keys[group[0]]
        if key in seen or group[-1] - group[0] >= len(group):
            raise _damaged(path, group[-1] + 2, f"{key} is in two places")
        seen.add(key)
        _check_tiers_of_key(path, key, group[0] + 2, [lines[at] for at in group])


def _check_tiers_of_key(path: Path, key: str, first: int, lines: list[str]) -> None:
    expected = 0.0
    unit = lines[0].split(",")[1]
    for number, line in enumerate(lines, start=first):
        _, its_unit, begin, end, *_ = line.split(",")
        if its_unit != unit:
            raise _damaged(path, number, f"a tier of {key} is per {its_unit}, not {unit}")
        low, high = float(begin or 0), float(end or math.inf)
        if low != expected or high <= low:
            raise _damaged(path, number, f"a tier of {key} begins at {low:g}")
        expected = high
    if expected != math.inf:
        last = first + len(lines) - 1
        raise _damaged(path, last, f"the last tier of {key} ends at {expected:g}")


def _keys(lines: list[str]) -> list[str]:
    return [line.partition(",")[0] for line in lines]
