"""How old the prices of an estimate are, and what is said where they are too old."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.files.preferences import DAYS
from mlflow_cost_desktop.model.charges.estimate import Estimate

DAYS_IN_MONTH = 365.25 / 12.0


class Reading(NamedTuple):
    """The day on which prices are read, and after how many days they count as old."""

    today: date
    limit_days: int = DAYS

    @classmethod
    def now(cls, limit_days: int = DAYS) -> Reading:
        """Today's."""
        return cls(date.today(), limit_days)


class Age(NamedTuple):
    """Of the oldest provider price that an estimate's cost hangs on.

    Attributes:
        oldest: its date (ISO, perhaps without the day); empty where it has none.
        days: how long ago that was; None where nobody can tell.
    """

    oldest: str
    days: int | None
    limit_days: int

    @property
    def is_old(self) -> bool:
        """Whether it is to be pointed out: an unknown age is, too."""
        return self.days is None or self.days > self.limit_days


def age_of(estimate: Estimate, reading: Reading) -> Age | None:
    """The age of an estimate's prices; None where none of a provider's is in it."""
    if estimate.price_dates is None:
        return None
    oldest = estimate.price_dates[0]
    parts = oldest.split("-")
    try:
        day = date.fromisoformat(oldest if len(parts) > 2 else f"{oldest}-01")
    except ValueError:
        return Age(oldest, None, reading.limit_days)
    return Age(oldest, max((reading.today - day).days, 0), reading.limit_days)


def old_in_short(estimate: Estimate, reading: Reading) -> str:
    """`prices up to 20 months old`, `prices of unknown age`; empty where they are new enough."""
    age = age_of(estimate, reading)
    if age is None or not age.is_old:
        return ""
    return "prices of unknown age" if age.days is None else f"prices up to {_ago(age.days)} old"


def old_in_words(estimate: Estimate, reading: Reading, figures: Figures) -> str:
    """The same as a sentence that says what to do; empty where they are new enough."""
    age = age_of(estimate, reading)
    if age is None or not age.is_old:
        return ""
    if age.days is None:
        return (
            "Nobody says how old a price in this estimate is: compare it with the provider's "
            "present price before you decide."
        )
    return (
        f"The oldest price, of {figures.day(age.oldest)}, is {_ago(age.days)} old: update the "
        "prices, or compare it with the provider's present price, before you decide."
    )


def age_in_words(estimate: Estimate, reading: Reading, provider: str) -> str:
    """`AWS price list, at most 13 months old`; empty where no price is the provider's."""
    age = age_of(estimate, reading)
    if age is None:
        return ""
    if age.days is None:
        return f"{provider} price list, of unknown age"
    return f"{provider} price list, at most {_ago(age.days)} old"


def _ago(days: int) -> str:
    months = round(days / DAYS_IN_MONTH)
    return f"{months} months" if months >= 3 else f"{days} {'day' if days == 1 else 'days'}"
