"""Texts and tables for a terminal, and texts that are safe to hand to a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

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
    widths = [max(map(cells_of, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            to_right(cell, width) if stands_right else to_left(cell, width)
            for cell, width, stands_right in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    return [lines[0], "  ".join("─" * width for width in widths), *lines[1:]]


# A terminal gives two cells to some signs (監, 🔥) and none to others, which join or combine:
# wcwidth knows which. Few starts print a table, so it is loaded by those that do.


def cells_of(text: str) -> int:
    """How many cells of a terminal a printable text takes."""
    from wcwidth import width

    return width(text)


def to_left(text: str, cells: int) -> str:
    """A text with blanks behind it, up to some cells."""
    return text + " " * (cells - cells_of(text))


def to_right(text: str, cells: int) -> str:
    """A text with blanks before it, up to some cells."""
    return " " * (cells - cells_of(text)) + text


def wrapped(text: str, cells: int, indent: str = "") -> list[str]:
    """A text in lines of at most some cells of a terminal, those after the first indented."""
    from wcwidth import wrap

    return wrap(printable(text), cells, subsequent_indent=indent) or [""]
