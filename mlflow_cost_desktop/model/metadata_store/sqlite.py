"""The metadata store in a SQLite file on the server's own disk."""

from collections.abc import Iterator

from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.option import Notice, Option


class Sqlite(Option):
    """A file beside the server: nothing is billed but the disk that it is on."""

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield from ()

    def notices(self, terms: Terms) -> Iterator[Notice]:
        yield Notice(
            "",
            "SQLite is for a person, not for a team: one writer at a time, and the file is lost "
            "with the server's disk.",
        )
