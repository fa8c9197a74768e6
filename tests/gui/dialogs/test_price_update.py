"""Prices updated in the window: fetched, looked at, taken over, gone back from; in all windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.gui.dialogs.price_update import PriceUpdateDialog
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from mlflow_cost_desktop.prices.editions import BUNDLED
from mlflow_cost_desktop.prices.shelf import Shelf
from tests.shared.loopback import Loopback, serving
from tests.shared.price_list import mlflow_servers, offer_path, write_list
from tests.support import PRICES

M5 = "ec2/m5.large/on_demand"


@pytest.fixture(autouse=True)
def _empty_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("prices", "downloads"):
        monkeypatch.setattr(paths, f"{name}_dir", lambda name=name: tmp_path / name)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[[str], Loopback]]:
    """Writes a list with another price of m5.large, and serves it."""
    with serving(tmp_path / "list") as loopback:

        def write(usd: str) -> Loopback:
            book = Shelf(PRICES / "aws").book("us-east-1")
            write_list(
                loopback.folder,
                [book],
                lambda key, old: Decimal(usd) if key == M5 else old,
                extra=mlflow_servers("0.6"),
            )
            return loopback

        yield write


def opened(window: MainWindow) -> PriceUpdateDialog:
    window.update_prices_action.trigger()
    (dialog,) = [one for one in window.findChildren(PriceUpdateDialog) if one.isVisible()]
    return dialog


def fetched(dialog: PriceUpdateDialog, where: str, qtbot: QtBot) -> None:
    dialog.copy.setText(where)
    qtbot.mouseClick(dialog.fetch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._job is None, timeout=30_000)


def texts(dialog: PriceUpdateDialog) -> list[str]:
    found: list[str] = []

    def gather(item: QTreeWidgetItem | None) -> None:
        assert item is not None
        found.append(" | ".join(filter(None, (item.text(column) for column in range(4)))))
        for at in range(item.childCount()):
            gather(item.child(at))

    root = dialog.report.list.invisibleRootItem()
    for at in range(root.childCount()):
        gather(root.child(at))
    return found


def test_fetch_see_the_scenario_move_take_over_and_revert(
    window: MainWindow, served: Callable[[str], Loopback], qtbot: QtBot
) -> None:
    assert window.summary.total.text() == "$659.86"
    dialog = opened(window)
    assert "bundled with version" in dialog.now.text() and not dialog.revert.isEnabled()
    assert dialog.about.text().startswith("About ") and "MB" in dialog.about.text()
    fetched(dialog, served("0.106").address, qtbot)
    assert dialog.report.effect.text() == "A month: $659.86 → $667.06"
    said = texts(dialog)
    assert "3 new, 1 changed, 0 gone" in said
    assert "EC2 · m5.large · on demand | $0.096 | $0.106 | +10.4 %" in said
    assert window.summary.total.text() == "$659.86"  # not before it is taken over
    window.session.edit("artifact_store.stored_gb", 700.0)
    qtbot.mouseClick(dialog.take_over, Qt.MouseButton.LeftButton)
    with_new_prices = window.summary.total.text()
    window.undo_action.trigger()  # a step from before the update is estimated anew
    assert window.summary.total.text() == "$667.06"
    window.redo_action.trigger()
    assert window.summary.total.text() == with_new_prices
    window.undo_action.trigger()
    assert window.session.saved_figures().price_book == window.session.study.price_book.edition
    again = opened(window)
    assert "fetched" in again.now.text()
    qtbot.mouseClick(again.revert, Qt.MouseButton.LeftButton)
    assert window.summary.total.text() == "$659.86"
    assert window.session.study.price_book.edition == BUNDLED
    assert not again.revert.isEnabled()


def test_a_question_is_answered_by_its_box(
    window: MainWindow, served: Callable[[str], Loopback], qtbot: QtBot
) -> None:
    dialog = opened(window)
    fetched(dialog, served("0.96").address, qtbot)
    assert dialog.report.effect.text() == "A month stays at $659.86"
    region = dialog.report.list.topLevelItem(0)
    assert region is not None
    asked = region.child(1)
    assert asked is not None
    assert asked.text(0) == "Only if you check it"
    question = asked.child(0)
    assert question is not None
    assert "$0.096 would become $0.96, a move beyond what is likely" in question.text(0)
    question.setCheckState(0, Qt.CheckState.Checked)
    assert dialog.report.effect.text() == "A month: $659.86 → $1,281.94"
    assert "3 new, 1 changed, 0 gone" in texts(dialog)
    question.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.mouseClick(dialog.take_over, Qt.MouseButton.LeftButton)
    assert window.summary.total.text() == "$659.86"


def test_canceled_nothing_changes_and_the_next_time_goes_on(
    window: MainWindow, served: Callable[[str], Loopback], qtbot: QtBot, tmp_path: Path
) -> None:
    loopback = served("0.106")
    file = loopback.folder / offer_path("AmazonRDS", "us-east-1")
    file.write_bytes(file.read_bytes() + b"\n" * 3_000_000)  # blank lines say nothing
    loopback.delay = 0.05
    dialog = opened(window)
    dialog.copy.setText(loopback.address)
    qtbot.mouseClick(dialog.fetch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Fetching AmazonRDS" in dialog.doing.text(), timeout=30_000)
    assert dialog.progress.isVisible() and not dialog.fetch.isEnabled()

    def some_has_come() -> bool:
        parts = (tmp_path / "downloads").glob("*.part")
        return any(0 < part.stat().st_size < file.stat().st_size for part in parts)

    qtbot.waitUntil(some_has_come, timeout=30_000)
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._job is None, timeout=30_000)
    assert dialog.problem.text().startswith("Canceled. Nothing was changed")
    loopback.delay = 0.0
    fetched(dialog, loopback.address, qtbot)
    assert dialog.report.effect.text() == "A month: $659.86 → $667.06"
    assert any(wanted for _, path, wanted in loopback.asked if "AmazonRDS" in path)


def test_a_silent_server_is_left_within_a_second(
    window: MainWindow, served: Callable[[str], Loopback], qtbot: QtBot
) -> None:
    loopback = served("0.106")
    loopback.silent = {"AmazonRDS/current/region_index.json": 0}
    dialog = opened(window)
    dialog.copy.setText(loopback.address)
    qtbot.mouseClick(dialog.fetch, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "AmazonRDS" in dialog.doing.text(), timeout=30_000)
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._job is None, timeout=2_000)
    assert dialog.problem.text().startswith("Canceled. Nothing was changed")
    loopback.silent = {}
    fetched(dialog, loopback.address, qtbot)  # no lock is left
    assert dialog.report.effect.text() == "A month: $659.86 → $667.06"


def test_no_network_is_said_in_the_dialog(window: MainWindow, qtbot: QtBot) -> None:
    dialog = opened(window)
    assert "Not updated: Spot prices" in dialog.intro.text()
    fetched(dialog, "http://127.0.0.1:9", qtbot)
    assert "broke off: Connection refused" in dialog.problem.text()
    assert dialog.fetch.isEnabled() and not dialog.report.isVisible()
    fetched(dialog, "/nowhere", qtbot)
    assert "There is no price list at “/nowhere”" in dialog.problem.text()


def test_a_list_of_which_nothing_can_be_used(
    window: MainWindow, served: Callable[[str], Loopback], qtbot: QtBot
) -> None:
    loopback = served("0.106")
    loopback.instead = {".csv": b"<html>Sign in</html>"}
    dialog = opened(window)
    fetched(dialog, loopback.address, qtbot)
    assert "Nothing of the price list could be used" in dialog.problem.text()
    assert "web page" in dialog.problem.text()


def test_regions_of_other_windows_are_offered_and_all_windows_follow(
    windows: Windows, served: Callable[[str], Loopback], qtbot: QtBot
) -> None:
    first, second = windows.open_windows[0], windows.show_new()
    second.session.edit("region_id", "eu-west-1")
    dialog = opened(first)
    assert [dialog.regions.itemText(at) for at in range(dialog.regions.count())] == [
        "This one: US East (N. Virginia)",
        "Those of open and recent scenarios (2)",
        f"All {len(first.session.shelf.regions)}",
    ]
    assert dialog.regions.itemData(1) == ["eu-west-1", "us-east-1"]
    second.session.edit("region_id", "us-east-1")
    fetched(dialog, served("0.106").address, qtbot)
    qtbot.mouseClick(dialog.take_over, Qt.MouseButton.LeftButton)
    for window in (first, second):
        assert window.summary.total.text() == "$667.06"


def test_the_limit_is_a_setting_and_old_prices_say_so(window: MainWindow, qtbot: QtBot) -> None:
    assert window.tool_bar.prices.text().startswith("Prices 20")
    dialog = opened(window)
    assert dialog.days.value() == 90
    dialog.days.setValue(5)
    assert window.settings.old_after_days == 5
    assert window.tool_bar.prices.text() == "Prices up to 10 days old"
    assert window.summary.details.text().startswith("prices up to 10 days old · ")
    assert "Prices up to 10 days old" in window.tool_bar.prices.accessibleDescription()
    dialog.days.setValue(90)
    assert window.tool_bar.prices.text().startswith("Prices 20")
