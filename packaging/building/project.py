"""What pyproject.toml and the history say of the program; nothing of it is written twice."""

from __future__ import annotations

import os
import re
import subprocess
import time
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NAME = "mlflow-cost-desktop"
PACKAGE = "mlflow_cost_desktop"
TITLE = "MLflow Cost"
COMMANDS = ("mlflow-cost", "mlflow-cost-desktop")

NOT_SHIPPED = {"dev", "freeze", "sbom"}
"""Extras that only developers need; what the others bring goes into the frozen program."""


@cache
def project() -> dict[str, Any]:
    """The table [project]."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def version() -> str:
    text = (ROOT / PACKAGE / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    assert found is not None, "The version stands in the package's own file."
    return found[1]


def shipped_extras() -> list[str]:
    return sorted(set(project().get("optional-dependencies", {})) - NOT_SHIPPED)


def url(kind: str) -> str:
    """The address of this kind in [project.urls], as "Homepage"; empty while there is none."""
    return project().get("urls", {}).get(kind, "")


def maintainer() -> tuple[str, str]:
    """Name and address of whoever packages are from.

    While pyproject.toml names nobody, the address is one of a domain that is reserved for
    such cases (RFC 2606): it can belong to no one.
    """
    people = project().get("maintainers") or project().get("authors") or [{}]
    name = people[0].get("name", f"{TITLE} developers")
    return name, people[0].get("email", f"{NAME}@example.invalid")


def source_date() -> int:
    """The second that everything built is dated by: SOURCE_DATE_EPOCH, or the last commit's."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    answer = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"],
        check=False,
        capture_output=True,
        text=True,
    )
    return int(answer.stdout) if answer.returncode == 0 else int(time.time())


def steady_environment() -> dict[str, str]:
    """Variables under which the same source gives the same bytes."""
    about_python = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if name not in about_python}
    steady = {"SOURCE_DATE_EPOCH": str(source_date()), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}
    return kept | steady
