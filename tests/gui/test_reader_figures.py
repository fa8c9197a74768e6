"""Everything that the window says is written in its reader's format, and what leaves it plainly."""

from __future__ import annotations

import re
from html import unescape

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.answer.views import OVER_TIME
from mlflow_cost_desktop.gui.dialogs.own_lines import LinesDialog
from mlflow_cost_desktop.gui.dialogs.own_rates import RatesDialog
from mlflow_cost_desktop.gui.dialogs.prices import PricesDialog
from mlflow_cost_desktop.gui.dialogs.rate import RateDialog
from mlflow_cost_desktop.gui.dialogs.set_rate import ask_rate
from mlflow_cost_desktop.gui.document import session as session_module
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.fields.paths import places
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.own import OwnLine
from tests.gui.conftest import MakeWindow
from tests.gui.helpers import texts_of
from tests.support import ARTICLE, changed, own_rate

ENGLISH = re.compile(r"\$\s?\d+\.\d\d?(?!\d)|(?<![\d.])[1-9]\d{0,2},\d{3}(?!\d)|\d{4}-\d\d-\d\d")
"""Money with a point before its cents, commas between thousands, and days as ISO has them."""

BUSY = changed(
    ARTICLE,
    artifact_store__stored_gb=1_234_567.5,
    artifact_store__s3__object_kb=100.5,
    metadata_store__rds__storage_gb=10.0,
    server__ec2__purchase="reserved",
    server__ec2__payment="all_upfront",
    server__ec2__replicas=2.0,
    usage__hours=730.5,
    discount=7.5,
    own_lines=(
        OwnLine(id="fire", name="Firewall", quantity=1500.5, usd=0.25, component="network"),
    ),
    own_rates=(own_rate("transfer/internet", (0.0, 0.085), (10_240.0, 0.07), free=100.5),),
)


def _english(top: QWidget, session: Session) -> set[str]:
    """What is not written in the reader's format."""
    prose = sorted(_prose(session), key=len, reverse=True)
    found: set[str] = set()
    for text in texts_of(top):
        plain = unescape(re.sub(r"<br>", "\n", text))
        for words in prose:
            plain = plain.replace(words, "")
        if ENGLISH.search(plain):
            found.add(plain)
    return found


def _prose(session: Session) -> set[str]:
    """What fields mean, and where prices are from: as it was written by people."""
    study = session.study
    inputs = [*places(study.scenario), *(place for plan in study.plans for place in places(plan))]
    sections = (place.spec.section for place in inputs)
    plans = (text for plan in study.plans for text in (plan.source, plan.note))
    prices = (text for price in study.price_book for text in (price.rule, price.source))
    texts = {
        *(text for place in inputs for text in (place.spec.description, place.note)),
        *(section.note for section in sections if section),
        *plans,
        *prices,
        *study.price_book.sources.values(),
    }
    return {text for text in texts if ENGLISH.search(text)}


@pytest.fixture
def german(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """The window of a reader whose system is German."""
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("de_DE"))
    window = make_window()
    window.session.open(BUSY)
    return window


def test_the_window_is_written_for_its_reader(german: MainWindow) -> None:
    german.summary.plan.refresh()
    german.usage_chart.settle()
    german.lines.details_action.trigger()
    for name in TABS:
        tab = german.inputs.open_tab(name)
        tab.suggestions.refresh()
    total = german.summary.total.text()
    assert re.fullmatch(r"\$\d+\.\d{3},\d\d", total)
    assert _english(german, german.session) == set()


def test_lists_are_written_for_their_reader(german: MainWindow) -> None:
    for kind in (PricesDialog, RatesDialog, LinesDialog):
        dialog = kind(german.session, german)
        assert _english(dialog, german.session) == set(), kind
        dialog.close()


def test_a_price_is_told_and_typed_as_its_reader_does(german: MainWindow) -> None:
    ask_rate(german.session, german, "s3/standard/storage")
    (dialog,) = german.findChildren(RateDialog)
    assert _english(dialog, german.session) == set()
    assert "$0,023 (first 50 TB)" in " ".join(label.text() for label in dialog.findChildren(QLabel))
    dialog.rate.line.setText("1.000,5")
    assert dialog.rate.figure == 1000.5
    dialog.close()


def test_what_is_refused_is_said_as_its_reader_writes(german: MainWindow) -> None:
    said: list[str] = []
    german.session.refused.connect(lambda path, text: said.append(text))
    german.session.edit("artifact_store.stored_gb", 1e12)
    assert said and re.search(r"at most \d+\.\d{3}\.", said[0]), said


def test_csv_on_the_clipboard_is_plain(german: MainWindow) -> None:
    german.lines.table.selectAll()
    german.lines.copy_csv()
    copied = QGuiApplication.clipboard().text()
    assert "1,500.5 unit" in copied and "1.500,5" not in copied


def test_tables_on_the_clipboard_carry_the_systems_decimal_sign(
    german: MainWindow, qtbot: QtBot
) -> None:
    german.lines.table.selectAll()
    german.lines.table.setFocus()
    qtbot.keySequence(german.lines.table, QKeySequence.StandardKey.Copy)
    assert "\t1500,5\t" in QGuiApplication.clipboard().text()
    german.lines.copy_plain_action.trigger()
    assert "\t1500.5\t" in QGuiApplication.clipboard().text()
    assert german.lines.copy_plain_action.isVisible()
    german.views.open(OVER_TIME)
    month = float(german.session.study.estimate.other_months)
    buttons = {",": german.over_time.copy_button, ".": german.over_time.plain_button}
    for point, button in buttons.items():
        button.click()
        copied = QGuiApplication.clipboard().text()
        assert f"\t{month:.12g}\t".replace(".", point) in copied


def test_where_both_would_be_alike_there_is_one_copy(window: MainWindow) -> None:
    assert not window.lines.copy_plain_action.isVisible()
    window.views.open(OVER_TIME)
    assert window.over_time.copy_button.isVisibleTo(window)
    assert not window.over_time.plain_button.isVisibleTo(window)


def test_the_months_are_written_for_their_reader(german: MainWindow) -> None:
    german.session.edit(
        "growth", (Growth(path="artifact_store.stored_gb", amount=1234.5),), "Change over time"
    )
    german.views.open(OVER_TIME)
    view = german.over_time
    row = view.rules.topLevelItem(0)
    assert row and "+1.234,5 GB a month" in row.text(3)
    assert _english(view, german.session) == set()


def test_nothing_is_estimated_again_for_what_a_file_notes(
    german: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def estimate_again(*_: object) -> None:
        raise AssertionError("the session has an estimate")

    monkeypatch.setattr(session_module, "estimate", estimate_again)
    noted = german.session.saved_figures()
    total = float(german.session.study.estimate.effective_cost)
    assert noted.effective_cost == pytest.approx(total, abs=0.005)
