"""The command line: the same answers as the window's, without one."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from mlflow_cost_desktop import __version__, screen
from mlflow_cost_desktop.analysis.managed import all_plans, offers
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.bill import bill_csv, bill_json
from mlflow_cost_desktop.exports.bill_table import bill_table
from mlflow_cost_desktop.exports.field_list import fields_json, fields_table
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.plan_table import plans_csv, plans_json, plans_table
from mlflow_cost_desktop.exports.price_list import (
    matching,
    prices_csv,
    prices_json,
    prices_table,
)
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.plan_list import read_plans
from mlflow_cost_desktop.files.scenario_file import SUFFIX, read_scenario
from mlflow_cost_desktop.model.estimate import estimate
from mlflow_cost_desktop.model.fields import FieldSpec, places, replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.own_arguments import (
    LINE_FORMS,
    NONE_FORMS,
    NOTHING_DONE,
    RATE_FORMS,
    did_you_mean,
    with_typed_line,
    with_typed_rate,
)
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf

FAILED = 2
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status, 2 where the user has to know something."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The same bytes everywhere; half characters of a file's name are shown as such.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        arguments = _parser().parse_args(argv)
        command: Callable[[argparse.Namespace], str] = arguments.command
        _print(command(arguments))
    except UserError as error:
        print(printable(str(error)), file=sys.stderr)
        return FAILED
    except SystemExit as leaving:  # --help and --version
        return int(leaving.code or 0)
    return 0


def _print(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_output()  # who reads, as `head`, has seen enough
    except OSError as error:
        _silence_output()
        raise UserError(
            f"The answer could not be printed: {error.strerror}", "Nothing was changed."
        ) from error


def _silence_output() -> None:
    """Keep Python from failing again over what is left in the buffer when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# --- What can be asked --------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, as everything else here does."""

    def error(self, message: str) -> NoReturn:
        raise UserError(f"{self.prog}: {message}", f"See {self.prog} --help.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="mlflow-cost",
        description="What hosting an MLflow server costs, line by line.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"mlflow-cost {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("estimate", help="print the bill of a scenario")
    _add_scenario(command)
    _add_format(command, "table", "json", "csv")
    command.add_argument("--all", action="store_true", help="lines of $0.00 in the table, too")
    command.add_argument("--cash", action="store_true", help="cash by month in the table, too")
    command.set_defaults(command=_estimate)

    command = commands.add_parser("report", help="write the report of a scenario as PDF")
    _add_scenario(command)
    command.add_argument("-o", "--output", type=Path, required=True, metavar="OUT.PDF")
    command.set_defaults(command=_report)

    command = commands.add_parser("plans", help="managed plans beside a scenario")
    _add_scenario(command)
    command.add_argument("--plan", metavar="ID", default="", help="all that is known of one plan")
    _add_format(command, "table", "json", "csv")
    command.set_defaults(command=_plans)

    command = commands.add_parser("prices", help="list the prices of a region")
    command.add_argument("--region", metavar="ID", default="us-east-1")
    command.add_argument("--match", metavar="TEXT", default="", help="words that the SKU holds")
    _add_format(command, "table", "json", "csv")
    command.set_defaults(command=_prices)

    command = commands.add_parser("fields", help="list every field that --set can change")
    _add_format(command, "table", "json")
    command.set_defaults(command=_fields)
    return parser


def _add_scenario(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="a scenario, *.mlcost")
    command.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", dest="edits",
        help="change a field; see mlflow-cost fields",
    )  # fmt: skip
    command.add_argument(
        "--price", action="append", default=[], metavar="SKU=RATE", dest="rates",
        help=f"{RATE_FORMS} {NONE_FORMS}",
    )  # fmt: skip
    command.add_argument(
        "--line", action="append", default=[], metavar="NAME=RATE", dest="lines",
        help=f"{LINE_FORMS} {NONE_FORMS}",
    )  # fmt: skip
    command.add_argument("--region", metavar="ID", help="whose prices apply")


def _add_format(command: argparse.ArgumentParser, *formats: str) -> None:
    command.add_argument("--format", choices=formats, default=formats[0])


# --- The commands ---------------------------------------------------------------


def _estimate(arguments: argparse.Namespace) -> str:
    scenario, book = _scenario(arguments)
    if arguments.format == "json":
        return bill_json(scenario, book)
    if arguments.format == "csv":
        return bill_csv(scenario, book)
    return bill_table(scenario, book, zero_lines=arguments.all, cash=arguments.cash)


def _report(arguments: argparse.Namespace) -> str:
    output: Path = arguments.output
    if output.suffix == SUFFIX or os.path.realpath(output) == os.path.realpath(arguments.file):
        raise UserError(
            f"“{output.name[:80]}” is the place of a scenario, not of a report", NOTHING_DONE
        )
    scenario, book = _scenario(arguments)
    # Qt is loaded for this command only.
    screen.check_drawing()
    from PySide6.QtGui import QGuiApplication

    from mlflow_cost_desktop.exports.pdf_report import render_pdf

    # Offscreen whatever QT_QPA_PLATFORM says: Qt aborts where it names a screen that is not there.
    arguments_of_qt = ["mlflow-cost", "-platform", "offscreen"]
    application = QGuiApplication.instance() or QGuiApplication(arguments_of_qt)
    plans = read_plans(pricing_dir() / "managed")
    write_atomically(output, render_pdf(scenario, book, datetime.now(), plans))
    del application  # it had to live until here: Qt draws text only while there is one
    return f"{output}\n"


def _plans(arguments: argparse.Namespace) -> str:
    scenario, book = _scenario(arguments)
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


def _prices(arguments: argparse.Namespace) -> str:
    book = _shelf().book(arguments.region)
    prices = matching(book, arguments.match)
    if arguments.format == "json":
        return prices_json(book, prices)
    if arguments.format == "csv":
        return prices_csv(prices)
    return prices_table(book, prices)


def _fields(arguments: argparse.Namespace) -> str:
    return fields_json() if arguments.format == "json" else fields_table()


# --- The scenario that is asked about ---------------------------------------------


def _shelf() -> Shelf:
    return Shelf(pricing_dir() / "aws")


def _scenario(arguments: argparse.Namespace) -> tuple[Scenario, PriceBook]:
    """The file's scenario with what the options change, and the prices of its region."""
    scenario = read_scenario(arguments.file).scenario
    shelf = _shelf()
    for edit in arguments.edits:
        scenario = _edited(scenario, edit, shelf)
    wanted = scenario.region_id if arguments.region is None else arguments.region
    book = shelf.book(wanted)
    scenario = replace(scenario, "region_id", book.region_id)
    for rate in arguments.rates:
        scenario = with_typed_rate(scenario, rate, book)
    for line in arguments.lines:
        scenario = with_typed_line(scenario, line)
    _note_edits_without_effect(scenario, arguments.edits)
    return scenario, book


def _edited(scenario: Scenario, edit: str, shelf: Shelf) -> Scenario:
    path, equals, text = edit.partition("=")
    if not equals:
        raise UserError(f"--set {edit[:80]} has no value", "Write --set PATH=VALUE.")
    path = path.strip()
    specs = {place.path: place.spec for place in places(scenario)}
    if path not in specs:
        hint = did_you_mean(path, specs)
        raise UserError(
            f"There is no field “{path[:80]}”",
            f"{hint}mlflow-cost fields lists every field. {NOTHING_DONE}",
        )
    spec = specs[path]
    if spec.chooser is not None:
        _check_choice(spec.chooser.name, text, shelf)
    try:
        return replace(scenario, path, _parsed(spec, text))
    except UserError as error:
        raise UserError(f"--set {path}: {error.title}", NOTHING_DONE) from error


def _parsed(spec: FieldSpec, text: str) -> float | str | bool | None:
    if spec.optional and text == "none":
        return None
    if spec.kind is bool:
        return YES_NO.get(text.strip().lower(), text)
    if not spec.is_number:
        return text
    try:
        return float(text)
    except ValueError:
        return text  # the field says what it asks for


def _check_choice(chooser: str, text: str, shelf: Shelf) -> None:
    """Refuse a region or a machine that there is nowhere; what this region lacks is unpriced."""
    if chooser == "destination" and text not in shelf.regions:
        raise UserError(
            f"There is no region “{text[:40]}”",
            f"{did_you_mean(text, shelf.regions)}{NOTHING_DONE}",
        )
    if not chooser.endswith(("_instance_type", "_instance_class")):
        return
    prefix = "db." if chooser.endswith("_instance_class") else ""
    names = [prefix + name for name in shelf.instance_types]
    if text not in names:
        raise UserError(
            f"No region sells the instance type “{text[:40]}”",
            f"{did_you_mean(text, names)}{NOTHING_DONE}",
        )


def _note_edits_without_effect(scenario: Scenario, edits: list[str]) -> None:
    active = {place.path: place for place in places(scenario)}
    for path in dict.fromkeys(edit.partition("=")[0].strip() for edit in edits):
        if not active[path].active:
            print(
                f"Note: {path} has no effect while other fields are as they are.", file=sys.stderr
            )


if __name__ == "__main__":
    sys.exit(main())
