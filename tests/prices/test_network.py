"""Fetching: resumed, checked by its length, and told in sentences that hold no password."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices import network, part
from mlflow_cost_desktop.prices.network import CutOffError, Server, origin_of
from mlflow_cost_desktop.prices.new_price import RefusedFileError
from tests.shared.loopback import CERTIFICATE, Loopback, proxying, serving

DATA = bytes(range(256)) * 8192  # 2 MB


class StopError(Exception):
    """Somebody cancels."""


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("SSL_CERT"):
            monkeypatch.delenv(name)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Loopback]:
    folder = tmp_path / "served"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "big.csv").write_bytes(DATA)
    (folder / "index.json").write_bytes(b"{}")
    with serving(folder) as loopback:
        yield loopback


@pytest.fixture
def _no_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Try again at once."""
    monkeypatch.setattr(network, "rest", lambda seconds, still: still())


def server(served: Loopback, tmp_path: Path) -> Server:
    return Server(served.address, tmp_path / "downloads")


def test_a_file_comes_whole_and_goes_when_it_was_read(served: Loopback, tmp_path: Path) -> None:
    told: list[int] = []
    origin = server(served, tmp_path)
    assert origin.size("/a/big.csv") == len(DATA)
    file = origin.fetch("/a/big.csv", told.append)
    assert file.path.read_bytes() == DATA
    assert (sum(told), file.size) == (len(DATA), len(DATA))
    assert file.url == f"{served.address}/a/big.csv"
    origin.let_go(file)
    assert list((tmp_path / "downloads").iterdir()) == []


@pytest.mark.usefixtures("_no_rest")
def test_what_broke_off_is_gone_on_with(served: Loopback, tmp_path: Path) -> None:
    served.short, served.short_times = {"big.csv": 700_000}, 2
    file = server(served, tmp_path).fetch("/a/big.csv", lambda _: None)
    assert file.path.read_bytes() == DATA
    ranges = [wanted for method, _, wanted in served.asked if method == "GET"]
    assert ranges == ["", "bytes=700000-", "bytes=1400000-"]


def test_who_cancels_finds_what_has_arrived_the_next_time(served: Loopback, tmp_path: Path) -> None:
    come = 0

    def stop(more: int) -> None:
        nonlocal come
        come += more
        if come > 500_000:
            raise StopError

    with pytest.raises(StopError):
        server(served, tmp_path).fetch("/a/big.csv", stop)
    file = server(served, tmp_path).fetch("/a/big.csv", lambda _: None)
    assert file.path.read_bytes() == DATA
    assert int(served.asked[-1][2].removeprefix("bytes=").rstrip("-")) >= 500_000


class Impatient:
    """Somebody who cancels after a moment, and how long the work went on since."""

    def __init__(self) -> None:
        self.canceled = time.monotonic() + 0.3

    def still(self) -> None:
        if time.monotonic() > self.canceled:
            raise StopError

    @property
    def waited(self) -> float:
        return time.monotonic() - self.canceled


@pytest.mark.parametrize("silent_after", [0, 300_000])
@pytest.mark.parametrize("ask", [
    lambda server: server.read("/index.json"),
    lambda server: server.size("/a/big.csv"),
    lambda server: server.fetch("/a/big.csv", lambda _: None),
])  # fmt: skip
def test_who_cancels_waits_for_no_silent_server(
    served: Loopback, tmp_path: Path, silent_after: int, ask: Callable[[Server], object]
) -> None:
    served.silent = {"big.csv": silent_after, "index.json": 0}
    impatient = Impatient()
    server = Server(served.address, tmp_path / "downloads", impatient.still)
    try:
        ask(server)
    except StopError:
        assert impatient.waited < 1.0
    else:
        assert silent_after  # the head came at once


@pytest.mark.parametrize("what", ["getaddrinfo", "create_connection"])
def test_who_cancels_waits_for_no_name_and_no_connection(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()

    def hang(*_: object, **__: object) -> None:
        over.wait()
        raise OSError

    monkeypatch.setattr(socket, what, hang)
    impatient = Impatient()
    with pytest.raises(StopError):
        Server("http://127.0.0.1:9", tmp_path, impatient.still).read("/index.json")
    assert impatient.waited < 1.0
    over.set()


def test_who_cancels_waits_for_no_second_try(served: Loopback, tmp_path: Path) -> None:
    served.status = {"big.csv": 503}
    impatient = Impatient()
    with pytest.raises(StopError):
        Server(served.address, tmp_path, impatient.still).fetch("/a/big.csv", lambda _: None)
    assert impatient.waited < 1.0


def test_a_silent_server_is_given_up_after_a_while(
    served: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "PATIENCE", 0.3)
    served.silent = {"index.json": 0}
    with pytest.raises(UserError, match="broke off: it does not answer"):
        server(served, tmp_path).read("/index.json")


@pytest.mark.usefixtures("_no_rest")
def test_a_file_that_is_another_by_now_begins_anew(served: Loopback, tmp_path: Path) -> None:
    served.short, served.short_times = {"big.csv": 700_000}, 1
    fresh = DATA[::-1]

    def change(_: int) -> None:
        new = tmp_path / "new.csv"
        new.write_bytes(fresh)
        new.replace(served.folder / "a" / "big.csv")  # whole, or a server sends a piece of it

    file = server(served, tmp_path).fetch("/a/big.csv", change)
    assert file.path.read_bytes() == fresh


@pytest.mark.usefixtures("_no_rest")
def test_a_file_shorter_than_announced_is_refused(served: Loopback, tmp_path: Path) -> None:
    served.short = {"big.csv": 100_000}
    served.no_length = False
    with pytest.raises(CutOffError, match="400,000 of 2,097,152 bytes have come"):
        server(served, tmp_path).fetch("/a/big.csv", lambda _: None)


def test_a_whole_part_is_not_fetched_again(served: Loopback, tmp_path: Path) -> None:
    origin = server(served, tmp_path)
    origin.fetch("/a/big.csv", lambda _: None)
    assert origin.fetch("/a/big.csv", lambda _: None).path.read_bytes() == DATA
    assert [method for method, _, _ in served.asked] == ["GET", "HEAD"]
    (served.folder / "a" / "big.csv").write_bytes(DATA[::-1])  # as long, but another
    assert origin.fetch("/a/big.csv", lambda _: None).path.read_bytes() == DATA[::-1]


def test_a_server_that_says_no_length_is_taken(served: Loopback, tmp_path: Path) -> None:
    served.no_length = True
    origin = server(served, tmp_path)
    assert origin.size("/a/big.csv") is None
    assert origin.fetch("/a/big.csv", lambda _: None).path.read_bytes() == DATA


def test_a_certificate_of_nobody_is_refused_and_that_of_the_company_taken(
    served: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(served.folder, tls=True) as safe:
        with pytest.raises(UserError, match="certificate of 127.0.0.1 can't be trusted") as refusal:
            Server(safe.address, tmp_path).read("/index.json")
        assert "SSL_CERT_FILE" in refusal.value.advice
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        assert Server(safe.address, tmp_path / "d").read("/index.json") == b"{}"
        file = Server(safe.address, tmp_path / "d").fetch("/a/big.csv", lambda _: None)
        assert file.path.read_bytes() == DATA


def test_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="broke off: Connection refused") as refusal:
        Server("http://127.0.0.1:9", tmp_path).read("/index.json")
    assert "is kept" in refusal.value.advice

    def unknown(*_: object, **__: object) -> None:
        raise network.socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(network.socket, "getaddrinfo", unknown)
    with pytest.raises(UserError, match="prices.example can't be found: there is no network"):
        Server("http://prices.example", tmp_path).read("/index.json")


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "has no index.json"),
        (403, "refuses index.json .status 403"),
        (503, "can't answer now"),
    ],
)
def test_what_a_server_answers_is_told(
    status: int, words: str, served: Loopback, tmp_path: Path
) -> None:
    served.status = {"index.json": status}
    with pytest.raises(UserError, match=words):
        server(served, tmp_path).read("/index.json")


SECRET = "s3cret-word"


def test_a_proxy_is_used_and_its_password_is_in_no_sentence_and_no_log(
    served: Loopback,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with proxying("jo", SECRET) as (where, asked):
        monkeypatch.setenv("http_proxy", f"http://jo:{SECRET}@{where}")
        assert server(served, tmp_path).read("/index.json") == b"{}"
        assert asked == [f"{served.address}/index.json"]
        monkeypatch.setenv("http_proxy", f"http://jo:{SECRET}-wrong@{where}")
        with pytest.raises(UserError, match=f"The proxy {where} asks for a user name") as refusal:
            server(served, tmp_path).read("/index.json")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        assert server(served, tmp_path).read("/index.json") == b"{}"
    monkeypatch.delenv("no_proxy")
    monkeypatch.setenv("http_proxy", f"http://jo:{SECRET}@127.0.0.1:9")
    with pytest.raises(UserError, match="through the proxy 127.0.0.1:9 broke off") as gone:
        server(served, tmp_path).read("/index.json")
    told = [str(error) + repr(error.__context__) for error in (refusal.value, gone.value)]
    told += [caplog.text, *capfd.readouterr()]
    told += [path.read_text(errors="replace") for path in tmp_path.rglob("*.json")]
    assert not any(SECRET in text for text in told)


def test_a_proxy_lets_a_safe_connection_through(
    served: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving(served.folder, tls=True) as safe, proxying("jo", SECRET) as (where, asked):
        monkeypatch.setenv("https_proxy", f"http://jo:{SECRET}@{where}")
        assert Server(safe.address, tmp_path / "d").read("/index.json") == b"{}"
        assert asked == [safe.address.removeprefix("https://")]
        monkeypatch.setenv("https_proxy", f"http://jo:{SECRET}-wrong@{where}")
        with pytest.raises(UserError, match=f"The proxy {where} asks for a user name") as refusal:
            Server(safe.address, tmp_path / "d").read("/index.json")
    assert SECRET not in str(refusal.value) + repr(refusal.value.__context__)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (f"https://jo:{SECRET}@prices.example/list", "has a user name or a password in it"),
        (f"ftp://jo:{SECRET}@prices.example", "no price list at “ftp://prices.example”"),
        ("https://", "is no address"),
        ("http://prices.example:port/", "is no address"),
        ("/nowhere/at/all", "no price list at “/nowhere/at/all”"),
        ("~nobody-of-that-name/list", "no price list at “~nobody-of-that-name/list”"),
    ],
)
def test_what_is_no_place_of_a_list_is_said(address: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=words) as refusal:
        origin_of(address, "https://own.example", tmp_path)
    assert SECRET not in str(refusal.value)


def test_a_full_disk_is_told_before_and_while(
    served: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(part.shutil, "disk_usage", lambda _: usage._replace(free=10_000_000))
        with pytest.raises(UserError, match="has 10 MB left, and 66 are needed|MB left"):
            server(served, tmp_path).fetch("/a/big.csv", lambda _: None)
    full = Path("/dev/full")
    if not full.exists():
        return
    downloads = tmp_path / "downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    origin = server(served, tmp_path)
    monkeypatch.setattr(part.Part, "begun", lambda self: (0, {}))
    real = part.Part.__init__

    def onto_a_full_disk(self: part.Part, folder: Path, url: str) -> None:
        real(self, folder, url)
        self.path = full

    monkeypatch.setattr(part.Part, "__init__", onto_a_full_disk)
    with pytest.raises(UserError, match="can't be kept in .*: the disk is full"):
        origin.fetch("/a/big.csv", lambda _: None)


def test_a_folder_that_can_not_be_written_is_told(served: Loopback, tmp_path: Path) -> None:
    (tmp_path / "downloads").write_text("a file stands in the way")
    with pytest.raises(UserError, match="can't be kept in .*/downloads"):
        server(served, tmp_path).fetch("/a/big.csv", lambda _: None)


def test_an_index_without_end_is_refused(
    served: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlflow_cost_desktop.prices.origin.MOST_OF_INDEX", 1000)
    with pytest.raises(RefusedFileError, match="larger than any index"):
        server(served, tmp_path).read("/a/big.csv")
