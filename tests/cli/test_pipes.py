"""Pipes, closed streams and full disks."""

import errno
import io
import os
import shlex
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helpers import ARTICLE, Capture, in_process, refusal, run


def test_reader_that_has_seen_enough() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "mlflow_cost_desktop.cli", "prices"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
def test_answer_onto_a_full_disk() -> None:
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "mlflow_cost_desktop.cli", "estimate", ARTICLE],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert answer.returncode == 2
    assert answer.stderr.startswith(b"The answer could not be printed: No space left")
    assert answer.stderr.count(b"\n") == 1


def _is_told(answer: subprocess.CompletedProcess[bytes], words: str, status: int = 2) -> None:
    assert answer.returncode == status, answer.stderr
    assert words in answer.stderr.decode()
    assert answer.stderr.count(b"\n") == 1


def test_a_scenario_comes_by_stdin(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    piped = in_process("estimate", "-", "--format", "json", input=Path(ARTICLE).read_bytes())
    assert piped.returncode == 0, piped.stderr
    assert piped.stdout.decode() == run(capsys, "estimate", ARTICLE, "--format", "json")
    for data, words in (
        (b"no scenario", "not a valid scenario file"),
        (b" " * 5_000_000, "larger than 4 MB"),
    ):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert words in refusal(capsys, "estimate", "-")


@pytest.mark.skipif(os.name == "nt", reason="shells of Unix")
@pytest.mark.parametrize(
    "command",
    [
        "{cli} estimate <(cat {file})",
        "cat {file} | {cli} estimate /dev/stdin",
        "{cli} estimate - < {file}",
    ],
)
def test_a_scenario_comes_by_a_shells_pipe(command: str) -> None:
    cli = f"{sys.executable} -m mlflow_cost_desktop.cli"
    words = command.format(cli=cli, file=shlex.quote(ARTICLE))
    answer = subprocess.run(["bash", "-c", words], check=False, capture_output=True, timeout=120)
    assert answer.returncode == 0, answer.stderr
    assert b"659.86" in answer.stdout


@pytest.mark.skipif(os.name == "nt", reason="sockets of Unix")
def test_what_cannot_be_opened_is_told(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket"))
        assert "it is a device or a socket" in refusal(capsys, "estimate", f"{tmp_path}/socket")
    os.mkfifo(tmp_path / "pipe")
    opened = Path.open

    def denied(path: Path, *how: Any, **more: Any) -> object:  # root may open everything
        if path.name == "pipe":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *how, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", denied)
        told = refusal(capsys, "compare", ARTICLE, f"{tmp_path}/pipe")
    assert "you have no permission to read it" in told


@pytest.mark.skipif(os.name == "nt", reason="shells of Unix")
def test_closed_streams() -> None:
    cli = f"{sys.executable} -m mlflow_cost_desktop.cli estimate {shlex.quote(ARTICLE)}"

    def shell_runs(words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["bash", "-c", words], check=False, capture_output=True, timeout=120)

    _is_told(shell_runs(f"{cli} >&-"), "stdout is closed")
    answer = shell_runs(f"{cli} 2>&-")
    assert (answer.returncode, b"659.86" in answer.stdout) == (0, True)
    assert shell_runs(f"{cli}-missing 2>&- >&-").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("words", ["--help", "--version", "estimate --help"])
def test_help_onto_a_full_disk(words: str) -> None:
    with Path("/dev/full").open("wb") as full:
        answer = subprocess.run(
            [sys.executable, "-m", "mlflow_cost_desktop.cli", *words.split()],
            check=False, stdout=full, stderr=subprocess.PIPE, timeout=120,
        )  # fmt: skip
    assert answer.returncode == 2
    assert answer.stderr.startswith(b"The answer could not be printed: No space left")


@pytest.mark.skipif(os.name == "nt", reason="Windows deletes no folder that is in use")
def test_a_relative_path_from_a_deleted_folder(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    cli = f"{sys.executable} -P -m mlflow_cost_desktop.cli"
    words = f"cd {folder} && rmdir {folder} && {cli} estimate team.mlcost"
    answer = subprocess.run(["bash", "-c", words], check=False, capture_output=True, timeout=120)
    assert answer.returncode == 2, answer.stderr
    assert b"there is no such file" in answer.stderr
    assert b"Traceback" not in answer.stderr
