"""Every input of a scenario, grouped for parametrized tests."""

from collections.abc import Iterable

from mlflow_cost_desktop.model.fields.paths import Place, places
from tests.shared.grouped import grouped
from tests.shared.making import RICH

PLACES = {place.path: place for place in places(RICH)}


def by_part(found: Iterable[Place]) -> dict[str, list[tuple[Place]]]:
    """Cases of one place each, by the part of the scenario that they belong to."""
    parts: dict[str, list[tuple[Place]]] = {}
    for place in found:
        parts.setdefault(place.path.partition(".")[0], []).append((place,))
    return parts


every_place = grouped(by_part(PLACES.values()))
every_number = grouped(by_part(p for p in PLACES.values() if p.spec.is_number))
