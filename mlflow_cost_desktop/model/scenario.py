"""A scenario: everything that a user describes, in one frozen value."""

from typing import Annotated

from pydantic import Field

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.model.artifact_store import ArtifactStore
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.terms import NO_GB, Terms
from mlflow_cost_desktop.model.currency import Currency
from mlflow_cost_desktop.model.fields.declaration import (
    ONE_LINE,
    Chooser,
    Effect,
    Model,
    Section,
    Unit,
    differing,
)
from mlflow_cost_desktop.model.fields.paths import spec_at
from mlflow_cost_desktop.model.growth import Growth
from mlflow_cost_desktop.model.labor import Labor
from mlflow_cost_desktop.model.labor.access import Team
from mlflow_cost_desktop.model.managed_plan import AUTO, ManagedPlan
from mlflow_cost_desktop.model.metadata_store import MetadataStore
from mlflow_cost_desktop.model.needs import Needs
from mlflow_cost_desktop.model.network import Network
from mlflow_cost_desktop.model.option import SERVER
from mlflow_cost_desktop.model.own import OwnLine, OwnRate
from mlflow_cost_desktop.model.ranges import MOST_SEED, SEED, Range
from mlflow_cost_desktop.model.server import Server
from mlflow_cost_desktop.model.usage import Usage
from mlflow_cost_desktop.prices.price import Value
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.providers import FIRST


class Scenario(Model):
    """A deployment of MLflow, how it is used, and who looks after it."""

    name: Annotated[
        str,
        Section("Scenario"),
        Field(max_length=120, title="Name", description="Printed above every export."),
        ONE_LINE,
    ] = "Untitled"
    author: Annotated[
        str,
        Field(max_length=120, title="Author", description="Printed in the PDF; may stay empty."),
        ONE_LINE,
    ] = ""
    provider_id: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9-]+$")] = (
        FIRST.id
    )
    """Whose prices apply; nothing to choose yet, so without a title."""
    region_id: Annotated[
        str,
        Chooser("region"),
        Field(
            min_length=1,
            max_length=40,
            pattern=r"^[a-z0-9-]+$",
            title="Region",
            description="Whose prices apply.",
        ),
    ] = FIRST.first_region
    hours_in_month: Annotated[
        float,
        Section("Conventions"),
        Unit("h"),
        # Usage by a schedule grows with the month, typed usage may be cut off by it.
        Effect("either", "what always runs is billed by the hour; days are less of a longer one"),
        Field(
            ge=1,
            le=1000,
            title="Hours in the month",
            description="730 is the average month (365 × 24 ÷ 12); the article counts 720, the "
            "longest month has 744.",
        ),
    ] = 730.0
    horizon_months: Annotated[
        float,
        Unit("month", step=12),
        Effect("less", "what is done once is spread over more months"),
        Field(
            ge=1,
            le=600,
            title="Horizon",
            description="Months that the total covers; set-up is spread over them.",
        ),
    ] = 36.0
    discount: Annotated[
        float,
        Unit("%"),
        Effect("less", "it is taken off the provider's prices"),
        Field(
            ge=0,
            le=100,
            title="Negotiated discount",
            description="Percent off all of the provider's prices, upfront payments included; a "
            "part's own discount takes its place. Never on your own rates or labor.",
        ),
    ] = 0.0
    currency: Annotated[Currency, Field(title="Display currency")] = Currency()
    team: Annotated[Team, Field(title="Team")] = Team()
    usage: Annotated[Usage, Field(title="Usage")] = Usage()
    server: Annotated[Server, Field(title="Server")] = Server()
    metadata_store: Annotated[MetadataStore, Field(title="Metadata store")] = MetadataStore()
    artifact_store: Annotated[ArtifactStore, Field(title="Artifact store")] = ArtifactStore()
    network: Annotated[Network, Field(title="Network")] = Network()
    labor: Annotated[Labor, Field(title="Maintenance")] = Labor()
    plans: Annotated[
        tuple[ManagedPlan, ...], differing("id"), Field(max_length=100, title="Managed plans")
    ] = ()
    """The user's own and those that were edited; those that come with the program are not in it."""
    held_against: Annotated[
        str, Field(min_length=1, max_length=40, pattern=r"^[a-z][a-z0-9_]*$")
    ] = AUTO
    """What the total is held against: `auto`, the best plan that fits; `none`; or a plan's id."""
    start: Annotated[str, Field(max_length=7, pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")] = ""
    """The month that is the first of the horizon, `2027-01`; empty: months have numbers only."""
    growth: Annotated[
        tuple[Growth, ...],
        differing("path"),
        Field(max_length=100, title="Changes over time"),
    ] = ()
    """What changes over the months; `model/growth.py` says how."""
    ranges: Annotated[
        tuple[Range, ...], differing("path"), Field(max_length=100, title="Ranges")
    ] = ()
    """Between which values inputs may lie; `model/ranges.py` says how they are drawn."""
    seed: Annotated[int, Field(ge=0, le=MOST_SEED)] = SEED
    """With which draws begin: the same seed, the same draws."""
    budget_usd: Annotated[float | None, Field(ge=0, le=1e12)] = None
    """What a month may cost, of which it is asked how likely it is to be kept; USD."""
    needs: Needs = Needs()
    """What a search for the cheapest has to find; no input of the estimate, so without a title."""
    dismissed_offers: Annotated[
        tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=100)
    ] = ()
    """Ids of what the program offered and the user does not want for this deployment."""
    own_rates: Annotated[
        tuple[OwnRate, ...], differing("key"), Field(max_length=1000, title="Your rates")
    ] = ()
    own_lines: Annotated[
        tuple[OwnLine, ...], differing("id"), Field(max_length=200, title="Your lines")
    ] = ()

    def terms(self, price_book: PriceBook) -> Terms:
        """What the components are handed, with the own rates of the book's provider and region."""
        own = {rate.sku_id: rate.as_price for rate in self.own_rates if rate.is_for(price_book)}
        proxied = self.network.proxied if SERVER in self.server.duties else NO_GB
        return Terms(
            prices=price_book.with_own_rates(own) if own else price_book,
            hours_in_month=self.hours_in_month,
            usage=self.usage.factor(self.hours_in_month),
            horizon_months=self.horizon_months,
            each=self.labor.access.each,
            users=self.team.users,
            duties=self.labor.access.duties.union(
                self.server.duties, self.metadata_store.duties, self.artifact_store.duties
            ),
            proxied=proxied,
            proxied_outside=proxied if self.artifact_store.chosen.lies_outside else NO_GB,
        )

    @property
    def hours_in_use(self) -> float:
        """Hours a month in which the deployment is needed, of those that the month has."""
        return float(self.usage.factor(self.hours_in_month).value)

    def discount_of(self, component: str) -> Value:
        """The negotiated percent that counts for a component: its own, or the whole estimate's."""
        own: Value | None = getattr(getattr(self, component), "discount", None)
        return self.discount if own is None else own

    def field_behind(self, charge: Charge) -> str:
        """The path of the input that a line comes from, empty where it names none.

        A line names it from inside its option; what does not stand there stands further out.
        """
        component = getattr(self, charge.component)
        option = getattr(component, "option", "")
        for outer in (f"{charge.component}.{option}.", f"{charge.component}.", ""):
            try:
                spec_at(self, f"{outer}{charge.path}")
            except UserError:
                continue
            return f"{outer}{charge.path}"
        return ""
