"""A machine that is bought: its price over the months of its use, its power, space and support."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.charges.charge import Charge, Spread
from mlflow_cost_desktop.model.charges.factors import Amount, Extra, Factor, Per, Share
from mlflow_cost_desktop.model.charges.months import first
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Model,
    Section,
    Unit,
    only_with,
    specs,
)
from mlflow_cost_desktop.model.option import Notice
from mlflow_cost_desktop.prices.price import Price, Value, flat

MONTHS_IN_YEAR = 12.0


class OwnMachine(Model):
    """What one machine of one's own costs, on premises or in a rented rack.

    The work on it is labor: the tasks that count with machines of one's own.
    """

    purchase_usd: Annotated[
        float,
        Section("Machine of your own"),
        Unit("$", step=100),
        Effect("more", "it is spread over the months of use"),
        Field(
            ge=0,
            le=1e9,
            title="Purchase price",
            description="Of one machine, with its disks and its share of rack and network. "
            "Judgment: 3,000 for a small server; no source is for everybody.",
        ),
    ] = 3_000.0
    months: Annotated[
        float,
        Unit("month", step=12),
        only_with("purchase_usd"),
        Effect("less", "the price is spread over more months"),
        Field(
            ge=1,
            le=600,
            title="Months of use",
            description="After so many it is replaced, at the same price. Judgment: 60.",
        ),
    ] = 60.0
    spares: Annotated[
        float,
        Unit("%", step=25),
        Effect("more", "spare machines are bought and stored as well"),
        Field(
            ge=0,
            le=1000,
            title="Spare machines",
            description="Percent of the machines in service that stand by, switched off: 100 is "
            "one for each, 25 one for four. They are bought and take space, and draw no power. "
            "Judgment: none.",
        ),
    ] = 0.0
    watts: Annotated[
        float,
        Unit("W", step=10),
        Effect("more", "energy is paid by the kWh"),
        Field(
            ge=0,
            le=100_000,
            title="Power",
            description="What it draws on average while it runs. Judgment: 150.",
        ),
    ] = 150.0
    energy_usd: Annotated[
        float,
        Unit("$ / kWh", step=0.01),
        only_with("watts"),
        Effect("more", "energy is paid by the kWh"),
        Field(
            ge=0,
            le=100,
            title="Price of energy",
            description="As your utility or your landlord bills it. Judgment: 0.15.",
        ),
    ] = 0.15
    pue: Annotated[
        float,
        Unit("×", step=0.05),
        only_with("watts"),
        Effect("more", "cooling and losses are paid as well"),
        Field(
            ge=1,
            le=10,
            title="Cooling and losses (PUE)",
            description="All energy of the room ÷ that of its machines. 1.58 is the average of "
            "the Uptime Institute's survey of 2023; 1 where a landlord's price has it in it.",
        ),
    ] = 1.58
    space_usd: Annotated[
        float,
        Unit("$ / month", step=10),
        Effect("more", "space is paid for each machine"),
        Field(
            ge=0,
            le=1e6,
            title="Space",
            description="Rack, room and connection of one machine. Judgment: 50.",
        ),
    ] = 50.0
    support_usd: Annotated[
        float,
        Unit("$ / year", step=50),
        Effect("more", "support is paid for each machine"),
        Field(
            ge=0,
            le=1e9,
            title="Support",
            description="The vendor's contract for parts and repair of one machine in service. "
            "Judgment: 300, a tenth of the price.",
        ),
    ] = 300.0

    def lines(
        self,
        terms: Terms,
        machine_hours: tuple[Factor, ...],
        machines: tuple[Factor, ...],
        inside: str,
    ) -> Iterator[Charge]:
        """The lines of whole machines, or of parts of them.

        Args:
            terms: as for an option.
            machine_hours: factors of the hours that machines run in a month.
            machines: factors of the machines that are there for a month.
            inside: where this stands in the option: "machine.".
        """
        months = first(self.months)  # of what is bought, whatever is typed for later months
        with_spares = (*machines, Share(100.0 + self.spares, "with spare machines"))
        yield Charge(
            "Purchase of machines",
            (*with_spares, Per(months, "month")),
            self._price("purchase_usd", "machine"),
            spread=Spread(months, renewed=True),
            line="machine_purchase",
            path=f"{inside}purchase_usd",
        )
        yield Charge(
            "Energy of machines",
            (
                *machine_hours,
                Amount(self.watts, "W"),
                Per(1000.0, "W", "kWh"),
                Extra(self.pue, "with cooling and losses"),
            ),
            self._price("energy_usd", "kWh"),
            line="machine_energy",
            path=f"{inside}watts",
        )
        yield Charge(
            "Space of machines",
            with_spares,
            self._price("space_usd", "machine"),
            line="machine_space",
            path=f"{inside}space_usd",
        )
        yield Charge(
            "Support of machines",
            (*machines, Per(MONTHS_IN_YEAR, "month")),
            self._price("support_usd", "machine"),
            line="machine_support",
            path=f"{inside}support_usd",
        )

    def _price(self, name: str, unit: str) -> Price:
        usd: Value = getattr(self, name)
        is_default = isinstance(usd, float) and usd == specs(OwnMachine)[name].default
        return Price(
            f"your-machine/{name.removesuffix('_usd')}",
            unit,
            flat(usd),
            state="own",
            origin="field",
            source="default: judgment" if is_default else "yours",
        )

    def notices(self, terms: Terms, inside: str) -> Iterator[Notice]:
        """What the reader should know; `inside` is where this stands in the option."""
        if self.purchase_usd and self.months > terms.horizon_months:
            yield Notice(
                f"{inside}months",
                Text(
                    "The machine is used for {} months, longer than the horizon: what is left of "
                    "its price is not in the horizon's total.",
                    self.months,
                ),
            )
