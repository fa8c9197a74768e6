"""`mlflow-cost project`: what a scenario costs over the months."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.analysis.held_against import held_against
from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_format,
    add_scenario,
    asked_scenario,
    shipped_plans,
)
from mlflow_cost_desktop.cli.typed_growth import NONE_FORM, RULE_FORMS, with_typed_growth
from mlflow_cost_desktop.exports.terminal.projection import (
    projection_csv,
    projection_json,
    projection_table,
)
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("project", help="what a scenario costs over the months")
    add_scenario(command)
    command.add_argument(
        "--grow", action="append", default=[], metavar="PATH=RULE", dest="rules",
        # Of a percent sign argparse would make a format.
        help=f"{RULE_FORMS} {NONE_FORM}".replace("%", "%%"),
    )  # fmt: skip
    command.add_argument("--months", type=float, metavar="N", help="the horizon")
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_project)


def _project(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    if arguments.months is not None:
        scenario = replace(scenario, "horizon_months", arguments.months)
    for rule in arguments.rules:
        scenario = with_typed_growth(scenario, rule)
    plans = shipped_plans(book)
    held = held_against(scenario, offers(scenario, book, plans, estimate(scenario, book)))
    found = projection(scenario, book, held.plan, plans)
    if arguments.format == "json":
        return projection_json(found, plans)
    if arguments.format == "csv":
        return projection_csv(found)
    return projection_table(found, plans)
