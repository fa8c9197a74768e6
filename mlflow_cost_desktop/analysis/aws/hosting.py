"""By option: what a search for the cheapest asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from mlflow_cost_desktop.analysis.aws import databases, servers, stores
from mlflow_cost_desktop.analysis.candidates import Like, Sold, Traits, Ways
from mlflow_cost_desktop.model.artifact_store.ebs import Ebs
from mlflow_cost_desktop.model.artifact_store.efs import Efs
from mlflow_cost_desktop.model.artifact_store.minio import Minio
from mlflow_cost_desktop.model.artifact_store.s3 import S3
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.metadata_store.aurora import Aurora
from mlflow_cost_desktop.model.metadata_store.rds import Rds
from mlflow_cost_desktop.model.metadata_store.self_hosted import SelfHosted
from mlflow_cost_desktop.model.metadata_store.sqlite import Sqlite
from mlflow_cost_desktop.model.option import Option
from mlflow_cost_desktop.model.server.ec2 import Ec2
from mlflow_cost_desktop.model.server.fargate import Fargate
from mlflow_cost_desktop.model.server.kubernetes import Kubernetes
from mlflow_cost_desktop.model.server.none import NoServer
from mlflow_cost_desktop.model.server.own_machine import OnOwnMachine


def no_ways(option: Any, terms: Terms, like: Like, sold: Sold) -> Iterator[Ways]:
    """None but the chosen one."""
    yield from ()


def shape_of_host(option: Any) -> str:
    """What pods, databases and stores run on."""
    return str(option.runs_on)


def shape_of_cluster(option: Any) -> str:
    return "serverless" if option.capacity == "serverless" else "instances"


def as_it_is(option: Any, like: Like) -> Any:
    """The option, which counts all that others count."""
    return option


def no_shape(option: Any) -> str:
    return ""


class Hosting(NamedTuple):
    """What is asked of an option.

    Attributes:
        like: what the chosen option has, so that others are alike.
        traits: what the option has, or many of them with an array of names of sizes.
        ways: others of its kind that are like what is chosen.
        words: the option in a few words: `EC2 m5.large`.
        shape: what it runs on, where that makes another kind of hosting of it.
        alike: the option with what others count, too.
    """

    like: Callable[[Any, Terms], Like]
    traits: Callable[[Any, Terms], Traits]
    ways: Callable[[Any, Terms, Like, Sold], Iterator[Ways]]
    words: Callable[[Any], str]
    shape: Callable[[Any], str] = no_shape
    alike: Callable[[Any, Like], Any] = as_it_is


HOSTING: dict[type[Option], Hosting] = {
    Ec2: Hosting(servers.ec2_like, servers.ec2_traits, servers.ec2_ways, servers.ec2_words),
    Fargate: Hosting(
        servers.fargate_like, servers.fargate_traits, servers.fargate_ways, servers.fargate_words
    ),
    Kubernetes: Hosting(
        servers.kubernetes_like,
        servers.kubernetes_traits,
        servers.kubernetes_ways,
        servers.kubernetes_words,
        shape_of_host,
    ),
    OnOwnMachine: Hosting(
        servers.own_like, servers.own_traits, no_ways, servers.own_words
    ),
    NoServer: Hosting(
        servers.none_like, servers.none_traits, no_ways, servers.none_words
    ),
    Rds: Hosting(
        databases.rds_like, databases.rds_traits, databases.rds_ways, databases.rds_words
    ),
    Aurora: Hosting(
        databases.aurora_like,
        databases.aurora_traits,
        databases.aurora_ways,
        databases.aurora_words,
        shape_of_cluster,
    ),
    SelfHosted: Hosting(
        databases.self_hosted_like,
        databases.self_hosted_traits,
        databases.self_hosted_ways,
        databases.self_hosted_words,
        shape_of_host,
    ),
    Sqlite: Hosting(
        databases.sqlite_like,
        databases.sqlite_traits,
        databases.sqlite_ways,
        databases.sqlite_words,
    ),
    S3: Hosting(
        stores.s3_like,
        stores.s3_traits,
        stores.s3_ways,
        stores.s3_words,
        alike=stores.s3_alike,
    ),
    Ebs: Hosting(stores.ebs_like, stores.ebs_traits, stores.ebs_ways, stores.ebs_words),
    Efs: Hosting(stores.efs_like, stores.efs_traits, stores.efs_ways, stores.efs_words),
    Minio: Hosting(
        stores.minio_like,
        stores.minio_traits,
        stores.minio_ways,
        stores.minio_words,
        shape_of_host,
    ),
}  # fmt: skip
"""Every option of the parts that can be hosted in several ways; a test holds that none lacks."""
