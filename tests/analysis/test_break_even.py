"""Where two costs are equal."""

import numpy as np
import pytest
from numpy.typing import NDArray

from mlflow_cost_desktop.analysis.break_even import crossings

Values = NDArray[np.float64]


def test_a_crossing_is_found_to_the_last_digits() -> None:
    assert crossings(lambda x: 0.096 * x - 43.8, 0.0, 730.0) == pytest.approx((456.25,), rel=1e-12)


def test_a_jump_is_a_crossing_where_it_stands() -> None:
    found = crossings(lambda x: np.where(x < 400.0, -1.0, 2.0), 0.0, 1e4)
    assert found == pytest.approx((400.0,), rel=1e-9)


def test_several_crossings_are_in_order() -> None:
    assert crossings(lambda x: (x - 1.0) * (x - 5.0), 0.0, 10.0) == pytest.approx((1.0, 5.0))


@pytest.mark.parametrize("level", [-1.0, 0.0, 1.0])
def test_costs_that_never_change_places_cross_nowhere(level: float) -> None:
    assert crossings(lambda x: np.full(x.shape, level), 0.0, 730.0) == ()


def test_equal_for_a_while_is_one_crossing() -> None:
    def difference(x: Values) -> Values:
        return np.where(x < 2.0, x - 2.0, np.where(x > 3.0, x - 3.0, 0.0))

    (found,) = crossings(difference, 0.0, 10.0)
    assert 2.0 <= found <= 3.0
