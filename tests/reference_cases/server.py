"""Published cases of the tracking server."""

from typing import Any

from tests.reference_cases.translation import Case, Translation, hours, server

SECONDS_IN_HOUR = 3600.0


def ec2(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"], hours(inputs))
    made.values |= {
        "server__ec2__instance_type": inputs["instance"],
        "server__ec2__replicas": float(inputs.get("count", 1)),
        "server__ec2__root_volume_gb": float(inputs.get("ebs_gb", inputs.get("ebs_gb_each", 0))),
        "server__ec2__root_volume__type": "gp2",
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
    if "Savings Plan" in purchase:
        assert purchase == "EC2 Instance Savings Plan 1y No Upfront"
        made.values |= {
            "server__ec2__purchase": "instance_savings_plan",
            "server__ec2__term": "1y",
            "server__ec2__payment": "no_upfront",
        }
    if "discount_pct" in inputs:
        made.values |= {
            "server__ec2__purchase": "reserved_typed",
            "server__ec2__reserved_discount": float(inputs["discount_pct"]),
        }
    if "hourly_usd" in inputs:
        made.rate(f"ec2/{inputs['instance']}/on_demand", (0.0, inputs["hourly_usd"]))
    if "usd_gb" in inputs:
        made.rate("ebs/gp2/storage", (0.0, inputs["usd_gb"]))
    return made


def node_group(inputs: dict[str, Any]) -> Translation:
    """A cluster for MLflow alone, whose control plane is a case of its own."""
    made = Translation(inputs["region"], hours(inputs))
    count = float(inputs["count"])
    made.values |= {
        "server__option": "kubernetes",
        "server__kubernetes__runs_on": "alone",
        "server__kubernetes__control_plane": "none",
        "server__kubernetes__nodes": count,
        "server__kubernetes__node__machine__instance_type": inputs["instance"],
        # The case gives all disks together.
        "server__kubernetes__node__disk_type": "gp2",
        "server__kubernetes__node__disk_gb": inputs["ebs_gb_total"] / count,
    }
    made.rate(f"ec2/{inputs['instance']}/on_demand", (0.0, inputs["hourly_usd"]))
    made.rate("ebs/gp2/storage", (0.0, inputs["usd_gb"]))
    return made


def fargate(inputs: dict[str, Any]) -> Translation:
    # One case names no region: its rates are its own.
    made = Translation(inputs.get("region", "us-east-1"), usage(inputs))
    made.values |= {
        "server__option": "fargate",
        "server__fargate__size": f"{inputs['vcpu']:g}vcpu_{inputs['memory_gb']:g}gb",
        "server__fargate__architecture": inputs.get("arch", "x86"),
        "server__fargate__tasks": float(inputs.get("tasks", inputs.get("tasks_per_day", 1))),
        "server__fargate__ephemeral_gb": float(inputs.get("ephemeral_gb", 20)),
    }
    for key, part in (("vcpu", "x86/vcpu"), ("gb", "x86/memory"), ("ephemeral_gb", "ephemeral")):
        if f"{key}_second_usd" in inputs:
            made.rate(f"fargate/{part}", (0.0, inputs[f"{key}_second_usd"] * SECONDS_IN_HOUR))
        elif f"{key}_hour_usd" in inputs:
            made.rate(f"fargate/{part}", (0.0, inputs[f"{key}_hour_usd"]))
    return made


def usage(inputs: dict[str, Any]) -> dict[str, object]:
    """Hours a month, in the units in which a case of Fargate gives them."""
    if "weeks_per_month" in inputs:
        return {
            "usage__by": "schedule",
            "usage__hours_per_day": float(inputs["hours_per_day"]),
            "usage__days_per_week": float(inputs["days_per_week"]),
            "usage__weeks_per_month": float(inputs["weeks_per_month"]),
        }
    if "seconds_per_day" in inputs:
        hours = inputs["seconds_per_day"] * inputs["days"] / SECONDS_IN_HOUR
        return {"usage__by": "hours", "usage__hours": hours}
    if "hours_per_year" in inputs:
        return {"usage__by": "hours", "usage__hours": inputs["hours_per_year"] / 12.0}
    assert inputs["duration_hours"] == 24  # what is started every day runs until the next
    return {"usage__by": "whole_month"}


def control_plane(inputs: dict[str, Any]) -> Translation:
    """Priced from the bundled book: the case states the sum of two prices."""
    assert inputs["clusters"] == 1
    made = Translation(inputs["region"], hours(inputs))
    made.values |= {
        "server__option": "kubernetes",
        "server__kubernetes__runs_on": "alone",
        "server__kubernetes__nodes": 0.0,
        "server__kubernetes__control_plane": "eks_extended",
    }
    return made


PASSED: dict[str, Case] = {
    "SEED-01": (ec2, server),
    "SEED-02": (ec2, server),
    "CALC-16": (ec2, server),
    "CALC-02": (ec2, server),
    "CALC-21": (ec2, server),
    "SEED-03": (fargate, server),
    "AWS-FARGATE-1": (fargate, server),
    "CALC-45": (fargate, server),
    "ML-17": (fargate, server),
    "IC-EKS-2": (control_plane, server),
    "IC-EC2-2": (ec2, server),
    "IC-EC2-4": (ec2, server),
    "IC-EC2-5": (ec2, server),
    "IC-EC2-6": (ec2, server),
    "IC-EKS-4": (node_group, server),
    "IC-EKS-6": (node_group, server),
}
