"""The price books that the user has fetched: each a folder that is there as a whole or not at all.

A book comes into a folder of its own beside the others, under a name that says when; whoever reads
takes the newest. The last two of a region are kept, so that one can go back.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from mlflow_cost_desktop.errors import UserError, why_not_written

KEPT = 2
"""Books of a region that are kept, the newest among them."""

BUNDLED = "bundled"
"""What the book is called that came with the program."""

PRICES, RULES, SOURCES = "prices.csv", "rules.csv", "sources.csv"
MACHINES, NOTE = "instance_types.csv", "book.json"

STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")
_LEFTOVER_SECONDS = 3600


def fetched_on(name: str) -> str:
    """The day (ISO) on which a book of that name was fetched; empty for any other name."""
    if not _NAME.fullmatch(name):
        return ""
    try:
        return datetime.strptime(name.partition("-")[0], STAMP).date().isoformat()
    except ValueError:
        return ""


@dataclass(frozen=True)
class Edition:
    """A fetched book of a region.

    Attributes:
        id: its name, the same wherever it is named; later ones come later in the alphabet.
        folder: where its files are.
    """

    id: str
    folder: Path

    @property
    def fetched(self) -> datetime:
        """When it was taken over."""
        return datetime.strptime(self.id.partition("-")[0], STAMP).replace(tzinfo=UTC)

    @cached_property
    def note(self) -> Mapping[str, Any]:
        """Where it is from, and what changed with it; empty where that can't be read."""
        try:
            found = json.loads((self.folder / NOTE).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


class Editions:
    """The fetched books of one provider.

    Args:
        folder: holds a folder for each region, which holds one for each book; it may not exist.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def of(self, region_id: str) -> list[Edition]:
        """The books of a region, the newest first."""
        try:
            names = [entry.name for entry in (self.folder / region_id).iterdir()]
        except OSError:
            return []
        sound = sorted(filter(_NAME.fullmatch, names), reverse=True)
        return [Edition(name, self.folder / region_id / name) for name in sound]

    def newest(self, region_id: str) -> Edition | None:
        return next(iter(self.of(region_id)), None)

    def regions(self) -> list[str]:
        """The ids of the regions that have a fetched book."""
        try:
            names = sorted(entry.name for entry in self.folder.iterdir())
        except OSError:
            return []
        return [name for name in names if self.newest(name)]

    def add(self, region_id: str, files: Mapping[str, bytes], digest: str) -> Edition:
        """Take a book over: it is there whole, or the books are as they were.

        Args:
            files: its files by name.
            digest: of its prices, in hexadecimal; a part of its name.

        Raises:
            UserError: if it can't be written.
        """
        home = self.folder / region_id
        new = home / f".new-{secrets.token_hex(8)}"
        try:
            new.mkdir(parents=True)
            for name, data in files.items():
                with (new / name).open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            _sync(new)
            edition = self._named(region_id, digest)
            os.replace(new, edition.folder)
        except OSError as error:
            shutil.rmtree(new, ignore_errors=True)
            reason, advice = why_not_written(error)
            raise UserError(
                f"The new prices of {region_id} can't be kept in {home}: {reason}",
                f"{advice} The prices that you have are as they were.",
            ) from error
        _sync(home)
        self._prune(region_id)
        return edition

    def revert(self, region_id: str) -> Edition | None:
        """Take the newest book of a region away; None where there is none.

        Raises:
            UserError: if it can't be; it is then as it was.
        """
        newest = self.newest(region_id)
        if newest is None:
            return None
        try:
            self._remove(newest)
        except OSError as error:
            reason, _ = why_not_written(error)
            raise UserError(
                f"The fetched prices of {region_id} can't be taken away: {reason}",
                f"They still apply. Delete {newest.folder} yourself.",
            ) from error
        return newest

    def _named(self, region_id: str, digest: str) -> Edition:
        """A name after all others', whatever the clock says."""
        now = datetime.now(UTC)
        before = self.newest(region_id)
        if before is not None:
            now = max(now, before.fetched + timedelta(microseconds=1))
        name = f"{now.strftime(STAMP)}-{digest[:8]}"
        return Edition(name, self.folder / region_id / name)

    def _prune(self, region_id: str) -> None:
        """Take away all but the last, and what somebody who was killed has left."""
        for edition in self.of(region_id)[KEPT:]:
            with contextlib.suppress(OSError):
                self._remove(edition)
        for left in (self.folder / region_id).glob(".*-*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _LEFTOVER_SECONDS:
                    shutil.rmtree(left)

    def _remove(self, edition: Edition) -> None:
        # First out of sight, at once; its files then go one by one. Raises OSError.
        away = edition.folder.with_name(f".old-{secrets.token_hex(8)}")
        os.replace(edition.folder, away)
        shutil.rmtree(away, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Make new names last through a power cut, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
