"""Published cases of the artifact store."""

from typing import Any

from tests.reference_cases.translation import Case, Translation, artifacts, begins


def s3(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"])
    stored = inputs.get("gb_months", inputs.get("storage_gb", 0))
    made.values |= {
        "artifact_store__stored_gb": float(stored),
        "artifact_store__s3__put_requests": float(inputs.get("put", 0)),
        "artifact_store__s3__get_requests": float(inputs.get("get", 0)),
    }
    flat = inputs.get("usd_gb", inputs.get("usd_per_gb_month"))
    if flat is not None:
        made.rate("s3/standard/storage", (0.0, flat))
    if "tiers" in inputs:
        made.rate("s3/standard/storage", *begins(inputs["tiers"]))
    for kind in ("put", "get"):
        if f"{kind}_per_1000" in inputs:
            made.rate(f"s3/standard/{kind}", (0.0, inputs[f"{kind}_per_1000"]))
    return made


def efs(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"])
    standard = float(inputs.get("standard_gb", inputs.get("storage_gb", 0)))
    infrequent = float(inputs.get("ia_gb", 0))
    made.values |= {
        "artifact_store__option": "efs",
        # These cases are of before elastic throughput.
        "artifact_store__efs__throughput": "bursting",
        "artifact_store__stored_gb": standard + infrequent,
        # The case names gigabytes, the program asks for a share.
        "artifact_store__efs__infrequent": 100.0 * infrequent / (standard + infrequent),
        "artifact_store__efs__infrequent_read_gb": float(inputs.get("read_gb", 0)),
        "artifact_store__efs__infrequent_write_gb": float(inputs.get("write_gb", 0)),
    }
    for key, sku_id in (
        ("usd_gb", "efs/standard/storage"),
        ("ia_usd_gb", "efs/infrequent/storage"),
        ("access_usd_gb", "efs/infrequent/access"),
    ):
        if key in inputs:
            made.rate(sku_id, (0.0, inputs[key]))
    return made


def volume(inputs: dict[str, Any]) -> Translation:
    """Volumes alike are one store; the calculator knows no free space on them."""
    made = Translation(inputs["region"])
    made.values |= {
        "artifact_store__option": "ebs",
        "artifact_store__stored_gb": float(inputs["volumes"] * inputs["gb"]),
        "artifact_store__ebs__filled": 100.0,
        "artifact_store__ebs__volume__type": "gp2",
        "artifact_store__ebs__snapshots__per_day": float(inputs["snapshots_per_day"]),
        "artifact_store__ebs__snapshots__changed_gb": float(
            inputs["volumes"] * inputs["changed_gb"]
        ),
    }
    for key, sku_id in (("usd_gb", "ebs/gp2/storage"), ("snapshot_usd_gb", "ebs/snapshot")):
        made.rate(sku_id, (0.0, inputs[key] if key in inputs else inputs[f"implied_{key}"]))
    return made


def restored(inputs: dict[str, Any]) -> Translation:
    """Snapshots that are fetched from the archive and stay outside it for some days."""
    made = Translation("us-east-1", {"hours_in_month": 24.0 * inputs["month_days"]})
    made.values |= {
        "artifact_store__option": "ebs",
        "artifact_store__ebs__snapshots__restored_gb": float(inputs["gb"]),
        "artifact_store__ebs__snapshots__restored_days": float(inputs["days"]),
    }
    made.rate("ebs/snapshot", (0.0, inputs["standard_usd_gb"]))
    made.rate("ebs/snapshot_archive_retrieval", (0.0, inputs["retrieval_usd_gb"]))
    return made


PASSED: dict[str, Case] = {
    "SEED-05": (s3, artifacts),
    "AWS-S3-1": (s3, artifacts),
    "AWS-S3-3": (s3, artifacts),
    "CALC-05": (s3, artifacts),
    "CALC-38": (s3, artifacts),
    "ML-04": (s3, artifacts),
    "CALC-06": (efs, artifacts),
    "IC-EFS-1": (efs, artifacts),
    "CALC-08": (volume, artifacts),
    "CALC-09": (volume, artifacts),
    "AWS-EBS-9": (restored, artifacts),
}
