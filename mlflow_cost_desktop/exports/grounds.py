"""What of an estimate's total rests on what: typed, as a preset has it, judgment; whose prices."""

from __future__ import annotations

from mlflow_cost_desktop.exports.assumptions import JUDGMENT, TYPED, Given, assumptions
from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.wording.sureness import Grounds

AMOUNTS = ("typed", "given", "judgment")
PRICES = ("listed", "estimated", "hourly", "own")
"""The names of the shares, by amounts and by prices."""


def grounds_of(facts: Facts) -> Grounds | None:
    """The shares; none where nothing is known to cost anything.

    A line's amount is that of the input that it names; what it is multiplied with is not told
    apart.
    """
    given = Given(facts.scenario)
    origins = {one.path: one.origin for one in assumptions(facts.scenario, given)}
    amounts: dict[str, float] = dict.fromkeys(AMOUNTS, 0.0)
    prices: dict[str, float] = dict.fromkeys(PRICES, 0.0)
    for charge in facts.charges:
        usd = abs(float(charge.known_cost))
        amounts[_amount_of(facts, charge, origins)] += usd
        prices[_price_of(charge)] += usd
    total = sum(amounts.values())
    if not total:
        return None
    shares = {name: usd / total for name, usd in (amounts | prices).items()}
    provider = facts.price_book.provider.name
    return Grounds(**shares, provider=provider, has_preset=bool(given.name))


def _amount_of(facts: Facts, charge: Charge, origins: dict[str, str]) -> str:
    path = facts.scenario.field_behind(charge)
    origin = origins.get(path) or origins.get(path.rpartition(".")[0], "")
    return {TYPED: "typed", JUDGMENT: "judgment"}.get(origin, "given")


def _price_of(charge: Charge) -> str:
    if charge.origin == "labor":
        return "hourly"
    if charge.origin == "provider":
        return "estimated" if charge.price.state == "estimated" else "listed"
    return "own"
