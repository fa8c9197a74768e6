"""A file that is broken, or is no scenario, is refused with a sentence and left alone."""

import contextlib
import errno
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.migrations import SCHEMA_VERSION
from mlflow_cost_desktop.files.scenario_file import as_bytes, read_scenario, write_scenario
from tests.files.helpers import OWN, SAVED

Change = Callable[[dict[str, Any]], object]


def refusal(path: Path) -> str:
    """The sentence for a file that can't be opened; it names the file and leaves it alone."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(UserError) as caught:
        read_scenario(path)
    sentence = str(caught.value)
    assert f"“{path.name[:80]}” in {path.parent}" in sentence
    assert "Nothing was changed" in sentence
    assert len(sentence) < 1000
    assert before == (path.read_bytes() if path.is_file() else None)
    return sentence


def refused(tmp_path: Path, data: bytes | str) -> str:
    path = tmp_path / "a.mlcost"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return refusal(path)


def changed(change: Change) -> str:
    document = json.loads(as_bytes(OWN, SAVED))
    change(document)
    return json.dumps(document)


def test_missing_file(tmp_path: Path) -> None:
    assert "there is no such file" in refusal(tmp_path / "missing.mlcost")
    (tmp_path / "file").touch()
    assert "there is no such file" in refusal(tmp_path / "file" / "below")


def test_folder(tmp_path: Path) -> None:
    assert "it is a folder" in refusal(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="there are no such files on Windows")
def test_device_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "it is a device and not a file" in refusal(tmp_path / "pipe")


@pytest.mark.parametrize("name", ["n" * 300, "a\0b"])
def test_impossible_names(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match="name is too long|no file can have this name"):
        read_scenario(tmp_path / name)


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "a").touch()
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", denied)
        with pytest.raises(UserError, match="you have no permission to read it"):
            read_scenario(tmp_path / "a")


def test_a_hundred_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "large.mlcost"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(UserError, match="it is larger than 4 MB"):
        read_scenario(path)


def test_a_file_that_grows_while_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mlcost"
    path.write_bytes(b" " * (4 * 1024 * 1024 + 1))
    small = os.stat(__file__)

    def stat_before(*_: object, **__: object) -> os.stat_result:
        return small

    monkeypatch.setattr(Path, "stat", stat_before)
    with pytest.raises(UserError, match="it is larger than 4 MB"):
        read_scenario(path)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b" \n\t", "it is empty"),
        (b"\xef\xbb\xbf", "it is empty"),
        (b'{"format": "\xff"}', "it is not UTF-8 text (byte 13)"),
        ('{"a": 1}'.encode("utf-16"), "it is not UTF-8 text"),
        (b"name: x", "it is not JSON (line 1, column 1)"),
        (b'{"a": 1,\n  b}', "it is not JSON (line 2, column 3)"),
        (b"{} {}", "it is not JSON (line 1, column 4)"),
        (b'{"a": [1, 2', "it breaks off (line 1, column 12)"),
        (b'{"a": "tex', "it breaks off (line 1, column 7)"),
        (b'{"a": NaN}', "NaN is in it"),
        (b'{"a": -Infinity}', "-Infinity is in it"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number in it has 5,000 digits"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "the field c appears twice"),
        (b"[" * 100_000, "it is nested too deeply"),
        (b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "it is nested too deeply"),
        (b"[]", "it is JSON, but not a scenario"),
        (b"3", "it is JSON, but not a scenario"),
        (b"null", "it is JSON, but not a scenario"),
        (b"{}", "it is JSON, but not a scenario"),
        (b'{"format": "other", "schema_version": 1}', "it is JSON, but not a scenario"),
    ],
)
def test_not_a_scenario_file(tmp_path: Path, data: bytes, words: str) -> None:
    assert words in refused(tmp_path, data)


def test_truncated_anywhere(tmp_path: Path) -> None:
    whole = as_bytes(OWN, SAVED)
    for end in range(0, len(whole) - 2, 37):
        refused(tmp_path, whole[:end])


@pytest.mark.parametrize("depth", [150, 250, 900])
def test_nested_too_deeply_in_one_field(tmp_path: Path, depth: int) -> None:
    deep = "[" * depth + "]" * depth
    text = as_bytes(OWN, SAVED).decode().replace('"firewall"', deep)
    assert "firewall" not in text
    refused(tmp_path, text)


def test_half_a_character(tmp_path: Path) -> None:
    text = as_bytes(OWN, SAVED).decode().replace("Untitled", r"\ud83e")
    assert "half a character" in refused(tmp_path, text)


def put(*path: str | int, value: object) -> Change:
    def change(document: dict[str, Any]) -> None:
        holder: Any = document
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value

    return change


EC2 = ("scenario", "server", "ec2")
REPLICAS = "Replicas (scenario.server.ec2.replicas)"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.pop("schema_version"), "its schema_version is missing"),
        (put("schema_version", value="1"), "its schema_version is not a whole number"),
        (put("schema_version", value=True), "its schema_version is not a whole number"),
        (put("schema_version", value=1.0), "its schema_version is not a whole number"),
        (put("schema_version", value=0), "its schema_version is not a whole number"),
        (put("schema_version", value=-7), "its schema_version is not a whole number"),
        (lambda d: d.pop("scenario"), "Scenario (scenario): it is missing"),
        (lambda d: d.pop("saved"), "Figures when saved (saved): it is missing"),
        (put("scenario", value=[]), "Scenario (scenario): it must be a group of fields"),
        (put("extra", value=1), "extra: this version knows no such field"),
        (put(*EC2, "colour", value=1), "scenario.server.ec2.colour: this version knows no"),
        (put(*EC2, "replicas", value="2"), f"{REPLICAS}: it must be a number"),
        (put(*EC2, "replicas", value=True), f"{REPLICAS}: it must be a number"),
        (put(*EC2, "replicas", value=None), f"{REPLICAS}: it must be a number"),
        (put(*EC2, "replicas", value=-1), f"{REPLICAS}: it must be at least 0"),
        (put(*EC2, "replicas", value=1e9), f"{REPLICAS}: it must be at most 1,000"),
        (put(*EC2, "replicas", value=10**350), f"{REPLICAS}: it must be a finite number"),
        (put(*EC2, "purchase", value="gift"), "Purchase option (scenario.server.ec2.purchase)"),
        (put(*EC2, "instance_type", value=3), "Instance type (scenario.server.ec2.instance_type)"),
        (put("scenario", "name", value="n" * 121), "Name (scenario.name): it must be at most 120"),
        (
            put("scenario", "labor", "tasks", 1, "hours", value=-1),
            "Hours each (scenario.labor.tasks.upgrades.hours): it must be at least 0",
        ),
        (put("scenario", "labor", "tasks", 1, value=3), "scenario.labor.tasks.item 2"),
        (put("scenario", "labor", "tasks", value={}), "Tasks (scenario.labor.tasks): it must be"),
        (
            put("scenario", "own_rates", 0, "tiers", 1, "begin", value=0.0),
            "its tiers must begin at 0 and rise",
        ),
        (
            put("scenario", "labor", "tasks", 1, "id", value="set_up"),
            "“set_up” stands in it twice",
        ),
        (put("saved", "price_dates", value=["2025-01-01"]), "Price dates (saved.price_dates"),
        (put("x" * 100_000, value=1), "…: this version knows no such field"),
        (put("\x1b[31m", value=1), "�[31m: this version knows no such field"),
    ],
)
def test_wrong_contents(tmp_path: Path, change: Change, words: str) -> None:
    assert words in refused(tmp_path, changed(change))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.data())
def test_anything_anywhere_opens_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    document = json.loads(as_bytes(OWN, SAVED))
    holder: Any = document
    while True:
        steps = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        step = data.draw(st.sampled_from(steps))
        inner = holder[step]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        holder = inner
    holder[step] = data.draw(ANYTHING)
    path = tmp_path_factory.getbasetemp() / "anything.mlcost"
    path.write_text(json.dumps(document), encoding="utf-8")
    with contextlib.suppress(UserError):
        write_scenario(path, read_scenario(path).scenario, SAVED)


def test_number_beyond_what_a_computer_counts(tmp_path: Path) -> None:
    text = as_bytes(OWN, SAVED).decode().replace('"replicas": 1.0', '"replicas": 1e999')
    assert f"{REPLICAS}: it must be a finite number" in refused(tmp_path, text)


def test_only_the_first_faults_are_named(tmp_path: Path) -> None:
    def many(document: dict[str, Any]) -> None:
        for name in "abcdefg":
            document[name] = 1

    assert "; and 4 more" in refused(tmp_path, changed(many))


def test_newer_file_is_refused_before_it_is_looked_into(tmp_path: Path) -> None:
    newer = {"format": "mlflow-cost-scenario", "schema_version": SCHEMA_VERSION + 1, "new": []}
    sentence = refused(tmp_path, json.dumps({**newer, "program_version": "9.0"}))
    assert "was made by a newer version of the program (9.0)" in sentence
    assert "install a newer version" in sentence


@pytest.mark.parametrize("version", range(1, SCHEMA_VERSION + 1))
def test_files_of_every_schema_version_open(checkout: Path, version: int) -> None:
    # A version without its file fails here: add tests/data/scenario-v<n>.mlcost.
    path = checkout / "tests" / "data" / f"scenario-v{version}.mlcost"
    assert json.loads(path.read_bytes())["schema_version"] == version
    read_scenario(path)


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ([{"path": "team.users"}, {"path": "team.users"}], "“team.users” stands in it twice"),
        ([{"path": "team.users", "by": "leaps"}], "it must be one of"),
        ([{"path": "team.users", "values": [{"month": 1, "value": 3.0}]}], "at least 2"),
        ([{"path": "team.users", "kept_months": 0.0}], "at least 1"),
        ([{"path": ""}], "it must not be empty"),
    ],
)
def test_rules_that_are_none_are_refused(tmp_path: Path, growth: object, words: str) -> None:
    assert words in refused(tmp_path, changed(put("scenario", "growth", value=growth)))
    assert "start" in refused(tmp_path, changed(put("scenario", "start", value="2027-13")))


@pytest.mark.parametrize(
    ("ranges", "words"),
    [
        ([{"path": "team.users", "low": 1.0, "high": 9.0}] * 2, "stands in it twice"),
        ([{"path": "team.users", "low": 1.0}], "high"),
        ([{"path": "team.users", "low": 1.0, "high": 9.0, "shape": "bell"}], "one of"),
        ([{"path": "", "low": 1.0, "high": 9.0}], "it must not be empty"),
    ],
)
def test_ranges_that_are_none_are_refused(tmp_path: Path, ranges: object, words: str) -> None:
    assert words in refused(tmp_path, changed(put("scenario", "ranges", value=ranges)))
    assert "seed" in refused(tmp_path, changed(put("scenario", "seed", value=-1)))
