"""AWS's public price list: from its index to the files of a region, and what each file holds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from mlflow_cost_desktop.prices.aws.keys import ENTRIES, PUBLISHED_FREE
from mlflow_cost_desktop.prices.aws.names import SOLD_BY_TYPE
from mlflow_cost_desktop.prices.aws.offer_file import read_offer
from mlflow_cost_desktop.prices.new_price import RefusedFileError, ServicePrices
from mlflow_cost_desktop.prices.origin import Origin
from mlflow_cost_desktop.prices.update import Listing, Offered

ADDRESS = "https://pricing.us-east-1.amazonaws.com"
INDEX = "/offers/v1.0/aws/index.json"
PLANS = "AWSComputeSavingsPlan"

MB = 1_000_000
ROUGH_SIZES = {
    "AmazonEC2": 310 * MB,
    PLANS: 120 * MB,
    "AmazonRDS": 45 * MB,
    "AWSDataTransfer": 3 * MB,
    "AmazonS3": 1 * MB,
    "AmazonS3GlacierDeepArchive": MB // 10,
    "AmazonECS": 1 * MB,
    "AmazonEKS": 1 * MB,
    "AWSELB": MB // 10,
    "AmazonVPC": 2 * MB,
    "AmazonCloudWatch": 1 * MB,
    "awskms": MB // 5,
    "AWSSecretsManager": MB // 10,
    "AmazonRoute53": 1 * MB,
    "AmazonECR": MB // 10,
    "AmazonEFS": MB // 5,
    "AmazonSageMaker": 20 * MB,
}
"""The files that are read, and about how many bytes one of a region has."""

SOLD_EVERYWHERE = {"AmazonRoute53"}
"""One file for all regions."""

_OFFER_OF = {entry.key: entry.offer for entry in reversed(ENTRIES) if entry.offer}
_OFFERS_OF_BEGINNINGS = {
    "ec2": "AmazonEC2",
    "rds": "AmazonRDS",
    "aurora": "AmazonRDS",
    "rds_credits": "AmazonRDS",
    "rds_extended_support": "AmazonRDS",
    "aurora_extended_support": "AmazonRDS",
    "transfer": "AWSDataTransfer",
}


class AwsPriceList:
    """What `prices/update.py` asks of a provider's own price list."""

    name = "AWS price list"
    address = ADDRESS
    services = tuple(ROUGH_SIZES)
    free = frozenset(PUBLISHED_FREE)
    not_read = (
        "Spot prices",
        "the metadata of SageMaker's MLflow by the GB",
        "Compute Savings Plans on Fargate and Database Savings Plans, whose discount you type",
    )

    def rough_size(self) -> int:
        """About how many bytes a region is."""
        return sum(ROUGH_SIZES.values())

    def service_of(self, key: str) -> str:
        """Whose file a price is in; empty where none of them has it."""
        if "_savings_plan/" in key:
            return PLANS
        return _OFFER_OF.get(key) or _OFFERS_OF_BEGINNINGS.get(key.partition("/")[0], "")

    def is_of_a_type(self, key: str) -> bool:
        """Whether it is the price of a type of machine, and goes when that is no longer sold."""
        return key.startswith(SOLD_BY_TYPE)

    def listing(
        self, origin: Origin, region_ids: list[str], tell: Callable[[str], None]
    ) -> Listing:
        """The files of some regions.

        Args:
            tell: is told whose index is asked for; what it raises ends the work.

        Raises:
            UserError: if the index can't be read.
        """
        index = _read(origin, INDEX)
        offers = _table(index, "offers", INDEX)
        found: dict[str, list[Offered]] = {region_id: [] for region_id in region_ids}
        refused: dict[str, dict[str, str]] = {region_id: {} for region_id in region_ids}
        for service, rough in ROUGH_SIZES.items():
            tell(service)
            try:
                paths = _paths(origin, offers, service)
            except RefusedFileError as error:
                for region_id in region_ids:
                    refused[region_id][service] = error.title
                continue
            for region_id in region_ids:
                path = paths.get("" if service in SOLD_EVERYWHERE else region_id)
                if path is None:
                    refused[region_id][service] = f"{service} has no file for {region_id}"
                    continue
                try:
                    size = origin.size(path)
                except RefusedFileError as error:
                    refused[region_id][service] = error.title
                else:
                    found[region_id].append(Offered(service, path, size or rough))
        return Listing(str(index.get("publicationDate") or "")[:10], found, refused)

    def read(
        self, service: str, path: Path, region_id: str, tell: Callable[[int], None]
    ) -> ServicePrices:
        """What a file holds. Raises RefusedFileError."""
        return read_offer(path, service, region_id, tell)


def _paths(origin: Origin, offers: Mapping[str, Any], service: str) -> dict[str, str]:
    """The paths of a service's CSV files by region; of one that is sold everywhere alike, by ""."""
    offer = offers.get("AmazonEC2" if service == PLANS else service)
    if not isinstance(offer, dict):
        raise RefusedFileError(f"The index does not list {service}")
    urls = cast("dict[str, object]", offer)
    if service in SOLD_EVERYWHERE:
        return {"": _csv(urls.get("currentVersionUrl"), service)}
    name = "currentSavingsPlanIndexUrl" if service == PLANS else "currentRegionIndexUrl"
    where = urls.get(name)
    if not isinstance(where, str):
        raise RefusedFileError(f"The index names no files of {service} by region")
    regions = _read(origin, _path(where, service)).get("regions")
    if service == PLANS:  # a list here, an object there
        rows = cast("list[Any]", regions) if isinstance(regions, list) else []
        listed = [(row.get("regionCode"), row.get("versionUrl")) for row in rows if _is_row(row)]
    else:
        table = cast("dict[str, Any]", regions) if isinstance(regions, dict) else {}
        listed = [(id, row.get("currentVersionUrl")) for id, row in table.items() if _is_row(row)]
    if not listed:
        raise RefusedFileError(f"The index of {service} lists no region")
    return {str(region_id): _csv(url, service) for region_id, url in listed}


def _is_row(row: object) -> bool:
    return isinstance(row, dict)


def _csv(url: object, service: str) -> str:
    if not isinstance(url, str):
        raise RefusedFileError(f"The index names no file of {service}")
    return f"{_path(url, service).removesuffix('.json').removesuffix('.csv')}.csv"


def _path(url: str, service: str) -> str:
    """A path within the list: it leads to no other server, and to no folder above."""
    if not url.startswith("/") or url.startswith("//") or ".." in url or not url.isascii():
        raise RefusedFileError(f"The index names another place for {service}: {url[:80]}")
    return url


def _read(origin: Origin, path: str) -> dict[str, Any]:
    data = origin.read(path)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        what = "a web page" if data.lstrip()[:1] == b"<" else "empty" if not data else "damaged"
        raise RefusedFileError(f"{path.lstrip('/')} is {what}, and no index of prices") from error
    if not isinstance(found, dict):
        raise RefusedFileError(f"{path.lstrip('/')} is no index of prices")
    return cast("dict[str, Any]", found)


def _table(index: Mapping[str, Any], name: str, path: str) -> Mapping[str, Any]:
    table = index.get(name)
    if not isinstance(table, dict):
        raise RefusedFileError(f"{path.lstrip('/')} lists no {name}")
    return cast("dict[str, Any]", table)
