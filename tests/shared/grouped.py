"""Many cases in one test: thousands of tests would take longer to count than to run."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

Test = Callable[..., None]


def grouped(cases: Mapping[str, Sequence[tuple[Any, ...]]]) -> Callable[[Test], Test]:
    """A test for each group that tries every case of it, and names the one that fails.

    Args:
        cases: by group, the arguments that the test is called with.
    """

    def decorate(test: Test) -> Test:
        def whole(group: str) -> None:
            for case in cases[group]:
                try:
                    test(*case)
                except (Exception, pytest.fail.Exception) as error:
                    named = ", ".join(str(getattr(part, "path", part)) for part in case)
                    error.add_note(f"in the case {named[:300]}")
                    raise

        whole.__name__, whole.__doc__, whole.__module__ = (
            test.__name__,
            test.__doc__,
            test.__module__,
        )
        return pytest.mark.parametrize("group", list(cases))(whole)

    return decorate
