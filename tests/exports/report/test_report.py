"""The PDF report: its text can be found, it is vectors, and the clock leaves no trace in it."""

import io
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject
from PySide6.QtCore import QEventLoop, QHashSeed

from mlflow_cost_desktop.exports.parts import PARTS
from mlflow_cost_desktop.exports.report.facts import share
from mlflow_cost_desktop.exports.report.lines import shortened
from mlflow_cost_desktop.exports.report.order import in_order
from mlflow_cost_desktop.exports.report.report import render_pdf
from mlflow_cost_desktop.exports.report.text import lacking_in_words, load_fonts
from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.samples import samples
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price import Price, flat
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.wording.amounts import adding_up
from tests.shared.once import once
from tests.shared.pdf_text import texts_of
from tests.support import ARTICLE, changed

CREATED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
RULE = "The mean of two neighboring regions (error unknown)"

pytestmark = pytest.mark.usefixtures("qapp")


def book(*, without: str = "", estimated: str = "", date: str = "2026-11-01") -> PriceBook:
    """The prices that the article's scenario needs."""
    usd = {
        ("ec2/m5.large/on_demand", "h"): 0.096,
        ("ebs/gp3/storage", "GB-month"): 0.08,
        ("rds/mysql/db.m5.large/single_az/on_demand", "h"): 0.171,
        ("rds_storage/gp2/single_az", "GB-month"): 0.115,
        ("rds_backup", "GB-month"): 0.095,
        ("s3/standard/storage", "GB-month"): 0.023,
        ("s3/standard/put", "1,000 requests"): 0.005,
        ("s3/standard/get", "1,000 requests"): 0.0004,
        ("transfer/internet", "GB"): 0.09,
    }
    prices = {
        sku: Price(
            sku,
            unit,
            flat(price),
            state="estimated" if sku == estimated else "listed",
            rule=RULE if sku == estimated else "",
            source="Test prices",
            date=date,
        )
        for (sku, unit), price in usd.items()
        if sku != without
    }
    return PriceBook(AWS, "us-east-1", "US East (N. Virginia)", prices)


def article(**changes: object) -> Scenario:
    """The article's scenario in its 720-hour month; `__` stands for the dot of a path."""
    return changed(ARTICLE, **{"name": "Small data-science team", "author": "A. Author", **changes})


def read(scenario: Scenario, price_book: PriceBook | None = None) -> PdfReader:
    pdf = render_pdf(scenario, price_book, CREATED) if price_book else rendered(scenario)
    return PdfReader(io.BytesIO(pdf), strict=True)


@once
def rendered(scenario: Scenario) -> bytes:
    return render_pdf(scenario, book(), CREATED)


def texts(reader: PdfReader) -> list[str]:
    assert isinstance(reader.stream, io.BytesIO)
    return texts_of(reader.stream.getvalue())


def words(reader: PdfReader) -> str:
    """All text on one line, since long texts wrap."""
    return " ".join(" ".join(texts(reader)).split())


def resources(reader: PdfReader, kind: str) -> Iterator[DictionaryObject]:
    for page in reader.pages:
        of_page = page["/Resources"].get_object()
        assert isinstance(of_page, DictionaryObject)
        found = of_page.get(kind, DictionaryObject()).get_object()
        assert isinstance(found, DictionaryObject)
        yield from (item.get_object() for item in found.values())


def test_the_articles_figures_stand_in_the_report() -> None:
    text = words(read(article()))
    for figure in ("69.12", "123.12", "2.30", "23.55", "218 for infrastructure", "659.86"):
        assert figure in text
    for sentence in (
        "Hosting MLflow yourself costs $660 a month: $218 for infrastructure and $442 for "
        "maintenance by own people.",
        "1 instance × 720 h × $0.096 / h = $69.12",
        "1,024 GB × $0.023 / GB-month = $23.55",
        "2026-11-23 · A. Author",
        "US East (N. Virginia) us-east-1 · USD",
        "month of 720 h",
        "AWS price list, at most 22 days old",
        "AWS price list · 2026-11-01",
        "An estimate, not a quotation.",
        "MLflow is a trademark of LF Projects, LLC.",
        "Cost by usage hours",
        "Cost by artifact storage",
        "page 1 of",
    ):
        assert sentence in text


def test_all_costs_are_told_in_the_users_currency_and_prices_in_usd() -> None:
    rate = {"currency__per_usd": 0.5, "currency__date": "2026-11-20"}
    text = words(read(article(currency__code="EUR", **rate)))
    assert "Hosting MLflow yourself costs €330 a month" in text
    assert "US East (N. Virginia) us-east-1 · $1 = €0.5, 2026-11-20" in text
    assert "1 instance × 720 h × $0.096 / h × €0.5 / $ = €34.56" in text
    assert "€ / month" in text and "USD / month" not in text


def test_charts_hold_the_plan_that_comes_first_against_the_total() -> None:
    def money_page(**changes: object) -> tuple[str, bytes]:
        reader = read(article(**changes))
        drawn = reader.pages[1].get_contents()
        assert drawn is not None
        return texts(reader)[1], drawn.get_data()

    dashes = re.compile(rb"\[[\d. ]+\]\d+ +d\b")
    plan = ManagedPlan(id="saas", name="Some\u202eSaas", base_usd=200.0)
    text, drawn = money_page(plans=(plan,))
    assert text.count("Some Saas") == 3  # at both lines, and below in full
    assert dashes.findall(drawn)
    assert not dashes.findall(money_page()[1])


def test_the_report_says_what_the_total_is_held_against() -> None:
    def said(held: str) -> str:
        plans = (
            ManagedPlan(id="ours", name="Ours", base_usd=200.0, software="other", source="x.com"),
            ManagedPlan(id="blank", name="Blank"),
            ManagedPlan(id="gift", name="Gift", price="free"),
        )
        return words(read(article(plans=plans, held_against=held)))

    ours = said("ours")
    assert "Held against this scenario: Ours (not MLflow, your figure)" in ours
    assert "Dashed: Ours (not MLflow, your figure), with what stays with the buyer." in ours
    assert re.search(r"Ours not MLflow · .* · Your figure\.", ours)
    assert "x.com" not in ours  # whatever the user has typed or changed is his
    gift = said("gift")
    assert "Held against this scenario: Gift (free, your figure)" in gift
    assert "$0.00 for the plan" in gift
    blank = said("blank")
    assert "Held against this scenario: Blank" in blank
    assert "The price is unknown until you type a figure" in blank
    assert "Price unknown: Blank." in blank
    assert "Dashed:" not in blank
    nothing = said("none")
    assert "Held against nothing." in nothing
    assert "Dashed:" not in nothing
    gone = said("gone")
    assert "There is no plan “gone” any longer" in gone
    assert "Held against this scenario: Gift (free, your figure, “gone” is gone)" in gone


def test_a_plan_s_price_is_told_as_it_is_known() -> None:
    plans = (
        ManagedPlan(id="new", name="New one"),
        ManagedPlan(id="gift", name="Gift", price="free", software="other"),
        ManagedPlan(
            id="mine",
            name="My offer",
            base_usd=300.0,
            certainty="doubtful",
            most_seats=20.0,
            exit_hours=8.0,
            network="stays",
        ),
    )
    scenario = changed(ARTICLE, plans=plans)
    said = words(read(scenario))
    brings = "brings tracking server, metadata store, artifact store"
    assert f"New one price unknown, none is typed · {brings}, network typed" in said
    assert "$0 / month" not in said
    assert f"Gift free of charge · another tracker · {brings}, network typed" in said
    assert (
        f"My offer $300 / month · doubtful · at most 20 seats · moving out 8 h · {brings} typed"
        in said
    )


def test_small_totals_are_told_to_the_cent() -> None:
    hobby = article(labor__tasks=(), usage__hours=10.0)
    text = words(read(hobby))
    assert "$150 a month: $150 for infrastructure and $0 for maintenance by own people." in text


def test_every_line_with_a_quantity_stands_in_the_report_and_every_active_input_below() -> None:
    scenario = article(network__transfer_out_gb=180.0)
    text = words(read(scenario))
    for charge in estimate(scenario, book()).charges:
        assert charge.description in text
        if charge.pricing_quantity:
            assert shortened(charge.explanation) in text
    assert "Transfer to the internet 180 GB typed; default 0 GB" in text
    assert "Platform engineer: $63.98 (BLS, software developers, median" in text
    assert "Platform engineer: $91.40 / h" in text
    assert "Users: 5 users (judgment)" in text
    assert "Users: judgment, a small team." in text
    assert "Version upgrades (judgment)" in text
    assert "IOPS beyond the baseline" not in text  # the database has gp2, with none to choose


def test_title_author_and_date_are_those_of_the_scenario() -> None:
    reader = read(article())
    metadata = reader.metadata
    assert metadata is not None
    assert metadata.title == "Small data-science team: cost of self-hosting MLflow"
    assert metadata.author == "A. Author"
    assert metadata.creation_date == CREATED
    assert metadata.modification_date == CREATED
    xmp = reader.xmp_metadata
    assert xmp is not None
    assert xmp.dc_language == ["en-US"]
    assert xmp.dc_title == {"x-default": metadata.title}


def test_fonts_are_embedded_with_their_text_and_charts_are_vectors() -> None:
    reader = read(article())
    fonts = list(resources(reader, "/Font"))
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        descendants = font["/DescendantFonts"].get_object()
        assert isinstance(descendants, ArrayObject)
        (descendant,) = descendants
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        assert "ReportSans" in descriptor["/FontName"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & descriptor.keys()
    subtypes = {item["/Subtype"] for item in resources(reader, "/XObject")}
    assert "/Image" not in subtypes


def test_same_arguments_give_the_same_bytes_at_another_time() -> None:
    first = render_pdf(article(), book(), CREATED)
    time.sleep(1.1)  # the clock that Qt writes counts seconds
    assert render_pdf(article(), book(), CREATED) == first
    later = CREATED.replace(year=2027)
    assert render_pdf(article(), book(), later) != first


def test_progress_is_told_up_to_the_end() -> None:
    told: list[float] = []
    report = render_pdf(article(), book(), CREATED, (), told.append)
    assert told == sorted(told)
    assert told[0] == 0.0
    assert told[-1] == 1.0
    pages = len(PdfReader(io.BytesIO(report)).pages)
    assert len(told) == len(PARTS) + pages
    assert report == render_pdf(article(), book(), CREATED)


@pytest.mark.parametrize("at", [0.0, 0.25, 0.7])
def test_who_is_told_may_end_the_work(at: float) -> None:
    class EnoughError(Exception):
        pass

    def tell(share: float) -> None:
        if share >= at:
            raise EnoughError

    whole = render_pdf(article(), book(), CREATED)
    with pytest.raises(EnoughError):
        render_pdf(article(), book(), CREATED, (), tell)
    assert render_pdf(article(), book(), CREATED) == whole


def test_chance_gives_the_same_bytes() -> None:
    # Qt's hash tables, among them that of a document's fonts, have a seed drawn by each process.
    found: set[bytes] = set()
    for _ in range(12):
        QHashSeed.resetRandomGlobalSeed()
        found.add(render_pdf(article(), book(), CREATED))
    assert len(found) == 1


def as_qt_writes(date: bytes) -> bytes:
    """A small document with a date of some length and objects out of order."""
    objects = (
        b"<<\n/Title (see 2 0 R)\n/CreationDate " + date + b"\n>>\nendobj\n",
        b"<< /Length 3 0 R >>\nstream\n2 0 R\nendstream\nendobj\n",
        b"5\nendobj\n",
        b"<< /Type /Catalog /Metadata 2 0 R >>\nendobj\n",
    )
    pdf, table = b"%PDF-1.4\n", b"0000000000 65535 f \n"
    for number, body in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(pdf)
        pdf += b"%d 0 obj\n" % number + body
    start = len(pdf)
    pdf += b"xref\n0 5\n" + table + b"trailer\n<<\n/Size 5\n/Info 1 0 R\n/Root 4 0 R\n>>\n"
    return pdf + b"startxref\n%d\n%%%%EOF\n" % start


def test_time_zones_and_seasons_give_the_same_bytes() -> None:
    date = b"(D:20261123093000Z)"
    zones = (b"Z", b"+01'00'", b"-09'30'")
    found = {in_order(as_qt_writes(b"(D:20260101000000%b)" % zone), date) for zone in zones}
    (ordered,) = found
    assert b"(see 2 0 R)" in ordered  # a title is no reference
    assert b"stream\n2 0 R\nendstream" in ordered
    assert in_order(ordered, date) == ordered
    reader = PdfReader(io.BytesIO(ordered), strict=True)
    assert reader.metadata is not None
    assert reader.metadata.creation_date == CREATED
    catalog = reader.trailer["/Root"].get_object()
    assert isinstance(catalog, DictionaryObject)
    assert catalog["/Type"] == "/Catalog"


def test_words_from_a_file_stay_words() -> None:
    scenario = article(name="<b>Bold</b> &amp; <img src='x'>\n\u202eevil", author="<i>me</i>")
    text = words(read(scenario))
    assert "<b>Bold</b> &amp; <img src='x'> evil" in text
    assert "<i>me</i>" in text


def test_a_line_without_a_price_is_named_and_never_zero() -> None:
    sku = "ec2/m5.large/on_demand"
    text = words(read(article(), book(without=sku)))
    assert "1 line has no known price and is left out." in text
    assert f"no known price {sku} unpriced" in text
    assert "Per month, without 1 line that has no known price" in text
    assert (
        "costs $591 + ? a month: $149 + ? for infrastructure and $442 for maintenance by own people"
        in text
    )
    bill = estimate(article(), book(without=sku))
    for usd in (bill.effective_cost, bill.first_year_cash, bill.horizon_total, bill.billed_cost):
        for written in (PLAIN.amount(float(usd)), PLAIN.dollars(float(usd))):
            found = [
                text[at.end() :] for at in re.finditer(rf"{re.escape(written)}(?![\d.])", text)
            ]
            assert [rest[:30] for rest in found if not rest.startswith(" + ?")] == [], written
    assert f"US East (N. Virginia) has no known price for {sku}" in text


def test_a_preset_s_values_are_the_preset_s() -> None:
    (preset,) = (one for one in samples() if one.name.startswith("The article's"))
    text = words(read(preset))
    assert (
        "or of the preset “The article's small team (2024)”, which comes with the program." in text
    )
    assert "Hours in the month 720 h preset; default 730 h" in text
    assert "default nothing is forgone" in text
    assert not re.search(r" typed\b(?! by the author|,| 0 %)", text)
    text = words(read(changed(preset, hours_in_month=744.0, author="Somebody")))
    assert "Hours in the month 744 h typed; default 730 h" in text
    assert "720 h / month preset; default 730 h / month" in text
    text = words(read(Scenario()))
    assert "which comes with the program" not in text and " preset" not in text


def test_a_plan_of_one_s_own_figure_has_no_vendor_for_a_source() -> None:
    quoted = read_plans(pricing_dir() / "managed")[0]
    assert quoted.source
    typed = quoted.model_copy(update={"base_usd": 123.0})
    scenario = article(plans=(typed,), held_against=typed.id)
    pdf = render_pdf(scenario, book(), CREATED, (quoted,))
    text = words(PdfReader(io.BytesIO(pdf), strict=True))
    assert "Your figure. Before your change: " in text
    assert f"Source: {quoted.source}" not in text


@pytest.mark.parametrize("text", ["", "Größe, naïve: 5 € × 2", "Ω Ж é", "two lines"])
def test_what_can_be_drawn_is_not_spoken_of(text: str) -> None:
    load_fonts()
    assert lacking_in_words(text) == ""


def test_what_no_font_has_is_named() -> None:
    load_fonts()
    said = lacking_in_words("a 𓀀𓀁 b 𓀀 \u200d")
    assert said.startswith("No font here has 𓀀𓀁: boxes or blanks take their place. ")
    many = "".join(map(chr, range(0x13000, 0x13040)))
    assert f"{many[:20]}…: boxes" in lacking_in_words(many)


def test_an_estimated_price_says_its_rule() -> None:
    text = words(read(article(), book(estimated="s3/standard/storage")))
    assert "1 line has an estimated price." in text
    assert "estimated [1]" in text
    assert f"[1] {RULE}" in text


def test_own_rates_and_lines_are_marked() -> None:
    line = OwnLine(id="firewall", name="Firewall", quantity=2.0, unit="rule", usd=5.0)
    text = words(read(article(own_lines=(line,), labor__platform_engineer_usd=100.0)))
    assert "2 rule × $5 / rule = $10.00 your line" in text
    assert "your rate" in text
    assert "Platform engineer $100 / h typed; default $91.40 / h" in text


def test_cash_is_told_month_by_month_where_months_differ() -> None:
    audit = OwnLine(id="audit", name="Audit", component="labor", usd=900.0, period="once")
    text = words(read(article(own_lines=(audit,))))
    first = float(estimate(article(own_lines=(audit,)), book()).billed_cost)
    once = 900.0 + 24 * 91.4
    assert f"Paid only in month 1: ${once:,.2f}, Set-up; Audit" in text
    assert f"{first:,.2f}" in text and "36 months" in text
    without = article(labor__tasks=(), own_lines=())
    assert "Paid only in" not in words(read(without))


def test_figures_that_miss_their_sum_by_rounding_are_followed_by_a_line() -> None:
    lines = tuple(
        OwnLine(id=f"line_{n}", name=f"Third {n}", usd=10.0 / 3.0, component="labor")
        for n in range(3)
    )
    scenario = article(own_lines=lines, labor__tasks=())
    text = words(read(scenario))
    assert "Rounding: the sum is made before the lines are rounded to the cent +0.01" in text
    assert "Rounding" not in words(read(article(labor__tasks=())))


@pytest.mark.parametrize(("days", "old"), [(91, True), (90, False)])
def test_old_prices_are_pointed_out(days: int, old: bool) -> None:
    day = (CREATED - timedelta(days=days)).date().isoformat()
    reader = read(article(), book(date=day))
    assert (f"The oldest price, of {day}, is 3 months old" in words(reader)) is old
    assert "AWS price list, at most" in texts(reader)[0]


def test_long_names_many_lines_and_huge_figures_keep_within_their_pages() -> None:
    own_lines = tuple(
        OwnLine(
            id=f"line_{n}", name=f"Line {n} " + "W" * 70, quantity=1e9, usd=1e6 / 7.0 + n, unit="x"
        )
        for n in range(60)
    )
    reader = read(article(name="W" * 120, author="M" * 120, own_lines=own_lines))
    count = len(reader.pages)
    assert count > 4
    rows: list[str] = []
    for number, text in enumerate(texts(reader), start=1):
        assert f"page {number} of {count}" in text
        rows += re.findall(r"Line (\d+)\s+W", text)
        if "your line" in text and "The estimate, line by line" not in text:
            assert text.startswith("Line and its arithmetic")  # the header repeats
    for n in range(60):
        # In the lines and among the assumptions, perhaps where it matters most; never in halves.
        assert rows.count(str(n)) in (2, 3, 4)


def test_texts_keep_clear_of_the_paper_edge() -> None:
    reader = read(article(name="W" * 120, author="M" * 120))
    left = 52.0 * 0.75
    places: list[float] = []
    reader.pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: (
            places.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4]) if text.strip() else None
        )
    )
    assert min(places) >= left - 1.0
    assert max(places) <= 742.0 * 0.75


def test_renders_in_a_thread_while_the_event_loop_runs() -> None:
    expected = render_pdf(article(), book(), CREATED)
    loop = QEventLoop()
    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(render_pdf, article(), book(), CREATED) for _ in range(4)]
        deadline = time.monotonic() + 30.0
        while not all(future.done() for future in futures) and time.monotonic() < deadline:
            loop.processEvents()
        assert [future.result(timeout=1.0) == expected for future in futures] == [True] * 4


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (659.86, (218.09, 441.77), ["$660", "$218", "$442"]),
        (659.0, (218.5, 440.5), ["$659", "$219", "$440"]),
        (8790.28, (6203.66, 2586.62), ["$8,790", "$6,204", "$2,586"]),
        (254.1, (16.68, 237.42), ["$254", "$17", "$237"]),
        (12.34, (12.34, 0.0), ["$12.34", "$12.34", "$0.00"]),
        (0.0, (0.0, 0.0), ["$0.00", "$0.00", "$0.00"]),
    ],
)
def test_sentences_add_up(total: float, parts: tuple[float, ...], expected: list[str]) -> None:
    assert adding_up(Currency(), PLAIN, total, *parts) == expected


def test_figures_in_words() -> None:
    assert [PLAIN.dollars(usd) for usd in (99.994, 100.5, 1234567.0)] == [
        "$99.99",
        "$101",
        "$1,234,567",
    ]
    assert [share(*pair) for pair in ((1.0, 3.0), (0.1, 100.0), (0.0, 0.0))] == [
        "33 %",
        "< 1 %",
        "0 %",
    ]
