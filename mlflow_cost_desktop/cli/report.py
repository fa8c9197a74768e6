"""`mlflow-cost report`: the PDF of a scenario."""

from __future__ import annotations

import argparse
import os
from datetime import datetime
from pathlib import Path

from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_scenario,
    asked_scenario,
    shipped_plans,
)
from mlflow_cost_desktop.cli.pipes import goes_to_stdout, put_file, tell
from mlflow_cost_desktop.cli.typed_prices import NOTHING_DONE
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.preferences import old_after_days
from mlflow_cost_desktop.files.scenario_file import SUFFIX
from mlflow_cost_desktop.paths import settings_dir
from mlflow_cost_desktop.startup import screen


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("report", help="write the report of a scenario as PDF")
    add_scenario(command)
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT.PDF",
        help="where to write it; - is stdout",
    )
    command.set_defaults(command=_report)


def _report(arguments: argparse.Namespace) -> str:
    output: Path = arguments.output
    is_place_of_scenario = output.suffix == SUFFIX or _is_same(output, arguments.file)
    if is_place_of_scenario and not goes_to_stdout(output):
        raise UserError(
            f"“{output.name[:80]}” is the place of a scenario, not of a report", NOTHING_DONE
        )
    scenario, book = asked_scenario(arguments)
    # Qt is loaded for this command only.
    screen.check_drawing()
    from PySide6.QtGui import QGuiApplication

    from mlflow_cost_desktop.exports.report.report import render_pdf
    from mlflow_cost_desktop.exports.report.text import lacking_in_words

    # Offscreen whatever QT_QPA_PLATFORM says: Qt aborts where it names a screen that is not there.
    arguments_of_qt = ["mlflow-cost", "-platform", "offscreen"]
    application = QGuiApplication.instance() or QGuiApplication(arguments_of_qt)
    limit_days = old_after_days(settings_dir())
    now = datetime.now()
    put_file(output, render_pdf(scenario, book, now, shipped_plans(), limit_days=limit_days))
    if lacking := lacking_in_words(scenario.model_dump_json()):
        tell(f"Note: {lacking}")
    del application  # it had to live until here: Qt draws text only while there is one
    return "" if goes_to_stdout(output) else f"{output}\n"


def _is_same(output: Path, file: Path) -> bool:
    """Whether both lead to one regular file; pipes are read and written side by side."""
    return os.path.realpath(output) == os.path.realpath(file) and os.path.isfile(output)
