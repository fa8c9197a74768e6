"""`mlflow-cost compare`: scenarios side by side, and one scenario in other regions."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from mlflow_cost_desktop.analysis.comparison import (
    MOST_COLUMNS,
    Column,
    Comparison,
    column,
    told_apart,
)
from mlflow_cost_desktop.analysis.managed_plans import all_plans
from mlflow_cost_desktop.analysis.regions import regions
from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_format,
    add_scenario,
    asked_scenario,
    check_plan,
    shelf,
    shipped_plans,
)
from mlflow_cost_desktop.cli.pipes import read_piped
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.terminal.comparison import (
    comparison_csv,
    comparison_json,
    comparison_table,
    regions_csv,
    regions_json,
    regions_table,
)
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.prices.shelf import Shelf

ALL = "all"
NOTHING_DONE = "Nothing was compared."


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments; what changes a scenario changes the first one."""
    command = verbs.add_parser("compare", help="scenarios side by side, or one in other regions")
    add_scenario(command)
    command.add_argument(
        "others", type=Path, nargs="*", metavar="FILE", help="scenarios to compare with the first"
    )
    command.add_argument(
        "--regions", metavar="LIST", default="",
        help="the first scenario at other regions, by their ids with commas between; all, alone: "
        "a table of every region",
    )  # fmt: skip
    command.add_argument(
        "--plans", metavar="LIST", default="",
        help="the first scenario with managed plans, by their ids with commas between",
    )  # fmt: skip
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_compare)


def _compare(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    first = column(scenario.name, scenario, book)
    books = shelf()
    wanted = _listed(arguments.regions)
    if wanted == [ALL]:
        if arguments.others or arguments.plans:
            raise UserError(
                "--regions all takes one scenario, and neither other files nor plans", NOTHING_DONE
            )
        found = regions(scenario, first.estimate, books.of(scenario.provider_id))
        write = {"json": regions_json, "csv": regions_csv}.get(arguments.format, regions_table)
        return write(first, found)
    made = [
        first,
        *columns_of(arguments.others, books),
        *_regions(first, wanted, books),
        *_plans(first, _listed(arguments.plans)),
    ]
    if len(made) == 1:
        raise UserError(
            "There is nothing to compare the scenario with",
            "Name another file, or --regions or --plans.",
        )
    _check_count(len(made))
    comparison = Comparison(_told_apart(made))
    write_columns = {"json": comparison_json, "csv": comparison_csv}
    return write_columns.get(arguments.format, comparison_table)(comparison)


def _listed(text: str) -> list[str]:
    return [one.strip().lower() for one in text.split(",") if one.strip()]


def add_compare(command: argparse.ArgumentParser, what: str) -> None:
    """Which other scenarios a document holds beside its own."""
    command.add_argument(
        "--compare", type=Path, action="append", default=[], metavar="FILE",
        help=f"{what}; as often as it is given",
    )  # fmt: skip


def compared_with(paths: Sequence[Path]) -> tuple[Column, ...]:
    """Scenarios from files that stand beside another one.

    Raises:
        UserError: if these are too many, or one can't be read.
    """
    _check_count(1 + len(paths))
    return tuple(columns_of(paths, shelf()))


def _check_count(count: int) -> None:
    if count > MOST_COLUMNS:
        raise UserError(
            f"{count} scenarios are too many: up to {MOST_COLUMNS} stand side by side",
            f"{NOTHING_DONE} mlflow-cost compare FILE --regions all lists every region.",
        )


def columns_of(paths: Iterable[Path], books: Shelf) -> Iterator[Column]:
    """Scenarios from files, each at the prices of its own region.

    Raises:
        UserError: if one can't be read, or has no prices.
    """
    for path in paths:
        scenario = read_piped(path).scenario
        book = books.of(scenario.provider_id).book(scenario.region_id)
        yield column(scenario.name, scenario, book)


def _regions(first: Column, region_ids: list[str], books: Shelf) -> Iterator[Column]:
    for region_id in region_ids:
        book = books.of(first.scenario.provider_id).book(region_id)
        yield column(book.region_name, replace(first.scenario, "region_id", region_id), book)


def _plans(first: Column, plan_ids: list[str]) -> Iterator[Column]:
    shipped = shipped_plans(first.price_book)
    for plan_id in plan_ids:
        check_plan(first.scenario, plan_id)
        plan = _plan(first, plan_id, shipped)
        yield column(plan.name, first.scenario, first.price_book, plan, shipped, first.estimate)


def _plan(first: Column, plan_id: str, shipped: tuple[ManagedPlan, ...]) -> ManagedPlan:
    plan = next(plan for plan in all_plans(first.scenario, shipped) if plan.id == plan_id)
    if not plan.has_figure:
        raise UserError(
            f"Nobody knows what the plan “{plan.name}” costs",
            f"{NOTHING_DONE} mlflow-cost plans says why.",
        )
    return plan


def _told_apart(made: list[Column]) -> tuple[Column, ...]:
    """The columns, none under the name of another."""
    names = told_apart([one.name for one in made])
    return tuple(one.named(name) for one, name in zip(made, names, strict=True))
