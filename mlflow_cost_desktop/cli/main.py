"""Runs the verb that was typed: its answer on stdout, one sentence on stderr, an exit status."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.cli import (
    alternatives,
    compare,
    estimate,
    export,
    fields,
    flips,
    plans,
    prices,
    project,
    report,
    tornado,
    uncertainty,
)
from mlflow_cost_desktop.cli.arguments import Parser
from mlflow_cost_desktop.cli.pipes import put_text, tell
from mlflow_cost_desktop.errors import UserError

DONE, FAILED = 0, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb.

    Returns:
        The exit status: 0 where the answer was given, 2 where the user has to know something,
        which is said in one sentence on stderr. (After Ctrl-C 130: `start`.)
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The same bytes everywhere; half characters of a file's name are shown as such.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        arguments = parser().parse_args(argv)
        verb: Callable[[argparse.Namespace], str] = arguments.command
        is_csv = getattr(arguments, "format", "") == "csv"
        put_text(verb(arguments), marked_in_file=is_csv)
    except UserError as error:
        tell(str(error))
        return FAILED
    except SystemExit as leaving:  # --help and --version
        return int(leaving.code or 0)
    return DONE


def parser() -> Parser:
    """What may be typed: completions and man pages are made of it, too."""
    parser = Parser(
        prog="mlflow-cost",
        description="What hosting an MLflow server costs, line by line.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version", action=_Version, nargs=0, help="show the program's version number and exit"
    )
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    answers = estimate, project, uncertainty, tornado, flips, compare, alternatives
    for verb in (*answers, report, export, plans, prices, fields):
        verb.add_verb(verbs)
    return parser


class _Version(argparse.Action):
    """As argparse's own, which says nothing where it can't be printed."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        put_text(f"mlflow-cost {__version__}\n")
        parser.exit()
