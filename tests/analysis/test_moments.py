"""Mean and standard deviation over distributions: held against every value with every other."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.moments import MOST, moments
from mlflow_cost_desktop.model.distributions import Spread, quantiles

Values = NDArray[np.float64]

COUNT = 2_000
AT = (np.arange(COUNT) + 0.5) / COUNT
RATE = quantiles(Spread(70.0, 91.4, 130.0, "triangle"), AT)
LENGTH = quantiles(Spread(3.0, 6.0, 12.0, "triangle"), AT)


def met(values: Values, seed: int) -> Values:
    return values[np.random.default_rng(seed).permutation(COUNT)]


@pytest.mark.parametrize("seed", range(5))
def test_a_product_of_two_whatever_values_met(seed: int) -> None:
    every = 218.0 + RATE[:, np.newaxis] * (2.8 + LENGTH / 3)
    rate, length = met(RATE, seed), met(LENGTH, seed + 100)
    found = moments(
        218.0 + rate * (2.8 + length / 3), {"rate": rate, "length": length}, ["rate", "length"]
    )
    assert found == pytest.approx((every.mean(), every.std()), rel=1e-9)


def test_of_a_group_what_moves_together() -> None:
    """Two rates that rise together, each times a length that knows nothing of them."""
    other = quantiles(Spread(40.0, 60.0, 110.0), AT)
    every = RATE[:, np.newaxis] * LENGTH + other[:, np.newaxis] * (1.0 + 2.0 * LENGTH)
    order = np.random.default_rng(5).permutation(COUNT)
    rate, beside, length = RATE[order], other[order], met(LENGTH, 6)
    found = moments(
        rate * length + beside * (1.0 + 2.0 * length),
        {"rate": rate, "beside": beside, "length": length},
        ["People", "People", "length"],
    )
    assert found == pytest.approx((every.mean(), every.std()), rel=1e-9)


def test_what_no_product_says_is_as_it_was_drawn() -> None:
    """A step, and a product of three: nearer to the truth than the draws, and never far off."""
    rng = np.random.default_rng(7)
    off: list[float] = []
    drawn_off: list[float] = []
    for _ in range(20):
        a, b, c = (rng.permutation(AT) for _ in range(3))
        cost = np.ceil(4.0 * a) * 5.0 + 100.0 * a * b + 10.0 * a * b * c
        found = moments(cost, {"a": a, "b": b, "c": c}, "abc")
        off.append(found.deviation)
        drawn_off.append(float(cost.std()))
    middles = (np.arange(100) + 0.5) / 100
    a, b, c = middles[:, None, None], middles[None, :, None], middles[None, None, :]
    truth = float((np.ceil(4.0 * a) * 5.0 + 100.0 * a * b + 10.0 * a * b * c).std())
    assert np.mean(off) == pytest.approx(truth, rel=1e-3)
    assert np.std(off) < np.std(drawn_off) / 5.0


def test_more_inputs_than_are_fitted() -> None:
    inputs = {str(at): met(AT, at) for at in range(MOST + 3)}
    cost = sum(inputs.values(), np.zeros(COUNT))
    found = moments(cost, inputs, list(inputs))
    assert found.mean == pytest.approx((MOST + 3) / 2)
    assert found.deviation == pytest.approx(np.sqrt((MOST + 3) / 12), rel=1e-6)


@pytest.mark.parametrize("inputs", [{}, {"still": np.full(COUNT, 3.0)}, {"idle": AT}])
def test_nothing_varies(inputs: dict[str, Values]) -> None:
    assert moments(np.full(COUNT, 659.86), inputs, list(inputs)) == (pytest.approx(659.86), 0.0)
