"""Windows for the tests: the real one, and a session for single views."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QRect, Qt, QThreadPool
from PySide6.QtGui import QPalette, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.files.preferences import DAYS
from mlflow_cost_desktop.files.scenario_file import read_scenario
from mlflow_cost_desktop.files.shipped_lists import read_plans
from mlflow_cost_desktop.gui.answer.alternatives import AlternativesView
from mlflow_cost_desktop.gui.answer.compare import CompareView
from mlflow_cost_desktop.gui.answer.over_time import OverTimeView
from mlflow_cost_desktop.gui.answer.uncertainty import UncertaintyView
from mlflow_cost_desktop.gui.dialogs.opener import Dialogs
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.toolkit.system_locale import figures_of_locale
from mlflow_cost_desktop.gui.toolkit.theme import Theme
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.gui.window.windows import Windows
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.shelf import Shelf
from mlflow_cost_desktop.wording.price_age import Reading
from tests.support import ARTICLE, PRICES

MakeWindow = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def _english_figures(
    qapp: QApplication,
) -> Iterator[None]:
    """The locale that `app.make_app` sets."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(before)


@pytest.fixture(autouse=True)
def _fixed_prices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows read the prices of the tests, so that new prices change nothing here."""
    monkeypatch.setattr(paths, "pricing_dir", lambda: PRICES)


@pytest.fixture(autouse=True)
def _new_prices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The prices of the tests are of today, whatever the clock says."""
    day = date(2025, 11, 1)
    monkeypatch.setattr(Reading, "now", lambda limit=DAYS: Reading(day, limit))


@pytest.fixture(autouse=True)
def _no_button_held(
    qapp: QApplication,
) -> Iterator[None]:
    """Let go of what a test has pressed: the next one would take the keyboard for a click."""
    yield
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
        if QApplication.mouseButtons() & button:
            QTest.mouseRelease(QWidget(), button)


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    """The price books of the tests, read once."""
    return Shelf(PRICES / "aws")


@pytest.fixture
def session(shelf: Shelf) -> Iterator[Session]:
    """A session with the article's team, at the prices of the tests."""
    made = Session(shelf, ARTICLE)
    yield made
    made.undo_stack.clear()  # PySide frees its commands twice with their owner


class Desk(QWidget):
    """What dialogs and a view of a scenario stand on, where nothing else of the window matters."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.dialogs = Dialogs(session, self)
        self._column = QVBoxLayout(self)
        self.resize(900, 700)

    def put(self, view: AlternativesView | CompareView | OverTimeView | UncertaintyView) -> None:
        """Put a view there, which hears of the scenario and edits it from now on."""
        self._column.addWidget(view)
        if not isinstance(view, CompareView):
            view.edited.connect(self.session.edit)
        self.session.study_changed.connect(view.show_study)
        view.show_study(self.session.study)


@pytest.fixture(scope="session")
def plans() -> tuple[ManagedPlan, ...]:
    """The managed plans of the tests, read once."""
    return read_plans(PRICES / "managed")


@pytest.fixture(scope="session")
def sample() -> Scenario:
    """What a window shows at the start, read once."""
    return read_scenario(paths.resources_dir() / "scenarios" / "article-2024.mlcost").scenario


@pytest.fixture
def desk(
    qapp: QApplication,
    qtbot: QtBot,
    shelf: Shelf,
    sample: Scenario,
    plans: tuple[ManagedPlan, ...],
) -> Iterator[Desk]:
    """A desk with the article's team and all plans, in the program's look."""
    theme = Theme(qapp, paths.resources_dir(), "system")
    made = Desk(Session(shelf, sample, plans))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    made.session.undo_stack.clear()  # as above
    leave_look(qapp, theme)


def leave_look(app: QApplication, *themes: Theme) -> None:
    """Give the application back the look that it had before the program's."""
    for theme in themes:
        theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    app.setStyleSheet("")
    app.setPalette(QPalette())


@pytest.fixture
def in_locale(shelf: Shelf) -> Iterator[Callable[[str], Session]]:
    """Makes a session whose reader's system writes figures as a locale does."""
    made: list[Session] = []

    def make(locale: str) -> Session:
        made.append(Session(shelf, ARTICLE, figures=figures_of_locale(QLocale(locale))))
        return made[-1]

    yield make
    for session in made:
        session.undo_stack.clear()


@pytest.fixture
def make_window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeWindow]:
    """Makes the program's window, with settings, state and documents in a folder of the test."""
    documents = tmp_path / "documents"
    documents.mkdir()
    monkeypatch.setattr(paths, "settings_dir", lambda: tmp_path / "settings")
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setattr(paths, "documents_dir", lambda: documents)
    windows: list[MainWindow] = []

    def make() -> MainWindow:
        window = app.make_window(qapp)
        windows.append(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    yield make
    QThreadPool.globalInstance().waitForDone()
    for window in windows:
        window.session.mark_saved(window.session.scenario)  # or closing asks
        window.close()
        window.deleteLater()
    leave_look(qapp, *(window.theme for window in windows))


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """The program's window as it comes up at the start."""
    return make_window()


@pytest.fixture
def windows(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Windows]:
    """The program's windows, the first of them open."""
    (tmp_path / "documents").mkdir()
    for name in ("settings", "state", "documents"):
        monkeypatch.setattr(paths, f"{name}_dir", lambda name=name: tmp_path / name)
    # Larger than the offscreen one: there is room for several windows of the usual size.
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _: QRect(0, 0, 1920, 1080))
    made = app.make_windows(qapp)
    themes = [made.show_new().theme]
    yield made
    for window in list(made.open_windows):
        window.session.mark_saved(window.session.scenario)  # or closing asks
        window.close()
    for theme in themes:
        theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setStyleSheet("")
