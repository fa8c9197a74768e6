"""Another currency to read the figures in; prices and files stay in USD."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    Effect,
    Empty,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
)
from mlflow_cost_desktop.model.option import Notice

USD = "USD"
SYMBOLS = {USD: "$", "EUR": "€", "GBP": "£", "INR": "₹", "KRW": "₩", "ILS": "₪"}
"""Signs that mean one currency alone; all others are written by their code."""

WHOLE = frozenset({"CLP", "JPY", "KRW", "VND"})
"""Currencies without a minor unit (ISO 4217)."""

NAMES = {
    USD: "US dollar",
    "AED": "UAE dirham",
    "AUD": "Australian dollar",
    "BRL": "Brazilian real",
    "CAD": "Canadian dollar",
    "CHF": "Swiss franc",
    "CLP": "Chilean peso",
    "CNY": "Chinese yuan",
    "CZK": "Czech koruna",
    "DKK": "Danish krone",
    "EUR": "Euro",
    "GBP": "Pound sterling",
    "HKD": "Hong Kong dollar",
    "HUF": "Hungarian forint",
    "IDR": "Indonesian rupiah",
    "ILS": "Israeli shekel",
    "INR": "Indian rupee",
    "JPY": "Japanese yen",
    "KRW": "South Korean won",
    "MXN": "Mexican peso",
    "MYR": "Malaysian ringgit",
    "NOK": "Norwegian krone",
    "NZD": "New Zealand dollar",
    "PHP": "Philippine peso",
    "PLN": "Polish zloty",
    "RON": "Romanian leu",
    "SAR": "Saudi riyal",
    "SEK": "Swedish krona",
    "SGD": "Singapore dollar",
    "THB": "Thai baht",
    "TRY": "Turkish lira",
    "TWD": "New Taiwan dollar",
    "VND": "Vietnamese dong",
    "ZAR": "South African rand",
}

Code = Literal[
    "USD", "AED", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "VND", "ZAR",
]  # fmt: skip


def symbol_of(code: str) -> str:
    """What stands before a figure in a currency: `$`, `€`, `CHF `."""
    return SYMBOLS.get(code, f"{code} ")


class Currency(Model):
    """The currency that totals are shown in, at a rate that the user types, with its day.

    Until both are typed, everything stays in USD and a notice asks for them.
    """

    code: Annotated[
        Code,
        Section("Display currency"),
        Labels({code: f"{code} – {name}" for code, name in NAMES.items()}),
        Field(
            title="Currency",
            description="Costs are shown in it. Providers price in USD; unit prices stay in that.",
        ),
    ] = USD
    per_usd: Annotated[
        float | None,
        Unit("for $1", step=0.01),
        Empty("not typed yet"),
        OnlyIf("code", (USD,), otherwise=True),
        Effect("same", "costs are worked out in USD"),
        Field(
            ge=1e-6,
            le=1e9,
            title="Exchange rate",
            description="What one US dollar costs in it. No rate is looked up: type the one "
            "that your company counts with.",
        ),
    ] = None
    date: Annotated[
        str,
        OnlyIf("code", (USD,), otherwise=True),
        Field(
            max_length=40,
            title="Rate of",
            description="The day of the rate, as 2026-11-20, or whose it is; printed in every "
            "export.",
        ),
        ONE_LINE,
    ] = ""

    def changing_with(self, name: str, value: object) -> dict[str, object]:
        # A rate is that of one currency: it would make any figure of another.
        if name == "code" and value != self.code and self.code != USD:
            return {"per_usd": None, "date": ""}
        return {}

    @property
    def is_usd(self) -> bool:
        """Whether figures are in USD: by choice, or until a rate and its day are typed."""
        return self.code == USD or self.per_usd is None or not self.date.strip()

    @property
    def shown(self) -> str:
        """The code of the currency that figures are in."""
        return USD if self.is_usd else self.code

    @property
    def rate(self) -> float:
        """What a dollar costs in the currency that figures are in: 1 for USD."""
        return 1.0 if self.is_usd or self.per_usd is None else self.per_usd

    @property
    def symbol(self) -> str:
        """What stands before a figure: `$`, `€`, `CHF `."""
        return symbol_of(self.shown)

    @property
    def heading(self) -> str:
        """What stands above a column of figures: `$`, `€`, `CHF`."""
        return self.symbol.strip()

    def rate_in_words(self, figures: Figures) -> str:
        """`$1 = €0.92, 2026-11-20`; empty for USD itself."""
        if self.is_usd:
            return ""
        return f"$1 = {self.symbol}{figures.exact(self.rate)}, {figures.day(self.date)}"

    def converted(self, usd: float) -> float:
        """An amount of USD in this currency."""
        return usd * self.rate

    def money(self, usd: float, figures: Figures) -> str:
        """An amount of USD in this currency, to its smallest coin; see `Figures.money`."""
        return self._in_words(figures.money, usd)

    def dollars(self, usd: float, figures: Figures) -> str:
        """For a sentence; see `Figures.dollars`."""
        return self._in_words(figures.dollars, usd)

    def whole(self, usd: float, figures: Figures) -> str:
        """For a sentence in which all amounts are whole, small ones too."""
        return figures.money(self.converted(usd), in_cents=False).replace("$", self.symbol)

    def short_money(self, usd: float, figures: Figures) -> str:
        """Where there is little room; see `Figures.short_money`."""
        return self._in_words(figures.short_money, usd)

    def amount(self, usd: float, figures: Figures) -> str:
        """In a column whose heading names the currency; see `Figures.amount`."""
        return figures.amount(self.converted(usd), in_cents=self._has_cents)

    def signed_money(self, usd: float, figures: Figures) -> str:
        """A difference: `+$3.60`, `−$25.92`, `$0.00`."""
        return self._signed(self.money, usd, figures)

    def signed_amount(self, usd: float, figures: Figures) -> str:
        """The same in a column whose heading names the currency."""
        return self._signed(self.amount, usd, figures)

    def _signed(self, form: Callable[[float, Figures], str], usd: float, figures: Figures) -> str:
        written = form(usd, figures)
        return f"+{written}" if usd > 0 and written != form(0.0, figures) else written

    def _in_words(self, form: Callable[..., str], usd: float) -> str:
        written = form(self.converted(usd), in_cents=self._has_cents)
        return written.replace("$", self.symbol)

    @property
    def _has_cents(self) -> bool:
        return self.is_usd or self.code not in WHOLE

    def notices(self) -> Iterator[Notice]:
        """Paths are relative to the currency."""
        if self.code != USD and self.is_usd:
            path = "per_usd" if self.per_usd is None else "date"
            lacks = "exchange rate" if self.per_usd is None else "day of the exchange rate"
            yield Notice(path, f"Figures are in USD until the {lacks} to {self.code} is typed.")
