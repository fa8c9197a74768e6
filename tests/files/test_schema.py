"""The JSON Schema of scenario files is that of the model."""

import json

from mlflow_cost_desktop.files.schema import schema_bytes


def test_schema_holds_titles_bounds_and_units() -> None:
    ec2 = json.loads(schema_bytes())["$defs"]["Ec2"]["properties"]
    assert ec2["replicas"]["title"] == "Replicas"
    assert (ec2["replicas"]["minimum"], ec2["replicas"]["maximum"]) == (0, 1000)
    assert ec2["peak_hours"]["x-unit"] == "h"
