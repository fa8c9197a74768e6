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


PASSED: dict[str, Case] = {
    "SEED-05": (s3, artifacts),
    "AWS-S3-1": (s3, artifacts),
    "AWS-S3-3": (s3, artifacts),
    "CALC-05": (s3, artifacts),
    "CALC-38": (s3, artifacts),
    "ML-04": (s3, artifacts),
}
