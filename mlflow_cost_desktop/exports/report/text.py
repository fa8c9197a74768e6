"""Text as the report sets it: its fonts and colors, and paragraphs that wrap or elide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import get_ident
from typing import TypeAlias
from unicodedata import normalize

from PySide6.QtCore import QLoggingCategory, QPointF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import JOINERS
from mlflow_cost_desktop.paths import resources_dir

FAMILY = "Report Sans"

INK = "#1B2430"
MUTED = "#667085"
RULE = "#E4E7EC"
SHADE = "#F5F7FA"
ALERT = "#B42318"
AMBER = "#B7791F"


@dataclass(frozen=True, slots=True)
class Style:
    """How words look; sizes in pixels of 1/96 inch.

    Text is laid out `fine` times larger than it is painted, for sizes of 1/8 px on paper; on a
    screen, glyphs are aligned to its pixels.
    """

    size: float
    bold: bool = False
    color: str = INK
    leading: float = 1.4
    fine: float = 8.0

    @property
    def font(self) -> QFont:
        """Not to be changed: a copy may be."""
        # Sizes in between are made by the painter's scale: QFont has whole pixels only, and
        # points would depend on the screen that the program happens to run on.
        pixels = round(self.size * self.fine)
        return _font(pixels, self.bold, self.fine > 1.0, get_ident())

    def width(self, text: str) -> float:
        """How wide a text in one line is, px."""
        return QFontMetricsF(self.font).horizontalAdvance(text) / self.fine

    def elided(self, text: str, width: float) -> str:
        """As much of a text as fits into one line."""
        mode = Qt.TextElideMode.ElideRight
        return QFontMetricsF(self.font).elidedText(text, mode, width * self.fine)

    def fitted(self, text: str, width: float) -> Style:
        """This style, or a smaller one in which the text fits into one line of the same height.

        For figures, which must not lose a digit.
        """
        scale = min(width / max(self.width(text), 1.0), 1.0)
        return replace(self, size=self.size * scale, leading=self.leading / scale)

    def write(
        self, painter: QPainter, text: str, x: float, middle: float, align: float = 0.0
    ) -> None:
        """One line of text at a point of its middle line; `align` is 0 left, 1 right of it."""
        font = self.font
        metrics = QFontMetricsF(font)
        left = -metrics.horizontalAdvance(text) * align
        painter.save()
        painter.translate(x, middle)
        painter.scale(1.0 / self.fine, 1.0 / self.fine)
        painter.setFont(font)
        painter.setPen(QColor(self.color))
        painter.drawText(QPointF(left, (metrics.ascent() - metrics.descent()) / 2.0), text)
        painter.restore()


@lru_cache(maxsize=256)
def _font(pixels: int, bold: bool, unhinted: bool, thread: int) -> QFont:
    """A font that knows its glyphs already, of one thread: Qt looks for those of a new one."""
    font = QFont(FAMILY)
    font.setPixelSize(pixels)
    font.setBold(bold)
    if unhinted:
        # Unhinted widths are the same at every size, so that wrapping never depends on it.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


BODY = Style(11.5)
BODY_BOLD = replace(BODY, bold=True)
BODY_MUTED = replace(BODY, color=MUTED)
SMALL = Style(10, color=MUTED)
HEADING = Style(13, bold=True)

Spans: TypeAlias = Sequence[tuple[str, Style]]


def load_fonts() -> None:
    """Make the report's own typeface known to Qt; needs a QGuiApplication.

    It is bundled so that a report looks the same, and has the same bytes, on every machine.

    Raises:
        UserError: if the program's resources are missing.
    """
    # What no font has is told by `lacking_in_words`, and once; Qt tells it for each font it tries.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    if FAMILY not in QFontDatabase.families():
        for file in sorted((resources_dir() / "fonts").glob("ReportSans-*.otf")):
            QFontDatabase.addApplicationFont(str(file))
        if FAMILY not in QFontDatabase.families():
            raise UserError(
                "The report's typeface is missing",
                "No file was written; install the program again.",
            )


MOST_NAMED = 20


def lacking_in_words(text: str) -> str:
    """A sentence that names what of a text no font here can draw; empty where all can be drawn.

    Needs the fonts of `load_fonts`.
    """
    signs = dict.fromkeys(c for c in normalize("NFC", text) if _is_seen(c))
    metrics = QFontMetricsF(BODY.font)  # which also looks into the fonts that Qt takes instead
    lacking = [c for c in signs if not metrics.inFontUcs4(ord(c))]
    if not lacking:
        return ""
    named = "".join(lacking[:MOST_NAMED]) + ("…" if len(lacking) > MOST_NAMED else "")
    return (
        f"No font here has {named}: boxes or blanks take their place. Install a font that "
        "has them, such as one of Noto, and export again."
    )


def _is_seen(sign: str) -> bool:
    is_selector = "\ufe00" <= sign <= "\ufe0f"
    return not sign.isascii() and sign.isprintable() and sign not in JOINERS and not is_selector


class Paragraph:
    """Words in a given width, px; what does not fit wraps, within words too where it must.

    `max_lines` cuts the rest off with an ellipsis; 0 means as many lines as it takes.
    """

    def __init__(
        self,
        text: str | Spans,
        style: Style,
        width: float,
        *,
        right: bool = False,
        max_lines: int = 0,
    ) -> None:
        spans = [(text, style)] if isinstance(text, str) else text
        self._style = style
        self._width = width
        self._layout = QTextLayout("".join(words for words, _ in spans), style.font)
        self._layout.setTextOption(_option(right))
        self._layout.setFormats(_formats(spans))
        self.height = self._arrange()
        if max_lines and self._layout.lineCount() > max_lines:
            kept = self._cut(max_lines)
            self._layout.clearFormats()
            self._layout.setText(kept)
            self.height = self._arrange()

    def _arrange(self) -> float:
        leading, fine = self._style.size * self._style.leading, self._style.fine
        top = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self._width * fine)
            line.setPosition(QPointF(0.0, top * fine + (leading * fine - line.height()) / 2.0))
            top += leading
        self._layout.endLayout()
        return top

    def _cut(self, lines: int) -> str:
        """The text of the first lines, the last of them elided."""
        begin = self._layout.lineAt(lines - 1).textStart() * 2
        units = self._layout.text().encode("utf-16-le")  # Qt counts in these
        before, rest = units[:begin].decode("utf-16-le"), units[begin:].decode("utf-16-le")
        return before + self._style.elided(rest, self._width - 1.0)

    def paint(self, painter: QPainter, left: float, top: float) -> None:
        painter.save()
        painter.translate(left, top)
        painter.scale(1.0 / self._style.fine, 1.0 / self._style.fine)
        painter.setPen(QColor(self._style.color))
        self._layout.draw(painter, QPointF(0.0, 0.0))
        painter.restore()


def _option(right: bool) -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _formats(spans: Spans) -> list[QTextLayout.FormatRange]:
    formats: list[QTextLayout.FormatRange] = []
    start = 0
    for words, style in spans:
        length = len(words.encode("utf-16-le")) // 2
        looks = QTextCharFormat()
        looks.setFont(style.font)
        looks.setForeground(QBrush(QColor(style.color)))
        part = QTextLayout.FormatRange()
        part.start, part.length, part.format = start, length, looks
        formats.append(part)
        start += length
    return formats
