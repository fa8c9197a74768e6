"""Fetched books: whole or not at all, the last two kept, the newest first."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices import editions
from mlflow_cost_desktop.prices.editions import Editions

FILES = {editions.PRICES: b"1", editions.NOTE: b'{"new": 3}'}


def test_the_last_two_are_kept_and_one_goes_back_to_the_bundled_one(tmp_path: Path) -> None:
    books = Editions(tmp_path / "aws")
    assert books.newest("moon-1") is None and books.regions() == []
    ids = [books.add("moon-1", FILES, f"{digit}" * 64).id for digit in "abc"]
    assert [edition.id for edition in books.of("moon-1")] == [ids[2], ids[1]]
    assert ids == sorted(ids)
    assert books.regions() == ["moon-1"]
    for expected in (ids[2], ids[1]):
        removed = books.revert("moon-1")
        assert removed is not None and removed.id == expected
    assert books.revert("moon-1") is None
    assert list((tmp_path / "aws" / "moon-1").iterdir()) == []


def test_a_clock_that_goes_back_makes_no_book_older(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = Editions(tmp_path)
    first = books.add("moon-1", FILES, "f" * 64)

    class Clock(editions.datetime):
        @classmethod
        def now(cls, tz: object = None) -> editions.datetime:
            return first.fetched - editions.timedelta(days=30)

    monkeypatch.setattr(editions, "datetime", Clock)
    second = books.add("moon-1", FILES, "0" * 64)
    assert books.newest("moon-1") == second
    assert second.note == {"new": 3}


def test_a_note_that_is_damaged_says_nothing(tmp_path: Path) -> None:
    edition = Editions(tmp_path).add("moon-1", {editions.NOTE: b"[1"}, "a" * 64)
    assert edition.note == {}


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "its disk can't be written to")],
)
def test_what_can_not_be_written_changes_nothing(
    number: int, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = Editions(tmp_path)
    first = books.add("moon-1", FILES, "a" * 64)

    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError, match=words) as refusal:
        books.add("moon-1", FILES, "b" * 64)
    assert "as they were" in refusal.value.advice
    assert [path.name for path in (tmp_path / "moon-1").iterdir()] == [first.id]


def test_a_folder_that_is_a_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "aws").write_text("")
    with pytest.raises(UserError, match="can't be kept"):
        Editions(tmp_path / "aws").add("moon-1", FILES, "a" * 64)


def test_a_book_that_can_not_be_taken_away_still_applies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = Editions(tmp_path)
    edition = books.add("moon-1", FILES, "a" * 64)

    def fail(*_: object) -> None:
        raise PermissionError(errno.EACCES, "no")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(UserError, match="can't be taken away"):
        books.revert("moon-1")
    assert books.newest("moon-1") == edition


WRITER = """
import sys
from pathlib import Path
from mlflow_cost_desktop.prices import editions
books = editions.Editions(Path(sys.argv[1]))
print("ready", flush=True)
at = 0
while True:
    at += 1
    text = str(at % 10).encode() * 400_000
    books.add("moon-1", {editions.PRICES: text, editions.NOTE: text}, f"{at:064x}")
"""


def test_whoever_is_killed_leaves_a_whole_book(tmp_path: Path) -> None:
    books, random = Editions(tmp_path), Random(7)
    for _ in range(20):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(random.uniform(0.0, 0.08))
            writer.kill()
        newest = books.newest("moon-1")
        if newest is None:
            continue
        prices, note = (
            (newest.folder / name).read_bytes() for name in (editions.PRICES, editions.NOTE)
        )
        assert len(prices) == 400_000 and len(set(prices)) == 1 and prices == note
    assert books.newest("moon-1") is not None
