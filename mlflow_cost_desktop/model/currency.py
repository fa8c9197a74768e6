"""Another currency to read the figures in; prices, arithmetic and files stay in USD."""

from collections.abc import Callable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    Effect,
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


class Currency(Model):
    """The currency that totals are shown in, at a rate that the user types."""

    code: Annotated[
        Code,
        Section("Display currency"),
        Labels({code: f"{code} – {name}" for code, name in NAMES.items()}),
        Field(
            title="Currency",
            description="Totals are shown in it. Providers price in USD; unit prices and "
            "arithmetic stay in that.",
        ),
    ] = USD
    per_usd: Annotated[
        float,
        Unit("for $1", step=0.01),
        OnlyIf("code", (USD,), otherwise=True),
        Effect("same", "costs are worked out in USD"),
        Field(
            ge=1e-6,
            le=1e9,
            title="Exchange rate",
            description="What one US dollar costs in it. No rate is looked up: type the one "
            "that your company counts with.",
        ),
    ] = 1.0
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

    @property
    def is_usd(self) -> bool:
        return self.code == USD

    @property
    def symbol(self) -> str:
        """What stands before a figure: `$`, `€`, `CHF `."""
        return SYMBOLS.get(self.code, f"{self.code} ")

    @property
    def heading(self) -> str:
        """What stands above a column of figures: `$`, `€`, `CHF`."""
        return self.symbol.strip()

    def rate_in_words(self, figures: Figures) -> str:
        """`$1 = €0.92, 2026-11-20`; empty for USD itself."""
        if self.is_usd:
            return ""
        rate = f"$1 = {self.symbol}{figures.exact(self.per_usd)}"
        return f"{rate}, {self.date}" if self.date else rate

    def converted(self, usd: float) -> float:
        """An amount of USD in this currency."""
        return usd if self.is_usd else usd * self.per_usd

    def money(self, usd: float, figures: Figures) -> str:
        """An amount of USD in this currency, to the cent; see `Figures.money`."""
        return self._in_words(figures.money, usd)

    def dollars(self, usd: float, figures: Figures) -> str:
        """For a sentence; see `Figures.dollars`."""
        return self._in_words(figures.dollars, usd)

    def short_money(self, usd: float, figures: Figures) -> str:
        """Where there is little room; see `Figures.short_money`."""
        return self._in_words(figures.short_money, usd)

    def amount(self, usd: float, figures: Figures) -> str:
        """In a column whose heading names the currency; see `Figures.amount`."""
        return figures.amount(self.converted(usd))

    def _in_words(self, form: Callable[[float], str], usd: float) -> str:
        return form(self.converted(usd)).replace("$", self.symbol)

    def notices(self) -> Iterator[Notice]:
        """Paths are relative to the currency."""
        if not self.is_usd and not self.date:
            yield Notice("date", f"The exchange rate to {self.code} has no date.")
