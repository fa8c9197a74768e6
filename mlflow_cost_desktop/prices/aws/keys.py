"""The one table of AWS's prices: each key, what the collected facts and AWS's price list call it.

`tools/make_price_books.py` makes the bundled books by it, `offer_file.py` reads AWS's own files by
it, so that a key can't mean two things. It needs nothing but the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mlflow_cost_desktop.prices.aws.names import REGIONS

PUBLISHED_FREE = {
    "s3/glacier_flexible/retrieval_bulk",
    "s3/glacier_flexible/restore_bulk",
}
"""Prices that AWS itself publishes as zero. Any other zero is a fault of its source."""

PER_1000 = "thousand requests"
PER_10000 = "ten thousand requests"
PER_MILLION = "million requests"


@dataclass(frozen=True, slots=True)
class Entry:
    """A price of a service, which is no machine's.

    Attributes:
        key: what the program calls it.
        unit: what it is the price of.
        fact: what the collected facts call it; empty where they have none.
        offer: the code of the file of AWS's price list that holds it; empty where it is not read.
        usage: its usage type there, without the region's prefix.
        operations: its operations there, any of them; all where there is none.
        where: further columns and their values; names of columns are small letters only.
        tier: the quantities that it is for, where the price list names tiers apart.
    """

    key: str
    unit: str
    fact: str = ""
    offer: str = ""
    usage: str = ""
    operations: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    tier: tuple[Decimal, Decimal | None] | None = None


def _s3() -> Iterator[Entry]:
    offer, none = "AmazonS3", ("",)
    classes = {
        "standard": ("standard", "", "TimedStorage-ByteHrs"),
        "int": ("intelligent_tiering", "INT-", ""),
        "standard_ia": ("standard_ia", "SIA-", "TimedStorage-SIA-ByteHrs"),
        "onezone_ia": ("onezone_ia", "ZIA-", "TimedStorage-ZIA-ByteHrs"),
        "glacier_ir": ("glacier_instant", "GIR-", "TimedStorage-GIR-ByteHrs"),
    }
    for theirs, (ours, tag, storage) in classes.items():
        if storage:
            yield Entry(
                f"s3/{ours}/storage", "GB-month", f"s3.{theirs}.storage", offer, storage, none
            )
        if tag and storage:
            usage = f"Retrieval-{tag[:-1]}"
            yield Entry(f"s3/{ours}/retrieval", "GB", f"s3.{theirs}.retrieval", offer, usage)
        for word, fact, number in (
            ("put", "requests_put_copy_post_list", 1),
            ("get", "requests_get_other", 2),
        ):
            usage = f"Requests-{tag}Tier{number}"
            fact = f"s3.{theirs}.{fact}"
            yield Entry(f"s3/{ours}/{word}", PER_1000, fact, offer, usage, none)
    for tier, fact, tag in (
        ("frequent", "frequent", "FA"),
        ("infrequent", "infrequent", "IA"),
        ("archive_instant", "archive_instant", "AIA"),
        ("deep_archive", "deep_archive_access", "DAA"),
    ):
        key, usage = f"s3/intelligent_tiering/{tier}", f"TimedStorage-INT-{tag}-ByteHrs"
        yield Entry(key, "GB-month", f"s3.int.{fact}", offer, usage, none)
    monitoring = "s3/intelligent_tiering/monitoring", "thousand objects"
    usage = "Monitoring-Automation-INT"
    yield Entry(*monitoring, "s3.int.monitoring_per_object", offer, usage)
    for theirs, ours, operation in (
        ("int", "intelligent_tiering", "INT"),
        ("standard_ia", "standard_ia", "SIA"),
        ("onezone_ia", "onezone_ia", "ZIA"),
        ("glacier_ir", "glacier_instant", "GIR"),
        ("glacier_flexible", "glacier_flexible", "Glacier"),
        ("glacier_deep", "glacier_deep", "GDA"),
    ):
        key, fact = f"s3/transition/{ours}", f"s3.transition.to_{theirs}"
        for number in (3, 4):
            operations = (f"S3-{operation}Transition",)
            yield Entry(key, PER_1000, fact, offer, f"Requests-Tier{number}", operations)
    yield from _s3_archives()


def _s3_archives() -> Iterator[Entry]:
    offer, flexible, fact = "AmazonS3", "s3/glacier_flexible", "s3.glacier_flexible"
    for word, usage in (
        ("storage", "TimedStorage-GlacierByteHrs"),
        ("staging", "TimedStorage-GlacierStaging"),
    ):
        yield Entry(f"{flexible}/{word}", "GB-month", f"{fact}.{word}", offer, usage, ("",))
    for word, theirs, number, operations in (
        ("put", "put", 1, ("PutObject", "PostObject")),
        ("get", "get_other", 2, ("",)),
    ):
        usage = f"Requests-GLACIER-Tier{number}"
        key = f"{flexible}/{word}"
        yield Entry(key, PER_1000, f"{fact}.requests_{theirs}", offer, usage, operations)
    for speed, number in (("standard", 3), ("bulk", 5), ("expedited", 6)):
        # Of Tier3, transitions are other operations.
        of = ("RestoreObject",) if speed == "standard" else ("", "RestoreObject")
        theirs = f"{fact}.restore_requests_{speed}"
        usage = f"Requests-Tier{number}"
        yield Entry(f"{flexible}/restore_{speed}", PER_1000, theirs, offer, usage, of)
        usage = f"{speed.capitalize()}-Retrieval-Bytes"
        theirs = f"{fact}.retrieval_{speed}"
        yield Entry(f"{flexible}/retrieval_{speed}", "GB", theirs, offer, usage, ("RestoreObject",))
    deep, fact, own = "s3/glacier_deep", "s3.glacier_deep", "AmazonS3GlacierDeepArchive"
    yield Entry(f"{deep}/storage", "GB-month", f"{fact}.storage", own, "TimedStorage-GDA-ByteHrs")
    put = f"{deep}/put", PER_1000, f"{fact}.requests_put"
    yield Entry(*put, own, "Requests-GDA-Tier1", ("", "PutObject", "PostObject"))
    for of in (offer, own):
        get = f"{deep}/get", PER_1000, f"{fact}.requests_get_other"
        yield Entry(*get, of, "Requests-GDA-Tier2")
        for speed, number in (("standard", 3), ("bulk", 5)):
            restore = f"{deep}/restore_{speed}", PER_1000, f"{fact}.restore_requests_{speed}"
            yield Entry(*restore, of, f"Requests-GDA-Tier{number}")
            retrieval = f"{deep}/retrieval_{speed}", "GB", f"{fact}.retrieval_{speed}"
            operations = ("DeepArchiveRestoreObject", *(("",) if of == own else ()))
            yield Entry(*retrieval, of, f"{speed.capitalize()}-Retrieval-Bytes", operations)


def _ec2() -> Iterator[Entry]:
    """Volumes, NAT gateways and credits; machines are read by their columns."""
    offer = "AmazonEC2"
    volumes = {
        "gp2": ".gp2", "gp3": ".gp3", "io1": ".piops", "io2": ".io2", "st1": ".st1", "sc1": ".sc1",
        "standard": "",
    }  # fmt: skip
    for volume, ending in volumes.items():
        usage = f"EBS:VolumeUsage{ending}"
        yield Entry(f"ebs/{volume}/storage", "GB-month", f"ebs.{volume}", offer, usage)
    for key, unit, fact, usage in (
        ("ebs/gp3/iops", "IOPS-month", "ebs.gp3.iops", "EBS:VolumeP-IOPS.gp3"),
        ("ebs/io1/iops", "IOPS-month", "ebs.io1.iops", "EBS:VolumeP-IOPS.piops"),
        ("ebs/gp3/throughput", "MiBps-month", "ebs.gp3.throughput", "EBS:VolumeP-Throughput.gp3"),
        ("ebs/standard/io", PER_MILLION, "ebs.standard.io", "EBS:VolumeIOUsage"),
        ("ebs/snapshot", "GB-month", "ebs.snapshot", "EBS:SnapshotUsage"),
        ("ebs/snapshot_archive", "GB-month", "ebs.snapshot_archive", "EBS:SnapshotArchiveStorage"),
        (
            "ebs/snapshot_archive_retrieval",
            "GB",
            "ebs.snapshot_archive_retrieval",
            "EBS:SnapshotArchiveRetrieval",
        ),
        ("nat/hour", "h", "vpc.nat_gateway_hour", "NatGateway-Hours"),
        ("nat/gb", "GB", "vpc.nat_gateway_gb", "NatGateway-Bytes"),
    ):
        yield Entry(key, unit, fact, offer, usage)
    # The price list names the tiers of io2 apart, without their bounds.
    for fact, usage, low, high in (
        ("ebs.io2.iops", "", 0, 32_000),
        ("ebs.io2.iops_tier2", ".tier2", 32_000, 64_000),
        ("ebs.io2.iops_tier3", ".tier3", 64_000, 0),
    ):
        tier = Decimal(low), Decimal(high) if high else None
        usage = f"EBS:VolumeP-IOPS.io2{usage}"
        yield Entry("ebs/io2/iops", "IOPS-month", fact, offer, usage, tier=tier)
    for family in ("t2", "t3", "t3a", "t4g"):
        linux = (("operatingsystem", "Linux"),)
        key, fact = f"ec2_credits/{family}", f"ec2_credits.{family}"
        yield Entry(key, "vCPU-h", fact, offer, f"CPUCredits:{family}", where=linux)


def _rds() -> Iterator[Entry]:
    offer = "AmazonRDS"
    yield Entry("rds_storage/magnetic/single_az", "GB-month", "RDS:StorageUsage(magnetic)")
    for usage, key, unit in (
        ("RDS:StorageIOUsage", "rds_magnetic_io", PER_MILLION),
        ("RDS:ChargedBackupUsage", "rds_backup", "GB-month"),
        ("RDS:ProxyUsage", "rds_proxy", "vCPU-h"),
        ("RDS:Proxy-ASv2-Usage", "aurora_proxy", "ACU-h"),
        ("Aurora:StorageUsage", "aurora_storage/standard", "GB-month"),
        ("Aurora:IO-OptimizedStorageUsage", "aurora_storage/io_optimized", "GB-month"),
        ("Aurora:StorageIOUsage", "aurora_io", PER_MILLION),
        ("Aurora:BackupUsage", "aurora_backup", "GB-month"),
        ("Aurora:ServerlessV2Usage", "aurora_acu/standard", "ACU-h"),
        ("Aurora:ServerlessV2IOOptimizedUsage", "aurora_acu/io_optimized", "ACU-h"),
    ):
        yield Entry(key, unit, usage, offer, usage)
    measures = {
        "GP2-Storage": ("rds_storage/gp2", "GB-month"),
        "GP3-Storage": ("rds_storage/gp3", "GB-month"),
        "PIOPS-Storage": ("rds_storage/io1", "GB-month"),
        "IO2-PIOPS-Storage": ("rds_storage/io2", "GB-month"),
        "StorageUsage": ("rds_storage/magnetic", "GB-month"),
        "GP3-PIOPS": ("rds_iops/gp3", "IOPS-month"),
        "PIOPS": ("rds_iops/io1", "IOPS-month"),
        "IO2-PIOPS": ("rds_iops/io2", "IOPS-month"),
        "GP3-Throughput": ("rds_throughput/gp3", "MiBps-month"),
    }
    prefixes = {"": "single_az", "Multi-AZ-": "multi_az", "Multi-AZCluster-": "multi_az_readable"}
    for prefix, deployment in prefixes.items():
        for name, (measure, unit) in measures.items():
            usage = f"RDS:{prefix}{name}"
            yield Entry(f"{measure}/{deployment}", unit, usage, offer, usage)


def _balancers() -> Iterator[Entry]:
    # Listed under AmazonEC2 as well: counted once.
    kinds = {"alb": "-Application", "nlb": "-Network", "gwlb": "-Gateway", "clb": ""}
    for kind, ending in kinds.items():
        where = (("productfamily", f"Load Balancer{ending}"),)
        hour = f"elb/{kind}/hour", "h", f"elb.{kind}_hour"
        yield Entry(*hour, "AWSELB", "LoadBalancerUsage", where=where)
        if kind == "clb":
            gb = "elb/clb/gb", "GB", "elb.clb_gb"
            yield Entry(*gb, "AWSELB", "DataProcessing-Bytes", where=where)
        else:
            lcu = f"elb/{kind}/lcu", "LCU-h", f"elb.{kind}_lcu_hour"
            yield Entry(*lcu, "AWSELB", "LCUUsage", where=where)


def _file_systems() -> Iterator[Entry]:
    offer = "AmazonEFS"
    for key, unit, fact, usage in (
        ("standard/storage", "GB-month", "standard.storage", "TimedStorage-ByteHrs"),
        ("infrequent/storage", "GB-month", "infrequent_access.storage", "IATimedStorage-ByteHrs"),
        (
            "infrequent_elastic/storage",
            "GB-month",
            "infrequent_access_elastic.storage",
            "IATimedStorage-ET-ByteHrs",
        ),
        ("archive/storage", "GB-month", "archive.storage", "ArchiveTimedStorage-ByteHrs"),
        # Reading and moving there have one price in every region.
        ("infrequent/access", "GB", "infrequent_access.read", "IADataAccess-Bytes"),
        ("infrequent/access", "GB", "infrequent_access.write", "IADataAccess-Bytes"),
        ("archive/access", "GB", "archive.read", "ArchiveDataAccess-Bytes"),
        ("archive/access", "GB", "archive.write", "ArchiveDataAccess-Bytes"),
        (
            "provisioned/throughput",
            "MiBps-month",
            "provisioned_throughput",
            "ProvisionedTP-MiBpsHrs",
        ),
    ):
        yield Entry(f"efs/{key}", unit, f"efs.{fact}", offer, usage)
    for word in ("read", "write"):
        where = (("accesstype", word.capitalize()),)
        key, fact = f"efs/elastic/{word}", f"efs.elastic.{word}"
        yield Entry(key, "GB", fact, offer, "ETDataAccess-Bytes", where=where)


# fmt: off
_OTHERS = {
    "AmazonEKS": (
        ("eks/cluster", "h", "eks.cluster.standard", "AmazonEKS-Hours:perCluster"),
        ("eks/extended_support", "h", "eks.cluster.extended_support_surcharge",
         "AmazonEKS-Hours:extendedSupport"),
        ("eks_fargate/vcpu", "vCPU-h", "eks.fargate.x86.vcpu_hour", "Fargate-vCPU-Hours:perCPU"),
        ("eks_fargate/memory", "GB-h", "eks.fargate.x86.gb_hour", "Fargate-GB-Hours"),
    ),
    "AmazonECS": (
        ("fargate/x86/vcpu", "vCPU-h", "fargate.linux.x86.vcpu_hour", "Fargate-vCPU-Hours:perCPU"),
        ("fargate/x86/memory", "GB-h", "fargate.linux.x86.gb_hour", "Fargate-GB-Hours"),
        ("fargate/arm/vcpu", "vCPU-h", "fargate.linux.arm.vcpu_hour",
         "Fargate-ARM-vCPU-Hours:perCPU"),
        ("fargate/arm/memory", "GB-h", "fargate.linux.arm.gb_hour", "Fargate-ARM-GB-Hours"),
        ("fargate/ephemeral", "GB-h", "fargate.ephemeral_storage.gb_hour",
         "Fargate-EphemeralStorage-GB-Hours"),
    ),
    "AmazonVPC": (
        ("ipv4/in_use", "h", "vpc.public_ipv4_in_use_hour", "PublicIPv4:InUseAddress"),
        ("ipv4/idle", "h", "vpc.public_ipv4_idle_hour", "PublicIPv4:IdleAddress"),
        ("endpoint/hour", "h", "vpc.interface_endpoint_hour", "VpcEndpoint-Hours"),
        ("endpoint/gb", "GB", "vpc.interface_endpoint_gb", "VpcEndpoint-Bytes"),
    ),
    "AmazonCloudWatch": (
        ("logs/ingestion", "GB", "cloudwatch.logs.ingestion_standard", "DataProcessing-Bytes"),
        ("logs/ingestion_infrequent", "GB", "cloudwatch.logs.ingestion_infrequent_access",
         "DataProcessingIA-Bytes"),
        ("logs/storage", "GB-month", "cloudwatch.logs.storage", "TimedStorage-ByteHrs"),
        ("logs/insights", "GB", "cloudwatch.logs.insights_scanned", "DataScanned-Bytes"),
        ("logs/vended", "GB", "cloudwatch.logs.vended", "VendedLog-Bytes"),
        ("metrics/custom", "metric-month", "cloudwatch.metric.custom", "CW:MetricMonitorUsage"),
        ("alarms/standard", "alarm-month", "cloudwatch.alarm.standard", "CW:AlarmMonitorUsage"),
        ("dashboards/dashboard", "dashboard-month", "", "DashboardsUsageHour"),
    ),
    "AWSSecretsManager": (
        ("secrets/secret", "secret-month", "secretsmanager.secret_month",
         "AWSSecretsManager-Secrets"),
        ("secrets/requests", PER_10000, "secretsmanager.api_request",
         "AWSSecretsManagerAPIRequest"),
    ),
    "awskms": (
        ("kms/key", "key-month", "kms.customer_managed_key", "KMS-Keys"),
        ("kms/requests", PER_10000, "kms.requests_symmetric", "KMS-Requests"),
    ),
    "AmazonRoute53": (
        ("route53/hosted_zone", "zone-month", "route53.hosted_zone", "HostedZone"),
        ("route53/queries", "million queries", "route53.query_standard", "DNS-Queries"),
    ),
    # A managed plan's line: Small's usage type was seen, the others are taken to be named alike.
    "AmazonSageMaker": tuple(
        (f"managed_plan/sagemaker_{size.lower()}/server_hours", "h", "",
         f"MLflow:TrackingServerCompute-{size}")
        for size in ("Small", "Medium", "Large")
    ),
    "AmazonECR": (("registry/storage", "GB-month", "ecr.storage", "TimedStorage-ByteHrs"),),
    "AWSDataTransfer": (
        ("transfer/internet", "GB", "dt.internet_out", "DataTransfer-Out-Bytes"),
        ("transfer/zone", "GB", "dt.inter_az", "DataTransfer-Regional-Bytes"),
        # To other regions the usage type names both: the columns tell which.
        *((f"transfer/region/{region}", "GB", f"dt.inter_region_out_{region}", "")
          for region in REGIONS),
    ),
}
# fmt: on

ENTRIES: tuple[Entry, ...] = (
    *_s3(),
    *_ec2(),
    *_rds(),
    *_balancers(),
    *_file_systems(),
    *(
        Entry(key, unit, fact, offer, usage)
        for offer, rows in _OTHERS.items()
        for key, unit, fact, usage in rows
    ),
)

BY_FACT: Mapping[str, Entry] = {entry.fact: entry for entry in ENTRIES if entry.fact}

_CREDITS = re.compile(r"CPUCredits:db\.(t\w+)")
_EXTENDED_SUPPORT = re.compile(r"RDS:ExtendedSupport\.(year1_2|year3)\.(mysql|postgresql)_[\d.]+")
_SUPPORT_USAGE = re.compile(
    r"(?:ASv2-)?ExtendedSupport:(Yr1-Yr2|Yr3):(?:ASv2:)?(Aurora)?(MySQL|PostgreSQL)[\d.]+"
)
_YEARS = {
    **dict.fromkeys(("year1_2", "Yr1-Yr2"), "years_1_2"),
    **dict.fromkeys(("year3", "Yr3"), "year_3"),
}


def credits_place(usage: str, engine: str) -> tuple[str, str] | None:
    """Key and unit of a database's CPU credits; None where a usage type is none of theirs."""
    credit = _CREDITS.fullmatch(usage)
    name = engine.lower().replace(" ", "_")
    return (f"rds_credits/{name}/{credit[1]}", "vCPU-h") if credit else None


def support_place(usage: str) -> tuple[str, str] | None:
    """Key and unit of a database's extended support by its usage type in AWS's price list.

    Aurora's is the program's only where it is sold by its own units of capacity.
    """
    support = _SUPPORT_USAGE.fullmatch(usage)
    if support is None or bool(support[2]) != ("ASv2" in usage):
        return None
    years, engine = _YEARS[support[1]], support[3].lower()
    if support[2]:
        return f"aurora_extended_support/{engine}/{years}", "ACU-h"
    return f"rds_extended_support/{engine}/{years}", "vCPU-h"


def place_of_fact(sku: str, engine: str) -> tuple[str, str] | None:
    """Key and unit of a fact that is no instance; None where the books have no place for it."""
    if placed := credits_place(sku, engine):
        return placed
    if support := _EXTENDED_SUPPORT.fullmatch(sku):
        return f"rds_extended_support/{support[2]}/{_YEARS[support[1]]}", "vCPU-h"
    entry = BY_FACT.get(sku)
    return (entry.key, entry.unit) if entry else None
