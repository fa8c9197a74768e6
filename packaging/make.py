"""Builds what people install.

python3 packaging/make.py frozen FOLDER      the frozen program, in FOLDER/mlflow-cost

Needs a Python of the project's versions and its package index; on Linux also `strip` and
`objdump` (binutils). Everything is dated by SOURCE_DATE_EPOCH, or else by the last commit:
built twice in one place, it is the same bytes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from building import freeze


def frozen(folder: Path) -> Path:
    """Make an environment, freeze the program in it, and check what came inside."""
    folder.mkdir(parents=True, exist_ok=True)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    python = freeze.make_environment(work / "environment")
    made = freeze.freeze(python, folder, work)
    freeze.check_modules(python, made)
    print(freeze.sizes(made))
    return made


def main(argv: list[str]) -> int:
    """Build what is asked for."""
    parser = argparse.ArgumentParser(description="Builds what people install.")
    parser.add_argument("what", choices=["frozen"])
    parser.add_argument("folder", type=Path, help="where it goes; what is there is made anew")
    arguments = parser.parse_args(argv)
    {"frozen": frozen}[arguments.what](arguments.folder.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
