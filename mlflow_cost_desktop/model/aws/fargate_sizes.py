"""The sizes that AWS Fargate sells, for tasks of ECS and pods of EKS alike.

Source: https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html and
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html, 2026-11.
"""

from __future__ import annotations

import numpy as np

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.prices.price import KeyPart, Value


def _steps(first: int, last: int, step: int = 1) -> tuple[float, ...]:
    return tuple(float(gb) for gb in range(first, last + 1, step))


MEMORY_GB: dict[float, tuple[float, ...]] = {
    0.25: (0.5, 1.0, 2.0),
    0.5: _steps(1, 4),
    1.0: _steps(2, 8),
    2.0: _steps(4, 16),
    4.0: _steps(8, 30),
    8.0: _steps(16, 60, 4),
    16.0: _steps(32, 120, 8),
}
"""The GB of memory that are sold with each number of vCPU."""

SIZES = {f"{vcpu:g}vcpu_{gb:g}gb": (vcpu, gb) for vcpu, sizes in MEMORY_GB.items() for gb in sizes}
"""vCPU and GB of each size, by its name."""

SIZE_WORDS = {name: Text("{} vCPU · {} GB", vcpu, gb) for name, (vcpu, gb) in SIZES.items()}

_VCPU = np.array(list(MEMORY_GB))
_MOST_GB = np.array([sizes[-1] for sizes in MEMORY_GB.values()])


def vcpu_and_gb(size: KeyPart) -> tuple[Value, Value]:
    """vCPU and GB of a size by its name, or of each of many.

    Raises:
        KeyError: for a size that is not sold.
    """
    if isinstance(size, str):
        return SIZES[size]
    vcpu, gb = np.array([SIZES[name] for name in size.ravel().tolist()]).reshape(-1, 2).T
    return vcpu.reshape(size.shape), gb.reshape(size.shape)


def next_size(vcpu: Value, memory_gb: Value) -> tuple[Value, Value]:
    """The smallest size sold that holds so much, as vCPU and GB; the largest where none does."""
    vcpu, memory_gb = np.broadcast_arrays(vcpu, memory_gb)
    row = np.maximum(np.searchsorted(_VCPU, vcpu), np.searchsorted(_MOST_GB, memory_gb))
    row = np.minimum(row, len(_VCPU) - 1)
    sold = np.stack(
        [
            np.take(sizes, np.searchsorted(sizes, memory_gb), mode="clip")
            for sizes in MEMORY_GB.values()
        ]
    )
    chosen = np.take_along_axis(sold, np.asarray(row)[np.newaxis], axis=0)[0]
    return _VCPU[row][()], chosen[()]
