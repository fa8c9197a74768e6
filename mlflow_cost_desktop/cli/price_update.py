"""`mlflow-cost prices status`, `update`, `revert`: which books apply, today's, and back again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from mlflow_cost_desktop.cli.arguments import add_format, shelf
from mlflow_cost_desktop.cli.pipes import read_piped, tell
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.terminal.price_update import (
    Updated,
    status_json,
    status_table,
    update_json,
    update_table,
)
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.preferences import old_after_days
from mlflow_cost_desktop.files.updating import only_update
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import downloads_dir, settings_dir, state_dir
from mlflow_cost_desktop.prices.editions import Edition
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.proposal import Doubt, Proposal
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.price_update import doubt_in_words, edition_in_words

if TYPE_CHECKING:
    from mlflow_cost_desktop.prices.update import PriceList, Progress

REFRESH_SECONDS = 0.2


def add_verbs(prices: argparse.ArgumentParser) -> None:
    """The words that may follow `prices`."""
    words = prices.add_subparsers(required=False, metavar="WORD")
    status = words.add_parser("status", help="which price books apply, and how old they are")
    status.add_argument("--all", action="store_true", help="regions with bundled prices, too")
    add_format(status, "table", "json")
    status.set_defaults(command=_status)
    update = words.add_parser("update", help="fetch today's prices from the provider's own list")
    _add_regions(update)
    update.add_argument(
        "--from", dest="origin", metavar="FOLDER_OR_URL", default="",
        help="a copy of the list, in the layout of the provider's server",
    )  # fmt: skip
    update.add_argument("--dry-run", action="store_true", help="say what would change, and no more")
    update.add_argument("--yes", action="store_true", help="take over what is asked about, too")
    update.add_argument(
        "--scenario", type=Path, metavar="FILE", help="say what it would cost, too; - is stdin"
    )
    add_format(update, "table", "json")
    update.set_defaults(command=_update)
    revert = words.add_parser("revert", help="go back to the prices before the last update")
    _add_regions(revert)
    revert.set_defaults(command=_revert)


def _add_regions(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--region", action="append", metavar="ID", dest="regions", help="may be repeated"
    )
    command.add_argument("--all", action="store_true", help="every region")


def _status(arguments: argparse.Namespace) -> str:
    books = shelf()
    found = [_applying(books, region_id) for region_id in sorted(books.regions)]
    for region_id in books.fetched_regions:
        _tell_damaged(books, region_id)
    if arguments.format == "json":
        return status_json(found, old_after_days(settings_dir()))
    return status_table(found, is_all=arguments.all)


def _applying(books: Shelf, region_id: str) -> tuple[PriceBook, Edition | None]:
    """The book of a region that applies, and which fetched one it is."""
    book = books.book(region_id)
    fetched = books.editions.of(region_id) if books.editions else []
    return book, next((one for one in fetched if one.id == book.edition), None)


def _tell_damaged(books: Shelf, region_id: str) -> None:
    for edition in books.editions.of(region_id) if books.editions else ():
        try:
            books.fetched_book(region_id, edition)
        except UserError as error:
            tell(str(error))


def _update(arguments: argparse.Namespace) -> str:
    from mlflow_cost_desktop.prices.network import origin_of
    from mlflow_cost_desktop.prices.update import gather

    books = shelf()
    assert books.editions is not None
    scenario = read_piped(arguments.scenario).scenario if arguments.scenario else None
    regions = _regions(arguments, books, books.fetched_regions or [books.provider.first_region])
    price_list = _price_list(books)
    origin = origin_of(arguments.origin, price_list.address, downloads_dir())
    updates: list[Updated] = []
    with only_update(state_dir()), _shown() as show:
        for gathered in gather(price_list, origin, regions, date.today(), show):
            proposal = Proposal(books.book(gathered.region_id), gathered, price_list, _why)
            updates.append(_updated(proposal, books, scenario, arguments))
    if not any(updated.proposal.gathered.read for updated in updates):
        why = next(iter(updates[0].outcome.refused.values()))
        raise UserError(
            f"Nothing of the price list could be used: {why}",
            f"The prices that you have are as they were. It was asked for at {origin.name}.",
        )
    if any(updated.doubts for updated in updates) and not arguments.yes:
        tell("Note: what was asked about stays as before; --yes takes it over, too.")
    if arguments.format == "json":
        return update_json(updates, is_trial=arguments.dry_run)
    return update_table(updates, is_trial=arguments.dry_run)


def _updated(
    proposal: Proposal, books: Shelf, scenario: Scenario | None, arguments: argparse.Namespace
) -> Updated:
    doubts = proposal.doubts
    outcome = proposal.outcome({doubt.id for doubt in doubts} if arguments.yes else ())
    effect: tuple[float, float] | None = None
    if scenario is not None and scenario.region_id == proposal.region_id:
        changed = proposal.changed_book(outcome)
        before, after = (
            float(estimate(scenario, book).effective_cost) for book in (proposal.book, changed)
        )
        effect = before, after
    edition = None
    if not arguments.dry_run and proposal.gathered.read:
        assert books.editions is not None
        edition = proposal.take_over(outcome, books.editions)
    return Updated(proposal, outcome, edition, doubts, effect)


def _revert(arguments: argparse.Namespace) -> str:
    books = shelf()
    assert books.editions is not None
    fetched = books.fetched_regions
    regions = _regions(arguments, books, fetched if len(fetched) == 1 else [])
    if not regions:
        raise UserError(
            "No region is named whose prices go back",
            f"Name it with --region, or take --all. Fetched are: {', '.join(fetched) or 'none'}.",
        )
    lines: list[str] = []
    with only_update(state_dir()):
        for region_id in regions:
            if arguments.all and region_id not in fetched:
                continue
            if books.editions.revert(region_id) is None:
                raise UserError(
                    f"The prices of {region_id} are those that came with the program",
                    "There is nothing to go back to, and nothing was changed.",
                )
            books.forget(region_id)
            _, edition = _applying(books, region_id)
            lines.append(f"{region_id}: {edition_in_words(edition, PLAIN)}")
    return "".join(f"{line}\n" for line in lines) or "No prices were fetched: nothing to do.\n"


def _regions(arguments: argparse.Namespace, books: Shelf, otherwise: list[str]) -> list[str]:
    """The ids that were named. Raises UserError for one that there is not."""
    if arguments.all:
        return sorted(books.regions)
    named = [region_id.strip().lower() for region_id in arguments.regions or otherwise]
    for region_id in named:
        books.book(region_id)  # says which there are
    return list(dict.fromkeys(named))


def _price_list(books: Shelf) -> PriceList:
    make = books.provider.price_list
    if make is None:
        raise UserError(
            f"{books.provider.name} has no price list that the program can read",
            "Nothing was changed.",
        )
    return make()


def _why(doubt: Doubt) -> str:
    return doubt_in_words(doubt)


@contextmanager
def _shown() -> Generator[Callable[[Progress], None], None, None]:
    """Shows how far it is, on a terminal only."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield lambda _: None
        return
    last = 0.0

    def show(progress: Progress) -> None:
        nonlocal last
        now = monotonic()
        if now - last < REFRESH_SECONDS:
            return
        last = now
        percent = f" {100 * progress.done // progress.total} %" if progress.total else ""
        stream.write(f"\r\x1b[K{progress.doing} …{percent}")
        stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()
