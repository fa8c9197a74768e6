"""Only one update of prices at a time, of all windows and terminals."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.lock import Lock


@contextmanager
def only_update(state: Path) -> Generator[None, None, None]:
    """Keep all others from updating until the block ends.

    Args:
        state: the folder of locks and recovery copies.

    Raises:
        UserError: if somebody else is updating.
    """
    try:
        lock = Lock.take(state / "locks" / "prices.lock")
    except OSError:  # better no lock than no prices
        yield
        return
    if lock is None:
        raise UserError(
            "Another window or terminal is updating prices",
            "Nothing was changed; try again when it is done.",
        )
    try:
        yield
    finally:
        lock.release()
