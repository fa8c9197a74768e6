"""The window opens, charts, edits and saves the scenario of a provider that it never heard of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.files.scenario_file import read_scenario, write_scenario
from mlflow_cost_desktop.prices import shelf
from mlflow_cost_desktop.prices.aws.provider import AWS
from tests.gui.conftest import MakeWindow
from tests.shared.made_up import ACME, ON_THE_MOON, write_books
from tests.support import PRICES

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_a_scenario_of_a_made_up_provider(
    make_window: MakeWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = tmp_path / "pricing"
    shutil.copytree(PRICES, books)
    write_books(books)
    monkeypatch.setattr(paths, "pricing_dir", lambda: books)
    monkeypatch.setattr(shelf, "PROVIDERS", {AWS.id: AWS, ACME.id: ACME})
    path = tmp_path / "moon.mlcost"
    write_scenario(path, ON_THE_MOON, SavedFigures(price_dates=None, effective_cost=0.0))

    window = make_window()
    regions = window.tool_bar.regions
    of_aws = [regions.itemData(row) for row in range(regions.count())]
    assert AWS.first_region in of_aws
    window.document.open(path)
    study = window.session.study
    assert (study.scenario, study.price_book.provider) == (ON_THE_MOON, ACME)
    assert [regions.itemText(row) for row in range(regions.count())] == ["Moon · moon-1"]
    assert regions.currentData() == "moon-1"
    assert study.estimate.unpriced == 0
    assert not window.grab().isNull()

    window.session.edit("network.transfer_out_gb", 1000.0)
    assert window.document.save()
    saved = read_scenario(path)
    assert saved.scenario.provider_id == "acme"
    assert saved.saved.lines
    assert saved.saved.lines["network/transfer/out"] == 50.0

    window.session.open(
        ON_THE_MOON.model_copy(update={"provider_id": "aws", "region_id": of_aws[0]})
    )
    assert [regions.itemData(row) for row in range(regions.count())] == of_aws
