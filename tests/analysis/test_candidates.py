"""What a search asks a price book many times is worked out once."""

import numpy as np

from mlflow_cost_desktop.analysis.aws.machines import SIZES_IN_KEYS
from mlflow_cost_desktop.analysis.candidates import SearchedBook, Sold
from mlflow_cost_desktop.prices.price import KeyPart
from mlflow_cost_desktop.prices.price_book import PriceBook
from tests.analysis.test_alternatives import US_EAST


def test_what_is_worked_out_of_names_is_remembered_by_the_search_alone() -> None:
    asked: list[object] = []

    def work(_: PriceBook, names: KeyPart) -> int:
        asked.append(names)
        return len(asked)

    names = np.array(["m5.large", "m5.xlarge"])
    searched = SearchedBook.of(US_EAST)
    assert [searched.of_each(names, work) for _ in range(3)] == [1, 1, 1]
    assert searched.of_each(names.copy(), work) == 2
    assert [US_EAST.of_each(names, work) for _ in range(2)] == [3, 4]
    assert searched.price("ec2", names, "on_demand") is searched.price("ec2", names, "on_demand")


def test_names_that_are_sold_in_the_same_ways_are_one_array() -> None:
    sold = Sold(US_EAST, SIZES_IN_KEYS)
    ways: dict[tuple[str, ...], list[str]] = {}
    for key in US_EAST.listed:
        words = key.split("/")
        if words[0] == "ec2":
            ways.setdefault((words[0], *words[2:]), []).append(words[1])
    assert all(sold.named(*way).tolist() == names for way, names in ways.items())
    arrays = {id(sold.named(*way)) for way in ways}
    assert len(arrays) == len({tuple(names) for names in ways.values()}) < len(ways)
    assert not len(sold.named("ec2", "never"))
