"""A file is written as a whole, or it is as it was and nothing else lies beside it."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.atomic import write_atomically


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        write_atomically(path, b"new")
    assert "What was there before is unchanged." in caught.value.advice
    return str(caught.value)


def test_new_file_gets_the_modes_of_the_umask(tmp_path: Path) -> None:
    write_atomically(tmp_path / "new", b"\x00\xff\r\n")
    (tmp_path / "usual").touch()
    assert (tmp_path / "new").read_bytes() == b"\x00\xff\r\n"
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode
    assert sorted(os.listdir(tmp_path)) == ["new", "usual"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_existing_file_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(mode)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_link_is_kept_and_its_target_written(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    folder.mkdir()
    target, link = folder / "file", tmp_path / "link"
    target.write_bytes(b"old")
    link.symlink_to(Path("real") / "file")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert os.listdir(folder) == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_circle_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert "leads in a circle" in refusal(tmp_path / "a")
    assert (tmp_path / "a").is_symlink()


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is used up"),
        (errno.EACCES, "its folder can't be written to"),
        (errno.EROFS, "its disk can't be written to"),
        (errno.EIO, "the system says"),
    ],
)
def test_failure_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    sentence = refusal(path)
    assert words in sentence
    assert "“file”" in sentence
    assert str(tmp_path) in sentence
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


FULL = """
import resource, signal, sys
from pathlib import Path
from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.atomic import write_atomically
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_atomically(Path(sys.argv[1]), b"n" * 10_000)
except UserError as error:
    print(error)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_disk_that_takes_no_more_in_the_middle_of_writing(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    answer = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], check=True, capture_output=True, text=True
    )
    assert "it is larger than this disk allows. What was there before is unchanged." in (
        answer.stdout
    )
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["file"]


def test_leftovers_of_a_killed_writer_go_with_a_later_save(tmp_path: Path) -> None:
    old, new = (tmp_path / f".file.{digit * 16}.tmp" for digit in "ab")
    others = [tmp_path / f".file.{'c' * 15}.tmp", tmp_path / f".other.{'d' * 16}.tmp"]
    for left in (old, new, *others):
        left.write_bytes(b"torn")
        if left is not new:
            os.utime(left, (1, 1))
    write_atomically(tmp_path / "file", b"new")
    assert sorted(os.listdir(tmp_path)) == sorted(
        ["file", new.name, *(other.name for other in others)]
    )


def test_folder_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Modes would not hold back a test that runs as root.
    def fail(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", fail)
    assert "its folder can't be written to. " in refusal(tmp_path / "file")


def test_file_cannot_be_a_folder_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    refusal(tmp_path / "file" / "below")
    assert (tmp_path / "file").read_bytes() == b"old"


def test_missing_folder(tmp_path: Path) -> None:
    assert "its folder does not exist" in refusal(tmp_path / "missing" / "file")


def test_path_is_a_folder(tmp_path: Path) -> None:
    assert "there is a folder of that name" in refusal(tmp_path)


def test_name_too_long(tmp_path: Path) -> None:
    assert "its name is too long" in refusal(tmp_path / ("n" * 300))


def test_long_name_that_the_system_allows(tmp_path: Path) -> None:
    path = tmp_path / ("ü" * 120)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


def test_name_with_a_nul(tmp_path: Path) -> None:
    assert "a file can't have this name" in refusal(tmp_path / "a\0b")


@pytest.mark.skipif(os.name == "nt", reason="there are no such files on Windows")
def test_device_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "it is a device and not a file" in refusal(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_protected_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def denied(*_: object) -> bool:
        return False

    monkeypatch.setattr(os, "access", denied)
    assert "it is write-protected" in refusal(path)
    assert path.read_bytes() == b"old"


def test_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file", b"new")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root gives files away")
class TestSharedFiles:
    """Files of a team, written by somebody who is not their owner."""

    def as_member(self, tmp_path: Path, groups: list[int], path: Path, **options: bool) -> str:
        """What a user of some groups is told when he writes a file; empty where he can."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            told = ""
            try:
                os.setgroups(groups)
                os.setgid(groups[0])
                os.setuid(1002)
                write_atomically(path, b"new", **options)
            except UserError as error:
                told = f"{type(error).__name__}: {error}"
            except BaseException as error:
                told = f"fault: {error!r}"
            os.write(write, told.encode())
            os._exit(0)
        os.close(write)
        os.waitpid(child, 0)
        with open(read, encoding="utf-8") as answer:
            return answer.read()

    @pytest.fixture
    def shared(self, tmp_path: Path) -> Path:
        for folder in (tmp_path, *tmp_path.parents):
            if folder != Path("/") and folder.is_relative_to("/tmp") and folder != Path("/tmp"):
                folder.chmod(0o755)
        folder = tmp_path / "team"
        folder.mkdir()
        os.chown(folder, 1001, 1234)
        folder.chmod(0o775)
        path = folder / "shared.mlcost"
        path.write_bytes(b"old")
        os.chown(path, 1001, 1234)
        path.chmod(0o664)
        return path

    def test_group_and_mode_are_kept(self, tmp_path: Path, shared: Path) -> None:
        assert self.as_member(tmp_path, [1002, 1234], shared) == ""
        status = shared.stat()
        assert shared.read_bytes() == b"new"
        assert (status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 0o664)

    def test_a_group_is_not_lost_unasked(self, tmp_path: Path, shared: Path) -> None:
        shared.parent.chmod(0o777)
        shared.chmod(0o666)
        told = self.as_member(tmp_path, [1002], shared)
        assert told.startswith("GroupError: “shared.mlcost” was not written: it belongs to a group")
        assert shared.read_bytes() == b"old"
        assert os.listdir(shared.parent) == ["shared.mlcost"]
        assert self.as_member(tmp_path, [1002], shared, may_lose_group=True) == ""
        assert (shared.read_bytes(), shared.stat().st_gid) == (b"new", 1002)

    def test_a_folder_such_as_tmp_is_told_of_before(self, tmp_path: Path, shared: Path) -> None:
        shared.parent.chmod(0o1777)
        shared.chmod(0o666)
        told = self.as_member(tmp_path, [1002, 1234], shared)
        assert "only its owner may replace it in this folder" in told
        assert shared.read_bytes() == b"old"
