"""What every export states: whose prices, which month, how old, which currency, what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.wording.price_age import age_in_words, old_in_words
from mlflow_cost_desktop.wording.prices import price_dates
from mlflow_cost_desktop.wording.totals import not_included

NOT_A_QUOTATION = "An estimate, not a quotation."
ROUNDING = "Sums are made before figures are rounded to the cent."
MOST_NAMED = 20
"""Lines without a price that are named one by one."""


def title(facts: Facts) -> str:
    """The scenario's name, a stranger's words on one line."""
    return printable(facts.scenario.name) or "Untitled"


def stated(facts: Facts) -> Iterator[tuple[str, str]]:
    """What is stated, each with its label."""
    scenario, book = facts.scenario, facts.price_book
    yield "Scenario", title(facts)
    if scenario.author.strip():
        yield "Author", printable(scenario.author)
    yield "Made on", f"{facts.created:%Y-%m-%d}, with MLflow Cost {__version__}"
    yield "Region", f"{book.provider.name}, {book.region_name} ({book.region_id})"
    yield "Month", f"{PLAIN.exact(scenario.hours_in_month)} h"
    yield "Horizon", PLAIN.quantity(float(scenario.horizon_months), "month")
    yield "Prices", _prices(facts)
    rate = facts.currency.rate_in_words(PLAIN)
    yield "Currency", f"{facts.currency.code}, {printable(rate)}" if rate else "USD"
    yield "Without a known price", "; ".join(unpriced(facts)) or "no line"
    estimated = int(facts.estimate.estimated)
    yield "With an estimated price", PLAIN.quantity(estimated, "line") if estimated else "no line"
    yield "Not included", f"{'; '.join(not_included(scenario))}, unless among the lines"


def _prices(facts: Facts) -> str:
    age = age_in_words(facts.estimate, facts.reading, facts.price_book.provider.name)
    dates = price_dates(facts.estimate, PLAIN)
    return f"{age} (of {dates})" if age else "none of the provider’s"


def stated_in_short(facts: Facts) -> str:
    """The same in a sentence or two, for what stands below a picture or a table."""
    told = dict(stated(facts))
    said = [told["Scenario"], told["Region"], f"month of {told['Month']}", told["Horizon"]]
    said += [told["Prices"], told["Currency"]]
    unknown, rough = told["Without a known price"], told["With an estimated price"]
    return (
        f"{' · '.join(said)}. Without a known price: {unknown}; with an estimated one: {rough}. "
        f"Not included: {told['Not included']}. {NOT_A_QUOTATION}"
    )


def unpriced(facts: Facts) -> list[str]:
    """The lines without a known price, which are in no total."""
    names = [printable(c.description) for c in facts.charges if c.is_unpriced]
    more = len(names) - MOST_NAMED
    return [*names[:MOST_NAMED], f"{more} more"] if more > 0 else names


def notes(facts: Facts) -> Iterator[str]:
    """What is to be known before one relies on the figures."""
    if old := old_in_words(facts.estimate, facts.reading, PLAIN):
        yield old
    yield NOT_A_QUOTATION
    yield ROUNDING
    yield (
        "MLflow is a trademark of LF Projects, LLC. This program is not affiliated with it, with "
        f"{facts.price_book.provider.name} or with any vendor."
    )
