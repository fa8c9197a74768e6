"""Adding up: shapes, and what is unknown."""

import math

import numpy as np

from mlflow_cost_desktop.model.charges.sums import add_up


def test_sums_mix_floats_and_arrays_and_leave_out_what_is_unknown() -> None:
    first = np.array([1.0, 2.0])
    np.testing.assert_equal(add_up([1.0, first, math.nan, np.array([10.0, 20.0])]), [12.0, 23.0])
    assert add_up([1.0, math.nan, 2.0]) == 3.0
    assert add_up([]) == 0.0


def test_a_sum_broadcasts_arrays_of_different_shapes() -> None:
    np.testing.assert_equal(
        add_up([np.array([1.0, 2.0]), np.array([[10.0], [20.0]])]), [[11.0, 12.0], [21.0, 22.0]]
    )


def test_arrays_of_several_shapes_are_added_up_and_none_is_changed() -> None:
    months, draws = np.array([[1.0], [2.0]]), np.zeros((1, 3))
    kept = months.copy()
    total = add_up([months, 10.0, draws, math.nan, months, months])
    np.testing.assert_array_equal(total, [[13.0] * 3, [16.0] * 3])
    np.testing.assert_array_equal(months, kept)
    assert add_up([draws, 0.0]) is draws
    assert add_up([]) == 0.0
