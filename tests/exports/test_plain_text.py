"""Columns and lines of a terminal: as wide as it shows them."""

from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from mlflow_cost_desktop.exports.plain_text import cells_of, columns, to_left, to_right, wrapped

SIGNS = st.text(alphabet="ab 監査🔥é\u0301हिन्दीก็ｱ", max_size=30)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("abc", 3),
        ("監査", 4),
        ("🔥", 2),
        ("👩‍💻", 2),
        ("🇩🇪", 2),
        ("e\u0301", 1),
        ("ก็", 1),
        ("─", 1),
    ],
)
def test_a_terminal_counts_cells(text: str, cells: int) -> None:
    assert cells_of(text) == cells
    assert to_left(text, 9) == text + " " * (9 - cells)
    assert to_right(text, 9) == " " * (9 - cells) + text


@given(st.lists(st.tuples(SIGNS, SIGNS), min_size=1, max_size=5))
def test_columns_are_even(rows: list[tuple[str, str]]) -> None:
    rows = [(f"{first}|", f"|{second}|") for first, second in rows]
    lines = columns(rows, (False, True))
    assert len({wcswidth(line) for line in (lines[0], *lines[2:])}) == 1
    assert wcswidth(lines[1]) == wcswidth(lines[0])


@given(SIGNS, st.integers(6, 30))
def test_lines_are_no_wider_than_asked(text: str, width: int) -> None:
    lines = wrapped(text, width, "  ")
    assert all(wcswidth(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split()), "nothing is lost"


@given(st.text(alphabet="ab -.,x", max_size=60), st.integers(6, 30))
def test_narrow_signs_wrap_as_ever(text: str, width: int) -> None:
    words = " ".join(text.split())
    assert wrapped(text, width, "  ") == (wrap(words, width, subsequent_indent="  ") or [""])
