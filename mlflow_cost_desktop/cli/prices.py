"""`mlflow-cost prices`: the prices of a region; `status`, `update` and `revert` of the books."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.cli import price_update
from mlflow_cost_desktop.cli.arguments import Verbs, add_format, shelf
from mlflow_cost_desktop.exports.terminal.prices import (
    matching,
    prices_csv,
    prices_json,
    prices_table,
)
from mlflow_cost_desktop.prices.providers import FIRST


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("prices", help="list the prices of a region, or update them")
    command.add_argument(
        "--provider", metavar="ID", default=FIRST.id, help=f"whose prices; {FIRST.id} by default"
    )
    command.add_argument("--region", metavar="ID", help="by default the provider's first")
    command.add_argument("--match", metavar="TEXT", default="", help="words that the SKU holds")
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_prices)
    price_update.add_verbs(command)


def _prices(arguments: argparse.Namespace) -> str:
    books = shelf().of(arguments.provider.strip().lower())
    region = arguments.region
    book = books.book(books.provider.first_region if region is None else region.strip().lower())
    prices = matching(book, arguments.match)
    if arguments.format == "json":
        return prices_json(book, prices)
    if arguments.format == "csv":
        return prices_csv(book, prices)
    return prices_table(book, prices)
