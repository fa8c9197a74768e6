"""`mlflow-cost alternatives`: the cheapest ways to host a scenario that meet its needs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

from mlflow_cost_desktop.analysis.alternatives import (
    MOST,
    Alternatives,
    Search,
    alternatives,
    regions_asked,
    word_of,
)
from mlflow_cost_desktop.analysis.candidates import HOSTED
from mlflow_cost_desktop.analysis.why_not import why_not
from mlflow_cost_desktop.cli.arguments import (
    YES_NO,
    Verbs,
    add_format,
    add_scenario,
    asked_scenario,
    shelf,
)
from mlflow_cost_desktop.cli.typed_prices import NOTHING_DONE, did_you_mean
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.terminal.alternatives import (
    alternatives_csv,
    alternatives_json,
    alternatives_table,
)
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.needs import ALL, THIS
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf

MOST_LISTED = 200

NUMBERS = {
    "vcpu": ("vcpu", "N", "vCPU of each server, at least"),
    "memory": ("memory_gib", "GIB", "memory of each server, at least"),
    "db-vcpu": ("db_vcpu", "N", "vCPU of the database, at least"),
    "db-memory": ("db_memory_gib", "GIB", "memory of the database, at least"),
    "commitment": ("commitment_months", "MONTHS", "the longest commitment that may be bought"),
    "read-back": ("read_back_gb", "GB", "how much of the artifacts is read in a month"),
    "writers": ("writers", "N", "how many write to the metadata store at once"),
    "zones": ("zones", "N", "zones that the database must be in, at least"),
    "artifact-zones": ("artifact_zones", "N", "zones that artifacts must be kept in, at least"),
}
"""By option: the need, what is typed, and what it is."""

CHOICES = {
    "architecture": ("architecture", ("x86_64", "arm64", "any"), "of machines"),
    "burstable": ("burstable", ("yes", "no", "as_now"), "whether machines may be burstable"),
    "estimated": ("estimated", ("yes", "no"), "whether estimated prices count"),
    "archive": ("archive", ("yes", "no"), "whether artifacts may need to be restored"),
}


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("alternatives", help="the cheapest ways to host it that fit")
    add_scenario(command)
    command.add_argument(
        "--part",
        choices=(*HOSTED, "all"),
        default="all",
        help="which parts may be hosted in another way",
    )
    for option, (_, metavar, meaning) in NUMBERS.items():
        command.add_argument(f"--{option}", type=float, metavar=metavar, help=meaning)
    for option, (_, choices, meaning) in CHOICES.items():
        command.add_argument(f"--{option}", choices=choices, help=meaning)
    command.add_argument(
        "--regions", metavar="this|all|LIST", help="where to look: ids, or continents, with commas"
    )
    command.add_argument("--limit", type=int, default=MOST, metavar="N", help="how many are listed")
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_alternatives)


def _alternatives(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    books = shelf().of(scenario.provider_id)
    scenario = _with_needs(scenario, arguments, books)
    if not 1 <= arguments.limit <= MOST_LISTED:
        raise UserError(f"--limit is from 1 to {MOST_LISTED}", NOTHING_DONE)
    parts = HOSTED if arguments.part == "all" else (arguments.part,)
    search = Search(scenario, book, arguments.limit, parts)
    regions = regions_asked(scenario, books.provider, books.regions)
    found = alternatives(
        search, {region: _reader(books, region) for region in regions}, _progress
    )  # fmt: skip
    if arguments.format == "csv":
        return alternatives_csv(found)
    lost = why_not(search)
    if arguments.format == "json":
        return alternatives_json(found, lost)
    return alternatives_table(found, lost)


def _reader(books: Shelf, region_id: str) -> Callable[[], PriceBook]:
    return lambda: books.book(region_id)


def _with_needs(scenario: Scenario, arguments: argparse.Namespace, books: Shelf) -> Scenario:
    typed = vars(arguments)
    for path, value in _typed_needs(typed):
        scenario = replace(scenario, f"needs.{path}", value)
    if arguments.regions is not None:
        words = [word.strip().lower() for word in arguments.regions.split(",") if word.strip()]
        continents = map(word_of, dict.fromkeys(books.provider.continents.values()))
        known = (THIS, ALL, *continents, *books.regions)
        for word in words:
            if word not in known:
                raise UserError(
                    f"There is no region “{word[:40]}”",
                    f"{did_you_mean(word, known)}{NOTHING_DONE}",
                )
        scenario = replace(scenario, "needs.regions", tuple(dict.fromkeys(words)))
    return scenario


def _typed_needs(typed: dict[str, object]) -> Iterator[tuple[str, object]]:
    for option, (path, *_) in (*NUMBERS.items(), *CHOICES.items()):
        value = typed[option.replace("-", "_")]
        if value is not None:
            is_box = path in ("estimated", "archive")
            yield path, YES_NO[str(value)] if is_box else value


def _progress(found: Alternatives) -> None:
    """Shows how far it is, on a terminal only."""
    stream = sys.stderr
    if stream is None or not stream.isatty() or found.regions == 1:
        return
    is_last = found.done == found.regions
    words = "" if is_last else f"Region {found.done} of {found.regions} …"
    stream.write(f"\r\x1b[K{words}")
    stream.flush()
