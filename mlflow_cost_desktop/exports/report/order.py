"""A PDF file put in order after Qt wrote it: free of chance, of the clock and of the time zone."""

from __future__ import annotations

import re

_DATE = re.compile(rb"(?<=Date )\(D:[^)]*\)")
_FONT_TAG = re.compile(rb"(?<=/FontName /)[A-Z]{6}(?=\+)")
_REFERENCE = re.compile(rb"(\d+)(?= 0 R)")


def in_order(pdf: bytes, date: bytes) -> bytes:
    """The document with `date` for its dates and its objects in the order of their references.

    Qt writes fonts in the order of a hash table, whose seed is drawn anew in each process, and
    tags their names with their numbers; its dates have a length that depends on the time zone.

    Args:
        pdf: as QPdfWriter writes it: not encrypted, with one plain table of offsets.
        date: a PDF date in its brackets.
    """
    header, objects, trailer = _read(pdf)
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
        written += b"%b 0 obj\n%b%b" % (new, head, rest if head else _DATE.sub(date, rest))
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
    if _DATE.search(body):
        return b"", body
    head, keyword, stream = body.partition(b"stream\n")
    return head, keyword + stream
