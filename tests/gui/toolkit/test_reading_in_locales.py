"""Numbers in every locale that Qt knows: what is written is read back, plain decimals are safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from mlflow_cost_desktop.figures import cents
from mlflow_cost_desktop.gui.inputs.number_editor import NumberEditor
from mlflow_cost_desktop.gui.toolkit.system_locale import figures_of_locale
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.reading import UnreadError, read_number
from tests.support import ARTICLE

LOCALES = QLocale.matchingLocales(
    QLocale.Language.AnyLanguage, QLocale.Script.AnyScript, QLocale.Country.AnyCountry
)
IN_EVERY_LOCALE = [(locale, figures_of_locale(locale)) for locale in LOCALES]
UNITS = ["", "GB", "%", "user", "h / month", "$ once", "× wage"]
written_in = st.sampled_from(IN_EVERY_LOCALE)
numbers = st.floats(-1e14, 1e14).map(lambda number: float(f"{number:.10f}"))


def test_there_are_locales_of_every_kind() -> None:
    formats = {(figures.group, figures.point) for _, figures in IN_EVERY_LOCALE}
    assert len(IN_EVERY_LOCALE) > 400
    assert {(",", "."), (".", ","), ("\u202f", ","), ("\u00a0", ","), ("٬", "٫")} <= formats
    assert any(figures.by_two for _, figures in IN_EVERY_LOCALE)


@given(written_in, numbers, st.sampled_from(UNITS))
def test_what_is_written_is_read_back(
    written: tuple[QLocale, object], number: float, unit: str
) -> None:
    figures = figures_of_locale(written[0])
    for text in (figures.exact(number), figures.digits(number)):
        assert read_number(text, figures, unit) == pytest.approx(number, rel=1e-11)
    usd = read_number(figures.money(number), figures, "$ once")
    assert usd == pytest.approx(float(cents(number)), rel=1e-12)


@given(written_in, st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_what_the_system_writes_is_read(
    written: tuple[QLocale, object], whole: int, places: int
) -> None:
    """With the digits of the locale, and its own grouping."""
    locale = written[0]
    number = whole / 10**places
    text = locale.toString(number, "f", places)
    assert read_number(text, figures_of_locale(locale), "GB") == pytest.approx(number)


@pytest.mark.parametrize("text", ["0.096", "0,096", "0.5", "0,5", "0.0000166667", "0.123456"])
@pytest.mark.parametrize("unit", ["GB", "$ / h"])
def test_a_decimal_that_begins_with_zero_is_read_right_everywhere(text: str, unit: str) -> None:
    for _, figures in IN_EVERY_LOCALE:
        assert read_number(text, figures, unit) == float(text.replace(",", "."))


@given(written_in, st.floats(0.0001, 999.0))
def test_a_plain_unit_price_is_never_a_thousand_times_itself(
    written: tuple[QLocale, object], usd: float
) -> None:
    figures = figures_of_locale(written[0])
    text = f"{usd:.3f}"
    try:
        read = read_number(text, figures, "$ / h")
    except UnreadError as error:
        writings = [figures.digits(float(one)) for one in (text, text.replace(".", ""))]
        assert [one for one in writings if one not in error.sentence] == []  # noqa: PT017  # read, or refused with both
    else:
        assert read == float(text)


STORED = spec_at(ARTICLE, "artifact_store.stored_gb")
SIGNS = "0123456789.,' ’\u00a0\u202f٫٬٣۵kMGTBi%$€/*+-()ex"


@pytest.mark.usefixtures("qapp")
@given(written_in, st.text(max_size=8) | st.text(st.sampled_from(SIGNS), max_size=12))
def test_a_text_changes_a_value_by_what_it_says_alone(
    written: tuple[QLocale, object], text: str
) -> None:
    figures = figures_of_locale(written[0])
    editor, told = NumberEditor(STORED, figures), list[object]()
    editor.edited.connect(told.append)
    editor.show_value(1024.0)
    line = editor.lineEdit()
    line.selectAll()
    line.insert(text)
    try:
        says = [read_number(line.text(), figures, "GB")]
    except UnreadError:
        says = []
    assert told == [number for number in says if number != 1024.0]
    assert editor.property("value") == (*says, 1024.0)[0]
    assert says or line.text() == "" or editor.is_unread
    editor.deleteLater()
