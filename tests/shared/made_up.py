"""A provider that is nobody's: one region, three prices, and a scenario that needs no others."""

from __future__ import annotations

from pathlib import Path

from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.provider import Provider
from tests.shared.making import changed

ACME = Provider("acme", "Acme", "moon-1", acronyms=frozenset({"gb"}))

BOOK = """key,unit,tier_from,tier_to,usd,upfront_usd,state,rule,source,date
transfer/internet,GB,,,0.05,,listed,,ACME,2026-01-31
transfer/zone,GB,,,0.01,,listed,,ACME,2026-01-31
registry/storage,GB-month,,,0.1,,listed,,ACME,2026-01-31
"""


def write_books(folder: Path) -> Path:
    """Its price books in a folder of its own below another; the folder."""
    made = folder / ACME.id
    made.mkdir(parents=True)
    (made / "regions.csv").write_text("region_id,name\nmoon-1,Moon\n")
    (made / "instance_types.csv").write_text("instance_type,vcpu,memory_gib,architecture\n")
    (made / "rules.csv").write_text("rule,text,error,source\n")
    (made / "sources.csv").write_text("source,reliability,where,date\nACME,A,acme.example,2026\n")
    (made / "moon-1.csv").write_text(BOOK)
    return made


ON_THE_MOON: Scenario = changed(
    Scenario(),
    provider_id=ACME.id,
    region_id="moon-1",
    server__option="kubernetes",
    server__kubernetes__control_plane="none",
    server__kubernetes__node__kind="own_price",
    server__kubernetes__node__hourly_usd=0.2,
    metadata_store__option="sqlite",
    artifact_store__stored_gb=0.0,
    network__transfer_out_gb=500.0,
    network__free_transfer_gb=0.0,
    network__zone_gb=100.0,
    network__registry_gb=10.0,
)
