"""`mlflow-cost uncertainty`: how sure a scenario's cost is."""

from __future__ import annotations

import argparse
from pathlib import Path

from mlflow_cost_desktop.analysis.held_against import held_against
from mlflow_cost_desktop.analysis.managed_plans import offers
from mlflow_cost_desktop.analysis.uncertainty import MANY, MOST, uncertainty
from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_format,
    add_scenario,
    asked_scenario,
    shipped_plans,
)
from mlflow_cost_desktop.cli.pipes import goes_to_stdout, put_file
from mlflow_cost_desktop.cli.typed_prices import NOTHING_DONE
from mlflow_cost_desktop.cli.typed_ranges import add_ranges, with_typed_range
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.draws import draws_csv
from mlflow_cost_desktop.exports.terminal.uncertainty import (
    uncertainty_csv,
    uncertainty_json,
    uncertainty_table,
)
from mlflow_cost_desktop.files.scenario_file import SUFFIX
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("uncertainty", help="how sure a scenario's cost is")
    add_scenario(command)
    add_ranges(command)
    command.add_argument(
        "--draws", type=int, default=MANY, metavar="N", help=f"cases, {MANY:,} by default"
    )
    command.add_argument(
        "--seed",
        type=int,
        metavar="S",
        help="the seed of the draws: the same number, the same draws",
    )
    command.add_argument(
        "--budget", type=float, metavar="USD", help="how likely is it that a month costs no more"
    )
    command.add_argument(
        "--draws-csv", type=Path, metavar="OUT", help="write every case into a file as CSV"
    )
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_uncertainty)


def _uncertainty(arguments: argparse.Namespace) -> str:
    if not 1 <= arguments.draws <= MOST:
        raise UserError(f"--draws is from 1 to {MOST:,}", NOTHING_DONE)
    output: Path | None = arguments.draws_csv
    if output and (output.suffix == SUFFIX or goes_to_stdout(output)):
        raise UserError("--draws-csv needs a file of its own", NOTHING_DONE)
    scenario, book = asked_scenario(arguments)
    for typed, path in ((arguments.seed, "seed"), (arguments.budget, "budget_usd")):
        if typed is not None:
            scenario = replace(scenario, path, typed)
    for one in arguments.ranges:
        scenario = with_typed_range(scenario, one)
    plans = shipped_plans(book)
    held = held_against(scenario, offers(scenario, book, plans, estimate(scenario, book)))
    found = uncertainty(scenario, book, held.plan, arguments.draws)
    if output:
        put_file(output, draws_csv(found).encode())
    if arguments.format == "json":
        return uncertainty_json(found, plans)
    if arguments.format == "csv":
        return uncertainty_csv(found)
    return uncertainty_table(found, plans)
