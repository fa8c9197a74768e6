"""Inputs in words: names in the whole scenario, and values with their unit."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.figures import PLAIN, Figures
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.wording.inputs import input_in_words, value_in_words
from tests.support import ARTICLE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("region_id", "Region"),
        ("usage.hours", "Usage"),
        ("server.ec2.purchase", "Server · Purchase option"),
        ("metadata_store.self_hosted.node.disk_gb", "Metadata store · Node · Disk of a node"),
        ("labor.tasks.upgrades.hours", "Maintenance · Version upgrades · Hours each"),
        ("labor.tasks", "Tasks"),
    ],
)
def test_an_input_is_named_by_what_it_belongs_to(path: str, words: str) -> None:
    assert input_in_words(ARTICLE, path) == words


def test_what_there_is_not_has_no_name() -> None:
    with pytest.raises(UserError, match="no field"):
        input_in_words(ARTICLE, "server.nothing")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("usage.hours", 720.0, "720 h / month"),
        ("artifact_store.stored_gb", 1024.0, "1,024 GB"),
        ("server.ec2.replicas", 1.0, "1 instance"),
        ("server.ec2.replicas", 2.0, "2 instances"),
        ("labor.platform_engineer_usd", 91.4, "$91.40 / h"),
        ("server.ec2.purchase", "on_demand", "On demand"),
        ("network.secrets.used", True, "yes"),
        ("network.secrets.used", False, "no"),
        ("server.discount", None, "as for the whole estimate"),
        ("author", "", "–"),
        ("author", "Ada\nL.", "Ada L."),
        ("labor.tasks", ARTICLE.labor.tasks[:2], "Set-up, Version upgrades"),
        ("own_lines", (), "none"),
    ],
)
def test_a_value_has_its_unit(path: str, value: object, words: str) -> None:
    assert value_in_words(spec_at(ARTICLE, path), value, PLAIN) == words


def test_figures_are_the_readers() -> None:
    german = Figures(group=".", point=",")
    spec = spec_at(ARTICLE, "artifact_store.stored_gb")
    assert value_in_words(spec, 1024.5, german) == "1.024,5 GB"
