"""Writing a file so that a failure leaves the old one as it was."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import secrets
import stat
import time
from pathlib import Path

from mlflow_cost_desktop.errors import UserError

LEFTOVER_SECONDS = 3600
"""Old enough that whoever was writing it is gone."""

UNCHANGED = "What was there before is unchanged."

REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space, or choose another disk."),
    errno.EDQUOT: ("your share of the disk is used up", "Free some space, or choose another disk."),
    errno.EFBIG: ("it is larger than this disk allows", "Choose another disk."),
    errno.EACCES: ("its folder can't be written to", "Choose another folder."),
    errno.EPERM: ("its folder can't be written to", "Choose another folder."),
    errno.EROFS: ("its disk can't be written to", "Choose another disk."),
    errno.ENOENT: ("its folder does not exist", "Create the folder, or choose another one."),
    errno.ENOTDIR: ("its folder is not a folder", "Choose another folder."),
    errno.EISDIR: ("there is a folder of that name", "Choose another name."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.ELOOP: ("its link leads in a circle", "Choose another name."),
}


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` into a file, all of it or nothing.

    An existing file keeps its mode. A link is kept, and what it leads to is written.

    Raises:
        UserError: if the file can't be written; it is then as it was.
    """
    try:
        # A link's target is what is replaced: replacing the link would cut it.
        target = Path(os.path.realpath(path))
        mode = _mode_of_existing(target)
        _replace(target, data, mode)
        _sweep(target)
    except OSError as error:
        reason, advice = REASONS.get(
            error.errno or 0, (f"the system says “{error.strerror or error}”", "Try another place.")
        )
        raise _refusal(path, reason, advice) from error
    except ValueError as error:  # a NUL or half a character in the name
        raise _refusal(path, "a file can't have this name", "Choose another name.") from error


def _mode_of_existing(target: Path) -> int | None:
    """The permissions of the file that is about to be replaced, None where there is none."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise _refusal(target, "it is a device and not a file", "Choose another name.")
    # Only the folder's permissions matter to a replacement; a file that somebody has
    # protected is left alone all the same.
    if not os.access(target, os.W_OK):
        raise _refusal(target, "it is write-protected", "Choose another name or folder.")
    return stat.S_IMODE(status.st_mode)


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    # Beside the target, since a file can be put in place at once only within one disk.
    beside = target.with_name(f"{_prefix(target)}{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # A new file is as the user's umask says; one that replaces another is never more open.
    handle = os.open(beside, flags, 0o666 if mode is None else 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(beside, mode)
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _prefix(target: Path) -> str:
    return f".{target.name[:40]}."


def _sweep(target: Path) -> None:
    """Delete what writers of this file left beside it when they were killed long ago."""
    with contextlib.suppress(OSError):
        for left in target.parent.glob(f"{glob.escape(_prefix(target))}{'[0-9a-f]' * 16}.tmp"):
            if time.time() - left.stat().st_mtime > LEFTOVER_SECONDS:
                left.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the system can."""
    if os.name == "nt":
        return
    # The file is in place already: nothing that fails here is worth a refusal.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(path: Path, reason: str, advice: str) -> UserError:
    name, folder = path.name[:80] or path, path.absolute().parent
    return UserError(
        f"“{name}” in {folder} could not be written: {reason}", f"{UNCHANGED} {advice}"
    )
