"""Sets MLflow Cost up beside its source and starts it, or runs its tests.

python3 packaging/start.py [arguments for the program]
python3 packaging/start.py test [arguments for pytest]

The first start makes a virtual environment in `.venv` and installs the program
there; later starts see from a stamp that nothing has changed. Nothing outside
the checkout is touched, with one exception that is announced: as root on Debian
or Ubuntu, system packages that Qt needs and that are missing are installed.

Needs nothing beyond Python's standard library.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

# The project's bounds (requires-python in pyproject.toml). Checked before any
# function is defined, since older Pythons cannot read some annotations below.
OLDEST, NEWEST = (3, 11), (3, 14)
if not OLDEST <= sys.version_info[:2] <= NEWEST:
    sys.exit(
        "MLflow Cost needs Python {}.{} to {}.{}, and this is Python {}.{}. "
        "Start it with one of those, for example: python3.13 packaging/start.py".format(
            *OLDEST, *NEWEST, *sys.version_info[:2]
        )
    )

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "set-up.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

sys.path.insert(0, str(ROOT))
from mlflow_cost_desktop.errors import UserError  # noqa: E402  (both are found by the line above)
from mlflow_cost_desktop.startup import screen  # noqa: E402  (needs nothing installed)


def main(arguments: list[str]) -> int:
    """Set up what is missing, then run the program or the tests; the exit status."""
    testing = arguments[:1] == ["test"]
    try:
        set_up(testing)
    except UserError as error:
        print(f"\n{error}", file=sys.stderr)
        return 2
    if testing:
        # Every test in parallel; with arguments, as asked for.
        chosen = arguments[1:] or ["-n", "auto"]
        return subprocess.call([str(PYTHON), "-m", "pytest", *chosen], cwd=ROOT)
    # -P: a file in the user's folder must not stand in for a module.
    command = [str(PYTHON), "-P", "-m", "mlflow_cost_desktop", *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # the program takes this process's place
    return subprocess.call(command)


def set_up(testing: bool) -> None:
    """Bring `.venv` up to date, or return at once where it is. Raises UserError."""
    done = read_stamp()
    fingerprint = fingerprint_of_set_up()
    dev = testing or bool(done.get("dev"))
    if done.get("fingerprint") != fingerprint or dev != bool(done.get("dev")):
        make_venv()
        install_program(dev)
        done = {"fingerprint": fingerprint, "dev": dev}
        STAMP.write_text(json.dumps(done), encoding="utf-8")
    # Tests draw offscreen and get by with fewer libraries; some try the window's as well.
    need = "offscreen" if testing and not can_install_debian_packages() else "window"
    if sys.platform == "linux" and done.get("libraries") not in (need, "window"):
        provide_libraries(need)
        STAMP.write_text(json.dumps({**done, "libraries": need}), encoding="utf-8")


def read_stamp() -> dict[str, object]:
    """What the last set-up noted down, or nothing where none was finished."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and PYTHON.exists() else {}


def fingerprint_of_set_up() -> str:
    """A text that changes when the environment has to be made anew."""
    facts = hashlib.sha256((ROOT / "pyproject.toml").read_bytes())
    # An environment holds on to its Python and its folder; a moved one is of no use.
    facts.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return facts.hexdigest()


def make_venv() -> None:
    """Make `.venv` where there is none, or none that this Python can use."""
    if venv_runs():
        return
    print("Setting up MLflow Cost in .venv: this happens once and takes about a minute.")
    provide_venv_module()
    outcome = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        check=False,
        capture_output=True,
        text=True,
    )
    if outcome.returncode:
        raise UserError(
            "The virtual environment in .venv could not be made",
            f"Python says: {(outcome.stderr or outcome.stdout).strip()}",
        )


def venv_runs() -> bool:
    """Whether `.venv` has a working Python of this very version, with pip."""
    if not PYTHON.exists():
        return False
    question = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(PYTHON), "-c", question], check=False, capture_output=True, text=True
        )
    except OSError:
        return False
    return answer.stdout.split() == [str(number) for number in sys.version_info[:2]]


def provide_venv_module() -> None:
    """Make sure that Python can make environments: Debian ships that part separately."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = "python{}.{}-venv".format(*sys.version_info[:2])
    if can_install_debian_packages():
        install_debian_packages([package])
        return
    raise UserError(
        "This Python cannot make virtual environments: its module venv or ensurepip is missing",
        "Nothing has been changed. On Debian or Ubuntu, install that part and start again: "
        f"sudo apt-get install -y {package}",
    )


def install_program(dev: bool) -> None:
    """Install the checkout itself, editable, with the tools for development if asked."""
    what = f"{ROOT}[dev]" if dev else str(ROOT)
    print("Installing the program and what it needs ...", flush=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if os.name == "posix" and os.geteuid() == 0:
        pip += ["--root-user-action", "ignore"]
    if subprocess.call([*pip, "--editable", what]):
        raise UserError(
            "The program could not be installed in .venv",
            "pip's own message stands above; often the network is missing. "
            "Start again when that is settled: the set-up carries on where it stopped.",
        )


def provide_libraries(need: str) -> None:
    """Make sure that Qt finds the system's libraries, and text a font. Raises UserError."""
    qt = qt_folder()
    missing = screen.missing_libraries(qt, need)
    if not missing and screen.has_font():
        return
    if not can_install_debian_packages():
        if missing:
            raise screen.libraries_missing(missing)
        print(f"No font was found, so text would show as boxes. {screen.font_remedy()}")
        return
    install_debian_packages(screen.DEBIAN_PACKAGES)
    missing = screen.missing_libraries(qt, need)
    if missing:
        raise screen.libraries_missing(missing)


def qt_folder() -> Path:
    """The folder of PySide6 inside `.venv`."""
    question = "import importlib.util; print(importlib.util.find_spec('PySide6').origin)"
    answer = subprocess.run(
        [str(PYTHON), "-P", "-c", question], capture_output=True, text=True, check=True
    )
    return Path(answer.stdout.strip()).parent


def can_install_debian_packages() -> bool:
    """Whether this is root on Debian or a relative of it."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian_packages(packages: list[str]) -> None:
    """Install system packages with apt-get, saying so. Raises UserError."""
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    apt_get = shutil.which("apt-get") or "apt-get"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt_get, "install", "-qq", "-y", "--no-install-recommends", *packages]
    # A failed update is no failure yet: the lists may be new enough.
    for command in ([apt_get, "update", "-qq"], install):
        outcome = subprocess.run(
            command,
            check=False,
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
    if outcome.returncode:
        raise UserError(
            "System packages could not be installed",
            f"apt-get says: {outcome.stderr.strip()} To try by hand: "
            f"apt-get install -y {' '.join(packages)}",
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
