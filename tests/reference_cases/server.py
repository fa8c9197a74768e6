"""Published cases of the tracking server."""

from typing import Any

from tests.reference_cases.translation import Case, Translation, hours, server


def ec2(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"], hours(inputs))
    count = float(inputs.get("count", 1))
    made.values |= {
        "server__ec2__instance_type": inputs["instance"],
        "server__ec2__replicas": count,
        # All disks together are given where there are several alike.
        "server__ec2__root_volume_gb": float(
            inputs.get("ebs_gb", inputs.get("ebs_gb_total", 0) / count)
        ),
    }
    purchase = inputs.get("purchase", "on_demand")
    if "RI" in purchase:
        offering, _, term, payment = purchase.split(" ", 3)
        made.values |= {
            "server__ec2__purchase": "reserved",
            "server__ec2__offering": offering,
            "server__ec2__term": term,
            "server__ec2__payment": payment.replace(" ", "_"),
        }
    if "discount_pct" in inputs:
        made.values |= {
            "server__ec2__purchase": "reserved_typed",
            "server__ec2__reserved_discount": float(inputs["discount_pct"]),
        }
    if "hourly_usd" in inputs:
        made.rate(f"ec2/{inputs['instance']}/on_demand", (0.0, inputs["hourly_usd"]))
    if "usd_gb" in inputs:
        made.rate("ebs/gp3/storage", (0.0, inputs["usd_gb"]))
    return made


PASSED: dict[str, Case] = {
    "SEED-01": (ec2, server),
    "SEED-02": (ec2, server),
    "CALC-16": (ec2, server),
    "IC-EC2-2": (ec2, server),
    "IC-EC2-4": (ec2, server),
    "IC-EC2-5": (ec2, server),
    "IC-EC2-6": (ec2, server),
    "IC-EKS-4": (ec2, server),
    "IC-EKS-6": (ec2, server),
}
