"""What is done from the table of lines: search, collapse, copy, details, and leading to inputs."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.exports.clipboard import CHARGE_HEADINGS
from mlflow_cost_desktop.exports.terminal.about import ABOUT_COLUMNS
from mlflow_cost_desktop.exports.terminal.estimate import CHARGE_COLUMNS
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.lines.panel import LinesPanel
from mlflow_cost_desktop.model.own import OwnLine
from tests.gui.conftest import MakeWindow
from tests.gui.helpers import line, rows, study
from tests.support import ARTICLE, BOOK, NOTHING, changed, own_rate


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> LinesPanel:
    made = LinesPanel()
    qtbot.addWidget(made)
    made.resize(880, 440)
    session.study_changed.connect(made.show_study)
    session.show_again()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def choose(panel: LinesPanel, name: str) -> QModelIndex:
    """Turn to a line by its name's beginning."""
    model = panel.table.rows
    (found,) = model.match(
        model.index(0, 0),
        Qt.ItemDataRole.DisplayRole,
        name,
        1,
        Qt.MatchFlag.MatchStartsWith | Qt.MatchFlag.MatchRecursive,
    )
    panel.table.setFocus()
    panel.table.setCurrentIndex(found)
    return found


def cells(panel: LinesPanel) -> list[tuple[str, str]]:
    return [(row[0], row[3]) for row in rows(panel.table.rows)]


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


# --- Search -------------------------------------------------------------------


def test_search_keeps_lines_with_all_words_and_adds_them_up(
    qtbot: QtBot, panel: LinesPanel
) -> None:
    qtbot.keyClicks(panel.search_box, "AWS storage")
    assert cells(panel) == [
        ("Metadata store", "2.30"),
        ("Storage (gp2, Single-AZ)", "2.30"),
        ("Artifact store", "23.55"),
        ("S3 Standard storage (first 50 TB)", "23.55"),
        ("Total of 2 lines found", "25.85"),
    ]
    qtbot.keyClick(panel.search_box, Qt.Key.Key_Escape)
    assert panel.search_box.text() == ""
    assert cells(panel)[-1] == ("Total a month", "659.86")


def test_search_finds_skus_and_says_when_nothing_is_found(panel: LinesPanel) -> None:
    panel.search_box.setText("on_demand ec2/")
    assert [name for name, _ in cells(panel)][1] == "Instance hours (m5.large, on demand)"
    panel.search_box.setText("nowhere")
    assert cells(panel) == [("No line found", "0.00")]


def test_enter_in_the_search_leads_to_the_first_line_found(qtbot: QtBot, panel: LinesPanel) -> None:
    panel.search()
    qtbot.keyClicks(panel.search_box, "gp2")
    qtbot.keyClick(panel.search_box, Qt.Key.Key_Return)
    assert panel.table.hasFocus()
    assert panel.table.currentIndex().data() == "Storage (gp2, Single-AZ)"


# --- Opening and closing ------------------------------------------------------


def test_parts_close_by_key_and_stay_closed(
    qtbot: QtBot, panel: LinesPanel, session: Session
) -> None:
    choose(panel, "Metadata store")
    qtbot.keyClick(panel.table, Qt.Key.Key_Left)
    assert panel.table.collapsed_parts == {"metadata_store"}
    session.edit("server.ec2.root_volume_gb", 8.0)  # another line: laid out anew
    metadata = choose(panel, "Metadata store")
    assert not panel.table.isExpanded(metadata)
    panel.search_box.setText("gp2")  # what is found is seen
    assert panel.table.isExpanded(choose(panel, "Metadata store"))
    panel.search_box.clear()
    assert not panel.table.isExpanded(choose(panel, "Metadata store"))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert panel.table.collapsed_parts == set()


def test_all_parts_close_and_open_at_once(panel: LinesPanel) -> None:
    panel.collapse_action.trigger()
    model = panel.table.rows
    assert not any(panel.table.isExpanded(model.index(row, 0)) for row in range(model.rowCount()))
    panel.expand_action.trigger()
    assert panel.table.collapsed_parts == set()


def test_what_settings_name_and_is_no_part_is_left_out(panel: LinesPanel) -> None:
    panel.table.collapse_parts(("server", "cellar", ""))
    assert panel.table.collapsed_parts == {"server"}
    assert not panel.table.isExpanded(choose(panel, "Server"))


def test_closed_parts_are_closed_at_the_next_start(make_window: MakeWindow) -> None:
    window = make_window()
    window.lines.table.collapse(window.lines.table.rows.index(0, 0))
    again = make_window()
    assert again.lines.table.collapsed_parts == {"server"}
    assert not again.lines.table.isExpanded(again.lines.table.rows.index(0, 0))


def test_an_edit_that_adds_a_line_keeps_the_chosen_line(
    panel: LinesPanel, session: Session
) -> None:
    choose(panel, "Storage (gp2")
    session.edit("server.ec2.root_volume_gb", 8.0)
    assert panel.table.currentIndex().data() == "Storage (gp2, Single-AZ)"
    assert [c.description for c in panel.table.chosen_charges()] == ["Storage (gp2, Single-AZ)"]


# --- Costs --------------------------------------------------------------------


def test_cash_in_the_first_month(panel: LinesPanel, session: Session) -> None:
    session.edit("server.ec2.purchase", "reserved")
    session.edit("server.ec2.payment", "all_upfront")
    upfront = next(c for c in session.study.estimate.charges if "Upfront" in c.description)
    assert line(panel.table.rows, "Upfront")[3] == f"{float(upfront.effective_cost):,.2f}"
    panel.basis_box.setCurrentIndex(1)
    heading = panel.table.rows.headerData(3, Qt.Orientation.Horizontal)
    assert heading == "$ in month 1"
    assert line(panel.table.rows, "Upfront")[3] == f"{float(upfront.billed_cost):,.2f}"
    assert cells(panel)[-1] == ("Total", f"{float(session.study.estimate.billed_cost):,.2f}")


def test_costs_in_another_currency_and_unit_prices_in_dollars(panel: LinesPanel) -> None:
    euros = changed(
        ARTICLE, currency__code="EUR", currency__per_usd=0.5, currency__date="2026-11-01"
    )
    panel.show_study(study(euros, BOOK))
    rows = panel.table.rows
    assert rows.headerData(3, Qt.Orientation.Horizontal) == "€ / month"
    # $69.12 a month at $0.096 an hour.
    assert line(rows, "Instance hours (m5.large")[2:4] == ["$0.096 / h", "34.56"]
    assert cells(panel)[-1] == ("Total a month", "329.93")
    total = rows.index(rows.rowCount() - 1, 1)
    assert total.data() == "$1 = €0.5, 2026-11-01"


def test_small_unit_prices_keep_all_their_digits(panel: LinesPanel) -> None:
    own = changed(ARTICLE, own_rates=(own_rate("ec2/m5.large/on_demand", (0.0, 0.0000166667)),))
    panel.resize(500, 400)
    panel.show_study(study(own, BOOK))
    assert line(panel.table.rows, "Instance hours (m5.large")[2] == "$0.0000166667 / h"
    needed = panel.table.fontMetrics().horizontalAdvance("$0.0000166667")
    assert panel.table.columnWidth(2) > needed


# --- What the reader should know ----------------------------------------------


def test_details_of_the_current_line(panel: LinesPanel) -> None:
    panel.details_action.trigger()
    assert panel.details.text() == "Choose a line to see its arithmetic."
    choose(panel, "Instance hours (m5.large")
    words = panel.details.text()
    assert "1 instance × 720 h × $0.096 / h = $69.12" in words
    assert "\nAWS price list · " in words
    assert "github" not in words and "KARP" not in words, "a reader's words, not the collector's"
    choose(panel, "Set-up")
    assert "\ndefault rate: BLS" in panel.details.text()
    panel.details_action.trigger()
    assert not panel.details.isVisible()


def test_details_end_in_the_currency_that_is_shown(panel: LinesPanel) -> None:
    yen = changed(
        ARTICLE,
        discount=10.0,
        currency__code="JPY",
        currency__per_usd=156.5,
        currency__date="2026-11-01",
    )
    panel.show_study(study(yen, BOOK))
    panel.details_action.trigger()
    choose(panel, "Instance hours (m5.large")
    words = panel.details.text()
    assert (
        "1 instance × 720 h × $0.096 / h × (1 − 10 % [negotiated]) × JPY 156.5 / $ = JPY 9,736\n"
        in words
    )
    assert "On demand at list price: JPY 10,817 · contracted: JPY 9,736" in words


def test_a_discounted_line_says_its_costs(panel: LinesPanel) -> None:
    panel.show_study(study(changed(ARTICLE, discount=10.0), BOOK))
    index = choose(panel, "Instance hours (m5.large")
    assert "list price: $69.12 · contracted: $62.21 · effective: $62.21" in str(
        index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    )


def test_a_line_without_a_price_warns_at_the_line(panel: LinesPanel) -> None:
    panel.show_study(study(ARTICLE, NOTHING))
    index = choose(panel, "Instance hours (m5.large")
    assert panel.table.rows.sign(index) is not None
    assert "has no known price" in str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
    panel.show_study(study(ARTICLE, BOOK))
    assert panel.table.rows.sign(choose(panel, "Instance hours (m5.large")) is None


# --- Copy ---------------------------------------------------------------------


def test_the_chosen_lines_are_copied_for_a_spreadsheet(qtbot: QtBot, panel: LinesPanel) -> None:
    choose(panel, "Storage (gp2")
    qtbot.keyClick(panel.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    header, only, empty, (grounds,) = (text.split("\t") for text in clipboard().splitlines())
    assert empty == [""]  # rows stay as they are for whoever computes with them
    for told in ("US East (N. Virginia) (us-east-1)", "month of 720 h", "AWS price list, at most"):
        assert told in grounds
    assert "USD" in grounds and "Not included: " in grounds
    assert header == list(CHARGE_HEADINGS)
    assert only[:7] == [
        "Metadata store", "Storage (gp2, Single-AZ)", "20", "GB-month", "0.115", "2.3", "2.3",
    ]  # fmt: skip


def test_a_part_stands_for_its_lines_and_nothing_for_all(panel: LinesPanel) -> None:
    choose(panel, "Metadata store")
    assert len(panel.table.chosen_charges()) == 2
    panel.table.clearSelection()
    panel.copy_csv_action.trigger()
    table = list(csv.reader(clipboard().splitlines()))
    assert tuple(table[0]) == (*CHARGE_COLUMNS, *ABOUT_COLUMNS)
    assert len(table) == 1 + len(panel.table.rows.charges())


def test_no_cell_becomes_a_formula(panel: LinesPanel) -> None:
    bad = OwnLine(id="x", name="=1+1\tx", unit="@y", usd=2.0)
    panel.show_study(study(changed(ARTICLE, own_lines=(bad,)), BOOK))
    choose(panel, "=1+1")
    panel.copy_action.trigger()
    assert clipboard().splitlines()[1].split("\t")[1:4] == ["'=1+1 x", "1", "'@y"]
    panel.copy_csv_action.trigger()
    assert "'=1+1 x" in clipboard() and ",=1" not in clipboard()


# --- Ways out -----------------------------------------------------------------


def test_a_line_leads_to_its_part_or_its_field(qtbot: QtBot, panel: LinesPanel) -> None:
    choose(panel, "S3 Standard storage")
    with qtbot.waitSignal(panel.input_requested) as asked:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert asked.args is not None and asked.args[0] == "artifact_store"


def test_a_line_of_zero_leads_to_an_input_in_sight(qtbot: QtBot, panel: LinesPanel) -> None:
    panel.show_zero_lines(True)
    choose(panel, "Root volume IOPS")
    with qtbot.waitSignal(panel.input_requested) as asked:
        panel.open_action.trigger()
    assert asked.args == ["server", "server.ec2.root_volume_gb"], "there is no volume yet"


def test_a_double_click_leads_to_an_own_line(qtbot: QtBot, panel: LinesPanel) -> None:
    own = OwnLine(id="vpn", name="VPN", usd=2.0)
    panel.show_study(study(changed(ARTICLE, own_lines=(own,)), BOOK))
    index = choose(panel, "VPN")
    middle = panel.table.visualRect(index).center()
    with qtbot.waitSignal(panel.line_requested) as asked:
        qtbot.mouseDClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert asked.args == ["vpn"]


def test_what_can_be_done_with_a_line(panel: LinesPanel) -> None:
    own = changed(
        ARTICLE,
        own_lines=(OwnLine(id="vpn", name="VPN", usd=2.0),),
        own_rates=(own_rate("rds_storage/gp2/single_az", (0.0, 0.1)),),
    )
    panel.show_study(study(own, BOOK))

    def able(name: str) -> tuple[bool, bool, bool]:
        choose(panel, name)
        return (
            panel.rate_action.isEnabled(),
            panel.back_action.isEnabled(),
            panel.duplicate_action.isEnabled(),
        )

    assert able("Instance hours (m5.large") == (True, False, False)
    assert able("Storage (gp2") == (True, True, False)
    assert able("VPN") == (True, True, True)
    assert able("Security patches") == (False, False, False)  # its rate is a field
    assert able("Server") == (False, False, False)


def test_the_pointer_names_its_part(qtbot: QtBot, panel: LinesPanel) -> None:
    index = choose(panel, "S3 Standard storage")
    with qtbot.waitSignal(panel.part_hovered) as told:
        qtbot.mouseMove(panel.table.viewport(), panel.table.visualRect(index).center())
    assert told.args == ["artifact_store"]
    with qtbot.waitSignal(panel.part_hovered) as told:
        qtbot.mouseMove(panel.table.viewport(), QPoint(5, panel.table.viewport().height() - 2))
    assert told.args != ["artifact_store"]


def test_a_part_lights_up(panel: LinesPanel) -> None:
    index = choose(panel, "Network")
    panel.table.setCurrentIndex(QModelIndex())
    spot = panel.table.visualRect(index).center() + QPoint(200, 0)
    plain = panel.table.viewport().grab().toImage().pixelColor(spot)
    panel.highlight_part("network")
    assert panel.table.viewport().grab().toImage().pixelColor(spot) != plain
    panel.highlight_part("")
    assert panel.table.viewport().grab().toImage().pixelColor(spot) == plain
