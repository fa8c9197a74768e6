"""Today's prices, fetched from a provider's own list and read: nothing of it happens by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from mlflow_cost_desktop.prices.network import CutOffError
from mlflow_cost_desktop.prices.new_price import RefusedFileError, ServicePrices
from mlflow_cost_desktop.prices.origin import Fetched, Origin


class Offered(NamedTuple):
    """A file of the list: whose, where, and (about) how many bytes."""

    service: str
    path: str
    size: int


class Listing(NamedTuple):
    """The files of some regions, the day that the list's index is of, and what lacks and why."""

    published: str
    files: Mapping[str, Sequence[Offered]]
    refused: Mapping[str, Mapping[str, str]]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for files in self.files.values() for file in files)


class PriceList(Protocol):
    """A provider's own price list; see `prices/aws/price_list.py`."""

    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def services(self) -> Sequence[str]: ...
    @property
    def free(self) -> Collection[str]: ...
    @property
    def not_read(self) -> Sequence[str]: ...
    def rough_size(self) -> int: ...
    def service_of(self, key: str) -> str: ...
    def is_of_a_type(self, key: str) -> bool: ...
    def listing(
        self, origin: Origin, region_ids: list[str], tell: Callable[[str], None]
    ) -> Listing: ...
    def read(
        self, service: str, path: Path, region_id: str, tell: Callable[[int], None]
    ) -> ServicePrices: ...


class Progress(NamedTuple):
    """What is being done, and how much of the whole is, in bytes that came and were read."""

    doing: str
    done: int
    total: int


class Source(NamedTuple):
    """A file that prices of a book are from."""

    service: str
    url: str
    version: str
    published: str
    sha256: str
    size: int


class Gathered(NamedTuple):
    """What the list says of a region.

    Attributes:
        read: what the files hold, and where each was.
        refused: why a service's file can't be used.
        as_of: the day (ISO) on which the list said so.
    """

    region_id: str
    read: Sequence[tuple[ServicePrices, Source]]
    refused: Mapping[str, str]
    as_of: str


def gather(
    price_list: PriceList,
    origin: Origin,
    region_ids: Sequence[str],
    today: date,
    tell: Callable[[Progress], None],
) -> list[Gathered]:
    """Fetch and read what the list says of some regions.

    Args:
        tell: is told how it goes; what it raises ends the work, and what has arrived is kept.

    Raises:
        UserError: if the list can't be reached; nothing is changed.
    """
    done = 0
    total = 0

    def moved(doing: str) -> Callable[[int], None]:
        def tell_more(more: int) -> None:
            nonlocal done
            done += more
            tell(Progress(doing, done, max(total, done)))

        return tell_more

    listing = price_list.listing(
        origin, list(region_ids), lambda service: tell(Progress(f"Asking for {service}", 0, 0))
    )
    total = 2 * listing.size  # each byte comes, and is read
    planned = 0
    found: list[Gathered] = []
    for region_id in region_ids:
        read: list[tuple[ServicePrices, Source]] = []
        refused = dict(listing.refused[region_id])
        for offered in listing.files[region_id]:
            name = f"{offered.service} of {region_id}"
            planned += 2 * offered.size
            try:
                file = origin.fetch(offered.path, moved(f"Fetching {name}"))
                prices = _read(
                    price_list, origin, file, offered, region_id, moved(f"Reading {name}")
                )
            except (RefusedFileError, CutOffError) as error:
                refused[offered.service] = error.title
                continue
            read.append((prices, _source(prices, file)))
            moved(f"Reading {name}")(planned - done)
        found.append(
            Gathered(region_id, read, refused, _as_of(read, listing.published, origin, today))
        )
    return found


def _read(
    price_list: PriceList,
    origin: Origin,
    file: Fetched,
    offered: Offered,
    region_id: str,
    tell: Callable[[int], None],
) -> ServicePrices:
    """What a file holds; it goes when it was read, or is of no use."""
    try:
        prices = price_list.read(offered.service, file.path, region_id, tell)
    except RefusedFileError:
        origin.let_go(file)
        raise
    origin.let_go(file)
    return prices


def _source(prices: ServicePrices, file: Fetched) -> Source:
    return Source(
        prices.service, file.url, prices.version, prices.published, file.sha256, file.size
    )


def _as_of(
    read: Iterable[tuple[ServicePrices, Source]], published: str, origin: Origin, today: date
) -> str:
    """The day on which these are the list's prices.

    The provider's own server says what holds today, however long ago a file was made; a copy is
    as old as its index, and no file in it is newer than that.
    """
    if origin.is_live:
        return today.isoformat()
    days = [_day(day) for day in (published, *(prices.published for prices, _ in read))]
    return min(max(filter(None, days), default=today.isoformat()), today.isoformat())


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
