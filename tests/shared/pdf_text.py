"""The words of a PDF, as a reader of PDFs finds them that many browsers have."""

from __future__ import annotations

import pypdfium2


def texts_of(pdf: bytes) -> list[str]:
    """The text of each page; where a word ends a line with its hyphen, the hyphen stays."""
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [text.replace("\ufffe", "-\n").replace("\r\n", "\n") for text in texts]


def words_of(pdf: bytes) -> str:
    """All text on one line, since long texts wrap."""
    return " ".join(" ".join(texts_of(pdf)).split())
