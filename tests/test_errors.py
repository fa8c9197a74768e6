"""The error for the reader says what happened and what to do, in one line."""

import pickle

from mlflow_cost_desktop.errors import UserError


def test_title_and_advice_make_one_line() -> None:
    error = UserError("The file could not be read", "It is unchanged.\n  Try another one.")
    assert str(error) == "The file could not be read. It is unchanged. Try another one."


def test_full_stop_of_the_title_is_not_doubled() -> None:
    assert str(UserError("It broke.", "Repair it.")) == "It broke. Repair it."


def test_survives_the_way_to_another_process() -> None:
    error = pickle.loads(pickle.dumps(UserError("Title", "Advice.")))
    assert (error.title, error.advice) == ("Title", "Advice.")
