"""`mlflow-cost export`: a scenario as Markdown."""

from __future__ import annotations

import argparse
from pathlib import Path

from mlflow_cost_desktop.cli.arguments import Verbs, add_scenario, asked_scenario, shipped_plans
from mlflow_cost_desktop.cli.output import add_output, check_output, now, put_output
from mlflow_cost_desktop.exports.markdown import markdown
from mlflow_cost_desktop.exports.parts import ALL, PARTS, parts_from
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.files.preferences import old_after_days
from mlflow_cost_desktop.paths import settings_dir


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("export", help="write a scenario as Markdown")
    add_scenario(command)
    add_output(command, "OUT.MD")
    add_parts(command)
    command.set_defaults(command=_export)


def add_parts(command: argparse.ArgumentParser) -> None:
    """Which parts are written."""
    command.add_argument(
        "--parts", metavar="LIST", help=f"some of {','.join(PARTS)}; all of them by default"
    )


def asked_parts(arguments: argparse.Namespace) -> tuple[str, ...]:
    """The parts that are to be written.

    Raises:
        UserError: for a part that there is not.
    """
    return ALL if arguments.parts is None else parts_from(arguments.parts)


def _export(arguments: argparse.Namespace) -> str:
    output: Path = arguments.output
    check_output(output, arguments.file, "an export")
    parts = asked_parts(arguments)
    scenario, book = asked_scenario(arguments)
    facts = Facts.of(scenario, book, now(), shipped_plans(), old_after_days(settings_dir()))
    return put_output(output, markdown(facts, parts).encode())
