"""What a total is held against, as JSON."""

from __future__ import annotations

from typing import Any

from mlflow_cost_desktop.analysis.held_against import Held


def held_json(held: Held) -> dict[str, Any] | None:
    """The plan beside the total, None where it is nothing.

    Figures are unrounded USD a month, None where it is not known what the plan costs.
    """
    offer = held.offer
    if offer is None:
        return None
    return {
        "plan": offer.plan.id,
        "name": offer.plan.name,
        "chosen": held.choice,
        "chosen_is_gone": held.is_gone,
        "price": offer.plan.price_state,
        "fits": offer.fits,
        "effective_cost": float(offer.bought.effective_cost) if offer.bought else None,
        "difference": float(offer.difference) if offer.bought else None,
        "unpriced_lines": int(offer.bought.unpriced) if offer.bought else None,
        "too_small": "; ".join(offer.too_small),
        "caveats": " ".join(caveat.text for caveat in offer.caveats),
    }
