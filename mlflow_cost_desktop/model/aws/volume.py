"""An EBS volume and its snapshots, for every part that keeps something on one."""

from collections.abc import Iterator
from math import floor
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import Field

from mlflow_cost_desktop.figures import Text
from mlflow_cost_desktop.model.charges.charge import Charge
from mlflow_cost_desktop.model.charges.factors import (
    Amount,
    AtLeast,
    AtMost,
    Beyond,
    Factor,
    InTier,
    OnlyWhere,
    Per,
    Together,
)
from mlflow_cost_desktop.model.charges.terms import Terms
from mlflow_cost_desktop.model.fields.declaration import (
    Effect,
    Labels,
    Model,
    OnlyIf,
    Section,
    Unit,
    only_with,
)
from mlflow_cost_desktop.model.option import Notice

GP3_IOPS, GP3_MIBPS = 3_000.0, 125.0
"""What gp3 includes, whatever its size."""

IO_MINIMUM_IOPS = 100.0
"""The fewest IOPS that io1 and io2 are sold with."""


class Limits(NamedTuple):
    """What is sold of a volume type: GB, IOPS, and IOPS for each GB."""

    smallest_gb: float
    largest_gb: float
    iops: float = np.inf
    iops_per_gb: float = np.inf


LIMITS = {
    "gp3": Limits(1.0, 65_536.0, 80_000.0, 500.0),
    "gp2": Limits(1.0, 16_384.0),
    "io1": Limits(4.0, 16_384.0, 64_000.0, 50.0),
    "io2": Limits(4.0, 65_536.0, 256_000.0, 1_000.0),
    "st1": Limits(125.0, 16_384.0),
    "sc1": Limits(125.0, 16_384.0),
}
"""AWS's documentation of EBS volume types; gp3's since it was enlarged in September 2025."""


class Volume(Model):
    """What kind of volume it is; its size comes from what is kept on it."""

    type: Annotated[
        Literal["gp3", "gp2", "io1", "io2", "st1", "sc1"],
        Section("Volume"),
        Labels(
            {
                "gp3": "General purpose (gp3)",
                "gp2": "General purpose (gp2)",
                "io1": "Provisioned IOPS (io1)",
                "io2": "Provisioned IOPS (io2)",
                "st1": "Throughput-optimized HDD (st1)",
                "sc1": "Cold HDD (sc1)",
            }
        ),
        Field(
            title="Volume type",
            description="gp3 is AWS's default and cheaper than gp2. io1 and io2 sell IOPS for "
            "busy databases; the hard disks st1 and sc1 begin at 125 GB, and nothing boots "
            "from them.",
        ),
    ] = "gp3"
    iops: Annotated[
        float,
        Unit("IOPS", step=1000),
        OnlyIf("type", ("gp3", "io1", "io2")),
        Effect("more", "IOPS are billed by the month, with gp3 those beyond 3,000"),
        Field(
            ge=0,
            le=256_000,
            title="IOPS",
            description="Of each volume. gp3 includes 3,000; with io1 and io2 every one is "
            "billed, at least 100.",
        ),
    ] = GP3_IOPS
    throughput: Annotated[
        float,
        Unit("MiB/s", step=25),
        OnlyIf("type", ("gp3",)),
        Effect("more", "throughput beyond 125 MiB/s is billed by the month"),
        Field(
            ge=0,
            le=2_000,
            title="Throughput",
            description="Of each volume. gp3 includes 125 MiB/s.",
        ),
    ] = GP3_MIBPS

    def charges(
        self,
        terms: Terms,
        size: Factor,
        *,
        capacity: tuple[Factor, ...] = (),
        what: str = "Volume",
        word: str = "volume",
        path: str = "",
        volume_path: str = "volume",
    ) -> Iterator[Charge]:
        """The lines of volumes of this kind.

        Args:
            size: GB asked of each; none is billed where it is 0.
            capacity: how many there are, `terms.each` included.
            what: how the lines are called: "Root volume".
            word: how the lines are known: "root_volume".
            path: the input that gives the size.
            volume_path: where this volume stands in its option.
        """
        exists = np.asarray(size.value) > 0
        yield Charge(
            f"{what} ({self.type})",
            (*capacity, AtLeast(size, np.where(exists, LIMITS[self.type].smallest_gb, 0.0)[()])),
            terms.price("ebs", self.type, "storage"),
            line=word,
            path=path,
        )
        if self.type not in ("gp3", "io1", "io2"):
            return
        volumes = (*capacity, OnlyWhere(np.where(exists, 1.0, 0.0)[()], "no volume"))
        asked = Amount(self.iops, "IOPS")
        iops = terms.price("ebs", self.type, "iops")
        if self.type == "gp3":
            yield Charge(
                Text("{} IOPS beyond {} (gp3)", what, GP3_IOPS),
                (*volumes, Beyond(asked, GP3_IOPS, "included")),
                iops,
                line=f"{word}_iops",
                path=f"{volume_path}.iops",
            )
            yield Charge(
                f"{what} throughput beyond 125 MiB/s (gp3)",
                (*volumes, Beyond(Amount(self.throughput, "MiB/s"), GP3_MIBPS, "included")),
                terms.price("ebs", "gp3", "throughput"),
                line=f"{word}_throughput",
                path=f"{volume_path}.throughput",
            )
            return
        # The tiers of io2 are those of each volume, not of all of them together.
        for number, price in enumerate(iops.in_tiers, 1):
            yield Charge(
                f"{what} IOPS ({self.type})",
                (*volumes, InTier(AtLeast(asked, IO_MINIMUM_IOPS), price.tiers[0])),
                price,
                line=f"{word}_iops",
                part=f"tier_{number}" if len(iops.tiers) > 1 else "",
                path=f"{volume_path}.iops",
            )

    def notices(self, size_gb: float, size_path: str, volume_path: str) -> Iterator[Notice]:
        """What AWS does not sell; `volume_path` is that of this volume, relative to the option."""
        limits = LIMITS[self.type]
        if 0 < size_gb < limits.smallest_gb:
            least = limits.smallest_gb
            about = "A volume of {} has at least {} GB; that much is billed."
            yield Notice(size_path, Text(about, self.type, least))
        if size_gb > limits.largest_gb:
            yield Notice(
                size_path,
                Text(
                    "A volume of {} has at most {} GB: more needs several, joined by the "
                    "operating system; they are billed alike.",
                    self.type,
                    limits.largest_gb,
                ),
            )
        if size_gb == 0 or self.type not in ("gp3", "io1", "io2"):
            return
        sold = min(limits.iops, limits.iops_per_gb * max(size_gb, limits.smallest_gb))
        sold = max(sold, GP3_IOPS if self.type == "gp3" else IO_MINIMUM_IOPS)
        if self.iops > sold:
            yield Notice(
                f"{volume_path}.iops",
                Text("A volume of {} of this size has at most {} IOPS.", self.type, floor(sold)),
            )
        if self.type == "gp3" and self.throughput > max(GP3_MIBPS, self.iops / 4):
            yield Notice(
                f"{volume_path}.throughput",
                "gp3 delivers at most 1 MiB/s for each 4 IOPS: raise the IOPS too.",
            )


class Snapshots(Model):
    """Copies of a volume, of which each but the first holds what has changed."""

    per_day: Annotated[
        float,
        Section("Snapshots"),
        Unit("a day"),
        Effect("more", "snapshots are billed by the GB"),
        Field(
            ge=0,
            le=24,
            title="Snapshots",
            description="How often the volume is copied; 0 for never. Counted as AWS's "
            "calculator does: the first in full, then each one's changes, which are kept half "
            "the month on average.",
        ),
    ] = 0.0
    changed_gb: Annotated[
        float,
        Unit("GB"),
        only_with("per_day"),
        Effect("more", "changes are billed by the GB"),
        Field(
            ge=0,
            le=1_000_000,
            title="Changed between two",
            description="What is written from one snapshot to the next. 1 GB is a judgment.",
        ),
    ] = 1.0
    archived_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "the archive is billed by the GB"),
        Field(
            ge=0,
            le=1e7,
            title="Archived snapshots",
            description="Of each volume: GB of snapshots in the archive, where each is a copy in "
            "full and stays for at least 90 days.",
        ),
    ] = 0.0
    restored_gb: Annotated[
        float,
        Unit("GB", step=10),
        Effect("more", "retrieval is billed by the GB"),
        Field(
            ge=0,
            le=1e7,
            title="Restored from the archive",
            description="Of each volume: GB a month that are fetched back.",
        ),
    ] = 0.0
    restored_days: Annotated[
        float,
        Unit("day"),
        only_with("restored_gb"),
        Effect("more", "what is restored is billed as any snapshot"),
        Field(
            ge=0,
            le=31,
            title="Kept restored for",
            description="Days for which what was fetched back stays outside the archive.",
        ),
    ] = 0.0

    def charges(
        self, terms: Terms, kept: Factor, *, capacity: tuple[Factor, ...] = (), path: str = ""
    ) -> Iterator[Charge]:
        """The lines of the snapshots of volumes.

        Args:
            kept: GB on each volume.
            capacity: how many volumes there are, `terms.each` included.
            path: where these snapshots stand in the option: "snapshots".
        """
        price = terms.price("ebs", "snapshot")
        some = np.where(np.asarray(self.per_day) > 0, 1.0, 0.0)[()]
        yield Charge(
            "Snapshots (the first, in full)",
            (*capacity, kept, OnlyWhere(some, "no snapshots")),
            price,
            line="snapshots",
            path=f"{path}.per_day",
        )
        taken = Together(
            (Amount(self.per_day, "a day"), terms.whole_month, Per(24.0, "h a day", "snapshot"))
        )
        yield Charge(
            "Snapshots (changes)",
            (
                *capacity,
                Beyond(taken, 1.0, "in full"),
                Amount(self.changed_gb, "GB"),
                Per(2.0, "[each is kept half the month]"),
            ),
            price,
            line="snapshot_changes",
            path=f"{path}.changed_gb",
        )
        yield from self._archive(terms, capacity, path)

    def _archive(self, terms: Terms, capacity: tuple[Factor, ...], path: str) -> Iterator[Charge]:
        """What is kept in the archive, fetched back from it, and kept outside it since."""
        restored = Amount(self.restored_gb, "GB")
        yield Charge(
            "Archived snapshots",
            (*capacity, Amount(self.archived_gb, "GB")),
            terms.price("ebs", "snapshot_archive"),
            line="snapshot_archive",
            path=f"{path}.archived_gb",
        )
        yield Charge(
            "Snapshots fetched from the archive",
            (*capacity, restored),
            terms.price("ebs", "snapshot_archive_retrieval"),
            line="snapshot_retrieval",
            path=f"{path}.restored_gb",
        )
        days = AtMost(
            Together((Amount(self.restored_days, "day"), Amount(24.0, "h a day"))),
            terms.whole_month,
        )
        yield Charge(
            "Snapshots restored for some days",
            (*capacity, restored, days, Per(terms.hours_in_month, "h", "GB")),
            terms.price("ebs", "snapshot"),
            line="restored_snapshots",
            path=f"{path}.restored_days",
        )
