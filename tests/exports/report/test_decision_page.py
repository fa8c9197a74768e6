"""The first pages of the report: the answer, its options, the money, in one currency."""

import io
import re
from datetime import UTC, datetime

import numpy as np
import pytest
from pypdf import PdfReader

from mlflow_cost_desktop.analysis.uncertainty import uncertainty
from mlflow_cost_desktop.exports.decision import Decision
from mlflow_cost_desktop.exports.grounds import grounds_of
from mlflow_cost_desktop.exports.parts import ALL
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.report.lines import shortened
from mlflow_cost_desktop.exports.report.pages import PAPERS, TOP, Pages
from mlflow_cost_desktop.exports.report.report import Choices, render_pdf
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.growth import FromMonth, Growth
from mlflow_cost_desktop.model.ranges import Range
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.both_ways import both_ways
from mlflow_cost_desktop.wording.decision import spoken
from mlflow_cost_desktop.wording.turns import FAR
from mlflow_cost_desktop.wording.uncertainty import bar_in_words
from tests.exports.report.test_report import texts
from tests.shared.facts import PLANS, facts_of
from tests.shared.once import once
from tests.support import ARTICLE, BOOK, SCENARIOS, changed

CREATED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
US_EAST = Shelf(pricing_dir() / "aws").book("us-east-1")

pytestmark = pytest.mark.usefixtures("qapp")


@once
def rendered(scenario: Scenario, choices: Choices | None = None) -> bytes:
    return render_pdf(scenario, BOOK, CREATED, PLANS, choices=choices)


def reader(scenario: Scenario, choices: Choices | None = None) -> PdfReader:
    return PdfReader(io.BytesIO(rendered(scenario, choices)))


@once
def pages(scenario: Scenario) -> list[str]:
    """The words of each page."""
    return [" ".join(text.split()) for text in texts(reader(scenario))]


def page(scenario: Scenario, number: int = 0) -> str:
    return pages(scenario)[number]


def test_page_one_answers_what_host_or_buy_how_sure_and_what_turns_it() -> None:
    words = page(ARTICLE)
    assert re.search(r"Hosting MLflow yourself costs \$\d+ a month", words)
    assert re.search(
        r"(Buying|Hosting yourself) is cheaper: SageMaker .+ costs \$[\d,]+ a month", words
    )
    assert "How sure is that?" in words and "AWS price list, at most" in words
    assert "What would change this" in words and "turning point" in words
    assert "Options" in words and "The vendor’s charges" in words and "Per month" in words


def test_the_two_cheapest_that_fit_stand_beside_the_scenario() -> None:
    words = page(ARTICLE)
    found = facts_of(ARTICLE).alternatives
    assert "this scenario EC2 m5.large alternative 1 EC2" in words
    totals = re.search(r"Per month ([\d,.]+) ([\d,.]+) ([\d,.]+) ([\d,.]+)", words)
    assert totals is not None
    costs = [found.now.cost, *(one.cost for one in found.found)]
    assert list(totals.groups())[:3] == [f"{cost:,.2f}" for cost in costs]
    assert "Difference −" in words and "To mind: " in words


def test_the_verdict_is_held_against_the_cheapest_way_too() -> None:
    facts = facts_of(ARTICLE)
    words = Decision.of(facts).cheapest
    assert re.match(
        r"Hosted the cheapest way \(alternative 1\): \$[\d,]+ a month\. ",
        words,
    )
    offer, best = facts.held.offer, facts.alternatives.found[0]
    assert offer is not None and offer.bought is not None
    stays = (float(offer.bought.effective_cost) < best.cost) == (float(offer.difference) < 0)
    assert ("is still cheaper, by $" in words) == stays
    assert ("Against that the verdict turns" in words) != stays
    assert facts.share_against_cheapest is not None
    assert re.search(r"in (\d+|more than \d+|fewer than \d+|all|no) ", words)


def test_where_the_cheapest_way_turns_the_verdict_it_says_so() -> None:
    """A plan that costs less than as chosen, and more than hosted the cheapest way."""
    facts = facts_of(ARTICLE)
    offer, best = facts.held.offer, facts.alternatives.found[0]
    assert offer is not None and offer.bought is not None
    between = (facts.alternatives.now.cost + best.cost) / 2.0
    own = offer.plan.model_copy(
        update={"base_usd": offer.plan.base_usd + between - float(offer.bought.effective_cost)}
    )
    words = Decision.of(Facts.of(ARTICLE, BOOK, CREATED, [own])).cheapest
    assert "Against that the verdict turns: hosting yourself is cheaper, by $" in words


def test_where_it_is_hosted_the_cheapest_way_it_says_so() -> None:
    best = facts_of(ARTICLE).alternatives.found[0]
    assert "As chosen it is hosted the cheapest way that fits." in page(best.scenario)


def test_how_sure_it_is_is_answered_without_a_range_too() -> None:
    facts = facts_of(ARTICLE)
    said = dict(Decision.of(facts).sureness)
    cases = facts.supposed
    assert facts.uncertainty is None and cases is not None and cases.plan_share is not None
    assert not ARTICLE.ranges and cases.scenario.ranges
    likely, far = said["The verdict"], said["The amount"]
    share = cases.plan_share if facts.held.offer and facts.held.offer.difference < 0 else 0.0
    assert f"is cheaper in {round(100 * share)} of 100 cases" in likely
    low, high = (f"${cases.percentiles[at]:,.0f}" for at in (10, 90))
    assert f"In eight cases of ten hosting costs {low} to {high} a month" in far
    assert cases.savings is not None
    ends = [
        f"${abs(usd):,.0f} {'less' if usd > 0 else 'more'}"
        for usd in (cases.savings[10], cases.savings[90])
    ]
    assert likely.endswith(f"; in eight of ten buying costs {ends[0]} to {ends[1]}.")
    assert re.search(r"Ranges: none typed, \d+ suggested, \d+ of them by judgment\.$", far)
    # One that is a step up from zero is no tenth of anything.
    bar = next(bar for bar in facts.tornado.bars if bar.moves[0].now)
    ends = sorted((bar.cost_low, bar.cost_high))
    assert (
        f"at ±10 % a month costs ${ends[0]:,.0f} to ${ends[1]:,.0f}." in said["What moves it most"]
    )
    assert re.match(
        r"Hosting as chosen beats buying with .+ \([−+]\d+ %\)\.$",
        said["How far from turning"],
    )
    rests = said["What it rests on"]
    assert "typed 0 %" in rests and "Prices: AWS " in rests
    shares = [int(part) for part in re.findall(r"(\d+) %", rests)]
    assert 198 <= sum(shares) <= 202  # amounts, and prices
    words = page(ARTICLE)
    assert all(
        " ".join(each.split()) in words
        for title, each in said.items()
        if title != "How far from turning"  # the table below says it
    )
    assert "hosting as chosen beats buying" in words


def test_buying_is_held_against_the_cheapest_way_as_the_page_prints_both() -> None:
    """A buyer keeps the artifacts as chosen, not as alternative 1 keeps them."""
    article = read_scenario(resources_dir() / "scenarios" / "article-2024.mlcost").scenario
    facts = Facts.of(article, US_EAST, CREATED, PLANS)
    found, bought = facts.flips_of_cheapest, facts.held.offer and facts.held.offer.bought
    assert found is not None and bought is not None and facts.cases is not None
    printed = float(bought.effective_cost) - facts.alternatives.found[0].cost
    assert found.difference == pytest.approx(printed, abs=1e-9) == pytest.approx(-9.52, abs=0.005)
    # All maintenance is of one role: 441.77 as hosted, 81.24 where a vendor hosts.
    rate = next(flip for flip in found.flips if flip.place.path == "labor.platform_engineer_usd")
    assert rate.at == pytest.approx(91.4 * (1.0 - 9.52 / (441.77 - 81.24)), abs=0.01)
    decision = Decision.of(facts)
    assert decision.turns[0].then == "alternative 1 beats buying"
    said = dict(decision.sureness)["How far from turning"]
    assert re.search(r", alternative 1 .+ \(−3 %\)\.$", said)
    ranged = facts.alternatives.found[0].scenario.model_copy(
        update={"ranges": facts.cases.scenario.ranges}
    )
    best = uncertainty(ranged, US_EAST, count=facts.cases.draws)
    assert facts.cases.plan_cost is not None
    assert facts.share_against_cheapest == np.mean(facts.cases.plan_cost < best.cost)


def test_what_is_typed_for_the_team_is_told_apart() -> None:
    typed = changed(ARTICLE, artifact_store__stored_gb=5_000.0)
    facts = facts_of(typed)
    grounds = grounds_of(facts)
    assert grounds is not None
    stored = float(facts.estimate.by_component["artifact_store"])
    assert grounds.typed == pytest.approx(stored / float(facts.estimate.effective_cost), abs=1e-6)
    assert grounds.typed + grounds.given + grounds.judgment == pytest.approx(1.0)
    assert grounds.listed + grounds.estimated + grounds.hourly + grounds.own == pytest.approx(1.0)
    rests = dict(Decision.of(facts).sureness)["What it rests on"]
    assert f"typed {round(100 * grounds.typed)} %" in rests


def test_a_price_of_another_region_says_whether_it_can_be_had() -> None:
    (plan,) = (one for one in PLANS if one.id == "sagemaker_small")
    there = Facts.of(ARTICLE, BOOK, CREATED, [plan])
    assert "The plan’s price" not in dict(Decision.of(there).sureness)
    facts = Facts.of(ARTICLE, BOOK, CREATED, [plan.model_copy(update={"region_id": "eu-west-9"})])
    words = dict(Decision.of(facts).sureness)["The plan’s price"]
    assert words.startswith(
        "It is that of eu-west-9; whether it is sold in us-east-1, and "
        "for how much, is not known: ask the vendor."
    )
    offer = facts.held.offer
    assert offer is not None
    if float(offer.difference) < 0:
        times = re.search(r"Buying stays cheaper up to ([\d.]+) times that price\.", words)
        assert times is not None
        dearer = offer.fees * float(times[1]) - offer.fees
        assert dearer <= -float(offer.difference) < dearer + 0.1 * offer.fees


def test_page_one_asks_nobody_to_do_more_often_what_is_done_once() -> None:
    hobby = read_scenario(resources_dir() / "scenarios" / "hobby.mlcost").scenario
    facts = facts_of(hobby)
    assert facts.flips is not None
    assert "labor.tasks.exit.times" in {flip.place.path for flip in facts.flips.flips}
    decision = Decision.of(facts)
    assert decision.turns
    assert not any("How often" in turn.title for turn in decision.turns)
    assert "How often" not in dict(decision.sureness)["How far from turning"]


def test_what_is_far_from_turning_is_told_as_far() -> None:
    dear = tuple(
        task.model_copy(update={"hours": task.hours * 100.0}) for task in ARTICLE.labor.tasks
    )
    facts = facts_of(changed(ARTICLE, labor__tasks=dear))
    decision = Decision.of(facts)
    assert (
        any(turn.at.startswith("at least") for turn in decision.turns) or decision.turns_note == FAR
    )
    assert decision.turns_note
    assert len(decision.turns) <= 4


def test_a_plan_that_becomes_too_small_names_the_larger_one() -> None:
    (small,) = (one for one in PLANS if one.id == "sagemaker_small")
    assert small.next_size
    tight = changed(ARTICLE, team__users=20.0, held_against=small.id)
    turns = Decision.of(facts_of(tight)).turns
    users = [turn for turn in turns if "Users" in turn.title]
    assert users and re.match(r"Medium, \$[\d,]+ (cheaper|dearer)$", users[0].then)


def test_where_the_largest_has_no_room_the_next_that_fits_is_named() -> None:
    crowd = read_scenario(resources_dir() / "scenarios" / "large.mlcost").scenario
    (users,) = (
        turn
        for turn in Decision.of(Facts.of(crowd, US_EAST, CREATED, PLANS)).turns
        if "Users" in turn.title
    )
    assert users.at.startswith("at least 101 users")
    assert re.match(r"[A-Z].+, \$[\d,]+ (cheaper|dearer)$", users.then)
    alone = [plan for plan in PLANS if plan.id == "sagemaker_large"]
    (users,) = (
        turn
        for turn in Decision.of(Facts.of(crowd, US_EAST, CREATED, alone)).turns
        if "Users" in turn.title
    )
    assert users.then == "no plan fits: host it yourself"


def test_free_own_time_is_told_where_it_is_a_large_part() -> None:
    facts = Facts.of(ARTICLE, BOOK, CREATED, PLANS)
    bought = facts.held.offer and facts.held.offer.bought
    assert bought
    hosting, buying = (float(one.effective_cost - one.labor) for one in (facts.estimate, bought))
    side = "buying" if buying < hosting else "hosting yourself"
    said = dict(Decision.of(facts).sureness)["If own time were free"]
    words = f"Hosting costs ${hosting:,.0f} and buying ${buying:,.0f} a month: {side} is cheaper."
    assert said == words and words in page(ARTICLE)
    regulated = read_scenario(resources_dir() / "scenarios" / "regulated.mlcost").scenario
    book = Shelf(pricing_dir() / "aws").book(regulated.region_id)
    decision = Decision.of(Facts.of(regulated, book, CREATED, PLANS))
    (first,) = re.findall(r"(\$[\d,]+) for infrastructure", spoken(decision.cost))
    said = dict(decision.sureness)["If own time were free"]
    assert said.startswith(f"Hosting costs {first} and buying $")  # to the dollar, rounded alike
    stored = changed(ARTICLE, artifact_store__stored_gb=200_000.0)
    assert "If own time were free" not in dict(
        Decision.of(Facts.of(stored, BOOK, CREATED, PLANS)).sureness
    )


def test_a_growing_scenario_s_chart_has_its_note() -> None:
    growth = (Growth(path="team.users", by="table", values=(FromMonth(month=7, value=30.0),)),)
    words = page(changed(ARTICLE, growth=growth, held_against="sagemaker_small"))
    assert (
        "Areas: hosting as chosen, by part; dashed: buying; upright line: the turn. SageMaker "
        "MLflow Small becomes dearer in month 7." in words
    )
    alone = changed(ARTICLE, growth=growth, held_against="none")
    assert "Areas: hosting as chosen, by part; upright line: the last month." in page(alone)


def test_hours_and_how_often_of_one_task_are_one_row() -> None:
    turns = Decision.of(facts_of(ARTICLE)).turns
    told = [(turn.title, turn.then) for turn in turns]
    assert len(told) == len(set(told)) <= 4
    assert not any("How often" in turn.title for turn in turns)


def test_hosting_and_buying_stand_side_by_side() -> None:
    facts = facts_of(ARTICLE)
    found = both_ways(ARTICLE, facts.estimate, facts.held.offer and facts.held.offer.bought, PLAIN)
    words = page(ARTICLE)
    for row in found.rows:
        assert " ".join(filter(None, row)) in words
    assert "= at the start" in words and "+ monthly" in words


def test_buying_what_may_not_be_sold_here_is_a_condition_from_the_first_sentence_on() -> None:
    (plan,) = (one for one in PLANS if one.id == "sagemaker_small")
    there = Decision.of(Facts.of(ARTICLE, BOOK, CREATED, [plan]))
    assert not any(turn.then == "host it yourself" for turn in there.turns)
    facts = Facts.of(ARTICLE, BOOK, CREATED, [plan.model_copy(update={"region_id": "eu-west-9"})])
    decision = Decision.of(facts)
    assert ("If sold in us-east-1, buying is cheaper:", True) in decision.verdict
    assert ", if sold in us-east-1: buying is" in dict(decision.sureness)["The verdict"]
    assert decision.turns[0] == (
        "The plan is sold in us-east-1",
        "not known",
        "if it is not",
        "host it yourself",
    )


def test_where_hosting_is_cheaper_it_hangs_on_no_region() -> None:
    (plan,) = (one for one in PLANS if one.id == "sagemaker_small")
    dear = plan.model_copy(update={"region_id": "eu-west-9", "base_usd": 5_000.0})
    decision = Decision.of(Facts.of(ARTICLE, BOOK, CREATED, [dear]))
    assert ("Hosting yourself is cheaper:", True) in decision.verdict
    assert all(turn.then != "host it yourself" for turn in decision.turns)
    assert any(turn.then == "buying beats hosting as chosen" for turn in decision.turns)


def test_a_lopsided_range_names_the_input_that_makes_it_so() -> None:
    hobby = read_scenario(resources_dir() / "scenarios" / "hobby.mlcost").scenario
    facts = facts_of(hobby)
    cases, now = facts.supposed, float(facts.estimate.effective_cost)
    assert cases is not None
    assert cases.percentiles[90] - now > 1.5 * (now - cases.percentiles[10])
    assert facts.swings is not None
    widest = max(facts.swings.bars, key=lambda bar: bar.cost_high + bar.cost_low)
    said = dict(Decision.of(facts).sureness)["The amount"]
    assert f", the upper end mostly by {bar_in_words(widest)} (" in said
    even = Range(path="labor.platform_engineer_usd", low=81.4, high=101.4)
    said = dict(Decision.of(Facts.of(changed(ARTICLE, ranges=(even,)), BOOK, CREATED)).sureness)
    assert " end mostly by" not in said["The amount"]


def test_the_list_of_turns_and_the_chart_are_said_to_agree() -> None:
    """What the chart shows beyond four times is said to be too far for the list."""
    hobby = read_scenario(resources_dir() / "scenarios" / "hobby.mlcost").scenario
    book = Shelf(pricing_dir() / "aws").book(hobby.region_id)
    facts = Facts.of(hobby, book, CREATED, PLANS)
    assert facts.flips is not None
    (turn,) = (one for one in facts.flips.flips if one.place.path == "usage.hours_per_day")
    assert turn.relative is not None and turn.relative > 3.0
    pdf = PdfReader(io.BytesIO(render_pdf(hobby, book, CREATED, PLANS)))
    words = " ".join(texts(pdf)[0].split())
    found = re.search(
        r"Buying and hosting as chosen cost the same at (\d+) h, ([\d.]+) times this scenario’s, "
        r"too far to be named above\.",
        words,
    )
    assert found is not None
    assert float(found[2]) == pytest.approx(1.0 + turn.relative, abs=0.05)
    assert "Upright line: this scenario; rings: two cost the same." in words


def test_the_chart_says_why_an_option_costs_another_amount_than_in_the_table() -> None:
    assert "Only the server differs here." in page(ARTICLE)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", ["article-2024", "hobby", "large", "regulated"])
def test_the_decision_of_each_sample_has_one_page_with_its_chart(name: str, paper: str) -> None:
    shelf = Shelf(pricing_dir() / "aws")
    scenario = read_scenario(resources_dir() / "scenarios" / f"{name}.mlcost").scenario
    book, choices = shelf.book(scenario.region_id), Choices(paper=paper)
    pdf = render_pdf(scenario, book, CREATED, PLANS, choices=choices)
    first, second = texts(PdfReader(io.BytesIO(pdf)))[:2]
    assert "usage hours per month" in first and second.strip().startswith("The money")


def test_what_it_is_held_against_may_be_nothing() -> None:
    words = page(changed(ARTICLE, held_against="none"))
    assert "It is held against no managed plan." in words
    assert "What would change this" not in words and "The vendor’s charges" not in words


def test_ranges_give_a_span_and_a_chance() -> None:
    ranged = Range(path="labor.platform_engineer_usd", low=70.0, high=130.0)
    words = page(changed(ARTICLE, ranges=(ranged,)))
    assert re.search(r"\(\$\d+–\$\d+ in eight cases of ten\)", words)
    assert re.search(r"is cheaper in (\d+ of 100|no|all|more than|fewer than)", words)
    assert "Ranges: 1 typed." in words


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
    assert re.search(r" × €0\.5 / \$ = €[\d.,]+", lines)
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
    once = rendered(ARTICLE)
    assert once == render_pdf(ARTICLE, BOOK, CREATED, PLANS)
    assert once != rendered(ARTICLE, Choices(paper="letter"))


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
