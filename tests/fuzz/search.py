"""Holds the search for the cheapest against a naive one, longer than the suite does.

    python -m tests.fuzz.search random 0 500    scenarios made at random, the tests' small book
    python -m tests.fuzz.search samples [NAME]  the samples, the bundled book of us-east-1

Of the samples every candidate of every part is priced by a full estimate, all other parts as they
are, and 2,000 combinations made at random are estimated in full.
"""

from __future__ import annotations

import sys
from random import Random

from mlflow_cost_desktop.analysis.alternatives import Search, alternatives
from mlflow_cost_desktop.analysis.asked import in_words
from mlflow_cost_desktop.analysis.why_not import why_not
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.naive_search import Naive
from tests.shared.random_scenarios import floors_of, random_scenario
from tests.support import PRICES

EVEN = 1e-6
COMBINATIONS = 2_000


def faults_of(scenario: Scenario, book: PriceBook, combinations: int = 0) -> list[str]:
    """What is wrong with the list of a scenario."""
    naive = Naive(scenario, book, floors_of(scenario, book))
    minima = naive.minima()
    search = Search(scenario, book, 30)
    found = alternatives(search, {book.region_id: lambda: book})
    wrong: list[str] = []
    for one in found.found:
        least = minima[one.kinds, one.months][0]
        if abs(least - one.cost) > EVEN:
            wrong.append(f"{one.kinds} {one.months}: {one.cost} listed, {least} found")
        full = float(estimate(one.edits.applied(scenario), book).effective_cost)
        if full != one.cost:
            wrong.append(f"{one.kinds}: {one.cost} listed, {full} estimated")
    here = found.now.kinds, found.now.months
    others = sorted(
        cost
        for key, (cost, _) in minima.items()
        if key != here or abs(cost - found.now.cost) > EVEN
    )
    listed = [one.cost for one in found.found]
    if any(abs(a - b) > EVEN for a, b in zip(listed, others, strict=False)):
        wrong.append(f"listed {listed[:3]}, naive {others[:3]}")
    random, tried = Random(1), 0
    while tried < combinations:
        ways = tuple(random.choice(of) for of in naive.ways.values())
        if not naive.go_together(ways[0], ways[1:]):
            continue
        tried += 1
        cost = float(estimate(naive.with_parts(ways), book).effective_cost)
        key = tuple(way.kind for way in ways), max(way.months for way in ways)
        if cost < minima[key][0] - EVEN:
            wrong.append(f"{key}: a combination at {cost} undercuts {minima[key][0]}")
    return wrong


def random_scenarios(first: int, last: int) -> int:
    """How many scenarios made at random have a fault."""
    book, faulty = Shelf(PRICES / "aws").book("us-east-1"), 0
    for seed in range(first, last):
        wrong = faults_of(random_scenario(Random(seed)), book)
        faulty += bool(wrong)
        for words in wrong[:2]:
            print(f"scenario {seed}: {words}", flush=True)
    print(f"{last - first} scenarios, {faulty} with a fault")
    return faulty


def samples(name: str = "*") -> int:
    """How many samples have a fault; prints why common choices lost, to be read."""
    book, faulty = Shelf(pricing_dir() / "aws").book("us-east-1"), 0
    for path in sorted((resources_dir() / "scenarios").glob(f"{name}.mlcost")):
        scenario = replace(read_scenario(path).scenario, "region_id", "us-east-1")
        wrong = faults_of(scenario, book, COMBINATIONS)
        faulty += bool(wrong)
        search = Search(scenario, book)
        best = alternatives(search, {"us-east-1": lambda: book}).found[0]
        words = ", ".join(map(in_words, best.options))
        print(f"{path.stem}: {words} {best.cost:.2f}; {wrong or 'nothing undercuts it'}")
        for one in why_not(search):
            cost = "?" if one.cost is None else f"{one.cost:.2f}"
            print(f"    {one.choice}: {cost}; {one.ground}: {one.reason}", flush=True)
    return faulty


if __name__ == "__main__":
    if sys.argv[1] == "samples":
        sys.exit(samples(*sys.argv[2:3]))
    sys.exit(random_scenarios(*map(int, sys.argv[2:4])))
