"""The report's section on the two cheapest ways that fit, beside the scenario."""

from __future__ import annotations

from mlflow_cost_desktop.analysis.alternatives import Alternative
from mlflow_cost_desktop.analysis.asked import in_words
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.pages import Column, Pages, Row
from mlflow_cost_desktop.exports.report.text import BODY, BODY_BOLD, BODY_MUTED, Spans
from mlflow_cost_desktop.figures import PLAIN, at_least
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.wording.alternatives import (
    commitment_in_words,
    difference_in_words,
    notes_in_words,
    searched_for_in_words,
    server_in_short,
    summary_in_words,
)

NAME, EACH = 126.0, 188.0
"""Px of the columns."""


def flow(pages: Pages, facts: Facts) -> None:
    """Sentence, the three side by side, what to mind; nothing where nothing else fits."""
    found = facts.alternatives
    if not found.found:
        return
    pages.heading("Alternatives", keep=220.0)
    pages.text(printable(summary_in_words(found, PLAIN)), BODY)
    pages.text(printable(searched_for_in_words(found, PLAIN)), BODY_MUTED)
    pages.gap(8.0)
    columns = found.now, *found.found
    names = ["This scenario", *(f"Alternative {rank}" for rank in range(1, len(columns)))]
    heads = [
        Column(name, EACH, beneath=printable(server_in_short(one)))
        for name, one in zip(names, columns, strict=True)
    ]
    pages.table(
        [Column("", NAME), *heads],
        [
            *(Row(_cells(title, words)) for title, words in _hosting(columns)),
            Row(_cells("Committed", [commitment_in_words(one.months) for one in columns])),
            Row(([(f"{facts.currency.heading} / month", BODY_BOLD)],), shade=True, keep=True),
            *(
                Row(_cells(title, [_cost(facts, one, name) for one in columns]))
                for name, title in COMPONENTS.items()
                if any(_has(one, name) for one in columns)
            ),
            Row(
                _cells("Per month", [_total(facts, one) for one in columns], is_bold=True),
                strong_rule=True,
            ),
            Row(
                _cells(
                    "Difference",
                    ["", *(difference_in_words(found, one, PLAIN) for one in found.found)],
                )
            ),
        ],
    )
    pages.gap(4.0)
    for rank, one in enumerate(found.found, 1):
        if told := notes_in_words(found, one, PLAIN):
            pages.bullet(f"Alternative {rank}: {printable(told)}.", BODY, "–", BODY_MUTED)


def _hosting(columns: tuple[Alternative, ...]) -> list[tuple[str, list[str]]]:
    titles = ("Server", "Metadata store", "Artifact store")
    return [
        (title, [in_words(one.options[at]) for one in columns]) for at, title in enumerate(titles)
    ]


def _cells(title: str, words: list[str], *, is_bold: bool = False) -> tuple[Spans, ...]:
    style = BODY_BOLD if is_bold else BODY
    return ([(title, style)], *([(printable(each), style)] for each in words))


def _has(one: Alternative, part: str) -> bool:
    return part in one.estimate.gaps or bool(one.estimate.by_component[part])


def _cost(facts: Facts, one: Alternative, part: str) -> str:
    usd = float(one.estimate.by_component[part])
    return at_least(facts.currency.amount(usd, PLAIN), part in one.estimate.gaps)


def _total(facts: Facts, one: Alternative) -> str:
    return at_least(facts.currency.amount(one.cost, PLAIN), one.estimate.unpriced)
