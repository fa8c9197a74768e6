"""Totals that leave out a line without saying so, in any text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlflow_cost_desktop.analysis.projection import projection
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

END = r"(?![\d,]|\.\d)(?!\*{0,2}\s\+\s\?)"
"""After a figure: neither more digits nor the mark; Markdown ends what is bold before it."""


def unmarked(text: str, scenario: Scenario, price_book: PriceBook) -> list[str]:
    """What stands around each total in a text, in plain figures, that should be marked.

    Args:
        scenario: one with a line without a price, none of it in maintenance.
    """
    figures = "|".join(re.escape(figure) for figure in set(_totals(scenario, price_book)))
    text = " ".join(text.split())  # lines end anywhere
    found = re.finditer(rf"(?<![\d.,])({figures}){END}", text)
    return [text[max(one.start() - 60, 0) : one.end() + 20] for one in found]


def _totals(scenario: Scenario, price_book: PriceBook) -> Iterator[str]:
    """A month, a year, the horizon, cash, and what others are paid; to the cent and whole."""
    outcome, along = estimate(scenario, price_book), projection(scenario, price_book)
    assert outcome.gaps and "labor" not in outcome.gaps
    for usd in (
        float(outcome.effective_cost),
        12.0 * float(outcome.effective_cost),
        float(outcome.horizon_total),
        float(outcome.infrastructure),
        float(outcome.billed_cost),
        float(outcome.first_year_cash),
        *(year.effective for year in along.years),
        *(year.cash for year in along.years),
    ):
        yield f"{usd:,.2f}"
        if usd >= 100.0:
            yield f"{usd:,.0f}"
