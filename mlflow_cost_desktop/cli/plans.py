"""`mlflow-cost plans`: managed plans beside a scenario."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.analysis.managed_plans import all_plans, offers
from mlflow_cost_desktop.cli.arguments import Verbs, add_format, add_scenario, asked_scenario
from mlflow_cost_desktop.cli.typed_prices import NOTHING_DONE, did_you_mean
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.terminal.plans import plans_csv, plans_json, plans_table
from mlflow_cost_desktop.files.plan_list import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.paths import pricing_dir


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("plans", help="managed plans beside a scenario")
    add_scenario(command)
    command.add_argument("--plan", metavar="ID", default="", help="all that is known of one plan")
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_plans)


def _plans(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    shipped = read_plans(pricing_dir() / "managed")
    found = offers(scenario, book, shipped, estimate(scenario, book))
    if arguments.plan:
        found = tuple(offer for offer in found if offer.plan.id == arguments.plan)
        if not found:
            known = [plan.id for plan in all_plans(scenario, shipped)]
            raise UserError(
                f"There is no plan “{arguments.plan[:80]}”",
                f"{did_you_mean(arguments.plan, known)}mlflow-cost plans {arguments.file.name} "
                f"lists every plan. {NOTHING_DONE}",
            )
    if arguments.format == "json":
        return plans_json(scenario, book, found)
    if arguments.format == "csv":
        return plans_csv(found, scenario.currency)
    return plans_table(scenario, book, found)
