"""Scenarios whose totals were worked out by hand, in a text beside each, from published prices.

`tests/data/by-hand/NAME.md` ends with lines such as `Total: $18.64`, or `List: …`,
`Contracted: …`, `Effective: …` and `Billed: …` where a commitment makes the four differ.
"""

import re
from pathlib import Path

import pytest

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.model.charges.estimate import Estimate, estimate
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.support import PRICES

BY_HAND = Path(__file__).resolve().parent.parent / "data" / "by-hand"
TEXTS = sorted(BY_HAND.glob("*.md"))
FIGURE = re.compile(r"^(Total|List|Contracted|Effective|Billed): (\$[\d,]+\.\d\d)$", re.MULTILINE)
COSTS = {
    "Total": "effective_cost",
    "List": "list_cost",
    "Contracted": "contracted_cost",
    "Effective": "effective_cost",
    "Billed": "billed_cost",
}


def worked_out(text: Path) -> Estimate:
    scenario = read_scenario(text.with_suffix(".mlcost")).scenario
    return estimate(scenario, Shelf(PRICES / "aws").book(scenario.region_id))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_the_program_comes_to_what_was_worked_out_by_hand(text: Path) -> None:
    outcome = worked_out(text)
    by_hand = dict(FIGURE.findall(text.read_text(encoding="utf-8")))
    assert by_hand
    assert {name: PLAIN.money(float(getattr(outcome, COSTS[name]))) for name in by_hand} == by_hand
    assert outcome.unpriced == 0


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_every_line_that_costs_something_was_worked_out(text: Path) -> None:
    words = text.read_text(encoding="utf-8")
    for charge in worked_out(text).charges:
        if charge.effective_cost:
            assert PLAIN.money(float(charge.effective_cost)) in words, charge.description


def test_no_scenario_lacks_its_text() -> None:
    assert {path.stem for path in BY_HAND.glob("*.mlcost")} == {text.stem for text in TEXTS}
    assert TEXTS
