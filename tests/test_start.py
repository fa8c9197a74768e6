"""packaging/start.py sets up once, notices changes, and says what it cannot do."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mlflow_cost_desktop.errors import UserError


@pytest.fixture
def start(checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """start.py as a module that believes in a checkout elsewhere and installs nothing."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    spec = importlib.util.spec_from_file_location("start", checkout / "packaging" / "start.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    (tmp_path / "pyproject.toml").write_text("[project]", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "set-up.json")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "python")
    installed: list[bool] = []
    monkeypatch.setattr(module, "make_venv", lambda: make_empty_venv(tmp_path / ".venv"))
    monkeypatch.setattr(module, "install_program", installed.append)
    monkeypatch.setattr(module, "provide_libraries", lambda need: None)
    monkeypatch.setattr(module, "installed", installed, raising=False)
    return module


def make_empty_venv(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "python").touch()


def test_second_start_installs_nothing(start: ModuleType) -> None:
    start.set_up(testing=False)
    start.set_up(testing=False)
    assert start.installed == [False]


def test_changed_project_file_installs_again(start: ModuleType) -> None:
    start.set_up(testing=False)
    (start.ROOT / "pyproject.toml").write_text("[project]\nname = 'other'", encoding="utf-8")
    start.set_up(testing=False)
    assert start.installed == [False, False]


def test_tools_for_testing_come_when_needed_and_stay(start: ModuleType) -> None:
    start.set_up(testing=False)
    start.set_up(testing=True)
    start.set_up(testing=False)
    assert start.installed == [False, True]


def test_failed_installation_is_tried_again(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(dev: bool) -> None:
        raise UserError("No network", "Start again.")

    with monkeypatch.context() as patch:
        patch.setattr(start, "install_program", fail)
        with pytest.raises(UserError):
            start.set_up(testing=False)
    start.set_up(testing=False)
    assert start.installed == [False]


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_broken_stamp_counts_as_none(start: ModuleType, content: str) -> None:
    start.set_up(testing=False)
    start.STAMP.write_text(content, encoding="utf-8")
    start.set_up(testing=False)
    assert start.installed == [False, False]
    assert json.loads(start.STAMP.read_text(encoding="utf-8"))["fingerprint"]


def test_missing_ensurepip_names_the_package(
    start: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(start, "can_install_debian_packages", lambda: False)
    with pytest.raises(UserError, match=r"apt-get install -y python3\.\d+-venv"):
        start.provide_venv_module()


@pytest.mark.parametrize("version", [(3, 10), (3, 15)])
def test_unfit_python_is_told_which_ones_fit(checkout: Path, version: tuple[int, int]) -> None:
    pretend = (
        f"import runpy, sys; sys.version_info = (*{version}, 0, 'final', 0); "
        f"runpy.run_path({str(checkout / 'packaging' / 'start.py')!r}, run_name='__main__')"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", pretend], check=False, capture_output=True, text=True
    )
    assert outcome.returncode == 1
    assert "needs Python 3.11 to 3.14" in outcome.stderr
    assert "Traceback" not in outcome.stderr
