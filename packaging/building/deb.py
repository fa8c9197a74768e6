"""The package for Debian and its relatives, made with dpkg-deb."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import textwrap
from pathlib import Path

from building import tree
from building.freeze import binaries
from building.project import NAME, ROOT, steady_environment, url, version

RECOMMENDED = "desktop-file-utils, hicolor-icon-theme, shared-mime-info, xdg-utils"
"""What makes double click and menu work; a desktop has them all."""

LENT_BY_THE_DESKTOP = "libqgtk3.so"
"""Loaded where the desktop is GTK's own, and then GTK is there: nobody else needs it."""

VERSION = f"{version()}-1"
"""The program's version, and that of its packing."""

OVERRIDES = ROOT / "packaging" / "lintian-overrides"


def build(frozen: Path, output: Path, work: Path) -> Path:
    """Build the package; its file."""
    root = work / "deb"
    tree.make(root, frozen, tree.DEBIAN)
    overrides = root / "usr" / "share" / "lintian" / "overrides" / NAME
    tree.desktop_files.write(overrides, OVERRIDES.read_text(encoding="utf-8"))
    documents = root / "usr" / "share" / "doc" / NAME
    tree.desktop_files.write_compressed(documents / "changelog.Debian.gz", changes())
    control = root / "DEBIAN"
    control.mkdir()
    architecture = _answer("dpkg", "--print-architecture")
    (control / "control").write_text(control_text(root, work, architecture), encoding="utf-8")
    (control / "md5sums").write_text(_sums(root), encoding="utf-8")
    tree.date_all(root)
    package = output / f"{NAME}_{VERSION}_{architecture}.deb"
    # xz: Debian 12's tools call packages packed with zstd malformed.
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(package)]
    subprocess.run(command, check=True, env=steady_environment(), stdout=subprocess.DEVNULL)
    return package


def control_text(root: Path, work: Path, architecture: str) -> str:
    """What dpkg is told of the package."""
    fields = {
        "Package": NAME,
        "Version": VERSION,
        "Architecture": architecture,
        "Maintainer": tree.maintained_by(),
        "Installed-Size": str(tree.size_in_kib(root)),
        "Depends": depends(root, work),
        "Recommends": RECOMMENDED,
        "Section": "utils",
        "Priority": "optional",
        "Homepage": url("Homepage"),
        "Description": description(),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value)


def changes() -> str:
    """Debian's own log of changes, of which the program's stands beside it."""
    day = tree.day("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"{NAME} ({VERSION}) unstable; urgency=medium\n\n  * Packed as released.\n\n"
        f" -- {tree.maintained_by()}  {day}\n"
    )


def description() -> str:
    """Summary and paragraphs, each line of which begins with a blank."""
    paragraphs = [textwrap.indent(textwrap.fill(text, 78), " ") for text in tree.LONG]
    return "\n".join([tree.SUMMARY, "\n .\n".join(paragraphs)])


def depends(root: Path, work: Path) -> str:
    """The packages whose libraries the program loads, as dpkg-shlibdeps finds them."""
    place = work / "shlibdeps"
    (place / "debian").mkdir(parents=True, exist_ok=True)
    (place / "debian" / "control").write_text(
        f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"
    )
    inside = root / tree.PROGRAM
    programs = [path for path in binaries(inside) if path.name != LENT_BY_THE_DESKTOP]
    folders = sorted({str(path.parent) for path in programs})
    command = ["dpkg-shlibdeps", "-O", *(f"-l{folder}" for folder in folders)]
    answer = _answer(*command, *map(str, programs), cwd=place)
    return answer.removeprefix("shlibs:Depends=")


def _sums(root: Path) -> str:
    files = sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.parts
    )
    return "".join(
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root)}\n"
        for path in files
    )


def _answer(*command: str, cwd: Path | None = None) -> str:
    outcome = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, cwd=cwd)
    if outcome.returncode:
        sys.exit(f"{command[0]} ended with {outcome.returncode}.")
    return outcome.stdout.strip()
