"""Factors are equal only to their own kind, whatever their operands."""

from __future__ import annotations

import dataclasses
import inspect
from itertools import combinations

import pytest

from mlflow_cost_desktop.model.charges import factors
from mlflow_cost_desktop.model.charges.factors import Amount, Extra, Factor, Share

KINDS = [
    kind
    for _, kind in inspect.getmembers(factors, inspect.isclass)
    if kind.__module__ == factors.__name__ and kind is not Factor
]


def made(kind: type) -> object:
    """One of a kind, whose operands are as much like those of the others as they may be."""
    fields = dataclasses.fields(kind)
    return kind(*(1.0, "x", "")[: len(fields)])


def test_a_share_is_no_extra() -> None:
    assert Share(30.0, "x") != Extra(30.0, "x")
    assert Share(30.0, "x") == Share(30.0, "x")
    assert Share(30.0, "x") != Share(31.0, "x")
    assert Amount(2.0, "h") != (2.0, "h")


@pytest.mark.parametrize(("one", "other"), list(combinations(KINDS, 2)))
def test_factors_of_different_kinds_are_never_equal(one: type, other: type) -> None:
    assert made(one) == made(one)
    assert made(one) != made(other)
    assert len({made(one), made(other)}) == 2


def test_all_kinds_are_tried() -> None:
    assert {Amount, Share, Extra} < set(KINDS)
    assert len(KINDS) > 10
