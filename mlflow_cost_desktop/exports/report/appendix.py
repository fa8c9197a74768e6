"""What the report rests on: every input, the sources of prices, and what is not included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts, count
from mlflow_cost_desktop.exports.report.pages import Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import (
    AMBER,
    BODY,
    BODY_BOLD,
    BODY_MUTED,
    SMALL,
    Spans,
)
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.samples import nearest_sample
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.model.fields.paths import Place, get, places
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.own import OwnRate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.wording.inputs import value_in_words
from mlflow_cost_desktop.wording.own_prices import rate_in_words, unit_of_rate
from mlflow_cost_desktop.wording.plan_inputs import plan_in_words
from mlflow_cost_desktop.wording.price_age import old_in_words
from mlflow_cost_desktop.wording.prices import span_of

INPUTS = (Column("Input", 210.0), Column("Value", 290.0), Column("", 190.0, right=True))
SOURCES = (Column("Source", 390.0), Column("Prices of", 190.0), Column("Lines", 110.0, right=True))

ALWAYS_LEFT_OUT = (
    "Taxes, support plans and marketplace fees.",
    "Training of the people who use it.",
    "Growth of usage and changes of prices within the horizon.",
)


def flow(pages: Pages, facts: Facts) -> None:
    """The last sections."""
    _assumptions(pages, facts.scenario)
    _own_rates(pages, facts)
    _not_included(pages, facts.scenario)
    _sources(pages, facts)
    _about(pages, facts)


def _assumptions(pages: Pages, scenario: Scenario) -> None:
    given = Given(scenario)
    active = [place for place in places(scenario) if place.active]
    rows: list[Row] = []
    for heading, group in groupby(active, key=lambda place: _heading(scenario, place)):
        rows.append(Row(([(heading, BODY_BOLD)],), shade=True, keep=True))
        # An item of a list is one row, all others are a row for each input.
        for _, some in groupby(group, key=lambda place: _item(scenario, place) or place.path):
            rows.append(_input_row(scenario, list(some), given))
    pages.heading("Assumptions", keep=120.0)
    if given.name:
        pages.text(
            f"Preset: as in “{given.name}”, which comes with the program.",
            BODY_MUTED,
        )
        pages.gap(6.0)
    pages.table(INPUTS, rows)


def _heading(scenario: Scenario, place: Place) -> str:
    if place.path.startswith("own_lines."):
        return "Your own lines"
    if place.path.startswith("plans."):
        return "Managed plans, edited or added"
    return place.group[0] if place.group else "Scenario"


def _item(scenario: Scenario, place: Place) -> str:
    """The path of the list's item that an input belongs to, empty where it belongs to none."""
    holder = place.path.rpartition(".")[0]
    parent = holder.rpartition(".")[0]
    return holder if parent and isinstance(get(scenario, parent), tuple) else ""


class Given:
    """The values that a scenario begins with: the defaults, and those of its preset."""

    def __init__(self, scenario: Scenario) -> None:
        preset = nearest_sample(scenario)
        self.name = preset.name if preset else ""
        self.defaults = {place.path: place.value for place in places(Scenario())}
        self.preset = {place.path: place.value for place in places(preset)} if preset else {}


def _input_row(scenario: Scenario, some: list[Place], given: Given) -> Row:
    origin = _origin(some, given)
    if not _item(scenario, some[0]):
        (place,) = some
        name = place.spec.title
        said = _value(place)
    else:
        name = printable(some[0].group[-1])
        item = get(scenario, _item(scenario, some[0]))
        words = plan_in_words(item, PLAIN) if isinstance(item, ManagedPlan) else map(_value, some)
        said = " · ".join(words)
    basis = printable(_basis(some)) if origin.startswith("default") else ""
    founded = [(basis, SMALL)] if basis else []
    return Row(([(name, BODY), *founded], [(said, BODY)], [(origin, BODY_MUTED)]))


def _origin(some: list[Place], given: Given) -> str:
    defaults, preset = given.defaults, given.preset
    if some[0].path not in defaults:
        is_preset = all(preset.get(place.path, ...) == place.value for place in some)
        return "preset" if is_preset else "yours"
    changed = [place for place in some if place.value != defaults[place.path]]
    if not changed:
        return "default, judgment" if "judgment" in _basis(some).lower() else "default"
    whose = "yours"
    if all(preset.get(place.path, ...) == place.value for place in changed):
        whose = "preset"
    if len(some) > 1 or changed[0].spec.kind is str:
        return whose
    return f"{whose}; default {_in_words(changed[0].spec, defaults[changed[0].path])}"


def _basis(some: list[Place]) -> str:
    """What a default is founded on: a task's note, or what its description says of it."""
    if some[0].note:
        return some[0].note
    _, default, basis = some[0].spec.description.partition("Default: ")
    return f"{default}{basis}"


def _value(place: Place) -> str:
    return _in_words(place.spec, place.value)


def _in_words(spec: FieldSpec, value: object) -> str:
    return printable(value_in_words(spec, value, PLAIN))


def _own_rates(pages: Pages, facts: Facts) -> None:
    rates = facts.scenario.own_rates
    if not rates:
        return
    columns = (Column("Your rates, USD", 300.0), Column("Region", 120.0), Column("Rate", 270.0))
    pages.gap(16.0)
    pages.table(columns, [Row(_rate_cells(facts, rate)) for rate in rates])


def _rate_cells(facts: Facts, rate: OwnRate) -> tuple[Spans, Spans, Spans]:
    unit = unit_of_rate(rate, facts.price_book, facts.estimate)
    words = rate_in_words(rate, unit, PLAIN)
    region = rate.region_beside(facts.price_book)
    return [(rate.sku_id, BODY)], [(region, BODY)], [(words, BODY)]


def _sources(pages: Pages, facts: Facts) -> None:
    known = facts.price_book.sources
    rows: list[Row] = []
    for source, dates, lines in _by_source(facts):
        # An estimated price names two: "AWSPW and LEANERCLOUD".
        where = [(known[label], SMALL) for label in source.split(" and ") if label in known]
        rows.append(Row(([(source, BODY), *where], [(dates, BODY)], [(lines, BODY)])))
    if not rows:
        return
    pages.heading("Sources of prices")
    pages.table(SOURCES, rows)
    if old := old_in_words(facts.estimate, facts.reading, PLAIN):
        pages.gap(6.0)
        pages.bullet(old, BODY, "!", replace(BODY_BOLD, color=AMBER))


def _by_source(facts: Facts) -> Iterator[tuple[str, str, str]]:
    dated = sorted(
        (charge.price.source, charge.price.date) for charge in facts.charges if charge.price.date
    )
    for source, group in groupby(dated, key=lambda pair: pair[0]):
        dates = [day for _, day in group]
        yield source, span_of(dates[0], dates[-1], PLAIN), str(len(dates))


def _not_included(pages: Pages, scenario: Scenario) -> None:
    pages.heading("Not included", keep=150.0)
    pages.text("Unless it stands among your own lines:", BODY_MUTED)
    pages.gap(3.0)
    left_out = scenario.network.left_out
    if left_out:
        pages.bullet(f"Around the deployment: {', '.join(left_out)}.", BODY, "–", BODY_MUTED)
    for text in ALWAYS_LEFT_OUT:
        pages.bullet(text, BODY, "–", BODY_MUTED)


def _about(pages: Pages, facts: Facts) -> None:
    book = facts.price_book
    pages.heading("About this report", keep=60.0)
    pages.text("An estimate, not a quotation.", BODY_BOLD)
    pages.gap(3.0)
    pages.text(
        f"Made on {facts.created:%Y-%m-%d} with MLflow Cost {__version__} from "
        f"{book.provider.name} prices of {book.region_name} "
        f"({book.region_id}), which are in USD, for a month of "
        f"{PLAIN.exact(facts.scenario.hours_in_month)} h. 1\u00a0TB = 1,024\u00a0GB. "
        f"The estimate has {count(len(facts.charges), 'line')}. Lines are printed to the cent, "
        "sums are made before rounding. What is paid once is spread over its months in the monthly "
        "cost, and paid in the first month in cash.",
        BODY,
    )
    pages.gap(6.0)
    pages.text(
        "MLflow is a trademark of LF Projects, LLC. This program is not affiliated with it, with "
        f"{book.provider.name} or with any vendor.",
        SMALL,
    )
