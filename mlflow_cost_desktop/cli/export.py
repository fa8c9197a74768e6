"""`mlflow-cost export`: a scenario as a spreadsheet, or as Markdown."""

from __future__ import annotations

import argparse
from pathlib import Path

from mlflow_cost_desktop.cli.arguments import Verbs, add_scenario, asked_scenario, shipped_plans
from mlflow_cost_desktop.cli.compare import add_compare, compared_with
from mlflow_cost_desktop.cli.output import add_output, check_output, now, put_output
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.markdown import markdown
from mlflow_cost_desktop.exports.parts import ALL, PARTS, parts_from
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.files.preferences import old_after_days
from mlflow_cost_desktop.paths import settings_dir

FORMATS = ("xlsx", "md")


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("export", help="write a scenario as a spreadsheet or as Markdown")
    add_scenario(command)
    add_output(command, "OUT.XLSX")
    command.add_argument(
        "--format", choices=FORMATS, help="what is written; by default as OUT's ending says"
    )
    add_parts(command)
    add_compare(command, "a scenario that is compared with this one")
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
    kind = arguments.format or _by_ending(output)
    parts = asked_parts(arguments)
    scenario, book = asked_scenario(arguments)
    beside = compared_with(arguments.compare)
    limit = old_after_days(settings_dir())
    facts = Facts.of(scenario, book, now(), shipped_plans(book), limit, beside)
    if kind == "md":
        return put_output(output, markdown(facts, parts).encode())
    # It is loaded for this alone.
    from mlflow_cost_desktop.exports.spreadsheet.spreadsheet import spreadsheet

    return put_output(output, spreadsheet(facts, parts))


def _by_ending(output: Path) -> str:
    kind = output.suffix.lower().removeprefix(".").replace("markdown", "md")
    if kind not in FORMATS:
        raise UserError(
            f"“{output.name[:80]}” does not say what is to be written",
            "Name a file that ends in .xlsx or .md, or give --format. Nothing was written.",
        )
    return kind
