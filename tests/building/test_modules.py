"""Imports are found and refused as in the frozen program."""

import sys

import pytest

from building.modules import Refusal, imports_of, modules_of


def test_what_was_not_frozen_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = Refusal({"json"})
    monkeypatch.setattr(sys, "meta_path", [refusal, *sys.meta_path])
    monkeypatch.delitem(sys.modules, "tabnanny", raising=False)
    with pytest.raises(ModuleNotFoundError, match="tabnanny is not in the frozen program"):
        __import__("tabnanny")
    assert refusal.refused == {"tabnanny"}


def test_modules_of_the_program_are_found_without_its_commands() -> None:
    names = set(modules_of("mlflow_cost_desktop"))
    assert {"mlflow_cost_desktop", "mlflow_cost_desktop.cli.report"} <= names
    assert "mlflow_cost_desktop.__main__" not in names


def test_imports_within_functions_count_and_those_for_types_do_not() -> None:
    found = set(imports_of("mlflow_cost_desktop.app"))
    assert "mlflow_cost_desktop.gui.dialogs.faults" in found
    assert "PySide6.QtWidgets" not in found
