"""Light and dark: palettes, one style sheet for both, and icons tinted to match."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

Appearance = Literal["system", "light", "dark"]

SCHEMES: dict[Appearance, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}

LIGHT = {
    "base": "#ffffff",
    "panel": "#f6f7f9",
    "control": "#ffffff",
    "text": "#1c2430",
    "dim": "#626b7a",
    "border": "#dfe2e7",
    "hover": "#eef1f5",
    "accent": "#2f6db5",
    "accent_hover": "#285e9d",
    "on_accent": "#ffffff",
    "problem": "#b3261e",
    "notice": "#8a5a00",
    "plan": "#aa3377",
}
DARK = {
    "base": "#1b1e25",
    "panel": "#22262e",
    "control": "#2a2e37",
    "text": "#e6e8eb",
    "dim": "#9aa1ab",
    "border": "#383d47",
    "hover": "#323742",
    "accent": "#6ca6e8",
    "accent_hover": "#83b5ee",
    "on_accent": "#11151b",
    "problem": "#ff8a80",
    "notice": "#e0b060",
    "plan": "#ee88bb",
}

FONT_SIZE = 13
"""Pixels of the program's font; the others of its sizes are 12, 16 and 34."""

LARGEST_USUAL = {"win32": 12, "darwin": 13}.get(sys.platform, 15)
"""Pixels of the system's own font, unless somebody asked for a larger one."""

ICON_SIZE = 16
SCREEN_SCALES = (1.0, 2.0, 4.0)
"""Sizes at which an icon is drawn by itself."""

FADED = 0.35
"""Opacity of an icon whose action has nothing to act on."""

SIZES = re.compile(r"\b(font-size|(?:(?:min|max)-)?(?:width|height)|padding-right): (\d+)px")
"""What of the style sheet grows with the font."""


class Theme(QObject):
    """The look of the program, following the system unless the user chose otherwise.

    Its font is always as large as the system's. A widget hears of another font or other colors
    by a `StyleChange`, as of every new style sheet; `changed` is for what no style sheet reaches.
    """

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, appearance: Appearance) -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self.colors: dict[str, str] = {}
        self._sheet = ""
        app.setStyle("Fusion")
        # Nothing moves by itself, whether the system asks for reduced motion or not.
        app.setEffectEnabled(Qt.UIEffect.UI_General, False)
        self._family = _bundled_family(resources / "fonts")
        self._system_font = _system_font()
        self._take_font(app.font())
        self.choose(appearance)
        # The signal comes before the new palette stands: queued, it comes after.
        app.styleHints().colorSchemeChanged.connect(self._apply, Qt.ConnectionType.QueuedConnection)

    def choose(self, appearance: Appearance) -> None:
        """Follow the system, or stay light or dark."""
        self.appearance: Appearance = appearance
        # Window frames and native dialogs follow too, where the system lets them.
        self._app.styleHints().setColorScheme(SCHEMES[appearance])
        self._apply()

    @property
    def is_dark(self) -> bool:
        if self.appearance != "system":
            return self.appearance == "dark"
        return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark

    def icon(self, name: str, color: str = "text") -> QIcon:
        """An icon in one of the theme's colors, dimmed where it is disabled.

        None is drawn where its file is missing or damaged: its action has words as well.
        """
        svg = _text_of(self._resources / "icons" / f"{name}.svg")
        drawing = QSvgRenderer(QByteArray(svg.replace("currentColor", self.colors[color]).encode()))
        icon = QIcon()
        if not drawing.isValid():
            return icon
        for mode, opacity in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, FADED)):
            for scale in SCREEN_SCALES:
                size = round(scale * scaled(ICON_SIZE))
                icon.addPixmap(_rendered(drawing, size, opacity), mode)
        return icon

    def follow_font(self) -> None:
        """Take the size of the system's font again, which may have changed."""
        given, system_font = self._app.font(), _system_font()
        if given != self._font:  # some desktops set the program's font themselves
            self._take_font(given)
        elif system_font != self._system_font:
            self._take_font(system_font)
        self._system_font = system_font
        self._apply()

    def _take_font(self, system_font: QFont) -> None:
        """The same font, with digits of one width, on every system; as large as the system's."""
        font = QFont(system_font)
        if self._family:
            others = (name for name in system_font.families() if name != self._family)
            font.setFamilies([self._family, *others])
        size = QFontInfo(system_font).pixelSize()
        font.setPixelSize(max(FONT_SIZE, round(FONT_SIZE * size / LARGEST_USUAL)))
        font.setFeature(QFont.Tag("tnum"), 1)
        self._app.setFont(font)
        self._font = self._app.font()

    def _apply(self) -> None:
        colors = DARK if self.is_dark else LIGHT
        sheet = _text_of(self._resources / "theme" / "style.qss")
        icons = (self._resources / "icons").as_posix()
        tone = "dark" if colors is DARK else "light"
        try:
            sheet = Template(sheet).substitute(colors, icons=icons, tone=tone)
        except (KeyError, ValueError):  # damaged: the palette is there all the same
            sheet = ""
        sheet = SIZES.sub(lambda size: f"{size[1]}: {scaled(int(size[2]))}px", sheet)
        if sheet == self._sheet and colors == self.colors:
            return
        self._sheet = sheet
        if colors != self.colors:
            self.colors = colors
            self._app.setPalette(_palette(colors))
        self._app.setStyleSheet(sheet)
        self.changed.emit()


def scaled(px: int) -> int:
    """A length or a font's size, for a system whose font is larger than usual."""
    return round(px * font_scale())


def font_scale() -> float:
    """How many times as large as usual the program's font is, at least 1."""
    # A font that is given in points has no size in pixels of its own.
    return max(QFontInfo(QApplication.font()).pixelSize() / FONT_SIZE, 1.0)


def open_at(window: QWidget, width: int, height: int) -> None:
    """Give a window its first size, px; more for a larger font, as far as the screen has room."""
    room = window.screen().availableSize().expandedTo(QSize(width, height))
    window.resize(QSize(scaled(width), scaled(height)).boundedTo(room))


def _text_of(file: Path) -> str:
    """A file of the program's own look; where it can't be read, the window has to do without."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _system_font() -> QFont:
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)


def _bundled_family(folder: Path) -> str:
    """The family of the program's own font, empty where it is missing."""
    families: list[str] = []
    for file in sorted(folder.glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number)
    return families[0] if families else ""


def _palette(colors: Mapping[str, str]) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, roles in {
        "panel": (role.Window, role.AlternateBase, role.ToolTipBase),
        "base": (role.Base,),
        "control": (role.Button,),
        "text": (role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText),
        "dim": (role.PlaceholderText,),
        "border": (role.Mid, role.Dark),
        "accent": (role.Highlight, role.Link, role.Accent),
        "on_accent": (role.HighlightedText,),
    }.items():
        for one in roles:
            palette.setColor(one, QColor(colors[name]))
    disabled = QColor(colors["dim"])
    disabled.setAlpha(130)
    for one in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, disabled)
    return palette


def _rendered(drawing: QSvgRenderer, size: int, opacity: float) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    drawing.render(painter)
    painter.end()
    return pixmap
