"""Ranges as they are typed on the command line."""

from __future__ import annotations

import argparse
from typing import cast, get_args

from pydantic import ValidationError

from mlflow_cost_desktop.analysis.uncertainty import with_range, without_range
from mlflow_cost_desktop.cli.typed_paths import check_number
from mlflow_cost_desktop.cli.typed_prices import NONE, NOTHING_DONE
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.distributions import Reads, Shape
from mlflow_cost_desktop.model.fields.faults import fault_in_words
from mlflow_cost_desktop.model.fields.paths import get, replace
from mlflow_cost_desktop.model.ranges import Range, default_shape, fault_of_range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.reading import UnreadError, read_plain

RANGE_FORMS = (
    "A range is LOW:HIGH, LOW:HIGH:SHAPE or LOW:HIGH:SHAPE:READS; SHAPE is pert, triangle, uniform "
    "or lognormal, READS is extremes or p10p90 (one case of ten below, one above); ;with=GROUP "
    "after it: high and low together with the group's others."
)
NONE_FORM = "none takes the file's range away."


def add_ranges(command: argparse.ArgumentParser) -> None:
    """The option of a verb that reads ranges."""
    command.add_argument(
        "--range", action="append", default=[], metavar="PATH=LOW:HIGH", dest="ranges",
        help=f"{RANGE_FORMS} {NONE_FORM}",
    )  # fmt: skip


def with_typed_range(scenario: Scenario, argument: str) -> Scenario:
    """The scenario with a range in the place of that for the same path, or without it (`none`).

    Raises:
        UserError: if there is no such input, or the range can't be read or used.
    """
    path, equals, text = (part.strip() for part in argument.partition("="))
    if not equals:
        raise UserError(f"--range {argument[:80]} has no range", "Write --range PATH=LOW:HIGH.")
    if text == NONE:
        if not any(one.path == path for one in scenario.ranges):
            raise UserError(f"“{path[:80]}” has no range that could be taken away", NOTHING_DONE)
        return replace(scenario, "ranges", without_range(scenario.ranges, path))
    check_number(scenario, path, "could have a range")
    one = parse_range(scenario, path, text)
    if fault := fault_of_range(scenario, one):
        raise UserError(f"--range {path}: {fault}", NOTHING_DONE)
    return replace(scenario, "ranges", with_range(scenario.ranges, one))


def parse_range(scenario: Scenario, path: str, text: str) -> Range:
    """A range as it is typed; see `RANGE_FORMS`.

    Raises:
        UserError: if it is none.
    """
    main, semicolon, extra = text.partition(";")
    name, _, group = extra.partition("=")
    if semicolon and name.strip() != "with":
        raise _bad_range(text, "only with=GROUP may follow a semicolon")
    parts = [part.strip() for part in main.split(":")]
    if not 2 <= len(parts) <= 4:
        raise _bad_range(text, "it has two ends, and perhaps a shape and how they read")
    try:
        low, high = read_plain(parts[0]), read_plain(parts[1])
    except UnreadError as error:
        raise _bad_range(text, error.sentence) from error
    fields: dict[str, object] = {"path": path, "low": low, "high": high}
    if len(parts) > 2:
        fields["shape"] = _one_of(text, parts[2], get_args(Shape), "shape")
    elif isinstance(likely := get(scenario, path), float):
        fields["shape"] = default_shape(low, likely, high)
    if len(parts) > 3:
        fields["reads"] = _one_of(text, parts[3], get_args(Reads), "way to read the ends")
    if group.strip():
        fields["moves_with"] = group.strip()
    try:
        return Range.model_validate(fields)
    except ValidationError as error:
        raise _bad_range(text, fault_in_words(error.errors()[0])) from error


def _one_of(text: str, word: str, known: tuple[object, ...], what: str) -> str:
    if word not in known:
        names = ", ".join(cast("tuple[str, ...]", known))
        raise _bad_range(text, f"“{word[:40]}” is no {what}; it is one of {names}")
    return word


def _bad_range(text: str, why: str) -> UserError:
    return UserError(
        f"The range “{text[:60]}” can't be read: {why}", f"{RANGE_FORMS} {NOTHING_DONE}"
    )
