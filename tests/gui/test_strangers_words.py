"""A file from a stranger can put words on the screen, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.handbook import handbook
from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.scenario_file import write_scenario
from mlflow_cost_desktop.gui.toolkit.problem import message_box
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.managed_plan import ManagedPlan
from mlflow_cost_desktop.model.own import OwnLine
from tests.gui.helpers import MARKUP, rows
from tests.gui.helpers import message_box as shown_message
from tests.support import ARTICLE, changed, own_rate

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TASK = ARTICLE.labor.tasks[0].model_copy(update={"id": "bad", "name": MARKUP})
NASTY = changed(
    ARTICLE,
    name=f"{MARKUP}../../etc/passwd",
    author=MARKUP,
    labor__tasks=(TASK,),
    own_lines=(
        OwnLine(id="a", name=MARKUP, unit=MARKUP[:30], usd=3.0),
        OwnLine(id="b", name="=HYPERLINK(1)", unit="@x", usd=3.0),
    ),
    own_rates=(own_rate("s3/standard/storage", (0.0, 0.5)),),
)


@pytest.fixture
def nasty(window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window with a stranger's file, every tab of it shown once."""
    path = tmp_path / "<b>x & [*].mlcost"
    figures = figures_of(estimate(NASTY, window.session.study.price_book))
    write_scenario(path, NASTY, figures.model_copy(update={"effective_cost": 1.0}))
    window.document.open(path)
    for index in range(window.tab_bar.count()):
        window.tab_bar.setCurrentIndex(index)
    return window


def _as_markup(label: QLabel) -> bool:
    if label.textFormat() == Qt.TextFormat.PlainText:
        return False
    return "<b>x</b>" in label.text()


def test_no_label_and_no_tooltip_takes_a_name_for_markup(nasty: MainWindow) -> None:
    assert MARKUP in "".join(label.text() for label in nasty.findChildren(QLabel))
    assert [label.text() for label in nasty.findChildren(QLabel) if _as_markup(label)] == []
    for widget in nasty.findChildren(QWidget):
        assert "<b>x</b>" not in widget.toolTip(), widget
    for action in nasty.findChildren(QAction):
        assert "<b>x</b>" not in action.toolTip() or action.parent() is nasty.recent_files, action


def test_cells_and_their_tooltips_hold_words(nasty: MainWindow) -> None:
    model = nasty.lines.table.model()
    assert any(MARKUP in cells[0] for cells in rows(model))
    parts = [model.index(row, 0) for row in range(model.rowCount())]
    tips = [
        model.index(line, column, part).data(Qt.ItemDataRole.ToolTipRole) or ""
        for part in parts
        for line in range(model.rowCount(part))
        for column in range(model.columnCount(part))
    ]
    assert any("&lt;b&gt;x&lt;/b&gt;" in tip for tip in tips)
    assert [tip for tip in tips if "<b>x</b>" in tip] == []


def test_a_step_named_after_a_strangers_words_is_a_menu_line(nasty: MainWindow) -> None:
    nasty.session.edit("labor.tasks.bad.hours", 3.0)
    assert nasty.undo_action.text() == f"&Undo Hours each ({MARKUP})"
    assert nasty.undo_action.toolTip() == "Undo"


def test_nothing_of_a_file_turns_a_line_around_or_breaks_it(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "\u202egnp.mlcost"
    nasty = changed(
        ARTICLE,
        name="a\nb\u202egnp.exe",
        own_lines=(OwnLine(id="a", name="c\nd\u202egnp.exe", unit="\u2066x", usd=3.0),),
    )
    write_scenario(path, nasty, figures_of(estimate(nasty, window.session.study.price_book)))
    window.document.open(path)
    assert window.document.save()
    window.recent_files.aboutToShow.emit()
    window.document.open(path.with_name("\u202egone.mlcost"))
    box = shown_message()
    texts = [
        window.windowTitle(),
        *(label.text() for label in (*window.findChildren(QLabel), *box.findChildren(QLabel))),
        *(action.text() for action in window.recent_files.actions()),
        *(cell for cells in rows(window.lines.table.model()) for cell in cells),
    ]
    box.close()
    assert any("gnp.exe" in text for text in texts)
    assert [text for text in texts if set(text) & {"\u202e", "\u2066"}] == []
    assert all("\n" not in text for text in (texts[0], window.status_bar.message.text()))


def test_a_word_without_an_end_does_not_push_fields_out_of_sight(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    long = "W" * 80
    tasks = tuple(task.model_copy(update={"name": long}) for task in ARTICLE.labor.tasks)
    path = tmp_path / "a.mlcost"
    scenario = changed(ARTICLE, labor__tasks=tasks)
    write_scenario(path, scenario, figures_of(window.session.study.estimate))
    with qtbot.waitExposed(window):
        window.show()
    window.document.open(path)
    window.inputs.lead_to("labor", "labor.tasks")
    tab = window.inputs.tab("labor")
    QCoreApplication.processEvents()
    assert long in tab.arithmetic.text
    inside = tab.widget()
    assert inside and inside.width() <= tab.viewport().width()


def test_a_plan_of_a_long_name_leaves_room_for_the_answer(window: MainWindow) -> None:
    plan = ManagedPlan(id="ours", name="W" * 80, base_usd=1.0)
    window.session.edit("plans", (plan,))
    window.summary.plan.refresh()
    name = window.summary.plan.name
    assert name.elided.startswith("WWW") and "…" in name.elided and "$" in name.elided
    assert name.minimumSizeHint().width() == 0
    assert window.summary.per_month.elided == "per month of 720 h"


def test_a_question_shows_both_of_its_texts_as_they_are(nasty: MainWindow, qtbot: QtBot) -> None:
    error = UserError(MARKUP, MARKUP)
    box = message_box(nasty, QMessageBox.Icon.Warning, error.title, error.advice)
    qtbot.addWidget(box)
    assert [label.text() for label in box.findChildren(QLabel) if _as_markup(label)] == []


def test_the_help_page_is_markup_and_a_name_in_it_is_not(nasty: MainWindow) -> None:
    page = handbook(nasty.session.scenario, nasty.session.study.price_book)
    assert "&lt;b&gt;x&lt;/b&gt;" in page and "<b>x</b>" not in page


def test_a_name_is_no_path_of_an_export(nasty: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []

    def ask(_: object, __: str, start: str, ___: str) -> tuple[str, str]:
        asked.append(Path(start))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    nasty.document.origin = type(nasty.document.origin)()
    nasty.save_as_action.trigger()
    nasty.export_action.trigger()
    assert [path.suffix for path in asked] == [".mlcost", ".pdf"]
    for path in asked:
        assert path.parent.name == "documents"
        assert not set(path.name) & set("<>/\\:*?\"|'&=")
        assert ".." not in path.name
