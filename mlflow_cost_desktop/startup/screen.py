"""Finds out whether a window can be shown here, and says what to do where it cannot.

Left alone, Qt answers a missing library with a traceback and a missing screen
with an abort. The program asks here first:

    check_screen()           # before anything of Qt is imported
    install_fatal_handler()  # before QApplication is made

Imports nothing beyond the standard library by itself: packaging/start.py uses it
before anything is installed.
"""

import importlib
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mlflow_cost_desktop.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

EXIT_STATUS = 2

# What PySide6 6.11 needs from a Linux system beyond the C and C++ libraries, as
# ldd lists it, and the packages of Debian and Fedora that hold it.
LIBRARIES_TO_DRAW = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libX11.so.6": ("libx11-6", "libX11"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libfreetype.so.6": ("libfreetype6", "freetype"),
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libgthread-2.0.so.0": ("libglib2.0-0", "glib2"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libz.so.1": ("zlib1g", "zlib"),
    "libzstd.so.1": ("libzstd1", "libzstd"),
}
LIBRARIES_FOR_A_WINDOW = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-glx.so.0": ("libxcb-glx0", "libxcb"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-render.so.0": ("libxcb-render0", "libxcb"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb"),
    "libxcb-util.so.1": ("libxcb-util1", "xcb-util"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxcb.so.1": ("libxcb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
LIBRARIES = LIBRARIES_TO_DRAW | LIBRARIES_FOR_A_WINDOW

# Without any font, Qt shows text as boxes.
FONT_PACKAGES = ("fonts-dejavu-core", "dejavu-sans-fonts")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")

DEBIAN_PACKAGES = [*dict.fromkeys(debian for debian, _ in LIBRARIES.values()), FONT_PACKAGES[0]]


def check_screen() -> None:
    """Raise UserError where no window can be shown. Call it before importing Qt."""
    if _is_x11_or_wayland():
        _check_display()
    _check_import("PySide6.QtWidgets", "window")


def check_drawing() -> None:
    """Raise UserError where not even a document can be drawn. Call it before importing Qt."""
    _check_import("PySide6.QtGui", "offscreen")


def _check_import(module: str, need: str) -> None:
    try:
        importlib.import_module(module)
    except ImportError as error:
        missing = missing_libraries(_qt_folder(), need) or _library_named_in(str(error))
        if missing:
            raise libraries_missing(missing) from error
        raise UserError(
            "Qt, which draws windows and documents, cannot be loaded",
            f"The system says: {error}. Installing the program again often helps; your scenarios "
            "are not affected, and mlflow-cost estimate works without Qt.",
        ) from error


def install_fatal_handler() -> None:
    """Turn Qt's abort for lack of a screen into a message and exit status 2.

    Qt finds out only while QApplication is made that a display cannot be reached
    or a library of its xcb plugin is missing, and then aborts the process; no
    exception can be caught. Until a window system is connected, what Qt says is
    why one of them failed, with and without a category of its own: of interest
    only if none works. From then on messages are printed as Qt would print them.
    """
    from PySide6.QtCore import QtMsgType, qFormatLogMessage, qInstallMessageHandler
    from PySide6.QtGui import QGuiApplication

    reasons: list[str] = []

    def handle(kind: "QtMsgType", context: "QMessageLogContext", message: str) -> None:
        # Qt prints debug messages only where its own variables ask for them.
        if kind != QtMsgType.QtDebugMsg and not QGuiApplication.platformName():
            reasons.append(message)
            if kind == QtMsgType.QtFatalMsg:
                _leave(_why_qt_gave_up(reasons))
            return
        print(qFormatLogMessage(kind, context, message), file=sys.stderr)

    qInstallMessageHandler(handle)


def missing_libraries(qt_folder: Path | None, need: str) -> list[str]:
    """The system libraries that Qt would not find, by name; empty where unknown.

    `need` is "window", or "offscreen" for drawing without a screen. Asks `ldd`,
    which names them all at once; a failed import names only the first.
    """
    ldd = shutil.which("ldd")
    if sys.platform != "linux" or qt_folder is None or ldd is None:
        return []
    plugins = qt_folder / "Qt" / "plugins"
    files = [qt_folder / "QtWidgets.abi3.so", plugins / "platforms" / "libqoffscreen.so"]
    if need == "window":
        files += [
            plugins / "platforms" / "libqxcb.so",
            plugins / "xcbglintegrations" / "libqxcb-glx-integration.so",
        ]
    present = [str(file) for file in files if file.exists()]
    if not present:
        return []
    import subprocess

    # ldd's words are read, so not in the user's language.
    answer = subprocess.run(
        [ldd, *present],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C"},
    )
    return sorted(set(re.findall(r"^\s*(\S+) => not found", answer.stdout, re.MULTILINE)))


def libraries_missing(libraries: Iterable[str]) -> UserError:
    """The error that names missing system libraries and how to install them."""
    names = list(libraries)
    what = "a system library that is" if len(names) == 1 else "system libraries that are"
    return UserError(
        f"Qt, which draws the window, needs {what} not installed: {', '.join(names)}",
        f"The command line works without: mlflow-cost estimate. {_library_remedy(names)}",
    )


def has_font() -> bool:
    """Whether any font is installed where Linux keeps them."""
    endings = (".ttf", ".otf", ".ttc", ".pfb")
    return any(
        name.lower().endswith(endings)
        for folder in FONT_FOLDERS
        for _, _, names in os.walk(Path(folder).expanduser())
        for name in names
    )


def font_remedy() -> str:
    """How to install a font, in a sentence."""
    return _install_command([FONT_PACKAGES]) or "Install any font that your distribution has."


def _is_x11_or_wayland() -> bool:
    return sys.platform not in ("win32", "darwin")


def _check_display() -> None:
    """Raise UserError where no display is named, or only one that cannot be looked for."""
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return  # what X cannot reach, Qt finds out; whoever names a platform may need no display
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if not wayland:
        raise _no_screen("There is no screen to show a window on")
    # libwayland would find this out too, but prints a line of its own about it.
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if not (wayland.startswith("/") or folder.startswith("/") or "WAYLAND_SOCKET" in os.environ):
        raise _no_screen(
            f"The screen {wayland} cannot be reached",
            "XDG_RUNTIME_DIR, which names the folder where Wayland's screens are, is not set. ",
        )


def _no_screen(title: str, reason: str = "") -> UserError:
    return UserError(
        title,
        f"{reason}"
        "Start the program in a desktop session, over the network with ssh -X, or on a "
        "screen in memory by writing xvfb-run -a before the command. The command line needs "
        "no screen: mlflow-cost estimate. Your scenarios are not affected.",
    )


def _library_remedy(libraries: list[str]) -> str:
    """How to install these libraries, in a sentence."""
    known = [LIBRARIES[name] for name in libraries if name in LIBRARIES]
    command = _install_command(known)
    others = [name for name in libraries if name not in LIBRARIES or not command]
    search = f"Install what your distribution calls {', '.join(others)}." if others else None
    return " ".join(filter(None, (search, command)))


def _install_command(packages: list[tuple[str, str]]) -> str | None:
    """The command that installs (Debian, Fedora) packages on this system, introduced."""
    # Where everybody is root, as in a container, there is often no sudo.
    sudo = "" if os.geteuid() == 0 else "sudo "
    for tool, column in (("apt-get", 0), ("dnf", 1)):
        if packages and shutil.which(tool):
            names = dict.fromkeys(package[column] for package in packages)
            return f"To install what is missing: {sudo}{tool} install -y {' '.join(names)}"
    return None


def _library_named_in(message: str) -> list[str]:
    """The library that the system's loader did not find: "libEGL.so.1: cannot open ..."."""
    found = re.search(r"(\S+\.so[.\d]*): cannot open shared object file", message)
    return [found[1]] if found else []


def _qt_folder() -> Path | None:
    spec = importlib.util.find_spec("PySide6")
    return Path(spec.origin).parent if spec and spec.origin else None


def _why_qt_gave_up(messages: list[str]) -> UserError:
    """What kept Qt from showing a window, from all that it said about it."""
    said = " ".join(messages)
    missing = missing_libraries(_qt_folder(), "window")
    if missing and "could not load the qt platform plugin" in said.lower():
        return libraries_missing(missing)
    if "could not connect to display" in said or "Failed to create wl_display" in said:
        display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
        return _no_screen(f"The screen{f' {display}' if display else ''} cannot be reached")
    return UserError("Qt found no way to show a window", f"It says: {said}")


def _leave(error: UserError) -> None:
    """Print the error and end the process: Qt would abort as soon as we return to it."""
    print(error, file=sys.stderr, flush=True)
    os._exit(EXIT_STATUS)
