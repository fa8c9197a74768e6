"""The trial of a built program knows every verb, and sees a fault."""

import argparse
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import smoke
from mlflow_cost_desktop.cli.main import parser


def verbs() -> list[str]:
    action = next(
        action
        for action in parser()._actions  # argparse has no public list of them
        if isinstance(action, argparse._SubParsersAction)
    )
    return list(action.choices)


def test_every_verb_is_tried() -> None:
    assert smoke.verbs_in(parser().format_help()) == verbs()
    assert set(smoke.TRIES) == set(verbs()), "packaging/smoke.py tries each verb in TRIES"


def test_a_traceback_ends_it_whatever_the_exit_status() -> None:
    with pytest.raises(SystemExit, match="KeyError"):
        smoke.no_traceback("Traceback (most recent call last):\nKeyError: 'x'", "mlflow-cost")
    smoke.no_traceback("Note: usage.hours has no effect.", "mlflow-cost")


@pytest.fixture
def trial(tmp_path: Path, checkout: Path) -> smoke.Trial:
    package = tmp_path / "package"
    (package / "resources").mkdir(parents=True)
    for sample in (checkout / "resources" / "scenarios").glob("*.mlcost"):
        (package / "resources" / sample.name).write_bytes(sample.read_bytes())
    home = tmp_path / "home"
    home.mkdir()
    return smoke.Trial(Path(sys.executable).parent, package, home)


def test_prices_are_asked_for_over_tls(
    trial: smoke.Trial, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    trial.check_network()
    assert "over TLS" in capsys.readouterr().out
    monkeypatch.setattr(smoke.safe_server, "serving", in_the_open)
    with pytest.raises(SystemExit, match="can't be trusted"):
        trial.check_network()


@contextmanager
def in_the_open(certificate: Path, key: Path) -> Iterator[str]:
    """A server without a certificate, which no client can have refused."""
    server = smoke.safe_server.Server(("127.0.0.1", 0), smoke.safe_server.Nothing)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_log_of_faults_ends_it(trial: smoke.Trial, tmp_path: Path) -> None:
    trial.check_logs()
    log = tmp_path / "home" / "STATE" / "log" / "faults.log"
    log.parent.mkdir(parents=True)
    log.write_text("KeyError", encoding="utf-8")
    with pytest.raises(SystemExit, match="Faults were written"):
        trial.check_logs()


def test_too_large_a_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    monkeypatch.setattr(smoke.contents, "MOST_BYTES", 4)
    with pytest.raises(SystemExit, match="more than"):
        smoke.check_contents(tmp_path)


def test_libraries_of_the_desktop_are_refused(tmp_path: Path) -> None:
    (tmp_path / "libgtk-3.so.0").write_bytes(b"")
    with pytest.raises(SystemExit, match=r"libgtk-3\.so\.0"):
        smoke.check_contents(tmp_path)
