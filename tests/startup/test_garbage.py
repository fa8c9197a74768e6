"""What is due is collected when it is asked for, and not before."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from mlflow_cost_desktop.startup import garbage


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    if was_enabled:
        gc.enable()


class Ring:
    """Refers to itself, so that only a collection lets it go."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_due_is_collected_where_it_is_asked_for() -> None:
    gc.collect()
    garbage.leave_to_the_window()
    ring = weakref.ref(Ring())
    garbage.collect_what_is_due()
    assert ring() is not None, "one ring is not worth a collection"
    kept = [Ring() for _ in range(gc.get_threshold()[0] + 100)]
    assert ring() is not None, "nobody collects by himself"
    garbage.collect_what_is_due()
    assert ring() is None
    assert kept
