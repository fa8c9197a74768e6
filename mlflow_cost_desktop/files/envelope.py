"""What stands in a scenario file: the scenario in its envelope, and what it cost when saved."""

import math
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.figures import cents
from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.fields.declaration import ONE_LINE, Model
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price import Value

FORMAT = "mlflow-cost-scenario"


class SavedFigures(Model):
    """What the scenario cost when it was saved: prices may have changed since."""

    price_dates: Annotated[
        tuple[str, str] | None,
        Field(
            title="Price dates",
            description="The oldest and the newest date of the prices in the estimate, null where "
            "it has none.",
        ),
    ]
    effective_cost: Annotated[
        float,
        Field(title="Effective cost", description="The total in USD a month, to the cent."),
    ]
    charges: Annotated[
        dict[str, Annotated[dict[str, float | None], Field(max_length=5000)]] | None,
        Field(
            max_length=20,
            title="Charges",
            description="In files of schemas 1 and 2: the lines of each part by their words, "
            "otherwise as `lines`.",
        ),
    ] = None
    lines: Annotated[
        dict[Annotated[str, Field(max_length=200)], float | None] | None,
        Field(
            max_length=5000,
            title="Lines",
            description="What each line costs in USD a month, to the cent, without those of zero; "
            "null for a line without a price. A line is known by part, group and word "
            "(labor/upgrades/hours), whatever it is called.",
        ),
    ] = None
    price_book: Annotated[
        str,
        Field(
            max_length=60,
            pattern=r"^[A-Za-z0-9.-]*$",
            title="Price book",
            description="Which prices it was saved with: those that came with the program "
            "(bundled), or those of a day on which they were fetched; empty where nobody noted it.",
        ),
    ] = ""


class Envelope(Model):
    """A scenario file of MLflow Cost."""

    format: Annotated[Literal["mlflow-cost-scenario"], Field(title="Kind of file")]
    schema_version: Annotated[int, Field(ge=1, title="Version of this schema")]
    program_version: Annotated[
        str,
        Field(max_length=80, title="Program version", description="What wrote the file."),
        ONE_LINE,
    ]
    saved: Annotated[SavedFigures, Field(title="Figures when saved")]
    scenario: Annotated[Scenario, Field(title="Scenario")]


def figures_of(estimate: Estimate, edition: str = "") -> SavedFigures:
    """What is noted of an estimate when its scenario is saved.

    Args:
        edition: which price book it was made with.
    """
    return SavedFigures(
        price_dates=estimate.price_dates,
        effective_cost=_cents(estimate.effective_cost),
        lines=in_cents((charge.line, charge.effective_cost) for charge in estimate.charges),
        price_book=edition,
    )


def in_cents(costs: Iterable[tuple[str, Value]]) -> dict[str, float | None]:
    """Costs by key in USD to the cent, those of one key added up; None where one is unknown.

    Costs of zero are left out.
    """
    exact: dict[str, float] = {}
    for key, usd in costs:
        if usd != 0:
            exact[key] = exact.get(key, 0.0) + float(usd)
    return {key: None if math.isnan(usd) else _cents(usd) for key, usd in exact.items()}


def _cents(usd: Value) -> float:
    return float(cents(float(usd)))
