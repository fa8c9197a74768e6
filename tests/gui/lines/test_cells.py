"""How the cells of the lines are painted."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.charts.palette import COLORS
from mlflow_cost_desktop.gui.lines.cells import NAME_GAP, PADDING, SIGN_GAP
from mlflow_cost_desktop.gui.lines.model import COST, LINE, QUANTITY, SQUARE_SIZE, Excerpt
from mlflow_cost_desktop.gui.lines.table import ChargeTable
from tests.gui.helpers import study
from tests.support import ARTICLE, BOOK


def _table(qtbot: QtBot) -> ChargeTable:
    table = ChargeTable()
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show_study(study(ARTICLE, BOOK), Excerpt())
    table.show()
    return table


def _ink(picture: QImage, place: QRect) -> list[int]:
    """The columns of pixels in a place, from its left, in which something is written."""
    middle = place.adjusted(0, 4, 0, -4)  # without the line below the row
    ground = picture.pixel(middle.topLeft())
    return [
        x - place.left()
        for x in range(middle.left(), middle.right() + 1)
        if any(picture.pixel(x, y) != ground for y in range(middle.top(), middle.bottom() + 1))
    ]


def _written(table: ChargeTable, index: QModelIndex) -> list[int]:
    picture = table.viewport().grab().toImage()
    return _ink(picture, table.visualRect(index))


def test_words_stand_within_their_padding_figures_on_the_right(qtbot: QtBot) -> None:
    table = _table(qtbot)
    part = table.rows.index(0, LINE)
    cost = table.rows.index(0, COST, part)
    ink, width = _written(table, cost), table.visualRect(cost).width()
    assert ink[0] >= PADDING and width - PADDING - 3 <= ink[-1] < width - PADDING
    bold, plain = _written(table, part.siblingAtColumn(COST)), ink
    assert len(bold) > len(plain)  # the same figure
    assert _written(table, part.siblingAtColumn(QUANTITY)) == []


def test_a_part_has_its_color_before_its_name(qtbot: QtBot) -> None:
    table = _table(qtbot)
    part = table.rows.index(0, LINE)
    place = table.visualRect(part)
    at = place.left() + PADDING + SQUARE_SIZE // 2, place.center().y()
    picture = table.viewport().grab().toImage()
    assert picture.pixelColor(*at) == QColor(COLORS["server"])
    begins = PADDING + SQUARE_SIZE + SIGN_GAP
    name = [x for x in _written(table, part) if x >= PADDING + SQUARE_SIZE]
    assert begins <= name[0] <= begins + 2


def test_a_name_is_cut_where_its_quantity_begins(qtbot: QtBot) -> None:
    table = _table(qtbot)
    name = table.rows.index(0, LINE, table.rows.index(0, LINE))
    quantity = name.siblingAtColumn(QUANTITY)
    table.setColumnWidth(LINE, 90)
    ends = 90 - PADDING + table.cells.room_beside(name)
    both = table.visualRect(name).united(table.visualRect(quantity))
    both.setLeft(0)
    ink = _ink(table.viewport().grab().toImage(), both)
    assert min(ink) < 90 < max(ink)
    between = set(range(ends + 1, ends + NAME_GAP - 1))  # a letter may reach a pixel out of its box
    assert between.isdisjoint(ink)
    assert set(range(ends - 12, ends + 1)) & set(ink), "the name reaches as far as it may"
