"""`mlflow-cost flips`: what would turn the verdict against a managed plan."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.analysis.flips import flips
from mlflow_cost_desktop.analysis.held_against import held_against
from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_format,
    add_scenario,
    asked_scenario,
    shipped_plans,
)
from mlflow_cost_desktop.exports.terminal.flips import flips_csv, flips_json, flips_table
from mlflow_cost_desktop.model.charges.estimate import estimate


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("flips", help="what would turn the verdict against a managed plan")
    add_scenario(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_flips)


def _flips(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    plans = shipped_plans(book)
    held = held_against(scenario, offers(scenario, book, plans, estimate(scenario, book)))
    found = flips(scenario, book, held.plan) if held.plan else None
    if arguments.format == "json":
        return flips_json(found, scenario, book)
    if arguments.format == "csv":
        return flips_csv(found, scenario, book)
    return flips_table(found, held, scenario, book)
