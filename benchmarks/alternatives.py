"""Measures the search for the cheapest ways: processor time in one region and in all of them.

    python benchmarks/alternatives.py [--quick]

Books are unread each time, as at the first search. The figure is the least of some runs: what
else a machine does only adds to it. See docs/performance.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from time import process_time

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.analysis.alternatives import Search, alternatives
from mlflow_cost_desktop.analysis.why_not import why_not
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.shelf import Shelf

ONE_LIMIT, ALL_LIMIT = 1.0, 4.0
"""Seconds."""

RUNS = 5


def main() -> int:
    """Measure and print; the exit status is 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description="Measure the search for the cheapest ways.")
    parser.add_argument("--quick", action="store_true", help="once, in few regions: does it run?")
    quick = parser.parse_args().quick
    regions = list(Shelf(paths.pricing_dir() / "aws").regions)
    runs = 1 if quick else RUNS
    one = min(searched(["us-east-1"]) for _ in range(runs))
    all_of_them = min(searched(regions[:3] if quick else regions) for _ in range(runs))
    tell("One region, with why others lost", one, ONE_LIMIT)
    tell(f"{len(regions)} regions", all_of_them, ALL_LIMIT)
    if quick:
        print("A quick run: its figures say nothing.")
        return 0
    return int(one > ONE_LIMIT or all_of_them > ALL_LIMIT)


def searched(regions: list[str]) -> float:
    """Processor seconds of a search with books that were not read before."""
    sample = paths.resources_dir() / "scenarios" / "article-2024.mlcost"
    scenario = read_scenario(sample).scenario
    shelf = Shelf(paths.pricing_dir() / "aws")
    start = process_time()
    search = Search(scenario, shelf.book(scenario.region_id))
    found = alternatives(search, {region: reader(shelf, region) for region in regions})
    why_not(search)
    seconds = process_time() - start
    assert found.found
    return seconds


def reader(shelf: Shelf, region_id: str) -> Callable[[], PriceBook]:
    """What reads a region's book."""
    return lambda: shelf.book(region_id)


def tell(what: str, seconds: float, limit: float) -> None:
    """A line of the answer."""
    verdict = "met" if seconds <= limit else "missed"
    print(f"{what}: {seconds:.2f} s of processor time, aim ≤ {limit:g} s, {verdict}")


if __name__ == "__main__":
    sys.exit(main())
