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

    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:  # else it is not to be heard
        signal.signal(signal.SIGINT, hear)
    try:
        from mlflow_cost_desktop.cli.main import main as run

        status = run()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the answer is out: too late to interrupt
        return status
    except BaseException as fault:
        # A module of C that loads another makes an error of its own of what comes in between.
        if not is_interrupted and not isinstance(fault, KeyboardInterrupt):
            raise
        with contextlib.suppress(OSError, AttributeError, ValueError):  # stderr may be closed
            print("Interrupted. What was there before is unchanged.", file=sys.stderr, flush=True)
        # Python would end by the signal itself where it came in the middle of an `exec`.
        os._exit(INTERRUPTED)
