"""What was typed of a managed plan, in words; its price first, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator

from mlflow_cost_desktop.figures import Figures
from mlflow_cost_desktop.model.fields.declaration import specs
from mlflow_cost_desktop.model.managed_plan import ManagedPlan, PlanState
from mlflow_cost_desktop.wording.inputs import value_in_words

PRICES: dict[PlanState, str] = {
    "free": "free of charge",
    "ask": "price to be asked",
    "closed": "no longer sold",
    "unknown": "price unknown, none is typed",
}

FEES = {
    "base_usd": "{}",
    "included_seats": "{} included",
    "seat_usd": "{}",
    "included_gb": "{} included",
    "gb_usd": "{}",
    "hour_usd": "{}",
}
"""Inputs that say what a plan costs, and how each is said."""

PARTS = ("server", "metadata_store", "artifact_store", "network", "sign_on", "roles")


def plan_in_words(plan: ManagedPlan, figures: Figures) -> Iterator[str]:
    """`$300 / month`, `at most 20 seats`, `brings the tracking server`: one by one.

    What is not typed, or makes no difference, is not said.
    """
    fields = specs(ManagedPlan)

    def said(name: str) -> str:
        return value_in_words(fields[name], getattr(plan, name), figures)

    if words := PRICES.get(plan.price_state):
        yield words
    else:
        yield from (way.format(said(name)) for name, way in FEES.items() if getattr(plan, name))
    if plan.has_figure and plan.certainty == "doubtful":
        yield said("certainty").lower()
    if plan.software != "mlflow":
        yield said("software").lower()
    yield from (
        f"at most {said(name)}"
        for name in ("most_seats", "most_gb")
        if getattr(plan, name) is not None
    )
    if plan.has_figure:
        yield from (
            f"{fields[name].title.lower()} {said(name)}"
            for name in ("migration_hours", "exit_hours")
            if getattr(plan, name) is not None
        )
    brought = [fields[name].title.lower() for name in PARTS if getattr(plan, name) == "replaced"]
    yield f"brings {', '.join(brought) or 'nothing'}"
