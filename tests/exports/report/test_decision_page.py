"""The first pages of the report: the answer, its options, the money, in one currency."""

import io
import re
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from mlflow_cost_desktop.exports.parts import ALL
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.lines import shortened
from mlflow_cost_desktop.exports.report.pages import PAPERS, TOP, Pages
from mlflow_cost_desktop.exports.report.report import Choices, render_pdf
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from tests.exports.report.test_report import texts
from tests.support import ARTICLE, BOOK, PRICES, SCENARIOS, changed

CREATED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PLANS = read_plans(PRICES / "managed")

pytestmark = pytest.mark.usefixtures("qapp")


def reader(scenario: Scenario, choices: Choices | None = None) -> PdfReader:
    return PdfReader(io.BytesIO(render_pdf(scenario, BOOK, CREATED, PLANS, choices=choices)))


def page(scenario: Scenario, number: int = 0) -> str:
    return " ".join(texts(reader(scenario))[number].split())


def test_page_one_answers_what_host_or_buy_how_sure_and_what_turns_it() -> None:
    words = page(ARTICLE)
    assert re.search(r"Hosting MLflow yourself costs \$\d+ a month", words)
    assert re.search(
        r"(Buying|Hosting yourself) is cheaper: SageMaker .+ costs \$[\d,]+ a month", words
    )
    assert "No input has a range yet" in words and "AWS price list, at most" in words
    assert "What would change this" in words and "turning point" in words
    assert "Options" in words and "The vendor’s charges" in words and "Per month" in words


def test_the_two_cheapest_that_fit_stand_beside_the_scenario() -> None:
    words = page(ARTICLE)
    assert re.search(
        r"Hosted the cheapest way that fits it costs \$[\d,]+ a month: \$\d+ less than as chosen, "
        r"\$[\d.,]+ (more|less) than the plan\.",
        words,
    )
    found = Facts.of(ARTICLE, BOOK, CREATED, PLANS).alternatives
    assert "this scenario alternative 1 alternative 2" in words
    totals = re.search(r"Per month ([\d,.]+) ([\d,.]+) ([\d,.]+) ([\d,.]+)", words)
    assert totals is not None
    costs = [found.now.cost, *(one.cost for one in found.found)]
    assert list(totals.groups())[:3] == [f"{cost:,.2f}" for cost in costs]
    assert "Difference from this scenario −" in words and "To mind: " in words


def test_where_it_is_hosted_the_cheapest_way_it_says_so() -> None:
    best = Facts.of(ARTICLE, BOOK, CREATED, PLANS).alternatives.found[0]
    assert "As chosen it is hosted the cheapest way that fits." in page(best.scenario)


def test_without_ranges_it_says_what_moves_the_total_and_what_turns_it_first() -> None:
    words = page(ARTICLE)
    assert re.search(r"At ±10 % of what matters most, .+, it is \$\d+ to \$\d+ a month\.", words)
    assert re.search(r"What turns the verdict first is [^.]+, [−+]\d+ %\.", words)


def test_times_say_of_what() -> None:
    assert re.search(r"How often 4 times a year below [\d.]+ times a year", page(ARTICLE))


def test_what_it_is_held_against_may_be_nothing() -> None:
    words = page(changed(ARTICLE, held_against="none"))
    assert "It is held against no managed plan." in words
    assert "What would change this" not in words and "The vendor’s charges" not in words


def test_ranges_give_a_span_and_a_chance() -> None:
    ranged = Range(path="labor.platform_engineer_usd", low=70.0, high=130.0)
    words = page(changed(ARTICLE, ranges=(ranged,)))
    assert re.search(r"\(\$\d+–\$\d+ in eight cases of ten\)", words)
    assert re.search(r"of 100 cases SageMaker|In (no|all) cases? SageMaker", words)
    assert "No input has a range yet" not in words


def test_the_money_keeps_invoices_and_own_time_apart() -> None:
    words = page(ARTICLE, 1)
    assert "Invoices" in words and "Own people’s time" in words and "Year 1" in words
    assert "What matters most" in words


def test_tasks_are_those_that_count() -> None:
    idle = ARTICLE.labor.tasks[0].model_copy(update={"id": "idle", "hours": 0.0})
    idling = changed(ARTICLE, labor__tasks=(*ARTICLE.labor.tasks, idle))
    assert set(re.findall(r"(\d+) tasks?", page(idling))) == {str(len(ARTICLE.labor.tasks))}


def test_one_currency_throughout() -> None:
    euro = Currency(code="EUR", per_usd=0.5, date="2026-11-01")
    found = reader(changed(ARTICLE, currency=euro))
    first = texts(found)[0].replace("$1 = €0.5", "")
    first = re.sub(r"\$[\d.,]+ / h", "", first)  # hourly rates are typed in USD, and say so
    assert "€" in first and "$" not in first
    lines = next(text for text in texts(found) if "line by line" in text)
    assert re.search(r"= \$[\d.,]+ × 0\.5 = €[\d.,]+", lines)
    assert "USD / month" not in lines


@pytest.mark.parametrize(
    ("written", "short"),
    [
        ("4.16666666667 h × $0 / h", "4.1666667 h × $0 / h"),
        ("1,234.56789012345 GB", "1,234.5679 GB"),
        ("$0.0000004 / request", "$0.0000004 / request"),
        ("1 × 720 h × $0.096 / h = $69.12", "1 × 720 h × $0.096 / h = $69.12"),
    ],
)
def test_arithmetic_has_digits_that_mean_something(written: str, short: str) -> None:
    assert shortened(written) == short


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_paper(paper: str, size: tuple[int, int]) -> None:
    found = reader(ARTICLE, Choices(paper=paper))
    box = found.pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
    assert f"page 1 of {len(found.pages)}" in texts(found)[0]


def test_parts_can_be_chosen_and_what_it_rests_on_is_always_told() -> None:
    found = reader(ARTICLE, Choices(parts=("plans",)))
    words = " ".join(texts(found))
    assert "Self-host or buy" in words and "line by line" not in words
    for told in ("US East (N. Virginia)", "Not included", "Without a known price", "720 h"):
        assert told in words
    assert len(found.pages) < len(reader(ARTICLE).pages)


def test_it_has_a_language_and_bookmarks_that_lead_to_their_pages() -> None:
    found = reader(ARTICLE)
    assert found.root_object["/Lang"] == "en-US"
    places = [
        (str(entry["/Title"]), found.get_destination_page_number(entry))
        for entry in found.outline
        if not isinstance(entry, list)
    ]
    assert places[0] == ("The decision", 0)
    assert [title for title, _ in places][-1] == "About this report"
    pages = texts(found)
    for title, number in places[1:]:
        assert number is not None
        words = " ".join(pages[number].split())
        assert title in words, title


def test_the_same_bytes_and_others_for_other_choices() -> None:
    once = render_pdf(ARTICLE, BOOK, CREATED, PLANS)
    assert once == render_pdf(ARTICLE, BOOK, CREATED, PLANS)
    letter = render_pdf(ARTICLE, BOOK, CREATED, PLANS, choices=Choices(paper="letter"))
    assert once != letter


def test_no_sample_ends_on_a_page_with_a_disclaimer_alone() -> None:
    for scenario in (ARTICLE, SCENARIOS["on demand"]):
        for paper in PAPERS:
            last = texts(reader(scenario, Choices(paper=paper)))[-1]
            assert len(last.split()) > 60


def test_a_short_last_page_gets_the_section_before_it() -> None:
    pages = Pages()
    pages.heading("One")
    pages.place(600.0, lambda painter, y: None)
    pages.heading("Two")
    pages.place(250.0, lambda painter, y: None)
    pages.heading("Three")
    pages.place(60.0, lambda painter, y: None)
    before = {mark.title: mark.page for mark in pages.bookmarks}
    pages.fill_last_page()
    after = {mark.title: mark.page for mark in pages.bookmarks}
    assert before == {"One": 0, "Two": 0, "Three": 1}
    assert after == {"One": 0, "Two": 1, "Three": 1}
    heights = {mark.title: mark.height for mark in pages.bookmarks}
    assert heights["Two"] == PAPERS["a4"].height - TOP and heights["Three"] < heights["Two"]


def test_every_part_has_its_pages() -> None:
    growing = changed(ARTICLE, growth=(Growth(path="artifact_store.stored_gb", amount=100.0),))
    assert "Over time" in " ".join(texts(reader(growing)))
    for part in ALL:
        assert len(reader(growing, Choices(parts=(part,))).pages) >= 1
