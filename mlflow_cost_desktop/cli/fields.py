"""`mlflow-cost fields`: every input that --set can change."""

from __future__ import annotations

import argparse

from mlflow_cost_desktop.cli.arguments import Verbs, add_format
from mlflow_cost_desktop.exports.terminal.fields import fields_json, fields_table


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("fields", help="list every field that --set can change")
    add_format(command, "table", "json")
    command.set_defaults(command=_fields)


def _fields(arguments: argparse.Namespace) -> str:
    return fields_json() if arguments.format == "json" else fields_table()
