"""Where each collected fact belongs in a price book: its key, its unit, its region's name."""

import re
from decimal import Decimal

GLOBAL_REGION = "global"

REGIONS = {
    "af-south-1": "Africa (Cape Town)",
    "ap-east-1": "Asia Pacific (Hong Kong)",
    "ap-east-2": "Asia Pacific (Taipei)",
    "ap-northeast-1": "Asia Pacific (Tokyo)",
    "ap-northeast-2": "Asia Pacific (Seoul)",
    "ap-northeast-3": "Asia Pacific (Osaka)",
    "ap-south-1": "Asia Pacific (Mumbai)",
    "ap-south-2": "Asia Pacific (Hyderabad)",
    "ap-southeast-1": "Asia Pacific (Singapore)",
    "ap-southeast-2": "Asia Pacific (Sydney)",
    "ap-southeast-3": "Asia Pacific (Jakarta)",
    "ap-southeast-4": "Asia Pacific (Melbourne)",
    "ap-southeast-5": "Asia Pacific (Malaysia)",
    "ap-southeast-6": "Asia Pacific (New Zealand)",
    "ap-southeast-7": "Asia Pacific (Thailand)",
    "ca-central-1": "Canada (Central)",
    "ca-west-1": "Canada West (Calgary)",
    "eu-central-1": "Europe (Frankfurt)",
    "eu-central-2": "Europe (Zurich)",
    "eu-north-1": "Europe (Stockholm)",
    "eu-south-1": "Europe (Milan)",
    "eu-south-2": "Europe (Spain)",
    "eu-west-1": "Europe (Ireland)",
    "eu-west-2": "Europe (London)",
    "eu-west-3": "Europe (Paris)",
    "il-central-1": "Israel (Tel Aviv)",
    "me-central-1": "Middle East (UAE)",
    "me-south-1": "Middle East (Bahrain)",
    "mx-central-1": "Mexico (Central)",
    "sa-east-1": "South America (São Paulo)",
    "us-east-1": "US East (N. Virginia)",
    "us-east-2": "US East (Ohio)",
    "us-gov-east-1": "AWS GovCloud (US-East)",
    "us-gov-west-1": "AWS GovCloud (US-West)",
    "us-west-1": "US West (N. California)",
    "us-west-2": "US West (Oregon)",
}

# Prices that AWS itself publishes as zero. Any other zero is a fault of its source.
PUBLISHED_FREE = {
    "s3/glacier_flexible/retrieval_bulk",
    "s3/glacier_flexible/restore_bulk",
}

# A fact's unit is this many of a plain unit.
FACT_UNITS = {
    "Hrs": (1, "h"),
    "GB": (1, "GB"),
    "GB-Mo": (1, "GB-month"),
    "GB-month": (1, "GB-month"),
    "GB-Hours": (1, "GB-h"),
    "vCPU-Hours": (1, "vCPU-h"),
    "vCPU-Hr": (1, "vCPU-h"),
    "ACU-Hr": (1, "ACU-h"),
    "LCU-Hrs": (1, "LCU-h"),
    "IOPS-Mo": (1, "IOPS-month"),
    "MiBps-Mo": (1, "MiBps-month"),
    "MBPS-Mo": (1, "MiBps-month"),
    "GiBps-mo": (1024, "MiBps-month"),
    "IOs": (1, "requests"),
    "1M IOs": (1_000_000, "requests"),
    "Requests": (1, "requests"),
    "API Requests": (1, "requests"),
    "Queries": (1, "queries"),
    "Objects-Mo": (1, "objects"),
    "Alarms": (1, "alarm-month"),
    "Metrics": (1, "metric-month"),
    "Secrets": (1, "secret-month"),
    "Keys": (1, "key-month"),
    "HostedZone": (1, "zone-month"),
    "HostedZone-Mo": (1, "zone-month"),
}

# The price list names three tiers of io2 IOPS without their bounds.
IO2_TIERS = {
    "ebs.io2.iops": (Decimal(0), Decimal(32_000)),
    "ebs.io2.iops_tier2": (Decimal(32_000), Decimal(64_000)),
    "ebs.io2.iops_tier3": (Decimal(64_000), None),
}

ENGINES = {
    "MySQL": "rds/mysql",
    "PostgreSQL": "rds/postgresql",
    "MariaDB": "rds/mariadb",
    "Aurora MySQL": "aurora/mysql",
    "Aurora PostgreSQL": "aurora/postgresql",
}
DEPLOYMENTS = {
    "Single-AZ": "single_az",
    "Multi-AZ": "multi_az",
    "Multi-AZ (readable standbys)": "multi_az_readable",
}
STORAGE_CONFIGURATIONS = {"standard": "standard", "io-optimized": "io_optimized"}
TERMS = {"1yr": "1y", "3yr": "3y"}
SAVINGS_PLANS = {
    "EC2InstanceSavingsPlans": "instance_savings_plan",
    "ComputeSavingsPlans": "compute_savings_plan",
}
PAYMENTS = {
    "No Upfront": "no_upfront",
    "Partial Upfront": "partial_upfront",
    "All Upfront": "all_upfront",
}

# The families that are bundled: t, m, c and r, all sizes ("db.cv11" and its like are none).
BUNDLED_FAMILY = re.compile(r"(db\.)?[tmcr]\d")

PER_1000 = "thousand requests"
PER_10000 = "ten thousand requests"
PER_MILLION = "million requests"


def _s3() -> dict[str, tuple[str, str]]:
    classes = {
        "standard": "standard",
        "int": "intelligent_tiering",
        "standard_ia": "standard_ia",
        "onezone_ia": "onezone_ia",
        "glacier_ir": "glacier_instant",
        "glacier_flexible": "glacier_flexible",
        "glacier_deep": "glacier_deep",
    }
    measures = {
        "storage": ("storage", "GB-month"),
        "staging": ("staging", "GB-month"),
        "frequent": ("frequent", "GB-month"),
        "infrequent": ("infrequent", "GB-month"),
        "archive_instant": ("archive_instant", "GB-month"),
        "deep_archive_access": ("deep_archive", "GB-month"),
        "monitoring_per_object": ("monitoring", "thousand objects"),
        "requests_put": ("put", PER_1000),
        "requests_put_copy_post_list": ("put", PER_1000),
        "requests_get_other": ("get", PER_1000),
        "retrieval": ("retrieval", "GB"),
    }
    for speed in ("standard", "bulk", "expedited"):
        measures[f"retrieval_{speed}"] = (f"retrieval_{speed}", "GB")
        measures[f"restore_requests_{speed}"] = (f"restore_{speed}", PER_1000)
    places: dict[str, tuple[str, str]] = {}
    for theirs, ours in classes.items():
        places[f"s3.transition.to_{theirs}"] = (f"s3/transition/{ours}", PER_1000)
        for sku, (measure, unit) in measures.items():
            places[f"s3.{theirs}.{sku}"] = (f"s3/{ours}/{measure}", unit)
    return places


def _ebs() -> dict[str, tuple[str, str]]:
    places = {
        "ebs.gp3.iops": ("ebs/gp3/iops", "IOPS-month"),
        "ebs.gp3.throughput": ("ebs/gp3/throughput", "MiBps-month"),
        "ebs.io1.iops": ("ebs/io1/iops", "IOPS-month"),
        "ebs.standard.io": ("ebs/standard/io", PER_MILLION),
        "ebs.snapshot": ("ebs/snapshot", "GB-month"),
        "ebs.snapshot_archive": ("ebs/snapshot_archive", "GB-month"),
        "ebs.snapshot_archive_retrieval": ("ebs/snapshot_archive_retrieval", "GB"),
    }
    for volume in ("gp2", "gp3", "io1", "io2", "st1", "sc1", "standard"):
        places[f"ebs.{volume}"] = (f"ebs/{volume}/storage", "GB-month")
    places.update(dict.fromkeys(IO2_TIERS, ("ebs/io2/iops", "IOPS-month")))
    return places


def _rds_storage() -> dict[str, tuple[str, str]]:
    places = {
        "RDS:StorageUsage(magnetic)": ("rds_storage/magnetic/single_az", "GB-month"),
        "RDS:StorageIOUsage": ("rds_magnetic_io", PER_MILLION),
        "RDS:ChargedBackupUsage": ("rds_backup", "GB-month"),
        "RDS:ProxyUsage": ("rds_proxy", "vCPU-h"),
        "RDS:Proxy-ASv2-Usage": ("aurora_proxy", "ACU-h"),
        "Aurora:StorageUsage": ("aurora_storage/standard", "GB-month"),
        "Aurora:IO-OptimizedStorageUsage": ("aurora_storage/io_optimized", "GB-month"),
        "Aurora:StorageIOUsage": ("aurora_io", PER_MILLION),
        "Aurora:BackupUsage": ("aurora_backup", "GB-month"),
        "Aurora:ServerlessV2Usage": ("aurora_acu/standard", "ACU-h"),
        "Aurora:ServerlessV2IOOptimizedUsage": ("aurora_acu/io_optimized", "ACU-h"),
    }
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
        for sku, (measure, unit) in measures.items():
            places[f"RDS:{prefix}{sku}"] = (f"{measure}/{deployment}", unit)
    return places


# The facts' sku_key to (key, unit). What is not here is not in the books.
PLACES: dict[str, tuple[str, str]] = {
    **_s3(),
    **_ebs(),
    **_rds_storage(),
    **{f"dt.inter_region_out_{region}": (f"transfer/region/{region}", "GB") for region in REGIONS},
    "dt.internet_out": ("transfer/internet", "GB"),
    "dt.inter_az": ("transfer/zone", "GB"),
    "eks.cluster.standard": ("eks/cluster", "h"),
    "eks.cluster.extended_support_surcharge": ("eks/extended_support", "h"),
    "eks.fargate.x86.vcpu_hour": ("eks_fargate/vcpu", "vCPU-h"),
    "eks.fargate.x86.gb_hour": ("eks_fargate/memory", "GB-h"),
    "fargate.linux.x86.vcpu_hour": ("fargate/x86/vcpu", "vCPU-h"),
    "fargate.linux.x86.gb_hour": ("fargate/x86/memory", "GB-h"),
    "fargate.linux.arm.vcpu_hour": ("fargate/arm/vcpu", "vCPU-h"),
    "fargate.linux.arm.gb_hour": ("fargate/arm/memory", "GB-h"),
    "fargate.ephemeral_storage.gb_hour": ("fargate/ephemeral", "GB-h"),
    "elb.alb_hour": ("elb/alb/hour", "h"),
    "elb.alb_lcu_hour": ("elb/alb/lcu", "LCU-h"),
    "elb.nlb_hour": ("elb/nlb/hour", "h"),
    "elb.nlb_lcu_hour": ("elb/nlb/lcu", "LCU-h"),
    "elb.gwlb_hour": ("elb/gwlb/hour", "h"),
    "elb.gwlb_lcu_hour": ("elb/gwlb/lcu", "LCU-h"),
    "elb.clb_hour": ("elb/clb/hour", "h"),
    "elb.clb_gb": ("elb/clb/gb", "GB"),
    "vpc.nat_gateway_hour": ("nat/hour", "h"),
    "vpc.nat_gateway_gb": ("nat/gb", "GB"),
    "vpc.public_ipv4_in_use_hour": ("ipv4/in_use", "h"),
    "vpc.public_ipv4_idle_hour": ("ipv4/idle", "h"),
    "vpc.interface_endpoint_hour": ("endpoint/hour", "h"),
    "vpc.interface_endpoint_gb": ("endpoint/gb", "GB"),
    "cloudwatch.logs.ingestion_standard": ("logs/ingestion", "GB"),
    "cloudwatch.logs.ingestion_infrequent_access": ("logs/ingestion_infrequent", "GB"),
    "cloudwatch.logs.storage": ("logs/storage", "GB-month"),
    "cloudwatch.logs.insights_scanned": ("logs/insights", "GB"),
    "cloudwatch.logs.vended": ("logs/vended", "GB"),
    "cloudwatch.metric.custom": ("metrics/custom", "metric-month"),
    "cloudwatch.alarm.standard": ("alarms/standard", "alarm-month"),
    "secretsmanager.secret_month": ("secrets/secret", "secret-month"),
    "secretsmanager.api_request": ("secrets/requests", PER_10000),
    "kms.customer_managed_key": ("kms/key", "key-month"),
    "kms.requests_symmetric": ("kms/requests", PER_10000),
    "route53.hosted_zone": ("route53/hosted_zone", "zone-month"),
    "route53.query_standard": ("route53/queries", "million queries"),
    "ecr.storage": ("ecr/storage", "GB-month"),
    "efs.standard.storage": ("efs/standard/storage", "GB-month"),
    "efs.infrequent_access.storage": ("efs/infrequent/storage", "GB-month"),
    "efs.infrequent_access_elastic.storage": ("efs/infrequent_elastic/storage", "GB-month"),
    "efs.archive.storage": ("efs/archive/storage", "GB-month"),
    # Reading and moving there have one price in every region; two would stop the script.
    "efs.infrequent_access.read": ("efs/infrequent/access", "GB"),
    "efs.infrequent_access.write": ("efs/infrequent/access", "GB"),
    "efs.archive.read": ("efs/archive/access", "GB"),
    "efs.archive.write": ("efs/archive/access", "GB"),
    "efs.provisioned_throughput": ("efs/provisioned/throughput", "MiBps-month"),
    "efs.elastic.read": ("efs/elastic/read", "GB"),
    "efs.elastic.write": ("efs/elastic/write", "GB"),
}

for _family in ("t2", "t3", "t3a", "t4g"):
    PLACES[f"ec2_credits.{_family}"] = (f"ec2_credits/{_family}", "vCPU-h")

# Rows of AWS's own page that name no region count for the region that the page shows first.
UNNAMED_REGION = ("all (AWS page; no region named)", "us-east-1")

_CREDITS = re.compile(r"CPUCredits:db\.(t\w+)")
_EXTENDED_SUPPORT = re.compile(r"RDS:ExtendedSupport\.(year1_2|year3)\.(mysql|postgresql)_[\d.]+")


def place(sku: str, engine: str) -> tuple[str, str] | None:
    """Key and unit of a fact that is no instance; None where the books have no place for it."""
    if credits := _CREDITS.fullmatch(sku):
        name = engine.lower().replace(" ", "_")
        return f"rds_credits/{name}/{credits[1]}", "vCPU-h"
    if support := _EXTENDED_SUPPORT.fullmatch(sku):
        years = {"year1_2": "years_1_2", "year3": "year_3"}[support[1]]
        return f"rds_extended_support/{support[2]}/{years}", "vCPU-h"
    return PLACES.get(sku)
