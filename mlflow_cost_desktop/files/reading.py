"""Reading a whole file, and never waiting for something that is no file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class NotAFileError(OSError):
    """There is a device, a pipe or a socket of that name."""


class TooLargeError(OSError):
    """The file is larger than any of its kind."""


def read_regular(path: Path, limit: int) -> bytes:
    """All bytes of a regular file.

    It is opened without waiting and looked at after that: whatever is put in the place of a file
    in the meantime, a pipe that nobody writes to above all, holds nothing up.

    Args:
        limit: the most bytes that it may hold.

    Raises:
        NotAFileError, TooLargeError: see there.
        OSError: if it can't be read.
        ValueError: if no file can have such a name.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise NotAFileError(errno.EINVAL, "it is a device and not a file")
        if status.st_size > limit:
            raise TooLargeError(errno.EFBIG, os.strerror(errno.EFBIG))
        data = file.read(limit + 1)  # it may have grown since
    if len(data) > limit:
        raise TooLargeError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data
