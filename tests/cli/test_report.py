"""`mlflow-cost report`."""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import ARTICLE, SCENARIOS, Capture, in_process, printed, refusal, shell
from tests.shared.pdf_text import words_of


def test_report(tmp_path: Path) -> None:
    output = tmp_path / "out.pdf"
    argv = ("report", ARTICLE, "-o", str(output), "--set", "usage.hours=160")
    answer = shell(*argv, "--region", "eu-west-1", QT_QPA_PLATFORM="xcb", DISPLAY="")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.decode().rstrip("\r\n") == str(output)
    assert output.read_bytes().startswith(b"%PDF-")


def test_a_report_compares_with_other_files(tmp_path: Path, capsys: Capture) -> None:
    output = tmp_path / "out.pdf"
    large = str(SCENARIOS / "large.mlcost")
    answer = shell("report", ARTICLE, "-o", str(output), "--compare", large, "--compare", ARTICLE)
    assert answer.returncode == 0, answer.stderr
    text = words_of(output.read_bytes())
    assert "Side by side" in text and "A large platform" in text
    many = refusal(capsys, "report", ARTICLE, "-o", str(output), *("--compare", large) * 6)
    assert "7 scenarios are too many" in many


def test_a_report_names_what_no_font_can_draw(tmp_path: Path) -> None:
    output = tmp_path / "out.pdf"
    answer = shell("report", ARTICLE, "-o", str(output), "--set", "name=Team 𓀀 हिन्दी")
    assert answer.returncode == 0 and output.stat().st_size > 10_000
    told = answer.stderr.decode()
    assert told.startswith("Note: No font here has 𓀀") and len(told.splitlines()) == 1


def test_report_that_cannot_be_written(tmp_path: Path) -> None:
    answer = shell("report", ARTICLE, "-o", str(tmp_path / "missing" / "out.pdf"))
    assert answer.returncode == 2
    assert answer.stderr.count(b"\n") == 1
    assert b"Traceback" not in answer.stderr


def test_report_without_qt(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtGui", None)
    sentence = refusal(capsys, "report", ARTICLE, "-o", "out.pdf")
    assert "Qt, which draws windows and documents, cannot be loaded" in sentence
    assert "mlflow-cost estimate works without Qt" in sentence


@pytest.mark.parametrize("output", ["team.mlcost", "./team.mlcost", "other.mlcost", "link.pdf"])
def test_a_report_never_takes_a_scenario_s_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = Path(ARTICLE).read_bytes()
    Path("team.mlcost").write_bytes(before)
    Path("other.mlcost").write_bytes(before)
    Path("link.pdf").symlink_to("team.mlcost")
    assert "of a scenario" in refusal(capsys, "report", "team.mlcost", "-o", output)
    assert Path("team.mlcost").read_bytes() == Path("other.mlcost").read_bytes() == before


def test_a_report_goes_out_by_a_pipe_in_the_same_bytes_with_source_date_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    pdfs: list[bytes] = []
    for output in ("-", "-" if os.name == "nt" else "/dev/stdout"):
        answer = in_process("report", ARTICLE, "-o", output, cwd=tmp_path)
        assert answer.returncode == 0, answer.stderr
        assert answer.stdout.startswith(b"%PDF-")
        assert answer.stdout.rstrip().endswith(b"%%EOF")  # and no line after it
        pdfs.append(answer.stdout)
    assert os.listdir(tmp_path) == []
    assert pdfs[0] == pdfs[1]


def test_a_report_is_opened_like_its_scenario(tmp_path: Path, capsys: Capture) -> None:
    output = tmp_path / "out.pdf"
    argv = ("report", ARTICLE, "-o", str(output), "--set", "usage.hours=160", "--paper", "letter")
    assert shell(*argv, "--parts", "summary").returncode == 0
    changed = printed(capsys, "--set", "usage.hours=160")
    assert printed(capsys, file=str(output)) == changed
    bare = tmp_path / "bare.pdf"
    assert shell("report", ARTICLE, "-o", str(bare), "--no-attachment").returncode == 0
    assert "without its scenario" in refusal(capsys, "estimate", str(bare))
