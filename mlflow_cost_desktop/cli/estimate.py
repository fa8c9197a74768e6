"""`mlflow-cost estimate`: the lines and totals of a scenario."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_format,
    add_scenario,
    asked_scenario,
    shipped_plans,
)
from mlflow_cost_desktop.exports.terminal.estimate import estimate_csv, estimate_json
from mlflow_cost_desktop.exports.terminal.estimate_table import estimate_table
from mlflow_cost_desktop.files.preferences import old_after_days
from mlflow_cost_desktop.paths import settings_dir
from mlflow_cost_desktop.wording.price_age import Reading


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("estimate", help="print what a scenario costs, line by line")
    add_scenario(command)
    add_format(command, "table", "json", "csv")
    command.add_argument("--all", action="store_true", help="lines of $0.00 in the table, too")
    command.add_argument("--cash", action="store_true", help="cash by month in the table, too")
    command.set_defaults(command=_estimate)


def _estimate(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    reading = Reading.now(old_after_days(settings_dir()))
    if arguments.format == "json":
        return estimate_json(scenario, book, shipped_plans(book), reading)
    if arguments.format == "csv":
        return estimate_csv(scenario, book)
    return estimate_table(
        scenario,
        book,
        shipped_plans(book),
        zero_lines=arguments.all,
        cash=arguments.cash,
        reading=reading,
    )
