"""`mlflow-cost plans`: managed plans beside a scenario."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.analysis.held_against import held_against
from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_format,
    add_scenario,
    asked_scenario,
    check_plan,
    shipped_plans,
)
from mlflow_cost_desktop.exports.terminal.plans import plans_csv, plans_json, plans_table
from mlflow_cost_desktop.model.charges.estimate import estimate


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("plans", help="managed plans beside a scenario")
    add_scenario(command)
    command.add_argument("--plan", metavar="ID", default="", help="all that is known of one plan")
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_plans)


def _plans(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    found = offers(scenario, book, shipped_plans(book), estimate(scenario, book))
    held = held_against(scenario, found)
    if arguments.plan:
        check_plan(scenario, arguments.plan)
        found = tuple(offer for offer in found if offer.plan.id == arguments.plan)
    if arguments.format == "json":
        return plans_json(scenario, book, found, held)
    if arguments.format == "csv":
        return plans_csv(scenario, book, found, held)
    return plans_table(scenario, book, found, held)
