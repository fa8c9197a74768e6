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

from mlflow_cost_desktop.errors import UserError, why_not_written

LEFTOVER_SECONDS = 3600
"""Old enough that whoever was writing it is gone."""

UNCHANGED = "What was there before is unchanged."


class GroupError(UserError):
    """The file belongs to a group that this user can't give a file to."""


def write_atomically(path: Path, data: bytes, *, may_lose_group: bool = False) -> None:
    """Put `data` into a file, all of it or nothing.

    An existing file keeps its mode and its group. A link is kept, and what it leads to is written.

    Args:
        may_lose_group: write the file also where it then belongs to another group.

    Raises:
        GroupError: if its group would be lost; it is as it was.
        UserError: if the file can't be written; it is then as it was.
    """
    try:
        # A link's target is what is replaced: replacing the link would cut it.
        target = Path(os.path.realpath(path))
        old = _existing(target)
        _replace(target, data, old, may_lose_group=may_lose_group)
        _sweep(target)
    except _GroupLostError as error:
        raise GroupError(
            f"“{path.name[:80]}” was not written: it belongs to a group that you are no member of",
            f"{UNCHANGED} Written all the same, it would belong to your own group, and others of "
            "that group might no longer be able to open it.",
        ) from error
    except OSError as error:
        raise _refusal(path, *why_not_written(error)) from error
    except ValueError as error:  # a NUL or half a character in the name
        raise _refusal(path, "a file can't have this name", "Choose another name.") from error


class _GroupLostError(Exception):
    """The group of the file that is replaced can't be given to the new one."""


def _existing(target: Path) -> os.stat_result | None:
    """What is known of the file that is about to be replaced, None where there is none."""
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
    if _is_kept_by_its_folder(target, status):
        raise _refusal(
            target, "only its owner may replace it in this folder", "Choose another folder."
        )
    return status


def _is_kept_by_its_folder(target: Path, status: os.stat_result) -> bool:
    """Whether the folder is one such as /tmp, in which nobody replaces the files of others."""
    if os.name == "nt":
        return False
    folder, user = target.parent.stat(), os.geteuid()
    return bool(folder.st_mode & stat.S_ISVTX) and user not in (0, status.st_uid, folder.st_uid)


def _replace(
    target: Path, data: bytes, old: os.stat_result | None, *, may_lose_group: bool
) -> None:
    # Beside the target, since a file can be put in place at once only within one disk.
    beside = target.with_name(f"{_prefix(target)}{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # A new file is as the user's umask says; one that replaces another is never more open.
    handle = os.open(beside, flags, 0o666 if old is None else 0o600)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            if old is not None and not _give_group(file.fileno(), old) and not may_lose_group:
                raise _GroupLostError
            os.fsync(file.fileno())
        if old is not None:
            # After the group: a change of it takes some permissions away.
            os.chmod(beside, stat.S_IMODE(old.st_mode))
        os.replace(beside, target)
    except BaseException:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _give_group(handle: int, old: os.stat_result) -> bool:
    """Give a new file the group of the one that it replaces; whether it has it."""
    if os.name == "nt" or os.fstat(handle).st_gid == old.st_gid:
        return True
    try:
        os.fchown(handle, -1, old.st_gid)
    except OSError:
        return False
    return True


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
    with contextlib.suppress(OSError):  # the folder that a relative path begins in may be gone
        path = path.absolute()
    name, folder = path.name[:80] or path, str(path.parent)[:200]
    return UserError(
        f"“{name}” in {folder} could not be written: {reason}", f"{UNCHANGED} {advice}"
    )
