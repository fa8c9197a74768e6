"""The strip below a chart's title: its legend, which hides and shows, and what stands where."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from mlflow_cost_desktop.charts.chart import Chart, Point, Reading, Series
from mlflow_cost_desktop.charts.costs import PLAN
from mlflow_cost_desktop.exports.report.chart_plot import PAPER, Look
from mlflow_cost_desktop.exports.report.text import Style
from mlflow_cost_desktop.gui.toolkit.keyboard import BY_KEYBOARD, tell_whole
from mlflow_cost_desktop.gui.toolkit.labels import plain_tooltip, show_tooltip
from mlflow_cost_desktop.gui.toolkit.tab_order import reach_after

ROW, GAP = 15.0, 8.0
"""Px of a row's height, and between entries."""

SWATCH = 14.0
"""Px of an entry's color, with what is left free beside it."""

MOST_NAME = 130.0
"""Px of an entry's name; a longer one is elided, and whole in its tooltip."""

MOST_PLAN = 250.0
"""Px of a managed plan's name with what qualifies it, where its row has them."""

ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class Legend(QWidget):
    """Names of all series as they look; beside them what they cost where the pointer is.

    Its height depends on the names and its width alone, never on where the pointer is.

    Args:
        before: from where Tab comes to it.
    """

    toggled = Signal(str, bool)  # a series' key, and whether it is shown

    def __init__(self, before: QWidget) -> None:
        super().__init__()
        self._before = before
        self.look, self._scale = PAPER, 1.0
        self._series: tuple[Series, ...] = ()
        self._told: tuple[object, ...] = ()
        self._measured: tuple[object, ...] = ()
        self._value_width = 0.0
        self._place_width = 0.0
        self._keeps_plan = False
        self._has_width = False
        self._total = ""
        self.entries: dict[str, Entry] = {}
        self.reading: Reading | None = None
        self._head = QRectF()
        self._note = ""
        self._has_notes = False
        self._notes = QRectF()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_chart(self, chart: Chart, total: str, *, may_grow: bool) -> None:
        """Take the series of a chart.

        Args:
            total: what the sum of them is called; empty where there is none.
            may_grow: whether a managed plan may still come: it has its place, so that nothing
                moves then.
        """
        figures = chart.y.words(chart.y.upper), chart.x.words(chart.x.upper * 0.987654)
        has_notes = bool(chart.note) or any(isinstance(mark, Point) for mark in chart.marks)
        for key, entry in self.entries.items():
            entry.setChecked(key not in chart.hidden)
        if chart.note != self._note:
            self._note = chart.note
            show_tooltip(self, chart.note)  # what has no room is elided
            self.update()
        told = chart.series, figures, has_notes, may_grow, total, self.look
        if told == self._told:
            return  # every edit asks, and few change a width
        self._told = told
        widest, place = self.look.name.width(figures[0]), self.look.emphasis.width(figures[1])
        before, self._measured = (
            self._measured,
            (*(chart.series, round(widest), round(place), has_notes, may_grow, total),),
        )
        if before == self._measured:
            return
        self._series, self._value_width, self._place_width = chart.series, widest, place
        self._keeps_plan, self._total, self._has_notes = may_grow, total, has_notes
        kept = {series.key for series in chart.series}
        for key in [key for key in self.entries if key not in kept]:
            gone = self.entries.pop(key)
            gone.hide()
            gone.deleteLater()
        for series in chart.series:
            entry = self.entries.get(series.key)
            if entry is None:
                entry = self.entries[series.key] = Entry(self)
                entry.setChecked(series.key not in chart.hidden)
                entry.clicked.connect(lambda shows, key=series.key: self.toggled.emit(key, shows))
            entry.show_series(series)
            entry.show()
        self._lay_out()

    def show_look(self, look: Look, scale: float) -> None:
        """Take colors, and how many times the usual the fonts are."""
        self.look, self._scale = look, scale
        self._lay_out()
        self.update()
        for entry in self.entries.values():
            entry.update()

    def read(self, reading: Reading | None) -> None:
        """Show what stands where the pointer is; nothing once it has left."""
        if reading == self.reading:
            return
        self.reading = reading
        for key, entry in self.entries.items():
            entry.show_value(reading.values.get(key, "") if reading else "")
        self.update()

    # Places

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._has_width = True  # the first one comes when it is shown where it belongs
        self._lay_out()

    def _lay_out(self) -> None:
        """From left to right, in as many rows as that takes; the plan's entry comes last."""
        if not self._has_width:
            return
        room = max(self.width() / self._scale, 60.0)
        x = y = 0.0

        def place(width: float) -> QRectF:
            nonlocal x, y
            if x and x + width > room:
                x, y = 0.0, y + ROW
            found = QRectF(x, y, min(width, room), ROW)
            x += width + GAP
            return found

        slot = QRectF()
        in_order = [self.entries[s.key] for s in self._series if s.key in self.entries]
        for entry in in_order:
            if entry.series and entry.series.key != PLAN:
                entry.setGeometry(self._on_screen(place(entry.wanted + self._value_width + 9.0)))
        if self._keeps_plan or PLAN in self.entries:
            slot = place(SWATCH + MOST_NAME + self._value_width + 9.0)
        at = self._place_width + self.look.emphasis.width(" at ")
        total = self.look.emphasis.width(f"{self._total} ") + 1.1 * self._value_width
        self._head = place(at + total if self._total else at)
        if self._has_notes:
            self._notes = place(MOST_NAME)
            self._notes.setRight(room)
        if not slot.isNull():
            self._widen(slot, room)
        if PLAN in self.entries:
            self.entries[PLAN].setGeometry(self._on_screen(slot))
        self.setFixedHeight(round((y + ROW + 2.0) * self._scale))
        self._keep_one_tab_stop(in_order)

    def _widen(self, slot: QRectF, room: float) -> None:
        """Give a managed plan what its row has left; what stands behind it there moves along."""
        after = (self._head, self._notes) if self._has_notes else (self._head,)
        beside = [other for other in after if other.top() == slot.top()]
        end = slot.right()
        if beside:
            end = beside[-1].left() + MOST_NAME if beside[-1] is self._notes else beside[-1].right()
        more = min(max(room - end, 0.0), MOST_PLAN - MOST_NAME)
        slot.setRight(slot.right() + more)
        for other in beside:
            other.setLeft(other.left() + more)
            if other is self._head:
                other.setRight(other.right() + more)

    def _on_screen(self, place: QRectF) -> QRect:
        scale = self._scale
        return QRectF(
            place.x() * scale, place.y() * scale, place.width() * scale, place.height() * scale
        ).toRect()

    def _keep_one_tab_stop(self, entries: list[Entry]) -> None:
        """Tab comes to the legend once; arrows go on inside."""
        for at, entry in enumerate(entries):
            is_first = at == 0
            policy = Qt.FocusPolicy.StrongFocus if is_first else Qt.FocusPolicy.ClickFocus
            entry.setFocusPolicy(policy)
        reach_after(self._before, entries)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entries = [self.entries[s.key] for s in self._series if s.key in self.entries]
        step = ARROWS.get(Qt.Key(event.key()))
        here = next((at for at, entry in enumerate(entries) if entry.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        entries[(here + step) % len(entries)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.scale(self._scale, self._scale)
        look, reading = self.look, self.reading
        if reading:
            words = (*(reading.total or ()), "at", reading.place)
            text = " ".join(words).replace("at", "At", 1) if not reading.total else " ".join(words)
            look.emphasis.write(painter, text, self._head.left(), self._head.center().y())
        notes = reading.notes if reading and reading.notes else (self._note,)
        text = look.axis.elided(" · ".join(notes), self._notes.width())
        look.axis.write(painter, text, self._notes.left(), self._notes.center().y())


class Entry(QAbstractButton):
    """One series: a switch that shows it or hides it."""

    def __init__(self, legend: Legend) -> None:
        super().__init__(legend)
        self._legend = legend
        self.series: Series | None = None
        self.value = ""
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_series(self, series: Series) -> None:
        """Take a series' name and look."""
        self.series = series
        self.setAccessibleName(series.full_name)
        self.setAccessibleDescription("A series of the chart, hidden and shown")
        self.setToolTip(plain_tooltip(f"{series.full_name}: click to hide or show"))
        self.update()

    def show_value(self, value: str) -> None:
        """What the series costs where the pointer is."""
        if value != self.value:
            self.value = value
            self.update()

    @property
    def wanted(self) -> float:
        """Px of the usual font for color and name."""
        assert self.series
        return SWATCH + min(self._style.width(self.series.full_name), MOST_NAME)

    @property
    def _style(self) -> Style:
        look = self._legend.look
        return look.emphasis if self.series and self.series.is_strong else look.name

    def sizeHint(self) -> QSize:
        return self.size()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in BY_KEYBOARD and self.series and self._name != self.series.full_name:
            tell_whole(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ARROWS:
            event.ignore()  # the legend's
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        series, look, scale = self.series, self._legend.look, self._legend._scale
        if series is None:
            return
        painter = QPainter(self)
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, middle = self.width() / scale, self.height() / scale / 2.0
        if self.underMouse() or self.hasFocus():
            frame = self.palette().highlight().color() if self.hasFocus() else QColor(look.rule)
            painter.setPen(QPen(frame, 1.0))
            painter.drawRoundedRect(QRectF(0.5, 0.5, wide - 1.0, 2.0 * middle - 1.0), 3.0, 3.0)
        painter.setOpacity(1.0 if self.isChecked() else 0.4)
        self._paint_swatch(painter, series, look, middle)
        left, name = SWATCH + 1.0, self._name
        self._style.write(painter, name, left, middle)
        if not self.isChecked():
            end = left + self._style.width(name)
            painter.setPen(QPen(QColor(look.ink), 1.0))
            painter.drawLine(QPointF(left, middle), QPointF(end, middle))
        elif self.value:
            at = left + self._style.width(name) + 5.0
            look.name.write(painter, self.value, at, middle)

    @property
    def _name(self) -> str:
        """The name in the room that there is."""
        assert self.series
        beside = self._legend.look.name.width(self.value) + 5.0 if self.value else 0.0
        room = self.width() / self._legend._scale - SWATCH - 1.0 - beside
        most = MOST_PLAN if self.series.key == PLAN else MOST_NAME
        return self._fitted(self.series, min(room, most))

    def _fitted(self, series: Series, room: float) -> str:
        """A name; what qualifies it gives way last."""
        aside = f" ({series.aside})" if series.aside else ""
        kept = room - self._style.width(aside)
        if kept < room / 4.0:
            return self._style.elided(series.full_name, room)
        return f"{self._style.elided(series.name, kept)}{aside}"

    def _paint_swatch(self, painter: QPainter, series: Series, look: Look, middle: float) -> None:
        if series.is_line:
            painter.setPen(look.pen(series))
            painter.drawLine(QPointF(1.0, middle), QPointF(SWATCH - 3.0, middle))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.softened(look.color(series)))
            painter.drawRoundedRect(QRectF(2.0, middle - 4.0, 8.0, 8.0), 2.0, 2.0)
