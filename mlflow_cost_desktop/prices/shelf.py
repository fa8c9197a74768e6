"""The price books at hand, each read when its region is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.book_file import (
    Rule,
    read_instance_types,
    read_prices,
    read_regions,
    read_rules,
    read_sources,
)
from mlflow_cost_desktop.prices.price_book import InstanceType, PriceBook
from mlflow_cost_desktop.prices.provider import Provider
from mlflow_cost_desktop.prices.providers import PROVIDERS


class Shelf:
    """Price books of one provider in one folder.

    Args:
        folder: holds `regions.csv`, `instance_types.csv`, `rules.csv` and a CSV file per region;
            those of other providers stand beside it, each named by its provider's id.
        provider: whose they are; by default the one that the folder is named after.
    """

    def __init__(self, folder: Path, provider: Provider | None = None) -> None:
        self._folder = folder
        self.provider = provider or PROVIDERS[folder.name]
        self._books: dict[str, PriceBook] = {}
        self._others: dict[str, Shelf] = {}

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
            self._others[provider_id] = Shelf(self._folder.parent / provider_id)
        return self._others[provider_id]

    @cached_property
    def regions(self) -> dict[str, str]:
        """Names of the regions by id, in the order of their names."""
        names = read_regions(self._folder / "regions.csv")
        return dict(sorted(names.items(), key=lambda item: item[1]))

    @cached_property
    def instance_types(self) -> dict[str, InstanceType]:
        """Every machine that some region sells."""
        return read_instance_types(self._folder / "instance_types.csv")

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
        if region_id not in self._books:
            self._books[region_id] = self._read(region_id)
        return self._books[region_id]

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
        return PriceBook(
            self.provider,
            region_id,
            self.regions[region_id],
            read_prices(self._folder / f"{region_id}.csv", self._rules),
            self.instance_types,
            self._sources,
        )
