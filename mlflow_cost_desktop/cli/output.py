"""Where a document is written that a verb makes, and the time that it bears."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from pathlib import Path

from mlflow_cost_desktop.cli.pipes import goes_to_stdout, put_file
from mlflow_cost_desktop.cli.typed_prices import NOTHING_DONE
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.scenario_file import SUFFIX

EPOCH = "SOURCE_DATE_EPOCH"
LATEST = 253_402_300_799
"""The last second of the year 9999."""


def add_output(command: argparse.ArgumentParser, example: str) -> None:
    """The argument that names the file."""
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar=example,
        help="where to write it; - is stdout",
    )


def check_output(output: Path, scenario: Path, what: str) -> None:
    """Refuse a place where a scenario is.

    Args:
        what: the document in words, with its article.

    Raises:
        UserError: if the output would take a scenario's place.
    """
    is_place_of_scenario = output.suffix == SUFFIX or _is_same(output, scenario)
    if is_place_of_scenario and not goes_to_stdout(output):
        raise UserError(
            f"“{output.name[:80]}” is the place of a scenario, not of {what}", NOTHING_DONE
        )


def put_output(output: Path, document: bytes) -> str:
    """Write the document; what is printed is where it is.

    Raises:
        UserError: if it can't be written.
    """
    put_file(output, document)
    return "" if goes_to_stdout(output) else f"{output}\n"


def now() -> datetime:
    """The time that a document bears: the clock's, or that of SOURCE_DATE_EPOCH.

    Raises:
        UserError: if that names no second.
    """
    given = os.environ.get(EPOCH, "").strip()
    if not given:
        return datetime.now()
    if not given.isascii() or not given.isdigit() or int(given) > LATEST:
        raise UserError(
            f"{EPOCH} is not a number of seconds: “{given[:40]}”",
            "It is a whole number, as `date +%s` prints one, or is not set. Nothing was written.",
        )
    return datetime.fromtimestamp(int(given), UTC)


def _is_same(output: Path, file: Path) -> bool:
    """Whether both lead to one regular file; pipes are read and written side by side."""
    return os.path.realpath(output) == os.path.realpath(file) and os.path.isfile(output)
