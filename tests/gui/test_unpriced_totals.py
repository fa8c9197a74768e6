"""Whatever the window shows: a total that lacks a line says so, and no other does."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.gui.answer.over_time_tables import MONTHS_TABLE
from mlflow_cost_desktop.gui.answer.uncertainty import UncertaintyView
from mlflow_cost_desktop.gui.answer.views import COMPARE, OVER_TIME, THIS_MONTH, UNCERTAINTY
from mlflow_cost_desktop.gui.inputs.input_panel import TABS
from mlflow_cost_desktop.gui.window.main_window import MainWindow
from mlflow_cost_desktop.model.growth import Growth
from tests.gui.helpers import texts_of
from tests.shared.unmarked import unmarked

UNKNOWN = "m9.large"


def _said(widget: QWidget) -> str:
    return "\n".join(dict.fromkeys(filter(None, texts_of(widget))))


def _wait_for(view: UncertaintyView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.found is not None and not view._latest.is_waiting)


def test_every_total_in_the_window_is_marked(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    session.edit("server.ec2.instance_type", UNKNOWN)
    window.summary.plan.refresh()
    for name in TABS:
        window.inputs.open_tab(name)
    charts = window.usage_chart, window.storage_chart
    for chart in charts:
        chart.settle()
    window.open_compare()
    window.compared.add_region("eu-central-1", "Europe (Frankfurt)")
    window.compared.add_plan("sagemaker_small", "SageMaker MLflow Small")
    for view in (THIS_MONTH, OVER_TIME, UNCERTAINTY, COMPARE):
        window.views.open(view)
        if view == UNCERTAINTY:
            _wait_for(window.uncertainty, qtbot)
        if view == OVER_TIME:
            window.over_time.by[MONTHS_TABLE].click()
        said = _said(window)
        assert "+ ?" in said
        study = session.study
        assert unmarked(said, study.scenario, study.price_book) == [], view
        assert "441.77 + ?" not in said, view


def test_every_month_is_marked(window: MainWindow) -> None:
    session = window.session
    session.edit("server.ec2.instance_type", UNKNOWN)
    session.edit("growth", (Growth(path="artifact_store.stored_gb", amount=100.0),), "Grow")
    window.views.open(OVER_TIME)
    study, said = session.study, _said(window.over_time)
    assert "+ ?" in said
    assert unmarked(said, study.scenario, study.price_book) == []
