"""What desktops, shells and `man` are told of the program."""

import gzip
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from building import desktop_files, project

HOME = "https://example.invalid/"


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("share")
    desktop_files.write_entries(folder)
    desktop_files.write_manual(folder)
    desktop_files.write_completions(folder, "site-functions")
    return folder


@pytest.mark.parametrize("name", project.COMMANDS)
def test_manual_has_every_option_status_and_files(shares: Path, name: str) -> None:
    page = gzip.decompress((shares / f"man/man1/{name}.1.gz").read_bytes()).decode()
    for section in ("NAME", "SYNOPSIS", "OPTIONS", "EXIT STATUS", "FILES", "SEE ALSO"):
        assert f".SH {section}\n" in page
    parser = desktop_files.parsers()[name]
    for action in parser._actions:  # argparse has no public list of them
        for option in action.option_strings:
            assert option.replace("-", "\\-") in page
    assert "-" not in page.partition(".SH OPTIONS")[2].replace("\\-", "")


def test_manual_has_every_verb(shares: Path) -> None:
    page = gzip.decompress((shares / "man/man1/mlflow-cost.1.gz").read_bytes()).decode()
    for verb in ("estimate", "report", "plans", "prices", "fields"):
        assert f".SS {verb}\n" in page


def test_words_that_roff_would_take_for_requests_are_printed() -> None:
    assert desktop_files._roff(".mlcost\n'tis a-b \\n") == "\\&.mlcost\n\\&'tis a\\-b \\en"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_name_verbs_and_options(shares: Path, shell: str) -> None:
    places = {
        "bash": "bash-completion/completions/mlflow-cost",
        "zsh": "zsh/site-functions/_mlflow-cost",
        "fish": "fish/vendor_completions.d/mlflow-cost.fish",
    }
    place = shares / places[shell]
    words = place.read_text(encoding="utf-8")
    assert "estimate" in words and "cash" in words
    if shutil.which(shell):
        subprocess.run([shell, "-n", str(place)], check=True)


def test_type_and_program_of_files_are_one(shares: Path) -> None:
    entry = (shares / "applications/mlflow-cost-desktop.desktop").read_text(encoding="utf-8")
    assert f"MimeType={desktop_files.MIME_TYPE};" in entry
    kinds = ElementTree.parse(shares / "mime/packages/mlflow-cost-desktop.xml").getroot()
    assert [kind.get("type") for kind in kinds] == [desktop_files.MIME_TYPE]
    told = ElementTree.parse(shares / "metainfo/mlflow-cost-desktop.metainfo.xml").getroot()
    assert told.findtext("provides/mediatype") == desktop_files.MIME_TYPE
    release = told.find("releases/release")
    assert release is not None and release.get("version") == project.version()


def test_metainfo_has_the_homepage_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<url" not in desktop_files.metainfo()
    monkeypatch.setattr(desktop_files, "url", lambda kind: HOME)
    root = ElementTree.fromstring(desktop_files.metainfo())
    assert root.findtext("url") == HOME


@pytest.mark.usefixtures("qapp")
def test_icons_have_their_sizes(tmp_path: Path) -> None:
    desktop_files.write_icons(tmp_path)
    for size in desktop_files.SIZES:
        for icon in tmp_path.glob(f"icons/hicolor/{size}x{size}/*/*.png"):
            image = QImage(str(icon))
            assert (image.width(), image.height()) == (size, size)
            assert image.pixelColor(size // 2, size // 2).alpha() > 0
    assert len(list(tmp_path.glob("icons/hicolor/*/*/*"))) == 2 * (len(desktop_files.SIZES) + 1)
