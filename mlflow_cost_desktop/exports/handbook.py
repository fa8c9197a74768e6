"""“How is this computed?”: a page written from the model's own fields and formulas.

Nothing of it is written twice: meanings come from the fields, the arithmetic from an estimate of
the open scenario, once with each option of each part chosen.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from html import escape
from typing import get_args

from mlflow_cost_desktop.figures import PLAIN, plural
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.declaration import FieldSpec, Model, specs
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

CONVENTIONS = (
    (
        "A line of the estimate",
        "is a quantity times one price. Its arithmetic stands beside it, with source and date of "
        "the price; whoever recomputes it comes to the same cent.",
    ),
    (
        "A price",
        "is listed (a source has it), yours, estimated (by a rule that is said, with its error) or "
        "unknown. An unknown price is never zero: its line is left out of the total, and counted.",
    ),
    (
        "List, contracted, effective and billed cost",
        "are the on-demand price without and with your negotiated discount, the steady month with "
        "commitments and what is paid once spread over its months, and cash in the first month. "
        "The large figure is the effective cost.",
    ),
    (
        "A commitment",
        "bills every hour of the month, used or not. What is paid upfront is spread over its 12 or "
        "36 months, and paid again at each renewal within the horizon.",
    ),
    (
        "A discount",
        "is taken off the provider's prices, upfront payments included; a part's own takes the "
        "place of that for the whole estimate. Never off your own rates or labor.",
    ),
    (
        "A gigabyte",
        "is 2³⁰ bytes, as it is billed; 1 TB = 1,024 GB. Tiers and free quantities count once for "
        "all lines of a price.",
    ),
)


def handbook(scenario: Scenario, price_book: PriceBook) -> str:
    """The page as HTML, in which all words of the scenario are escaped.

    Args:
        scenario: whose figures stand in the arithmetic.
        price_book: the prices of its region.
    """
    parts = [
        "<h1>How is this computed?</h1>",
        "<p>Every figure is arithmetic on your inputs and on prices with a source. The examples "
        f"are those of the open scenario, at prices of {escape(price_book.region_name)}.</p>",
        "<p>",
        " · ".join(f'<a href="#{name}">{title}</a>' for name, title in COMPONENTS.items()),
        "</p><h2>What holds everywhere</h2>",
    ]
    parts += [f"<p><b>{title}</b> {text}</p>" for title, text in CONVENTIONS]
    parts += ["<h2>Usage</h2>", f"<p>{_doc(scenario.usage)}</p>", _inputs(type(scenario.usage))]
    for name, title in COMPONENTS.items():
        parts.append(f'<h2><a name="{name}"></a>{title}</h2>')
        parts += _component(scenario, price_book, name)
    return "\n".join(parts)


def _component(scenario: Scenario, price_book: PriceBook, name: str) -> Iterator[str]:
    component: Model = getattr(scenario, name)
    fields = specs(type(component))
    yield f"<p>{_doc(component)}</p>"
    options = fields["option"].choices if "option" in fields else ()
    yield _inputs(type(component), leave_out=(*options, "option"))
    for option in options:
        chosen: Model = getattr(component, option)
        yield f"<h3>{escape(fields['option'].label(option))}</h3><p>{_doc(chosen)}</p>"
        yield _inputs(type(chosen))
        yield _arithmetic(replace(scenario, f"{name}.option", option), price_book, name)
    if not options:
        yield _arithmetic(scenario, price_book, name)


def _doc(model: Model) -> str:
    return escape(inspect.cleandoc(type(model).__doc__ or "").replace("\n", " "))


def _inputs(model: type[Model], leave_out: tuple[str, ...] = ()) -> str:
    rows = [
        f"<tr><td><b>{escape(spec.title)}</b>{_unit(spec)}</td>"
        f"<td>{escape(spec.description)}{_range(spec)}</td></tr>"
        for spec in _fields(model)
        if spec.name not in leave_out
    ]
    return f'<table cellpadding="4">{"".join(rows)}</table>' if rows else ""


def _fields(model: type[Model]) -> Iterator[FieldSpec]:
    """The inputs of a model, of its groups, and of the items of its lists."""
    for spec in specs(model).values():
        kinds = [kind for kind in (spec.kind, *get_args(spec.kind)) if _is_model(kind)]
        if spec.title and spec.is_leaf:
            yield spec
        elif spec.title and kinds and not spec.choices and "option" not in specs(model):
            yield from _fields(kinds[0])


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _unit(spec: FieldSpec) -> str:
    return f" ({escape(plural(0, spec.unit.text))})" if spec.unit else ""


def _range(spec: FieldSpec) -> str:
    if spec.lower is None or spec.upper is None:
        return ""
    return f" From {PLAIN.exact(spec.lower)} to {PLAIN.exact(spec.upper)}."


def _arithmetic(scenario: Scenario, price_book: PriceBook, component: str) -> str:
    lines = [
        f"<p>{escape(charge.description)}:<br><code>{escape(charge.explanation)}</code></p>"
        for charge in estimate(scenario, price_book).charges
        if charge.component == component
    ]
    return "".join(lines)
