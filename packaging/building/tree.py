"""The files of a package as they lie on a system, the same for every kind of package."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from building import desktop_files
from building.project import (
    COMMANDS,
    NAME,
    PACKAGE,
    ROOT,
    TITLE,
    maintainer,
    project,
    source_date,
    url,
    version,
)

SUMMARY = "Works out what hosting an MLflow server costs"
LONG = (
    "MLflow Cost tells a data-science team what self-hosting MLflow really costs: the tracking "
    "server, the metadata store, the artifact store and the labor to keep them going. Every "
    "figure comes with its arithmetic, the source of its price and the date of that source.",
    "It works offline and without an account. Its command line answers the same without a screen.",
)
PROGRAM = Path("usr/lib") / NAME


class Form(NamedTuple):
    """What differs between kinds of packages in where files lie.

    Attributes:
        zsh: the folder below /usr/share/zsh where completions of packages are read from.
    """

    zsh: str


DEBIAN = Form(zsh="vendor-completions")
FEDORA = Form(zsh="site-functions")


def make(root: Path, frozen: Path, form: Form) -> None:
    """Lay everything out below `root`, dated by the source."""
    shutil.copytree(frozen, root / PROGRAM, symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    for command in COMMANDS:
        (root / "usr" / "bin" / command).symlink_to(f"../lib/{NAME}/{command}")
    shares = root / "usr" / "share"
    desktop_files.write_entries(shares)
    desktop_files.write_icons(shares)
    desktop_files.write_manual(shares)
    desktop_files.write_completions(shares, form.zsh)
    documents = shares / "doc" / NAME
    desktop_files.write(documents / "copyright", copyright_note(frozen))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    desktop_files.write_compressed(documents / "changelog.gz", changes)
    shutil.move(root / PROGRAM / "sbom.cdx.json", documents / "sbom.cdx.json")
    date_all(root)


WITH_NOTICE = ("Qt", "PySide6_Essentials", "shiboken6")
"""Works whose license asks to say where their source is, and that they can be exchanged."""


@contextmanager
def metadata_of(inside: Path) -> Iterator[None]:
    """The metadata of the frozen program's own wheels, not of those that build it."""
    sys.path.insert(0, str(inside))
    try:
        yield
    finally:
        sys.path.remove(str(inside))


def copyright_note(frozen: Path) -> str:
    """Whose works a frozen program holds, under which licenses, and where their texts are."""
    from mlflow_cost_desktop.startup.shipped import works

    inside = frozen / "_internal"
    with metadata_of(inside):
        own, *others = works(inside / PACKAGE / "resources")
    home = url("Homepage")
    lines = [
        f"{TITLE} {version()}" + (f", {home}" if home else ""),
        "",
        f"Copyright (C) {day('%Y')} {maintainer()[0]}",
        f"License: {own.license}. On Debian systems its text is in",
        "/usr/share/common-licenses/Apache-2.0.",
        "",
        "The package also holds these works of others. Libraries of wheels are unchanged; Python's",
        "own have lost their symbols and the folders of the machine that built them. Texts, also",
        "those of libraries within numpy, are in",
        f"/{PROGRAM}/_internal: in the folders *.dist-info, and in",
        "mlflow_cost_desktop/resources/licenses.",
        "",
    ]
    lines += [f"  {work.name} {work.version}".rstrip() + f": {work.license}" for work in others]
    for work in others:
        if work.name in WITH_NOTICE:
            lines += ["", *re.sub(r"(.{1,78})(?:\s+|$)", r"\1\n", work.texts[0][1]).splitlines()]
    return "\n".join([*lines, ""])


def date_all(root: Path) -> None:
    """Give every file, link and folder the second of the source, and plain rights."""
    second = source_date()
    for folder, folders, files in os.walk(root, topdown=False):
        for name in [*files, *folders]:
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                os.chmod(path, 0o755 if os.path.isdir(path) or os.access(path, os.X_OK) else 0o644)
            os.utime(path, (second, second), follow_symlinks=False)
    os.chmod(root, 0o755)
    os.utime(root, (second, second))


def size_in_kib(root: Path) -> int:
    """What the files take on a disk, as packages tell it."""
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(-(-path.stat().st_size // 1024) for path in files)


def day(form: str) -> str:
    """The day of the source, formatted."""
    return time.strftime(form, time.gmtime(source_date()))


def maintained_by() -> str:
    """Name and address, as packages write them."""
    return "{} <{}>".format(*maintainer())


def license_name() -> str:
    text: str = project()["license"]
    return text
