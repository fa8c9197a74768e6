"""Choices and what the price book says of them."""

from mlflow_cost_desktop.model.choosers import without_price
from tests.support import ARTICLE, BOOK, NOTHING, changed

DEPLOYMENT = "metadata_store.rds.deployment"


def test_values_without_a_price_are_those_that_leave_more_lines_open_than_others() -> None:
    assert without_price(ARTICLE, BOOK, DEPLOYMENT).isdisjoint({"single_az", "multi_az"})
    postgres = changed(ARTICLE, metadata_store__rds__engine="postgresql")
    found = without_price(postgres, BOOK, DEPLOYMENT)
    assert "multi_az" in found
    assert "single_az" not in found


def test_where_nothing_is_known_no_value_is_singled_out() -> None:
    assert without_price(ARTICLE, NOTHING, DEPLOYMENT) == frozenset()


def test_the_present_value_may_be_the_one_without_a_price() -> None:
    chosen = changed(
        ARTICLE,
        metadata_store__rds__engine="postgresql",
        metadata_store__rds__deployment="multi_az",
    )
    assert "multi_az" in without_price(chosen, BOOK, DEPLOYMENT)
