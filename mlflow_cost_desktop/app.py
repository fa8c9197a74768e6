"""Puts the desktop program together."""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mlflow_cost_desktop import __version__, paths
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.startup import fast_start, screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from mlflow_cost_desktop.gui.window.main_window import MainWindow
    from mlflow_cost_desktop.gui.window.windows import Windows

SAMPLES = {
    "The article's small team": "article-2024.mlcost",
    "Hobby": "hobby.mlcost",
    "Regulated team": "regulated.mlcost",
    "Large": "large.mlcost",
}
"""Sample files by the name of their menu line; the first is what opens at the start."""

NEEDED_AT_LAST = (
    "logging.handlers",
    "mlflow_cost_desktop.gui.dialogs.faults",
    # What is asked by itself once figures rest.
    "mlflow_cost_desktop.analysis.projection",
    "mlflow_cost_desktop.analysis.suggestions",
    "mlflow_cost_desktop.wording.flips",
)
"""Modules that a start does not load, and that may not be there any more when they are needed."""

LONGEST_START = 5000
"""Milliseconds after which a start is over, even where no chart has come into sight."""


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; the exit status is 2 where that is not possible here."""
    arguments = parser().parse_args(argv)
    fast_start.begin()
    try:
        with fast_start.loading_qt():
            screen.check_screen()  # the first to load Qt
        screen.install_fatal_handler()
        from PySide6.QtCore import QTimer

        from mlflow_cost_desktop.gui.dialogs.faults import Faults
        from mlflow_cost_desktop.gui.toolkit.background import end_background

        app = make_app()
        if arguments.check:
            _check(app, arguments.files)
            return 0
        windows = make_windows(app)
        window = windows.new()
        faults = Faults(paths.log_dir(), windows.keep_work)
        faults.install()
    except UserError as error:
        fast_start.end()
        print(error, file=sys.stderr)
        return screen.EXIT_STATUS
    end_start_with(window)
    QTimer.singleShot(LONGEST_START, fast_start.end)  # where no chart comes into sight
    QTimer.singleShot(LONGEST_START, load_ahead)
    window.show()
    try:
        windows.start(arguments.files)  # what is wrong with a file is said in the window
    except Exception as fault:  # as one in the event loop: told, and survived
        faults.tell(type(fault), fault, fault.__traceback__)
    status = app.exec()
    end_background()
    return status


def end_start_with(window: MainWindow) -> None:
    """End the start once a window has its charts.

    In a turn of the event loop of its own: what waits for quiet has had its time while pyqtgraph
    was loaded, and would come before the charts are painted.
    """
    from PySide6.QtCore import QTimer

    window.charts.filled.connect(lambda: QTimer.singleShot(0, fast_start.end))


def load_ahead() -> None:
    """Load what an edit, saving, closing and telling of a fault would load first.

    An upgrade may take the program's files away while its window is open: work must be saved then.
    """
    fast_start.load_rest_of_qt()
    for name in NEEDED_AT_LAST:
        importlib.import_module(name)


def _check(app: QApplication, files: Sequence[Path]) -> None:
    """Open the window and the files for a moment, and leave no traces. Raises UserError."""
    from mlflow_cost_desktop.gui.dialogs.faults import Faults

    # Nothing is asked about work that others have left, or files that they have open.
    with tempfile.TemporaryDirectory() as state:
        windows = make_windows(app, Path(state))
        windows.remembers_places = False
        window = windows.new()
        Faults(paths.log_dir(), windows.keep_work).install()
        for path in files:
            window.document.load(path)
        window.show()
        app.processEvents()
        window.close()


def make_app() -> QApplication:
    """The one QApplication, with the program's name."""
    from PySide6.QtCore import QLocale

    from mlflow_cost_desktop.gui.window.windows import Application

    # The words are English; figures and days are written as the reader's system does.
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    Application.setApplicationName("MLflow Cost")
    Application.setApplicationVersion(__version__)
    Application.setDesktopFileName("mlflow-cost-desktop")
    return Application(sys.argv[:1])


def make_windows(app: QApplication, state: Path | None = None) -> Windows:
    """The windows of the program, none of them made yet.

    Args:
        state: where recovery copies and locks of open files are kept; else in the user's folder.

    Raises:
        UserError: if a bundled file is missing or damaged.
    """
    from PySide6.QtCore import QLocale, Qt
    from PySide6.QtGui import QIcon

    from mlflow_cost_desktop.files.scenario_file import read_scenario
    from mlflow_cost_desktop.files.shipped_lists import read_plans
    from mlflow_cost_desktop.gui.document.session import Session
    from mlflow_cost_desktop.gui.toolkit.settings import Settings
    from mlflow_cost_desktop.gui.toolkit.system_locale import figures_of_locale
    from mlflow_cost_desktop.gui.toolkit.theme import Theme
    from mlflow_cost_desktop.gui.window.main_window import MainWindow
    from mlflow_cost_desktop.gui.window.windows import Application, Windows
    from mlflow_cost_desktop.model.scenario import Scenario
    from mlflow_cost_desktop.prices.providers import FIRST
    from mlflow_cost_desktop.prices.shelf import Shelf

    resources = paths.resources_dir()
    samples = {name: resources / "scenarios" / file for name, file in SAMPLES.items()}
    try:
        scenario = read_scenario(next(iter(samples.values()))).scenario
    except UserError:  # which is told where somebody asks for the sample
        scenario = Scenario()
    shelf = Shelf(paths.pricing_dir() / FIRST.id, fetched=paths.prices_dir())
    plans = read_plans(paths.pricing_dir() / "managed")
    figures = figures_of_locale(QLocale.system())
    settings = Settings(paths.settings_dir())
    app.setWindowIcon(QIcon(str(resources / "icons" / "app.svg")))
    theme = Theme(app, resources, settings.appearance)
    documents, state = paths.documents_dir(), state or paths.state_dir()

    def make() -> MainWindow:
        session = Session(shelf, scenario, plans, figures, settings.old_after_days)
        return MainWindow(session, theme, settings, samples, documents, state)

    windows = Windows(make, settings, state / "recovery")
    if isinstance(app, Application):
        # Queued: every window has heard of the change before it gets another font.
        app.system_changed.connect(theme.follow_font, Qt.ConnectionType.QueuedConnection)
        app.file_asked.connect(lambda path: windows.open([path]))
    return windows


def make_window(app: QApplication) -> MainWindow:
    """One window with the article's team in it, by itself. Raises UserError."""
    return make_windows(app).make()


def parser() -> argparse.ArgumentParser:
    """What may be typed: completions and man pages are made of it, too."""
    parser = argparse.ArgumentParser(
        prog="mlflow-cost-desktop", description="What it really costs to host MLflow yourself."
    )
    parser.add_argument("files", nargs="*", type=Path, help="scenarios (.mlcost) to open")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--check", action="store_true", help="open the window, close it at once, and exit"
    )
    return parser
