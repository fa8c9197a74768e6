"""Another currency on screen and in exports; costs are the same whatever it is."""

from typing import get_args

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.currency import NAMES, Code, Currency
from mlflow_cost_desktop.model.fields.paths import places, replace
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import ARTICLE, BOOK, changed

EURO = Currency(code="EUR", per_usd=0.92, date="2026-11-20")
FRANC = Currency(code="CHF", per_usd=0.81, date="2026-11-20")


def test_differences_have_a_sign_unless_they_round_to_nothing() -> None:
    usd, yen = Currency(), Currency(code="JPY", per_usd=150.0, date="2026-01-31")
    assert [usd.signed_money(n, PLAIN) for n in (3.6, -25.92, 0.001, -0.001)] == [
        "+$3.60", "−$25.92", "$0.00", "$0.00"
    ]  # fmt: skip
    assert (yen.signed_money(0.1, PLAIN), yen.signed_amount(0.1, PLAIN)) == ("+JPY 15", "+15")
    assert yen.signed_amount(0.001, PLAIN) == "0"


def test_usd_is_left_as_it_is_whatever_the_rate() -> None:
    assert Currency(per_usd=3.0).money(69.12, PLAIN) == "$69.12"
    assert Currency(per_usd=3.0).rate_in_words(PLAIN) == ""


def test_the_day_of_a_rate_is_written_for_its_reader() -> None:
    there = Figures(".", ",", lambda day: ".".join(reversed(day.split("-"))))
    assert EURO.rate_in_words(PLAIN) == "$1 = €0.92, 2026-11-20"
    assert EURO.rate_in_words(there) == "$1 = €0,92, 20.11.2026"


def test_amounts_are_converted_before_they_are_rounded() -> None:
    assert EURO.money(218.092, PLAIN) == "€200.64"
    assert EURO.dollars(1000.0, PLAIN) == "€920"
    assert EURO.amount(100.0, PLAIN) == "92.00"
    assert EURO.short_money(2_500_000.0, PLAIN) == "€2.30M"
    assert EURO.money(-1.0, PLAIN) == "−€0.92"


def test_a_currency_without_a_sign_of_its_own_is_written_by_its_code() -> None:
    assert FRANC.money(100.0, PLAIN) == "CHF 81.00"
    assert FRANC.heading == "CHF"


def test_the_rate_and_its_day_are_said() -> None:
    assert EURO.rate_in_words(PLAIN) == "$1 = €0.92, 2026-11-20"
    assert FRANC.rate_in_words(PLAIN) == "$1 = CHF 0.81, 2026-11-20"


def test_without_a_rate_and_its_day_nothing_is_converted_and_they_are_asked_for() -> None:
    def asked_for(**typed: object) -> list[str]:
        made = changed(ARTICLE, currency__code="CHF", **typed)
        assert made.currency.money(100.0, PLAIN) == "$100.00"
        assert (made.currency.heading, made.currency.rate_in_words(PLAIN)) == ("$", "")
        return [n.path for n in warnings(made, BOOK) if "exchange rate" in n.text]

    assert asked_for() == ["currency.per_usd"]
    assert asked_for(currency__date="2026-11-20") == ["currency.per_usd"]
    assert asked_for(currency__per_usd=0.81) == ["currency.date"]
    dated = changed(ARTICLE, currency=FRANC)
    assert not [n for n in warnings(dated, BOOK) if "exchange rate" in n.text]


@pytest.mark.parametrize("code", ["JPY", "USD"])
def test_a_rate_goes_with_its_currency(code: Code) -> None:
    of_euro = replace(changed(ARTICLE, currency=EURO), "currency.code", code).currency
    assert of_euro == Currency(code=code)
    assert replace(changed(ARTICLE, currency=EURO), "currency.code", "EUR").currency == EURO


def test_a_rate_may_be_typed_before_its_currency() -> None:
    typed = replace(replace(ARTICLE, "currency.per_usd", 0.92), "currency.date", "2026-11-20")
    assert replace(typed, "currency.code", "EUR").currency == EURO


@pytest.mark.parametrize("code", ["JPY", "KRW", "VND", "CLP"])
def test_a_currency_without_a_minor_unit_has_whole_figures(code: Code) -> None:
    currency = Currency(code=code, per_usd=155.31, date="2026-11-20")
    assert currency.money(659.86, PLAIN).endswith("102,483")
    assert currency.dollars(0.5, PLAIN).endswith("78")
    assert currency.amount(0.5, PLAIN) == "78"
    assert currency.short_money(0.5, PLAIN).endswith("78")
    assert Currency(code=code).money(0.5, PLAIN) == "$0.50"


def test_rate_and_day_matter_only_beside_another_currency() -> None:
    def active(code: str) -> dict[str, bool]:
        made = changed(ARTICLE, currency__code=code)
        return {p.path: p.active for p in places(made) if p.path.startswith("currency.")}

    assert active("USD") == {
        "currency.code": True,
        "currency.per_usd": False,
        "currency.date": False,
    }
    assert all(active("EUR").values())


def test_costs_stay_in_usd() -> None:
    read_in_euro = changed(ARTICLE, currency__code="EUR", currency__per_usd=0.5)
    assert estimate(read_in_euro, BOOK).effective_cost == estimate(ARTICLE, BOOK).effective_cost


@pytest.mark.parametrize(
    ("path", "value"), [("code", "euro"), ("per_usd", 0.0), ("date", "x" * 41)]
)
def test_what_is_no_currency_is_refused(path: str, value: object) -> None:
    with pytest.raises(UserError):
        replace(ARTICLE, f"currency.{path}", value)


def test_every_code_has_its_name() -> None:
    assert get_args(Code) == tuple(NAMES)
