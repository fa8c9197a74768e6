"""Suggested names can be used on every system, and say what they are of."""

import pytest

from mlflow_cost_desktop.files.names import MOST_BYTES, file_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Small team, 2024", "Small-team-2024"),
        ("  a/b\\c:d*e?  ", "a-b-c-d-e"),
        ("監査 チーム", "監査-チーム"),
        ("..", "scenario"),
        ("", "scenario"),
        ("CON", "CON-scenario"),
        ("lpt9", "lpt9-scenario"),
        ("COM¹", "COM¹-scenario"),
        ("con team", "con-team"),
        ("हिन्दी टीम", "हिन्दी-टीम"),
        ("ทีมงานที่", "ทีมงานที่"),
        ("Zu\u0308rich", "Zürich"),
        ("\ud800", "scenario"),
    ],
)
def test_name(words: str, name: str) -> None:
    assert file_name(words) == name


@pytest.mark.parametrize("letter", ["a", "é", "監", "𝔸"])
def test_a_name_is_cut_by_bytes_between_letters(letter: str) -> None:
    name = file_name(letter * 500)
    assert len(name.encode()) <= MOST_BYTES
    assert set(name) == {letter}
