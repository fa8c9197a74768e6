"""The licenses of all that is shipped can be read, and newer versions are found."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.dialogs.about import AboutDialog, versions
from mlflow_cost_desktop.gui.dialogs.licenses import LicensesDialog, words_of
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.paths import resources_dir
from mlflow_cost_desktop.startup import shipped
from tests.gui.conftest import MakeWindow


def test_about_leads_to_every_license(window: MainWindow, qtbot: QtBot) -> None:
    window.about_action.trigger()
    (about,) = window.findChildren(AboutDialog)
    qtbot.mouseClick(about.licenses, Qt.MouseButton.LeftButton)
    (dialog,) = about.findChildren(LicensesDialog)
    works = shipped.works(resources_dir())
    assert dialog.list.count() == len(works)
    for row, work in enumerate(works):
        dialog.list.setCurrentRow(row)
        assert dialog.list.item(row).text().startswith(work.name)
        assert dialog.text.toPlainText() == words_of(work)


def test_build_date_is_told_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "built" not in versions()
    monkeypatch.setattr(
        "mlflow_cost_desktop.gui.dialogs.about.build_date", lambda resources: "2026-11-28"
    )
    assert "built 2026-11-28" in versions().splitlines()[0]


def help_entries(window: MainWindow) -> list[str]:
    menu = next(menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "&Help")
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if action.isVisible()]


def test_updates_are_offered_only_where_there_is_a_page(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ""
    monkeypatch.setattr("mlflow_cost_desktop.startup.shipped.releases_page", lambda: page)
    monkeypatch.setattr("mlflow_cost_desktop.gui.dialogs.licenses.releases_page", lambda: page)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    assert "Check for &updates…" not in help_entries(make_window())
    page = "https://example.invalid/releases"
    window = make_window()
    assert "Check for &updates…" in help_entries(window)
    window.updates_action.trigger()
    assert opened == [QUrl(page)]
