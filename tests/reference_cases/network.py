"""Published cases of the network."""

from typing import Any

from mlflow_cost_desktop.model.charges.estimate import Estimate
from mlflow_cost_desktop.model.network import Network
from mlflow_cost_desktop.model.network.load_balancer import FREE_RULES
from mlflow_cost_desktop.prices.price import Value
from tests.reference_cases.translation import (
    BUNDLED,
    Case,
    Translation,
    begins,
    hours,
    network,
    server,
)


def transfer(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"])
    made.values |= {
        "network__transfer_out_gb": float(inputs["gb"]),
        "network__free_transfer_gb": float(inputs["free_gb"]),
    }
    made.rate("transfer/internet", *begins(inputs["tiers"]))
    return made


def network_load_balancers(inputs: dict[str, Any]) -> Translation:
    """Hourly data of each balancer, as data of all in the month."""
    made = Translation(inputs["region"], hours(inputs))
    count = float(inputs["nlb"])
    made.values |= {
        "network__load_balancer__kind": "nlb",
        "network__load_balancer__count": count,
        "network__load_balancer__processed_gb": inputs["gb_per_hour"] * count * inputs["hours"],
        "network__load_balancer__new_connections": inputs["new_tcp_conn_per_s"] * count,
    }
    made.rate("elb/nlb/hour", (0.0, inputs["hourly_usd"]))
    made.rate("elb/nlb/lcu", (0.0, inputs["nlcu_hour_usd"]))
    return made


def application_load_balancer(inputs: dict[str, Any]) -> Translation:
    """The source counts connections and evaluations by the month, as its result shows."""
    made = Translation(inputs["region"], hours(inputs))
    minutes = inputs["hours"] * 60
    made.values |= {
        "network__load_balancer__kind": "alb",
        "network__load_balancer__processed_gb": float(inputs["processed_gb"]),
        "network__load_balancer__new_connections": inputs["new_connections"] / minutes / 60,
        "network__load_balancer__active_connections": inputs["active_connections"] / minutes,
        # Evaluations are requests by each rule beyond the free ones: of one such rule.
        "network__load_balancer__requests": inputs["rule_evaluations"] / minutes / 60,
        "network__load_balancer__rules": FREE_RULES + 1,
    }
    made.rate("elb/alb/hour", (0.0, inputs["hourly_usd"]))
    made.rate("elb/alb/lcu", (0.0, inputs["lcu_hour_usd"]))
    return made


def custom_metrics(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"])
    made.values |= {
        "network__metrics__used": True,
        "network__metrics__custom": float(inputs["metrics"]),
        "network__metrics__alarms": 0.0,
    }
    made.rate("metrics/custom", (0.0, inputs["usd_metric"]))
    return made


def secret(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"], hours(inputs))
    made.values |= {
        "network__secrets__used": True,
        "network__secrets__secrets": float(inputs["secrets"]),
        "network__secrets__secret_requests": float(inputs["api_calls"]),
        "network__secrets__keys": 0.0,
    }
    made.rate("secrets/secret", (0.0, inputs["usd_secret"]))
    made.rate("secrets/requests", (0.0, inputs["usd_per_10k"]))
    return made


def to_another_region(inputs: dict[str, Any]) -> Translation:
    made = Translation(inputs["region"], hours(inputs))
    made.values |= {"network__region_gb": float(inputs["gb"])}
    made.rate(f"transfer/region/{Network().destination}", (0.0, inputs["usd_gb"]))
    return made


def stack_with_free_tier(inputs: dict[str, Any]) -> Translation:
    """A task behind a balancer: addresses and balancer have hours free, as rates of their own.

    The case states no rate of the task and the balancer: they are the book's.
    """
    made = Translation(inputs["region"], hours(inputs))
    made.values |= {
        "server__option": "fargate",
        "server__fargate__size": f"{inputs['vcpu']:g}vcpu_{inputs['memory_gb']:g}gb",
        "network__load_balancer__kind": "alb",
        "network__public_addresses": inputs["ipv4_hours"] / inputs["hours"],
    }
    book = BUNDLED.book(made.region_id)
    for sku_id in ("fargate/x86/vcpu", "fargate/x86/memory", "elb/alb/lcu"):
        made.rate(sku_id, (0.0, float(book.price(sku_id).usd)))
    balancer = float(book.price("elb/alb/hour").usd)
    made.rate("elb/alb/hour", (0.0, balancer), free=inputs["alb_free_hours"])
    made.rate("ipv4/in_use", (0.0, inputs["ipv4_hourly"]), free=inputs["ipv4_free_hours"])
    return made


def stack(outcome: Estimate) -> Value:
    return server(outcome) + network(outcome)


PASSED: dict[str, Case] = {
    "CALC-07": (network_load_balancers, network),
    "CALC-13": (custom_metrics, network),
    "CALC-28": (transfer, network),
    "IC-ALB-1": (application_load_balancer, network),
    "IC-DT-1": (transfer, network),
    "IC-DT-6": (to_another_region, network),
    "IC-SEC-1": (secret, network),
    "ML-07": (stack_with_free_tier, stack),
    "ML-22": (transfer, network),
}
