"""Why a scenario file is not opened, in a sentence that says what is wrong and where."""

from __future__ import annotations

import contextlib
import errno
from pathlib import Path
from typing import Any, cast, get_args

from pydantic_core import ErrorDetails

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.envelope import Envelope
from mlflow_cost_desktop.files.migrations import Document
from mlflow_cost_desktop.model.fields.declaration import Model, specs
from mlflow_cost_desktop.model.fields.faults import fault_in_words

FAULTS_SHOWN = 3
MOST_OF_FOLDER = 200
"""Characters of a folder's path in a sentence."""

REASONS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EISDIR: "it is a folder",
    errno.EACCES: "you have no permission to read it",
    errno.EPERM: "you have no permission to read it",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ELOOP: "its link leads in a circle",
    errno.ENXIO: "it is a device or a socket, and not a file",
}
"""Why a system opens no file, by its numbers."""


def named(path: Path) -> str:
    """A file in a sentence, by its name and its folder."""
    with contextlib.suppress(OSError):  # the folder that a relative path begins in may be gone
        path = path.absolute()
    folder = str(path.parent)
    if len(folder) > MOST_OF_FOLDER:
        folder = f"{folder[:MOST_OF_FOLDER]}…"
    return f"“{path.name[:80] or path}” in {folder}"


def unreadable(path: Path, reason: str) -> UserError:
    """That nothing could be read of a file."""
    return UserError(
        f"{named(path)} could not be opened: {reason}",
        "Nothing was changed; choose another file.",
    )


def not_opened(path: Path, error: OSError) -> UserError:
    """That the system did not open a file, or could not read it."""
    told = f"the system says “{error.strerror or error}”"
    return unreadable(path, REASONS.get(error.errno or 0, told))


def damaged(path: Path, what: str) -> UserError:
    """That a file was read and is none of a scenario, or a broken one."""
    return UserError(
        f"{named(path)} is not a valid scenario file: {what}",
        "Nothing was changed; choose another file, or repair this one in a text editor.",
    )


def too_deep(path: Path) -> UserError:
    """That its JSON has more levels than a reader follows."""
    return damaged(path, "it is nested too deeply")


def too_large(path: Path, limit: int) -> UserError:
    """That it has more bytes than a limit."""
    return unreadable(path, f"it is larger than {megabytes(limit)}, and no scenario is")


def megabytes(size: int) -> str:
    """A number of bytes, in whole MB."""
    return f"{size // (1024 * 1024)} MB"


def shortened(text: str) -> str:
    """A stranger's text at a length that fits into a sentence."""
    printable = "".join(letter if letter.isprintable() else "�" for letter in text)
    return printable if len(printable) <= 80 else f"{printable[:79]}…"


def faults_in_words(document: Document, faults: list[ErrorDetails]) -> str:
    """The first few faults of what a file holds, with their places, and how many more there are."""
    shown = "; ".join(
        f"{_place_in_words(document, fault['loc'])}: {fault_in_words(fault)}"
        for fault in faults[:FAULTS_SHOWN]
    )
    more = len(faults) - FAULTS_SHOWN
    return f"{shown}; and {more:,} more" if more > 0 else shown


def _place_in_words(document: Document, location: tuple[int | str, ...]) -> str:
    """The title and path of a field: "Replicas (scenario.server.ec2.replicas)"."""
    value: Any = document
    kind: Any = Envelope
    title = ""
    steps: list[str] = []
    for step in location:
        if isinstance(step, int):
            kind = (get_args(kind) or (None,))[0]
            value = _item(value, step)
            steps.append(_id_of(value) or f"item {step + 1}")
            continue
        is_model = isinstance(kind, type) and issubclass(kind, Model)
        known = specs(kind).get(step) if is_model else None
        title, kind = (known.title, known.kind) if known else ("", None)
        value = cast(Document, value).get(step) if isinstance(value, dict) else None
        steps.append(step)
    path = shortened(".".join(steps))
    return f"{title} ({path})" if title else path


def _item(value: object, index: int) -> object:
    items = cast("list[object]", value) if isinstance(value, list) else []
    # A fault may also be about an item that is missing.
    return items[index] if index < len(items) else None


def _id_of(item: object) -> str:
    found: object = cast(Document, item).get("id") if isinstance(item, dict) else None
    return found[:40] if isinstance(found, str) else ""
