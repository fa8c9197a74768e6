"""Installs the package in clean systems, as a user would, and looks at what the user sees.

python3 packaging/prove.py PACKAGE.deb [--release bookworm] [--pictures FOLDER]

For each release of Debian (all of RELEASES, if none is named) this makes a system of nothing but
the base with debootstrap, from where this machine gets its own packages, and there, as root and
then as a user: installs the package with apt, asks for a report, opens a file with a blank in its
name by `xdg-open` on a screen in memory, looks for its title and its charts, and purges, which
must leave nothing outside the user's home. Needs root, debootstrap, Xvfb and xwininfo.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from building import display
from building.desktop_files import MIME_TYPE
from building.project import NAME
from smoke import CHARTS, COLORS

RELEASES = ("bookworm", "trixie")
"""Debian 12 and 13."""

SECONDS = 120
USER, HOME = "ada", "/home/ada"
FILE = "our team.mlcost"

# What changes on a system as packages come and go, whatever the package.
OF_THE_SYSTEM = re.compile(r"^/(proc|sys|dev|run|tmp|home|var/(log|cache|lib/(apt|dpkg)))(/|$)")


class System:
    """A clean Debian in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def start(self, command: str, user: str = "root", **more: str) -> subprocess.Popen[str]:
        """Start a line of shell in the system, in a group of processes of its own."""
        environment = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": "/root" if user == "root" else HOME,
            "DEBIAN_FRONTEND": "noninteractive",
            **more,
        }
        # apt reaches its servers as this machine's does.
        environment |= {name: value for name, value in os.environ.items() if "proxy" in name}
        who = ["--userspec", f"{user}:{user}"] if user != "root" else []
        return subprocess.Popen(
            ["chroot", *who, str(self.root), "/bin/sh", "-ec", f"cd ~; {command}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=environment,
            start_new_session=True,
        )

    def run(self, command: str, user: str = "root") -> str:
        """Run a line of shell in the system; what it prints. Ends where it fails."""
        process = self.start(command, user)
        answer, errors = process.communicate(timeout=20 * SECONDS)
        if process.returncode or "Traceback" in errors:
            sys.exit(f"{command}\nended with {process.returncode}:\n{errors[-3000:]}")
        return answer

    def files(self) -> set[str]:
        """The places of all files that stay on a system."""
        found: set[str] = set()
        for folder, folders, files in os.walk(self.root):
            at = f"/{Path(folder).relative_to(self.root)}".replace("/.", "/", 1)
            folders[:] = [one for one in folders if not OF_THE_SYSTEM.match(os.path.join(at, one))]
            found |= {os.path.join(at, one) for one in (*files, *folders)}
        return found


def mirror() -> str:
    """Where this machine gets Debian's packages from, by its own sources."""
    answer = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(ORIGIN) $(COMPONENT)"],
        check=True,
        capture_output=True,
        text=True,
    )
    for line in answer.stdout.splitlines():
        site, _, rest = line.partition(" ")
        if rest == "Debian main" and "security" not in site:
            return site
    sys.exit("This machine's apt has no source of Debian.")


@contextmanager
def in_memory() -> Iterator[Path]:
    """A folder in memory: what dpkg writes it also flushes, which takes a disk minutes."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4g", "tmpfs", folder], check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)


@contextmanager
def clean_system(release: str, folder: Path) -> Iterator[System]:
    """A new system, with what a running one lends its programs, taken down at the end."""
    root = folder / release
    command = ["debootstrap", "--variant=minbase", release, str(root), mirror()]
    log = folder / f"{release}.log"
    with log.open("wb") as stream:
        if subprocess.run(command, check=False, stdout=stream, stderr=stream).returncode:
            sys.exit(f"debootstrap failed:\n{log.read_text(errors='replace')[-3000:]}")
    for file in Path("/etc/apt/apt.conf.d").glob("*proxy*"):
        shutil.copy(file, root / "etc" / "apt" / "apt.conf.d")
    for name in ("resolv.conf", "hosts"):
        shutil.copy(f"/etc/{name}", root / "etc" / name)
    # Nothing that is installed starts a service here.
    policy = root / "usr" / "sbin" / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 101\n")
    policy.chmod(0o755)
    sockets = root / "tmp" / ".X11-unix"
    sockets.mkdir(exist_ok=True)
    mounts = [("-t", "proc", "proc", root / "proc"), ("--bind", "/tmp/.X11-unix", sockets)]
    mounts += [("--bind", "/dev", root / "dev")]
    made: list[str] = []
    try:
        for mount in mounts:
            subprocess.run(["mount", *map(str, mount)], check=True)
            made.append(str(mount[-1]))
        system = System(root)
        system.run(f"useradd --create-home --shell /bin/sh {USER}")
        yield system
    finally:
        for place in reversed(made):
            subprocess.run(["umount", "--lazy", place], check=False)


def prove(package: Path, release: str, folder: Path, pictures: Path | None) -> None:
    """Install, use, look, purge."""
    with display.Display() as screen, clean_system(release, folder) as system:
        shutil.copy(package, system.root / "tmp" / package.name)
        system.run("apt-get update -qq")
        install = f"apt-get install -qq -y /tmp/{package.name}"
        purge = f"apt-get purge -qq -y {NAME}"
        # Once in and out, so that what it depends on is there before the files are counted.
        system.run(f"{install}; {purge}")
        before = system.files()
        system.run(install)
        use(system)
        look(system, screen, pictures and pictures / f"{release}.png")
        system.run(purge)
        left = sorted(system.files() - before)
        left += [place for place in before if "mlflow" in place]
        if left:
            sys.exit(f"Purging left these: {left}")
        print(f"{release}: purged, nothing is left outside {HOME}")


def use(system: System) -> None:
    """What the user has by the command line, and what the desktop knows."""
    sample = f"/usr/lib/{NAME}/_internal/mlflow_cost_desktop/resources/scenarios/large.mlcost"
    system.run(f"cp {sample} '{FILE}'", USER)
    print(system.run("mlflow-cost --version", USER).strip())
    if "Maintenance" not in system.run(f"mlflow-cost estimate '{FILE}'", USER):
        sys.exit("The estimate does not name its parts.")
    system.run(f"mlflow-cost report '{FILE}' -o 'our report.pdf'", USER)
    report = system.root / HOME.lstrip("/") / "our report.pdf"
    if not report.read_bytes().startswith(b"%PDF-"):
        sys.exit("The report is no PDF.")
    kind = system.run(f"xdg-mime query filetype '{FILE}'", USER).strip()
    program = system.run(f"xdg-mime query default {MIME_TYPE}", USER).strip()
    if (kind, program) != (MIME_TYPE, f"{NAME}.desktop"):
        sys.exit(f"{FILE} is {kind}, opened by {program}.")
    print(f"estimate, report of {report.stat().st_size / 1000:.0f} kB; {kind} → {program}")


def look(system: System, screen: display.Display, picture: Path | None) -> None:
    """Open the file as a double click does, and see whether it is shown."""
    process = system.start(f"exec xdg-open '{FILE}'", USER, DISPLAY=screen.name)
    try:
        shown = display.wait_until(lambda: any(FILE in one for one in screen.titles()), SECONDS)
        painted = shown and display.wait_until(
            lambda: display.painted_charts(screen.rows(), list(COLORS.values())) == CHARTS, SECONDS
        )
        if picture:
            screen.save(picture)
        if not painted:
            sys.exit(f"xdg-open shows {screen.titles()}, charts painted: {painted}")
    finally:
        os.killpg(process.pid, 15)
        errors = process.communicate()[1]
    logs = list((system.root / HOME.lstrip("/")).rglob("faults.log*"))
    if "Traceback" in errors or logs:
        sys.exit(f"Faults: {logs}\n{errors}")
    print(f"xdg-open showed “{FILE}” and {CHARTS} charts")


def main(argv: list[str]) -> int:
    """Prove it on each release that is asked for."""
    parser = argparse.ArgumentParser(description="Tries the package in clean systems.")
    parser.add_argument("package", type=Path)
    parser.add_argument("--release", action="append", choices=RELEASES)
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of the screen")
    arguments = parser.parse_args(argv)
    if arguments.pictures:
        arguments.pictures.mkdir(parents=True, exist_ok=True)
    for release in arguments.release or RELEASES:
        with in_memory() as folder:
            prove(arguments.package.resolve(), release, folder, arguments.pictures)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
