"""`mlflow-cost tornado`: which inputs matter most."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.analysis.tornado import tornado
from mlflow_cost_desktop.cli.arguments import Verbs, add_format, add_scenario, asked_scenario
from mlflow_cost_desktop.cli.typed_ranges import add_ranges, with_typed_range
from mlflow_cost_desktop.exports.terminal.tornado import tornado_csv, tornado_json, tornado_table


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("tornado", help="which inputs matter most, one at a time")
    add_scenario(command)
    add_ranges(command)
    add_format(command, "table", "json", "csv")
    command.set_defaults(command=_tornado)


def _tornado(arguments: argparse.Namespace) -> str:
    scenario, book = asked_scenario(arguments)
    for one in arguments.ranges:
        scenario = with_typed_range(scenario, one)
    found = tornado(scenario, book)
    if arguments.format == "json":
        return tornado_json(found, scenario, book)
    if arguments.format == "csv":
        return tornado_csv(found, scenario, book)
    return tornado_table(found, scenario, book)
