"""The scenario that comes with a report: read out of a PDF as this program writes it."""

from __future__ import annotations

import re
import zlib

BEGIN = b"%PDF-"
CREATOR = "MLflow Cost ".encode("utf-16-be")
MOST_BYTES = 64 * 1024 * 1024
"""Of a report; those of the fullest files have a few millions."""

_FILE = re.compile(rb"/EF <</F (\d+) 0 R>>")
_LENGTH = re.compile(rb"/Length (\d+) 0 R")
_ENTRY = re.compile(rb"(\d{10}) \d{5} [nf]")


class NoScenarioError(ValueError):
    """Nothing of this program's comes with the PDF; says why, as the end of a sentence."""


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF, whoever wrote it."""
    return data.startswith(BEGIN)


def scenario_in(pdf: bytes, limit: int) -> bytes:
    """The scenario file that comes with a report.

    Only what this program wrote is understood, and only as it was written: a PDF that another
    program saved again has its objects elsewhere.

    Args:
        limit: the most bytes that a scenario file may hold.

    Raises:
        NoScenarioError: if there is none.
    """
    if CREATOR not in pdf:
        raise NoScenarioError("it is a PDF that MLflow Cost did not write")
    found = _FILE.search(pdf)
    if found is None:
        raise NoScenarioError("it is a report without its scenario")
    try:
        offsets = _offsets(pdf)
        head, keyword, rest = _object(pdf, offsets, int(found[1])).partition(b"stream\n")
        length = _LENGTH.search(head)
        if not keyword or length is None:
            raise NoScenarioError(CHANGED)
        packed = rest[: int(_object(pdf, offsets, int(length[1])).split()[0])]
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(packed, limit + 1)
    except (IndexError, ValueError, zlib.error) as error:
        raise NoScenarioError(CHANGED) from error
    if len(data) > limit or not unpacking.eof:
        raise NoScenarioError(CHANGED)
    return data


CHANGED = "it is a report that was changed since MLflow Cost wrote it"


def _offsets(pdf: bytes) -> list[int]:
    """Where each object begins, by its number."""
    at_end = pdf.rindex(b"startxref\n")
    start = int(pdf[at_end:].split()[1])
    if not pdf.startswith(b"xref\n", start):
        raise ValueError("no table of objects")
    return [int(entry[1]) for entry in _ENTRY.finditer(pdf, start, at_end)]


def _object(pdf: bytes, offsets: list[int], number: int) -> bytes:
    """An object, from its first byte behind the number on."""
    begin = b"%d 0 obj\n" % number
    at = offsets[number]
    if not pdf.startswith(begin, at):
        raise ValueError("an object is elsewhere")
    return pdf[at + len(begin) :]
