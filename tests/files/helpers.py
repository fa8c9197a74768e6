"""A scenario of the user's own prices, and the figures that are saved with it."""

from mlflow_cost_desktop.files.envelope import SavedFigures
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario

SAVED = SavedFigures(
    price_dates=("2025-10-22", "2026-07-20"),
    effective_cost=218.09,
    lines={"server/ec2/hours": 218.09, "server/ec2/root_volume": None},
)
OWN = Scenario(
    own_rates=(
        OwnRate(
            sku_id="s3/standard/storage",
            provider_id="aws",
            region_id="us-east-1",
            tiers=(RateTier(usd=0.02), RateTier(begin=1000.0, usd=0.01)),
            free_quantity=5.0,
        ),
        OwnRate(
            sku_id="ec2/m5.large/1y/standard/partial_upfront",
            provider_id="aws",
            region_id="us-east-1",
            tiers=(RateTier(usd=0.0143),),
            upfront_usd=125.0,
        ),
    ),
    own_lines=(OwnLine(id="firewall", name="Brandmauer “Süd” 🧱", usd=12.5),),
)
