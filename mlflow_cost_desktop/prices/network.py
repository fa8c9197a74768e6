"""Where a price list is fetched from: a server, with proxies and certificates, or a folder.

The only module of the program that touches the network, and nothing imports it at the start: it is
loaded when somebody asks for prices.
"""

from __future__ import annotations

import http.client
import os
import socket
import ssl
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, suppress
from email.message import Message
from pathlib import Path
from typing import IO
from urllib import error as url_error
from urllib import parse, request

from mlflow_cost_desktop import __version__
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.prices.answer import Answer, Still, always, answered, rest
from mlflow_cost_desktop.prices.new_price import NOTHING_LOST, RefusedFileError
from mlflow_cost_desktop.prices.origin import (
    Fetched,
    Folder,
    Origin,
    Tell,
    check_index,
    digest_of,
)
from mlflow_cost_desktop.prices.part import Part

PATIENCE = 20.0
"""Seconds without a byte after which a connection counts as broken."""

ATTEMPTS = 4
GO_ON = "What has arrived is kept: the next update goes on from there."


def origin_of(where: str, own: str, downloads: Path, still: Still = always) -> Origin:
    """A folder, or a server.

    Args:
        where: a folder or an address (http, https); empty for the provider's own.
        own: the provider's own address.
        downloads: where what arrives is kept until it is read.
        still: asked while nothing comes; what it raises ends the work.

    Raises:
        UserError: if it is neither.
    """
    if not where:
        return Server(own, downloads, still, is_live=True)
    scheme = where.partition("://")[0].lower() if "://" in where else ""
    if scheme in ("http", "https"):
        return Server(where, downloads, still)
    folder = Path(os.path.expanduser(where))
    if scheme or not os.path.isdir(folder):
        raise UserError(
            f"There is no price list at “{_shown(where)}”",
            "Name a folder that holds the provider's files in its own layout, or an address that "
            f"begins with http:// or https://. {NOTHING_LOST}",
        )
    return Folder(folder, still)


class Server:
    """A server that has the list, and how it is reached.

    Proxies are those of the environment or the system; certificates are checked against the
    system's, or those that SSL_CERT_FILE names.

    Raises:
        UserError: if the address can't be one.
    """

    def __init__(
        self, address: str, downloads: Path, still: Still = always, *, is_live: bool = False
    ) -> None:
        parts = _parts(address)
        self.is_live = is_live
        self.name = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        self._downloads = downloads
        self._still = still
        self._proxies = request.getproxies()
        self._opener = request.OpenerDirector()
        for handler in (
            request.ProxyHandler(self._proxies),
            request.HTTPHandler(),
            request.HTTPSHandler(context=ssl.create_default_context()),
            _Redirects(),
            request.HTTPDefaultErrorHandler(),
            request.HTTPErrorProcessor(),
        ):
            self._opener.add_handler(handler)

    def read(self, path: str) -> bytes:
        with self._told(path), self._answered(path) as answer:
            come = bytearray()
            for block in answer.blocks():
                come += block
                check_index(len(come), path)
            _check_length(path, len(come), _length(answer.headers))
            return bytes(come)

    def size(self, path: str) -> int | None:
        with self._told(path), self._answered(path, method="HEAD") as answer:
            return _length(answer.headers)

    def fetch(self, path: str, tell: Tell) -> Fetched:
        part = Part(self._downloads, self._url(path))
        told = 0

        def tell_whole(have: int) -> None:
            nonlocal told
            tell(have - told)
            told = have

        for attempt in range(ATTEMPTS):
            try:
                with self._told(path):
                    self._go_on(path, part, tell_whole)
                break
            except BrokenOffError:
                if attempt == ATTEMPTS - 1:
                    raise
                rest(0.2 * 2**attempt, self._still)
        digest = digest_of(part.path, self._still)
        return Fetched(part.path, self._url(path), part.path.stat().st_size, digest)

    def let_go(self, file: Fetched) -> None:
        with suppress(OSError):
            Part(self._downloads, file.url).delete()

    def _go_on(self, path: str, part: Part, tell: Tell) -> None:
        """Bring what lacks of a file, from where it broke off."""
        have, note = part.begun()
        if have and note["length"] == have:
            with self._answered(path, method="HEAD") as answer:
                if _validator(answer.headers) == note["validator"]:
                    tell(have)
                    return
            have = 0
        headers = {"Range": f"bytes={have}-", "If-Range": note["validator"]} if have else {}
        with self._answered(path, headers) as answer:
            is_rest = answer.status == 206
            length = _whole_length(answer.headers) if is_rest else _length(answer.headers)
            if is_rest and length != note["length"]:  # another file by now
                part.delete()
                raise BrokenOffError(f"{path[:120]} has changed on the way", GO_ON)
            have = have if is_rest else 0
            part.check_room(None if length is None else length - have)
            part.write_note(_validator(answer.headers), length)
            with part.open(append=is_rest) as file:
                tell(have)
                for block in answer.blocks():
                    part.put(file, block)
                    have += len(block)
                    tell(have)
        _check_length(path, have, length)

    def _url(self, path: str) -> str:
        return f"{self.name}/{path.lstrip('/')}"

    def _answered(
        self, path: str, headers: dict[str, str] | None = None, method: str = "GET"
    ) -> AbstractContextManager[Answer]:
        return answered(lambda: self._open(path, headers or {}, method), self._still)

    def _open(self, path: str, headers: dict[str, str], method: str) -> http.client.HTTPResponse:
        asked = request.Request(self._url(path), method=method)
        asked.add_header("User-Agent", f"mlflow-cost/{__version__}")
        asked.add_header("Accept-Encoding", "identity")
        for name, value in headers.items():
            asked.add_header(name, value)
        answer: http.client.HTTPResponse | None = self._opener.open(asked, timeout=PATIENCE)
        if answer is None:
            raise UserError(f"Nothing answers at {self.name}", NOTHING_LOST)
        return answer

    @contextmanager
    def _told(self, path: str) -> Generator[None, None, None]:
        """Say in a sentence what is wrong with the network; passwords are in none of them."""
        try:
            yield
        except url_error.HTTPError as error:
            error.close()
            raise self._refused(path, error.code) from None
        except url_error.URLError as error:
            reason = error.reason if isinstance(error.reason, BaseException) else error
            raise self._unreachable(reason) from None
        except (http.client.HTTPException, OSError) as error:
            raise self._unreachable(error) from None

    def _refused(self, path: str, status: int) -> UserError:
        if status == 407:
            return self._proxy_asks()
        if status in (404, 410):
            return RefusedFileError(f"{self.name} has no {path.lstrip('/')[:200]}")
        if status >= 500 or status == 429:
            return BrokenOffError(f"{self.name} can't answer now (status {status})", GO_ON)
        return UserError(
            f"{self.name} refuses {path.lstrip('/')[:200]} (status {status})",
            f"A proxy or a firewall may be in the way. {NOTHING_LOST}",
        )

    def _unreachable(self, reason: BaseException) -> UserError:
        host = parse.urlsplit(self.name).hostname or self.name
        if isinstance(reason, ssl.SSLCertVerificationError):
            own = os.environ.get("SSL_CERT_FILE")
            named = f" (now: {own[:200]})" if own else ""
            return UserError(
                f"The certificate of {host} can't be trusted: {reason.verify_message}",
                "Where a company looks into its traffic, it has a certificate of its own: name its "
                f"file in SSL_CERT_FILE{named} and start again. {NOTHING_LOST}",
            )
        if "407" in str(reason):
            return self._proxy_asks()
        if isinstance(reason, socket.gaierror):
            where = self._proxy or host
            return UserError(
                f"{where} can't be found: there is no network, or no such name",
                f"Everything else works without a network. {NOTHING_LOST}",
            )
        if isinstance(reason, ssl.SSLError):
            return UserError(
                f"No safe connection to {host} comes about ({reason.reason or 'TLS'})", NOTHING_LOST
            )
        said = "it does not answer" if isinstance(reason, TimeoutError) else _system_words(reason)
        through = f" through the proxy {self._proxy}" if self._proxy else ""
        return BrokenOffError(f"The connection to {host}{through} broke off: {said}", GO_ON)

    def _proxy_asks(self) -> UserError:
        return UserError(
            f"The proxy {self._proxy or 'of this network'} asks for a user name and a password",
            "Write them into HTTPS_PROXY, http://USER:PASSWORD@HOST:PORT; they go into no log and "
            f"no report. {NOTHING_LOST}",
        )

    @property
    def _proxy(self) -> str:
        """Host and port of the proxy in the way, without what logs in to it; empty if none is."""
        parts = parse.urlsplit(self.name)
        proxy = self._proxies.get(parts.scheme) or self._proxies.get("all")
        if not proxy or request.proxy_bypass(parts.hostname or ""):
            return ""
        return proxy.rpartition("@")[2].rpartition("//")[2].rstrip("/")[:100]


class BrokenOffError(UserError):
    """What may work when it is tried again."""


class CutOffError(BrokenOffError):
    """A file that is shorter than its server said, however often it is asked for."""


class _Redirects(request.HTTPRedirectHandler):
    """Follows no way from a safe connection to an open one, and none to a file."""

    def redirect_request(
        self,
        req: request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> request.Request | None:
        begin, end = parse.urlsplit(req.full_url).scheme, parse.urlsplit(newurl).scheme
        if end != "https" and end != begin:
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _parts(address: str) -> parse.SplitResult:
    try:
        parts = parse.urlsplit(address)
        is_sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        is_sound = False
        parts = parse.SplitResult("", "", "", "", "")
    if not is_sound or parts.scheme.lower() not in ("http", "https"):
        raise UserError(f"“{_shown(address)}” is no address of a server", NOTHING_LOST)
    if "@" in parts.netloc:
        raise UserError(
            f"The address of {parts.hostname} has a user name or a password in it",
            f"It would be noted with the prices: name the address without. {NOTHING_LOST}",
        )
    return parts


def _shown(address: str) -> str:
    """An address or a folder without what logs in to it."""
    scheme, mark, rest = address.partition("://")
    if mark and "@" in rest.partition("/")[0]:
        rest = rest.partition("@")[2] if rest.count("@") == 1 else "…"
    return f"{scheme}{mark}{rest}"[:200]


def _system_words(reason: BaseException) -> str:
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror
    return "the answer is cut off" if isinstance(reason, http.client.HTTPException) else "no answer"


def _length(headers: Message) -> int | None:
    text = headers.get("Content-Length", "")
    return int(text) if text.isdecimal() else None


def _whole_length(headers: Message) -> int | None:
    text = headers.get("Content-Range", "").rpartition("/")[2]
    return int(text) if text.isdecimal() else None


def _validator(headers: Message) -> str:
    """What tells this state of a file from any other; empty where nothing does."""
    tag = headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("Last-Modified", "")


def _check_length(path: str, have: int, length: int | None) -> None:
    if length is not None and have < length:
        raise CutOffError(
            f"{path.lstrip('/')[:200]} is cut off: {have:,} of {length:,} bytes have come", GO_ON
        )
    if length is not None and have > length:
        raise RefusedFileError(f"{path.lstrip('/')[:200]} is longer than its server said")
