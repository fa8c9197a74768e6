"""`mlflow-cost fields`."""

import json

from mlflow_cost_desktop.model.fields.paths import places
from mlflow_cost_desktop.model.scenario import Scenario
from tests.cli.helpers import Capture, run


def test_fields(capsys: Capture) -> None:
    fields = json.loads(run(capsys, "fields", "--format", "json"))
    assert [field["path"] for field in fields] == [place.path for place in places(Scenario())]
    by_path = {field["path"]: field for field in fields}
    assert by_path["server.ec2.replicas"] == {
        "path": "server.ec2.replicas",
        "title": "Replicas",
        "group": ["Server"],
        "kind": "number",
        "unit": "instance",
        "lower": 0,
        "upper": 1000,
        "max_length": None,
        "choices": None,
        "none_means": None,
        "default": 1,
        "meaning": "Instances that run side by side for the usage hours.",
    }
    assert by_path["usage.by"]["choices"] == {
        "whole_month": "The whole month",
        "hours": "Hours a month",
        "schedule": "A weekly schedule",
    }
    table = run(capsys, "fields")
    assert max(map(len, table.splitlines())) <= 100
    assert "server.ec2.peak_hours: 0 to 1,000 h, default 0\n" in table
    for field in fields:
        assert f"\n{field['path']}: " in f"\n{table}"
