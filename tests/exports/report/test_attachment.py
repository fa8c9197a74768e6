"""The scenario that comes with a report is found again, and only where it is as it was written."""

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.exports.report.report import Choices, render_pdf
from mlflow_cost_desktop.files.envelope import figures_of
from mlflow_cost_desktop.files.report_file import NoScenarioError, scenario_in
from mlflow_cost_desktop.files.scenario_file import MAX_BYTES, as_bytes, read_scenario
from mlflow_cost_desktop.model.charges.estimate import estimate
from tests.support import ARTICLE, BOOK, changed

CREATED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
NAMED = changed(ARTICLE, name="Date (D:1999) 監 12 0 R", author="A. Author")

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def report() -> bytes:
    return render_pdf(NAMED, BOOK, CREATED)


def test_it_is_the_scenario_file(report: bytes, tmp_path: Path) -> None:
    expected = as_bytes(NAMED, figures_of(estimate(NAMED, BOOK), BOOK.edition))
    ((name, [data]),) = PdfReader(io.BytesIO(report)).attachments.items()
    assert name.endswith(".mlcost") and data == expected
    path = tmp_path / "report.pdf"
    path.write_bytes(report)
    found = read_scenario(path)
    assert found.scenario == NAMED and found.is_report
    assert read_scenario(Path("stdin"), report).scenario == NAMED


def test_a_report_without_it_says_so(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(render_pdf(ARTICLE, BOOK, CREATED, choices=Choices(has_attachment=False)))
    assert PdfReader(path).attachments == {}
    with pytest.raises(UserError, match="it is a report without its scenario") as refused:
        read_scenario(path)
    assert "as it was exported" in refused.value.advice


def test_a_report_that_another_program_saved_again_is_refused(report: bytes) -> None:
    writer = PdfWriter(clone_from=io.BytesIO(report))
    changed = io.BytesIO()
    writer.write(changed)
    with pytest.raises(NoScenarioError):
        scenario_in(changed.getvalue(), MAX_BYTES)


def test_somebody_else_s_pdf_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "other.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    with pytest.raises(UserError, match="it is a PDF that MLflow Cost did not write"):
        read_scenario(path)


def test_whatever_is_cut_off_or_overwritten_is_refused_and_never_a_traceback(report: bytes) -> None:
    for at in range(0, len(report), len(report) // 60):
        for damaged in (report[:at], report[:at] + b"\0" * 40 + report[at + 40 :]):
            try:
                data = scenario_in(damaged, MAX_BYTES)
            except NoScenarioError:
                continue
            assert read_scenario(Path("x"), data).scenario == NAMED


def test_one_that_would_be_too_large_is_refused(report: bytes) -> None:
    with pytest.raises(NoScenarioError, match="changed"):
        scenario_in(report, 100)


def test_a_large_report_is_read_and_any_other_large_file_is_not(
    report: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlflow_cost_desktop.files.scenario_file.MAX_BYTES", len(report) - 100)
    path = tmp_path / "large.pdf"
    path.write_bytes(report)
    assert read_scenario(path).scenario == NAMED
    path.write_bytes(b"{" + b" " * len(report))
    with pytest.raises(UserError, match="larger"):
        read_scenario(path)
