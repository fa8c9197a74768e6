"""AWS as a provider, and the rule by which it estimates what no source holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mlflow_cost_desktop.prices.aws.names import SOLD_BY_TYPE
from mlflow_cost_desktop.prices.price import Price
from mlflow_cost_desktop.prices.provider import Provider, SupportPlan

if TYPE_CHECKING:
    from mlflow_cost_desktop.prices.update import PriceList

INSTANCE_SAVINGS_PLAN = (
    "EC2 Instance Savings Plans cost what standard reservations of the same type, term and "
    "payment cost. (No difference in the eight pairs at hand; other types may differ.)"
)
"""The rule by which a savings plan's price is estimated that no source holds."""


def savings_plan(listed: Mapping[str, Price], key: str) -> Price | None:
    """The price of an EC2 Instance Savings Plan from the standard reservation's, if known."""
    if "/instance_savings_plan/" not in key:
        return None
    reserved = listed.get(key.replace("/instance_savings_plan/", "/standard/"))
    if reserved is None:
        return None
    rule = f"{INSTANCE_SAVINGS_PLAN} {reserved.rule}".rstrip()
    return replace(reserved, sku_id=key, state="estimated", rule=rule)


def price_list() -> PriceList:
    """AWS's public price list; the network and all that reads it are loaded with it."""
    from mlflow_cost_desktop.prices.aws.price_list import AwsPriceList

    return AwsPriceList()


SUPPORT_PAGE = "aws.amazon.com/premiumsupport/pricing"
SUPPORT_SEEN = "2026-01"
"""A copy of the page without a date, whose steps public guides of 2026 repeat."""

SUPPORT = {
    "developer": SupportPlan(29.0, ((0.0, 3.0),), SUPPORT_PAGE, SUPPORT_SEEN),
    "business": SupportPlan(
        100.0,
        ((0.0, 10.0), (10_000.0, 7.0), (80_000.0, 5.0), (250_000.0, 3.0)),
        SUPPORT_PAGE,
        SUPPORT_SEEN,
    ),
    "enterprise": SupportPlan(
        15_000.0,
        ((0.0, 10.0), (150_000.0, 7.0), (500_000.0, 5.0), (1_000_000.0, 3.0)),
        SUPPORT_PAGE,
        SUPPORT_SEEN,
    ),
}

CONTINENTS = {
    "af-": "Africa",
    "ap-": "Asia Pacific",
    "ca-": "North America",
    "eu-": "Europe",
    "il-": "Middle East",
    "me-": "Middle East",
    "mx-": "North America",
    "sa-": "South America",
    "us-": "North America",
    "us-gov-": "GovCloud",
}
"""Where regions are, by what their ids begin with; GovCloud is for US authorities alone."""

AWS = Provider(
    "aws",
    "AWS",
    "us-east-1",
    savings_plan,
    other_region="us-west-2",
    # https://aws.amazon.com/ec2/pricing/on-demand/, "Data Transfer"; the rest is billed in tiers.
    free_transfer_gb=100.0,
    without_free_transfer=("us-gov-", "cn-"),
    continents=CONTINENTS,
    support=SUPPORT,
    acronyms=frozenset(
        {"acu", "alb", "db", "ebs", "ec2", "ecs", "efs", "eks", "gb", "iops", "kms", "lcu"}
        | {"nat", "nlb", "rds", "s3", "vcpu", "vpc"}
    ),
    sold_by_type=SOLD_BY_TYPE,
    to_be_named=("us-gov-", "cn-"),
    price_list=price_list,
)
