"""A provider's own rules: what it estimates, where transfer is free, how its keys are read."""

from mlflow_cost_desktop.prices.aws.names import REGIONS
from mlflow_cost_desktop.prices.aws.provider import AWS, INSTANCE_SAVINGS_PLAN
from mlflow_cost_desktop.prices.price_book import PriceBook
from mlflow_cost_desktop.prices.provider import Provider
from tests.support import listed

ACME = Provider("acme", "Acme", "moon-1", acronyms=frozenset({"lb"}))
RESERVED = listed("ec2/m5.large/standard/1y/no_upfront", "h", 0.06)
PLAN = "ec2/m5.large/instance_savings_plan/1y/no_upfront"


def test_a_rule_is_its_provider_s_own() -> None:
    prices = {RESERVED.sku_id: RESERVED}
    of_aws = PriceBook(AWS, "us-east-1", "", prices).price(PLAN)
    assert (of_aws.usd, of_aws.state, of_aws.sku_id) == (0.06, "estimated", PLAN)
    assert of_aws.rule == INSTANCE_SAVINGS_PLAN
    assert PriceBook(ACME, "moon-1", "", prices).price(PLAN).state == "unknown"


def test_where_transfer_is_free() -> None:
    assert AWS.has_free_transfer("eu-west-1")
    assert not AWS.has_free_transfer("us-gov-west-1")
    assert ACME.has_free_transfer("us-gov-west-1")


def test_where_a_region_is() -> None:
    assert AWS.continent("eu-central-1") == "Europe"
    assert (AWS.continent("us-east-1"), AWS.continent("us-gov-east-1")) == (
        "North America",
        "GovCloud",
    )
    assert all(AWS.continent(region_id) for region_id in REGIONS)
    assert ACME.continent("moon-1") == ""


def test_keys_for_a_reader() -> None:
    assert AWS.key_in_words("ec2/m5.large/on_demand") == "EC2 · m5.large · on demand"
    assert ACME.key_in_words("lb/ec2_hour") == "LB · ec2 hour"
