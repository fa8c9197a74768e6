"""Choices as a list and side by side, with what a region does not sell marked."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import Field
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from mlflow_cost_desktop.figures import PLAIN
from mlflow_cost_desktop.gui.document.session import Session, Study
from mlflow_cost_desktop.gui.inputs.choice_editors import (
    NO_PRICE,
    CheckEditor,
    ChoiceEditor,
    SegmentedEditor,
)
from mlflow_cost_desktop.model.charges.estimate import estimate
from mlflow_cost_desktop.model.fields.declaration import Labels, Model, specs
from mlflow_cost_desktop.model.fields.paths import spec_at
from tests.gui.helpers import editor, tab_of
from tests.support import ARTICLE, BOOK, changed

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

POSTGRES = changed(ARTICLE, metadata_store__rds__engine="postgresql")
DEPLOYMENT = "metadata_store.rds.deployment"
SHOWN = Study(POSTGRES, BOOK, estimate(POSTGRES, BOOK), ())
"""A book that has Single-AZ PostgreSQL and no other."""


class Ways(Model):
    """A choice of three."""

    option: Annotated[
        Literal["a", "b", "c"], Labels({"a": "First", "b": "Second"}), Field(title="Hosting")
    ] = "a"


@pytest.fixture
def segments(qtbot: QtBot) -> SegmentedEditor:
    made = SegmentedEditor(specs(Ways)["option"], PLAIN)
    made.setAccessibleName("Hosting")
    made.show_value("a")
    qtbot.addWidget(made)
    made.show()
    return made


def buttons(segments: SegmentedEditor) -> dict[str, QPushButton]:
    return {button.text(): button for button in segments.findChildren(QPushButton)}


def test_one_segment_is_pressed_and_a_click_presses_another(
    qtbot: QtBot, segments: SegmentedEditor
) -> None:
    told: list[object] = []
    segments.edited.connect(told.append)
    assert [text for text, button in buttons(segments).items() if button.isChecked()] == ["First"]
    qtbot.mouseClick(buttons(segments)["Second"], Qt.MouseButton.LeftButton)
    assert told == ["b"]
    segments.show_value("c")
    assert [text for text, button in buttons(segments).items() if button.isChecked()] == ["c"]
    assert told == ["b"]


def test_segments_say_what_they_are(segments: SegmentedEditor) -> None:
    assert buttons(segments)["Second"].accessibleName() == "Hosting: Second"


def test_segments_that_the_region_does_not_sell_are_marked(qtbot: QtBot) -> None:
    made = SegmentedEditor(spec_at(POSTGRES, DEPLOYMENT), PLAIN)
    qtbot.addWidget(made)
    made.show_market(SHOWN, DEPLOYMENT)
    descriptions = {text: b.accessibleDescription() for text, b in buttons(made).items()}
    assert descriptions["Single-AZ"] == ""
    assert descriptions["Multi-AZ (one standby)"] == NO_PRICE
    assert NO_PRICE in buttons(made)["Multi-AZ (one standby)"].toolTip()


def test_a_list_marks_what_the_region_does_not_sell_when_it_unfolds(qtbot: QtBot) -> None:
    made = ChoiceEditor(spec_at(POSTGRES, DEPLOYMENT), PLAIN)
    qtbot.addWidget(made)
    made.show_market(SHOWN, DEPLOYMENT)
    made.show()
    made.showPopup()
    texts = [made.itemText(index) for index in range(2)]
    made.hidePopup()
    assert texts == ["Single-AZ", f"Multi-AZ (one standby) – {NO_PRICE}"]
    assert made.itemData(1) == "multi_az"


def test_a_form_says_where_its_choices_are_bought(qtbot: QtBot, session: Session) -> None:
    session.edit("metadata_store.rds.instance_class", "db.m1.large")  # not sold with MariaDB
    engine = editor(tab_of(qtbot, session, "metadata_store"), "metadata_store.rds.engine")
    assert isinstance(engine, ChoiceEditor)
    engine.showPopup()
    engine.hidePopup()
    assert [engine.itemText(at).partition(" – ")[2] for at in range(3)] == ["", "", NO_PRICE]


def test_a_box_is_ticked_and_tells(qtbot: QtBot) -> None:
    editor = CheckEditor(spec_at(ARTICLE, "network.nat.used"))
    qtbot.addWidget(editor)
    editor.show_value(False)
    told: list[object] = []
    editor.edited.connect(told.append)
    editor.click()
    editor.click()
    assert told == [True, False]
    editor.show_value(True)
    assert editor.isChecked()
    assert told == [True, False]
