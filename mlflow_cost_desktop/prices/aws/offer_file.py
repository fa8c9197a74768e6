"""One file of AWS's price list, read line by line: the prices that the program knows, and why not.

An offer file is CSV: five lines that say what it is, a header, and a line for each price and tier.
One of EC2 has 300 MB, of which a hundredth is of use: a line is looked at as text first, and taken
apart only where it may hold something.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TextIO

from mlflow_cost_desktop.prices.aws.names import unit_factor
from mlflow_cost_desktop.prices.aws.places import PLACES, Place, Placed, Row
from mlflow_cost_desktop.prices.new_price import NewPrice, RefusedFileError, ServicePrices
from mlflow_cost_desktop.prices.price_book import InstanceType

METADATA = ("FormatVersion", "Disclaimer", "Publication Date", "Version", "OfferCode")
LONGEST_LINE = 1 << 20
"""Characters of a line; a file that holds no line ends is none of these."""

BLOCK = 1 << 20
"""Characters that are read at once."""

FINEST = Decimal("1e-12")


class Head(NamedTuple):
    """What a file says of itself, and its columns by their plain names."""

    published: str
    version: str
    offer: str
    columns: dict[str, int]


def read_offer(
    path: Path, offer: str, region_id: str, tell: Callable[[int], None]
) -> ServicePrices:
    """The prices of a region's file.

    Args:
        offer: the code that the file must have.
        tell: is told how much more was read, now and then; what it raises ends the reading.

    Raises:
        RefusedFileError: if the file is not what it should be; nothing of it is used.
    """
    place = PLACES[offer]
    try:
        with path.open(encoding="utf-8", newline="\n") as file:  # only these end a line
            head = _head(file, offer)
            reading = _Reading(place, region_id, head, offer)
            reading.take(_wanted(file, place.may_matter, len(head.columns), tell))
    except UnicodeDecodeError as error:
        raise RefusedFileError(f"The price file of {offer} is not text") from error
    except csv.Error as error:
        raise RefusedFileError(f"The price file of {offer} has a damaged line ({error})") from error
    prices, refused = reading.finished()
    if not prices:
        raise RefusedFileError(
            f"The price file of {offer} holds no price that the program knows by name"
        )
    return ServicePrices(
        offer, prices, reading.machines, refused, head.published, head.version, place.rules
    )


def plain(name: str) -> str:
    """A column's name in small letters only: `Pre Installed S/W` is `preinstalledsw`."""
    return "".join(filter(str.isalnum, name)).lower()


def _head(file: TextIO, offer: str) -> Head:
    lines = [file.readline(LONGEST_LINE) for _ in range(len(METADATA) + 1)]
    start = lines[0].lstrip("\ufeff \t\r\n")
    if not "".join(lines).strip():
        raise RefusedFileError(f"The price file of {offer} is empty")
    if start.startswith("<"):
        raise RefusedFileError(
            f"What came in place of the price file of {offer} is a web page: a proxy, or a page "
            "to log in, may have answered"
        )
    rows = list(csv.reader(lines, strict=True))
    found = {row[0].lstrip("\ufeff"): row[1] for row in rows[: len(METADATA)] if len(row) == 2}
    if not {"Publication Date", "Version", "OfferCode"} <= found.keys() or len(rows) <= len(found):
        raise RefusedFileError(
            f"The price file of {offer} lacks the lines that say what it is (publication date, "
            "version, offer code)"
        )
    code = found["OfferCode"]
    if code != PLACES[offer].code:
        raise RefusedFileError(f"The price file of {offer} is one of {code[:60]}")
    header = rows[len(METADATA)]
    columns = {plain(name): at for at, name in enumerate(header)}
    called = PLACES[offer].called
    wanted = [called.get(name, name) for name in PLACES[offer].columns]
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise RefusedFileError(
            f"The price file of {offer} lacks the columns {', '.join(missing[:6])}"
        )
    if len(columns) != len(header):
        raise RefusedFileError(f"The price file of {offer} names a column twice")
    return Head(found["Publication Date"][:10], found["Version"][:40], code, columns)


def _wanted(
    file: TextIO, may_matter: Callable[[str], bool], width: int, tell: Callable[[int], None]
) -> Iterator[str]:
    """The lines that may hold something; each line, of use or not, must be whole."""
    commas = width - 1
    number = len(METADATA) + 2
    rest = ""
    while text := file.read(BLOCK):
        lines = (rest + text).split("\n")
        rest = lines.pop()
        if len(rest) > LONGEST_LINE:
            raise RefusedFileError(f"The price file has no end of line {number + len(lines):,}")
        for at, line in enumerate(lines):
            if line.count(",") < commas:
                if line.strip():
                    raise RefusedFileError(f"The price file is cut off in line {number + at:,}")
            elif may_matter(line):
                yield line
        number += len(lines)
        tell(len(text))
    if rest:
        raise RefusedFileError(f"The price file is cut off in line {number:,}")


@dataclass(slots=True)
class _Found:
    """What a file says of one key."""

    unit: str
    tiers: dict[tuple[Decimal, Decimal | None], Decimal] = field(
        default_factory=dict[tuple[Decimal, "Decimal | None"], Decimal]
    )
    upfront: Decimal | None = None
    rule: str = ""
    why: str = ""
    """Why it can't be used."""

    def put(self, bounds: tuple[Decimal, Decimal | None], usd: Decimal) -> None:
        if self.tiers.setdefault(bounds, usd) != usd:
            self.why = "the file names two prices for it"


class _Reading:
    """What is gathered from the lines of a file."""

    def __init__(self, place: Place, region_id: str, head: Head, offer: str) -> None:
        self._place = place
        self._region_id = region_id
        self._offer = offer
        self._width = len(head.columns)
        # A column that the file has not is an empty one behind all others.
        called = place.called
        self._cells = itemgetter(
            *(head.columns.get(called.get(name, name), self._width) for name in Row._fields)
        )
        self._found: dict[str, _Found] = {}
        self.machines: dict[str, InstanceType] = {}

    def take(self, lines: Iterator[str]) -> None:
        """Go through the lines. Raises RefusedFileError, csv.Error."""
        placed_by, wanted, width = self._place.placed_by, self._cells, self._width
        for cells in csv.reader(lines, strict=True):
            if len(cells) != width:
                raise RefusedFileError(
                    f"The price file of {self._offer} has a line of {len(cells)} fields instead "
                    f"of {width}"
                )
            cells.append("")
            row = Row(*wanted(cells))
            placed = placed_by(row, self._region_id)
            if placed is not None:
                self._add(row, placed)

    def _add(self, row: Row, placed: Placed) -> None:
        if row.currency != "USD":
            raise RefusedFileError(
                f"The price file of {self._offer} is in {row.currency[:12] or 'no currency'}; the "
                "program reads USD"
            )
        found = self._found.get(placed.key)
        if found is None:
            found = self._found[placed.key] = _Found(placed.unit, rule=placed.rule)
            if placed.machine is not None:
                self.machines[placed.machine.name] = placed.machine
        usd = _number(row.priceperunit)
        if usd is None:
            found.why = f"its price is “{row.priceperunit[:40]}”"
        elif placed.is_upfront:
            if found.upfront not in (None, usd):
                found.why = "the file names two upfront payments for it"
            found.upfront = usd
        else:
            self._add_tier(row, placed, found, usd)

    def _add_tier(self, row: Row, placed: Placed, found: _Found, usd: Decimal) -> None:
        factor = unit_factor(row.unit, placed.unit)
        if factor is None:
            found.why = f"it is sold by “{row.unit[:40]}”, not by {placed.unit}"
            return
        if placed.tier is not None:
            bounds = placed.tier
        else:
            low, high = _number(row.startingrange or "0"), _end(row.endingrange)
            if low is None or high is None:
                found.why = "its tiers have no bounds"
                return
            bounds = (low / factor, None if high.is_infinite() else high / factor)
        if placed.share is not None:
            # What a plan's hour costs, of which a part is paid at once.
            hours = 8760 * placed.years
            found.upfront = (usd * placed.share * hours).quantize(Decimal("0.01")) or None
            usd *= 1 - placed.share
        found.put(bounds, (usd * factor).quantize(FINEST).normalize())

    def finished(self) -> tuple[dict[str, NewPrice], dict[str, str]]:
        """The prices that are whole, and why others are not, by key."""
        prices: dict[str, NewPrice] = {}
        refused: dict[str, str] = {}
        for key, found in self._found.items():
            tiers = sorted(found.tiers.items(), key=lambda tier: tier[0][0])
            why = found.why or _gap([bounds for bounds, _ in tiers])
            if not why and found.upfront is None and key.endswith("/partial_upfront"):
                why = "its upfront payment is missing"
            if why:
                refused[key] = why
                continue
            schedule = tuple((low, high, usd) for (low, high), usd in tiers)
            prices[key] = NewPrice(key, found.unit, schedule, found.upfront or None, found.rule)
        return prices, refused


def _gap(bounds: Sequence[tuple[Decimal, Decimal | None]]) -> str:
    """What is wrong with tiers in order; empty where they reach from 0 without end."""
    if not bounds:
        return "its price is missing"
    ends: list[Decimal | None] = [Decimal(0), *(high for _, high in bounds)]
    starts: list[Decimal | None] = [*(low for low, _ in bounds), None]
    return "" if ends == starts else "its tiers leave a gap"


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and value >= 0 else None


def _end(text: str) -> Decimal | None:
    return Decimal("Infinity") if text in ("", "Inf") else _number(text)
