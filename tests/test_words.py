"""A bill is what a provider has sent: of what is estimated, nobody says it."""

import re
from pathlib import Path

import pytest

import mlflow_cost_desktop

PACKAGE = Path(mlflow_cost_desktop.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

NOUN = re.compile(r"(?<![A-Za-z])(?:[Bb]ill|BILL)(?![a-z])|(?<=[a-z])Bill(?![a-z])")
"""By itself, or as a word of a name; the verb (bills, billed, billing) is another."""

OF_A_PROVIDER = {
    "exports/terminal/estimate.py": "a key of the JSON, which scripts read",
    "gui/answer/views.py": "a view of a bill that was opened",
    "model/network/load_balancer.py": "capacity units as a bill has them",
}
"""Where a provider's own bill is meant, and why."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Search the bill", True),
        ("billBar", True),
        ("whole_bill", True),
        ("showBill(", True),
        ("AWS bills each hour, billed by the GB-month; billing; a billion", False),
    ],
)
def test_the_noun_is_told_from_the_verb(text: str, found: bool) -> None:
    assert bool(NOUN.search(text)) == found


def test_only_what_a_provider_sends_is_called_a_bill() -> None:
    assert len(FILES) > 200
    speaking = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if NOUN.search(path.read_text(encoding="utf-8"))
    }
    assert speaking == OF_A_PROVIDER.keys()
