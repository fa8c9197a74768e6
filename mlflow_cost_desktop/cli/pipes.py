"""What comes in by a pipe and goes out by one: bounded, whole, and never with a traceback."""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.plain_text import printable
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.refusals import not_opened
from mlflow_cost_desktop.files.scenario_file import MAX_BYTES, ScenarioFile, read_scenario

PIPE = Path("-")
"""Stands for stdin where a file is read, for stdout where one is written."""

STREAMS = {Path("/dev/stdout"), Path("/dev/fd/1"), Path("/proc/self/fd/1")}


def put_text(text: str, *, marked_in_file: bool = False) -> None:
    """Print an answer.

    Args:
        marked_in_file: whether it begins with the mark of UTF-8 where it becomes a file, as
            `> lines.csv` makes one: spreadsheets know the encoding by it. No pipe wants it.

    Raises:
        UserError: if there is nowhere to print to. Who has read enough, as `head`, may go.
    """
    mark = codecs.BOM_UTF8 if marked_in_file and _begins_a_file() else b""
    _put(mark + text.encode("utf-8", "backslashreplace"))


def tell(sentence: str) -> None:
    """One sentence on stderr, where that is open."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        print(printable(sentence), file=sys.stderr, flush=True)


def put_file(path: Path, data: bytes) -> None:
    """Write a file, or to what was named instead of one: `-`, a pipe, a terminal.

    Raises:
        UserError: if it can't be written; a file is then as it was.
    """
    if path == PIPE or path in STREAMS:
        _put(data)
    elif _is_stream(path):
        try:
            with path.open("wb") as stream:
                stream.write(data)
        except OSError as error:
            raise _not_printed(error) from error
    else:
        write_atomically(path, data, may_lose_group=True)


def goes_to_stdout(path: Path) -> bool:
    """Whether what is written there is the answer itself, and no line is to follow."""
    return path == PIPE or path in STREAMS


def read_piped(path: Path) -> ScenarioFile:
    """Open a scenario from a file, from stdin (`-`) or from a pipe, as `<(…)` names one.

    A pipe is waited for until somebody has written to it and closed it, as `cat` does.

    Raises:
        UserError: if it can't be read, or is not a valid scenario file.
    """
    if path == PIPE:
        if sys.stdin is None or sys.stdin.closed:  # it is None where it was closed
            raise UserError("Nothing can be read from stdin: it is closed", "Name a file instead.")
        return _read(Path("stdin"), lambda: contextlib.nullcontext(sys.stdin.buffer))
    return _read(path, lambda: path.open("rb")) if _is_stream(path) else read_scenario(path)


def _read(path: Path, begin: Callable[[], AbstractContextManager[BinaryIO]]) -> ScenarioFile:
    try:
        with begin() as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise not_opened(path, error) from error
    return read_scenario(path, data)


def _is_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISSOCK(mode)


def _begins_a_file() -> bool:
    """Whether stdout is a file in which nothing stands yet."""
    try:
        found = os.fstat(sys.stdout.fileno())
    except (OSError, AttributeError, ValueError):  # closed, or a test's
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


def _put(data: bytes) -> None:
    stream = sys.stdout
    if stream is None:  # it is None where it was closed
        raise UserError("The answer could not be printed: stdout is closed", "Nothing was changed.")
    try:
        if hasattr(stream, "buffer"):
            stream.flush()
            stream.buffer.write(data)
        else:  # a test's
            stream.write(data.decode("utf-8", "replace"))
        stream.flush()
    except BrokenPipeError:
        _silence_output()  # who reads, as `head`, has seen enough
    except (OSError, ValueError) as error:
        _silence_output()
        raise _not_printed(error) from error


def _not_printed(error: OSError | ValueError) -> UserError:
    reason = error.strerror if isinstance(error, OSError) else "stdout is closed"
    return UserError(f"The answer could not be printed: {reason}", "Nothing was changed.")


def _silence_output() -> None:
    """Keep Python from failing again over what is left in the buffer when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
