"""An opened file says quietly what its scenario costs now, and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.scenario_file import write_scenario
from mlflow_cost_desktop.gui.dialogs.costs_moved import GONE, MovedLines
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.paths import replace
from tests.gui.helpers import MARKUP
from tests.support import ARTICLE

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _saved(window: MainWindow, path: Path, **changes: object) -> Path:
    """The article's team in a file, its figures changed as if prices had been others."""
    write_scenario(path, ARTICLE, figures_of(window.session.study.estimate))
    document = json.loads(path.read_bytes())
    document["saved"].update(changes)
    path.write_text(json.dumps(document))
    return path


def _details(window: MainWindow) -> MovedLines:
    window.costs_moved.click()
    (dialog,) = window.findChildren(MovedLines)
    return dialog


def _rows(dialog: MovedLines) -> list[list[str]]:
    table = dialog.table
    cells = [
        [table.item(row, column) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    return [[cell.text() if cell else "" for cell in row] for row in cells]


def test_a_file_of_today_says_nothing(window: MainWindow, tmp_path: Path) -> None:
    window.document.open(_saved(window, tmp_path / "a.mlcost"))
    assert not window.costs_moved.isVisible()


def test_prices_that_changed_are_told_with_their_lines(window: MainWindow, tmp_path: Path) -> None:
    lines = dict(figures_of(window.session.study.estimate).lines or {})
    long = "\u202ee\n" + "x" * 190
    lines |= {"server/ec2/hours": 70.0, "server/of/old": None, MARKUP: 1.0, long: None}
    path = _saved(window, tmp_path / "a.mlcost", effective_cost=660.74, lines=lines)
    window.document.open(path)
    assert window.costs_moved.isVisible()
    told = "Prices changed since saving: $660.74 → $659.86 · Details"
    assert window.costs_moved.text() == told
    assert window.costs_moved.accessibleDescription(), "why, without a click"
    dialog = _details(window)
    assert _rows(dialog) == [
        *[["Server", "Instance hours (m5.large, on demand)", "$70.00", "$69.12", "−$0.88"]],
        *[["Server", GONE, "no price", "$0.00", ""]],
        *[[MARKUP.partition("/")[0], GONE, "$1.00", "$0.00", "−$1.00"]],
        *[[" e " + "x" * 190, GONE, "no price", "$0.00", ""]],
    ]
    dialog.close()
    assert not window.isWindowModified()
    assert window.document._save_to(path)
    assert not window.costs_moved.isVisible()


def test_a_file_without_lines_tells_the_totals(window: MainWindow, tmp_path: Path) -> None:
    window.document.open(_saved(window, tmp_path / "a.mlcost", effective_cost=600, lines=None))
    assert "$600.00 → $659.86" in window.costs_moved.text()
    dialog = _details(window)
    assert not dialog.table.isVisible()
    dialog.close()


def test_a_file_is_the_same_in_every_readers_format(window: MainWindow, tmp_path: Path) -> None:
    stored = replace(ARTICLE, "artifact_store.stored_gb", 5_000_000.0)
    book = window.session.study.price_book
    figures = figures_of(estimate(stored, book), book.edition)
    write_scenario(tmp_path / "plain.mlcost", stored, figures)
    window.session.figures = Figures(".", ",", str)
    window.document.open(tmp_path / "plain.mlcost")
    assert window.summary.total.text().endswith(",51")
    assert not window.costs_moved.isVisible()
    assert window.document._save_to(tmp_path / "german.mlcost")
    assert (tmp_path / "german.mlcost").read_bytes() == (tmp_path / "plain.mlcost").read_bytes()


def test_lines_may_move_while_the_total_stays(window: MainWindow, tmp_path: Path) -> None:
    lines = dict(figures_of(window.session.study.estimate).lines or {})
    lines["metadata_store/rds/backups"] = 0.5
    window.document.open(_saved(window, tmp_path / "a.mlcost", lines=lines))
    assert window.costs_moved.text().startswith("1 line moved since saving, the total did not")


def test_a_file_of_schema_2_is_matched_in_every_reader_s_format(
    window: MainWindow, checkout: Path
) -> None:
    window.session.figures = Figures(".", ",", str)
    window.document.open(checkout / "tests" / "data" / "schema-2" / "article-2024.mlcost")
    assert not window.costs_moved.isVisible()
