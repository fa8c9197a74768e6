"""What comes into the frozen program, and what does not."""

import sys

import pytest

from building import contents

INSIDE = "PySide6/Qt/plugins"


@pytest.mark.parametrize(
    "place",
    [
        f"{INSIDE}/platforms/libqeglfs.so",
        f"{INSIDE}/imageformats/libqtiff.so",
        f"{INSIDE}/tls/libqopensslbackend.so",
        "PySide6/Qt/translations/qt_de.qm",
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "pyqtgraph/colors/maps/CET-C1.csv",
        "numpy-2.4.6.dist-info/direct_url.json",
        "pydantic-2.14.4.dist-info/RECORD",
    ],
)
def test_left_out(place: str) -> None:
    assert contents.used([(place, f"/environment/{place}", "DATA")]) == []


@pytest.mark.parametrize(
    "place",
    [
        f"{INSIDE}/platforms/libqxcb.so",
        f"{INSIDE}/platforms/libqwayland.so",
        f"{INSIDE}/platformthemes/libqgtk3.so",
        f"{INSIDE}/imageformats/libqsvg.so",
        "PySide6/QtOpenGL.abi3.so",
        "PySide6/QtOpenGLWidgets.abi3.so",
        "PySide6/QtTest.abi3.so",
        "PySide6/QtSvg.abi3.so",
        "numpy-2.4.6.dist-info/METADATA",
        "numpy-2.4.6.dist-info/licenses/LICENSE.txt",
    ],
)
def test_kept(place: str) -> None:
    entry = (place, f"/environment/{place}", "BINARY")
    assert contents.used([entry]) == [entry]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody else brings them")
def test_libraries_of_the_system_stay_there() -> None:
    ours = ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", "BINARY")
    theirs = ("libssl.so.3", "/usr/lib/x86_64-linux-gnu/libssl.so.3", "BINARY")
    wheels = ("PySide6/Qt/lib/libicudata.so.73", "/environment/libicudata.so.73", "BINARY")
    assert contents.used([ours, theirs, wheels]) == [ours, wheels]


def test_modules_of_tools_are_strangers_and_tls_is_none() -> None:
    allowed = contents.allowed_modules()
    assert {"ssl", "_ssl", "http", "pydoc", "mlflow_cost_desktop", "numpy", "PySide6"} <= allowed
    assert not {"pytest", "hypothesis", "rich", "pygments", "attr"} & allowed
    assert not {"ssl", "http", "pydoc", "PySide6.QtOpenGL", "PySide6.QtTest"} & set(
        contents.EXCLUDED
    )


@pytest.mark.parametrize(
    "name", ["libgtk-3.so.0", "libgdk-3.so.0", "libcairo.so.2", "libssl.so.3", "libX11.so.6"]
)
def test_strangers_are_known_by_name(name: str) -> None:
    assert contents.STRANGERS.search(name)


@pytest.mark.parametrize("name", ["libqgtk3.so", "libgfortran-0.so.5", "libQt6XcbQpa.so.6"])
def test_parts_of_wheels_are_no_strangers(name: str) -> None:
    assert not contents.STRANGERS.search(name)
