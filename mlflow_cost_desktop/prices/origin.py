"""Where a price list is fetched from, as the rest of the program sees it; and a folder as one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.answer import BLOCK, Still, always
from mlflow_cost_desktop.prices.new_price import NOTHING_LOST, RefusedFileError

MOST_OF_INDEX = 32 * 1024 * 1024

Tell = Callable[[int], None]
"""Is told how many more bytes have come; what it raises ends the work."""


class Fetched(NamedTuple):
    """A file of the list on this disk, and where it came from."""

    path: Path
    url: str
    size: int
    sha256: str


class Origin(Protocol):
    """Where the files of a price list are, each known by its path in the list."""

    @property
    def name(self) -> str:
        """For a reader; never with a password."""
        ...

    @property
    def is_live(self) -> bool:
        """Whether it is the provider's own server, which tells today's prices."""
        ...

    def read(self, path: str) -> bytes:
        """A small file, whole. Raises UserError."""
        ...

    def size(self, path: str) -> int | None:
        """How many bytes a file has; None where nobody says. Raises UserError."""
        ...

    def fetch(self, path: str, tell: Tell) -> Fetched:
        """A large file, brought to this disk. Raises UserError."""
        ...

    def let_go(self, file: Fetched) -> None:
        """Delete what was brought here."""
        ...


class Folder:
    """A copy of the list on a disk, in the layout of the provider's server."""

    is_live = False

    def __init__(self, folder: Path, still: Still = always) -> None:
        self._folder = folder.resolve()
        self._still = still
        self.name = str(folder)

    def read(self, path: str) -> bytes:
        try:
            with self._at(path).open("rb") as file:
                data = file.read(MOST_OF_INDEX + 1)
        except OSError as error:
            raise self._unreadable(path, error) from error
        check_index(len(data), path)
        return data

    def size(self, path: str) -> int | None:
        try:
            return self._at(path).stat().st_size
        except OSError as error:
            raise self._unreadable(path, error) from error

    def fetch(self, path: str, tell: Tell) -> Fetched:
        file = self._at(path)
        try:
            size = file.stat().st_size
            digest = digest_of(file, self._still)
        except OSError as error:
            raise self._unreadable(path, error) from error
        tell(size)
        return Fetched(file, file.as_uri(), size, digest)

    def let_go(self, file: Fetched) -> None:
        """Nothing was brought here: the files of the folder stay."""

    def _at(self, path: str) -> Path:
        file = (self._folder / path.lstrip("/")).resolve()
        if not file.is_relative_to(self._folder):
            raise RefusedFileError(
                f"The price list names a file outside of its folder: {path[:80]}"
            )
        return file

    def _unreadable(self, path: str, error: OSError) -> UserError:
        if isinstance(error, FileNotFoundError):
            return RefusedFileError(f"{self.name} has no {path.lstrip('/')[:200]}")
        return UserError(
            f"{path.lstrip('/')[:200]} in {self.name} can't be read: {error.strerror or error}",
            f"The folder must have the layout of the provider's server. {NOTHING_LOST}",
        )


def check_index(size: int, path: str) -> None:
    """Refuse an index that would fill the memory: they are never huge."""
    if size > MOST_OF_INDEX:
        raise RefusedFileError(f"{path[:120]} is larger than any index of a price list")


def digest_of(path: Path, still: Still) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            still()
    return digest.hexdigest()
