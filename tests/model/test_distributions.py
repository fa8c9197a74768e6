"""How what is uncertain is spread: shapes against sums worked out otherwise."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.model.distributions import Reads, Shape, Spread, quantiles

AT = (np.arange(100_000) + 0.5) / 100_000
SHAPES: tuple[Shape, ...] = get_args(Shape)
READS: tuple[Reads, ...] = get_args(Reads)


def at(part: float, spread: Spread) -> float:
    return float(quantiles(spread, np.array([part]))[0])


def test_a_triangle_as_its_formula_says() -> None:
    spread = Spread(160.0, 320.0, 720.0, "triangle")
    assert at(0.1, spread) == pytest.approx(160 + math.sqrt(0.1 * 560 * 160))
    assert at(0.9, spread) == pytest.approx(720 - math.sqrt(0.1 * 560 * 400))
    assert quantiles(spread, AT).mean() == pytest.approx((160 + 320 + 720) / 3, rel=1e-6)


def test_pert_has_its_mean_and_variance() -> None:
    found = quantiles(Spread(3.0, 6.0, 12.0), AT)
    mean = (3 + 4 * 6 + 12) / 6
    assert found.mean() == pytest.approx(mean, rel=1e-6)
    assert found.var() == pytest.approx((mean - 3) * (12 - mean) / 7, rel=1e-4)
    # At the end of its range PERT is 1 − (1 − x)⁵.
    assert at(0.3, Spread(0.0, 0.0, 1.0)) == pytest.approx(1 - 0.7**0.2, abs=1e-6)


def test_uniform_knows_no_likely_value() -> None:
    assert at(0.25, Spread(2.0, 9.0, 10.0, "uniform")) == pytest.approx(4.0)
    assert at(0.5, Spread(2.0, 9.0, 10.0, "uniform", "p10p90")) == pytest.approx(6.0)


@pytest.mark.parametrize("reads", READS)
def test_a_log_normal_has_the_likely_value_in_its_middle(reads: Reads) -> None:
    spread = Spread(512.0, 1024.0, 8192.0, "lognormal", reads)
    assert at(0.5, spread) == pytest.approx(1024.0)
    z = {"extremes": 3.0902, "p10p90": 1.2816}[reads]
    for part, end in ((0.2, 512.0), (0.7, 8192.0)):
        sigma = abs(math.log(end / 1024.0)) / z
        expected = 1024.0 * math.exp(NormalDist().inv_cdf(part) * sigma)
        assert at(part, spread) == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("likely", [3.0, 4.0, 6.0, 11.9, 12.0])
def test_a_tenth_lies_beyond_each_end_that_reads_so(shape: Shape, likely: float) -> None:
    spread = Spread(3.0, likely, 12.0, shape, "p10p90")
    if shape != "lognormal" or 3.0 < likely < 12.0:
        assert at(0.1, spread) == pytest.approx(3.0, rel=1e-3)
        assert at(0.9, spread) == pytest.approx(12.0, rel=1e-3)
    if shape in ("triangle", "pert") and 3.0 < likely < 12.0:
        values = quantiles(spread, AT)
        counts, edges = np.histogram(values, 60)
        peak = edges[counts.argmax()], edges[counts.argmax() + 1]
        wide = edges[1] - edges[0]
        assert peak[0] - 2 * wide <= likely <= peak[1] + 2 * wide


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("reads", READS)
def test_without_a_width_there_is_one_value(shape: Shape, reads: Reads) -> None:
    assert set(quantiles(Spread(5.0, 5.0, 5.0, shape, reads), AT[:10]).tolist()) == {5.0}


@given(
    st.sampled_from(SHAPES),
    st.sampled_from(READS),
    st.lists(st.floats(1e-3, 1e6), min_size=3, max_size=3),
)
def test_values_rise_and_extremes_are_kept(shape: Shape, reads: Reads, ends: list[float]) -> None:
    low, likely, high = sorted(ends)
    found = quantiles(Spread(low, likely, high, shape, reads), AT[::97])
    assert np.isfinite(found).all()
    assert (np.diff(found) >= -1e-9 * high).all()
    if reads == "extremes" and shape != "lognormal":
        assert found.min() >= low - 1e-9 * high
        assert found.max() <= high * (1 + 1e-9)
