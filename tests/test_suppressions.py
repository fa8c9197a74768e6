"""What a check is told to overlook has its reason beside it."""

import re
from pathlib import Path

import pytest

FOLDERS = ("mlflow_cost_desktop", "tests", "tools", "packaging", "benchmarks")
OVERLOOKS = re.compile(r"#\s*(?:ruff: )?noqa|#\s*(?:type|pyright): ignore")
REASON = re.compile(r"(?:noqa: [A-Z0-9, ]+|ignore\[[^\]]*\])\s+[#(]\s*\w")


def unexplained(text: str) -> list[int]:
    """The lines that overlook something, without a reason behind it or in a comment beside it."""
    lines = ["", *text.splitlines(), ""]
    return [
        number
        for number, line in enumerate(lines)
        if OVERLOOKS.search(line)
        and not REASON.search(line)
        and not lines[number - 1].strip().startswith("# ")
        # Of a whole file there is nothing above it.
        and not (line.startswith("# ruff:") and lines[number + 1].startswith("# "))
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_everything_overlooked_has_its_reason(checkout: Path, folder: str) -> None:
    files = [path for path in (checkout / folder).rglob("*.py") if path != Path(__file__)]
    assert files
    found = {path.name: unexplained(path.read_text(encoding="utf-8")) for path in files}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_an_unexplained_one_is_found() -> None:
    assert unexplained("import this  # noqa: F401\n") == [1]
    assert unexplained("x = y  # type: ignore[misc]\n") == [1]
    assert unexplained("import this  # noqa: F401  # so that it is loaded\n") == []
    assert unexplained("# Why.\nx = y  # type: ignore[misc]\n") == []
