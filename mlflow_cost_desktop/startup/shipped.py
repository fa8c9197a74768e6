"""What this copy of the program is and holds: version, dates, and others' works with licenses.

Wheels tell of themselves in their metadata, which a frozen program keeps. Of what no wheel
tells, `resources/licenses/works.toml` does.
"""

from __future__ import annotations

import importlib.metadata
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

NAME = "mlflow-cost-desktop"
NOT_SHIPPED = re.compile(r"extra\s*==\s*['\"](dev|freeze|sbom)['\"]")
BUILD_DATE = "build-date.txt"


class Work(NamedTuple):
    """Somebody's work that comes with the program, or the program itself.

    Attributes:
        name: what it is called.
        version: empty where it has none of its own.
        license: as an SPDX expression where its author wrote one.
        texts: title and words of each license that goes with it.
    """

    name: str
    version: str
    license: str
    texts: tuple[tuple[str, str], ...]


def build_date(resources: Path) -> str:
    """The day that a wheel or a frozen program was made, as 2026-11-28; empty in a checkout."""
    try:
        return (resources / BUILD_DATE).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def releases_page() -> str:
    """Where newer versions are found: [project.urls] in pyproject.toml; empty without one."""
    try:
        urls = importlib.metadata.metadata(NAME).get_all("Project-URL") or []
    except importlib.metadata.PackageNotFoundError:
        return ""
    named = dict(re.split(r",\s*", url, maxsplit=1) for url in urls if "," in url)
    return named.get("Releases", "")


def distributions(name: str = NAME) -> list[str]:
    """The names of the program's distribution and of all that it needs and that are installed."""
    found: dict[str, str] = {}
    waiting = [name]
    while waiting:
        asked = waiting.pop()
        if _plain(asked) in found:
            continue
        try:
            requires = importlib.metadata.requires(asked) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system, or an extra that is not installed
        found[_plain(asked)] = asked
        for requirement in requires:
            is_extra = "extra" in requirement.partition(";")[2]
            # Extras of the program come along when they are installed; those of others are
            # somebody else's affair.
            if is_extra and (asked != NAME or NOT_SHIPPED.search(requirement)):
                continue
            waiting.append(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
    return sorted(found)


def direct() -> list[tuple[str, str]]:
    """Name and version of what the program itself asks for, in the order of pyproject.toml."""
    asked = importlib.metadata.requires(NAME) or []
    names = [re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in asked if "extra" not in one]
    told = [importlib.metadata.metadata(name) for name in names]
    return [(one["Name"], one["Version"]) for one in told]


def works(resources: Path) -> list[Work]:
    """Everything in this copy with its license: the program first, then by name."""
    found = {_plain(name): _of_metadata(name) for name in distributions()}
    for work in _of_table(resources / "licenses"):
        told = found.get(_plain(work.name))
        # What the table says of a wheel are the texts that its metadata leaves out.
        found[_plain(work.name)] = told._replace(texts=work.texts) if told else work
    return sorted(found.values(), key=lambda work: (work.name != NAME, work.name.lower()))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _of_metadata(name: str) -> Work:
    distribution = importlib.metadata.distribution(name)
    told = distribution.metadata
    names = told.get_all("License-File") or []
    texts = ((file, _text(distribution, file)) for file in names)
    # The expression's field is the newest; some wheels have only an older one, or a classifier.
    classified = [
        words.rpartition(" :: ")[2]
        for words in told.get_all("Classifier") or []
        if words.startswith("License ::")
    ]
    fields = "License-Expression", "License"
    licenses = [*(text for field in fields for text in told.get_all(field) or []), *classified, ""]
    return Work(
        told["Name"],
        told["Version"],
        licenses[0].strip(),
        tuple(pair for pair in texts if pair[1]),
    )


def _text(distribution: importlib.metadata.Distribution, file: str) -> str:
    # In a folder of their own since version 2.4 of the metadata.
    return distribution.read_text(f"licenses/{file}") or distribution.read_text(file) or ""


def _of_table(folder: Path) -> Iterator[Work]:
    import tomllib

    try:
        table = tomllib.loads((folder / "works.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for work in table["work"]:
        version = _version(work)
        files = [folder / name for name in work["texts"]]
        if version is None:
            continue
        try:
            texts = tuple((file.name, file.read_text(encoding="utf-8")) for file in files)
        except (OSError, ValueError):
            continue  # not in this copy: Python's text, say, comes with a frozen program alone
        notice = work.get("notice", "").format(version=version).strip()
        if notice:
            texts = (("Notice", notice), *texts)
        yield Work(work["name"], version, work["license"], texts)


def _version(work: dict[str, Any]) -> str | None:
    """Of the distribution that brings it; none where that is not here."""
    if work.get("of") == "Python":
        return sys.version.partition(" ")[0]
    try:
        version = importlib.metadata.version(work.get("of", NAME))
    except importlib.metadata.PackageNotFoundError:
        return None
    return work.get("version", version)
