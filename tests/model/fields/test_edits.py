"""Proposed edits: what they change, some of them, and that a refused one changes nothing."""

from __future__ import annotations

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.fields.edits import Edit, Edits
from mlflow_cost_desktop.model.fields.paths import get
from tests.support import ARTICLE

VALUES = (("usage.hours", 100.0), ("server.ec2.replicas", 1.0), ("artifact_store.stored_gb", 7.0))


def test_what_is_proposed_stands_beside_what_is_there() -> None:
    edits = Edits.proposed(ARTICLE, VALUES, "Read from the server", "likely")
    assert edits.edits[0] == Edit("usage.hours", 720.0, 100.0, "Read from the server", "likely")
    assert edits.values == dict(VALUES)
    with pytest.raises(UserError, match="no field 'usage.nothing'"):
        Edits.proposed(ARTICLE, (("usage.nothing", 1.0),))


def test_what_is_so_already_changes_nothing() -> None:
    edits = Edits.proposed(ARTICLE, VALUES)
    assert list(edits.changing.values) == ["usage.hours", "artifact_store.stored_gb"]
    assert not Edits.proposed(ARTICLE, VALUES[1:2]).changing
    assert not Edits()


def test_all_or_some_are_applied_in_their_order() -> None:
    edits = Edits.proposed(ARTICLE, VALUES)
    after = edits.applied(ARTICLE)
    assert [get(after, path) for path, _ in VALUES] == [100.0, 1.0, 7.0]
    some = edits.chosen(lambda edit: edit.path != "usage.hours").applied(ARTICLE)
    assert (some.usage.hours, some.artifact_store.stored_gb) == (720.0, 7.0)
    twice = edits + Edits.proposed(ARTICLE, (("usage.hours", 50.0),))
    assert twice.applied(ARTICLE).usage.hours == 50.0


def test_one_that_is_refused_changes_nothing() -> None:
    edits = Edits.proposed(ARTICLE, (*VALUES, ("usage.hours", 5000.0)))
    with pytest.raises(UserError, match=r"Usage: it must be at most 1,000"):
        edits.applied(ARTICLE)
    assert ARTICLE.usage.hours == 720.0
