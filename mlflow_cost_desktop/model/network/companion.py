"""What companions have in common: who sells them, and inputs that matter while they are chosen."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import OnlyIf
from mlflow_cost_desktop.model.option import Notice, Sold

WHERE_USED = OnlyIf("used", ("True",))


class Companion(Sold):
    """What stands around a deployment and is billed beside it; off until it is chosen."""

    chosen_by: ClassVar[str] = "used"
    """The input that chooses it."""

    @property
    @abstractmethod
    def is_used(self) -> bool:
        """Whether it is chosen; what is not has no lines."""

    @abstractmethod
    def charges(self, terms: Terms) -> Iterator[Charge]:
        """Its lines, where it is used; their inputs are named from the network on."""

    def notices(self, terms: Terms) -> Iterator[Notice]:
        """What makes no sense together, where it is used; paths as those of its lines."""
        yield from ()


class Ticked(Companion):
    """A companion that is chosen by a box."""

    used: bool = False

    @property
    def is_used(self) -> bool:
        return self.used
