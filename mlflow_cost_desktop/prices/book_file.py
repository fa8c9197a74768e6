"""Price books as readable CSV files, one row per price and tier."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.price_book import InstanceType, Price, PriceState, Tier

COLUMNS = (
    "key", "unit", "tier_from", "tier_to", "usd", "upfront_usd", "state", "rule", "source", "date",
)  # fmt: skip
STATES: Mapping[str, PriceState] = {"listed": "listed", "estimated": "estimated"}


class LazyPrices(Mapping[str, Price]):
    """The prices of a file's rows, each made when it is first asked for.

    A region has some seven thousand rows and a bill reads a dozen of them: checking all rows
    takes a few milliseconds, making all prices would take ten times as long.
    """

    def __init__(self, rows: list[list[str]], rules: Mapping[str, str]) -> None:
        self._rows = rows
        self._rules = rules
        keys = [row[0] for row in rows]
        self._first = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
        self._made: dict[str, Price] = {}

    def __getitem__(self, sku_id: str) -> Price:
        made = self._made.get(sku_id)
        if made is None:
            made = self._made[sku_id] = self._make(sku_id)
        return made

    def __iter__(self) -> Iterator[str]:
        return reversed(self._first)

    def __len__(self) -> int:
        return len(self._first)

    def __contains__(self, sku_id: object) -> bool:
        return sku_id in self._first

    def _make(self, sku_id: str) -> Price:
        at = self._first[sku_id]
        tiers: list[Tier] = []
        while at < len(self._rows) and self._rows[at][0] == sku_id:
            _, _, begin, end, usd, *_ = self._rows[at]
            tiers.append(Tier(float(begin or 0), float(end or math.inf), float(usd)))
            at += 1
        _, unit, _, _, _, upfront, state, rule, source, date = self._rows[at - 1]
        return Price(
            sku_id,
            unit,
            tuple(tiers),
            upfront_usd=float(upfront) if upfront else None,
            state=STATES[state],
            rule=self._rules.get(rule, rule),
            source=source,
            date=date,
        )


@dataclass(frozen=True, slots=True)
class _Table:
    """A CSV file's rows; every row has its number of columns."""

    path: Path
    rows: list[list[str]]

    def fault(self, index: int, what: str) -> UserError:
        """A malformed row; the header is line 1, and no field spans lines."""
        return UserError(
            f"The price file {self.path.name} is damaged in line {index + 2}: {what}.",
            f"Nothing was changed. Restore {self.path} or install the program again.",
        )


def read_prices(path: Path, rules: Mapping[str, str]) -> Mapping[str, Price]:
    """All prices of a region's file, by key.

    Raises:
        UserError: if the file can't be read, or a row is malformed; it names file and line.
    """
    table = _read_table(path, COLUMNS)
    # Whole columns are checked at C speed; only a file that fails is gone through by row.
    if not _looks_sound(table.rows):
        for index, row in enumerate(table.rows):
            what = _row_fault(row)
            if what:
                raise table.fault(index, what)
    _check_tiers(table)
    return LazyPrices(table.rows, rules)


def read_instance_types(path: Path) -> dict[str, InstanceType]:
    """Machines by name.

    Raises:
        UserError: as for `read_prices`.
    """
    table = _read_table(path, ("instance_type", "vcpu", "memory_gib", "architecture"))
    types: dict[str, InstanceType] = {}
    for index, (name, vcpu, memory_gib, architecture) in enumerate(table.rows):
        try:
            types[name] = InstanceType(name, float(vcpu), float(memory_gib), architecture)
        except ValueError as error:
            raise table.fault(index, str(error)) from error
    return types


def read_regions(path: Path) -> dict[str, str]:
    """Names of regions by id.

    Raises:
        UserError: as for `read_prices`.
    """
    return {region_id: name for region_id, name in _read_table(path, ("region_id", "name")).rows}


def read_rules(path: Path) -> dict[str, str]:
    """What stands behind a price that is not a source's own figure: the rule and its error, by id.

    Raises:
        UserError: as for `read_prices`.
    """
    rows = _read_table(path, ("rule", "text", "error")).rows
    return {rule: f"{text} ({error})" if error else text for rule, text, error in rows}


def _read_table(path: Path, columns: tuple[str, ...]) -> _Table:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(
            f"The price file {path.name} can't be read ({error}).",
            "Nothing was changed. Install the program again, or choose another region.",
        ) from error
    table = _Table(path, rows[1:])
    if not rows or tuple(rows[0]) != columns:
        raise table.fault(-1, f"its columns are not {', '.join(columns)}")
    if set(map(len, table.rows)) - {len(columns)}:
        index = next(i for i, row in enumerate(table.rows) if len(row) != len(columns))
        raise table.fault(index, f"{len(table.rows[index])} fields instead of {len(columns)}")
    return table


def _looks_sound(rows: list[list[str]]) -> bool:
    if not rows:
        return True
    keys, units, begins, ends, usd, upfront, states, _, sources, dates = zip(*rows, strict=True)
    try:
        numbers = [*map(float, usd)]
        for column in (begins, ends, upfront):
            numbers += map(float, filter(None, column))
    except ValueError:
        return False
    return (
        math.isfinite(sum(numbers))
        and min(numbers) >= 0
        and STATES.keys() >= set(states)
        and all(keys)
        and all(set(units))
        and all(set(sources))
        and all(set(dates))
    )


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


def _check_tiers(table: _Table) -> None:
    """Tiers of a key follow each other from 0 to infinity, and no key stands twice."""
    rows = table.rows
    keys = list(map(itemgetter(0), rows))
    plain = len(set(keys)) == len(keys) and not any(map(itemgetter(2), rows))
    if plain and not any(map(itemgetter(3), rows)):
        return
    at = 0
    seen: set[str] = set()
    for key, group in groupby(keys):
        count = len(list(group))
        if key in seen:
            raise table.fault(at, f"{key} stands in two places")
        seen.add(key)
        if count > 1 or rows[at][2] or rows[at][3]:
            expected = 0.0
            for index in range(at, at + count):
                begin, end = float(rows[index][2] or 0), float(rows[index][3] or math.inf)
                if begin != expected or end <= begin:
                    raise table.fault(index, f"a tier of {key} begins at {begin:g}")
                expected = end
            if expected != math.inf:
                raise table.fault(at + count - 1, f"the last tier of {key} ends at {expected:g}")
        at += count
