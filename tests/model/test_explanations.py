"""Arithmetic as it is read: every operand is a figure that somebody could have typed."""

from __future__ import annotations

import re

import pytest

from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.model.warnings import warnings
from tests.support import BOOK, SCENARIOS, changed

WITHOUT_END = re.compile(r"(?<!\$)\b\d[\d,]*\.\d{6,}")
"""A figure of many digits that is no price."""


@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_worked_out_on_the_way_stands_as_its_operands(name: str) -> None:
    for scenario in (SCENARIOS[name], changed(SCENARIOS[name], usage__by="schedule")):
        for charge in estimate(scenario, BOOK).charges:
            if charge.pricing_unit != "USD":  # a percentage is of a sum of costs
                assert not WITHOUT_END.search(charge.explanation), charge.explanation
            assert not WITHOUT_END.search(charge.description)
        for notice in warnings(scenario, BOOK):
            assert not WITHOUT_END.search(notice.text), notice.text


def test_a_limit_that_a_size_makes_is_told_whole() -> None:
    volume = {"volume__type": "io1", "volume__iops": 1000.0}
    scenario = changed(
        Scenario(),
        artifact_store__option="ebs",
        artifact_store__stored_gb=5.3,
        artifact_store__ebs__filled=100.0,
        **{f"artifact_store__ebs__{name}": value for name, value in volume.items()},
    )
    said = [notice.text for notice in warnings(scenario, BOOK)]
    assert "A volume of io1 of this size has at most 265 IOPS." in said
