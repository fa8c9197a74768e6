"""The published schema of what verbs print in JSON."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "command-line.schema.json"


@cache
def schema() -> dict[str, Any]:
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


def closed(part: Any) -> Any:
    """A schema that allows no key which it does not name."""
    if isinstance(part, list):
        return [closed(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {name: closed(one) for name, one in part.items()}
    if "properties" in part and isinstance(part.get("required"), list):
        made.setdefault("additionalProperties", False)
    return made


def faults_of(verb: str, answer: Any) -> list[str]:
    """Where an answer is not as the schema says, or has a key that it does not name."""
    whole = {"$ref": f"#/$defs/{quote(verb)}", "$defs": closed(schema()["$defs"])}
    return [
        f"{'/'.join(map(str, fault.path))}: {fault.message[:200]}"
        for fault in Draft202012Validator(whole).iter_errors(answer)
    ]
