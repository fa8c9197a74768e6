"""What changes over time as it is typed on the command line."""

from __future__ import annotations

import re

from pydantic import ValidationError

from mlflow_cost_desktop.analysis.projection import with_rule, without_rule
from mlflow_cost_desktop.cli.typed_paths import check_number
from mlflow_cost_desktop.cli.typed_prices import NONE, NOTHING_DONE
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.fields.faults import fault_in_words
from mlflow_cost_desktop.model.fields.paths import get, replace
from mlflow_cost_desktop.model.growth import PRICES, FromMonth, Growth, fault_of
from mlflow_cost_desktop.model.scenario import Scenario

RULE_FORMS = (
    "A rule is +100/month, -5/year, +3%/year, +1%/month, with:PATH, or 7:2,13:4 (from month 7 "
    "two, from month 13 four); ;kept=10 after an amount a month: deleted after 10 months; "
    ";until=25 after an amount or percent: month 25 is the last in which it changes. The path "
    "prices is the provider's list prices."
)
NONE_FORM = "none takes the file's rule away."

AMOUNT = re.compile(r"([+-]\d+\.?\d*(?:[eE][+-]?\d+)?|[+-]\.\d+)(%?)/(month|year)", re.ASCII)
MORE = {"kept": "kept_months", "until": "until_month"}
STEP = re.compile(r"(\d+):(-?\d+\.?\d*(?:[eE][+-]?\d+)?)", re.ASCII)


def with_typed_growth(scenario: Scenario, argument: str) -> Scenario:
    """The scenario with a rule in the place of that for the same path, or without it (`none`).

    Raises:
        UserError: if there is no such input, or the rule can't be read or followed.
    """
    path, equals, text = (part.strip() for part in argument.partition("="))
    if not equals:
        raise UserError(f"--grow {argument[:80]} has no rule", "Write --grow PATH=RULE.")
    if text == NONE:
        if not any(rule.path == path for rule in scenario.growth):
            raise UserError(f"“{path[:80]}” has no rule that could be taken away", NOTHING_DONE)
        return replace(scenario, "growth", without_rule(scenario.growth, path))
    if path != PRICES:
        check_number(scenario, path, "could change")
    rule = parse_rule(scenario, path, text)
    rules = with_rule(scenario.growth, rule)
    if rule.by == "with" and rule.with_path != PRICES:
        check_number(scenario, rule.with_path, "could change")
    if fault := fault_of(scenario, rule, rules):
        raise UserError(f"--grow {path}: {fault}", NOTHING_DONE)
    return replace(scenario, "growth", rules)


def parse_rule(scenario: Scenario, path: str, text: str) -> Growth:
    """A rule as it is typed; see `RULE_FORMS`.

    Raises:
        UserError: if it is none.
    """
    fields: dict[str, object] = {"path": path}
    try:
        return Growth.model_validate(fields | _read(scenario, path, text))
    except ValidationError as error:
        raise _bad_rule(text, fault_in_words(error.errors()[0])) from error


def _read(scenario: Scenario, path: str, text: str) -> dict[str, object]:
    """The fields of a rule but for its path."""
    main, *extras = text.split(";")
    fields: dict[str, object] = {}
    if main.startswith("with:"):
        fields |= {"by": "with", "with_path": main.removeprefix("with:")}
    elif found := AMOUNT.fullmatch(main):
        by = "percent" if found[2] else "add"
        fields |= {"by": by, "amount": float(found[1]), "per": found[3]}
    else:
        fields |= {"by": "table", "values": _steps(scenario, path, main, text)}
    for extra in extras:
        name, _, months = (part.strip() for part in extra.partition("="))
        field = MORE.get(name, "")
        if not field or not re.fullmatch(r"\d+\.?\d*", months, re.ASCII):
            raise _bad_rule(text, "only kept=MONTHS or until=MONTH may follow a semicolon")
        if field in fields:
            raise _bad_rule(text, f"{name} stands there twice")
        if field == "kept_months" and fields["by"] != "add":
            raise _bad_rule(text, "kept=MONTHS follows an amount alone")
        if fields["by"] not in ("add", "percent"):
            raise _bad_rule(text, "until=MONTH follows an amount or percent alone")
        fields[field] = int(months) if months.isdecimal() else float(months)
    return fields


def _steps(scenario: Scenario, path: str, main: str, text: str) -> tuple[FromMonth, ...]:
    found: list[FromMonth] = []
    for part in main.split(","):
        step = STEP.fullmatch(part.strip())
        if step is None:
            raise _bad_rule(text, f"“{part.strip()[:40]}” is no change")
        month, value = int(step[1]), float(step[2])
        if month != 1:
            found.append(FromMonth(month=month, value=value))
        elif path == PRICES or value != get(scenario, path):
            raise _bad_rule(text, "in month 1 the typed value holds; change it by --set")
    return tuple(found)


def _bad_rule(text: str, why: str) -> UserError:
    return UserError(f"The rule “{text[:60]}” can't be read: {why}", f"{RULE_FORMS} {NOTHING_DONE}")
