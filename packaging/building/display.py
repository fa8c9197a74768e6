"""A screen in memory, looked at from outside as a person would: titles, pixels, charts.

Xvfb keeps the screen's pixels in a file; nothing of the program that is tried is asked.
"""

from __future__ import annotations

import colorsys
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path

WIDTH, HEIGHT = 1360, 880

TOOLS = ("Xvfb", "xwininfo")


def can_be_made() -> bool:
    """Whether the programs are here that a screen in memory takes."""
    return all(shutil.which(tool) for tool in TOOLS)


class Display:
    """A screen in memory, there while its `with` block runs."""

    def __enter__(self) -> Display:
        self._folder = tempfile.TemporaryDirectory()
        command = ["Xvfb", "-displayfd", "1", "-nolisten", "tcp", "-fbdir", self._folder.name]
        command += ["-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        self._server = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        assert self._server.stdout is not None
        self.name = f":{self._server.stdout.readline().strip()}"
        if self.name == ":":
            sys.exit("Xvfb could not be started.")
        return self

    def __exit__(self, *fault: object) -> None:
        self._server.terminate()
        self._server.communicate()
        self._folder.cleanup()

    def titles(self) -> list[str]:
        """The titles of all windows."""
        answer = subprocess.run(
            ["xwininfo", "-root", "-tree"],
            check=True,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "DISPLAY": self.name, "LC_ALL": "C.UTF-8"},
        )
        return re.findall(r'"(.+?)": \(', answer.stdout)

    def rows(self) -> list[list[tuple[int, int, int]]]:
        """The pixels, red, green and blue of each, row by row."""
        raw, start, bytes_a_row = self._read()
        rows: list[list[tuple[int, int, int]]] = []
        for row in range(HEIGHT):
            line = raw[start + row * bytes_a_row :][: 4 * WIDTH]
            rows.append(list(zip(line[2::4], line[1::4], line[0::4], strict=True)))
        return rows

    def _read(self) -> tuple[bytes, int, int]:
        """The bytes of the screen's file, where its pixels begin, and the bytes of a row."""
        raw = (Path(self._folder.name) / "Xvfb_screen0").read_bytes()
        header = struct.unpack(">25I", raw[:100])  # X window dump: XWDFile.h tells its fields
        size, bytes_a_row, colors = header[0], header[12], header[19]
        return raw, size + 12 * colors, bytes_a_row

    def is_covered(self) -> bool:
        """Whether something was painted all over: no pixel of a coarse grid is black."""
        raw, start, bytes_a_row = self._read()
        rows = range(start + bytes_a_row * 20, len(raw) - bytes_a_row, bytes_a_row * 40)
        return all(any(raw[at : at + 3]) for row in rows for at in range(row, row + 4 * WIDTH, 160))

    def save(self, file: Path) -> None:
        """Write the screen as PNG."""
        rows = self.rows()
        lines = b"".join(b"\0" + bytes(part for pixel in row for part in pixel) for row in rows)
        head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 2, 0, 0, 0)
        blocks = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(_block(*block) for block in blocks))


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again whether something holds; false where time is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.5)
    return False


def painted_charts(rows: list[list[tuple[int, int, int]]], colors: list[str]) -> int:
    """How many charts of stacked areas a picture shows.

    A chart is a group of columns in which three of the colors, in whatever tint, lie on each
    other. A bar of parts has them side by side, a table far apart.
    """
    hues = [_hue(*bytes.fromhex(color.lstrip("#"))) for color in colors]
    known: dict[tuple[int, int, int], int | None] = {}

    def part_of(pixel: tuple[int, int, int]) -> int | None:
        if pixel not in known:
            known[pixel] = _nearest(pixel, hues)
        return known[pixel]

    stacked = [
        column
        for column in range(len(rows[0]))
        if _most_adjoining([part_of(row[column]) for row in rows]) >= 3
    ]
    groups: list[list[int]] = []
    for column in stacked:
        if groups and column - groups[-1][-1] <= 20:
            groups[-1].append(column)
        else:
            groups.append([column])
    return sum(len(group) >= 150 for group in groups)


def _block(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)


def _hue(red: int, green: int, blue: int) -> float:
    return colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)[0]


def _nearest(pixel: tuple[int, int, int], hues: list[float]) -> int | None:
    if max(pixel) - min(pixel) < 60:
        return None  # a gray, or nearly
    own = _hue(*pixel)
    away = [min(abs(own - hue), 1 - abs(own - hue)) for hue in hues]
    return away.index(min(away)) if min(away) < 0.025 else None


def _most_adjoining(parts: list[int | None]) -> int:
    """The most different parts that lie on each other in a column, each some pixels high."""
    runs: list[tuple[int | None, int]] = []
    for part in parts:
        if runs and runs[-1][0] == part:
            runs[-1] = (part, runs[-1][1] + 1)
        else:
            runs.append((part, 1))
    most, present = 0, set[int]()
    for part, length in runs:
        if part is not None and length >= 3:
            present.add(part)
        elif length > 6:  # more than a line between two areas
            present.clear()
        most = max(most, len(present))
    return most
