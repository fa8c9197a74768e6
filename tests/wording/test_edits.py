"""What an edit is called."""

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.wording.edits import edit_in_words
from tests.support import ARTICLE

TASKS = ARTICLE.labor.tasks


def test_an_input_is_called_by_its_title_and_by_its_item() -> None:
    assert edit_in_words(ARTICLE, "usage.hours") == "Usage"
    first = TASKS[0]
    words = edit_in_words(ARTICLE, f"labor.tasks.{first.id}.hours")
    assert words == f"Hours each ({first.name})"


def test_an_edit_of_a_list_is_called_by_what_came_went_or_changed() -> None:
    first, *rest = TASKS
    longer = first.model_copy(update={"hours": 99.0})
    new = first.model_copy(update={"id": "another", "name": "Another"})
    for after, words in (
        ((*TASKS, new), "Add Another"),
        (tuple(rest), f"Remove {first.name}"),
        ((longer, *rest), first.name),
        ((longer, *rest, new), "Tasks"),
    ):
        assert edit_in_words(ARTICLE, "labor.tasks", after) == words


def test_there_is_no_such_field() -> None:
    with pytest.raises(UserError):
        edit_in_words(ARTICLE, "usage.minutes")
