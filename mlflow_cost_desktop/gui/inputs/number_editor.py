"""The editor of a number with its unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import (
    Property,
    QElapsedTimer,
    QEvent,
    QObject,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QValidator,
)
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QMenu, QToolTip

from mlflow_cost_desktop.figures import LEAST_WRITTEN, MOST_WRITTEN, Figures, plural
from mlflow_cost_desktop.gui.inputs.extras import SetExtra
from mlflow_cost_desktop.gui.toolkit.theme import scaled
from mlflow_cost_desktop.model.fields.declaration import FieldSpec
from mlflow_cost_desktop.reading import UnreadError, in_words, read_number

LEAST_WIDTH = 110
INDENT = 9
"""Of the number. A style sheet's padding does not reach the text of a spin box."""

UNIT_MARGIN, UNIT_GAP = 4, 8
"""Between the unit and the steppers, and at least between the number and the unit."""

SIGN, SIGN_GAP = 16, 3
"""Px of a sign's square, and right of it."""

LONGEST = 320
"""Px of what is set, in the menu; the tooltip tells all of it."""

MORE = "⋯"
"""Shown under the pointer, or where the keyboard is, while nothing more of the number is set."""


class NumberEditor(QAbstractSpinBox):
    """A number and, dim at the other end, its unit; optional numbers have a word for nothing typed.

    The unit is no part of the text: in a narrow field, or beside a long number, it gives way.
    While something else than a plain number is typed, what it comes to stands in its place.
    `is_typing` from the first key until the field is left: what is typed takes effect at once,
    and the form remembers what stood there before. What can't be read changes nothing and stays
    (`is_unread`) until it is corrected, given up with Escape, or the number changes elsewhere.
    """

    edited = Signal(object)
    refused = Signal(str)  # what is wrong, empty where it is only not a number yet
    extra_asked = Signal(str)  # the key of what more of the number is asked for

    def __init__(self, spec: FieldSpec, figures: Figures) -> None:
        super().__init__()
        self._figures = figures
        unit = spec.unit
        self._unit = unit.text if unit else ""
        self._is_money = self._unit.startswith("$")
        self._lower, self._upper = spec.lower, spec.upper
        self._optional = spec.optional
        self._nothing = spec.empty.words if spec.empty else ""
        self._step = unit.step if unit else 1.0
        self._number: float | None = None
        self._before: float | None = None  # what was held when the present typing began
        self.is_typing = self.is_unread = False
        self._said = ""  # what a text comes to, where it doesn't say it itself
        self._extras: tuple[SetExtra, ...] = ()
        self._clicks = QElapsedTimer()  # since the last double click
        self.setMinimumWidth(scaled(LEAST_WIDTH))  # not the width of the longest number
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccelerated(True)
        line = self.lineEdit()
        line.setTextMargins(INDENT, 0, 0, 0)
        line.installEventFilter(self)
        line.textEdited.connect(self._read)
        line.textChanged.connect(self._make_room)
        self.editingFinished.connect(self._end_typing)

    # What assistive technology asks for, by these names.

    def _value(self) -> float:
        return self._number or 0.0

    def _minimum(self) -> float:
        return self._lower if self._lower is not None else -MOST_WRITTEN

    def _maximum(self) -> float:
        return self._upper if self._upper is not None else MOST_WRITTEN

    def _single_step(self) -> float:
        return self._step

    value = Property(float, _value)
    minimum = Property(float, _minimum)
    maximum = Property(float, _maximum)
    singleStep = Property(float, _single_step)

    def show_value(self, value: Any) -> None:
        """Show what the scenario holds; a text that can't be read stays while that is the same."""
        number = None if value is None else float(value)
        if self.is_unread and number == self._before:
            self._number = number
        elif self.is_unread or number != self._number or not self.text():
            self._number, self.is_unread = number, False
            self._write()

    @property
    def number(self) -> float | None:
        """The number that was read or shown last."""
        return self._number

    def forget(self) -> None:
        """Let go of what is typed; the next value is shown whatever stands here."""
        self._number, self._said = None, ""
        self.is_typing = self.is_unread = False
        self.clear()

    def show_extras(self, extras: tuple[SetExtra, ...]) -> None:
        """Show by signs what more of the number is set; its menu offers all."""
        if extras != self._extras:
            self._extras = extras
            self._make_room()

    # Typing

    def _read(self, text: str) -> None:
        """Take what is typed, as a whole, or say what is wrong with it."""
        if not self.is_typing:
            self.is_typing = True
            if not self.is_unread:
                self._before = self._number
        self._said = ""
        if self._is_nothing(text):
            self._take(None)
            return
        try:
            number = read_number(text, self._figures, self._unit)
        except UnreadError as error:
            self.is_unread = True
            self._make_room()
            self.refused.emit("" if error.is_begun else error.sentence)
            return
        if said := in_words(text, number, self._figures):
            self._said = f"{said} {plural(number, self._unit)}".rstrip()
        self._take(number)

    def _take(self, number: float | None) -> None:
        changed = self.is_unread or number != self._number
        self._number, self.is_unread = number, False
        self._make_room()
        if self._said and self.unit_in_sight != self._said and self.isVisible():
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self._said, self)
        if changed:
            self.edited.emit(number)

    def _is_nothing(self, text: str) -> bool:
        return self._optional and (not text.strip() or text == self._nothing)

    def _end_typing(self) -> None:
        if self.is_unread and not self.text().strip():
            self._give_up()  # nothing was typed that could be lost
        if self.is_unread:
            try:
                read_number(self.text(), self._figures, self._unit)
            except UnreadError as error:
                self.refused.emit(error.sentence)
        self.is_typing = False
        self._said = ""
        if not self.is_unread:
            self._write()

    def _give_up(self) -> None:
        """Show the number again that stood here before."""
        self._number, self.is_unread, self._said = self._before, False, ""
        self._write()
        self.refused.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.is_unread:
            self._give_up()
            self.selectAll()
            return
        super().keyPressEvent(event)

    # Writing

    def _write(self) -> None:
        line, text = self.lineEdit(), self._text()
        if line.text() != text:
            is_selected = line.hasSelectedText()
            line.setText(text)
            if is_selected:
                line.selectAll()
        self._make_room()

    def _text(self) -> str:
        number = self._number
        if number is None:
            return self._nothing
        # "1,024" with a digit more would be "1,0245": what is typed in has no separators.
        figures, is_long = self._figures, not LEAST_WRITTEN <= abs(number) < MOST_WRITTEN
        if number and is_long:
            return figures.digits(number)
        text = figures.digits(number) if self.hasFocus() else figures.exact(number)
        whole, point, fraction = text.partition(figures.point)
        return f"{whole}{point}{fraction:0<2}" if point and self._is_money else text

    # The stubs know no way to hand back the text and position, which PySide takes.
    def validate(self, text: str, position: int) -> object:  # pyright: ignore[reportIncompatibleMethodOverride]
        return (QValidator.State.Acceptable, text, position)  # what it says is for `_read`

    @property
    def unit_in_sight(self) -> str:
        """What is painted: the unit, or what the text comes to; empty where there is no room."""
        if self.text() == self._nothing or self.is_unread:
            return ""  # words count nothing
        line, metrics = self.lineEdit(), self.fontMetrics()
        number = INDENT + metrics.horizontalAdvance(line.displayText())
        room = line.width() - number - UNIT_GAP - UNIT_MARGIN - self._sign_room
        unit = self._said or plural(self._number or 0.0, self._unit)
        return unit if metrics.horizontalAdvance(unit) <= room else ""

    def _make_room(self) -> None:
        """Let the number end, and scroll, before the unit."""
        unit = self.unit_in_sight
        right = self.fontMetrics().horizontalAdvance(unit) + UNIT_MARGIN if unit else 0
        right += self._sign_room
        if right != self.lineEdit().textMargins().right():
            self.lineEdit().setTextMargins(INDENT, 0, right, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        place = self.lineEdit().geometry().adjusted(0, 0, -UNIT_MARGIN - self._sign_room, 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, self.unit_in_sight)
        for sign, square in self._signs():
            _paint_sign(painter, sign, square, self.palette())

    # What more of the number is set

    @property
    def signs(self) -> list[str]:
        """The signs of what is set; while nothing is, what leads to the menu where it is seen."""
        found = [extra.sign for extra, words in self._extras if words]
        is_near = self.underMouse() or self.hasFocus()
        return found or ([MORE] if self._extras and is_near else [])

    @property
    def _sign_room(self) -> int:
        """Px that are kept for signs, whether they are seen or not, so that nothing moves."""
        if not self._extras:
            return 0
        count = sum(bool(words) for _, words in self._extras)
        return max(count, 1) * scaled(SIGN + SIGN_GAP)

    def _signs(self) -> Iterator[tuple[str, QRect]]:
        """The signs with their squares, from the right end of the field on."""
        line = self.lineEdit().geometry()
        side, step = scaled(SIGN), scaled(SIGN + SIGN_GAP)
        top = line.center().y() - side // 2 + 1
        left = line.right() - step * max(len(self.signs), 1) + 1
        for at, sign in enumerate(self.signs):
            yield sign, QRect(left + at * step, top, side, side)

    def _is_sign(self, at: QPoint) -> bool:
        return any(square.contains(at) for _, square in self._signs())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu: by the pointer, or by a key."""
        self.context_menu().popup(event.globalPos())

    def context_menu(self) -> QMenu:
        """Cut, copy and paste, and what more the number can have."""
        menu = self.lineEdit().createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._extras:
            menu.addSeparator()
            self._add_extras(menu)
        return menu

    def _add_extras(self, menu: QMenu) -> None:
        for extra, words in self._extras:
            _, _, said = words.partition(": ")
            said = menu.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, scaled(LONGEST))
            said = f"{said.removesuffix('…')}…".replace("&", "&&")
            entry = f"{extra.entry.removesuffix('…')}: {said}" if words else extra.entry
            action = menu.addAction(entry)
            action.triggered.connect(lambda _=False, key=extra.key: self.extra_asked.emit(key))

    def _show_extras_menu(self) -> None:
        """Open the menu of what more the number can have, below its signs."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_extras(menu)
        left = min((square.left() for _, square in self._signs()), default=0)
        menu.popup(self.mapToGlobal(QPoint(left, self.height())))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.setMinimumWidth(scaled(LEAST_WIDTH))
            self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A double click is for the whole number, not for what stands between two separators; and
        # the third of three takes nothing back.
        is_third = event.type() == QEvent.Type.MouseButtonPress and not self._clicks.hasExpired(
            QApplication.doubleClickInterval()
        )
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self._clicks.start()
        if event.type() == QEvent.Type.MouseButtonDblClick or is_third:
            self.selectAll()
            return True
        if isinstance(event, QMouseEvent) and self._extras:
            at = self.lineEdit().mapTo(self, event.position().toPoint())
            is_sign = self._is_sign(at)
            if event.type() == QEvent.Type.MouseButtonPress and is_sign:
                if event.button() == Qt.MouseButton.LeftButton:
                    self._show_extras_menu()
                    return True
            elif event.type() == QEvent.Type.MouseMove:
                shape = Qt.CursorShape.ArrowCursor if is_sign else Qt.CursorShape.IBeamCursor
                self.lineEdit().setCursor(shape)
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._write_again()  # now without separators

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._write_again()

    def _write_again(self) -> None:
        if not self.is_unread and not self.is_typing:
            self._write()

    # Steps

    def stepBy(self, steps: int) -> None:
        self.is_typing = False
        number = self._before if self.is_unread else self._number
        target: float | None
        if number is None:
            target = self._minimum() if steps > 0 else None
        else:
            target = min(number + steps * self._step, self._maximum())
            if target < self._minimum():
                goes_empty = self._optional and number <= self._minimum()
                target = None if goes_empty else self._minimum()
        self._said = ""
        self._take(target)
        self._write()
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self._number is None or self._number < self._maximum():
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if self._number is not None and (self._optional or self._number > self._minimum()):
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags


def _paint_sign(painter: QPainter, sign: str, square: QRect, palette: QPalette) -> None:
    """A letter in a square of the accent's color; dots without one."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = QPalette.ColorRole.PlaceholderText
    if sign != MORE:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(square, 3, 3)
        ink = QPalette.ColorRole.HighlightedText
        font = painter.font()
        font.setPixelSize(scaled(11))
        painter.setFont(font)
    painter.setPen(palette.color(ink))
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, sign)
    painter.restore()
