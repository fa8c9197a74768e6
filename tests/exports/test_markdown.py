"""Markdown: the same figures, words that are no markup, and what fits a pull request."""

from __future__ import annotations

import re

import pytest

from mlflow_cost_desktop.analysis.comparison import column
from mlflow_cost_desktop.exports.markdown import ROOM, markdown
from mlflow_cost_desktop.exports.markup import escaped
from mlflow_cost_desktop.exports.parts import PARTS
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from tests.analysis.test_alternatives import US_EAST
from tests.shared.facts import CREATED, PLANS, facts_of
from tests.support import ARTICLE, BOOK, SCENARIOS, changed


def document(scenario: Scenario, *parts: str) -> str:
    facts = facts_of(scenario)
    return markdown(facts, parts) if parts else markdown(facts)


def test_it_answers_first() -> None:
    text = document(ARTICLE)
    assert text.startswith(f"# {ARTICLE.name}: cost of self-hosting MLflow\n\nHosting MLflow")
    first = text.splitlines()[2]
    assert "a month:**" in first and re.search(r"is cheaper:\*\* .+ costs .+\*\*\.", first)
    assert "| **Per month** |" in text and "What would change it" in text
    for label in ("Region", "Month", "Prices", "Currency", "Without a known price", "Not included"):
        assert f"\n- {label}: " in text
    for name in ("money", "lines", "plans", "assumptions", "sources"):
        assert f"\n## {PARTS[name]}\n" in text
    assert "An estimate, not a quotation." in text


def test_tables_have_as_many_cells_as_heads() -> None:
    for name, scenario in SCENARIOS.items():
        width = 0
        for line in document(scenario).splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not (width and cells) or cells == width, (name, line)
            width = cells


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("a|b", r"a\|b"),
        ("**x** _y_ `z`", r"\*\*x\*\* \_y\_ \`z\`"),
        ("<img src=x>", "&lt;img src=x>"),
        ("@octocat fixes #12", "&#64;octocat fixes &#35;12"),
        ("[x](y)", r"\[x\](y)"),
        ("# no heading", r"\# no heading"),
        ("1. no list", r"1\. no list"),
        ("- no list", r"\- no list"),
        ("-120.00", "-120.00"),
        ("4.17 h", "4.17 h"),
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("A & B", "A & B"),
        ("$1$", r"\$1\$"),
        ("http://x", "http:&#47;&#47;x"),
        ("two\nlines", "two lines"),
        ("back\\slash", r"back\\slash"),
    ],
)
def test_a_stranger_s_words_are_no_markup(words: str, written: str) -> None:
    assert escaped(words) == written


def test_arithmetic_is_code_that_nothing_ends() -> None:
    line = OwnLine(id="one", name="a`|b", unit="u`|n", usd=2.0)
    text = document(changed(ARTICLE, own_lines=(line,)), "lines")
    (row,) = [line for line in text.splitlines() if "a\\`" in line]
    assert row.count("`") - row.count("\\`") == 2


def test_what_is_too_long_for_a_pull_request_is_said_to_be() -> None:
    lines = tuple(
        OwnLine(id=f"n{n}", name=f"{n} {'x' * 70}", unit="|" * 40, usd=1.0) for n in range(200)
    )
    text = document(changed(ARTICLE, own_lines=lines))
    assert len(text) <= ROOM
    assert "This part has no room" in text and "| **Per month** |" in text


def test_months_stand_there_where_they_differ() -> None:
    growing = changed(ARTICLE, growth=(Growth(path="artifact_store.stored_gb", amount=100.0),))
    text = document(growing)
    assert f"## {PARTS['months']}" in text and "+100 GB a month" in text
    assert f"## {PARTS['months']}" not in document(ARTICLE)
    assert "growth of usage" in document(ARTICLE) and "growth of usage" not in text


def test_the_month_in_which_the_verdict_turns_is_marked() -> None:
    values = (FromMonth(month=7, value=30.0),)
    growth = (Growth(path="team.users", by="table", values=values),)
    text = document(changed(ARTICLE, growth=growth, held_against="sagemaker_small"))
    (row,) = (line for line in text.splitlines() if line.startswith("| **7** |"))
    assert "**SageMaker MLflow Small becomes dearer; Medium from here on**" in row
    assert "SageMaker MLflow Small, then Medium, " in text
    assert "| 8 |" in text


def test_one_currency_but_for_the_lines() -> None:
    euro = Currency(code="EUR", per_usd=0.5, date="2026-11-01")
    text = document(changed(ARTICLE, currency=euro))
    assert "costs **€" in text and "| € a month |" in text and r"EUR, \$1 = €0.5" in text


@pytest.mark.parametrize("part", [*PARTS, "lines"])
def test_whatever_is_chosen_it_says_whose_figures_these_are(part: str) -> None:
    text = document(ARTICLE, part)
    labels = ("Scenario", "Region", "Month", "Prices", "Currency", "Without a known price")
    assert all(f"\n- {label}: " in text for label in labels)
    assert "An estimate, not a quotation." in text


def test_ranges_have_their_part_where_there_are_some() -> None:
    ranged = Range(path="labor.platform_engineer_usd", low=70.0, high=130.0, source="a guess")
    text = document(changed(ARTICLE, ranges=(ranged,)))
    assert "## How sure that is" in text and "| a guess |" in text and "draws with seed" in text
    assert "Hosted the cheapest way (alternative 1): " in text
    assert "## How sure that is" not in document(ARTICLE)


def test_parts_can_be_chosen() -> None:
    text = document(ARTICLE, "plans", "summary")
    assert "Plan that fits" in text and "## Line by line" not in text
    assert text.index("Hosting MLflow") < text.index("Plan that fits")


def test_scenarios_stand_side_by_side() -> None:
    two = changed(ARTICLE, name="Two | more", server__ec2__replicas=2.0)
    euro = changed(ARTICLE, currency=Currency(code="EUR", per_usd=0.5, date="2026-11-01"))
    beside = (column(two.name, two, BOOK), column("Again", ARTICLE, BOOK))
    facts = Facts.of(euro, BOOK, CREATED, PLANS, beside=beside)
    text = markdown(facts, ("comparison",))
    assert f"## {PARTS['comparison']}" in text
    assert "**€34.56** a month more with “Two \\| more” than with “This scenario”" in text
    lines = text.splitlines()
    hours = next(line for line in lines if line.startswith("| Instance hours (m5"))
    assert hours.endswith("| 34.56 | 69.12 | +34.56 | 34.56 | 0.00 |")
    total = next(line for line in lines if line.startswith("| **Total**"))
    assert total.count("**+34.56**") == 1
    assert "| Server · Replicas | 1 | 2 | 1 |" in text.replace("1 instance", "1").replace(
        "2 instances", "2"
    )
    for line in lines:
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in (5, 7)
    assert PARTS["comparison"] not in document(ARTICLE)


def test_the_two_cheapest_ways_stand_beside_the_scenario() -> None:
    book = US_EAST
    facts = Facts.of(ARTICLE, book, CREATED, PLANS)
    text = markdown(facts, ("alternatives",))
    first, second = facts.alternatives.found
    assert "The cheapest that fits costs" in text and "Looked for in US East" in text
    total = next(line for line in text.splitlines() if line.startswith("| **Total a month**"))
    assert f"| **{first.cost:,.2f}** | **{second.cost:,.2f}** |" in total
    nothing = changed(ARTICLE, needs__memory_gib=9_999.0)
    facts = Facts.of(nothing, book, CREATED, PLANS)
    assert f"## {PARTS['alternatives']}" not in markdown(facts)


def test_a_total_says_what_it_leaves_out() -> None:
    unknown = changed(ARTICLE, server__ec2__instance_type="m9.large")
    beside = (column("Unknown", unknown, BOOK),)
    facts = Facts.of(ARTICLE, BOOK, CREATED, PLANS, beside=beside)
    lines = markdown(facts, ("comparison",)).splitlines()
    infrastructure, work = (
        next(line for line in lines if line.startswith(f"| **{name}**"))
        for name in ("Infrastructure", "Maintenance")
    )
    assert infrastructure.count(" + ?**") == 2
    # The first such row is the subtotal of the part, the last the total.
    assert "?" not in work
