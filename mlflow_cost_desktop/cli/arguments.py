"""What several verbs are asked alike: a scenario, the edits of it, and a format."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from mlflow_cost_desktop.analysis.managed_plans import all_plans
from mlflow_cost_desktop.cli.pipes import put_text, read_piped, tell
from mlflow_cost_desktop.cli.typed_prices import (
    LINE_FORMS,
    NONE_FORMS,
    NOTHING_DONE,
    RATE_FORMS,
    did_you_mean,
    with_typed_line,
    with_typed_rate,
)
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import places, replace
from mlflow_cost_desktop.model.managed_plan import AUTO, NONE, ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import prices_dir, pricing_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.providers import FIRST
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.reading import UnreadError, read_plain

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

MOST_OF_MESSAGE = 300
MOST_NAMED = 12
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, as everything else here does."""

    def error(self, message: str) -> NoReturn:
        words = f"{message[:MOST_OF_MESSAGE]}…" if len(message) > MOST_OF_MESSAGE else message
        raise UserError(f"{self.prog}: {words}", f"See {self.prog} --help.")

    def print_help(self, file: SupportsWrite[str] | None = None) -> None:
        """As argparse's own, which says nothing where it can't be printed."""
        put_text(self.format_help())


class Verbs(Protocol):
    """Where each verb adds its own parser."""

    def add_parser(self, name: str, *, help: str) -> argparse.ArgumentParser: ...


def add_scenario(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="a scenario, *.mlcost; - is stdin")
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
        help=f"{LINE_FORMS} {NONE_FORMS}".replace("%", "%%"),  # argparse formats it
    )  # fmt: skip
    command.add_argument("--region", metavar="ID", help="whose prices apply")
    command.add_argument(
        "--against", metavar="PLAN|none|auto",
        help="the managed plan that the total is held against, by its id; auto: the best that fits",
    )  # fmt: skip


def add_format(command: argparse.ArgumentParser, *formats: str) -> None:
    command.add_argument("--format", choices=formats, default=formats[0])


def shelf() -> Shelf:
    return Shelf(pricing_dir() / FIRST.id, fetched=prices_dir())


def asked_scenario(arguments: argparse.Namespace) -> tuple[Scenario, PriceBook]:
    """The file's scenario with what the options change, and the prices of its region."""
    scenario = read_piped(arguments.file).scenario
    books = shelf().of(scenario.provider_id)
    for edit in arguments.edits:
        scenario = _edited(scenario, edit, books)
    wanted = scenario.region_id if arguments.region is None else arguments.region.strip().lower()
    book = books.book(wanted)
    scenario = replace(scenario, "region_id", book.region_id)
    for rate in arguments.rates:
        scenario = with_typed_rate(scenario, rate, book)
    for line in arguments.lines:
        scenario = with_typed_line(scenario, line)
    if arguments.against is not None:
        scenario = _held_against(scenario, arguments.against)
    _note_edits_without_effect(scenario, arguments.edits)
    return scenario, book


def shipped_plans(book: PriceBook) -> tuple[ManagedPlan, ...]:
    """The managed plans that come with the program, at a book's prices where it has theirs."""
    return tuple(plan.at_prices(book) for plan in _plans_as_they_came())


def _plans_as_they_came() -> tuple[ManagedPlan, ...]:
    return read_plans(pricing_dir() / "managed")


def check_plan(scenario: Scenario, plan_id: str) -> None:
    """Refuse a plan that there is not.

    Raises:
        UserError: with the id that comes nearest.
    """
    known = [plan.id for plan in all_plans(scenario, _plans_as_they_came())]
    if plan_id not in known:
        raise UserError(
            f"There is no plan “{plan_id[:80]}”",
            f"{did_you_mean(plan_id, known)}mlflow-cost plans lists every plan of a scenario. "
            f"{NOTHING_DONE}",
        )


def _held_against(scenario: Scenario, choice: str) -> Scenario:
    choice = choice.strip().lower()  # as all ids of plans are
    if choice not in (AUTO, NONE):
        check_plan(scenario, choice)
    return replace(scenario, "held_against", choice)


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
        text = text.strip().lower()  # as the window takes it: all names of those lists are small
        _check_choice(spec.chooser.name, text, shelf)
    elif spec.choices:
        text = _choice_meant(path, spec, text)
    try:
        return replace(scenario, path, _parsed(spec, text))
    except UserError as error:
        raise UserError(f"--set {path}: {error.title}", NOTHING_DONE) from error


def _choice_meant(path: str, spec: FieldSpec, text: str) -> str:
    """The choice of that name, or of those words in the window, in small letters or large."""
    wanted = text.strip().casefold()
    for choice in spec.choices:
        if wanted in (choice.casefold(), spec.label(choice).casefold()):
            return choice
    near = did_you_mean(wanted, spec.choices)
    known = ", ".join(spec.choices) if len(spec.choices) <= MOST_NAMED else ""
    listed = near or (f"It is one of {known}. " if known else "mlflow-cost fields lists them. ")
    raise UserError(
        f"--set {path}: {spec.title}: there is no “{text[:40]}”", f"{listed}{NOTHING_DONE}"
    )


def _parsed(spec: FieldSpec, text: str) -> float | str | bool | None:
    if spec.optional and text == "none":
        return None
    if spec.kind is bool:
        return YES_NO.get(text.strip().lower(), text)
    if not spec.is_number:
        return text
    try:
        return read_plain(text)
    except UnreadError as error:
        or_none = ", or none" if spec.optional else ""
        raise UserError(f"{spec.title}: {error.sentence}{or_none}", NOTHING_DONE) from error


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
        # What a later option took away is no longer there to have an effect.
        if path in active and not active[path].active:
            tell(f"Note: {path} has no effect while other fields are as they are.")
