"""No tracking server: clients write to the stores themselves."""

from collections.abc import Iterator
from typing import Self

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.option import Notice, Option


class NoServer(Option):
    """Nothing to run and nothing to pay, and no shared UI."""

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield from ()

    def variants(self) -> Iterator[tuple[str, Self]]:
        yield from ()  # nothing that a tracking server could be compared with

    def notices(self, terms: Terms) -> Iterator[Notice]:
        yield Notice(
            "",
            "Clients write straight to the stores: nobody has a shared UI, and everybody needs "
            "access to the database. Teams need the tracking server as their hub, says the "
            "article.",
        )
