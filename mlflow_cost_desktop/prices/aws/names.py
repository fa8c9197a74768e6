"""AWS's words for regions, engines, terms and units, and the program's for the same.

It needs nothing but the standard library, since the maker of the bundled books reads it, too.
"""

from __future__ import annotations

import re
from decimal import Decimal

SOLD_BY_TYPE = ("ec2/", "rds/", "aurora/")
"""Beginnings of the keys of machines, whose types come and go."""

REGIONS = {
    "af-south-1": "Africa (Cape Town)",
    "ap-east-1": "Asia Pacific (Hong Kong)",
    "ap-east-2": "Asia Pacific (Taipei)",
    "ap-northeast-1": "Asia Pacific (Tokyo)",
    "ap-northeast-2": "Asia Pacific (Seoul)",
    "ap-northeast-3": "Asia Pacific (Osaka)",
    "ap-south-1": "Asia Pacific (Mumbai)",
    "ap-south-2": "Asia Pacific (Hyderabad)",
    "ap-southeast-1": "Asia Pacific (Singapore)",
    "ap-southeast-2": "Asia Pacific (Sydney)",
    "ap-southeast-3": "Asia Pacific (Jakarta)",
    "ap-southeast-4": "Asia Pacific (Melbourne)",
    "ap-southeast-5": "Asia Pacific (Malaysia)",
    "ap-southeast-6": "Asia Pacific (New Zealand)",
    "ap-southeast-7": "Asia Pacific (Thailand)",
    "ca-central-1": "Canada (Central)",
    "ca-west-1": "Canada West (Calgary)",
    "eu-central-1": "Europe (Frankfurt)",
    "eu-central-2": "Europe (Zurich)",
    "eu-north-1": "Europe (Stockholm)",
    "eu-south-1": "Europe (Milan)",
    "eu-south-2": "Europe (Spain)",
    "eu-west-1": "Europe (Ireland)",
    "eu-west-2": "Europe (London)",
    "eu-west-3": "Europe (Paris)",
    "il-central-1": "Israel (Tel Aviv)",
    "me-central-1": "Middle East (UAE)",
    "me-south-1": "Middle East (Bahrain)",
    "mx-central-1": "Mexico (Central)",
    "sa-east-1": "South America (São Paulo)",
    "us-east-1": "US East (N. Virginia)",
    "us-east-2": "US East (Ohio)",
    "us-gov-east-1": "AWS GovCloud (US-East)",
    "us-gov-west-1": "AWS GovCloud (US-West)",
    "us-west-1": "US West (N. California)",
    "us-west-2": "US West (Oregon)",
}

ENGINES = {
    "MySQL": "rds/mysql",
    "PostgreSQL": "rds/postgresql",
    "MariaDB": "rds/mariadb",
    "Aurora MySQL": "aurora/mysql",
    "Aurora PostgreSQL": "aurora/postgresql",
}
DEPLOYMENTS = {
    "Single-AZ": "single_az",
    "Multi-AZ": "multi_az",
    "Multi-AZ (readable standbys)": "multi_az_readable",
}
STORAGE_CONFIGURATIONS = {"standard": "standard", "io-optimized": "io_optimized"}
TERMS = {"1yr": "1y", "3yr": "3y"}
SAVINGS_PLANS = {
    "EC2InstanceSavingsPlans": "instance_savings_plan",
    "ComputeSavingsPlans": "compute_savings_plan",
}
PAYMENTS = {
    "No Upfront": "no_upfront",
    "Partial Upfront": "partial_upfront",
    "All Upfront": "all_upfront",
}

BUNDLED_FAMILY = re.compile(r"(db\.)?[tmcr]\d")
"""The families in the books: t, m, c and r, all sizes ("db.cv11" and its like are none)."""

COUNTS = {
    "": Decimal(1),
    "thousand": Decimal(1_000),
    "ten thousand": Decimal(10_000),
    "million": Decimal(1_000_000),
}
"""How many of what is counted a unit is: in words, so that no unit begins with a figure."""

UNITS = {
    "hrs": (1, "h"),
    "hours": (1, "h"),
    "hour": (1, "h"),
    "gb": (1, "GB"),
    "gb-mo": (1, "GB-month"),
    "gb-month": (1, "GB-month"),
    "gb-hours": (1, "GB-h"),
    "vcpu-hours": (1, "vCPU-h"),
    "vcpu-hour": (1, "vCPU-h"),
    "vcpu-hr": (1, "vCPU-h"),
    "acu-hr": (1, "ACU-h"),
    "acu-hour": (1, "ACU-h"),
    "lcu-hrs": (1, "LCU-h"),
    "iops-mo": (1, "IOPS-month"),
    "mibps-mo": (1, "MiBps-month"),
    "mbps-mo": (1, "MiBps-month"),
    "gibps-mo": (1024, "MiBps-month"),
    "ios": (1, "requests"),
    "1m ios": (1_000_000, "requests"),
    "requests": (1, "requests"),
    "api requests": (1, "requests"),
    "queries": (1, "queries"),
    "objects": (1, "objects"),
    "objects-mo": (1, "objects"),
    "alarms": (1, "alarm-month"),
    "dashboards": (1, "dashboard-month"),
    "metrics": (1, "metric-month"),
    "secrets": (1, "secret-month"),
    "keys": (1, "key-month"),
    "hostedzone": (1, "zone-month"),
    "hostedzone-mo": (1, "zone-month"),
}
"""A source's unit, in small letters, is this many of a plain unit."""

BY_THE_HOUR = {"vCPU-h", "GB-h", "ACU-h", "LCU-h"}
"""What some files sell by "hours", where the product says of what."""


def unit_factor(sold_by: str, unit: str) -> Decimal | None:
    """What a price per `sold_by` is multiplied by to be one per `unit`; None where it can't be."""
    size, base = UNITS.get(sold_by.lower(), (1, sold_by))
    count, _, counted = unit.rpartition(" ")
    if base != counted and not (base == "h" and counted in BY_THE_HOUR):
        return None
    return COUNTS[count] / size
