"""The artifact store: where models and other large files are kept."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mlflow_cost_desktop.model.artifact_store.ebs import Ebs
from mlflow_cost_desktop.model.artifact_store.efs import Efs
from mlflow_cost_desktop.model.artifact_store.minio import Minio
from mlflow_cost_desktop.model.artifact_store.s3 import S3
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import Amount, Share
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import Effect, Labels, Section, Unit
from mlflow_cost_desktop.model.option import Component, Discount, Notice


class ArtifactStore(Component):
    """The artifact store and the ways to keep artifacts."""

    option: Annotated[
        Literal["s3", "ebs", "efs", "minio"],
        Labels({"s3": "Amazon S3", "ebs": "EBS volume", "efs": "Amazon EFS", "minio": "MinIO"}),
        Field(
            title="Hosting",
            description="Where artifacts are kept: in a bucket, on a volume of the one server, "
            "on a file system that replicas share, or in an object store of your own.",
        ),
    ] = "s3"
    stored_gb: Annotated[
        float,
        Section("Storage"),
        Unit("GB", step=100),
        Effect("more", "storage is billed by the GB"),
        Field(
            ge=0,
            le=1e9,
            title="Artifacts kept",
            description="Models and other files, on average over the month. 1 TB = 1,024 GB.",
        ),
    ] = 1024.0
    superseded: Annotated[
        float,
        Unit("%", step=5),
        Effect("more", "what is kept is billed, needed or not"),
        Field(
            ge=0,
            le=1000,
            title="Old versions, deleted runs",
            description="What is kept on top. MLflow only marks runs as deleted: their files "
            "stay until “mlflow gc” removes them, and those of logged models even then "
            "(measured with MLflow 3.17). A bucket with versioning keeps what was overwritten. "
            "0 is a judgment.",
        ),
    ] = 0.0
    s3: Annotated[S3, Field(title="Amazon S3")] = S3()
    ebs: Annotated[Ebs, Field(title="EBS volume")] = Ebs()
    efs: Annotated[Efs, Field(title="Amazon EFS")] = Efs()
    minio: Annotated[Minio, Field(title="MinIO")] = Minio()
    discount: Discount = None

    def charges(self, terms: Terms) -> Iterator[Charge]:
        yield from self.chosen.charges(self._with_stored(terms))

    def notices(self, terms: Terms) -> Iterator[Notice]:
        yield from super().notices(self._with_stored(terms))

    def _with_stored(self, terms: Terms) -> Terms:
        kept = Share(100.0 + self.superseded, "with old versions and deleted runs")
        return terms.but(stored=(Amount(self.stored_gb, "GB"), kept))
