"""The answer: total, year, horizon, shares, cash, and notices that open and close."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.answer.parts_bar import shares
from mlflow_cost_desktop.gui.answer.summary import Summary
from mlflow_cost_desktop.gui.document.session import Session
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.gui.helpers import study
from tests.support import ARTICLE, BOOK, NOTHING, changed


@pytest.fixture
def summary(qtbot: QtBot, session: Session) -> Summary:
    """The answer to a session's scenario."""
    made = Summary()
    qtbot.addWidget(made)
    made.resize(900, 250)
    session.study_changed.connect(made.show_study)
    session.show_again()
    made.show()
    return made


OTHERS = "$131.97 a user · cash: $2,793 first month, $599 others, $9,381 first year"


def _notices(summary: Summary) -> list[str]:
    return summary.notices.text.splitlines()


def _more(summary: Summary) -> QToolButton:
    found = summary.notices.findChild(QToolButton)
    assert found is not None
    return found


def test_the_articles_answer(summary: Summary) -> None:
    assert summary.total.text() == "$659.86"
    assert summary.per_month.text() == "per month of 720 h"
    assert summary.details.text() == (
        "$7,918 a year · $23,755 over 36 months · infrastructure $218.09 · maintenance $441.77"
    )
    assert summary.notices.text == OTHERS


def test_the_answer_follows_an_edit(summary: Summary, session: Session) -> None:
    session.edit("usage.hours", 160.0)
    assert summary.total.text() == "$606.10"
    session.edit("horizon_months", 12.0)
    assert "over 12 months" in summary.details.text()
    session.undo_stack.undo()
    session.undo_stack.undo()
    assert summary.total.text() == "$659.86"


def test_a_gb_and_a_run_have_their_costs(summary: Summary, session: Session) -> None:
    assert "$0.64 a month for each GB kept" in summary.details.toolTip()
    assert "run" not in summary.details.toolTip()
    session.edit("team.runs_per_month", 2000.0)
    assert "$0.33 for each run" in summary.details.toolTip()
    session.edit("team.runs_per_month", 1e6)
    assert "less than $0.01 for each run" in summary.details.toolTip()


def test_without_one_off_cost_nothing_is_said_of_cash(summary: Summary, session: Session) -> None:
    session.edit("labor.tasks.set_up.hours", 0.0)
    assert "cash" not in summary.notices.text
    session.edit("server.ec2.purchase", "reserved")
    assert "cash" not in summary.notices.text
    session.edit("server.ec2.payment", "all_upfront")
    assert "cash: " in summary.notices.text


def test_shares_are_of_the_total(summary: Summary, session: Session) -> None:
    texts = list(summary.legend.texts.values())
    assert texts == [
        "Server 10 %",
        "Metadata store 19 %",
        "Artifact store 4 %",
        "Maintenance 67 %",
    ]
    for view in (summary.bar, summary.legend):
        assert view.accessibleName().endswith(f": {', '.join(texts)}")
    assert sum(shares(session.study.estimate).values()) == pytest.approx(100.0)


def test_shares_of_nothing_are_zero() -> None:
    free = changed(ARTICLE, labor__platform_engineer_usd=0.0, labor__data_scientist_usd=0.0)
    assert set(shares(estimate(free, NOTHING)).values()) == {0.0}


def test_lines_without_a_price_are_counted(summary: Summary) -> None:
    without = {sku: price for sku, price in BOOK.listed.items() if not sku.startswith("ec2/")}
    book = replace(BOOK, listed=without)
    summary.show_study(study(ARTICLE, book))
    assert summary.details.text().startswith("1 line without a price · $7,089 + ? a year")
    assert "infrastructure $148.97 + ? · maintenance $441.77" in summary.details.text()
    assert summary.total.text() == "$590.74 + ?"
    assert "is left out of the total" in _notices(summary)[0]
    _more(summary).click()
    assert _notices(summary)[-1].startswith("$118.15 + ? a user")


def test_without_a_notice_the_lesser_figures_stand_there(summary: Summary) -> None:
    assert _notices(summary) == [OTHERS]
    assert not _more(summary).isVisible(), "there is nothing more to show"


def test_notices_open_and_close(summary: Summary, session: Session, qtbot: QtBot) -> None:
    session.edit("usage.hours", 800.0)
    (said,) = _notices(summary)
    assert said.startswith("Usage of 800 h is more than the month of 720 h")
    assert _more(summary).text() == "1 more"
    session.edit("server.ec2.replicas", 0.0)
    session.edit("metadata_store.rds.storage_gb", 5.0)
    assert len(_notices(summary)) == 1
    assert _more(summary).text() == "3 more"
    qtbot.mouseClick(_more(summary), Qt.MouseButton.LeftButton)
    assert len(_notices(summary)) == 4 and " a user · cash: " in _notices(summary)[-1]
    assert _more(summary).text() == "Less"
    qtbot.mouseClick(_more(summary), Qt.MouseButton.LeftButton)
    assert len(_notices(summary)) == 1
    for _ in range(3):
        session.undo_stack.undo()
    assert _notices(summary) == [OTHERS]


def test_open_notices_stay_open_for_one_that_comes_back(
    summary: Summary, session: Session, qtbot: QtBot
) -> None:
    session.edit("usage.hours", 800.0)
    session.edit("server.ec2.replicas", 0.0)
    qtbot.mouseClick(_more(summary), Qt.MouseButton.LeftButton)
    session.undo_stack.undo()
    assert len(_notices(summary)) == 2
    session.undo_stack.redo()
    assert len(_notices(summary)) == 3


def test_a_notice_that_comes_moves_nothing(summary: Summary, session: Session) -> None:
    for width in (900, 520, 300):
        summary.resize(width, summary.heightForWidth(width))
        QApplication.processEvents()
        before = summary.notices.geometry()
        session.edit("usage.hours", 800.0)
        session.edit("labor.tasks.set_up.hours", 0.0)
        QApplication.processEvents()
        assert summary.notices.geometry() == before
        session.undo_stack.undo()
        session.undo_stack.undo()


@pytest.mark.parametrize("width", [900, 613, 501, 300])
def test_a_part_that_comes_moves_nothing(summary: Summary, session: Session, width: int) -> None:
    summary.resize(width, 400)
    QApplication.processEvents()
    before = summary.notices.geometry()
    session.edit("network.transfer_out_gb", 50_000.0)
    assert "network" in summary.legend.texts
    QApplication.processEvents()
    assert summary.notices.geometry() == before
    for _, place in summary.legend.places():
        assert summary.legend.rect().toRectF().contains(place)
    session.undo_stack.undo()


def test_a_total_that_grows_moves_nothing(window: MainWindow, qtbot: QtBot) -> None:
    shown = window.summary.total.text
    for size in ((1360, 880), (1120, 700), (1024, 700), (920, 600)):
        window.resize(*size)
        window.summary.plan.refresh()
        qtbot.wait(50)
        before = window.views.mapTo(window, QPoint())
        for stored, signs in ((60_000.0, 9), (900_000.0, 10), (3_000_000.0, 10), (1.0, 7)):
            window.session.edit("artifact_store.stored_gb", stored)
            qtbot.wait(20)
            assert len(shown()) == signs, shown()
            assert window.views.mapTo(window, QPoint()) == before, (size, shown())


def test_words_are_plain_text(summary: Summary) -> None:
    labels = summary.findChildren(QLabel)
    shown_labels = [label for label in labels if label.text()]
    assert {label.textFormat() for label in shown_labels} == {Qt.TextFormat.PlainText}


def test_a_part_that_is_pointed_at_is_told_and_lit(summary: Summary, qtbot: QtBot) -> None:
    told: list[str] = []
    summary.part_hovered.connect(told.append)
    for view in (summary.bar, summary.legend):
        places = dict(view.places())
        for name in ("server", "labor"):
            qtbot.mouseMove(view, places[name].center().toPoint())
        QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told == ["server", "labor", ""] * 2
    server = dict(summary.bar.places())["server"].center().toPoint()
    plain = summary.bar.grab().toImage().pixelColor(server)
    summary.highlight_part("labor")
    dimmed = summary.bar.grab().toImage().pixelColor(server)
    assert dimmed.lightness() > plain.lightness() + 30
    summary.highlight_part("server")
    assert summary.bar.grab().toImage().pixelColor(server) == plain


def test_a_narrow_legend_takes_more_lines(summary: Summary, qtbot: QtBot) -> None:
    legend = summary.legend
    assert legend.heightForWidth(900) < legend.heightForWidth(200)
    summary.resize(300, 300)
    qtbot.waitUntil(lambda: legend.height() == legend.heightForWidth(legend.width()))
    for _, place in legend.places():
        assert legend.rect().toRectF().contains(place)
