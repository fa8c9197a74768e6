"""The command line as a whole: help, refusals, and a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlflow_cost_desktop import __version__
from tests.cli.helpers import ARTICLE, SCENARIOS, Capture, refusal, run, shell


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        ([], "required: COMMAND"),
        (["guess"], "invalid choice: 'guess'"),
        (["estimate"], "required: FILE"),
        (["estimate", ARTICLE, "--format", "xml"], "invalid choice: 'xml'"),
        (["estimate", ARTICLE, "--unknown"], "unrecognized arguments: --unknown"),
        (["report", ARTICLE], "required: -o/--output"),
        (["estimate", "missing.mlcost"], "there is no such file"),
        (["estimate", ""], "it is a folder"),
        (["estimate", str(SCENARIOS)], "it is a folder"),
        (["estimate", "red\x1b[31m\n.mlcost"], "there is no such file"),
        (["estimate", ARTICLE, "--region", "eu-west-9"], "Did you mean eu-west-"),
        (["estimate", ARTICLE, "--region", ""], "no price book for the region"),
        (["estimate", ARTICLE, "--region", "../us-east-1"], "no price book for the region"),
        (["prices", "--region", "mars"], "no price book for the region"),
    ],
)
def test_refused_commands(capsys: Capture, argv: list[str], words: str) -> None:
    sentence = refusal(capsys, *argv)
    assert words in sentence
    assert "\x1b" not in sentence


def test_version_and_help(capsys: Capture) -> None:
    assert run(capsys, "--version") == f"mlflow-cost {__version__}\n"
    assert "estimate" in run(capsys, "--help")


def test_output_is_utf_8_whatever_the_locale() -> None:
    answer = shell("estimate", ARTICLE, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert answer.returncode == 0
    assert answer.stderr == b""
    assert "─────" in answer.stdout.decode("utf-8")
    assert "$659.86" in answer.stdout.decode("utf-8")


def test_refusal_in_a_process_of_its_own() -> None:
    answer = shell("estimate", "missing.mlcost")
    assert (answer.returncode, answer.stdout) == (2, b"")
    assert answer.stderr.count(b"\n") == 1


# Also where these tests run in the background, deaf to Ctrl-C.
LISTENING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from mlflow_cost_desktop.cli.start import main
sys.exit(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_ctrl_c(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    command = [sys.executable, "-c", LISTENING, "estimate", str(pipe)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        with pipe.open("wb"):  # it waits for more
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 130
        assert process.stderr is not None
        assert process.stderr.read().startswith(b"Interrupted.")


def test_sentences_are_short(capsys: Capture) -> None:
    for argv in (
        ("estimate", ARTICLE, "--set", "server.fargate.size=2 vCPU · 99 GB"),
        ("estimate", "x" * 3000 + "/" + "y" * 3000),
        ("estimate", ARTICLE, "--format", "z" * 5000),
    ):
        assert len(refusal(capsys, *argv)) < 700
    near = refusal(capsys, "estimate", ARTICLE, "--set", "server.fargate.size=2vcpu_99gb")
    assert "Did you mean 2vcpu_9gb" in near


WHILE_LOADING = """
import signal, sys
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "pydantic":
            {comes}
sys.meta_path.insert(0, Interrupted())
signal.signal(signal.SIGINT, signal.default_int_handler)
from mlflow_cost_desktop.cli.start import main
sys.exit(main())
"""

LOST = """
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                pass  # as in a callback, of which Python only tells
"""


@pytest.mark.parametrize("comes", ["raise KeyboardInterrupt", LOST.strip()])
def test_ctrl_c_is_heard_while_the_program_is_being_loaded(comes: str) -> None:
    _is_interrupted(WHILE_LOADING.format(comes=comes))


IN_A_MODULE_OF_C = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from mlflow_cost_desktop.cli import main, start
def run():
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise ImportError("so numpy tells of it")
main.main = run
sys.exit(start.main())
"""


def test_ctrl_c_is_heard_where_a_module_of_c_makes_an_error_of_it() -> None:
    _is_interrupted(IN_A_MODULE_OF_C)


def _is_interrupted(program: str) -> None:
    command = [sys.executable, "-c", program, "--version"]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)
    assert answer.returncode == 130
    assert answer.stderr == "Interrupted. What was there before is unchanged.\n"
    assert answer.stdout == ""


def test_what_is_no_interruption_is_told_as_it_is() -> None:
    broken = WHILE_LOADING.format(comes='raise ImportError("broken")')
    answer = subprocess.run(
        [sys.executable, "-c", broken, "--version"], check=False, capture_output=True, text=True
    )
    assert answer.returncode == 1
    assert "ImportError: broken" in answer.stderr
