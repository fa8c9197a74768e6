"""What a server answers, brought by another thread, so that whoever waits for it can stop."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import cast
from urllib.error import HTTPError

BLOCK = 1 << 18
WAITING = 8
"""Blocks that may wait to be taken: what comes and what is done with it go on side by side."""

LOOK_SECONDS = 0.1
"""How often it is asked whether to go on waiting."""

Still = Callable[[], None]
"""Asked while nothing comes; what it raises ends the wait."""

_Head = tuple[int, Message]


def always() -> None:
    """Whoever does not want to be asked waits as long as it takes."""


class Answer:
    """The head of an answer, and its body as it comes."""

    def __init__(self, head: _Head, take: Callable[[], object]) -> None:
        self.status, self.headers = head
        self._take = take

    def blocks(self) -> Iterator[bytes]:
        """The body, in parts."""
        while isinstance(block := self._take(), bytes) and block:
            yield block


@contextmanager
def answered(
    ask: Callable[[], http.client.HTTPResponse], still: Still
) -> Generator[Answer, None, None]:
    """Ask a server, and take what it answers until the block ends.

    A name that is looked up, a connection that comes about, a server that is silent: none of them
    can be interrupted. So they have a thread of their own, which is left to itself when the block
    ends early, closes the connection when its time is over, and holds up nothing.

    Raises:
        Exception: what `ask`, the connection, or `still` raises.
    """
    come: Queue[object] = Queue(WAITING)
    is_over = Event()

    def put(item: object) -> bool:
        while not is_over.is_set():
            with suppress(Full):
                come.put(item, timeout=LOOK_SECONDS)
                return True
        return False

    def bring() -> None:
        try:
            with ask() as answer:
                goes_on = put((answer.status, answer.headers))
                while goes_on and (block := answer.read(BLOCK)):
                    goes_on = put(block)
            put(b"")
        except Exception as error:  # handed on to who waits
            if not put(error) and isinstance(error, HTTPError):
                error.close()

    def take() -> object:
        while True:
            try:
                item = come.get(timeout=LOOK_SECONDS)
            except Empty:
                still()
                continue
            if isinstance(item, Exception):
                raise item
            return item

    Thread(target=bring, name="price list", daemon=True).start()
    try:
        yield Answer(cast(_Head, take()), take)  # the head comes first
    finally:
        is_over.set()


def rest(seconds: float, still: Still) -> None:
    """Wait for some time, unless `still` ends it."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        still()
        time.sleep(min(left, LOOK_SECONDS))
