"""What is worked out once for all tests that ask with the same arguments."""

from collections.abc import Callable
from functools import cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


def once(make: Callable[P, T]) -> Callable[P, T]:
    """`functools.cache`, also of scenarios: no checker sees that frozen models have a hash."""
    return cast("Callable[P, T]", cache(make))
