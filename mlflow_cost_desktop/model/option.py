"""What the parts of a deployment have in common."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import Field

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Empty, Model, Section, Unit, specs

SERVER, OWN_INSTANCES, OWN_MACHINES = "server", "own_instances", "own_machines"
"""Work that a way of hosting calls for: a server at all, instances with an operating system of
one's own, machines that were bought. Tasks name it in `counts`."""


class Notice(NamedTuple):
    """Something that makes little sense, or that the reader should know.

    `path` names the field that it is about, empty where it is about no single one.
    """

    path: str
    text: str


class Sold(Model):
    """What providers sell, or what can be had anywhere."""

    sold_by: ClassVar[frozenset[str]] = frozenset()
    """Ids of the providers that sell it; empty where it can be had anywhere."""

    def is_sold_by(self, provider_id: str) -> bool:
        """Whether a provider's customer can choose it."""
        return not self.sold_by or provider_id in self.sold_by


def not_sold(title: str, provider: str) -> str:
    """What is said of something chosen that the scenario's provider does not sell."""
    return (
        f"Not sold by {provider}: {title}. Choose something else, or put rates or lines of your "
        "own in its place."
    )


class Option(Sold):
    """One way to host a part: its inputs, and below them the charges that they cause."""

    lies_outside: ClassVar[bool] = False
    """Whether it stands outside the deployment's own network, as a public service does."""

    @property
    def duties(self) -> frozenset[str]:
        """The work that this way of hosting calls for; tasks name it in `counts`."""
        return frozenset()

    @abstractmethod
    def charges(self, terms: Terms) -> Iterator[Charge]:
        """Its lines; their number depends on choices, never on quantities."""

    def notices(self, terms: Terms) -> Iterator[Notice]:
        """What makes no sense together; paths are relative to the option."""
        yield from ()

    def out_of_support(self) -> Self:
        """The option as it is billed when its version's standard support has ended.

        Itself, where the provider asks no surcharge for that.
        """
        return self

    def variants(self) -> Iterator[tuple[str, Self]]:
        """What a comparison of options shows of this one, by name, the present one among it.

        Without a name, it is called as in the list of options. Nothing, where there is
        nothing to compare.
        """
        yield "", self


Discount = Annotated[
    float | None,
    Section("Discount"),
    Unit("%"),
    Empty("as for the whole estimate"),
    Effect("less", "it is taken off the provider's prices"),
    Field(
        ge=0,
        le=100,
        title="Negotiated discount",
        description="Percent off the provider's prices for this part, instead of the discount "
        "for the whole estimate. Never on your own rates.",
    ),
]


class Component(Model):
    """A part of the deployment: every option is present, one is chosen."""

    option: Any
    """The name of the chosen option's field; each component lists its own."""

    @property
    def chosen(self) -> Option:
        """The option that yields charges."""
        chosen: Option = getattr(self, self.option)
        return chosen

    @property
    def duties(self) -> frozenset[str]:
        """The work that the chosen option calls for."""
        return self.chosen.duties

    def charges(self, terms: Terms) -> Iterator[Charge]:
        """The chosen option's lines, and what all options share."""
        yield from self.chosen.charges(terms)

    def notices(self, terms: Terms) -> Iterator[Notice]:
        """The chosen option's notices, with paths relative to the component."""
        for notice in self.chosen.notices(terms):
            # What an option without inputs says is about its choice.
            path = f"{self.option}.{notice.path}" if notice.path else "option"
            yield Notice(path, notice.text)
        provider = terms.prices.provider
        if not self.chosen.is_sold_by(provider.id):
            title = specs(type(self))["option"].label(self.option)
            yield Notice("option", not_sold(title, provider.name))

    @property
    def option_names(self) -> tuple[str, ...]:
        """The names of all options, in the order of their list."""
        return specs(type(self))["option"].choices

    def variants(self) -> Iterator[tuple[str, Self]]:
        """This part hosted in every way, by name; each option with the inputs it has."""
        spec = specs(type(self))["option"]
        for choice in spec.choices:
            option: Option = getattr(self, choice)
            found = list(option.variants())
            if not found and choice == self.option:
                found = [("", option)]  # what is chosen is always among them
            for name, variant in found:
                changes = {"option": choice, choice: variant}
                yield name or spec.label(choice), self.model_copy(update=changes)
