"""What tests of the lower floors share: a small price book, scenarios, their inputs.

The data stands by component in `tests/shared/`: a new option brings its prices, a scenario in
which its inputs matter, and the values at which its formulas turn.
"""

from pathlib import Path

from mlflow_cost_desktop.model.components import COMPONENTS
from mlflow_cost_desktop.model.fields.paths import Place, places
from mlflow_cost_desktop.model.own import OwnLine
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.aws.provider import AWS
from mlflow_cost_desktop.prices.price_book import InstanceType, PriceBook
from tests.shared import artifact_store, labor, metadata_store, network, server
from tests.shared.making import (
    ARTICLE,
    LINE_MONTHLY,
    LINE_ONCE,
    ONE_TASK,
    RICH,
    TB,
    changed,
    listed,
    own_rate,
)
from tests.shared.reading import recomputed, recomputes_to_the_cent

__all__ = [
    "ARTICLE",
    "LINE_MONTHLY",
    "LINE_ONCE",
    "PRICES",
    "RICH",
    "TB",
    "changed",
    "listed",
    "own_rate",
    "recomputed",
    "recomputes_to_the_cent",
]

PRICES = Path(__file__).parent / "data" / "prices"
"""A small part of the bundled prices as they once were, so that new prices change no test of
anything else: five regions, a few families of machines, the managed plans."""

PARTS = (server, metadata_store, artifact_store, network, labor)

INSTANCE_TYPES = {
    "m5.large": InstanceType("m5.large", 2, 8, "x86_64"),
    "m7g.large": InstanceType("m7g.large", 2, 8, "arm64"),
    "t3.medium": InstanceType("t3.medium", 2, 4, "x86_64"),
}

BOOK = PriceBook(
    AWS,
    "us-east-1",
    "US East (N. Virginia)",
    {price.sku_id: price for part in PARTS for price in part.PRICES},
    INSTANCE_TYPES,
)
"""The article's prices and their neighbors, some left out on purpose."""

NOTHING = PriceBook(AWS, "us-east-1", "US East (N. Virginia)", {})
"""A region of which no price is known."""


SCENARIOS: dict[str, Scenario] = {
    "article": ARTICLE,
    "on demand": RICH,
    **{name: made for part in PARTS for name, made in part.SCENARIOS.items()},
    "own rates": changed(
        ONE_TASK,
        own_rates=(
            own_rate("ec2/m5.large/on_demand", (0.0, 0.09), (100.0, 0.05), free=50.0),
            own_rate("s3/standard/put", (0.0, 0.004), (100.0, 0.003), free=20.0),
            own_rate("rds_backup", (0.0, 0.2)),
            own_rate("transfer/internet", (0.0, 0.08), (1000.0, 0.01), free=500.0),
        ),
    ),
    "percentages": changed(
        ONE_TASK,
        # What is due once is followed as it is spread, whatever it costs in later months.
        labor__tasks=(ARTICLE.labor.tasks[3],),
        network__public_addresses=2.0,
        network__logs__used=True,
        network__logs__ingested_gb=100.0,
        own_lines=(
            *(
                OwnLine.model_validate(
                    {"id": f"of_{part}", "name": f"Of {part}", "component": "network"}
                    | {"by": "percent"}
                    | {f"of_{other}": other == part for other in COMPONENTS}
                )
                for part in COMPONENTS
            ),
            OwnLine(id="support", name="Support", component="network", by="support"),
        ),
    ),
    "unknown prices": changed(
        ONE_TASK,
        server__ec2__instance_type="m9.large",
        metadata_store__rds__engine="mariadb",
    ),
}
"""Together these make every input matter."""

THRESHOLDS: set[float] = set().union(*(part.THRESHOLDS for part in PARTS))


def leaves(scenario: Scenario) -> list[Place]:
    """The inputs of a scenario that mean something at present."""
    return [place for place in places(scenario) if place.active]


def numbers(scenario: Scenario) -> list[Place]:
    """Its numeric inputs."""
    return [place for place in leaves(scenario) if place.spec.is_number]


def numbers_to_try() -> list[tuple[str, Place]]:
    """Every numeric input, in each scenario in which its part is unlike in those before.

    What several parts share (usage, month, discount) is tried in all of them.
    """
    tried: set[str] = set()
    found: list[tuple[str, Place]] = []
    for name, scenario in SCENARIOS.items():
        own = scenario.own_rates
        as_is = {part: repr((part, getattr(scenario, part), own)) for part in COMPONENTS}
        new = {part for part, words in as_is.items() if words not in tried}
        tried |= set(as_is.values())
        for place in numbers(scenario):
            part = place.path.partition(".")[0]
            if part in new or part not in COMPONENTS:
                found.append((name, place))
    return found
