"""What a price list says, held against the book that is there, and taken over as far as it should.

Nothing is taken over before it was compared; what can't be right is asked about.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.prices import editions
from mlflow_cost_desktop.prices.book_file import COLUMNS, LazyPrices, Rule
from mlflow_cost_desktop.prices.editions import Edition, Editions
from mlflow_cost_desktop.prices.new_price import NewPrice
from mlflow_cost_desktop.prices.price import Price
from mlflow_cost_desktop.prices.price_book import InstanceType, PriceBook

if TYPE_CHECKING:  # or whoever compares prices would load the network
    from mlflow_cost_desktop.prices.update import Gathered, PriceList

LEAST_FOUND = 0.8
"""The share of a service's known prices that its file must hold, or it is asked about."""

MOST_CHANGED = 0.5
"""The share of a service's prices that may have changed, or it is asked about."""

LEAST_COMPARED = 10
"""Prices of a service below which that share says nothing."""

LARGEST_MOVE = 3.0
"""A price that is so many times the old one, or less than that part of it, is asked about."""

SAME = 1e-9
"""Figures are the same within this share of them."""


class Doubt(NamedTuple):
    """Something to be asked about before it is taken over.

    Attributes:
        id: the service, or the key of the price.
        kind: `few` of a service's known prices are in its file; `many` of its prices changed;
            a price is `free` that was none; it `moved` beyond what is likely.
        before, after: of a service, how many prices there were and how many of them are found or
            changed; of a price, the two figures, the first NaN where there was none.
    """

    id: str
    kind: Literal["few", "many", "free", "moved"]
    before: float
    after: float

    @property
    def is_of_service(self) -> bool:
        return self.kind in ("few", "many")


class Move(NamedTuple):
    """A price that changed, and by which share (0.1 is 10 % more)."""

    key: str
    before: float
    after: float

    @property
    def share(self) -> float:
        return self.after / self.before - 1.0 if self.before else float("inf")


@dataclass(frozen=True)
class Outcome:
    """The book that comes of it, and what changes.

    Attributes:
        rows: the lines of its file, without the header, in order.
        moves: prices that changed, the largest moves first.
        new, gone: keys of prices that are new, or that the list no longer has.
        refused: why what stays as it was does so, by service or key.
    """

    rows: tuple[str, ...]
    moves: tuple[Move, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    refused: Mapping[str, str]


@dataclass(frozen=True)
class Proposal:
    """What the list says of a region, held against the book that is there.

    Attributes:
        book: the one that is there.
        words: why something that was asked about is not taken over, of a doubt.
    """

    book: PriceBook
    gathered: Gathered
    price_list: PriceList
    words: Callable[[Doubt], str]

    @property
    def region_id(self) -> str:
        return self.book.region_id

    @cached_property
    def _found(self) -> dict[str, tuple[NewPrice, str]]:
        """The new prices by key, each with its service; of two files the first is taken."""
        found: dict[str, tuple[NewPrice, str]] = {}
        for prices, _ in self.gathered.read:
            for key, price in prices.prices.items():
                found.setdefault(key, (price, prices.service))
        return found

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What is asked about: services first."""
        listed: dict[str, list[str]] = {prices.service: [] for prices, _ in self.gathered.read}
        for key, price in self.book.listed.items():
            service = self.price_list.service_of(key)
            if price.state == "listed" and service in listed:
                listed[service].append(key)
        services = [d for service, keys in listed.items() for d in self._of_service(service, keys)]
        return (*services, *self._of_prices())

    def _of_service(self, service: str, known: list[str]) -> Iterable[Doubt]:
        found = [key for key in known if key in self._found]
        if known and len(found) < LEAST_FOUND * len(known):
            yield Doubt(service, "few", len(known), len(found))
        changed = sum(
            not _is_same(_amounts(self.book.listed[key]), self._found[key][0].amounts)
            for key in found
        )
        if len(found) >= LEAST_COMPARED and changed > MOST_CHANGED * len(found):
            yield Doubt(service, "many", len(found), changed)

    def _of_prices(self) -> Iterable[Doubt]:
        for key, (price, _) in self._found.items():
            old = self.book.listed.get(key)
            before = _amounts(old) if old else ()
            if price.is_free and key not in self.price_list.free:
                if not before or any(before):
                    yield Doubt(key, "free", max(before, default=float("nan")), 0.0)
                continue
            if old is None or old.state != "listed":
                continue
            move = _largest(key, before, price.amounts)
            low, high = sorted((move.before, move.after))
            if high > LARGEST_MOVE * low:
                yield Doubt(key, "moved", move.before, move.after)

    def outcome(self, accepted: Collection[str] = ()) -> Outcome:
        """What comes of it, with some of the doubts taken over (by their ids)."""
        doubts = {doubt.id: doubt for doubt in self.doubts if doubt.id not in accepted}
        refused = dict(self.gathered.refused)
        refused |= {id: self.words(doubt) for id, doubt in doubts.items() if doubt.is_of_service}
        for prices, _ in self.gathered.read:
            if prices.service not in refused:
                refused |= prices.refused
        taken: dict[str, NewPrice] = {}
        for key, (price, service) in self._found.items():
            if service in refused:
                continue
            if key in doubts:
                refused[key] = self.words(doubts[key])
            else:
                taken[key] = price
        rows = {key: self._row(price) for key, price in taken.items()}
        gone: list[str] = []
        for key in self.book.listed:
            if key in rows:
                continue
            service = self.price_list.service_of(key)
            if service and service not in refused and key not in refused:
                if self.price_list.is_of_a_type(key):
                    gone.append(key)
                    continue
                refused[key] = "not in the list under the name that the program knows"
            rows[key] = self._old_row(key)
        moves = [
            _largest(key, _amounts(old), price.amounts)
            for key, price in taken.items()
            if (old := self.book.listed.get(key)) and not _is_same(_amounts(old), price.amounts)
        ]
        moves.sort(key=lambda move: -abs(move.share))
        return Outcome(
            tuple(line for key in sorted(rows) for line in rows[key]),
            tuple(moves),
            tuple(sorted(key for key in taken if key not in self.book.listed)),
            tuple(sorted(gone)),
            refused,
        )

    def changed_book(self, outcome: Outcome) -> PriceBook:
        """The book as it would be."""
        return PriceBook(
            self.book.provider,
            self.region_id,
            self.book.region_name,
            LazyPrices(list(outcome.rows), self._rules),
            self._machines,
            self._sources,
        )

    def take_over(self, outcome: Outcome, into: Editions) -> Edition:
        """Keep the book, as the newest of its region.

        Raises:
            UserError: if it can't be written; the old one still applies.
        """
        prices = "".join(f"{line}\n" for line in (",".join(COLUMNS), *outcome.rows)).encode()
        digest = hashlib.sha256(prices).hexdigest()
        rules = [[rule, stated.text, "", stated.source] for rule, stated in self._rules.items()]
        labels = {name for line in outcome.rows for name in _sources_of(line)}
        sources = [
            [name, "A", where, self.gathered.as_of]
            for name, where in sorted(self._sources.items())
            if name in labels
        ]
        machines = [
            [m.name, f"{m.vcpu:g}", f"{m.memory_gib:g}", m.architecture]
            for _, m in sorted(self._machines.items())
        ]
        files = {
            editions.PRICES: prices,
            editions.RULES: _table(("rule", "text", "error", "source"), rules),
            editions.SOURCES: _table(("source", "reliability", "where", "date"), sources),
            editions.MACHINES: _table(
                ("instance_type", "vcpu", "memory_gib", "architecture"), machines
            ),
            editions.NOTE: json.dumps(self._note(outcome, digest), indent=2).encode() + b"\n",
        }
        return into.add(self.region_id, files, digest)

    def _note(self, outcome: Outcome, digest: str) -> dict[str, Any]:
        return {
            "program_version": __version__,
            "provider_id": self.book.provider.id,
            "region_id": self.region_id,
            "as_of": self.gathered.as_of,
            "sha256": digest,
            "new": len(outcome.new),
            "changed": len(outcome.moves),
            "gone": len(outcome.gone),
            "refused": [{"key": key, "why": why} for key, why in outcome.refused.items()],
            "files": [source._asdict() for _, source in self.gathered.read],
        }

    def _row(self, price: NewPrice) -> list[str]:
        source = f"{self.price_list.name} {self._found[price.key][1]}"
        upfront = "" if price.upfront is None else _plain(price.upfront)
        ends = f"{upfront},listed,{price.rule},{source},{self.gathered.as_of}"
        return [
            f"{price.key},{price.unit},{_plain(low) if low else ''},"
            f"{'' if high is None else _plain(high)},{_plain(usd)},{ends}"
            for low, high, usd in price.tiers
        ]

    def _old_row(self, key: str) -> list[str]:
        assert isinstance(self.book.listed, LazyPrices)
        return self.book.listed.lines_of(key)

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        listed = self.book.listed
        old: Mapping[str, Rule] = listed.rules if isinstance(listed, LazyPrices) else {}
        new = {
            rule: text for prices, _ in self.gathered.read for rule, text in prices.rules.items()
        }
        return {**old, **new}

    @cached_property
    def _machines(self) -> dict[str, InstanceType]:
        new = {name: m for prices, _ in self.gathered.read for name, m in prices.machines.items()}
        return {**self.book.instance_types, **new}

    @cached_property
    def _sources(self) -> dict[str, str]:
        new = {
            f"{self.price_list.name} {source.service}": f"{source.url}, version {source.version}"
            for _, source in self.gathered.read
        }
        return {**self.book.sources, **new}


def _amounts(price: Price) -> tuple[float, ...]:
    upfront = () if price.upfront_usd is None else (float(price.upfront_usd),)
    return (*(float(tier.usd) for tier in price.tiers), *upfront)


def _is_same(before: tuple[float, ...], after: tuple[float, ...]) -> bool:
    return len(before) == len(after) and all(
        abs(old - new) <= SAME * max(old, new) for old, new in zip(before, after, strict=True)
    )


def _largest(key: str, before: tuple[float, ...], after: tuple[float, ...]) -> Move:
    """The figure of a price that moved most; the first of each where tiers came or went."""
    if len(before) != len(after):
        return Move(key, before[0], after[0])
    pairs = [Move(key, old, new) for old, new in zip(before, after, strict=True) if old or new]
    return max(pairs, key=lambda move: abs(move.share), default=Move(key, 0.0, 0.0))


def _sources_of(line: str) -> list[str]:
    return line.rsplit(",", 2)[1].split(" and ")


def _plain(value: Decimal) -> str:
    """The shortest exact decimal, without an exponent."""
    return format(value.normalize(), "f")


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    return text.getvalue().encode()
