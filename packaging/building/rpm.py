"""The package for Fedora, openSUSE and their relatives, made with rpmbuild."""

from __future__ import annotations

import re
import subprocess
import textwrap
from pathlib import Path

from building import tree
from building.deb import LENT_BY_THE_DESKTOP
from building.freeze import binaries
from building.project import NAME, steady_environment, url, version

SPEC = """\
# The files are those of the tree: they are not compiled, stripped or searched here.
%global debug_package %{{nil}}
%global __os_install_post %{{nil}}
%global _build_id_links none
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global _buildhost localhost
%global _binary_payload w6.xzdio

Name: {name}
Version: {version}
Release: 1
Summary: {summary}
License: {license}
{home}Packager: {packager}
AutoReqProv: no
{requires}
Recommends: desktop-file-utils
Recommends: hicolor-icon-theme
Recommends: shared-mime-info
Recommends: xdg-utils

%description
{description}

%files
%defattr(-,root,root,-)
{files}
"""


def build(frozen: Path, output: Path, work: Path) -> Path:
    """Build the package; its file."""
    root = work / "rpm"
    tree.make(root, frozen, tree.FEDORA)
    top = work / "rpmbuild"
    spec = top / f"{NAME}.spec"
    spec.parent.mkdir(parents=True, exist_ok=True)
    spec.write_text(spec_text(root), encoding="utf-8")
    command = ["rpmbuild", "-bb", "--quiet", "--noclean", "--buildroot", str(root)]
    for name, place in (("_topdir", top), ("_rpmdir", output), ("_tmppath", work)):
        command += ["--define", f"{name} {place}"]
    command += ["--define", "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm", str(spec)]
    subprocess.run(command, check=True, env=steady_environment())
    return next(output.glob(f"{NAME}-{version()}-*.rpm"))


def spec_text(root: Path) -> str:
    """What rpmbuild is told of the package."""
    home = url("Homepage")
    return SPEC.format(
        name=NAME,
        version=version(),
        summary=tree.SUMMARY,
        license=tree.license_name(),
        home=f"URL: {home}\n" if home else "",
        packager=tree.maintained_by(),
        requires="\n".join(f"Requires: {one}" for one in requires(root / tree.PROGRAM)),
        description="\n\n".join(textwrap.fill(text, 78) for text in tree.LONG),
        files="\n".join(files(root)),
    )


def requires(program: Path) -> list[str]:
    """The libraries that the program loads and does not bring, as rpm names them.

    By the library's own name, which is the same on every system, not by its package's.
    """
    own = {path.name for path in program.rglob("*")}
    needed: set[str] = set()
    newest = (0, 0)  # of glibc's versions that symbols are asked of
    for path in binaries(program):
        if path.name != LENT_BY_THE_DESKTOP:
            answer = subprocess.run(
                ["readelf", "-dVW", str(path)], check=True, capture_output=True, text=True
            )
            needed |= set(re.findall(r"\(NEEDED\).*\[(.+)\]", answer.stdout))
            versions = re.findall(r"Name: GLIBC_(\d+)\.(\d+)", answer.stdout)
            newest = max([newest, *((int(major), int(minor)) for major, minor in versions)])
    return [
        f"libc.so.6(GLIBC_{newest[0]}.{newest[1]})(64bit)",
        *(f"{name}()(64bit)" for name in sorted(needed - own) if not name.startswith("ld-linux")),
    ]


def files(root: Path) -> list[str]:
    """Every file of the tree, and the folders that are the program's alone."""
    found: list[str] = []
    for path in sorted(root.rglob("*")):
        place = f"/{path.relative_to(root)}"
        if path.is_dir() and not path.is_symlink():
            if NAME in path.parts:
                found.append(f'%dir "{place}"')
        elif place.endswith("/copyright"):
            found.append(f'%license "{place}"')
        elif place.startswith("/usr/share/doc/"):
            found.append(f'%doc "{place}"')
        else:
            found.append(f'"{place}"')
    return found
