"""Where no window can be shown, the program says so and ends with status 2.

Each case is real: a new interpreter with no display, with one that nobody
serves, or with a copy of Qt that asks for a library which no system has.
"""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import PySide6
import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.startup import screen

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="about X11, Wayland, packages")

QT = Path(PySide6.__file__).parent

SOCKETS = Path("/tmp/.X11-unix")
UNSERVED = next(f":{n}" for n in range(77, 1000) if not (SOCKETS / f"X{n}").exists())

START = """
import sys
from mlflow_cost_desktop.startup import screen
from mlflow_cost_desktop.errors import UserError
try:
    screen.check_screen()
except UserError as error:
    print(error, file=sys.stderr)
    sys.exit(screen.EXIT_STATUS)
screen.install_fatal_handler()
from PySide6.QtCore import qWarning
from PySide6.QtWidgets import QApplication
application = QApplication(["test"])
qWarning("later message")
print("shown on", application.platformName())
"""

needs_xcb = pytest.mark.skipif(
    bool(screen.missing_libraries(QT, "window")), reason="libraries of the xcb platform are missing"
)


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    """Start a window in a new process with only these variables about the screen."""
    about_screens = (
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "WAYLAND_SOCKET",
        "QT_QPA_PLATFORM",
        "XDG_SESSION_TYPE",
        "XDG_RUNTIME_DIR",
    )
    inherited = {k: v for k, v in os.environ.items() if k not in about_screens}
    return subprocess.run(
        [sys.executable, "-c", START],
        check=False,
        capture_output=True,
        text=True,
        env={**inherited, **environment},
    )


@pytest.fixture
def qt_without(tmp_path: Path) -> Callable[[str, str], str]:
    """Make a copy of Qt in which one file asks for a library that no system has."""

    def make(file: str, library: str) -> str:
        # Links all the way down, except for the folders above the changed file.
        target = tmp_path / "PySide6"
        source = QT
        for part in Path(file).parts:
            target.mkdir()
            for entry in source.iterdir():
                if entry.name != part:
                    (target / entry.name).symlink_to(entry)
            source, target = source / part, target / part
        needed, absent = library.encode(), (library[:-1] + "9").encode()
        content = source.read_bytes()
        assert needed in content
        target.write_bytes(content.replace(needed + b"\0", absent + b"\0"))
        shutil.copymode(source, target)
        (tmp_path / "shiboken6").symlink_to(QT.parent / "shiboken6")
        return str(tmp_path)

    return make


def test_offscreen_shows_a_window_and_later_messages() -> None:
    outcome = start(QT_QPA_PLATFORM="offscreen")
    assert outcome.stdout == "shown on offscreen\n"
    assert outcome.stderr == "later message\n"


def test_no_display() -> None:
    outcome = start()
    assert "There is no screen" in outcome.stderr
    assert "mlflow-cost estimate" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@needs_xcb
@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
@pytest.mark.parametrize("runtime_dir", [None, "relative", "/nowhere"])
def test_display_that_nobody_serves(variable: str, runtime_dir: str | None) -> None:
    about_wayland = {} if runtime_dir is None else {"XDG_RUNTIME_DIR": runtime_dir}
    outcome = start(**{variable: UNSERVED}, **about_wayland)
    assert_unreachable(outcome, f"The screen {UNSERVED} cannot be reached.")


@needs_xcb
@pytest.mark.parametrize("runtime_dir", [{}, {"XDG_RUNTIME_DIR": "/nowhere"}])
def test_wayland_display_where_libwayland_is_missing(
    qt_without: Callable[[str, str], str], runtime_dir: dict[str, str]
) -> None:
    folder = qt_without("Qt/lib/libQt6WaylandClient.so.6", "libwayland-client.so.0")
    platforms = f"{folder}/PySide6/Qt/plugins/platforms"
    outcome = start(
        WAYLAND_DISPLAY=UNSERVED,
        PYTHONPATH=folder,
        QT_QPA_PLATFORM_PLUGIN_PATH=platforms,
        **runtime_dir,
    )
    assert_unreachable(outcome, f"The screen {UNSERVED} cannot be reached.")


@needs_xcb
def test_wayland_asked_for_without_a_display() -> None:
    outcome = start(QT_QPA_PLATFORM="wayland", XDG_RUNTIME_DIR="/nowhere")
    assert outcome.returncode == screen.EXIT_STATUS
    assert outcome.stderr.count("\n") == 1
    if has_libwayland():
        assert_unreachable(outcome, "The screen cannot be reached.")


def assert_unreachable(outcome: subprocess.CompletedProcess[str], title: str) -> None:
    """One line that begins with `title`, advises no new installation, and status 2."""
    assert outcome.returncode == screen.EXIT_STATUS
    assert outcome.stderr.startswith(title)
    assert "install" not in outcome.stderr.lower()
    assert outcome.stderr.count("\n") == 1


def has_libwayland() -> bool:
    try:
        ctypes.CDLL("libwayland-client.so.0")
    except OSError:
        return False
    return True


def test_unknown_platform() -> None:
    outcome = start(QT_QPA_PLATFORM="typewriter")
    assert outcome.returncode == screen.EXIT_STATUS
    assert "typewriter" in outcome.stderr


def test_library_missing_for_drawing(qt_without: Callable[[str, str], str]) -> None:
    folder = qt_without("Qt/lib/libQt6Gui.so.6", "libEGL.so.1")
    outcome = start(QT_QPA_PLATFORM="offscreen", PYTHONPATH=folder)
    assert "not installed: libEGL.so.9" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@needs_xcb
def test_library_missing_for_a_window(qt_without: Callable[[str, str], str]) -> None:
    folder = qt_without("Qt/plugins/platforms/libqxcb.so", "libxcb-cursor.so.0")
    platforms = f"{folder}/PySide6/Qt/plugins/platforms"
    outcome = start(DISPLAY=UNSERVED, PYTHONPATH=folder, QT_QPA_PLATFORM_PLUGIN_PATH=platforms)
    assert outcome.returncode == screen.EXIT_STATUS
    assert "not installed: libxcb-cursor.so.9" in outcome.stderr
    assert outcome.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("tool", "command"),
    [
        ("apt-get", "sudo apt-get install -y libegl1 libxcb-cursor0"),
        ("dnf", "sudo dnf install -y libglvnd-egl xcb-util-cursor"),
        ("pacman", "Install what your distribution calls libEGL.so.1, libxcb-cursor.so.0."),
    ],
)
def test_remedy_of_each_distribution(
    tool: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}" if name == tool else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    error = screen.libraries_missing(["libEGL.so.1", "libxcb-cursor.so.0"])
    assert "libEGL.so.1, libxcb-cursor.so.0" in error.title
    assert error.advice.endswith(command)


def test_root_is_not_told_to_use_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    advice = screen.libraries_missing(["libEGL.so.1"]).advice
    assert advice.endswith("To install what is missing: apt-get install -y libegl1")


def test_a_broken_qt_is_not_blamed_on_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError("undefined symbol: _ZTV7QString")

    monkeypatch.setattr(screen.importlib, "import_module", fail)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setattr(screen, "missing_libraries", lambda *_: [])
    with pytest.raises(UserError, match="undefined symbol"):
        screen.check_screen()


def test_without_ldd_the_failed_import_names_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError("libGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(screen.importlib, "import_module", fail)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    with pytest.raises(UserError, match=r"a system library that is not installed: libGL\.so\.1"):
        screen.check_screen()
