"""The lines of a commitment."""

import pytest

from mlflow_cost_desktop.model.charges.commitments import committed
from mlflow_cost_desktop.model.charges.factors import Amount
from tests.model.charges.helpers import HOUR, TWO
from tests.support import listed


def test_a_commitment_with_upfront_has_two_lines() -> None:
    price = listed("x/1y", "h", 0.029, upfront=256.0)
    hourly, upfront = committed("x", (TWO,), Amount(730.0, "h"), price, HOUR, 12, line="hours")
    assert hourly.effective_cost == pytest.approx(2 * 730 * 0.029)
    assert hourly.list_cost == pytest.approx(2 * 730 * 0.096)
    assert upfront.effective_cost == pytest.approx(2 * 256 / 12)
    assert upfront.billed_cost == pytest.approx(512)
    assert upfront.list_cost == 0  # on demand, nothing is paid upfront
    assert upfront.explanation == "2 instances ÷ 12 months × $256 / instance = $42.67"


def test_a_commitment_without_upfront_has_one_line() -> None:
    hours = Amount(730.0, "h")
    assert len(list(committed("x", (TWO,), hours, HOUR, HOUR, 12, line="hours"))) == 1
