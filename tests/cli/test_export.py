"""`mlflow-cost export`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import ARTICLE, SCENARIOS, Capture, in_process, refusal, run, shell
from tests.exports.workbooks import Read


def test_markdown_of_the_changed_scenario(tmp_path: Path, capsys: Capture) -> None:
    output = tmp_path / "out.txt"
    assert run(
        capsys, "export", ARTICLE, "-o", str(output), "--format", "md", "--set", "name=Other"
    ).rstrip() == str(output)
    assert output.read_text(encoding="utf-8").startswith("# Other: cost of")


def test_the_ending_says_what_is_written(tmp_path: Path, capsys: Capture) -> None:
    for ending, begin in (("xlsx", b"PK"), ("md", b"# The article"), ("markdown", b"# The art")):
        output = tmp_path / f"out.{ending}"
        assert run(capsys, "export", ARTICLE, "-o", str(output)).rstrip() == str(output)
        assert output.read_bytes().startswith(begin)


def test_markdown_goes_to_stdout_whole(capsys: Capture) -> None:
    text = run(capsys, "export", ARTICLE, "-o", "-", "--format", "md", "--parts", "summary,plans")
    assert "Plan that fits" in text and "## Assumptions" not in text


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (("-o", "out"), "does not say what is to be written"),
        (("-o", "out.pdf"), "Name a file that ends in .xlsx or .md"),
        (("-o", "team.mlcost", "--format", "md"), "the place of a scenario, not of an export"),
        (("-o", "out.md", "--parts", "lines,prices"), "There is no part “prices”"),
        (("-o", "out.md", "--parts", ","), "No part is named"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    argv: tuple[str, ...],
    words: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in refusal(capsys, "export", ARTICLE, *argv)
    assert list(tmp_path.iterdir()) == []


def test_the_same_bytes_with_source_date_epoch(tmp_path: Path) -> None:
    for name in ("one", "two"):
        answer = shell(
            "export", ARTICLE, "-o", str(tmp_path / f"{name}.xlsx"), SOURCE_DATE_EPOCH="1790000000"
        )
        assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


@pytest.mark.parametrize("epoch", ["soon", "-1", "1e9", "9" * 20])
def test_an_epoch_that_is_none_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    output = tmp_path / "out.md"
    assert "SOURCE_DATE_EPOCH" in refusal(capsys, "export", ARTICLE, "-o", str(output))
    assert not output.exists()


def test_it_loads_no_qt(tmp_path: Path) -> None:
    probe = (
        "import sys; from mlflow_cost_desktop.cli.main import main; "
        f"main(['export', {ARTICLE!r}, '-o', {str(tmp_path / 'out.xlsx')!r}]); "
        "print('PySide6' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True)
    assert answer.stdout.split()[-1] == b"False"


def test_piped_in_and_out() -> None:
    scenario = Path(ARTICLE).read_bytes()
    answer = in_process("export", "-", "-o", "-", "--format", "xlsx", input=scenario)
    assert answer.returncode == 0 and answer.stdout.startswith(b"PK")


def test_markdown_compares_another_scenario(capsys: Capture) -> None:
    other = ("--compare", str(SCENARIOS / "large.mlcost"))
    text = run(capsys, "export", ARTICLE, "-o", "-", "--format", "md", *other)
    assert "## Side by side" in text and "A large platform" in text
    assert "is not a valid scenario file" in refusal(
        capsys, "export", ARTICLE, "-o", "-", "--format", "md", "--compare", __file__
    )


def test_a_workbook_compares_another_scenario(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "out.xlsx"
    other = ("--compare", str(SCENARIOS / "large.mlcost"))
    run(capsys, "export", ARTICLE, "-o", str(path), *other)
    compared = Read(path.read_bytes()).sheets["Compared"]
    assert "A large platform, USD a month" in {cell.value for cell in compared.values()}
