"""A PDF file put in order after Qt wrote it: free of chance and of the clock, with bookmarks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_DATE = re.compile(rb"(?<=Date )\(D:[^)]*\)")
_FONT_TAG = re.compile(rb"(?<=/FontName /)[A-Z]{6}(?=\+)")
_REFERENCE = re.compile(rb"(\d+)(?= 0 R)")

_ROOT = re.compile(rb"/Root (\d+) 0 R")
_PAGES = re.compile(rb"/Pages (\d+) 0 R")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
POINTS = 0.75
"""Of a PDF, in a pixel of 1/96 inch."""


class Bookmark(NamedTuple):
    """An entry of a reader's list of contents.

    Attributes:
        page: the first is 0.
        height: of its place above the page's lower edge, px.
    """

    title: str
    page: int
    height: float


def in_order(
    pdf: bytes, date: bytes, language: str = "", bookmarks: Sequence[Bookmark] = ()
) -> bytes:
    """The document with `date` for its dates and its objects in the order of their references.

    Qt knows of no language and no bookmarks: they are added here.

    Qt writes fonts in the order of a hash table, whose seed is drawn anew in each process, and
    tags their names with their numbers; its dates have a length that depends on the time zone.

    Args:
        pdf: as QPdfWriter writes it: not encrypted, with one plain table of offsets.
        date: a PDF date in its brackets.
        language: of all text, as `en-US`; none is told where it is empty.
        bookmarks: in the order of the document, on one level.
    """
    header, objects, trailer = _read(pdf)
    _add_to_catalog(objects, trailer, language, bookmarks)
    order = _by_reference(trailer, objects)
    numbers = {old: b"%d" % new for new, old in enumerate(order, start=1)}

    def renumbered(text: bytes) -> bytes:
        return _REFERENCE.sub(lambda match: numbers[match[1]], text)

    written = bytearray(header)
    table = b"0000000000 65535 f \n"
    for old, new in numbers.items():
        table += b"%010d 00000 n \n" % len(written)
        head, rest = _parted(objects[old])
        head = _FONT_TAG.sub(b"REPORT", renumbered(head))
        written += b"%b 0 obj\n%b%b" % (new, head, rest if head else _DATE.sub(date, rest, 2))
    size = b"%d" % (len(order) + 1)
    trailer = re.sub(rb"(?<=/Size )\d+", size, renumbered(trailer))
    end = b"startxref\n%d\n%%%%EOF\n" % len(written)
    return bytes(written) + b"xref\n0 %b\n" % size + table + trailer + end


def _read(pdf: bytes) -> tuple[bytes, dict[bytes, bytes], bytes]:
    """The header, what stands in each object, by number, and the trailer."""
    at_end = pdf.rindex(b"startxref\n")
    start = int(pdf[at_end:].split()[1])
    entries = re.findall(rb"(\d{10}) \d{5} ([nf])", pdf[start:at_end])
    offsets = {number: int(at) for number, (at, kind) in enumerate(entries) if kind == b"n"}
    # Objects do not stand in the order of their numbers: each ends where another begins.
    edges = sorted([*offsets.values(), start])
    objects: dict[bytes, bytes] = {}
    for number, at in offsets.items():
        whole = pdf[at : edges[edges.index(at) + 1]]
        objects[b"%d" % number] = whole.removeprefix(b"%d 0 obj\n" % number)
    return pdf[: edges[0]], objects, pdf[pdf.index(b"trailer", start) : at_end]


def _add_to_catalog(
    objects: dict[bytes, bytes], trailer: bytes, language: str, bookmarks: Sequence[Bookmark]
) -> None:
    """Add language and bookmarks to the catalog, which is where readers look for them."""
    root = _found(_ROOT, trailer)
    more = f"/Lang ({language})\n".encode() if language else b""
    if bookmarks:
        kids = _REFERENCE.findall(_found(_KIDS, objects[_found(_PAGES, objects[root])]))
        first = max(map(int, objects)) + 1
        more += b"/Outlines %d 0 R\n/PageMode /UseOutlines\n" % first
        last = first + len(bookmarks)
        objects[b"%d" % first] = (
            b"<<\n/Type /Outlines\n/First %d 0 R\n/Last %d 0 R\n/Count %d\n>>\nendobj\n"
            % (first + 1, last, len(bookmarks))
        )
        for number, bookmark in enumerate(bookmarks, first + 1):
            beside = b"/Prev %d 0 R\n" % (number - 1) if number > first + 1 else b""
            beside += b"/Next %d 0 R\n" % (number + 1) if number < last else b""
            title = bookmark.title.encode("utf-16-be").hex().upper().encode()
            objects[b"%d" % number] = (
                b"<<\n/Title <FEFF%b>\n/Parent %d 0 R\n%b/Dest [%b 0 R /XYZ 0 %d 0]\n>>\nendobj\n"
                % (title, first, beside, kids[bookmark.page], round(bookmark.height * POINTS))
            )
    before, end, after = objects[root].rpartition(b">>")
    objects[root] = before + more + end + after


def _found(pattern: re.Pattern[bytes], text: bytes) -> bytes:
    match = pattern.search(text)
    if match is None:
        raise ValueError(f"no {pattern.pattern!r} in what Qt wrote")
    return match[1]


def _by_reference(trailer: bytes, objects: dict[bytes, bytes]) -> list[bytes]:
    """The objects' numbers in the order in which a reader first meets them."""
    order: dict[bytes, None] = {}
    waiting = _REFERENCE.findall(trailer)
    while waiting:
        number = waiting.pop(0)
        if number not in order:
            order[number] = None
            waiting = _REFERENCE.findall(_parted(objects[number])[0]) + waiting
    return list(order)


def _parted(body: bytes) -> tuple[bytes, bytes]:
    """The part of an object that may hold references, and the rest of it.

    The rest is a stream, or the whole of what holds a stranger's words, the title and author.
    """
    head, keyword, stream = body.partition(b"stream\n")
    if _DATE.search(head):
        return b"", body
    return head, keyword + stream
