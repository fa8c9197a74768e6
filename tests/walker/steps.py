"""What a walker can do with the window: each step is a few numbers, so that a way can be replayed.

A step says what kind it is and chooses among what is there by fractions; where a step before it is
left out, it still means something. What it did is told in words.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QScrollBar,
    QTabBar,
    QTreeView,
    QWidget,
)

from mlflow_cost_desktop.gui.toolkit.typed_list import TypedList
from mlflow_cost_desktop.gui.window.main_window import MainWindow

T = TypeVar("T")
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier

TEXTS = (
    *("0", "1", "2", "3", "7", "24", "100", "720", "1024", "0.5", "1e3", "1,234.5", "3*4", "12k"),
    *("-1", "99999999999999", "1e400", "", " ", "abc", "m5.large", "t3", "<b>x</b>", "é€\u202e"),
    *("1.2.3", "=1+1", "12 TB", "10%", "nan", "x" * 200),
)
"""What is typed: numbers, sums, sizes, and what no field takes."""

KEYS = (
    *("Tab", "Shift+Tab", "Return", "Escape", "Up", "Down", "Left", "Right", "Home", "End"),
    *("PgUp", "PgDown", "Space", "F2", "F6", "Shift+F6", "Ins", "Del", "Backspace", "Ctrl+D"),
    *("Ctrl+I", "Ctrl+F", "Ctrl+A", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+Z", "Ctrl+Y", "Ctrl+T"),
    *("Ctrl+Tab", "Ctrl+Shift+Tab", "Alt+1", "Alt+5", "Alt+7", "Ctrl+Return", "Ctrl+Shift+C"),
    *("+", "-", "0", "a", "e", "s", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+E", "Ctrl+N", "Ctrl+O"),
    *("Ctrl+Shift+N", "Ctrl+W", "F1", "Ctrl+?"),
)

SIZES = ((1024, 700), (1360, 880), (920, 600), (1920, 1080))

LEFT_ALONE = ("&Quit",)
"""It ends the program, and the walk."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its kind, and by what fractions it chooses among what is there."""

    kind: str
    a: float
    b: float
    c: float


@dataclass(frozen=True, slots=True)
class Done:
    """What a step did, in words, and whether editors may move by it.

    `leads_on` is of one that takes the keyboard elsewhere: what it comes to may have to be
    scrolled to, and that alone may move.
    """

    words: str
    may_move: bool = False
    leads_on: bool = False


class Hands:
    """The user's hands: where they are, and the files that they choose in dialogs."""

    def __init__(self, windows: Callable[[], Sequence[MainWindow]], folder: Path) -> None:
        self._windows = windows
        self.folder = folder
        self.step = Step("", 0.0, 0.0, 0.0)

    @property
    def window(self) -> MainWindow:
        """The window of a scenario that is in front."""
        active = QApplication.activeWindow()
        for window in self._windows():
            if active is not None and (window is active or window.isAncestorOf(active)):
                return window
        return self._windows()[-1]

    def come_back(self) -> None:
        """Bring what is in front the keyboard, as a system does when a dialog has been closed."""
        if QApplication.activeWindow() is None:
            self.front.activateWindow()
            QApplication.processEvents()

    @property
    def front(self) -> QWidget:
        """What is in front: a menu, a dialog, or a window."""
        popup = QApplication.activePopupWidget()
        if popup:
            return popup
        modal = QApplication.activeModalWidget()
        if modal:
            return modal
        active = QApplication.activeWindow()
        return active if active and active.isVisible() else self.window

    def has_in_front(self, widget: QWidget) -> bool:
        """Whether a widget is what is in front, or in it; nothing is where all was just closed."""
        if not self._windows():
            return False
        return widget is self.front or self.front.isAncestorOf(widget)

    def file(self, *_: object) -> tuple[str, str]:
        """What a file dialog answers: one of a few files, one that is not there, or nothing."""
        names = (
            "a.mlcost",
            "b.mlcost",
            "damaged.mlcost",
            "a",
            "c.pdf",
            "",
            "no/such/folder.mlcost",
        )
        name = chosen(names, self.step.c)
        return (str(self.folder / name) if name else "", "")

    def files(self, *_: object) -> tuple[list[str], str]:
        """What a dialog answers that asks for several."""
        name, kind = self.file()
        return [name] * bool(name), kind


def chosen(among: Sequence[T], fraction: float) -> T:
    """The one at a fraction of the way."""
    return among[min(int(fraction * len(among)), len(among) - 1)]


def random_step(chance: random.Random) -> Step:
    (kind,) = chance.choices(list(KINDS), [weight for _, weight in KINDS.values()])
    # Rounded: what is printed is what is replayed.
    a, b, c = (round(chance.random(), 6) for _ in range(3))
    return Step(kind, a, b, c)


def take(hands: Hands, step: Step) -> Done | None:
    """Take a step; none where there was nothing that it could do."""
    hands.step = step
    popup = QApplication.activePopupWidget()
    if popup and step.kind not in ("key", "click", "hover"):
        QTest.keyClick(popup, Qt.Key.Key_Escape)
    return KINDS[step.kind][0](hands, step)


def inside(within: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """Widgets below another in its window, in an order that is always the same: as they stand.

    Not those that the other knows as its children: PySide takes what a widget answers for a child
    of that widget, and lets go of it with that one. To look must change nothing, or a walk would
    mend what it is to find.
    """
    found = [one for one in QApplication.allWidgets() if within.isAncestorOf(one)]
    return sorted(
        (one for one in found if not kinds or isinstance(one, kinds)),
        key=lambda one: (*_rect(one, within), type(one).__name__, one.objectName()),
    )


def _rect(widget: QWidget, within: QWidget) -> tuple[int, ...]:
    at = widget.mapTo(within, QPoint())
    return at.y(), at.x(), -widget.height(), -widget.width()


def in_sight(within: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    """What can be reached by the pointer, in an order that is always the same."""
    found: list[QWidget] = []
    for widget in inside(within, *kinds):
        if not widget.isVisible() or not widget.isEnabled():
            continue
        at = QApplication.widgetAt(widget.mapToGlobal(widget.rect().center()))
        if at is widget or (at is not None and widget.isAncestorOf(at)):
            found.append(widget)
    return found


def name_of(widget: QWidget) -> str:
    """A widget in words."""
    said = widget.accessibleName()
    if not said and isinstance(widget, QAbstractButton | QLabel | QLineEdit):
        said = widget.text()
    words = f"{type(widget).__name__} {widget.objectName()}".strip()
    return f"{words} “{said[:40]}”" if said else words


def type_into(widget: QWidget, text: str) -> None:
    """Type a text; Qt's own way of it knows no more than ASCII."""
    for character in text:
        if character.isascii():
            QTest.keyClicks(widget, character)
        else:
            press, plain = QEvent.Type.KeyPress, Qt.KeyboardModifier.NoModifier
            QApplication.sendEvent(widget, QKeyEvent(press, 0, plain, character))


# The kinds of steps


def turn_to_tab(hands: Hands, step: Step) -> Done | None:
    """Click a tab of the inputs."""
    bar = hands.window.tab_bar
    if hands.front is not hands.window:
        return None
    at = chosen(range(bar.count()), step.a)
    QTest.mouseClick(bar, LEFT, PLAIN, bar.tabRect(at).center())
    return Done(f"click the tab {bar.tabToolTip(at)}", may_move=True)


def press(hands: Hands, step: Step) -> Done | None:
    """Click a button, a box or a segment."""
    buttons = in_sight(hands.front, QAbstractButton)
    if not buttons:
        return None
    button = chosen(buttons, step.a)
    words = f"click {name_of(button)}"
    QTest.mouseClick(button, LEFT)
    return Done(words, may_move=True)


def choose(hands: Hands, step: Step) -> Done | None:
    """Unfold a list and choose from it, or go there by the arrows."""
    boxes = [box for box in in_sight(hands.front, QComboBox) if isinstance(box, QComboBox)]
    if not boxes:
        return None
    box = chosen(boxes, step.a)
    if not box.count():
        return None
    at = chosen(range(box.count()), step.b)
    words = f"choose “{box.itemText(at)[:40]}” in {name_of(box)}"
    if step.c < 0.5:
        box.showPopup()
        view = box.view()
        place = view.visualRect(box.model().index(at, box.modelColumn()))
        QTest.mouseClick(view.viewport(), LEFT, PLAIN, place.center())
        if view.isVisible():
            QTest.keyClick(view, Qt.Key.Key_Escape)
            words = f"{words}, but put it away"
    else:
        box.setFocus(Qt.FocusReason.TabFocusReason)
        way = at - box.currentIndex()
        for _ in range(min(abs(way), 12)):
            QTest.keyClick(box, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)
    return Done(words, may_move=True)


def type_text(hands: Hands, step: Step) -> Done | None:
    """Click a field, type into it, and leave it in one way or another, or stay."""
    fields = in_sight(hands.front, QAbstractSpinBox, QLineEdit)
    spins = [one for one in fields if isinstance(one, QAbstractSpinBox)]
    fields = [one for one in fields if not any(spin.isAncestorOf(one) for spin in spins)]
    if not fields:
        return None
    field, text = chosen(fields, step.a), chosen(TEXTS, step.b)
    chooses = any(one.isAncestorOf(field) for one in inside(hands.front, TypedList))
    QTest.mouseClick(next(iter(inside(field, QLineEdit)), field), LEFT)
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_into(field, text)
    leave = chosen(("Return", "Tab", "Escape", ""), step.c)
    words = f"type {text[:20]!r} into {name_of(field)}, then {leave or 'stay'}"
    if leave:
        QTest.keySequence(field, QKeySequence(leave))
    return Done(words, may_move=chooses, leads_on=leave in ("Return", "Tab"))


def press_key(hands: Hands, step: Step) -> Done | None:
    """Press a key where the keyboard is: of all shortcuts, and those that fields know."""
    key = chosen(keys_of(hands.window), step.a)
    if key == "Ctrl+Q":
        return None
    focus = QApplication.focusWidget()
    where = focus if focus and hands.has_in_front(focus) else hands.front
    words = f"press {key} in {name_of(where)}"
    QTest.keySequence(where, QKeySequence(key))
    return Done(words, may_move=True)


def keys_of(window: MainWindow) -> list[str]:
    """Keys that fields know, and all shortcuts."""
    held = (*vars(window).values(), *vars(window.lines).values())
    actions = (one.shortcut() for one in held if isinstance(one, QAction))
    return [*KEYS, *(keys.toString() for keys in actions if not keys.isEmpty())]


def write(hands: Hands, step: Step) -> Done | None:
    """Type a few characters where the keyboard is."""
    focus = QApplication.focusWidget()
    if focus is None or not hands.has_in_front(focus):
        return None
    words = f"type {(text := chosen(TEXTS, step.b)[:12])!r} in {name_of(focus)}"
    type_into(focus, text)
    return Done(words, may_move=True)


def open_menu(hands: Hands, step: Step) -> Done | None:
    """Open a menu of the menu bar and click one of its entries."""
    bar = hands.window.menuBar()
    if hands.front is not hands.window:
        return None
    entry = chosen(bar.actions(), step.a)
    QTest.mouseClick(bar, LEFT, PLAIN, bar.actionGeometry(entry).center())
    menu = QApplication.activePopupWidget()
    said = click_entry(menu, step) if isinstance(menu, QMenu) else ""
    return Done(f"open the menu {entry.text()}{said}", may_move=True)


def open_context_menu(hands: Hands, step: Step) -> Done | None:
    """Ask for the menu of what is under the pointer, and click one of its entries."""
    widgets = in_sight(hands.front)
    if not widgets:
        return None
    widget = chosen(widgets, step.a)
    at = place_in(widget, step)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    words = f"ask for the menu of {name_of(widget)}"
    QApplication.sendEvent(widget, asked)
    menu = QApplication.activePopupWidget()
    said = click_entry(menu, step) if isinstance(menu, QMenu) else ""
    return Done(f"{words}{said}", may_move=True)


def click_entry(menu: QMenu, step: Step) -> str:
    """Click an entry of an open menu, or put the menu away; what was done, in words."""
    entries = [
        one
        for one in menu.actions()
        if one.isEnabled() and one.isVisible() and not one.isSeparator()
    ]
    entries = [one for one in entries if one.text() not in LEFT_ALONE]
    if not entries or step.b > 0.95:
        QTest.keyClick(menu, Qt.Key.Key_Escape)
        return ", and put it away"
    entry = chosen(entries, step.b)
    words = f", and click “{entry.text()}”"
    QTest.mouseClick(menu, LEFT, PLAIN, menu.actionGeometry(entry).center())
    return words


def click_anywhere(hands: Hands, step: Step) -> Done | None:
    """Click, double click or triple click somewhere."""
    widgets = in_sight(hands.front)
    if not widgets:
        return None
    widget = chosen(widgets, step.a)
    at, times = place_in(widget, step), chosen((1, 1, 1, 2, 3), step.c)
    words = f"click {times} × at {at.x()},{at.y()} of {name_of(widget)}"
    # A box, a row or a button is a choice; the words of a form, or a chart, are not.
    kinds = QAbstractButton | QComboBox | QScrollBar | QTabBar | QTreeView | QListView
    chooses = isinstance(widget, kinds)
    around = inside(hands.front, QTreeView, QListView, QComboBox)
    chooses = chooses or any(one.isAncestorOf(widget) for one in around)
    if times > 1:
        QTest.mouseDClick(widget, LEFT, PLAIN, at)
    if times != 2:
        QTest.mouseClick(widget, LEFT, PLAIN, at)
    return Done(words, may_move=chooses or not hands.has_in_front(widget) or times > 1)


def drag(hands: Hands, step: Step) -> Done | None:
    """Drag from one place to another: a marker, an edge, words."""
    widgets = in_sight(hands.front)
    if not widgets:
        return None
    widget = chosen(widgets, step.a)
    at = place_in(widget, step)
    to = at + QPoint(int((step.c - 0.5) * 300), int((step.b - 0.5) * 100))
    words = f"drag from {at.x()},{at.y()} to {to.x()},{to.y()} of {name_of(widget)}"
    QTest.mousePress(widget, LEFT, PLAIN, at)
    for part in (0.25, 0.5, 0.75, 1.0):
        QTest.mouseMove(widget, at + (to - at) * part)
        QApplication.processEvents()
    QTest.mouseRelease(widget, LEFT, PLAIN, to)
    return Done(words, may_move=True)


def hover(hands: Hands, step: Step) -> Done | None:
    """Move the pointer over something."""
    widgets = in_sight(hands.front)
    if not widgets:
        return None
    widget = chosen(widgets, step.a)
    QTest.mouseMove(widget, place_in(widget, step))
    return Done(f"point at {name_of(widget)}")


def turn_wheel(hands: Hands, step: Step) -> Done | None:
    """Turn the wheel over something."""
    widgets = in_sight(hands.front)
    if not widgets:
        return None
    widget, turn = chosen(widgets, step.a), -120 if step.c < 0.5 else 120
    at = QPointF(place_in(widget, step))
    event = QWheelEvent(
        at,
        QPointF(widget.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        PLAIN,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    words = f"turn the wheel over {name_of(widget)}"
    QApplication.sendEvent(widget, event)
    return Done(words, may_move=True)


def resize(hands: Hands, step: Step) -> Done | None:
    """Make the window larger or smaller."""
    size = chosen(SIZES, step.a)
    hands.window.resize(*size)
    return Done(f"make the window {size[0]}×{size[1]}", may_move=True)


def drop_file(hands: Hands, step: Step) -> Done | None:
    """Drop a file on the window."""
    window = hands.window
    if hands.front is not window:
        return None
    name, _ = hands.file()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(name)])
    move = Qt.DropAction.CopyAction
    window.dropEvent(QDropEvent(QPointF(9, 9), move, data, LEFT, PLAIN, QEvent.Type.Drop))
    return Done(f"drop {Path(name).name} on the window", may_move=True)


def wait(hands: Hands, step: Step) -> Done | None:
    """Do nothing, until answers that follow calm are there: the walk waits for them."""
    return Done("wait", may_move=False)


def place_in(widget: QWidget, step: Step) -> QPoint:
    return QPoint(int(step.b * widget.width()), int(step.c * widget.height()))


KINDS: dict[str, tuple[Callable[[Hands, Step], Done | None], int]] = {
    "tab": (turn_to_tab, 14),
    "press": (press, 16),
    "choose": (choose, 10),
    "type": (type_text, 16),
    "key": (press_key, 16),
    "write": (write, 8),
    "menu": (open_menu, 6),
    "context menu": (open_context_menu, 2),
    "click": (click_anywhere, 8),
    "drag": (drag, 5),
    "hover": (hover, 4),
    "wheel": (turn_wheel, 2),
    "resize": (resize, 1),
    "drop": (drop_file, 1),
    "wait": (wait, 1),
}
"""What each kind does, and how often it is taken."""
