"""Published cases of the metadata store."""

from typing import Any

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.prices.price import Value
from tests.reference_cases.translation import Case, Translation, database, hours
from tests.support import own_rate

IO_OPTIMIZED_SURCHARGE = 1.3
"""Of instances, over Aurora Standard: AWS's rule, which the bundled prices follow."""


def rds(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs.get("region", "us-east-1"), hours(inputs))
    multi_az = inputs.get("multi_az", False)
    storage = inputs.get("storage", "gp2")
    deployment, prefix = ("multi_az", "multi_az_") if multi_az else ("single_az", "")
    count = float(inputs.get("count", 1))
    each = inputs.get("storage_gb_requested", inputs.get("storage_gb_each"))
    # Some cases name all storage together; the program asks for that of each instance.
    storage_gb = float(inputs.get("storage_gb", 0)) / count if each is None else float(each)
    commitment = COMMITMENTS[inputs.get("purchase", "on demand")]
    made.values |= {
        "metadata_store__rds__engine": inputs["engine"],
        "metadata_store__rds__instance_class": inputs["instance"],
        "metadata_store__rds__deployment": deployment,
        "metadata_store__rds__instances": count,
        "metadata_store__rds__commitment": commitment,
        "metadata_store__rds__storage_type": storage,
        "metadata_store__rds__storage_gb": storage_gb,
        "metadata_store__rds__iops": float(inputs.get("iops", 3000)),
    }
    # The cases name backups beyond the free size, the program asks for all that are kept.
    beyond = inputs.get("extra_backup_gb", inputs.get("backup_gb", 0))
    if beyond:
        free = inputs.get("storage_gb_billed", storage_gb)
        made.values["metadata_store__rds__backup_gb"] = float(free + beyond / count)
    engine = f"rds/{inputs['engine']}/{inputs['instance']}/{deployment}"
    for key, sku_id in (
        ("hourly_usd", f"{engine}/on_demand"),
        ("ri_hourly_usd", f"{engine}/{commitment.replace('_', '/', 1)}"),
        ("usd_gb", f"rds_storage/{storage}/{deployment}"),
        ("usd_iops", f"rds_iops/{storage}/{deployment}"),
    ):
        if f"{prefix}{key}" in inputs:
            made.rate(sku_id, (0.0, inputs[f"{prefix}{key}"]))
    if "backup_usd_gb" in inputs:
        made.rate("rds_backup", (0.0, inputs["backup_usd_gb"]))
    return made


COMMITMENTS = {
    "on demand": "on_demand",
    "RI 1y no upfront": "1y_no_upfront",
    "Standard RI 1y No Upfront": "1y_no_upfront",
}


def reserved(inputs: dict[str, Any]) -> Translation:
    """A reservation by its two payments, the recurring one by the month."""
    made = Translation("us-east-1", hours(inputs))
    made.values["metadata_store__rds__commitment"] = "3y_partial_upfront"
    made.rates.append(
        own_rate(
            "rds/mysql/db.m5.large/single_az/3y/partial_upfront",
            (0.0, inputs["recurring_usd"] / 730),
            upfront=inputs["upfront_usd"],
        )
    )
    return made


def proxy(inputs: dict[str, Any]) -> Translation:
    """In front of an instance of two vCPUs."""
    made = Translation("us-east-1", hours(inputs))
    made.values["metadata_store__rds__proxy"] = "proxy"
    made.rate("rds_proxy", (0.0, inputs["usd_vcpu_hour"]))
    return made


def aurora(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs.get("region", "us-east-1"), hours(inputs))
    made.values |= {
        "metadata_store__option": "aurora",
        "metadata_store__aurora__storage_gb": float(inputs.get("storage_gib", 0)),
        "metadata_store__aurora__io_millions": float(inputs.get("io_million", 0)),
    }
    if "acu" in inputs:
        made.values |= {
            "metadata_store__aurora__capacity": "serverless",
            "metadata_store__aurora__acu": float(inputs["acu"]),
        }
        made.rate("aurora_acu/standard", (0.0, inputs["usd_acu_hour"]))
    else:
        made.values |= {
            "metadata_store__aurora__instance_class": inputs["instance"],
            "metadata_store__aurora__instances": float(inputs.get("count", 1)),
        }
        hourly = float(inputs["hourly_usd" if "hourly_usd" in inputs else "implied_hourly"])
        made.rate(f"aurora/mysql/{inputs['instance']}/standard/on_demand", (0.0, hourly))
    if "usd_gib" in inputs:
        made.rate("aurora_storage/standard", (0.0, inputs["usd_gib"]))
    if "usd_io_million" in inputs:
        made.rate("aurora_io", (0.0, inputs["usd_io_million"]))
    return made


def io_optimized(inputs: dict[str, Any]) -> Translation:
    """The published instances are Aurora Standard's; I/O-Optimized asks more for them."""
    made = Translation("us-east-1", hours(inputs))
    made.values |= {
        "metadata_store__option": "aurora",
        "metadata_store__aurora__configuration": "io_optimized",
        "metadata_store__aurora__storage_gb": float(inputs["storage_gb"]),
    }
    made.rate(
        "aurora/mysql/db.t4g.medium/io_optimized/on_demand",
        (0.0, IO_OPTIMIZED_SURCHARGE * inputs["compute_usd"] / 730),
    )
    made.rate("aurora_storage/io_optimized", (0.0, inputs["usd_gb"]))
    return made


def instances(outcome: Estimate) -> Value:
    """Instances alone: the article counts the database's storage elsewhere."""
    hours = (c for c in outcome.charges if c.description.startswith("Instance hours"))
    return sum(c.effective_cost for c in hours)


def reservation(outcome: Estimate) -> Value:
    return lines(outcome, "Instance hours", "Upfront payment")


def pool(outcome: Estimate) -> Value:
    return lines(outcome, "RDS Proxy")


def lines(outcome: Estimate, *beginnings: str) -> Value:
    found = (c for c in outcome.charges if c.component == "metadata_store")
    return sum(c.effective_cost for c in found if c.description.startswith(beginnings))


PASSED: dict[str, Case] = {
    "SEED-04": (rds, instances),
    "IC-RDS-1": (rds, database),
    "IC-RDS-3": (rds, database),
    "IC-RDS-4": (rds, database),
    "IC-RDS-7": (rds, database),
    "IC-RDS-8": (rds, database),
    "IC-RDS-RI-1": (rds, database),
    "CALC-18": (rds, database),
    "CALC-31": (rds, database),
    "ML-20": (reserved, reservation),
    "CALC-51": (proxy, pool),
    "IC-AUR-4": (aurora, database),
    "AWS-AUR-1": (aurora, database),
    "AWS-AUR-3": (aurora, database),
    "AWS-AUR-4": (aurora, database),
    "AWS-AUR-6": (aurora, database),
    "TRAP-2": (io_optimized, database),
}
