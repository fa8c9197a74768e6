"""Published cases of the network."""

from typing import Any

from tests.reference_cases.translation import Case, Translation, begins, network


def transfer(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"])
    made.values |= {
        "network__transfer_out_gb": float(inputs["gb"]),
        "network__free_transfer_gb": float(inputs["free_gb"]),
    }
    made.rate("transfer/internet", *begins(inputs["tiers"]))
    return made


PASSED: dict[str, Case] = {
    "CALC-28": (transfer, network),
    "IC-DT-1": (transfer, network),
    "ML-22": (transfer, network),
}
