"""Pictures of every tab, option and dialog, in both themes and four sizes, to be looked at.

    xvfb-run -a -s "-screen 0 2600x1500x24" .venv/bin/python tools/screenshots.py FOLDER

`--only WORD …` keeps to pictures whose names hold all of the words: `--only dark 1024 labor`.
Those named "large-font" are of a system with a very large font.
README shows the light ones at 1360x880 of the server's first option, docs/screenshot.png, and of
uncertainty, docs/uncertainty.png.
A second run of itself at 200 % follows. Settings and recovery copies go to a folder that is
thrown away; the user's own are not touched.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QApplication, QDialog

from mlflow_cost_desktop import app, paths
from mlflow_cost_desktop.analysis.suggested_ranges import suggested_ranges
from mlflow_cost_desktop.files.shipped_lists import read_ranges
from mlflow_cost_desktop.gui.answer.views import OVER_TIME, THIS_MONTH, UNCERTAINTY
from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.toolkit.theme import Appearance
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.growth import Growth

THEMES: tuple[Appearance, ...] = ("light", "dark")
SIZES = ((1024, 700), (1360, 880), (1920, 1080), (2560, 1440))
USUAL = (1360, 880)
LARGE_FONT = 24
"""Points."""

GROWTH = (
    Growth(path="artifact_store.stored_gb", amount=60.0, kept_months=24.0),
    Growth(path="team.users", amount=3.0, per="year"),
    Growth(path="labor.platform_engineer_usd", by="percent", amount=3.0, per="year"),
)
"""What changes in pictures of the view over time."""


def main(folder: Path, words: Collection[str]) -> None:
    """All pictures with the words in their names; at 200 % only those of the usual size."""
    scale = os.environ.get("QT_SCALE_FACTOR", "")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept:
        for name in ("settings_dir", "state_dir", "documents_dir", "log_dir"):
            setattr(paths, name, lambda: Path(kept))
        made = app.make_app()
        window = app.make_window(made)
        window.show()
        for theme in THEMES:
            window.theme.choose(theme)
            if not scale:
                _first_start(made, window, folder, theme, words)
            window.hints.hide()
            for width, height in (USUAL,) if scale else SIZES:
                window.resize(width, height)
                name = f"{theme}-{width}x{height}{scale and '@2x'}"
                _tabs(made, window, folder, name, words)
            if not scale:
                _dialogs(made, window, folder, theme, words)
                _large_font(made, window, folder, theme, words)
        window.session.mark_saved(window.session.scenario)
        window.close()
    if not scale:
        again = {**os.environ, "QT_SCALE_FACTOR": "2"}
        subprocess.run([sys.executable, *sys.argv], check=True, env=again)


def _is_wanted(name: str, words: Collection[str]) -> bool:
    return all(word in name for word in words)


def _first_start(
    made: QApplication, window: MainWindow, folder: Path, theme: str, words: Collection[str]
) -> None:
    """As a new user meets the window; the other pictures are without hints."""
    picture = f"{theme}-first-start.png"
    if _is_wanted(picture, words):
        window.resize(*USUAL)
        window.hints.start()
        _settle(made)
        _save(window, folder / picture)


def _large_font(
    made: QApplication, window: MainWindow, folder: Path, theme: str, words: Collection[str]
) -> None:
    """With a very large font, which comes while the program runs."""
    usual = made.font()
    made.setFont(QFont(usual.family(), LARGE_FONT))
    _settle(made)
    for width, height in SIZES[:2]:
        window.resize(width, height)
        _tabs(made, window, folder, f"{theme}-{width}x{height}-large-font", words)
    made.setFont(usual)
    _settle(made)


def _tabs(
    made: QApplication, window: MainWindow, folder: Path, name: str, words: Collection[str]
) -> None:
    for at, tab in enumerate(TABS):
        for option in _options(window, tab):
            picture = f"{name}-{tab}{option and f'-{option}'}.png"
            if _is_wanted(picture, words):
                window.tab_bar.setCurrentIndex(at)
                window.inputs.tab(tab).suggestions.refresh()  # otherwise only once nobody types
                _settle(made)
                _save(window, folder / picture)
    window.tab_bar.setCurrentIndex(0)
    picture = f"{name}-over-time.png"
    if _is_wanted(picture, words):
        window.session.edit("growth", GROWTH, "Grow")
        window.views.open(OVER_TIME)
        _settle(made)
        _save(window, folder / picture)
        window.views.open(THIS_MONTH)
        window.session.undo_stack.undo()
    picture = f"{name}-uncertainty.png"
    if _is_wanted(picture, words):
        scenario, book = window.session.scenario, window.session.study.price_book
        known = read_ranges(paths.resources_dir())
        window.session.edit("ranges", suggested_ranges(scenario, book, known), "Suggest ranges")
        window.views.open(UNCERTAINTY)
        _settle(made)
        _save(window, folder / picture)
        window.views.open(THIS_MONTH)
        window.session.undo_stack.undo()
    picture = f"{name}-compare.png"
    if _is_wanted(picture, words):
        _compare(made, window, folder / picture)


def _compare(made: QApplication, window: MainWindow, picture: Path) -> None:
    """This scenario beside another region, a sample and a plan."""
    window.compared.add_region("eu-central-1", "Europe (Frankfurt)")
    window.compare_files([window.samples[name] for name in list(window.samples)[1:2]])
    window.compared.add_plan("sagemaker_small", "SageMaker MLflow Small")
    _settle(made)
    _save(window, picture)
    for wanted in window.compared.wanted:
        window.compared.remove(wanted)
    window.views.open(THIS_MONTH)


def _options(window: MainWindow, tab: str) -> Iterator[str]:
    """Choose each way to host a part in turn, then the first again; "" where there is none."""
    component = getattr(window.session.scenario, tab, None)
    path = f"{tab}.option"
    if component is None or not hasattr(component, "option"):
        yield ""
        return
    before = component.option
    for option in specs(type(component))["option"].choices:
        window.session.edit(path, option)
        yield option
    window.session.edit(path, before)


def _dialogs(
    made: QApplication, window: MainWindow, folder: Path, theme: str, words: Collection[str]
) -> None:
    if not _is_wanted(f"{theme}-dialog", words):
        return
    window.resize(*USUAL)
    window.session.edit("usage.hours", 160.0)
    for action in _asking(window):
        known = set(window.findChildren(QDialog))
        action.trigger()
        _settle(made)
        for dialog in set(window.findChildren(QDialog)) - known:
            if dialog.isVisible():
                title = dialog.windowTitle().replace(" ", "-").replace("?", "")
                _save(dialog, folder / f"{theme}-dialog-{title}.png")
            dialog.close()
            dialog.deleteLater()
        _settle(made)
    window.session.edit("usage.hours", 720.0)


def _asking(window: MainWindow) -> list[QAction]:
    return [
        window.new_action,
        window.prices_action,
        window.rates_action,
        window.lines_action,
        window.help_action,
        window.keys_action,
        window.about_action,
    ]


def _settle(made: QApplication) -> None:
    """Until plans and offers, which wait for figures to rest, and answers of threads are there."""
    until, quiet = time.monotonic() + 0.35, 0
    while time.monotonic() < until or quiet < 40:
        began = time.monotonic()
        made.processEvents()
        quiet = quiet + 1 if time.monotonic() - began < 0.005 else 0
        time.sleep(0.01)


def _save(widget: MainWindow | QDialog, path: Path) -> None:
    if not widget.grab().save(str(path)):
        sys.exit(f"{path} could not be written")
    print(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(usage=(__doc__ or "").replace("%", "%%"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="+", default=())
    asked = parser.parse_args()
    main(asked.folder, asked.only)
