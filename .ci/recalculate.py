"""Whether exported workbooks come to the program's own figures when LibreOffice computes them.

    .venv/bin/python .ci/recalculate.py

Every formula's stored value is replaced by a wrong one before LibreOffice opens the file: what
comes out right was computed. Compared with the JSON of every sample scenario and of
every scenario that was worked out by hand.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from mlflow_cost_desktop.exports.report.facts import Facts
from mlflow_cost_desktop.exports.spreadsheet.spreadsheet import spreadsheet
from mlflow_cost_desktop.exports.terminal.estimate import estimate_json
from mlflow_cost_desktop.exports.terminal.projection import projection_json
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.paths import pricing_dir
from mlflow_cost_desktop.prices.shelf import Shelf

ROOT = Path(__file__).resolve().parents[1]
WRONG = "123456.78"
DIGITS = 1e-6
"""USD by which sums may differ: they are added up in another order."""

VALUE = re.compile(rb"(</f>)<v>[^<]*</v>")

# Formulas are computed anew when a file is opened (0: always), which is not what is preset.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""

# Comma, quotation mark, UTF-8, from row 1; figures as they are, and each sheet a file.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def main() -> int:
    """Compare all; the exit status is 1 where a figure differs."""
    office = shutil.which("soffice")
    if office is None:
        print("soffice of LibreOffice is missing: install libreoffice-calc.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        expected = dict(_written(place))
        (place / "profile" / "user").mkdir(parents=True)
        (place / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE)
        command = [
            *(office, "--headless", f"-env:UserInstallation={(place / 'profile').as_uri()}"),
            *("--convert-to", AS_CSV, "--outdir", str(place)),
            *(str(place / f"{name}.xlsx") for name in expected),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        faults = [fault for name in expected for fault in _faults(place, name, expected[name])]
    print("\n".join(faults) or f"{len(expected)} workbooks come to the program's figures.")
    return 1 if faults else 0


def _written(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Writes each workbook with wrong values; its name, and the figures that it must come to."""
    plans = read_plans(pricing_dir() / "managed")
    bundled, fixed = Shelf(pricing_dir() / "aws"), Shelf(ROOT / "tests/data/prices/aws")
    samples = sorted((ROOT / "resources/scenarios").glob("*.mlcost"))
    by_hand = sorted((ROOT / "tests/data/by-hand").glob("*.mlcost"))
    growing = ROOT / "tests/data/scenario-v3.mlcost"
    for shelf, files in ((bundled, (*samples, growing)), (fixed, by_hand)):
        for file in files:
            scenario = read_scenario(file).scenario
            book = shelf.book(scenario.region_id)
            facts = Facts.of(scenario, book, datetime(2026, 11, 28), plans)
            name = f"{'of-hand' if shelf is fixed else 'sample'}-{file.stem}"
            (folder / f"{name}.xlsx").write_bytes(_spoiled(spreadsheet(facts)))
            told = json.loads(estimate_json(scenario, book, plans))
            months = json.loads(projection_json(facts.projection, plans))
            yield name, _figures(told, months)


def _spoiled(workbook: bytes) -> bytes:
    """The workbook with a wrong value in place of that of every formula."""
    with tempfile.TemporaryFile() as file:
        file.write(workbook)
        with zipfile.ZipFile(file) as old, tempfile.TemporaryFile() as other:
            with zipfile.ZipFile(other, "w") as new:
                for entry in old.infolist():
                    data = old.read(entry)
                    if entry.filename.startswith("xl/worksheets/"):
                        data = VALUE.sub(rb"\1<v>" + WRONG.encode() + b"</v>", data)
                    new.writestr(entry, data)
            other.seek(0)
            return other.read()


def _figures(told: dict[str, Any], months: dict[str, Any]) -> dict[str, float]:
    """The figures of the JSON by the label that they have on the summary."""
    totals = told["totals"]
    own_time = sum(month["cash_by_component"]["labor"] for month in months["months"])
    return {
        **{COMPONENTS[name]: usd for name, usd in totals["by_component"].items()},
        "Per month": totals["effective_cost"],
        "of it infrastructure": totals["infrastructure"],
        "of it own people’s time": totals["labor"],
        "Effective": months["totals"]["effective"],
        "Cash and time": months["totals"]["cash"],
        "Own people’s time": own_time,
        "Invoices, cash": months["totals"]["cash"] - own_time,
        "of it in the first year": months["by_year"][0]["cash"],
    }


def _faults(folder: Path, name: str, expected: dict[str, float]) -> Iterator[str]:
    found = dict(_labeled(folder / f"{name}-Summary.csv"))
    for label, usd in expected.items():
        text = found.get(label, "nothing")
        try:
            is_right = abs(float(text) - usd) <= DIGITS
        except ValueError:
            is_right = False
        if not is_right:
            yield f"{name}: “{label}” is {text} instead of {usd!r}"
    for sheet in folder.glob(f"{name}-*.csv"):
        text = sheet.read_text(encoding="utf-8")
        if WRONG in text or re.search(r"#(REF|NAME|VALUE|DIV/0|N/A)|Err:\d", text):
            yield f"{sheet.stem}: a formula that is wrong or was not computed"


def _labeled(sheet: Path) -> Iterator[tuple[str, str]]:
    with sheet.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            if len(row) > 1 and row[1]:
                yield row[0], row[1]


if __name__ == "__main__":
    sys.exit(main())
