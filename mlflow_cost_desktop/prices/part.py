"""A file that is on its way: kept where it broke off, and gone on with."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from mlflow_cost_desktop.errors import UserError, why_not_written
from mlflow_cost_desktop.prices.new_price import NOTHING_LOST

SPARE = 64 * 1024 * 1024
"""Bytes that are left free on the disk."""

KEPT_SECONDS = 7 * 24 * 3600
"""How long a part of a file is kept for going on with it."""


class Part:
    """A file that is not yet whole, with a note of what it will be."""

    def __init__(self, folder: Path, url: str) -> None:
        self._folder = folder
        self._name = hashlib.sha256(url.encode()).hexdigest()[:24]
        self.path = folder / f"{self._name}.part"
        self._note = folder / f"{self._name}.json"

    def begun(self) -> tuple[int, dict[str, Any]]:
        """How much of it is here and what was noted; 0 where it can't be gone on with."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            have = self.path.stat().st_size
            is_sound = isinstance(note["validator"], str) and isinstance(note["length"], int)
        except (OSError, ValueError, KeyError, TypeError):
            return 0, {}
        if not is_sound or not note["validator"] or not 0 < have <= note["length"]:
            return 0, {}
        return have, note

    def write_note(self, validator: str, length: int | None) -> None:
        with self._written():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sweep(self._folder)
            note = json.dumps({"validator": validator, "length": length})
            self._note.write_text(note, encoding="utf-8")

    @contextmanager
    def open(self, *, append: bool) -> Generator[IO[bytes], None, None]:
        with self._written():
            file = self.path.open("ab" if append else "wb")
        try:
            yield file
        finally:
            with self._written():
                file.close()

    def put(self, file: IO[bytes], block: bytes) -> None:
        with self._written():
            file.write(block)

    def check_room(self, more: int | None) -> None:
        """Refuse at once what would fill the disk."""
        around = self._folder
        while not os.path.exists(around) and around != around.parent:
            around = around.parent
        try:
            free = shutil.disk_usage(around).free
        except OSError:
            return
        if more is not None and more + SPARE > free:
            raise UserError(
                f"The disk of {self._folder} has {free / 2**20:,.0f} MB left, and "
                f"{(more + SPARE) / 2**20:,.0f} are needed",
                f"Free some space. {NOTHING_LOST}",
            )

    def delete(self) -> None:
        for file in (self.path, self._note):
            file.unlink(missing_ok=True)

    @contextmanager
    def _written(self) -> Generator[None, None, None]:
        try:
            yield
        except OSError as error:
            reason, advice = why_not_written(error)
            raise UserError(
                f"What arrives can't be kept in {self._folder}: {reason}",
                f"{advice} {NOTHING_LOST}",
            ) from error


def _sweep(folder: Path) -> None:
    """Delete parts that nobody has gone on with."""
    for left in folder.glob("*.*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > KEPT_SECONDS:
                left.unlink()
