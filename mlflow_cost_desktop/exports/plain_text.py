"""Texts and tables for a terminal, and texts that are safe to hand to a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

FORMULA_STARTS = ("=", "+", "-", "@")


def harmless(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    line = printable(text)
    return f"'{line}" if line.lstrip().startswith(FORMULA_STARTS) else line


def printable(text: str) -> str:
    """A stranger's text without line breaks, and what else could move a terminal's cursor."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


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
