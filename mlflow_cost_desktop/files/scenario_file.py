"""Scenario files: reading and writing them, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, cast

from pydantic import ValidationError

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.atomic import write_atomically
from mlflow_cost_desktop.files.contents import contents
from mlflow_cost_desktop.files.envelope import FORMAT, Envelope, SavedFigures
from mlflow_cost_desktop.files.migrations import SCHEMA_VERSION, Document, migrate
from mlflow_cost_desktop.files.reading import NotAFileError, TooLargeError, read_regular
from mlflow_cost_desktop.files.refusals import (
    damaged,
    faults_in_words,
    megabytes,
    named,
    not_opened,
    shortened,
    too_deep,
    too_large,
    unreadable,
)
from mlflow_cost_desktop.files.report_file import (
    MOST_BYTES,
    NoScenarioError,
    is_pdf,
    scenario_in,
)
from mlflow_cost_desktop.model.scenario import Scenario

SUFFIX = ".mlcost"
MAX_BYTES = 4 * 1024 * 1024
MAX_VALUES = 20_000
"""Fields and items of lists together; a validator that names every fault of more takes long."""
SAVED_NOTHING = "The file on disk is as it was, and so is the open scenario."


class ScenarioFile(NamedTuple):
    """A scenario as it was on disk, and what was noted when it was saved.

    The figures are those of the scenario's own region. The digest tells the file's contents
    from any others.
    """

    scenario: Scenario
    saved: SavedFigures
    program_version: str
    digest: str
    is_report: bool = False
    """Whether it came with a report, a PDF: nothing is saved to that."""


def write_scenario(
    path: Path, scenario: Scenario, saved: SavedFigures, *, may_lose_group: bool = False
) -> str:
    """Save a scenario; the file is replaced as a whole or left as it was. The new digest.

    Args:
        may_lose_group: see `write_atomically`.

    Raises:
        GroupError: if its group would be lost.
        UserError: if the file can't be written, or could not be opened again.
    """
    data = as_bytes(scenario, saved)
    if len(data) > MAX_BYTES:
        raise UserError(
            f"“{path.name}” was not saved: it would be larger than {megabytes(MAX_BYTES)}",
            SAVED_NOTHING,
        )
    if _count(contents(scenario)) > MAX_VALUES - 1000:  # of the envelope
        raise UserError(
            f"“{path.name}” was not saved: it would hold more than {MAX_VALUES:,} values",
            SAVED_NOTHING,
        )
    write_atomically(path, data, may_lose_group=may_lose_group)
    return _digest(data)


def digest_on_disk(path: Path) -> str | None:
    """What tells a file's present contents from any others; None where there is no file."""
    try:
        return _digest(_read(path))
    except UserError:
        return "unreadable" if os.path.lexists(path) else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def as_bytes(scenario: Scenario, saved: SavedFigures, program_version: str = __version__) -> bytes:
    """The file's contents, in the order of declaration and one field a line."""
    envelope = Envelope(
        format=FORMAT,
        schema_version=SCHEMA_VERSION,
        program_version=program_version,
        saved=saved,
        scenario=scenario,
    )
    written = contents(envelope)
    if saved.charges is None:
        del written["saved"]["charges"]  # a name of older schemas
    if not saved.price_book:
        del written["saved"]["price_book"]
    text = json.dumps(written, indent=2, ensure_ascii=False, allow_nan=False)
    return f"{text}\n".encode()


def regions_of(paths: Iterable[Path]) -> set[str]:
    """The regions of some scenarios; files that can't be read have none."""
    found: set[str] = set()
    for path in paths:
        with contextlib.suppress(UserError):
            found.add(read_scenario(path).scenario.region_id)
    return found


def read_scenario(path: Path, data: bytes | None = None) -> ScenarioFile:
    """Open a scenario file of this schema version or an older one, or one that comes with a report.

    Args:
        data: what stands in it, where that was read already, from a pipe.

    Raises:
        UserError: if it can't be read, or is not a valid scenario file; nothing is changed.
    """
    if data is None:
        data = _read(path)
    elif len(data) > MAX_BYTES:
        raise too_large(path, MAX_BYTES)
    if is_report := is_pdf(data):
        try:
            data = scenario_in(data, MAX_BYTES)
        except NoScenarioError as error:
            raise UserError(
                f"“{path.name}” has no scenario that could be opened: {error}",
                "Open the scenario file (.mlcost) itself, or a report as it was exported.",
            ) from error
    document = _as_document(path, _decode(path, data))
    document = migrate(document, _checked_version(path, document))
    try:
        envelope = Envelope.model_validate_json(json.dumps(document, ensure_ascii=False).encode())
    except UnicodeEncodeError as error:
        raise damaged(path, "a text in it holds half a character") from error
    except RecursionError as error:
        raise too_deep(path) from error
    except ValidationError as error:
        faults = error.errors()
        if faults[0]["type"] == "json_invalid":  # it was JSON; only its depth is left
            raise too_deep(path) from error
        raise damaged(path, faults_in_words(document, faults)) from error
    return ScenarioFile(
        envelope.scenario, envelope.saved, envelope.program_version, _digest(data), is_report
    )


def _read(path: Path) -> bytes:
    try:
        return _scenario_or_report(path)
    except NotAFileError as error:
        raise unreadable(path, "it is a device and not a file") from error
    except TooLargeError as error:
        raise too_large(path, MAX_BYTES) from error
    except OSError as error:
        raise not_opened(path, error) from error
    except ValueError as error:  # a NUL or half a character in the name
        raise unreadable(path, "no file can have this name") from error


def _scenario_or_report(path: Path) -> bytes:
    try:
        return read_regular(path, MAX_BYTES)
    except TooLargeError:
        data = read_regular(path, MOST_BYTES)
        if not is_pdf(data):
            raise
        return data


def _decode(path: Path, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise damaged(path, f"it is not UTF-8 text (byte {error.start + 1:,})") from error
    if not text.strip():
        raise damaged(path, "it is empty")
    return text


def _as_document(path: Path, text: str) -> Document:
    try:
        document = json.loads(
            text,
            object_pairs_hook=_object_without_repeats,
            parse_constant=_refuse_constant,
            parse_int=_bounded_int,
        )
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        what = "it breaks off" if at_end else "it is not JSON"
        raise damaged(path, f"{what} (line {error.lineno}, column {error.colno})") from error
    except RecursionError as error:
        raise too_deep(path) from error
    except _ContentError as error:
        raise damaged(path, str(error)) from error
    if not isinstance(document, dict):
        raise damaged(path, "it is JSON, but not a scenario")
    if _count(document) > MAX_VALUES:
        raise damaged(path, f"it holds more than {MAX_VALUES:,} values, and no scenario does")
    return cast(Document, document)


def _count(value: Any) -> int:
    """How many values there are below one, or some number beyond `MAX_VALUES`."""
    count = 0
    left: list[Any] = [value]
    while left and count <= MAX_VALUES:
        holder = left.pop()
        inner = cast("list[Any]", list(holder.values() if isinstance(holder, dict) else holder))
        count += len(inner)
        left += [one for one in inner if isinstance(one, dict | list)]
    return count


class _ContentError(Exception):
    """Something that JSON allows and a scenario file does not."""


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> Document:
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _ContentError(
            f"the field {shortened(counts.most_common(1)[0][0])} appears twice in one place"
        )
    return made


def _refuse_constant(name: str) -> NoReturn:
    raise _ContentError(f"{name} is in it, which is not a number")


def _bounded_int(digits: str) -> int:
    # Python refuses integers beyond some thousand digits, and takes long for those below.
    if len(digits) > 400:
        raise _ContentError(f"a number in it has {len(digits):,} digits")
    return int(digits)


def _checked_version(path: Path, document: Document) -> int:
    if document.get("format") != FORMAT:
        raise damaged(path, f"it is JSON, but not a scenario (its format is not “{FORMAT}”)")
    version: object = document.get("schema_version")
    if version is None:
        raise damaged(path, "its schema_version is missing")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise damaged(path, "its schema_version is not a whole number from 1 on")
    if version > SCHEMA_VERSION:
        made_by = document.get("program_version")
        newer = f" ({shortened(made_by[:40])})" if isinstance(made_by, str) and made_by else ""
        raise UserError(
            f"{named(path)} was made by a newer version of the program{newer}",
            "Nothing was changed; install a newer version to open it.",
        )
    return version
