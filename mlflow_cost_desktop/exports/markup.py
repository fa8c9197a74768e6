"""What Markdown takes for words, and for a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mlflow_cost_desktop.exports.plain_text import printable

ENTITIES = {"&": "&amp;", "<": "&lt;", "@": "&#64;", "#": "&#35;", "://": ":&#47;&#47;"}
MEANING = re.compile(r"&(?=[#\w]+;)|<|@|#(?=\w)|://|[\\`*_\[\]|~$]")
BEGINS = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[#+>=-](?:\s|$)))")
"""What begins a heading, a list or a quotation where a line does."""


def escaped(text: str) -> str:
    """A stranger's words as plain text: no markup, no mention, no formula, no cell's end.

    Signs are escaped only where they could mean something; an `@` or a `#` becomes an entity,
    since a backslash does not keep them from naming a person or an issue.
    """
    line = MEANING.sub(lambda found: ENTITIES.get(found[0], f"\\{found[0]}"), printable(text))
    return BEGINS.sub(r"\1\\", line)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """A table; its cells are escaped already."""
    rule = ("---:" if stands_right else "---" for stands_right in right)
    return [f"| {' | '.join(cells)} |" for cells in (heads, tuple(rule), *rows)]
