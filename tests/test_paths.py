"""Bundled folders are found in a wheel and in a checkout; the user's are their own."""

import os
from pathlib import Path

import pytest

from mlflow_cost_desktop import paths
from mlflow_cost_desktop.errors import UserError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package, with nothing beside it."""
    folder = tmp_path / "site" / "mlflow_cost_desktop"
    folder.mkdir(parents=True)
    monkeypatch.setattr(paths, "PACKAGE", folder)
    return folder


def test_a_checkout_holds_the_folders_beside_the_package(package: Path) -> None:
    (package.parent / "pricing").mkdir()
    assert paths.pricing_dir() == package.parent / "pricing"


def test_the_folder_inside_the_package_comes_first(package: Path) -> None:
    for parent in (package, package.parent):
        (parent / "resources").mkdir()
    assert paths.resources_dir() == package / "resources"


def test_a_missing_folder_is_named(package: Path) -> None:
    with pytest.raises(UserError, match="pricing") as caught:
        paths.pricing_dir()
    assert str(package) in caught.value.advice


def test_bundled_folders_of_this_installation_exist() -> None:
    assert paths.pricing_dir().is_dir()
    assert paths.resources_dir().is_dir()


@pytest.mark.parametrize("folder", [paths.settings_dir])
def test_folders_of_the_user_carry_the_name_of_the_program(folder: object) -> None:
    assert callable(folder)
    assert paths.APP_NAME in str(folder())


@pytest.mark.skipif(os.name == "nt", reason="XDG variables name folders outside Windows only")
def test_tests_stay_out_of_the_users_folders() -> None:
    home = Path.home() / ".config"
    assert not paths.settings_dir().is_relative_to(home)


def test_documents_fall_back_to_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths.platformdirs, "user_documents_path", lambda: tmp_path / "nowhere")
    assert paths.documents_dir() == Path.home()


@pytest.mark.skipif(os.name == "nt", reason="the folder of a user without a home")
def test_who_has_no_home_gets_folders_that_go_with_the_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    for folder in (paths.settings_dir(), paths.state_dir(), paths.log_dir()):
        assert folder.is_absolute()
        assert not folder.exists()
    assert paths.documents_dir().is_dir()
