"""Proves that a built program works by itself, away from its source.

smoke.py wheel CHECKOUT      run by the Python that the wheel is installed in
smoke.py frozen FOLDER       run by any Python; FOLDER holds the frozen program

Tries every verb of the command line, writes a report, prices the sample scenarios, opens a
file in the window, offscreen and, where Xvfb and xwininfo are at hand, on a screen in memory,
and looks there whether the charts are painted. A traceback or a log of faults anywhere ends it.
"""

from __future__ import annotations

import importlib.util
import os
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from building import contents, display, safe_server
from building.freeze import binaries, files_of, size_of

# Read as a file, not imported: the program that is tried must not come from the checkout.
CHECKOUT = Path(__file__).resolve().parents[1]
PALETTE = CHECKOUT / "mlflow_cost_desktop" / "charts" / "palette.py"
# A certificate that no system trusts, for the address localhost.
TLS = CHECKOUT / "tests" / "data" / "tls"
COLORS: dict[str, str] = runpy.run_path(str(PALETTE))["COLORS"]

# The monthly infrastructure cost that one of the sample scenarios must show.
KNOWN_COST = "218.09"

# Long enough for a slow machine: a program that hangs must not hang the build.
SECONDS = 120

CHARTS = 2

TRIES: dict[str, tuple[str, str]] = {
    "estimate": ("estimate {sample} --all --cash", "Maintenance"),
    "project": ("project {sample} --grow artifact_store.stored_gb=+100/month", "36 months"),
    "compare": ("compare {sample} --regions eu-central-1", "Inputs that differ"),
    "uncertainty": (
        "uncertainty {sample} --range labor.platform_engineer_usd=70:130 --budget 700",
        "in eight cases of ten",
    ),
    "tornado": ("tornado {sample}", "±10 %"),
    "flips": ("flips {sample} --against sagemaker_small", "Hosting it yourself wins"),
    "alternatives": ("alternatives {sample} --commitment 12", "Why not"),
    "report": ("report {sample} -o report.pdf", "report.pdf"),
    "export": ("export {sample} -o lines.xlsx", "lines.xlsx"),
    "plans": ("plans {sample} --format json", "SageMaker"),
    "prices": ("prices --region us-east-1 --match m6i.large", "ec2/m6i.large"),
    "fields": ("fields", "usage.hours"),
}
"""Each verb's arguments, and words of its answer. A verb that is missing here fails the trial."""


def main(kind: str, place: str) -> None:
    """Run every check; ends with a message where one fails."""
    folder = Path(place).resolve()
    if kind == "frozen":
        package = folder / "_internal" / "mlflow_cost_desktop"
        find = folder
        check_contents(folder)
    else:
        package = package_of_wheel(folder)
        find = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as home:
        tried = Trial(find, package, Path(home))
        tried.check_price_books()
        tried.check_samples()
        tried.check_verbs()
        tried.check_network()
        tried.check_window()
        tried.check_screen()
        tried.check_logs()
    print(f"The {kind} program works: {package}")


def package_of_wheel(checkout: Path) -> Path:
    """The folder of the installed package, which must not be the checkout's."""
    spec = importlib.util.find_spec("mlflow_cost_desktop")
    if spec is None or spec.origin is None:
        sys.exit("The package is not installed for this Python.")
    package = Path(spec.origin).resolve().parent
    if package.is_relative_to(checkout):
        sys.exit(f"The package came from the checkout: {package}")
    return package


def check_contents(folder: Path) -> None:
    """The frozen program is lean, and holds nothing of the machine that built it."""
    size = size_of(folder)
    if size > contents.MOST_BYTES:
        sys.exit(f"{size / 1e6:.1f} MB, which is more than {contents.MOST_BYTES / 1e6:.0f}.")
    strangers = [file.name for file in files_of(folder) if contents.STRANGERS.search(file.name)]
    if strangers:
        sys.exit(f"These are the system's to bring: {', '.join(strangers)}")
    if sys.platform == "linux":
        for file in binaries(folder):
            answer = subprocess.run(
                ["readelf", "-d", str(file)], check=True, capture_output=True, text=True
            )
            for path in re.findall(r"R(?:UN)?PATH\).*\[(.*)\]", answer.stdout):
                if not all(part.startswith("$ORIGIN") for part in path.split(":")):
                    sys.exit(f"{file} looks for libraries in {path}.")
    print(f"contents: {size / 1e6:.1f} MB, no library and no path of the building machine")


class Trial:
    """A program in its folder, tried as a new user with an empty home would."""

    def __init__(self, folder: Path, package: Path, home: Path) -> None:
        self._command, self._window = (
            shutil.which(name, path=str(folder)) or sys.exit(f"{name} is missing in {folder}.")
            for name in ("mlflow-cost", "mlflow-cost-desktop")
        )
        self._package, self._home = package, home
        self._samples = sorted((package / "resources").rglob("*.mlcost"))
        # The largest has costs in every part, so that its charts show areas of every color.
        largest = next(one for one in self._samples if one.stem == "large")
        self._sample = home / "a team’s plan.mlcost"
        shutil.copy(largest, self._sample)

    def check_price_books(self) -> None:
        """The price books came along, and the command line finds them by itself."""
        books = list((self._package / "pricing").rglob("*.csv"))
        lines = self._run(self._command, "prices").splitlines()
        if not books or not lines:
            sys.exit(f"{len(books)} price books in {self._package}, {len(lines)} lines of prices.")
        print(f"price books: {len(books)}, listed in {len(lines)} lines")

    def check_samples(self) -> None:
        """Every sample scenario can be priced, and one shows the cost that is known."""
        estimates = [self._run(self._command, "estimate", str(one)) for one in self._samples]
        if not any(KNOWN_COST in estimate for estimate in estimates):
            sys.exit(f"No estimate of {len(estimates)} samples shows {KNOWN_COST}:\n{estimates}")
        print(f"samples: {len(estimates)}, one of them at {KNOWN_COST}")

    def check_verbs(self) -> None:
        """Every verb that the command line has answers."""
        verbs = verbs_in(self._run(self._command, "--help"))
        if set(verbs) != set(TRIES):
            sys.exit(f"The verbs are {verbs}; tried would be {sorted(TRIES)}.")
        for verb, (words, expected) in TRIES.items():
            arguments = [word.format(sample=self._sample) for word in words.split()]
            if expected not in self._run(self._command, *arguments):
                sys.exit(f"{verb} answers without “{expected}”.")
        report = (self._home / "report.pdf").read_bytes()
        if not report.startswith(b"%PDF-") or len(report) < 20_000:
            sys.exit(f"The report has {len(report)} bytes and begins with {report[:8]!r}.")
        workbook = (self._home / "lines.xlsx").read_bytes()
        if not workbook.startswith(b"PK") or len(workbook) < 10_000:
            sys.exit(f"The workbook has {len(workbook)} bytes and begins with {workbook[:8]!r}.")
        print(f"verbs: {', '.join(verbs)}; a report of {len(report) / 1000:.0f} kB")

    def check_network(self) -> None:
        """Prices are asked for over TLS, from a server that can be trusted and from no other."""
        status = self._run(self._command, "prices", "status")
        if "36" not in status:
            sys.exit(f"prices status says: {status}")
        words = ["prices", "update", "--region", "eu-south-1", "--dry-run", "--from"]
        trusted = TLS / "certificate.pem"
        with safe_server.serving(trusted, TLS / "key.pem") as address:
            command = [self._command, *words, address]
            for variables, expected in (
                ({}, "can't be trusted"),
                ({"SSL_CERT_FILE": str(trusted)}, f"{address} has no "),
            ):
                answer = self._outcome(command, variables).stderr
                if expected not in answer:
                    sys.exit(f"prices update answers without “{expected}”:\n{answer}")
                no_traceback(answer, self._command)
        print("network: asked over TLS, and refused a certificate that nobody vouches for")

    def check_window(self) -> None:
        """The window opens with a file, paints, and closes."""
        self._run(self._window, "--check", str(self._sample))
        print("window: opened a file, closed")

    def check_screen(self) -> None:
        """On a screen, the window shows the file that it was given, and both charts."""
        if not display.can_be_made():
            if sys.platform == "linux":
                sys.exit(f"To look at the window takes {' and '.join(display.TOOLS)}.")
            print("screen: not looked at, since there is no screen in memory here")
            return
        with display.Display() as screen:
            errors = self._home / "errors"
            with errors.open("wb") as stream:
                window = subprocess.Popen(
                    [self._window, str(self._sample)],
                    cwd=self._home,
                    env={**self._environment("xcb"), "DISPLAY": screen.name},
                    stdin=subprocess.DEVNULL,
                    stderr=stream,
                )
            try:
                self._look_at(screen)
            finally:
                window.terminate()
                window.wait(SECONDS)
            no_traceback(errors.read_text(encoding="utf-8"), self._window)
        print(f"screen: showed “{self._sample.name}” and {CHARTS} charts")

    def _look_at(self, screen: display.Display) -> None:
        if not display.wait_until(
            lambda: any(self._sample.name in title for title in screen.titles()), SECONDS
        ):
            sys.exit(f"No window has “{self._sample.name}” in its title: {screen.titles()}")
        colors = list(COLORS.values())
        if not display.wait_until(
            lambda: display.painted_charts(screen.rows(), colors) == CHARTS, SECONDS / 4
        ):
            picture = Path(tempfile.gettempdir()) / "mlflow-cost-smoke.png"
            screen.save(picture)
            sys.exit(f"The window does not show {CHARTS} charts: {picture}")

    def check_logs(self) -> None:
        """Nothing of all this was a fault that the program only wrote down."""
        logs = [log for log in self._home.rglob("*.log") if log.stat().st_size]
        for log in logs:
            print(log.read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
        if logs:
            sys.exit(f"Faults were written to {', '.join(map(str, logs))}.")

    def _environment(self, platform: str) -> dict[str, str]:
        another = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "WAYLAND_DISPLAY", "SSL_CERT_FILE")
        kept = {name: value for name, value in os.environ.items() if name not in another}
        home = str(self._home)
        own = {"QT_QPA_PLATFORM": platform, "HOME": home, "USERPROFILE": home}
        own |= {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("CONFIG", "STATE", "DATA")}
        return kept | own

    def _run(self, *command: str) -> str:
        """Run a command that must succeed, and return what it prints."""
        outcome = self._outcome(command)
        if outcome.returncode:
            sys.exit(f"{' '.join(command)} ended with {outcome.returncode}:\n{outcome.stderr}")
        no_traceback(outcome.stderr, command[0])
        return outcome.stdout

    def _outcome(
        self, command: Sequence[str], variables: Mapping[str, str] = MappingProxyType({})
    ) -> subprocess.CompletedProcess[str]:
        """Run a command as a new user without a screen would."""
        return subprocess.run(
            command,
            check=False,
            capture_output=True,
            encoding="utf-8",
            cwd=self._home,  # away from the checkout, so that nothing is imported from there
            env={**self._environment("offscreen"), **variables},
            stdin=subprocess.DEVNULL,
            timeout=SECONDS,
        )


def verbs_in(help_text: str) -> list[str]:
    """The verbs that `mlflow-cost --help` lists."""
    return re.findall(r"^    (\w[\w-]*)(?:  |$)", help_text, re.MULTILINE)


def no_traceback(errors: str, command: str) -> None:
    """End with the words of a command that printed a traceback, whatever its exit status."""
    if "Traceback" in errors:
        sys.exit(f"{command} says:\n{errors}")


if __name__ == "__main__":
    main(*sys.argv[1:])
