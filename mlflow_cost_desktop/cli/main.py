"""Runs the verb that was typed: its answer on stdout, one sentence on stderr, an exit status."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.cli import estimate, fields, plans, prices, report
from mlflow_cost_desktop.cli.arguments import Parser
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.plain_text import printable

FAILED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status, 2 where the user has to know something."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The same bytes everywhere; half characters of a file's name are shown as such.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        arguments = parser().parse_args(argv)
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


def parser() -> Parser:
    """What may be typed: completions and man pages are made of it, too."""
    parser = Parser(
        prog="mlflow-cost",
        description="What hosting an MLflow server costs, line by line.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"mlflow-cost {__version__}")
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    for verb in (estimate, report, plans, prices, fields):
        verb.add_verb(verbs)
    return parser
