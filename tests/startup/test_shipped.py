"""What is shipped is told with versions, dates and licenses, each with its text."""

import importlib.metadata
from email.message import Message
from pathlib import Path

import pytest

from mlflow_cost_desktop.startup import shipped


def test_every_work_has_a_license_and_its_text(checkout: Path) -> None:
    works = shipped.works(checkout / "resources")
    assert works[0].name == "mlflow-cost-desktop"
    for work in works:
        assert work.license, work.name
        assert all(len(text) > 300 for _, text in work.texts), work.name
        assert work.texts, work.name


def test_qt_comes_with_the_lgpl_the_gpl_and_the_place_of_its_source(checkout: Path) -> None:
    works = {work.name: work for work in shipped.works(checkout / "resources")}
    for name in ("Qt", "PySide6_Essentials", "shiboken6"):
        texts = dict(works[name].texts)
        version = importlib.metadata.version("PySide6-Essentials")
        assert version in texts["Notice"] and "https://" in texts["Notice"]
        assert "LESSER GENERAL PUBLIC LICENSE" in texts["LGPL-3.0.txt"]
        assert "GNU GENERAL PUBLIC LICENSE" in texts["GPL-3.0.txt"]
    assert "pcre2" in dict(works["Qt"].texts)["Qt-third-parties.txt"]


def test_tools_of_developers_are_not_shipped() -> None:
    names = shipped.distributions()
    assert {"mlflow-cost-desktop", "pydantic-core", "numpy", "shiboken6"} <= set(names)
    assert not {"pytest", "hypothesis", "ruff", "pyinstaller", "shtab"} & set(names)


def test_pythons_license_is_listed_where_its_text_is(tmp_path: Path) -> None:
    folder = tmp_path / "licenses"
    folder.mkdir()
    (folder / "works.toml").write_text(
        '[[work]]\nname="Python"\nof="Python"\nlicense="PSF-2.0"\ntexts=["Python.txt"]',
        encoding="utf-8",
    )
    assert "Python" not in {work.name for work in shipped.works(tmp_path)}
    (folder / "Python.txt").write_text("PSF LICENSE AGREEMENT", encoding="utf-8")
    python = next(work for work in shipped.works(tmp_path) if work.name == "Python")
    assert python.version.startswith("3.")
    assert python.texts == (("Python.txt", "PSF LICENSE AGREEMENT"),)


def test_build_date_is_the_files(tmp_path: Path) -> None:
    assert shipped.build_date(tmp_path) == ""
    (tmp_path / "build-date.txt").write_text("2026-11-28\n", encoding="ascii")
    assert shipped.build_date(tmp_path) == "2026-11-28"


def test_releases_page_is_that_of_the_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Message()
    monkeypatch.setattr(importlib.metadata, "metadata", lambda name: told)
    assert shipped.releases_page() == ""
    told["Project-URL"] = "Homepage, https://example.invalid/"
    assert shipped.releases_page() == ""
    told["Project-URL"] = "Releases, https://example.invalid/releases?a=1,2"
    assert shipped.releases_page() == "https://example.invalid/releases?a=1,2"
