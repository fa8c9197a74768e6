"""A lock that one holder has, in this program or another, for as long as it lives.

The system lets go of it when the process ends, however it ends: a lock is never stale.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import sys
from pathlib import Path

# Far behind any contents: Windows keeps others from reading what is locked.
_AT = 1 << 30


def lock_name(path: Path) -> str:
    """The name of the lock of a file, the same by whatever path it is reached."""
    real = os.path.normcase(os.path.realpath(path))
    return f"{hashlib.sha256(os.fsencode(real)).hexdigest()[:32]}.lock"


NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL}
"""What a disk without locks answers."""


class Lock:
    """A lock that was taken; see `take`.

    Attributes:
        is_exclusive: false on a disk without locks, where anybody may hold the same.
    """

    def __init__(self, path: Path, handle: int, *, is_exclusive: bool = True) -> None:
        self.path = path
        self.is_exclusive = is_exclusive
        self._handle: int | None = handle

    @classmethod
    def take(cls, path: Path) -> Lock | None:
        """The lock of that name, or None where somebody else has it.

        On a disk without locks it is given to everybody, and says so (`is_exclusive`).

        Raises:
            OSError: if there can be no lock: the folder can't be made or written to.
        """
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
            try:
                if not _lock(handle):
                    os.close(handle)
                    return None
            except OSError as error:
                if error.errno in NO_LOCKS:
                    return cls(path, handle, is_exclusive=False)
                os.close(handle)
                raise
            # Its last holder may have deleted it between the two calls.
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.stat()):
                    return cls(path, handle)
            os.close(handle)

    def write(self, note: bytes) -> None:
        """Leave a note in the lock's file, for whoever finds it without its holder.

        Raises:
            OSError: if it can't be written.
        """
        if self._handle is None:
            return
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.truncate(self._handle, 0)
        os.write(self._handle, note)

    def read(self) -> bytes:
        """The note that was left. Raises OSError."""
        return self.path.read_bytes()

    def leave(self) -> None:
        """Let go, and leave the file with its note."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def release(self) -> None:
        """Let go, and leave nothing behind."""
        if self._handle is None:
            return
        # Deleted while it is held, or another holder's file would be; Windows deletes no open one.
        if sys.platform != "win32":
            self._delete()
        self.leave()
        if sys.platform == "win32":
            self._delete()

    def _delete(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _AT, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            # Not `lockf`, which two windows of one process would share.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
