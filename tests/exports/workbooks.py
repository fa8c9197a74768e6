"""A workbook read back: cells with their values and formulas, and a small reckoner for these."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: a text or a number, and the formula that it is of."""

    value: str | float
    formula: str = ""


class Read:
    """The sheets of an XLSX file by name, each a cell by its place (`B7`)."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))

    @cached_property
    def _texts(self) -> list[str]:
        root = ElementTree.fromstring(self._archive.read("xl/sharedStrings.xml"))
        return ["".join(t.text or "" for t in item.iter(f"{NAMESPACE}t")) for item in root]

    @cached_property
    def sheets(self) -> dict[str, dict[str, Cell]]:
        root = ElementTree.fromstring(self._archive.read("xl/workbook.xml"))
        names = [sheet.attrib["name"] for sheet in root.iter(f"{NAMESPACE}sheet")]
        return {name: self._cells(at) for at, name in enumerate(names, 1)}

    def _cells(self, number: int) -> dict[str, Cell]:
        root = ElementTree.fromstring(self._archive.read(f"xl/worksheets/sheet{number}.xml"))
        found: dict[str, Cell] = {}
        for cell in root.iter(f"{NAMESPACE}c"):
            value = cell.findtext(f"{NAMESPACE}v")
            if value is None:
                continue
            kind = cell.attrib.get("t", "n")
            shown: str | float = value if kind == "str" else ""
            if kind == "s":
                shown = self._texts[int(value)]
            elif kind == "n":
                shown = float(value)
            found[cell.attrib["r"]] = Cell(shown, cell.findtext(f"{NAMESPACE}f") or "")
        return found

    def column(self, sheet: str, letter: str) -> list[Cell]:
        """The cells of a column below its head."""
        cells = self.sheets[sheet]
        rows = sorted(int(p[len(letter) :]) for p in cells if re.fullmatch(rf"{letter}\d+", p))
        return [cells[f"{letter}{row}"] for row in rows if row > 1]

    def labeled(self, sheet: str = "Summary") -> dict[str, Cell]:
        """The second cell of each row by the first."""
        cells = self.sheets[sheet]
        return {
            str(cell.value): cells[f"B{place[1:]}"]
            for place, cell in cells.items()
            if place[0] == "A" and f"B{place[1:]}" in cells
        }

    def product(self, sheet: str, place: str) -> float:
        """What a formula of numbers, cells and `+ - * / ( )` comes to."""
        cells = self.sheets[sheet]

        def number(match: re.Match[str]) -> str:
            value = cells[match[0]].value
            assert isinstance(value, float)
            return repr(value)

        plain = re.sub(r"[A-Z]+\d+", number, cells[place].formula)
        assert re.fullmatch(r"[\d.e+*/() -]+", plain), plain
        return float(eval(plain))
