"""What a PDF says of itself, free of the clock: the same report has the same bytes."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from PySide6.QtCore import QUuid
from PySide6.QtGui import QPdfWriter

from mlflow_cost_desktop.exports.report.order import Bookmark, in_order

LANGUAGE = "en-US"


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title and origin of a document.

    Attributes:
        created: stands in the document in place of the clock; local time if it has no zone.
        identity: any text from which the same document, and no other, is made.
    """

    title: str
    author: str
    creator: str
    created: datetime
    identity: str

    def put_into(self, writer: QPdfWriter) -> None:
        """Everything but the dates of the information dictionary, which Qt writes itself."""
        document_id = uuid.uuid5(uuid.NAMESPACE_URL, self.identity)
        writer.setTitle(self.title)
        writer.setAuthor(self.author)
        writer.setCreator(self.creator)
        writer.setDocumentId(QUuid(str(document_id)))
        writer.setDocumentXmpMetadata(self._xmp(document_id).encode())

    def settled(self, pdf: bytes, bookmarks: Sequence[Bookmark] = ()) -> bytes:
        """The document that Qt wrote, in order: `created` for the clock, language, bookmarks."""
        date = self._utc.strftime("(D:%Y%m%d%H%M%SZ)").encode()
        return in_order(pdf, date, LANGUAGE, bookmarks)

    @property
    def _utc(self) -> datetime:
        return self.created.astimezone(UTC)

    def _xmp(self, document_id: uuid.UUID) -> str:
        date = self._utc.strftime("%Y-%m-%dT%H:%M:%SZ")
        title, author, creator = (escape(t) for t in (self.title, self.author, self.creator))
        authors = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"
        return (
            "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?>"
            '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
            ' xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">'
            f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
            f"<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>"
            f"{authors if author else ''}"
            f"<xmp:CreatorTool>{creator}</xmp:CreatorTool>"
            f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>"
            f"<xmpMM:DocumentID>uuid:{document_id}</xmpMM:DocumentID>"
            "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
        )
