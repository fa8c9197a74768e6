"""The JSON Schema of scenario files, made from the model; run it to write the file anew."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, get_args

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.envelope import Envelope
from mlflow_cost_desktop.model.fields.declaration import Model, specs
from mlflow_cost_desktop.paths import resources_dir

FILE_NAME = "scenario.schema.json"


def schema() -> dict[str, Any]:
    """The schema of the whole file; the unit of a number stands in `x-unit`."""
    made = Envelope.model_json_schema()
    definitions = {Envelope.__name__: made, **made["$defs"]}
    for model in _models(Envelope):
        properties = definitions[model.__name__]["properties"]
        for name, spec in specs(model).items():
            if spec.unit is not None:
                properties[name]["x-unit"] = spec.unit.text
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def schema_bytes() -> bytes:
    """The contents of `resources/scenario.schema.json`."""
    return f"{json.dumps(schema(), indent=2, ensure_ascii=False, sort_keys=True)}\n".encode()


def _models(model: type[Model]) -> Iterator[type[Model]]:
    yield model
    for spec in specs(model).values():
        for kind in (spec.kind, *get_args(spec.kind)):
            if isinstance(kind, type) and issubclass(kind, Model):
                yield from _models(kind)


if __name__ == "__main__":
    try:
        write_atomically(resources_dir() / FILE_NAME, schema_bytes())
    except UserError as error:
        sys.exit(str(error))
