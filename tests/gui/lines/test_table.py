"""The panel: groups with subtotals, cells, marks, and which cells are painted anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.lines.cells import PADDING
from mlflow_cost_desktop.gui.lines.model import COST, QUANTITY, SOURCE, UNIT_PRICE
from mlflow_cost_desktop.gui.lines.panel import LinesPanel
from mlflow_cost_desktop.gui.lines.table import ChargeTable
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.prices.price import Price, flat
from tests.gui.helpers import MARKUP, line, rows, study
from tests.support import ARTICLE, BOOK, NOTHING, changed, own_rate


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> LinesPanel:
    """The lines of a session's scenario."""
    made = LinesPanel()
    qtbot.addWidget(made)
    made.resize(880, 440)
    session.study_changed.connect(made.show_study)
    session.show_again()
    made.show()
    return made


@pytest.fixture
def table(panel: LinesPanel) -> ChargeTable:
    return panel.table


def _index(table: ChargeTable, name: str, column: int = 0) -> QModelIndex:
    model = table.model()
    (found,) = model.match(
        model.index(0, 0),
        Qt.ItemDataRole.DisplayRole,
        name,
        1,
        Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive,
    )
    return found.siblingAtColumn(column)


def test_the_articles_lines(table: ChargeTable) -> None:
    shown = list(rows(table.model()))
    assert [(cells[0], cells[3]) for cells in shown[:7]] == [
        ("Server", "69.12"),
        ("Instance hours (m5.large, on demand)", "69.12"),
        ("Metadata store", "125.42"),
        ("Instance hours (db.m5.large, MySQL, Single-AZ)", "123.12"),
        ("Storage (gp2, Single-AZ)", "2.30"),
        ("Artifact store", "23.55"),
        ("S3 Standard storage (first 50 TB)", "23.55"),
    ]
    assert [cells[0] for cells in shown[7:9]] == ["Network", "Maintenance"]


def test_a_line_has_quantity_unit_price_and_source(table: ChargeTable) -> None:
    _, quantity, price, cost, source = line(table.model(), "Storage (gp2")
    assert (quantity, price, cost) == ("1 instance × 20 GB", "$0.115 / GB-month", "2.30")
    assert source.startswith("Price list · 20")
    assert line(table.model(), "Security patches")[4] == "default rate"


def test_subtotals_are_the_estimates(table: ChargeTable, session: Session) -> None:
    groups = [table.model().index(row, 3).data() for row in range(table.model().rowCount())]
    estimate = session.study.estimate
    costs = [*estimate.by_component.values(), estimate.effective_cost]
    assert groups == [f"{float(cost):,.2f}" for cost in costs]


def test_headings_name_the_currency(table: ChargeTable) -> None:
    model = table.model()
    headings = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(5)]
    assert headings == ["Line", "Quantity", "Unit price", "$ / month", "Source"]


def test_a_tooltip_opens_the_arithmetic(table: ChargeTable) -> None:
    tip = _read(_index(table, "Instance hours (m5.large").data(Qt.ItemDataRole.ToolTipRole))
    name = "Instance hours (m5.large, on demand)"
    assert tip.startswith(f"{name}\n1 instance × 720 h × $0.096 / h = $69.12\n")
    assert "\nPrice of EC2 · m5.large · on demand\n" in tip
    own = _read(_index(table, "Version upgrades").data(Qt.ItemDataRole.ToolTipRole))
    assert "Price of" not in own and "/platform" not in own


def test_unpriced_lines_are_marked(panel: LinesPanel, table: ChargeTable) -> None:
    panel.show_study(study(ARTICLE, NOTHING))
    for name in ("Instance hours (m5.large", "S3 Standard storage"):
        assert line(table.model(), name)[2:] == ["no price known", "unpriced", "no price known"]
    assert line(table.model(), "Server")[3] == "0.00 + ?"
    assert line(table.model(), "Total a month")[3] == "441.77 + ?"
    panel.show_study(study(ARTICLE, BOOK))
    assert "?" not in line(table.model(), "Total a month")[3]
    assert line(table.model(), "Maintenance")[3] == "441.77"


@pytest.mark.parametrize("basis", ["Effective cost", "Cash in month 1"])
@pytest.mark.parametrize("words", ["", "m5.large"])
def test_a_total_without_some_lines_is_marked(panel: LinesPanel, basis: str, words: str) -> None:
    model = panel.table.model()
    for book, mark in ((NOTHING, " + ?"), (BOOK, "")):
        panel.show_study(study(ARTICLE, book))
        panel.basis_box.setCurrentText(basis)
        panel.search_box.setText(words)
        total = model.index(model.rowCount() - 1, COST).data()
        assert total.rstrip("+ ?") + mark == total


def test_estimated_lines_are_marked(panel: LinesPanel, table: ChargeTable) -> None:
    sku = "ec2/m5.large/on_demand"
    guess = Price(
        sku, "h", flat(0.1), state="estimated", rule="a rule", source="TEST", date="2026-01-31"
    )
    book = replace(BOOK, listed={**BOOK.listed, sku: guess})
    panel.show_study(study(ARTICLE, book))
    cells = line(table.model(), "Instance hours (m5.large")
    assert cells[3:] == ["72.00", "estimated · 2026-01-31"]
    tip = _read(_index(table, "Instance hours (m5.large").data(Qt.ItemDataRole.ToolTipRole))
    assert "\nPrice of EC2 · m5.large · on demand: estimated\na rule\n" in tip


def test_own_rates_are_named(panel: LinesPanel, table: ChargeTable) -> None:
    own = changed(ARTICLE, own_rates=(own_rate("ec2/m5.large/on_demand", (0.0, 0.05)),))
    panel.show_study(study(own, BOOK))
    assert line(table.model(), "Instance hours (m5.large")[2:] == [
        "$0.05 / h",
        "36.00",
        "your rate",
    ]


def test_lines_of_zero_are_hidden_until_asked_for(panel: LinesPanel, table: ChargeTable) -> None:
    names = [cells[0] for cells in rows(table.model())]
    assert "Root volume (gp3)" not in names
    panel.show_zero_lines(True)
    assert line(table.model(), "Root volume (gp3)")[3] == "0.00"
    assert table.isExpanded(table.model().index(0, 0))
    panel.show_zero_lines(False)
    assert [cells[0] for cells in rows(table.model())] == names


def test_only_changed_cells_are_told(table: ChargeTable, session: Session, qtbot: QtBot) -> None:
    told: list[str] = []
    table.model().dataChanged.connect(
        lambda first, last: told.append(f"{first.siblingAtColumn(0).data()}/{first.column()}")
    )
    with qtbot.assertNotEmitted(table.model().modelReset):
        session.edit("usage.hours", 160.0)
    server = "Instance hours (m5.large, on demand)"
    assert sorted(told) == [f"{server}/1", f"{server}/3", "Server/3", "Total a month/3"]


def test_an_edit_writes_no_line_that_it_does_not_reach(
    table: ChargeTable, session: Session
) -> None:
    def cells() -> dict[str, tuple[str, ...]]:
        return {one.charge.line: one.cells for one in table.rows.lines()}

    before = cells()
    session.edit("usage.hours", 300.0)
    after = cells()
    kept = {name for name, of_line in after.items() if of_line is before[name]}
    assert "labor/set_up/hours" in kept and "server/ec2/hours" not in kept
    assert after["server/ec2/hours"][COST] == "28.80"
    session.edit("currency", Currency(code="EUR", per_usd=0.5, date="2026-01-01"), "Euro")
    assert cells()["server/ec2/hours"][COST] == "14.40"


def test_an_edit_keeps_the_selected_line(table: ChargeTable, session: Session) -> None:
    table.setCurrentIndex(_index(table, "Storage (gp2"))
    session.edit("usage.hours", 160.0)
    assert table.currentIndex().data() == "Storage (gp2, Single-AZ)"


def test_another_line_lays_out_anew_with_groups_open(table: ChargeTable, session: Session) -> None:
    session.edit("server.ec2.root_volume_gb", 8.0)
    assert line(table.model(), "Root volume (gp3)")[3] == "0.64"
    model = table.model()
    assert all(table.isExpanded(model.index(row, 0)) for row in range(model.rowCount() - 1))


def test_markup_stays_text(panel: LinesPanel, table: ChargeTable) -> None:
    own = OwnLine(id="x", name=MARKUP, unit="<i>y</i>", usd=2.0)
    panel.show_study(study(changed(ARTICLE, own_lines=(own,)), BOOK))
    assert line(table.model(), MARKUP)[1:4] == ["1 <i>y</i>", "$2 / <i>y</i>", "2.00"]
    tip = _index(table, MARKUP).data(Qt.ItemDataRole.ToolTipRole)
    assert "1 <i>y</i> × $2 / <i>y</i> = $2.00" in _read(tip)


def test_columns_fit_their_words(table: ChargeTable) -> None:
    # What is right of the names is never cut at a usual width.
    metrics = table.fontMetrics()
    for column in range(1, 5):
        for cells in rows(table.model()):
            assert metrics.horizontalAdvance(cells[column]) < table.columnWidth(column)
    total = sum(table.columnWidth(column) for column in range(5))
    assert total <= table.viewport().width()


def test_a_narrow_window_shows_the_articles_lines_whole(window: MainWindow) -> None:
    table = window.lines.table
    window.resize(1024, 700)
    QApplication.processEvents()
    assert table.isColumnHidden(SOURCE)
    metrics = table.fontMetrics()
    for row in range(table.rows.rowCount()):
        part = table.rows.index(row, 0)
        for at in range(table.rows.rowCount(part)):
            index = table.rows.index(at, 0, part)
            cell = table.visualRect(index).width() + table.cells.room_beside(index)
            assert metrics.horizontalAdvance(index.data()) + 2 * PADDING <= cell
            for column in (QUANTITY, UNIT_PRICE, COST):
                text = index.siblingAtColumn(column).data()
                assert metrics.horizontalAdvance(text) + 2 * PADDING <= table.columnWidth(column)
    assert sum(map(table.columnWidth, range(5))) <= table.viewport().width()
    window.resize(1360, 880)
    QApplication.processEvents()
    assert not table.isColumnHidden(SOURCE)


def test_a_long_quantity_is_cut_before_the_unit_of_a_price(window: MainWindow) -> None:
    window.session.edit("server.option", "kubernetes")
    table = window.lines.table
    metrics = table.fontMetrics()
    for width in (1024, 1360):
        window.resize(width, 880)
        QApplication.processEvents()
        for cells in rows(table.model()):
            needed = metrics.horizontalAdvance(cells[UNIT_PRICE]) + 2 * PADDING
            assert needed <= table.columnWidth(UNIT_PRICE)


def test_in_too_narrow_a_table_no_figure_is_cut(panel: LinesPanel, table: ChargeTable) -> None:
    panel.resize(480, 440)
    metrics = table.fontMetrics()
    for cells in rows(table.model()):
        for column, text in ((UNIT_PRICE, cells[UNIT_PRICE].partition(" / ")[0]), (COST, cells[3])):
            assert metrics.horizontalAdvance(text) + 2 * PADDING <= table.columnWidth(column)


def test_the_table_has_a_name(table: ChargeTable) -> None:
    assert table.accessibleName() == "Lines"


def _read(tooltip: str) -> str:
    document = QTextDocument()
    document.setHtml(tooltip)
    return document.toPlainText()
