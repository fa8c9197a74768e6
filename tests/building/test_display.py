"""What is painted on a screen is found in its pixels."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from building import display
from building.display import painted_charts
from mlflow_cost_desktop.charts.palette import COLORS

PALETTE = list(COLORS.values())


def rows_of(image: QImage) -> list[list[tuple[int, int, int]]]:
    same = image.convertToFormat(QImage.Format.Format_RGB888)
    pixels, length = bytes(same.constBits()), same.bytesPerLine()
    lines = [pixels[row * length :][: 3 * same.width()] for row in range(same.height())]
    return [list(zip(line[0::3], line[1::3], line[2::3], strict=True)) for line in lines]


def picture(*rectangles: tuple[int, int, int, int, str]) -> list[list[tuple[int, int, int]]]:
    image = QImage(600, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setOpacity(0.8)
    for left, top, width, height, color in rectangles:
        painter.fillRect(left, top, width, height, QColor(color))
    painter.end()
    return rows_of(image)


def chart(left: int, parts: int = 3) -> list[tuple[int, int, int, int, str]]:
    return [(left, 10 + 21 * at, 200, 20, color) for at, color in enumerate(PALETTE[:parts])]


def test_two_charts_are_two() -> None:
    assert painted_charts(picture(*chart(20), *chart(300)), PALETTE) == 2


def test_empty_window_has_none() -> None:
    assert painted_charts(picture(), PALETTE) == 0


def test_a_bar_of_parts_side_by_side_is_none() -> None:
    bar = [(100 * at, 10, 100, 15, color) for at, color in enumerate(PALETTE)]
    assert painted_charts(picture(*bar), PALETTE) == 0


def test_areas_of_two_colors_are_none() -> None:
    assert painted_charts(picture(*chart(20, parts=2)), PALETTE) == 0


def test_signs_in_a_table_are_none() -> None:
    signs = [(20, 10 + 30 * at, 200, 8, color) for at, color in enumerate(PALETTE[:4])]
    assert painted_charts(picture(*signs), PALETTE) == 0


@pytest.mark.skipif(not display.can_be_made(), reason="takes Xvfb and xwininfo")
def test_a_screen_shows_titles_and_what_is_painted(tmp_path: Path) -> None:
    with display.Display() as screen:
        assert not screen.is_covered() and screen.titles() == []
        assert len(screen.rows()) == display.HEIGHT and len(screen.rows()[0]) == display.WIDTH
        screen.save(tmp_path / "screen.png")
    image = QImage(str(tmp_path / "screen.png"))
    assert (image.width(), image.height()) == (display.WIDTH, display.HEIGHT)
    assert image.pixelColor(5, 5) == QColor("black")
