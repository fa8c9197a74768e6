"""What test data is made of: prices as a book lists them, scenarios with other values."""

import math

from mlflow_cost_desktop.model.fields.paths import replace
from mlflow_cost_desktop.model.labor.default_tasks import DEFAULT_TASKS
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Price, Tier, flat

TB = 1024.0


def listed(
    sku_id: str, unit: str, *usd: float | tuple[float, float], upfront: float | None = None
) -> Price:
    """A price as a book lists it: one figure, or pairs of a tier's begin and its price."""
    # After the first, all are floats or all are pairs.
    tiers = flat(usd[0]) if isinstance(usd[0], float) else _tiers(usd)  # type: ignore[arg-type]
    return Price(sku_id, unit, tiers, upfront_usd=upfront, source="TEST", date="2026-01-31")


def _tiers(pairs: tuple[tuple[float, float], ...]) -> tuple[Tier, ...]:
    ends = [*(begin for begin, _ in pairs[1:]), math.inf]
    return tuple(Tier(begin, end, usd) for (begin, usd), end in zip(pairs, ends, strict=True))


def changed(scenario: Scenario, **values: object) -> Scenario:
    """A scenario with other values; paths are written with two underscores for each dot."""
    for path, value in values.items():
        scenario = replace(scenario, path.replace("__", "."), value)
    return scenario


def own_rate(
    sku_id: str,
    *tiers: tuple[float, float],
    region_id: str = "us-east-1",
    free: float = 0.0,
    upfront: float | None = None,
) -> OwnRate:
    """A rate of the user's own: pairs of a tier's begin and its price."""
    return OwnRate(
        sku_id=sku_id,
        provider_id="aws",
        region_id=region_id,
        tiers=tuple(RateTier(begin=begin, usd=usd) for begin, usd in tiers),
        free_quantity=free,
        upfront_usd=upfront,
    )


FIRST_TASKS = ("set_up", "upgrades", "patches", "monitoring", "incidents")

ARTICLE = changed(
    Scenario(),
    hours_in_month=720.0,
    usage__by="hours",
    usage__hours=720.0,
    labor__tasks=tuple(task for task in DEFAULT_TASKS if task.id in FIRST_TASKS),
)
"""What the article counts, with the hours of upkeep that a new scenario starts with."""

LINE_MONTHLY = OwnLine(id="firewall", name="Firewall", quantity=2.0, usd=12.5)
LINE_ONCE = OwnLine(
    id="audit", name="Audit", component="labor", quantity=3.0, unit="day", usd=900.0, period="once"
)

RICH = changed(
    ARTICLE,
    usage__hours=160.0,
    discount=10.0,
    horizon_months=24.0,
    server__ec2__replicas=2.0,
    server__ec2__peak_replicas=3.0,
    server__ec2__peak_hours=40.0,
    server__ec2__root_volume_gb=30.0,
    metadata_store__rds__storage_gb=30.0,
    metadata_store__rds__backup_gb=75.0,
    artifact_store__stored_gb=60_000.0,
    artifact_store__s3__put_requests=250_000.0,
    artifact_store__s3__get_requests=2_000_000.0,
    network__transfer_out_gb=12_000.0,
    network__free_transfer_gb=60.0,
    own_lines=(LINE_MONTHLY, LINE_ONCE),
)
"""A scenario in which hardly any quantity is zero."""

ONE_TASK = changed(
    RICH,
    labor__tasks=(
        ARTICLE.labor.tasks[0],
        ARTICLE.labor.tasks[3].model_copy(update={"role": "data_scientist"}),
    ),
)
