"""The workbook: sheets whose texts are never formulas, and formulas that carry their values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal, NamedTuple, TypeAlias

from mlflow_cost_desktop.exports.plain_text import printable

Look: TypeAlias = Literal[
    "text", "strong", "wrap", "muted", "title", "head", "number", "price", "money", "sum"
]

MONEY, PRICE = "#,##0.00;[Red]-#,##0.00", "0.00########"
MUTED = {"font_color": "#667085"}
LOOKS: Mapping[Look, Mapping[str, object]] = {
    "text": {},
    "strong": {"bold": True},
    "wrap": {"text_wrap": True, "valign": "top"},
    "muted": MUTED,
    "title": {"bold": True, "font_size": 16},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F5F7FA"},
    "number": {"num_format": "#,##0.############"},
    "price": {"num_format": PRICE},
    "money": {"num_format": MONEY},
    "sum": {"num_format": MONEY, "bold": True, "top": 1},
}

LINE = 15.0
"""Points of a row's height for each line of text."""

MOST_OF_TEXT = 32_000
"""Characters of a cell; a spreadsheet has room for 32,767."""


class Ref(NamedTuple):
    """A cell of a sheet; rows and columns are counted from 0."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{self.sheet}!${letter(self.column)}${self.row + 1}"


def letter(column: int) -> str:
    """A column's name: A, B, … Z, AA."""
    first, last = divmod(column, 26)
    return (letter(first - 1) if first else "") + chr(ord("A") + last)


class Sheet:
    """One sheet, written cell by cell."""

    def __init__(self, name: str, made: Any, looks: Mapping[Look, Any]) -> None:
        self.name = name
        self._made = made
        self._looks = looks

    def text(self, row: int, column: int, words: str, look: Look = "text") -> None:
        """A text, whatever it begins with: no cell of a stranger's words becomes a formula."""
        shown = printable(words)[:MOST_OF_TEXT]
        self._made.write_string(row, column, shown, self._looks[look])

    def wide(self, row: int, columns: tuple[int, int], words: str, signs: int) -> None:
        """A text over some columns, which together have room for some signs in a line."""
        shown = printable(words)[:MOST_OF_TEXT]
        self._made.merge_range(row, columns[0], row, columns[1], "", self._looks["wrap"])
        self._made.write_string(row, columns[0], shown, self._looks["wrap"])
        self._made.set_row(row, LINE * (1 + len(shown) // signs))

    def number(self, row: int, column: int, value: float, look: Look = "number") -> Ref:
        """A number; the cell is empty where it is not known."""
        if not math.isnan(value):
            self._made.write_number(row, column, value, self._looks[look])
        return Ref(self.name, row, column)

    def formula(
        self, row: int, column: int, formula: str, value: float | str, look: Look = "money"
    ) -> Ref:
        """A formula and its value, which programs show that do not compute."""
        self._made.write_formula(row, column, f"={formula}", self._looks[look], value)
        return Ref(self.name, row, column)

    def heads(self, row: int, titles: Sequence[str], widths: Sequence[float] = ()) -> None:
        """The heads of columns, and how wide they are, in signs."""
        for column, title in enumerate(titles):
            self.text(row, column, title, "head")
        if widths:
            lines = (1 + len(t) // max(int(w) - 2, 1) for t, w in zip(titles, widths, strict=False))
            self._made.set_row(row, LINE * max(lines))
        self.widths(widths)

    def widths(self, widths: Sequence[float]) -> None:
        """How wide columns are, in signs."""
        for column, width in enumerate(widths):
            self._made.set_column(column, column, width)

    def keep(self, rows: int, columns: int = 0) -> None:
        """Rows and columns that stay in sight."""
        self._made.freeze_panes(rows, columns)

    def filter(self, first: int, last: int, columns: int) -> None:
        """A table that can be sorted and filtered: its row of heads, and its last one."""
        self._made.autofilter(first, 0, last, columns - 1)

    def range(self, column: int, first: int, last: int) -> str:
        """Cells of a column, as another sheet names them."""
        name = letter(column)
        return f"{self.name}!${name}${first + 1}:${name}${last + 1}"


class Workbook:
    """Sheets in the order in which they are asked for; the same input gives the same bytes."""

    def __init__(self, title: str, author: str, creator: str, created: datetime) -> None:
        # It has no types of its own, and is loaded for this export alone.
        from xlsxwriter import Workbook as Writer  # pyright: ignore[reportMissingTypeStubs]

        self._buffer = BytesIO()
        self._writer: Any = Writer(self._buffer, {"in_memory": True})
        self._writer.set_properties(
            {
                "title": title,
                "author": author,
                "comments": creator,
                "created": created.astimezone(UTC).replace(tzinfo=None),
            }
        )
        self._looks: dict[Look, Any] = {
            name: self._writer.add_format(dict(look)) for name, look in LOOKS.items()
        }

    def sheet(self, name: str) -> Sheet:
        """A new sheet; its name is one word of letters."""
        made = self._writer.add_worksheet(name)
        made.set_landscape()
        made.fit_to_pages(1, 0)
        return Sheet(name, made, self._looks)

    def as_bytes(self) -> bytes:
        """The finished file."""
        self._writer.close()
        return self._buffer.getvalue()
