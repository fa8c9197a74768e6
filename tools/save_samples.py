"""Saves the sample scenarios again, with the figures of today's prices and formulas.

    python tools/save_samples.py

To be run after a change of prices, defaults or formulas; the samples' inputs stay as they are.
"""

from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.scenario_file import read_scenario, write_scenario
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.paths import pricing_dir, resources_dir
from mlflow_cost_desktop.prices.shelf import Shelf


def main() -> None:
    """Read, estimate and write each of them."""
    shelf = Shelf(pricing_dir() / "aws")
    for path in sorted((resources_dir() / "scenarios").glob("*.mlcost")):
        scenario = read_scenario(path).scenario
        book = shelf.book(scenario.region_id)
        figures = figures_of(estimate(scenario, book), book.edition)
        write_scenario(path, scenario, figures)
        print(f"{path.name}: {figures.effective_cost:,.2f} USD a month")


if __name__ == "__main__":
    main()
