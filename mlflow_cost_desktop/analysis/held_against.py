"""What a scenario is held against: the best plan that fits, a plan of the user's, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mlflow_cost_desktop.analysis.managed_plans import Offer, comparable
from mlflow_cost_desktop.model.managed_plan import AUTO, NONE, ManagedPlan
from mlflow_cost_desktop.model.scenario import Scenario


@dataclass(frozen=True)
class Held:
    """What stands beside the total.

    Attributes:
        choice: what the scenario asks for: `auto`, `none`, or a plan's id.
        offer: the plan, with or without a figure; none where nothing is held against the total.
        is_gone: whether the chosen plan no longer exists, so that the best one that fits stands in
            its place.
    """

    choice: str
    offer: Offer | None
    is_gone: bool = False

    @property
    def plan(self) -> ManagedPlan | None:
        """The plan, where it is known what it costs: that which has a curve beside the total."""
        return self.offer.plan if self.offer and self.offer.bought else None

    @property
    def plan_id(self) -> str:
        """The id of what stands beside the total, empty where nothing does."""
        return self.offer.plan.id if self.offer else ""


def held_against(scenario: Scenario, found: Sequence[Offer]) -> Held:
    """What a scenario is held against, among the plans that there are.

    Args:
        found: every plan beside the scenario.
    """
    choice = scenario.held_against
    if choice == NONE:
        return Held(choice, None)
    chosen = next((offer for offer in found if offer.plan.id == choice), None)
    if chosen:
        return Held(choice, chosen)
    return Held(choice, comparable(found), is_gone=choice != AUTO)
