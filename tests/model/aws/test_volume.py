"""What an EBS volume and its snapshots are billed."""

import pytest

from mlflow_cost_desktop.model.aws.volume import Snapshots, Volume
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount
from mlflow_cost_desktop.model.charges.sums import add_up
from mlflow_cost_desktop.model.scenario import Scenario
from tests.support import BOOK

TERMS = Scenario().terms(BOOK)


def cost(volume: Volume, gb: float, *capacity: Amount) -> float:
    return float(add_up(c.effective_cost for c in lines(volume, gb, *capacity)))


def lines(volume: Volume, gb: float, *capacity: Amount) -> list[Charge]:
    return list(volume.charges(TERMS, Amount(gb, "GB"), capacity=capacity))


@pytest.mark.parametrize(
    ("volume", "gb", "usd"),
    [
        (Volume(), 100.0, 100 * 0.08),
        (Volume(iops=3_000.0, throughput=125.0), 0.5, 0.08),
        (Volume(iops=4_000.0, throughput=225.0), 100.0, 8 + 1_000 * 0.005 + 100 * 0.04),
        (Volume(iops=4_000.0, throughput=225.0), 0.0, 0.0),
        (Volume(type="gp2", iops=9_000.0, throughput=900.0), 100.0, 10.0),
        (Volume(type="io1", iops=0.0), 1.0, 4 * 0.125 + 100 * 0.065),
        (Volume(type="io2", iops=70_000.0), 100.0, 12.5 + 2_080 + 1_456 + 6_000 * 0.03185),
        (Volume(type="st1"), 124.0, 125 * 0.045),
        (Volume(type="st1"), 126.0, 126 * 0.045),
        (Volume(type="sc1"), 0.0, 0.0),
    ],
)
def test_what_is_billed(volume: Volume, gb: float, usd: float) -> None:
    assert cost(volume, gb) == pytest.approx(usd)


def test_every_volume_is_billed_alike_and_has_tiers_of_its_own() -> None:
    busy = Volume(type="io2", iops=40_000.0)
    assert cost(busy, 100.0, Amount(3.0, "instance")) == pytest.approx(3 * cost(busy, 100.0))


def test_a_minimum_says_so() -> None:
    (line,) = lines(Volume(type="sc1"), 50.0)
    assert line.explanation == ("125 GB [minimum, 50 GB asked] × $0.015 / GB-month = $1.88")


@pytest.mark.parametrize(
    ("per_day", "usd"),
    [
        # The first in full for 30 GB, then 3 GB each, half the month on average.
        (2.0, 30 * 0.05 + (2 * 730 / 24 - 1) * 3 * 0.05 / 2),
        (24 / 730, 30 * 0.05),
        (0.0, 0.0),
    ],
)
def test_snapshots(per_day: float, usd: float) -> None:
    made = Snapshots(per_day=per_day, changed_gb=3.0).charges(TERMS, Amount(30.0, "GB"))
    assert float(add_up(line.effective_cost for line in made)) == pytest.approx(usd)


@pytest.mark.parametrize(
    ("volume", "gb", "about", "says"),
    [
        (Volume(type="st1"), 50.0, "size", "at least 125 GB"),
        (Volume(type="gp2"), 20_000.0, "size", "at most 16,384 GB"),
        (Volume(iops=16_001.0), 32.0, "volume.iops", "at most 16,000 IOPS"),
        (Volume(type="io1", iops=501.0), 10.0, "volume.iops", "at most 500 IOPS"),
        (Volume(throughput=751.0), 100.0, "volume.throughput", "1 MiB/s for each 4 IOPS"),
    ],
)
def test_what_is_not_sold(volume: Volume, gb: float, about: str, says: str) -> None:
    (notice,) = volume.notices(gb, "size", "volume")
    assert notice.path == about
    assert says in notice.text


@pytest.mark.parametrize(
    ("volume", "gb"),
    [
        (Volume(), 1.0),
        (Volume(iops=16_000.0, throughput=2_000.0), 32.0),
        (Volume(type="io1", iops=100.0), 1.5e4),
        (Volume(type="io2", iops=256_000.0), 0.0),
        (Volume(type="st1", iops=9.0), 125.0),
    ],
)
def test_what_is_sold(volume: Volume, gb: float) -> None:
    assert not list(volume.notices(gb, "size", "volume"))
