"""What tests of the lower floors share: a small price book, scenarios, a reader of bills.

The reader knows arithmetic and nothing of costs: it works out what an explanation says.
"""

import math
import re
from fractions import Fraction

from mlflow_cost_desktop.model.fields import Place, places, replace
from mlflow_cost_desktop.model.own import OwnLine, OwnRate, RateTier
from mlflow_cost_desktop.model.scenario import Scenario
from mlflow_cost_desktop.prices.price_book import InstanceType, Price, PriceBook, Tier, flat

TB = 1024.0


def listed(
    sku_id: str, unit: str, *usd: float | tuple[float, float], upfront: float | None = None
) -> Price:
    """A price as a book lists it: one figure, or pairs of a tier's begin and its price."""
    tiers = flat(usd[0]) if isinstance(usd[0], float) else _tiers(usd)  # type: ignore[arg-type]
    return Price(sku_id, unit, tiers, upfront_usd=upfront, source="TEST", date="2026-01-31")


def _tiers(pairs: tuple[tuple[float, float], ...]) -> tuple[Tier, ...]:
    ends = [*(begin for begin, _ in pairs[1:]), math.inf]
    return tuple(Tier(begin, end, usd) for (begin, usd), end in zip(pairs, ends, strict=True))


def _prices() -> dict[str, Price]:
    prices = [
        listed("ec2/m5.large/on_demand", "h", 0.096),
        listed("ec2/m5.large/1y/standard/no_upfront", "h", 0.06),
        listed("ec2/m5.large/1y/standard/partial_upfront", "h", 0.029, upfront=256.0),
        listed("ec2/m5.large/1y/standard/all_upfront", "h", 0.0, upfront=494.0),
        listed("ec2/m5.large/1y/convertible/no_upfront", "h", 0.071),
        listed("ec2/m5.large/3y/standard/partial_upfront", "h", 0.02, upfront=515.0),
        listed("ec2/t3.medium/on_demand", "h", 0.0416),
        listed("ebs/gp3/storage", "GB-month", 0.08),
        listed("rds/mysql/db.m5.large/single_az/on_demand", "h", 0.171),
        listed("rds/mysql/db.m5.large/multi_az/on_demand", "h", 0.342),
        listed("rds/postgresql/db.m5.large/single_az/on_demand", "h", 0.178),
        listed("rds_storage/gp2/single_az", "GB-month", 0.115),
        listed("rds_storage/gp2/multi_az", "GB-month", 0.23),
        listed("rds_storage/gp3/single_az", "GB-month", 0.115),
        listed("rds_storage/gp3/multi_az", "GB-month", 0.23),
        listed("rds_iops/gp3/single_az", "IOPS-month", 0.02),
        listed("rds_iops/gp3/multi_az", "IOPS-month", 0.04),
        listed("rds_throughput/gp3/single_az", "MiBps-month", 0.08),
        listed("rds_throughput/gp3/multi_az", "MiBps-month", 0.16),
        listed("rds_backup", "GB-month", 0.095),
        listed(
            "s3/standard/storage",
            "GB-month",
            (0.0, 0.023),
            (50 * TB, 0.022),
            (500 * TB, 0.021),
        ),
        listed("s3/standard/put", "thousand requests", 0.005),
        listed("s3/standard/get", "thousand requests", 0.0004),
        listed(
            "transfer/internet",
            "GB",
            (0.0, 0.09),
            (10 * TB, 0.085),
            (50 * TB, 0.07),
            (150 * TB, 0.05),
        ),
    ]
    return {price.sku_id: price for price in prices}


INSTANCE_TYPES = {
    "m5.large": InstanceType("m5.large", 2, 8, "x86_64"),
    "t3.medium": InstanceType("t3.medium", 2, 4, "x86_64"),
}

BOOK = PriceBook("AWS", "us-east-1", "US East (N. Virginia)", _prices(), INSTANCE_TYPES)
"""The article's prices and their neighbors, some left out on purpose."""

NOTHING = PriceBook("AWS", "us-east-1", "US East (N. Virginia)", {})
"""A region of which no price is known."""


def changed(scenario: Scenario, **values: object) -> Scenario:
    """A scenario with other values; paths are written with two underscores for each dot."""
    for path, value in values.items():
        scenario = replace(scenario, path.replace("__", "."), value)
    return scenario


def own_rate(
    sku_id: str,
    *tiers: tuple[float, float],
    region_id: str = "us-east-1",
    free: float = 0.0,
    upfront: float | None = None,
) -> OwnRate:
    """A rate of the user's own: pairs of a tier's begin and its price."""
    return OwnRate(
        sku_id=sku_id,
        region_id=region_id,
        tiers=tuple(RateTier(begin=begin, usd=usd) for begin, usd in tiers),
        free_quantity=free,
        upfront_usd=upfront,
    )


ARTICLE = changed(Scenario(), hours_in_month=720.0, usage__hours=720.0)
"""What the article counts, with the default labor."""

LINE_MONTHLY = OwnLine(id="firewall", name="Firewall", quantity=2.0, usd=12.5)
LINE_ONCE = OwnLine(
    id="audit", name="Audit", component="labor", quantity=3.0, unit="day", usd=900.0, period="once"
)

RICH = changed(
    ARTICLE,
    usage__hours=160.0,
    discount=10.0,
    horizon_months=24.0,
    server__ec2__replicas=2.0,
    server__ec2__peak_replicas=3.0,
    server__ec2__peak_hours=40.0,
    server__ec2__root_volume_gb=30.0,
    metadata_store__rds__storage_gb=30.0,
    metadata_store__rds__backup_gb=75.0,
    artifact_store__stored_gb=60_000.0,
    artifact_store__s3__put_requests=250_000.0,
    artifact_store__s3__get_requests=2_000_000.0,
    artifact_store__transfer_out_gb=12_000.0,
    artifact_store__free_transfer_gb=60.0,
    own_lines=(LINE_MONTHLY, LINE_ONCE),
)
"""A scenario in which hardly any quantity is zero."""

ONE_TASK = changed(
    RICH,
    labor__tasks=(
        ARTICLE.labor.tasks[0],
        ARTICLE.labor.tasks[3].model_copy(update={"role": "data_scientist"}),
    ),
)

SCENARIOS: dict[str, Scenario] = {
    "article": ARTICLE,
    "on demand": RICH,
    "reserved": changed(
        ONE_TASK,
        server__ec2__purchase="reserved",
        server__ec2__payment="partial_upfront",
        server__discount=5.0,
        metadata_store__discount=7.0,
        artifact_store__discount=2.5,
    ),
    "reserved 3 years": changed(
        ONE_TASK,
        server__ec2__purchase="reserved",
        server__ec2__term="3y",
        server__ec2__payment="partial_upfront",
    ),
    "reserved, typed": changed(ONE_TASK, server__ec2__purchase="reserved_typed"),
    "schedule": changed(
        ONE_TASK, usage__by="schedule", metadata_store__rds__runs="usage_hours", own_lines=()
    ),
    "schedule, weeks typed": changed(
        ONE_TASK, usage__by="schedule", usage__weeks_per_month=4.0, own_lines=()
    ),
    "gp3": changed(
        ONE_TASK,
        metadata_store__rds__storage_type="gp3",
        metadata_store__rds__deployment="multi_az",
        metadata_store__rds__storage_gb=500.0,
        metadata_store__rds__iops=14_000.0,
        metadata_store__rds__throughput=650.0,
        metadata_store__rds__backup_gb=700.0,
    ),
    "gp3, small": changed(
        ONE_TASK,
        metadata_store__rds__storage_type="gp3",
        metadata_store__rds__storage_gb=5.0,
        metadata_store__rds__iops=14_000.0,
        metadata_store__rds__throughput=650.0,
    ),
    "own rates": changed(
        ONE_TASK,
        own_rates=(
            own_rate("ec2/m5.large/on_demand", (0.0, 0.09), (100.0, 0.05), free=50.0),
            own_rate("s3/standard/put", (0.0, 0.004), (100.0, 0.003), free=20.0),
            own_rate("rds_backup", (0.0, 0.2)),
            own_rate("transfer/internet", (0.0, 0.08), (1000.0, 0.01), free=500.0),
        ),
    ),
    "unknown prices": changed(
        ONE_TASK,
        server__ec2__instance_type="m9.large",
        metadata_store__rds__engine="mariadb",
    ),
}
"""Together these make every input matter."""


def leaves(scenario: Scenario) -> list[Place]:
    """The inputs of a scenario that mean something at present."""
    return [place for place in places(scenario) if place.active]


def numbers(scenario: Scenario) -> list[Place]:
    """Its numeric inputs."""
    return [place for place in leaves(scenario) if place.spec.is_number]


# --- Reading an explanation ---------------------------------------------------

_TOKEN = re.compile(r"\$?(?P<number>\d[\d,]*(?:\.\d+)?)|(?P<sign>[×÷−()%])|[^\d×÷−()%$]+")


def without_remarks(text: str) -> str:
    """A text without what stands in square brackets, which may hold others."""
    depth = 0
    kept = ""
    for letter in text:
        depth += letter == "["
        if depth == 0:
            kept += letter
        depth -= letter == "]"
    assert depth == 0, text
    return kept


def recomputed(explanation: str) -> tuple[Fraction, Fraction]:
    """What an explanation's arithmetic comes to, and the outcome that it names."""
    arithmetic, _, outcome = without_remarks(explanation).rpartition(" = ")
    # "/ h" after a price is its unit; "MiB/s" has no spaces and is a word.
    arithmetic = re.sub(r" / [^×]*", " ", arithmetic)
    named = re.fullmatch(r"\$(\d[\d,]*\.\d\d)", outcome)
    assert named, explanation
    return _Reader(arithmetic).result(), Fraction(named[1].replace(",", ""))


class _Reader:
    """Sums, products and brackets, from left to right; words are units and passed over."""

    def __init__(self, text: str) -> None:
        assert "".join(match[0] for match in _TOKEN.finditer(text)) == text, text
        found = (match["number"] or match["sign"] for match in _TOKEN.finditer(text))
        self._left = [token for token in found if token]
        self._text = text

    def result(self) -> Fraction:
        value = self._difference()
        assert not self._left, f"{self._left} left over in {self._text}"
        return value

    def _next(self) -> str:
        return self._left[0] if self._left else ""

    def _difference(self) -> Fraction:
        value = self._product()
        while self._next() == "−":
            self._left.pop(0)
            value -= self._product()
        return value

    def _product(self) -> Fraction:
        value = self._single()
        while self._next() in ("×", "÷"):
            sign, right = self._left.pop(0), self._single()
            value = value * right if sign == "×" else value / right
        return value

    def _single(self) -> Fraction:
        token = self._left.pop(0)
        if token == "(":
            value = self._difference()
            assert self._left.pop(0) == ")", self._text
            return value
        value = Fraction(token.replace(",", ""))
        if self._next() == "%":
            self._left.pop(0)
            value /= 100
        return value


def recomputes_to_the_cent(explanation: str) -> bool:
    """Whether a reader with a calculator comes to the outcome that the explanation names.

    Operands are printed with twelve digits: of billions, that is more than a cent.
    """
    worked_out, named = recomputed(explanation)
    return abs(worked_out - named) <= Fraction("0.005") + abs(worked_out) / 10**9
