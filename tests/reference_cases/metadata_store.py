"""Published cases of the metadata store."""

from typing import Any

from mlflow_cost_desktop.model.estimate import Estimate
from mlflow_cost_desktop.prices.price_book import Value
from tests.reference_cases.translation import Case, Translation, database, hours


def rds(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"], hours(inputs))
    multi_az = inputs.get("multi_az", False)
    storage = inputs.get("storage", "gp2")
    deployment, prefix = ("multi_az", "multi_az_") if multi_az else ("single_az", "")
    storage_gb = float(inputs.get("storage_gb", 0))
    made.values |= {
        "metadata_store__rds__engine": inputs["engine"],
        "metadata_store__rds__instance_class": inputs["instance"],
        "metadata_store__rds__deployment": deployment,
        "metadata_store__rds__storage_type": storage,
        "metadata_store__rds__storage_gb": storage_gb,
        "metadata_store__rds__iops": float(inputs.get("iops", 3000)),
        # The case names backups beyond the free size, the program asks for all that are kept.
        "metadata_store__rds__backup_gb": storage_gb + inputs["extra_backup_gb"]
        if "extra_backup_gb" in inputs
        else 0.0,
    }
    engine = f"rds/{inputs['engine']}/{inputs['instance']}/{deployment}/on_demand"
    for key, sku_id in (
        ("hourly_usd", engine),
        ("usd_gb", f"rds_storage/{storage}/{deployment}"),
        ("usd_iops", f"rds_iops/{storage}/{deployment}"),
    ):
        if f"{prefix}{key}" in inputs:
            made.rate(sku_id, (0.0, inputs[f"{prefix}{key}"]))
    if "backup_usd_gb" in inputs:
        made.rate("rds_backup", (0.0, inputs["backup_usd_gb"]))
    return made


def instances(outcome: Estimate) -> Value:
    """Instances alone: the article counts the database's storage elsewhere."""
    hours = (c for c in outcome.charges if c.description.startswith("Instance hours"))
    return sum(c.effective_cost for c in hours)


PASSED: dict[str, Case] = {
    "SEED-04": (rds, instances),
    "IC-RDS-1": (rds, database),
    "IC-RDS-3": (rds, database),
    "IC-RDS-7": (rds, database),
    "IC-RDS-8": (rds, database),
}
