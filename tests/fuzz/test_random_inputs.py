"""A little of what is put in at random by hand: everything is read, or answered with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.random_inputs import fuzz


def test_whatever_is_put_in_is_read_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    counts = fuzz(600, 7, lambda _: None)
    assert sum(counts.values()) == 600
    kinds = ("files", "numbers", "commands")
    assert set(counts) == {f"{kind} {what}" for kind in kinds for what in ("read", "refused")}
    assert not list(tmp_path.iterdir()), "nothing is written"
