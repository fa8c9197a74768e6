"""The collected facts, read and put into the units and keys of the price books."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from mlflow_cost_desktop.prices.aws.keys import BY_FACT, place_of_fact
from mlflow_cost_desktop.prices.aws.names import (
    BUNDLED_FAMILY,
    DEPLOYMENTS,
    ENGINES,
    PAYMENTS,
    REGIONS,
    SAVINGS_PLANS,
    STORAGE_CONFIGURATIONS,
    TERMS,
    unit_factor,
)

GLOBAL_REGION = "global"

# Rows of AWS's own page that name no region count for the region that the page shows first.
UNNAMED_REGION = ("all (AWS page; no region named)", "us-east-1")

HOURS_PER_YEAR = 8760
CENT = Decimal("0.01")
# Some sources computed with binary floats; what lies beyond this is their noise.
FINEST = Decimal("1e-12")

# Where a source is less reliable for one file than in general.
LOWER_RELIABILITY = {("EC2SHOP", "ebs"): "B"}

TERM = re.compile(r"/([13])y/")
_YEAR = re.compile(r"\d{4}")
_LABEL = re.compile(r"[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*")
_DOUBT = re.compile(r"flag:|outlier|re-checking")


class RefusalError(Exception):
    """The facts can't be made into price books; the message says which rows are why."""


class Source(NamedTuple):
    """What sources.md says about a label."""

    reliability: str
    where: str


@dataclass(frozen=True, slots=True)
class Price:
    """One tier of one price of one source; `on_demand` is what the source set beside it."""

    region: str
    key: str
    unit: str
    usd: Decimal
    source: str
    date: str
    reliability: str
    origin: str
    tier_from: Decimal = Decimal(0)
    tier_to: Decimal | None = None
    upfront: Decimal | None = None
    on_demand: Decimal | None = None
    doubtful: bool = False
    state: str = "listed"
    rule: str = ""

    @property
    def effective(self) -> Decimal:
        """USD an hour with the upfront payment spread over the term."""
        term = TERM.search(self.key)
        if term is None or not self.upfront:
            return self.usd
        return self.usd + self.upfront / (HOURS_PER_YEAR * int(term[1]))


@dataclass
class Report:
    """What a run has to say beyond the files it wrote."""

    unplaced: Counter[str] = field(default_factory=Counter[str])
    incomplete: list[str] = field(default_factory=list[str])
    unsplit: Counter[str] = field(default_factory=Counter[str])
    free: Counter[str] = field(default_factory=Counter[str])
    zeros: list[str] = field(default_factory=list[str])
    above: list[str] = field(default_factory=list[str])
    settled: Counter[str] = field(default_factory=Counter[str])


def on_demand_key(key: str) -> str:
    """The on-demand key beside a reserved key."""
    return TERM.split(key)[0] + "/on_demand"


def read_sources(path: Path) -> dict[str, Source]:
    """Label, reliability and place of every source in the tables of sources.md.

    Of a double reliability ("A/B") the lower counts.
    """
    sources = dict(QUOTED_SOURCES)
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|\n ").split("|")]
        grade = re.match(r"[A-D](?:/[A-D])?\b", cells[-1])
        if not line.startswith("|") or len(cells) != 6 or grade is None:
            continue
        for label in _LABEL.findall(cells[0]):
            sources[label] = Source(max(grade[0]), re.sub(r"^\((.*)\)$", r"\1", cells[1]))
    return sources


# Quoted in the facts, but not in the tables of sources.md.
QUOTED_SOURCES = {
    "KR-DOC": Source("C", "public project document quoting the price list of Seoul"),
    "VMS-DOC": Source("C", "public document quoting aws.amazon.com/ec2/pricing/on-demand"),
}


class FactReader:
    """Turns the rows of the facts' files into prices; remembers where each came from."""

    def __init__(self, folder: Path, sources: dict[str, Source], report: Report) -> None:
        self.folder = folder
        self.sources = sources
        self.report = report

    def rows(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The rows of a file with their origin ("ebs.csv line 7"); none if it is absent."""
        path = self.folder / f"{name}.csv"
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.DictReader(file)
                for row in reader:
                    yield f"{path.name} line {reader.line_num}", row

    def price(self, origin: str, row: dict[str, str], key: str, unit: str, usd: Decimal) -> Price:
        """A price from what every row has; refuses unknown regions and sources."""
        source, name = row["source"], origin.partition(".")[0]
        if source not in self.sources:
            raise RefusalError(f"{origin}: the source {source} is not in sources.md.")
        if row["region"] not in REGIONS and row["region"] != GLOBAL_REGION:
            raise RefusalError(f"{origin}: the region {row['region']} has no name here.")
        reliability = LOWER_RELIABILITY.get((source, name), self.sources[source].reliability)
        doubtful = _DOUBT.search(row.get("note", "")) is not None
        # A year alone is taken for its January, so that no price seems newer than it is.
        is_year = _YEAR.fullmatch(row["source_date"])
        date = f"{row['source_date']}-01" if is_year else row["source_date"]
        return Price(
            row["region"], key, unit, usd, source, date, reliability, origin,
            doubtful=doubtful, rule="flagged" if doubtful else "",
        )  # fmt: skip

    def services(self, name: str) -> Iterator[Price]:
        """Prices that belong to no instance: storage, requests, traffic and the like."""
        for origin, row in self.rows(name):
            placed = place_of_fact(row["sku_key"], row.get("engine", ""))
            if placed is None or "Mirror" in row.get("deployment", ""):
                self.report.unplaced[name] += 1
                continue
            key, unit = placed
            factor = factor_of(row["unit"], unit, key, origin)
            price = self.price(origin, row, key, unit, number(row["price_usd"], origin) * factor)
            entry = BY_FACT.get(row["sku_key"])
            if entry and entry.tier:
                low, high = entry.tier
                yield replace(price, tier_from=low, tier_to=high, rule="io2-tier-bounds")
                continue
            end = None if row["tier_end"] == "Inf" else number(row["tier_end"], origin) / factor
            yield replace(price, tier_from=number(row["tier_begin"], origin) / factor, tier_to=end)

    def credits(self) -> Iterator[Price]:
        """Surplus CPU credits of EC2, where a region is named or AWS's own page is quoted."""
        for origin, row in self.rows("ec2_cpu_credits"):
            is_unnamed = row["region"] == UNNAMED_REGION[0]
            placed = place_of_fact(row["sku_key"], "")
            if placed is None or not (is_unnamed or row["region"] in REGIONS):
                self.report.unplaced["ec2_cpu_credits"] += 1
                continue
            key, unit = placed
            usd = number(row["price_usd"], origin) * factor_of(row["unit"], unit, key, origin)
            if is_unnamed:
                price = self.price(origin, row | {"region": UNNAMED_REGION[1]}, key, unit, usd)
                yield replace(price, rule="region-not-named")
            else:
                yield self.price(origin, row, key, unit, usd)

    def on_demand(self) -> Iterator[Price]:
        """On-demand prices of EC2 (Linux, shared), RDS and Aurora."""
        for origin, row in self.rows("ec2_ondemand"):
            wanted = row["os"] == "Linux" and row["tenancy"] == "Shared"
            if wanted and BUNDLED_FAMILY.match(row["sku_key"]):
                usd = number(row["price_usd"], origin)
                yield self.price(origin, row, f"ec2/{row['sku_key']}/on_demand", "h", usd)
        for origin, row in self.rows("rds_ondemand"):
            if key := database_key(row, row["storage_config"]):
                usd = number(row["price_usd"], origin)
                yield self.price(origin, row, f"{key}/on_demand", "h", usd)
            else:
                self.report.unplaced["rds_ondemand"] += 1

    def reserved(self) -> Iterator[Price]:
        """Reserved prices, and the on-demand price that some sources set beside those of EC2."""
        for name in ("ec2_reserved", "rds_reserved"):
            for origin, row in self.rows(name):
                if name == "rds_reserved":
                    base, offering = database_key(row, "standard"), ""
                elif row["os"] == "Linux" and BUNDLED_FAMILY.match(row["sku_key"]):
                    base, offering = f"ec2/{row['sku_key']}", f"/{row['offering_class']}"
                else:
                    base, offering = None, ""
                if base is None:
                    self.report.unplaced[name] += 1
                    continue
                key = f"{base}/{TERMS[row['term']]}{offering}/{PAYMENTS[row['purchase_option']]}"
                yield from self._reservation(origin, row, key)

    def savings_plans(self) -> Iterator[Price]:
        """The few hourly prices of Savings Plans (Linux) that the facts have."""
        for origin, row in self.rows("ec2_savings_plans"):
            wanted = row["os"] == "Linux" and row["payment"] == "No Upfront"
            # Without the on-demand price beside it nobody can tell whether it still holds.
            wanted = wanted and bool(row["on_demand_usd"])
            if not wanted or not BUNDLED_FAMILY.match(row["sku_key"]):
                self.report.unplaced["ec2_savings_plans"] += 1
                continue
            plan, payment = SAVINGS_PLANS[row["plan"]], PAYMENTS[row["payment"]]
            key = f"ec2/{row['sku_key']}/{TERMS[row['term']]}/{plan}/{payment}"
            usd = number(row["rate_usd_per_hour"], origin)
            yield self.price(origin, row, key, "h", usd)

    def _reservation(self, origin: str, row: dict[str, str], key: str) -> Iterator[Price]:
        price = self.price(origin, row, key, "h", Decimal(0))
        if row["on_demand_usd"]:
            on_demand = number(row["on_demand_usd"], origin)
            if key.startswith("ec2/"):  # fills gaps; that of RDS has none, but hides flags
                yield replace(price, key=on_demand_key(key), usd=on_demand)
            price = replace(price, on_demand=on_demand)
        if row["hourly_usd"]:
            upfront = number(row["upfront_usd"] or "0", origin)
            yield replace(price, usd=number(row["hourly_usd"], origin), upfront=upfront or None)
        elif key.endswith("no_upfront"):
            yield replace(price, usd=number(row["effective_hourly_usd"], origin))
        elif key.endswith("all_upfront"):
            hours = HOURS_PER_YEAR * int(row["term"][0])
            upfront = (number(row["effective_hourly_usd"], origin) * hours).quantize(CENT)
            yield replace(price, upfront=upfront, rule="effective-hourly")
        else:
            self.report.unsplit[price.source] += 1


def number(text: str, origin: str) -> Decimal:
    """A finite number that is not negative, or a refusal that names the row."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise RefusalError(f"{origin}: {text!r} is not a number.") from None
    if not value.is_finite() or value < 0:
        raise RefusalError(f"{origin}: {text} can't be a price or a tier.")
    return value.quantize(FINEST).normalize()


def factor_of(fact_unit: str, book_unit: str, key: str, origin: str) -> Decimal:
    """What a price per `fact_unit` is multiplied by to be one per `book_unit`."""
    factor = unit_factor(fact_unit, book_unit)
    if factor is None:
        raise RefusalError(f"{origin}: {key} is sold by {book_unit}, not by {fact_unit}.")
    return factor


def database_key(row: dict[str, str], storage: str) -> str | None:
    """The key of an RDS or Aurora instance without its term; None if it is not bundled."""
    engine, deployment = ENGINES.get(row["engine"]), DEPLOYMENTS.get(row["deployment"])
    if engine is None or deployment is None or not BUNDLED_FAMILY.match(row["sku_key"]):
        return None
    if engine.startswith("aurora/"):
        deployment = STORAGE_CONFIGURATIONS[storage]
    return f"{engine}/{row['sku_key']}/{deployment}"
