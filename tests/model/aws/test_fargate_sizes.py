"""The sizes that Fargate sells."""

import numpy as np
import pytest

from mlflow_cost_desktop.model.aws.fargate_sizes import next_size


@pytest.mark.parametrize(
    ("vcpu", "memory_gb", "size"),
    [
        (0.0, 0.25, (0.25, 0.5)),
        (0.25, 2.0, (0.25, 2.0)),
        (0.25, 2.25, (0.5, 3.0)),
        (0.5, 2.25, (0.5, 3.0)),
        (1.0, 0.5, (1.0, 2.0)),
        (4.0, 30.25, (8.0, 32.0)),
        (9.0, 33.0, (16.0, 40.0)),
        (17.0, 200.0, (16.0, 120.0)),
    ],
)
def test_the_next_size_that_fargate_sells(
    vcpu: float, memory_gb: float, size: tuple[float, float]
) -> None:
    assert next_size(vcpu, memory_gb) == size


def test_the_next_sizes_of_many_at_once_are_those_of_each() -> None:
    memory_gb = np.linspace(0.25, 130.0, 500)
    at_once = next_size(2.0, memory_gb)
    each = [next_size(2.0, float(gb)) for gb in memory_gb]
    np.testing.assert_array_equal(np.column_stack(np.broadcast_arrays(*at_once)), each)
