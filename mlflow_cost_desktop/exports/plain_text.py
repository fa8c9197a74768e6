"""Texts and tables for a terminal, and texts that are safe to hand to a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from mlflow_cost_desktop.figures import JOINERS

FORMULA_STARTS = tuple("=+-@＝＋－＠")  # a spreadsheet takes the wide ones for the others


def harmless(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    line = printable(text)
    return f"'{line}" if line.lstrip().startswith(FORMULA_STARTS) else line


def printable(text: str) -> str:
    """A stranger's words in one line, without control characters and bidirectional overrides."""
    kept = (c if c.isprintable() or c in JOINERS else " " for c in text)
    return " ".join("".join(kept).split())


def columns(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Rows as lines of even columns; the first row is the header, underlined.

    Args:
        right: for each column, whether it stands at the right of its width, as numbers do.
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if to_the_right else cell.ljust(width)
            for cell, width, to_the_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """A text in lines of at most `width`, those after the first indented."""
    return wrap(printable(text), width, subsequent_indent=indent) or [""]
