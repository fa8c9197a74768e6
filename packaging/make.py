"""Builds what people install.

.venv/bin/python packaging/make.py frozen FOLDER      the frozen program, in FOLDER/mlflow-cost
.venv/bin/python packaging/make.py packages FOLDER    that, a .deb and an .rpm of it

Run by a Python with the extra `dev` installed, which needs its package index. On Linux it also
takes binutils, and packages take dpkg-dev and rpmbuild. Everything is dated by SOURCE_DATE_EPOCH,
or else by the last commit: built twice in one place, it is the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from building import deb, freeze, rpm


def frozen(folder: Path) -> Path:
    """Make an environment, freeze the program in it, and check what came inside."""
    work = folder / "work"
    work.mkdir(parents=True, exist_ok=True)
    python = freeze.make_environment(work / "environment")
    parts = freeze.describe(python, work)  # before the tools for freezing come into it
    made = freeze.freeze(python, folder, work)
    shutil.copy(parts, made)
    freeze.check_modules(python, made)
    print(freeze.sizes(made))
    return made


def packages(folder: Path) -> None:
    """Freeze the program, and pack it for the package managers."""
    made = frozen(folder)
    for kind in (deb, rpm):
        work = folder / "work" / kind.__name__.rpartition(".")[2]
        shutil.rmtree(work, ignore_errors=True)
        package = kind.build(made, folder, work)
        print(f"{package.stat().st_size / 1e6:7.1f} MB  {package.name}")


def main(argv: list[str]) -> int:
    """Build what is asked for."""
    parser = argparse.ArgumentParser(description="Builds what people install.")
    parser.add_argument("what", choices=["frozen", "packages"])
    parser.add_argument("folder", type=Path, help="where it goes; what is there is made anew")
    arguments = parser.parse_args(argv)
    {"frozen": frozen, "packages": packages}[arguments.what](arguments.folder.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
