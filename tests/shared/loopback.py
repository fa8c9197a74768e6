"""A server on the loopback address that hands out a folder, and misbehaves where it is told to."""

from __future__ import annotations

import base64
import io
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

TLS = Path(__file__).parents[1] / "data" / "tls"
CERTIFICATE = TLS / "certificate.pem"


@dataclass
class Loopback:
    """What is served, and how.

    Attributes:
        short: sends only so many bytes of a file whose path ends so, and says that it is longer.
        short_times: how often; always where it is negative.
        instead: what is sent in place of a file.
        status: answered in place of a file.
        no_length: says of no file how long it is, and knows no ranges.
        delay: seconds before each block.
        silent: of a file whose path ends so, nothing more comes after so many bytes; of no bytes,
            not even an answer.
        over: set when the server ends, for who is silent.
        asked: every request, with the range that was asked for.
    """

    folder: Path
    short: dict[str, int] = field(default_factory=dict[str, int])
    short_times: int = -1
    instead: dict[str, bytes] = field(default_factory=dict[str, bytes])
    status: dict[str, int] = field(default_factory=dict[str, int])
    no_length: bool = False
    delay: float = 0.0
    silent: dict[str, int] = field(default_factory=dict[str, int])
    over: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    address: str = ""

    def of(self, table: dict[str, Any], path: str) -> Any:
        return next((value for end, value in table.items() if path.endswith(end)), None)


@contextmanager
def serving(folder: Path, *, tls: bool = False) -> Iterator[Loopback]:
    """Serve a folder until the block ends."""
    loopback = Loopback(folder)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            path = urlsplit(self.path).path
            wanted = self.headers.get("Range", "")
            loopback.asked.append((self.command, path, wanted))
            if loopback.of(loopback.silent, path) == 0:
                loopback.over.wait()
                self.close_connection = True
                return
            file = loopback.folder / path.lstrip("/")
            data = loopback.of(loopback.instead, path)
            status = loopback.of(loopback.status, path) or (
                200 if data is not None or file.is_file() else 404
            )
            if status != 200:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            with io.BytesIO(data) if data is not None else file.open("rb") as stream:
                size = stream.seek(0, io.SEEK_END)
                tag = f'"{size}"' if data is not None else f'"{size}-{file.stat().st_mtime_ns}"'
                begin = self._begin(size, tag, wanted)
                if with_body:
                    stream.seek(begin)
                    self._send(path, stream, size - begin)

        def _begin(self, size: int, tag: str, wanted: str) -> int:
            """Send what stands before a file, and say where it begins."""
            begin = 0
            if wanted and self.headers.get("If-Range") == tag and not loopback.no_length:
                begin = int(wanted.removeprefix("bytes=").rstrip("-"))
                self.send_response(206)
                self.send_header("Content-Range", f"bytes {begin}-{size - 1}/{size}")
            else:
                self.send_response(200)
            self.send_header("ETag", tag)
            if not loopback.no_length:
                self.send_header("Content-Length", str(size - begin))
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            return begin

        def _send(self, path: str, stream: IO[bytes], left: int) -> None:
            short = loopback.of(loopback.short, path)
            if short is not None and loopback.short_times:
                loopback.short_times -= 1
                left = min(left, short)
            until = loopback.of(loopback.silent, path)
            with suppress(OSError):  # who asked may have gone
                while left > 0:
                    if until is not None and stream.tell() >= until:
                        loopback.over.wait()
                        return
                    if loopback.delay:
                        time.sleep(loopback.delay)
                    block = stream.read(min(left, 1 << 16))
                    if not block:
                        break
                    self.wfile.write(block)
                    left -= len(block)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _running(Handler, tls=tls) as port:
        loopback.address = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        try:
            yield loopback
        finally:
            loopback.over.set()


@contextmanager
def proxying(user: str, password: str) -> Iterator[tuple[str, list[str]]]:
    """A proxy that asks for a password; its address, and what it was asked."""
    asked: list[str] = []
    key = base64.b64encode(f"{user}:{password}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.headers.get("Proxy-authorization") != f"Basic {key}":
                self.send_response(407)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            parts = urlsplit(self.path)
            with socket.create_connection((parts.hostname, parts.port)) as onward:
                lines = [f"{self.command} {parts.path} HTTP/1.0"]
                lines += [f"{k}: {v}" for k, v in self.headers.items() if "roxy" not in k]
                onward.sendall("\r\n".join([*lines, "", ""]).encode())
                while block := onward.recv(1 << 16):
                    self.wfile.write(block)
            self.close_connection = True

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_CONNECT(self) -> None:
            """The way through for safe connections: what is said in them stays between the two."""
            asked.append(self.path)
            if self.headers.get("Proxy-Authorization") != f"Basic {key}":
                self.send_response(407)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            host, _, port = self.path.partition(":")
            with socket.create_connection((host, int(port))) as onward:
                self.send_response(200)
                self.end_headers()
                self.close_connection = True
                ends = {self.connection: onward, onward: self.connection}
                while True:
                    for ready in select.select(list(ends), [], [], 30)[0]:
                        block = ready.recv(1 << 16)
                        if not block:
                            return
                        ends[ready].sendall(block)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with _running(Handler) as port:
        yield f"127.0.0.1:{port}", asked


@contextmanager
def _running(handler: type[BaseHTTPRequestHandler], *, tls: bool = False) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda request, client_address: None
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE, TLS / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
