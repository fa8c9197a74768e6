"""Numbers read from text: in the reader's format and plainly, as a whole or not at all."""

import re
from unicodedata import decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.reading import LONGEST, UnreadError, in_words, read_number, read_plain

GERMAN, FRENCH = Figures(".", ","), Figures("\u202f", ",")
HINDI, SWISS, ARABIC = Figures(by_two=True), Figures("'", "."), Figures("٬", "٫")
ALL = [PLAIN, GERMAN, FRENCH, HINDI, SWISS, ARABIC]


@pytest.mark.parametrize("figures", ALL)
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.096", 0.096),
        ("0,096", 0.096),
        ("0,5", 0.5),
        ("12.5", 12.5),
        (".5", 0.5),
        ("1,024.5", 1024.5),
        ("1.024,5", 1024.5),
        ("1.024.000", 1024000.0),
        ("1,024,000", 1024000.0),
        ("1,024,000.25", 1024000.25),
        ("10 000", 10000.0),
        ("1 024,5", 1024.5),
        ("1\u00a0024.5", 1024.5),
        ("1\u202f024\u202f000", 1024000.0),
        ("1’024.50", 1024.5),
        ("1'024", 1024.0),
        ("1234.567", 1234.567),
        ("1234,567", 1234.567),
        ("1e6", 1e6),
        ("1e+3", 1000.0),
        ("−5", -5.0),
        ("٠٫٠٩٦", 0.096),
        ("١٬٠٢٤٫٥", 1024.5),
        ("१२", 12.0),
        ("１２", 12.0),
    ],
)
def test_what_is_the_same_in_every_format(text: str, number: float, figures: Figures) -> None:
    assert read_number(text, figures) == pytest.approx(number, rel=1e-15)
    assert read_number(f"  {text} ", figures, "$ / h") == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    ("figures", "text", "number"),
    [
        (PLAIN, "1,024", 1024.0),
        (PLAIN, "1.024", 1.024),
        (GERMAN, "1.024", 1024.0),
        (GERMAN, "1,024", 1.024),
        (FRENCH, "1.024", 1.024),
        (FRENCH, "1,024", 1.024),
        (SWISS, "1,024", 1024.0),
        (SWISS, "1.024", 1.024),
        (ARABIC, "1,024", 1024.0),
        (ARABIC, "1.024", 1.024),
        (ARABIC, "1٫024", 1.024),
        (ARABIC, "1٬024", 1024.0),
        (PLAIN, "1٬024", 1024.0),
        (HINDI, "12,34,567", 1234567.0),
        (HINDI, "1,00,000.5", 100000.5),
        (HINDI, "1,234,567", 1234567.0),
    ],
)
def test_where_the_format_decides(figures: Figures, text: str, number: float) -> None:
    assert read_number(text, figures, "GB") == number


@pytest.mark.parametrize("figures", ALL)
@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "1 2", "10 00", "0 096", "0,096,000", "1,02,3", "1.2.3", "1..2", "1,024.5.6"),
        *("12abc", "5 GB + 3 GB", "2²", "½", "1.024’000", "(1", "1)", "3 (4)", "2 3 * 4", "1_000"),
        *("nan", "inf", "1/0", "1e400", "9**9", "1;2", "__import__('os')", "1" * (LONGEST + 1)),
    ],
)
def test_what_is_no_number_is_refused_as_a_whole(text: str, figures: Figures) -> None:
    with pytest.raises(UnreadError) as refused:
        read_number(text, figures, "GB")
    assert refused.value.sentence
    assert not refused.value.sentence.endswith(".")


def test_groups_of_two_are_of_india_alone() -> None:
    with pytest.raises(UnreadError, match="is no number"):
        read_number("1,00,000", PLAIN, "GB")


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("2 TB", "GB", 2048.0),
        ("2tb", "GB", 2048.0),
        ("500 MB", "GB", 500 / 1024),
        ("1,024 GiB", "GB", 1024.0),
        ("2 TiB", "GiB", 2048.0),
        ("64 KB", "GB", 64 / 1024**2),
        ("1 MB", "KB", 1024.0),
        ("0.5 GB/s", "MiB/s", 512.0),
        ("2 TB a month", "GB a month", 2048.0),
        ("5k", "user", 5000.0),
        ("2M", "request", 2e6),
        ("5 k requests", "request", 5000.0),
        ("3k", "IOPS", 3000.0),
        ("5 users", "user", 5.0),
        ("2 addresses", "address", 2.0),
        ("5 million", "million requests", 5.0),
        ("20 a day", "a day", 20.0),
        ("20 per day", "a day", 20.0),
        ("30 %", "%", 30.0),
        ("30%", "%", 30.0),
        ("720h", "h / month", 720.0),
        ("720 hours", "h", 720.0),
        ("12 months", "month", 12.0),
        ("1.5 ×", "×", 1.5),
        ("1.5", "× wage", 1.5),
        ("$0.09", "$ / GB", 0.09),
        ("US$0.09", "$ / GB", 0.09),
        ("$0.09/GB", "$ / GB", 0.09),
        ("0.096 USD", "$ / h", 0.096),
        ("USD 0.096", "$ / h", 0.096),
        ("0.096 $ / h", "$ / h", 0.096),
        ("$0.096 per hour", "$ / h", 0.096),
        ("0.096 / h", "$ / h", 0.096),
        ("-$5", "$", -5.0),
        ("$1,536", "$ once", 1536.0),
    ],
)
def test_a_unit_stands_at_the_end(text: str, unit: str, number: float) -> None:
    assert read_number(text, PLAIN, unit) == number


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("5k", "GB", "k and M stand for thousands and millions only where things are counted"),
        ("5M", "month", "only where things are counted"),
        ("5 h", "GB", "is not in the unit of this field, GB"),
        ("5 %", "GB", "is not in the unit of this field, GB"),
        ("2 TB", "h", "is not in the unit of this field, h"),
        ("5 Gb", "GB", "is not in the unit of this field, GB"),
        ("$0.09/MB", "$ / GB", "is not in the unit of this field"),
        ("$5", "GB", "is an amount of money, this field counts GB"),
        ("5 USD", "user", "is not in the unit of this field, user"),
        ("€5", "$", "is no amount of US dollars"),
        ("5 €", "$ / h", "is no amount of US dollars"),
        ("CHF 5", "$", "is no amount of US dollars"),
        ("5 EUR", "$ / h", "is no amount of US dollars"),
        ("R$ 5", "$", "is no amount of US dollars"),
        ("0.92 €", "for $1", "is an amount of money"),
    ],
)
def test_another_unit_is_refused(text: str, unit: str, why: str) -> None:
    with pytest.raises(UnreadError, match=re.escape(why)):
        read_number(text, PLAIN, unit)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10*1024", 10240.0),
        ("1/3", 1 / 3),
        ("2 + 3 × 4 − 1", 13.0),
        ("(2 + 3) * 4", 20.0),
        ("2 * (3 + (4 - 1)) ÷ 3", 4.0),
        ("10 - 4 - 3", 3.0),
        ("8 / 4 / 2", 1.0),
        ("-2 * -3", 6.0),
        ("1,024 + 0,5", 1024.5),
        ("(1 + 2) TB", 3072.0),
        ("3 × 10 000", 30000.0),
    ],
)
def test_arithmetic(text: str, number: float) -> None:
    assert read_number(text, PLAIN, "GB") == number


@pytest.mark.parametrize("text", ["1.536", "$1.536", "2 * 1.536", "1.536 / h"])
def test_a_unit_price_that_only_grouping_makes_larger_is_asked_for_again(text: str) -> None:
    with pytest.raises(UnreadError, match=r"may mean 1,536 or 1536; write one of these") as refused:
        read_number(text, GERMAN, "$ / h")
    assert not refused.value.is_begun
    assert read_number("1,536", GERMAN, "$ / h") == 1.536
    assert read_number("1536", GERMAN, "$ / h") == 1536.0
    assert read_number("120.000", GERMAN, "$ / year") == 120000.0
    assert read_number("1.536", GERMAN, "GB") == 1536.0
    assert read_number("1.536", PLAIN, "$ / h") == 1.536


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *(("", "GB"), ("-", "GB"), ("1e", "GB"), ("1,234,5", "GB"), ("(2 +", "GB"), ("2 T", "GB")),
        *(("5 us", "user"), ("$", "$"), ("US", "$"), ("0.09 $ /", "$ / GB"), ("5 /", "GB")),
    ],
)
def test_what_is_only_begun_says_so(text: str, unit: str) -> None:
    with pytest.raises(UnreadError) as refused:
        read_number(text, PLAIN, unit)
    assert refused.value.is_begun


@pytest.mark.parametrize(("text", "unit"), [("abc", "GB"), ("€", "$"), ("5 parsecs", "GB")])
def test_what_can_become_no_number_says_so_at_once(text: str, unit: str) -> None:
    with pytest.raises(UnreadError) as refused:
        read_number(text, PLAIN, unit)
    assert not refused.value.is_begun


@pytest.mark.parametrize(
    ("text", "figures", "words"),
    [
        ("1.536", GERMAN, "= 1536"),
        ("1,536", GERMAN, ""),
        ("1,536", PLAIN, "= 1536"),
        ("10 000", FRENCH, "= 10000"),
        ("1/3", GERMAN, "≈ 0,333333"),
        ("1000/7", PLAIN, "≈ 142.857"),
        ("1e7/7", PLAIN, "≈ 1428571.43"),
        ("0.1+0.2", PLAIN, "= 0.3"),
        ("1/60000", PLAIN, "≈ 0.0000166667"),
        ("2 TB", PLAIN, "= 2048"),
        ("1500", PLAIN, ""),
        ("0.50", PLAIN, ""),
        ("0.5", GERMAN, "= 0,5"),
    ],
)
def test_the_number_is_said_where_the_text_does_not(
    text: str, figures: Figures, words: str
) -> None:
    assert in_words(text, read_number(text, figures, "GB"), figures) == words


@given(st.text(max_size=40), st.sampled_from(ALL), st.sampled_from(["", "GB", "$ / h", "user"]))
def test_any_text_is_read_or_refused(text: str, figures: Figures, unit: str) -> None:
    try:
        number = read_number(text, figures, unit)
    except UnreadError:
        return
    assert number - number == 0.0


@given(
    st.text(st.sampled_from("0123456789.,' ’\u00a0\u202f٫٬٣۵५"), max_size=14), st.sampled_from(ALL)
)
def test_never_is_a_part_of_a_number_taken(text: str, figures: Figures) -> None:
    """Whatever is read has exactly the digits that were typed, but for where its point stands."""
    try:
        number = read_number(text, figures, "GB")
    except UnreadError:
        return
    digits = "".join(str(decimal(c)) for c in text if decimal(c, None) is not None)
    possible = [int(digits) / 10**places for places in range(len(digits) + 1)]
    assert any(number == pytest.approx(one, rel=1e-12, abs=0.0) for one in possible)


@pytest.mark.parametrize(
    ("text", "number"),
    [("5", 5.0), (" 1024.5 ", 1024.5), (".5", 0.5), ("5.", 5.0), ("-1e-3", -0.001), ("+2E6", 2e6)],
)
def test_files_and_the_command_line_have_the_plain_form(text: str, number: float) -> None:
    assert read_plain(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *("1_000", "nan", "inf", "-Infinity", "1e999", "1,024", "1 024", "٥", "５", "0x10"),
        *("1e", "", ".", "1.2.3", "2 TB", "$5", "1/3", "−5", "1\n000", "1e5_0"),
    ],
)
def test_nothing_else_is_plain(text: str) -> None:
    with pytest.raises(UnreadError):
        read_plain(text)


@given(st.text(alphabet="0123456789.,_-+eE '’٠٥infa", max_size=12))
def test_what_is_read_plainly_is_what_it_says(text: str) -> None:
    """In every format, the window reads it so too, but for a unit price that may mean two."""
    try:
        number = read_plain(text)
    except UnreadError:
        return
    assert number == float(text.strip()) and "_" not in text and text.isascii()
    assert read_number(text) == number


@given(st.floats(-1e300, 1e300))
def test_what_is_written_plainly_is_read_back(number: float) -> None:
    assert read_plain(repr(number)) == number
    assert read_plain(PLAIN.digits(abs(number))) == pytest.approx(abs(number), rel=1e-11)
