"""`mlflow-cost report`: the PDF of a scenario."""

from __future__ import annotations

import argparse
from pathlib import Path

from mlflow_cost_desktop.cli.arguments import (
    Verbs,
    add_scenario,
    asked_scenario,
    shipped_plans,
)
from mlflow_cost_desktop.cli.compare import add_compare, compared_with
from mlflow_cost_desktop.cli.export import add_parts, asked_parts
from mlflow_cost_desktop.cli.output import add_output, check_output, now, put_output
from mlflow_cost_desktop.cli.pipes import tell
from mlflow_cost_desktop.files.preferences import old_after_days
from mlflow_cost_desktop.paths import settings_dir
from mlflow_cost_desktop.startup import screen


def add_verb(verbs: Verbs) -> None:
    """The verb's arguments."""
    command = verbs.add_parser("report", help="write the report of a scenario as PDF")
    add_scenario(command)
    add_output(command, "OUT.PDF")
    add_compare(command, "a scenario that a page compares with this one")
    command.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="the size of the pages"
    )
    add_parts(command)
    command.add_argument(
        "--no-attachment", action="store_true", help="leave the scenario out, which comes with it"
    )
    command.set_defaults(command=_report)


def _report(arguments: argparse.Namespace) -> str:
    output: Path = arguments.output
    check_output(output, arguments.file, "a report")
    parts = asked_parts(arguments)
    scenario, book = asked_scenario(arguments)
    beside = compared_with(arguments.compare)
    # Qt is loaded for this command only.
    screen.check_drawing()
    from PySide6.QtGui import QGuiApplication

    from mlflow_cost_desktop.exports.report.report import Choices, render_pdf
    from mlflow_cost_desktop.exports.report.text import lacking_in_words

    # Offscreen whatever QT_QPA_PLATFORM says: Qt aborts where it names a screen that is not there.
    arguments_of_qt = ["mlflow-cost", "-platform", "offscreen"]
    application = QGuiApplication.instance() or QGuiApplication(arguments_of_qt)
    limit_days = old_after_days(settings_dir())
    report = render_pdf(
        scenario,
        book,
        now(),
        shipped_plans(book),
        limit_days=limit_days,
        beside=beside,
        choices=Choices(arguments.paper, parts, not arguments.no_attachment),
    )
    answer = put_output(output, report)
    if lacking := lacking_in_words(scenario.model_dump_json()):
        tell(f"Note: {lacking}")
    del application  # it had to live until here: Qt draws text only while there is one
    return answer
