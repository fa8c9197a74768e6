"""Alternatives in words: how a deployment is hosted, what to mind, what was found."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import partial

import numpy as np

from mlflow_cost_desktop.analysis.alternatives import Alternative, Alternatives
from mlflow_cost_desktop.analysis.asked import asked_of, fault_of, in_words
from mlflow_cost_desktop.analysis.candidates import HOSTED
from mlflow_cost_desktop.figures import Figures, Text, at_least, one_line, write
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.choosers import TO_REGION
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.option import Option
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import PriceBook

HERE_FITS = "What is chosen now is the cheapest that fits."
SHOWN_PARTS = 3
"""Of the difference to the cheapest, so many parts are told."""

SHORT = {
    "server": "the server",
    "metadata_store": "the database",
    "artifact_store": "the artifact store",
    "network": "the network",
    "labor": "work",
}


def hosting_in_words(one: Alternative) -> str:
    """`EC2 m5.large, RDS db.m5.large MySQL, S3 Standard`."""
    return ", ".join(in_words(option) for option in one.options)


def hosting_in_short(one: Alternative) -> str:
    """The same without how it is paid for."""
    return ", ".join(_name(option) for option in one.options)


def server_in_short(one: Alternative) -> str:
    """`EC2 m5.large`, `Fargate ARM`: the part that a way to host it is called by."""
    return re.sub(r"(?: \d+ ×)? [\d.]+ vCPU.*", "", _name(one.options[0]))


def servers_told_apart(ones: Sequence[Alternative]) -> list[str]:
    """The same of some, with what else differs where it is alike: `Fargate ARM, MySQL`."""
    names = [server_in_short(one) for one in ones]
    told: list[str] = []
    for at, (one, name) in enumerate(zip(ones, names, strict=True)):
        alike = [o for n, o in enumerate(ones) if names[n] == name and n != at]
        differs = _differing(one, alike) if alike else ""
        told.append(f"{name}, {differs}" if differs else name)
    return told


def _differing(one: Alternative, others: Sequence[Alternative]) -> str:
    """The words of the first part in which one differs from each of the others."""
    for at, option in enumerate(one.options):
        theirs = [_name(other.options[at]) for other in others]
        if _name(option) not in theirs:
            shared = set[str].intersection(*(set(name.split()) for name in theirs))
            own = [word for word in _name(option).split() if word not in shared]
            return " ".join(own) or _name(option)
    return f"committed {commitment_in_words(one.months)}" if one.months else "not committed"


def _name(option: Option) -> str:
    return in_words(option).partition(" (")[0]


def commitment_in_words(months: int) -> str:
    """`none`, `1 year`, `18 months`."""
    if not months:
        return "none"
    years, rest = divmod(months, 12)
    return f"{months} months" if rest else f"{years} {'year' if years == 1 else 'years'}"


def cost_in_words(one: Alternative, figures: Figures) -> str:
    """USD, or the scenario's currency, a month; with a sign where something lacks a price."""
    currency = one.scenario.currency
    return at_least(currency.amount(one.cost, figures), one.estimate.unpriced)


def difference_in_words(found: Alternatives, one: Alternative, figures: Figures) -> str:
    """How much more it costs a month; a sign where it is not known what the present one costs."""
    difference = found.difference(one)
    return "?" if difference is None else one.scenario.currency.amount(difference, figures)


def headline_in_words(found: Alternatives, figures: Figures) -> tuple[str, str]:
    """What the cheapest costs, and how it is hosted; no figure where nothing was found."""
    if not found.found:
        return "", "Nothing else was found that fits." if found.done else "Searching …"
    best, currency = found.found[0], found.now.scenario.currency
    difference = found.difference(best)
    if difference is not None and difference >= 0 and not faults_now(found):
        return currency.money(found.now.cost, figures), "a month, as it is now, is the cheapest"
    cost = at_least(currency.money(best.cost, figures), best.estimate.unpriced)
    return cost, f"a month: {hosting_in_words(best)}"


def needs_in_words(scenario: Scenario, price_book: PriceBook, figures: Figures) -> str:
    """`Server 2 vCPU · 8 GiB, database 2 vCPU · 8 GiB`."""
    asked = asked_of(scenario, scenario.terms(price_book))
    told: list[str] = []
    for part, name in (("server", "Server"), ("metadata_store", "database")):
        like = asked.likes[part]
        if like.is_known and (like.vcpu or like.memory_gib):
            size = f"{figures.exact(like.vcpu)} vCPU · {figures.exact(like.memory_gib)} GiB"
            told.append(f"{name} {size}")
        elif not like.is_known:
            told.append(f"{name}: size not known")
    return ", ".join(told) or "Needs"


def summary_in_words(found: Alternatives, figures: Figures) -> str:
    """What the cheapest comes to, and of which parts the difference is."""
    if not found.found:
        nothing = "Nothing else was found that fits." if found.done else ""
        return f"{nothing} {_unmet(found)}".strip()
    best, currency = found.found[0], found.now.scenario.currency
    cost = at_least(currency.money(best.cost, figures), best.estimate.unpriced)
    difference = found.difference(best)
    unmet = _unmet(found)
    if difference is None:
        return (
            f"The cheapest that fits costs {cost} a month; what is chosen now has lines without "
            f"a known price. {unmet}".strip()
        )
    if difference >= 0 and not unmet:
        return f"{HERE_FITS} The next one costs {currency.money(difference, figures)} more a month."
    less = "less" if difference < 0 else "more"
    words = (
        f"The cheapest that fits costs {cost}, {currency.money(abs(difference), figures)} {less}"
    )
    return f"{words} a month. {_parts(found, best, figures)} {unmet}".strip()


def _parts(found: Alternatives, best: Alternative, figures: Figures) -> str:
    """The parts from which most of the difference comes."""
    before, after = found.now.estimate.by_component, best.estimate.by_component
    moved = {name: float(after[name]) - float(before[name]) for name in COMPONENTS}
    largest = sorted((name for name in moved if abs(moved[name]) >= 0.005), key=moved.__getitem__)
    money = found.now.scenario.currency.money
    less = [f"{money(-moved[n], figures)} by {SHORT[n]}" for n in largest if moved[n] < 0]
    more = [f"{money(moved[n], figures)} more by {SHORT[n]}" for n in largest if moved[n] > 0]
    told = [*less[:SHOWN_PARTS], *more[:SHOWN_PARTS]]
    return f"Of it {', '.join(told)}." if len(told) > 1 else ""


def _unmet(found: Alternatives) -> str:
    """That what is chosen now does not meet the needs."""
    faults = faults_now(found)
    if not faults:
        return ""
    told = "; ".join(f"{SHORT[part]}: {fault}" for part, fault in faults.items())
    return f"What is chosen now does not meet the needs ({told})."


def faults_now(found: Alternatives) -> dict[str, str]:
    """By part, why what is chosen now does not meet the needs."""
    scenario = found.now.scenario
    terms = scenario.terms(found.now.price_book)
    told = {
        part: fault_of(found.asked, part, getattr(scenario, part).chosen, terms)
        for part in HOSTED
        if found.asked.looks_for(part)
    }
    return {part: fault for part, fault in told.items() if fault}


def searched_in_words(found: Alternatives, figures: Figures) -> str:
    """`37,083 ways in 1 region`."""
    ways = figures.exact(float(found.considered))
    regions = "region" if found.regions == 1 else "regions"
    if found.done < found.regions:
        return f"{ways} ways, {found.done} of {found.regions} {regions}"
    return f"{ways} ways in {found.regions} {regions}"


def searched_for_in_words(found: Alternatives, figures: Figures) -> str:
    """`Looked for in US East (N. Virginia): … at least; longest commitment: 1 year.`."""
    scenario, book = found.now.scenario, found.now.price_book
    needs = needs_in_words(scenario, book, figures)
    bound = commitment_in_words(int(scenario.needs.commitment_months))
    return f"Looked for in {book.region_name}: {needs} at least; longest commitment: {bound}."


def notes(found: Alternatives, one: Alternative) -> tuple[str, ...]:
    """What to mind of an alternative, each a text in plain figures until it is written."""
    return tuple(
        note
        for note in (
            *work_in_words(found, one),
            *_of_region(found.now, one),
            *_of_commitment(one),
            *_of_prices(one),
            *_of_sizes(found.now, one),
            *_of_moves(found.now, one),
            *(note for has in one.traits for note in has.to_mind),
        )
    )


def notes_in_words(found: Alternatives, one: Alternative, figures: Figures) -> str:
    """What to mind, in one line."""
    return "; ".join(write(note, figures) for note in dict.fromkeys(notes(found, one)))


def notes_in_short(found: Alternatives, one: Alternative, figures: Figures) -> tuple[str, ...]:
    """The same without its work, each by itself; of estimated prices only how many there are."""
    estimated = _estimated(one)
    rough = _of_prices(one)[: len(estimated)]
    left_out = (*rough, *work_in_words(found, one))
    told = [note for note in notes(found, one) if note not in left_out]
    if estimated:
        many = len(estimated) > 1
        told.append(f"{len(estimated)} of its prices {'are' if many else 'is'} estimated")
    return tuple(within(write(note, figures)) for note in dict.fromkeys(told))


def within(note: str) -> str:
    """A note within a sentence: `ARM` stays as it is."""
    return note if note[:2].isupper() else f"{note[:1].lower()}{note[1:]}"


def work_in_words(found: Alternatives, one: Alternative) -> tuple[str, ...]:
    """Why its maintenance differs: `Less work: Operating system of the instances`."""
    now, then = _work(found.now), _work(one)
    moved = {name: then.get(name, 0.0) - now.get(name, 0.0) for name in now | then}
    less = ", ".join(name for name, usd in moved.items() if usd <= -0.005)
    more = ", ".join(name for name, usd in moved.items() if usd >= 0.005)
    told = (f"Less work: {less}" if less else "", f"More work: {more}" if more else "")
    return tuple(filter(None, told))


def _work(one: Alternative) -> dict[str, float]:
    """What each task costs, USD a month."""
    found: dict[str, float] = {}
    for charge in one.estimate.charges:
        if charge.component == "labor":
            name = one_line(charge.description)
            found[name] = found.get(name, 0.0) + float(charge.known_cost)
    return found


def _of_region(now: Alternative, one: Alternative) -> list[str]:
    if one.price_book.region_id == now.price_book.region_id:
        return []
    gigabytes = _stored_gb(now.scenario)
    price = now.price_book.price(f"{TO_REGION}{one.price_book.region_id}")
    there = one.price_book.region_name
    if price.state == "unknown" or price.is_tiered:
        moved: str = Text("Moving {} GB to {}: no price of it is known", gigabytes, there)
    else:
        usd = float(price.usd) * gigabytes
        money = partial(now.scenario.currency.money, usd)
        moved = Text("Moving {} GB to {} costs {} once", gigabytes, there, money)
    return [moved, "How far it is from its users is not counted"]


def _stored_gb(scenario: Scenario) -> float:
    """What has to be moved to another region: the artifacts, and what the database keeps."""
    store, database = scenario.artifact_store, scenario.metadata_store.chosen
    kept = float(store.stored_gb) * (1.0 + float(store.superseded) / 100.0)
    return kept + float(getattr(database, "storage_gb", 0.0))


def _of_commitment(one: Alternative) -> list[str]:
    horizon = float(one.scenario.horizon_months)
    if not one.months:
        return []
    ends = one.months * math.ceil(horizon / one.months)
    if ends <= horizon:
        return []
    return [Text("Bound until month {}, beyond the horizon of {}", float(ends), horizon)]


def _of_prices(one: Alternative) -> list[str]:
    found = [
        f"Estimated price of {charge.description}: {charge.price.rule}"
        for charge in _estimated(one)
    ]
    assumed = [has for has in one.traits if has.is_assumed]
    if assumed:
        found.append("The discount is assumed: ask the provider for its figure of the day")
    if one.estimate.unpriced:
        found.append("Some lines have no known price, as they have none now")
    return found


def _estimated(one: Alternative) -> list[Charge]:
    """The lines of what is hosted whose price is estimated."""
    return [c for c in one.estimate.charges if c.is_estimated and c.component in HOSTED]


def _of_sizes(now: Alternative, one: Alternative) -> list[str]:
    found: list[str] = []
    for part, before, after in zip(HOSTED, now.traits, one.traits, strict=True):
        if part == "artifact_store":
            continue
        for unit, old, new in (
            ("vCPU", before.vcpu, after.vcpu),
            ("GiB", before.memory_gib, after.memory_gib),
        ):
            if np.isfinite(old) and float(new) < float(old):
                words = f"Smaller {SHORT[part].removeprefix('the ')} than now: {{}} {unit} for {{}}"
                found.append(Text(words, float(new), float(old)))
        if bool(after.is_burstable) and not bool(before.is_burstable):
            found.append(f"Burstable {SHORT[part].removeprefix('the ')}")
    return found


def _of_moves(now: Alternative, one: Alternative) -> list[str]:
    found: list[str] = []
    if one.traits[0].architecture == "arm64" != now.traits[0].architecture:
        found.append("ARM: images must be built for it")
    engines = now.traits[1].engine, one.traits[1].engine
    if now.kinds[1] != one.kinds[1]:
        found.append("The database has to be moved")
    elif all(engines) and engines[0] != engines[1]:
        found.append("Another database engine: the data have to be moved")
    if now.kinds[2] != one.kinds[2]:
        found.append("The artifacts have to be moved")
    return found
