"""Files by which a desktop and a shell know the program: entries, icons, manual, completions."""

from __future__ import annotations

import argparse
import gzip
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from building.project import COMMANDS, NAME, ROOT, TITLE, project, source_date, url, version

MIME_TYPE = "application/x-mlflow-cost-scenario"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

HERE = ROOT / "packaging"

EXIT_STATUS = """\
0  The answer was printed, or the window was closed.

2  Something has to be known or done first; one sentence says what."""

FILES = """\
*.mlcost
    A scenario: readable JSON.

~/.config/mlflow-cost/
    Settings of the window.

~/.local/state/mlflow-cost/
    Recovery copies, locks of open files, and the log of faults.

XDG_CONFIG_HOME and XDG_STATE_HOME put them elsewhere."""


def parsers() -> dict[str, argparse.ArgumentParser]:
    """What may be typed after each command, with files marked for completion."""
    from mlflow_cost_desktop import app
    from mlflow_cost_desktop.cli import main

    # argparse wraps at the width of whoever builds.
    os.environ["COLUMNS"] = "80"
    made: dict[str, argparse.ArgumentParser] = dict(
        zip(COMMANDS, (main.parser(), app.parser()), strict=True)
    )
    for parser in made.values():
        _mark_files(parser)
    return made


def _mark_files(parser: argparse.ArgumentParser) -> None:
    import shtab

    for action in parser._actions:  # argparse has no public list of them
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                _mark_files(verb)
        elif action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # where shtab looks


def write_completions(shares: Path, zsh_folder: str) -> None:
    """Completions for bash, zsh and fish, below /usr/share."""
    import shtab

    for name, parser in parsers().items():
        for shell, place in (
            ("bash", f"bash-completion/completions/{name}"),
            ("zsh", f"zsh/{zsh_folder}/_{name}"),
            ("fish", f"fish/vendor_completions.d/{name}.fish"),
        ):
            write(shares / place, shtab.complete(parser, shell=shell))


def write_manual(shares: Path) -> None:
    """A page for each command, in section 1."""
    for name, parser in parsers().items():
        write_compressed(shares / "man" / "man1" / f"{name}.1.gz", man_page(name, parser))


def man_page(name: str, parser: argparse.ArgumentParser) -> str:
    """A manual page in roff, from a parser: its options, its verbs with theirs."""
    day = time.strftime("%Y-%m-%d", time.gmtime(source_date()))
    summary = (parser.description or "").rstrip(".")
    lines = [
        f'.TH {name.upper()} 1 {day} "{TITLE} {version()}" "{TITLE}"',
        ".SH NAME",
        f"{_roff(name)} \\- {_roff(summary[0].lower() + summary[1:])}",
        ".SH SYNOPSIS",
        *_synopsis(parser),
        ".SH DESCRIPTION",
        _roff(parser.description or ""),
        *_options(parser),
    ]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            lines += _verbs(action)
    lines += [".SH EXIT STATUS", *_paragraphs(EXIT_STATUS), ".SH FILES", *_paragraphs(FILES)]
    others = [other for other in COMMANDS if other != name]
    lines += [".SH SEE ALSO", ", ".join(f".BR {_roff(other)} (1)" for other in others)]
    return "\n".join(lines) + "\n"


def _verbs(action: argparse._SubParsersAction[argparse.ArgumentParser]) -> Iterator[str]:
    yield ".SH COMMANDS"
    helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
    for verb, parser in action.choices.items():
        yield f".SS {_roff(verb)}"
        yield _roff(helps.get(verb, ""))
        yield ".PP"
        yield from _synopsis(parser)
        yield from _options(parser, heading=False)
        for inner in parser._actions:
            if isinstance(inner, argparse._SubParsersAction):
                for name, below in inner.choices.items():
                    yield f".SS {_roff(verb)} {_roff(name)}"
                    yield from _synopsis(below)
                    yield from _options(below, heading=False)


def _synopsis(parser: argparse.ArgumentParser) -> list[str]:
    usage = parser.format_usage().removeprefix("usage: ")
    return [".nf", _roff(re.sub(r"\n {2,}", "\n    ", usage).strip()), ".fi"]


def _options(parser: argparse.ArgumentParser, heading: bool = True) -> Iterator[str]:
    shown = [
        action
        for action in parser._actions
        if not isinstance(action, argparse._SubParsersAction)
        and action.help is not argparse.SUPPRESS
    ]
    if heading and shown:
        yield ".SH OPTIONS"
    formatter = parser._get_formatter()
    for action in shown:
        yield ".TP"
        yield f".B {_roff(formatter._format_action_invocation(action))}"
        yield _roff(formatter._expand_help(action)) if action.help else "\\&"


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        head, _, rest = paragraph.partition("  " if paragraph[:1].isdigit() else "\n    ")
        if rest:
            yield from (".TP", f".B {_roff(head)}", _roff(rest))
        else:
            yield from (".PP", _roff(head))


def _roff(text: str) -> str:
    """Words that roff prints as they are: hyphens of options stay hyphens to be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def write_entries(shares: Path) -> None:
    """The menu entry, the type of scenario files, and what software centers show."""
    write(
        shares / "applications" / f"{NAME}.desktop",
        (HERE / f"{NAME}.desktop").read_text(encoding="utf-8"),
    )
    write(
        shares / "mime" / "packages" / f"{NAME}.xml",
        (HERE / f"{NAME}.xml").read_text(encoding="utf-8"),
    )
    write(shares / "metainfo" / f"{NAME}.metainfo.xml", metainfo())


def metainfo() -> str:
    """AppStream's description, with the addresses that pyproject.toml has."""
    text = (HERE / f"{NAME}.metainfo.xml").read_text(encoding="utf-8")
    home = url("Homepage")
    link = f'  <url type="homepage">{home}</url>\n' if home else ""
    day = time.strftime("%Y-%m-%d", time.gmtime(source_date()))
    release = f'  <releases>\n    <release version="{version()}" date="{day}"/>\n  </releases>\n'
    return text.replace("</component>", f"{link}{release}</component>")


def write_icons(shares: Path) -> None:
    """The program's icon, and that of its files, in every size that menus ask for."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawn = ROOT / "resources" / "icons" / "app.svg"
    renderer = QSvgRenderer(str(drawn))
    names = (f"apps/{NAME}", f"mimetypes/{MIME_TYPE.replace('/', '-')}")
    for name in names:
        theme = shares / "icons" / "hicolor"
        write(theme / "scalable" / f"{name}.svg", drawn.read_text(encoding="utf-8"))
        for size in SIZES:
            image = QImage(size, size, QImage.Format.Format_ARGB32)
            image.fill(0)
            painter = QPainter(image)
            renderer.render(painter)
            painter.end()
            place = theme / f"{size}x{size}" / f"{name}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            image.save(str(place))


def write(place: Path, text: str) -> None:
    """Write a file, and the folders above it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8", newline="\n")


def write_compressed(place: Path, text: str) -> None:
    """Write a file that is packed as manual pages are, without its name and the clock."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def description() -> str:
    """What packages say below their summary."""
    text: str = project()["description"]
    return text
