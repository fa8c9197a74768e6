"""Completes the list of what is in the frozen program, in CycloneDX's JSON."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from building.project import NAME

FILE = "sbom.cdx.json"

ASK = """
import json, platform, numpy
from importlib.metadata import version
print(json.dumps({
    "python": platform.python_version(),
    "qt": version("PySide6-Essentials"),
    "blas": numpy.show_config(mode="dicts")["Build Dependencies"]["blas"]["version"],
}))
"""
"""Asked of the environment: versions of what wheels hold and do not tell."""


def complete(file: Path, python: Path) -> None:
    """Add Python, and the libraries that wheels bring without telling of them."""
    answer = subprocess.run([str(python), "-c", ASK], check=True, capture_output=True, text=True)
    told = json.loads(answer.stdout)
    library = next(python.parent.parent.rglob("libicudata.so.*"), None)
    icu = re.search(r"\d+$", library.name) if library else None
    document = json.loads(file.read_text(encoding="utf-8"))
    document["components"] += added(told, icu[0] if icu else "")
    # Where the checkout lies on the machine that built is nobody's business.
    for component in document["components"]:
        component.pop("externalReferences", None)
    file.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def added(told: dict[str, str], icu: str) -> list[dict[str, Any]]:
    """The components that no metadata names."""
    lgpl = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"
    parts = [
        ("Python", told["python"], "PSF-2.0", "the interpreter and its library"),
        ("Qt", told["qt"], lgpl, "in PySide6_Essentials"),
        ("ICU", icu, "ICU", "in Qt"),
        ("OpenBLAS", told["blas"], "BSD-3-Clause", "in numpy"),
        ("libgfortran", "", "GPL-3.0-or-later WITH GCC-exception-3.1", "in numpy"),
        ("libquadmath", "", "LGPL-2.1-or-later", "in numpy"),
    ]
    return [
        {
            "bom-ref": f"{NAME}-{name}",
            "type": "library",
            "name": name,
            **({"version": version} if version else {}),
            "licenses": [{"expression": license_}],
            "description": f"{name}, {where}",
        }
        for name, version, license_, where in parts
    ]
