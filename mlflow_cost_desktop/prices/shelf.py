"""The price books at hand, fetched or bundled, each read when its region is first asked for."""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property
from pathlib import Path
from threading import RLock

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices import editions
from mlflow_cost_desktop.prices.book_file import (
    LazyPrices,
    Rule,
    read_instance_types,
    read_prices,
    read_regions,
    read_rules,
    read_sources,
)
from mlflow_cost_desktop.prices.editions import Edition, Editions
from mlflow_cost_desktop.prices.price_book import InstanceType, PriceBook
from mlflow_cost_desktop.prices.provider import Provider
from mlflow_cost_desktop.prices.providers import PROVIDERS


class Shelf:
    """Price books of one provider in one folder.

    Args:
        folder: holds `regions.csv`, `instance_types.csv`, `rules.csv` and a CSV file per region;
            those of other providers stand beside it, each named by its provider's id.
        provider: whose they are; by default the one that the folder is named after.
        fetched: the folder of the books that the user has fetched, with one for each provider;
            without it, the bundled ones are all there are.
    """

    def __init__(
        self, folder: Path, provider: Provider | None = None, fetched: Path | None = None
    ) -> None:
        self._folder = folder
        self._fetched = fetched
        self.provider = provider or PROVIDERS[folder.name]
        self.editions = Editions(fetched / self.provider.id) if fetched else None
        self._books: dict[str, PriceBook] = {}
        self._others: dict[str, Shelf] = {}
        # Background work asks for books, too; of one region there is one book at a time.
        self._reading = RLock()

    def of(self, provider_id: str) -> Shelf:
        """The shelf of a provider: this one, or that which stands beside it.

        Raises:
            UserError: if there are no books of that provider.
        """
        if provider_id == self.provider.id:
            return self
        # Only ids of the list become folder names, as with regions.
        if provider_id not in PROVIDERS:
            known = ", ".join(dict.fromkeys((self.provider.id, *PROVIDERS)))
            raise UserError(
                f"There are no prices of the provider {provider_id[:40]!r}.",
                f"Nothing was changed; the program knows {known}.",
            )
        if provider_id not in self._others:
            folder = self._folder.parent / provider_id
            self._others[provider_id] = Shelf(folder, fetched=self._fetched)
        return self._others[provider_id]

    @cached_property
    def regions(self) -> dict[str, str]:
        """Names of the regions by id, in the order of their names."""
        names = read_regions(self._folder / "regions.csv")
        return dict(sorted(names.items(), key=lambda item: item[1]))

    @cached_property
    def _instance_types(self) -> dict[str, InstanceType]:
        return read_instance_types(self._folder / "instance_types.csv")

    @property
    def instance_types(self) -> dict[str, InstanceType]:
        """Every machine that some region sells."""
        found = dict(self._instance_types)
        for region_id in self.fetched_regions:
            found |= self.book(region_id).instance_types
        return found

    @property
    def fetched_regions(self) -> list[str]:
        """The ids of the regions whose prices the user has fetched."""
        found = self.editions.regions() if self.editions else []
        return [region_id for region_id in found if region_id in self.regions]

    @cached_property
    def _sources(self) -> dict[str, str]:
        return read_sources(self._folder / "sources.csv")

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return read_rules(self._folder / "rules.csv")

    def book(self, region_id: str) -> PriceBook:
        """The price book of a region.

        Raises:
            UserError: if no book covers the region, or its file is damaged.
        """
        with self._reading:
            if region_id not in self._books:
                self._books[region_id] = self._read(region_id)
            return self._books[region_id]

    def forget(self, region_id: str) -> None:
        """Let a region's book be read anew: another edition of it is there, or none any more."""
        self._books.pop(region_id, None)

    def _read(self, region_id: str) -> PriceBook:
        # Only ids of the list become file names: a scenario's region is a stranger's text.
        if region_id not in self.regions:
            from difflib import get_close_matches

            close = get_close_matches(region_id, self.regions, n=3, cutoff=0.5)
            hint = f"Did you mean {' or '.join(close)}? " if close else ""
            raise UserError(
                f"There is no price book for the region {region_id[:40]!r}.",
                f"{hint}Nothing was changed; choose one of the {len(self.regions)} known regions.",
            )
        for edition in self.editions.of(region_id) if self.editions else ():
            with suppress(UserError):  # a damaged one says so in `fetched_book`, for who asks
                return self.fetched_book(region_id, edition)
        return self._bundled(region_id)

    def _bundled(self, region_id: str) -> PriceBook:
        return PriceBook(
            self.provider,
            region_id,
            self.regions[region_id],
            read_prices(self._folder / f"{region_id}.csv", self._rules),
            self._instance_types,
            self._sources,
            edition=editions.BUNDLED,
        )

    def _with_new_keys(self, region_id: str, fetched: LazyPrices) -> LazyPrices:
        """A book of another version of the program, with the prices that it did not know yet.

        Only machines go from the list; what else lacks came with the program since.
        """
        bundled = read_prices(self._folder / f"{region_id}.csv", self._rules)
        lacking = [
            key
            for key in bundled
            if key not in fetched and not key.startswith(self.provider.sold_by_type or ("/",))
        ]
        return fetched.joined(line for key in lacking for line in bundled.lines_of(key))

    def fetched_book(self, region_id: str, edition: Edition) -> PriceBook:
        """The book of an edition.

        Raises:
            UserError: if a file of it is damaged.
        """
        folder = edition.folder
        try:
            rules = {**self._rules, **read_rules(folder / editions.RULES)}
            machines = read_instance_types(folder / editions.MACHINES)
            sources = read_sources(folder / editions.SOURCES)
            prices = read_prices(folder / editions.PRICES, rules)
            if edition.note.get("program_version") != __version__:
                prices = self._with_new_keys(region_id, prices)
        except UserError as error:
            raise UserError(
                f"The fetched prices of {region_id} are damaged: {error.title}",
                f"Those before them apply. mlflow-cost prices revert --region {region_id} takes "
                "the damaged ones away.",
            ) from error
        return PriceBook(
            self.provider,
            region_id,
            self.regions[region_id],
            prices,
            machines,
            {**self._sources, **sources},
            edition=edition.id,
        )
