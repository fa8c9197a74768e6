"""The managed plans that come with the program."""

from pathlib import Path

from mlflow_cost_desktop.files.shipped_lists import read_plans

SHIPPED = read_plans(Path(__file__).parents[2] / "pricing" / "managed")


def test_each_plan_says_what_is_known_of_its_price() -> None:
    states = {plan.id: plan.price_state for plan in SHIPPED}
    assert set(states.values()) <= {"listed", "free", "ask", "closed"}
    free = [plan_id for plan_id, state in states.items() if state == "free"]
    assert free == ["wandb_free", "comet_free", "clearml_community", "dagshub_individual"]


def test_each_plan_has_a_source_and_no_id_of_a_choice() -> None:
    assert all(plan.source and plan.date for plan in SHIPPED)
    assert not {"auto", "none"} & {plan.id for plan in SHIPPED}
