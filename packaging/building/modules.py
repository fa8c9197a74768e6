"""Imports every module of the program while those that were not frozen are refused.

python packaging/building/modules.py FOLDER    by the Python that froze it
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import os
import pkgutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from building import contents
from building.project import PACKAGE


def frozen_modules(folder: Path) -> set[str]:
    """The names of all modules that a frozen program holds."""
    # By its name: only the environment that freezes has PyInstaller, the one that checks has not.
    readers = importlib.import_module("PyInstaller.archive.readers")
    executable = next(folder.glob("mlflow-cost*"))
    archive = readers.CArchiveReader(str(executable)).open_embedded_archive("PYZ.pyz")
    names = set(archive.toc) | set(sys.builtin_module_names)
    with zipfile.ZipFile(folder / "_internal" / "base_library.zip") as library:
        for file in library.namelist():
            parts = file.removesuffix(".pyc").removesuffix("/__init__").split("/")
            names.add(".".join(parts))
    # Not the plainest, ".so": that is a library's.
    suffixes = [one for one in EXTENSION_SUFFIXES if one != ".so"]
    for file in (folder / "_internal").rglob("*"):
        suffix = next((one for one in suffixes if file.name.endswith(one)), None)
        if suffix is not None:
            parts = file.relative_to(folder / "_internal").as_posix().removesuffix(suffix)
            names.add(parts.split("lib-dynload/")[-1].replace("/", "."))
    return names


class Refusal:
    """A finder that stands before all others and refuses what was not frozen."""

    def __init__(self, frozen: set[str]) -> None:
        self.frozen = frozen
        self.refused: set[str] = set()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name not in self.frozen:
            self.refused.add(name)
            raise ModuleNotFoundError(f"{name} is not in the frozen program", name=name)
        return None  # the others find it


def modules_of(package: str) -> Iterator[str]:
    """A package and all modules below it; those that would run a program left out."""
    yield package
    spec = importlib.util.find_spec(package)
    assert spec is not None
    for found in pkgutil.walk_packages(spec.submodule_search_locations, f"{package}."):
        if not found.name.endswith("__main__"):
            yield found.name


def imports_of(name: str) -> Iterator[str]:
    """The modules that a module's imports name, also those within functions."""
    spec = importlib.util.find_spec(name)
    assert spec is not None and spec.origin is not None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module != "__future__":
            yield node.module or ""


def main(folder: str) -> None:
    """Say what is inside that should not be, and what is not that is asked for."""
    frozen = frozen_modules(Path(folder).resolve())
    allowed = contents.allowed_modules()
    strangers = sorted(name for name in frozen if name.split(".")[0] not in allowed)
    if strangers:
        sys.exit(f"Nobody asked for these in the frozen program: {', '.join(strangers)}")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # What was imported to come this far is imported anew, under the refusal.
    for name in set(sys.modules) & (contents_of_wheels(allowed) | set(contents.EXCLUDED)):
        del sys.modules[name]
    refusal = Refusal(frozen)
    sys.meta_path.insert(0, refusal)
    asked = sorted(set(modules_of(PACKAGE)) - contents.COMMANDS_OF_DEVELOPERS)
    for name in asked:
        importlib.import_module(name)
    for name in sorted({one for module in asked for one in imports_of(module)}):
        if sys.platform == "win32" or name not in {"winreg", "msvcrt"}:
            importlib.import_module(name)
    print(f"modules: {len(frozen)} frozen, {len(asked)} of the program imported from them alone")
    print(f"went without: {', '.join(sorted(refusal.refused)) or 'nothing'}")


def contents_of_wheels(allowed: set[str]) -> set[str]:
    """Modules already loaded that Python itself does not bring."""
    own = set(sys.stdlib_module_names)
    return {name for name in sys.modules if name.split(".")[0] in allowed - own}


if __name__ == "__main__":
    main(*sys.argv[1:])
