"""Begins the command line: Ctrl-C is heard while its modules are still being loaded, too."""

from __future__ import annotations

import contextlib
import os
import signal
import sys

INTERRUPTED = 130


def main() -> int:
    """Run a verb; the exit status."""
    is_interrupted = False

    def hear(*_: object) -> None:
        nonlocal is_interrupted
        is_interrupted = True
        raise KeyboardInterrupt

    # Where it is not to be heard, as behind `nohup`, that stays.
    is_heard = signal.getsignal(signal.SIGINT) == signal.default_int_handler
    try:
        if is_heard:  # nothing is written yet; an exception may get lost in what loads modules
            signal.signal(signal.SIGINT, _end)
        from mlflow_cost_desktop.cli.main import main as run

        if is_heard:
            signal.signal(signal.SIGINT, hear)
        status = run()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the answer is out: too late to interrupt
        return status
    except BaseException as fault:
        # A module of C that loads another makes an error of its own of what comes in between.
        if not is_interrupted and not isinstance(fault, KeyboardInterrupt):
            raise
        _end()
        return INTERRUPTED


def _end(*_: object) -> None:
    with contextlib.suppress(OSError, AttributeError, ValueError):  # stderr may be closed
        print("Interrupted. What was there before is unchanged.", file=sys.stderr, flush=True)
    # Python would end by the signal itself where it came in the middle of an `exec`.
    os._exit(INTERRUPTED)
