"""Packages say who they are from, what they need, and hold the same files."""

import os
import re
import shutil
from pathlib import Path

import pytest

from building import deb, project, rpm, tree
from building.freeze import binaries


@pytest.fixture
def frozen(tmp_path: Path) -> Path:
    """A folder like that of a frozen program, with a true executable in it."""
    folder = tmp_path / "mlflow-cost"
    (folder / "_internal").mkdir(parents=True)
    shutil.copy(shutil.which("true") or "/bin/true", folder / "mlflow-cost")
    (folder / "mlflow-cost-desktop").symlink_to("mlflow-cost")
    (folder / "_internal" / "libqgtk3.so").write_bytes(b"\x7fELF")
    resources = folder / "_internal" / project.PACKAGE / "resources"
    shutil.copytree(project.ROOT / "resources" / "licenses", resources / "licenses")
    shutil.copytree(project.ROOT / "resources" / "fonts", resources / "fonts")
    (resources / "licenses" / "Python.txt").write_text("PSF", encoding="utf-8")
    told = folder / "_internal" / "numpy-9.9.dist-info" / "METADATA"
    told.parent.mkdir()
    told.write_text("Metadata-Version: 2.4\nName: numpy\nVersion: 9.9\nLicense: X\n")
    (folder / "sbom.cdx.json").write_text("{}", encoding="utf-8")
    return folder


def places(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if not path.is_dir()}


@pytest.mark.usefixtures("qapp")
def test_forms_differ_only_in_where_zsh_looks(frozen: Path, tmp_path: Path) -> None:
    tree.make(tmp_path / "deb", frozen, tree.DEBIAN)
    tree.make(tmp_path / "rpm", frozen, tree.FEDORA)
    debian, fedora = places(tmp_path / "deb"), places(tmp_path / "rpm")
    assert {place for place in debian ^ fedora if "/zsh/" not in place} == set()
    for command in project.COMMANDS:
        link = tmp_path / "deb" / "usr" / "bin" / command
        assert link.is_symlink() and link.resolve().name == "mlflow-cost"
    assert "usr/share/doc/mlflow-cost-desktop/sbom.cdx.json" in debian


@pytest.mark.usefixtures("qapp")
def test_everything_is_dated_by_the_source(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    root = tmp_path / "root"
    tree.make(root, frozen, tree.DEBIAN)
    for path in (root, *root.rglob("*")):
        assert path.lstat().st_mtime == 1_700_000_000, path
    assert os.access(root / "usr/lib/mlflow-cost-desktop/mlflow-cost", os.X_OK)


def test_copyright_names_every_work_of_the_frozen_program(frozen: Path) -> None:
    note = tree.copyright_note(frozen)
    for words in ("Apache-2.0", "PySide6_Essentials", "numpy 9.9: X", "LGPL-3.0-only", "https://"):
        assert words in note
    assert "  Python 3." in note
    assert "QtForPython/pyside6" in note and "download.qt.io/archive/qt/" in note
    assert max(len(line) for line in note.splitlines()) < 130


def test_nobody_is_maintainer_until_the_project_names_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(project, "project", dict)
    assert project.maintainer() == ("MLflow Cost developers", "mlflow-cost-desktop@example.invalid")
    named = {"maintainers": [{"name": "Ada", "email": "ada@example.invalid"}]}
    monkeypatch.setattr(project, "project", lambda: named)
    assert project.maintainer() == ("Ada", "ada@example.invalid")


def test_control_has_what_is_known_and_no_empty_field(
    frozen: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deb, "depends", lambda root, work: "libc6 (>= 2.36)")
    text = deb.control_text(frozen, tmp_path, "amd64")
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Package"] == "mlflow-cost-desktop"
    assert fields["Version"] == f"{project.version()}-1"
    assert int(fields["Installed-Size"]) > 0
    assert "Homepage" not in fields
    monkeypatch.setattr(deb, "url", lambda kind: "https://example.invalid/")
    assert "Homepage: https://example.invalid/\n" in deb.control_text(frozen, tmp_path, "amd64")


def test_debians_log_of_changes_has_its_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    first, *_, last = deb.changes().splitlines()
    assert first == f"mlflow-cost-desktop ({project.version()}-1) unstable; urgency=medium"
    assert last.endswith(">  Tue, 14 Nov 2023 22:13:20 +0000")


def test_what_the_desktop_lends_is_no_dependency(frozen: Path) -> None:
    assert [path.name for path in binaries(frozen)] == ["libqgtk3.so", "mlflow-cost"]
    if shutil.which("readelf"):  # which reads the one, and would fail at the other
        needed = rpm.requires(frozen)
        assert "libc.so.6()(64bit)" in needed
        assert re.fullmatch(r"libc\.so\.6\(GLIBC_2\.\d+\)\(64bit\)", needed[0])
