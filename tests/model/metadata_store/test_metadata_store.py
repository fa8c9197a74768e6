"""What makes no sense in a metadata store, and what not upgrading leads to."""

import pytest

from tests.model.metadata_store.helpers import GP3, SERVERLESS, told
from tests.support import ARTICLE, changed


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        (
            {"rds__storage_gb": 5.0, "rds__instances": 3.0},
            "rds.storage_gb",
            "20 GB for an instance; 20",
        ),
        ({"rds__storage_gb": 65_537.0}, "rds.storage_gb", "at most 65,536 GB"),
        (
            {"rds__storage_type": "io1", "rds__storage_gb": 99.0},
            "rds.storage_gb",
            "at least 100 GB for an instance; 100 GB are billed",
        ),
        (
            {"rds__storage_type": "io2", "rds__storage_gb": 100.0, "rds__iops": 999.0},
            "rds.iops",
            "1,000 are billed",
        ),
        ({"rds__storage_type": "gp3", "rds__throughput": 126.0}, "rds.throughput", "no more is"),
        (
            {"rds__storage_type": "io1", "rds__storage_gb": 100.0, "rds__iops": 5_001.0},
            "rds.iops",
            "50 IOPS for each GB of io1: 5,000 for 100 GB",
        ),
        (GP3 | {"rds__iops": 64_001.0}, "rds.iops", "at most 64,000 IOPS"),
        (GP3 | {"rds__throughput": 3_501.0}, "rds.throughput", "at most 3,500 MiB/s"),
        ({"rds__deployment": "multi_az_readable"}, "rds.storage_type", "never gp2"),
        ({"rds__engine": "mariadb", "rds__extended_support": "year_3"}, "rds.extended_support", ""),
        ({"rds__commitment": "savings_plan"}, "rds.commitment", "generation 7 and later"),
        ({"option": "aurora", "aurora__runs": "usage_hours"}, "", ""),
        (SERVERLESS | {"aurora__peak_acu": 1.0}, "aurora.peak_acu", "the usual is billed"),
        (SERVERLESS | {"aurora__peak_hours": 721.0}, "aurora.peak_hours", "only those are billed"),
        (SERVERLESS | {"aurora__acu": 0.0}, "aurora.acu", "pauses while nobody is connected"),
    ],
)
def test_one_notice_for_one_cause(values: dict[str, object], path: str, words: str) -> None:
    found = told(**values)
    assert list(found) == ([path] if path else [])
    assert words in found.get(path, "")


def test_who_does_not_upgrade_pays_for_extended_support() -> None:
    store = ARTICLE.metadata_store
    assert store.rds.out_of_support().extended_support == "years_1_2"
    assert store.aurora.out_of_support().extended_support == "years_1_2"
    mariadb = changed(ARTICLE, metadata_store__rds__engine="mariadb").metadata_store.rds
    assert mariadb.out_of_support() == mariadb
