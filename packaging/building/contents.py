"""What may be inside the frozen program, and what is left out of it.

Read by mlflow-cost.spec while it freezes and by the checks afterwards, so that both agree.
"""

from __future__ import annotations

import importlib.metadata
import os
import re
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from building.project import PACKAGE

MOST_BYTES = 200 * 1000 * 1000

EXCLUDED = [
    # Of Python: a window system of its own, and modules whose compiled part needs a library
    # of the system that is named differently everywhere or (readline) is under the GPL. All
    # of their users go without.
    *("tkinter", "unittest", "readline", "bz2", "_bz2", "lzma", "_lzma", "_uuid"),
    # Of the tools that freeze, which lie in the same environment.
    *("setuptools", "_distutils_hack", "pkg_resources", "distutils", "packaging", "altgraph"),
    # Of numpy and pydantic: a compiler's tool, and version 1.
    *("numpy.f2py", "numpy.testing", "pydantic.v1"),
    # Of Qt: nothing of ours goes through the network by Qt, and no window is made of QML.
    *("PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtDBus"),
]
"""Modules that are not frozen, though something names them. Names, not patterns."""

COMMANDS_OF_DEVELOPERS = {"mlflow_cost_desktop.files.schema"}
"""Modules of the program that nothing imports: `python -m` runs them in a checkout."""

UNUSED = re.compile(
    # Parts of Qt that plugins bring along: QML, the on-screen keyboard, PDF, network,
    # screens without a window system, and translations of Qt's own dialogs.
    r"Qt6?(Qml|Quick|VirtualKeyboard|Pdf|Network|EglF[sS])|/qml/|/translations/"
    r"|plugins/(tls|networkinformation|egldeviceintegrations|qmltooling|generic)/"
    r"|virtualkeyboard|qpdf|qeglfs|qlinuxfb|qvnc|qvkkhrdisplay|qminimalegl"
    # Pictures come as SVG, which stays, and as PNG, which Qt has built in.
    r"|imageformats/(lib)?q(?!svg)"
    # Color maps, for heat maps, and the icon of somebody else's examples.
    r"|pyqtgraph/colors/maps/|pyqtgraph/icons/peegee/"
)

OF_THE_SYSTEM = re.compile(r"^(/usr)?/lib(64)?/")
"""Where the system's own libraries lie: its packages update them, so they are not taken along."""

STRANGERS = re.compile(
    r"^lib(gtk|gdk|atk|cairo|pango|glib|gio|X11|xcb|ssl|crypto|readline|c)[-._0-9]"
)
"""Names of libraries that must not come along: the desktop's, and those that need mending."""

NOT_NEEDED_OF_A_WHEEL = re.compile(
    r"^(RECORD|INSTALLER|WHEEL|REQUESTED|direct_url\.json|(top_level|entry_points)\.txt)$"
)

MADE_BY_PYINSTALLER = {
    "pyimod01_archive",
    "pyimod02_importers",
    "pyimod03_ctypes",
    "_pyi_rth_utils",
}


def used(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """PyInstaller's entries (place, source, kind) without what is unused or the system's."""
    return [
        (place, source, kind)
        for place, source, kind in entries
        if not UNUSED.search("/" + place.replace("\\", "/"))
        and not (".dist-info" in place and NOT_NEEDED_OF_A_WHEEL.search(Path(place).name))
        and not (kind == "BINARY" and is_of_the_system(source))
        # A link to something left out: PyInstaller makes one beside each library of a folder.
        and not (kind == "SYMLINK" and UNUSED.search("/" + source.replace("\\", "/")))
    ]


def is_of_the_system(source: str) -> bool:
    """Whether a library is the system's; its Python, where that is used, has to come along."""
    if sys.platform != "linux" or os.path.basename(source).startswith("libpython"):
        return False
    return bool(OF_THE_SYSTEM.match(source) or OF_THE_SYSTEM.match(os.path.realpath(source)))


def metadata() -> list[tuple[str, str]]:
    """Files of each wheel's metadata, with its folder: version, licenses, its own SBOM."""
    from mlflow_cost_desktop.startup.shipped import distributions

    found: list[tuple[str, str]] = []
    for name in distributions():
        for file in importlib.metadata.distribution(name).files or []:
            folder = file.parts[0]
            if not folder.endswith(".dist-info"):
                continue
            if not NOT_NEEDED_OF_A_WHEEL.search(file.name):
                found.append((str(file.locate()), str(Path(*file.parts).parent)))
    return found


def allowed_modules() -> set[str]:
    """Names at the top of modules that may be frozen: Python's own, and the wheels'."""
    names = {PACKAGE, *sys.stdlib_module_names, *sys.builtin_module_names, *MADE_BY_PYINSTALLER}
    names.add(sysconfig._get_sysconfigdata_name())  # type: ignore[attr-defined]  # no public name
    from mlflow_cost_desktop.startup.shipped import distributions

    needed = set(distributions())
    for module, of in importlib.metadata.packages_distributions().items():
        if needed & {re.sub(r"[-_.]+", "-", name).lower() for name in of}:
            names.add(module)
    return names
