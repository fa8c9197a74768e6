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
from PySide6.QtWidgets import QApplication

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
"""Pixels of the program's letters; the others of its sizes are 12, 16 and 34."""

LARGEST_USUAL = {"win32": 12, "darwin": 13}.get(sys.platform, 15)
"""Pixels of the system's own letters, unless somebody asked for larger ones."""

ICON_SIZES = (16, 24, 32, 48, 64)
"""Pixels: sixteen at every scale of the screen from 100 % to 400 %."""

FADED = 0.35
"""Opacity of an icon whose action has nothing to act on."""

SIZES = re.compile(r"(font-size: |(?:min|max)-height: )(\d+)px")


class Theme(QObject):
    """The look of the program, following the system unless the user chose otherwise."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, appearance: Appearance) -> None:
        super().__init__(app)
        self._app = app
        self._resources = resources
        self.colors: dict[str, str] = {}
        app.setStyle("Fusion")
        _use_bundled_font(app, resources / "fonts")
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
        """An icon in one of the theme's colors, dimmed where it is disabled."""
        svg = (self._resources / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        icon = QIcon()
        for mode, opacity in ((QIcon.Mode.Normal, 1.0), (QIcon.Mode.Disabled, FADED)):
            for size in ICON_SIZES:
                icon.addPixmap(_rendered(svg, self.colors[color], size, opacity), mode)
        return icon

    def _apply(self) -> None:
        colors = DARK if self.is_dark else LIGHT
        if colors == self.colors:
            return
        self.colors = colors
        self._app.setPalette(_palette(colors))
        sheet = (self._resources / "theme" / "style.qss").read_text(encoding="utf-8")
        icons = (self._resources / "icons").as_posix()
        tone = "dark" if colors is DARK else "light"
        sheet = Template(sheet).substitute(colors, icons=icons, tone=tone)
        self._app.setStyleSheet(SIZES.sub(lambda size: f"{size[1]}{scaled(int(size[2]))}px", sheet))
        self.changed.emit()


def scaled(px: int) -> int:
    """A length or size of letters, for a system whose letters are larger than usual."""
    # A font that is given in points has no size in pixels of its own.
    return round(px * QFontInfo(QApplication.font()).pixelSize() / FONT_SIZE)


def _use_bundled_font(app: QApplication, folder: Path) -> None:
    """The same letters, and digits of one width, on every system; as large as the system's."""
    system_size = QFontInfo(app.font()).pixelSize()
    families: list[str] = []
    for file in sorted(folder.glob("*.[ot]tf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families += QFontDatabase.applicationFontFamilies(number)
    font = QFont(app.font())
    if families:
        font.setFamilies([families[0], *font.families()])
    font.setPixelSize(max(FONT_SIZE, round(FONT_SIZE * system_size / LARGEST_USUAL)))
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)


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


def _rendered(svg: str, color: str, size: int, opacity: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", color).encode()))
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(opacity)
    renderer.render(painter)
    painter.end()
    return pixmap
