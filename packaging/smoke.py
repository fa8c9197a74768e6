"""Proves that a built program works by itself, away from its source.

smoke.py wheel CHECKOUT      run by the Python that the wheel is installed in
smoke.py frozen FOLDER       run by any Python; FOLDER holds the frozen program

Prices the sample scenarios, lists prices, opens the window offscreen for a
moment, and makes sure that no part of it came from the checkout.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

# The monthly infrastructure cost that one of the sample scenarios must show.
KNOWN_COST = "218.09"

# Long enough for a slow machine: a program that hangs must not hang the build.
SECONDS = 120


def main(kind: str, place: str) -> None:
    """Run every check; ends with a message where one fails."""
    folder = Path(place).resolve()
    if kind == "frozen":
        package = folder / "_internal" / "mlflow_cost_desktop"
        find = folder
    else:
        package = package_of_wheel(folder)
        find = Path(sys.executable).parent
    command, window = (program(name, find) for name in ("mlflow-cost", "mlflow-cost-desktop"))
    with tempfile.TemporaryDirectory() as home:
        check_price_books(package, command, home)
        check_samples(package, command, home)
        # Opens the window as the program does, and closes it at once.
        run([window, "--check"], home)
        print("window: opened and closed")
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


def program(name: str, folder: Path) -> str:
    """The path of a program in a folder, with the ending that the system gives it."""
    found = shutil.which(name, path=str(folder))
    return found or sys.exit(f"{name} is missing in {folder}.")


def check_price_books(package: Path, command: str, home: str) -> None:
    """The price books came along, and the command line finds them by itself."""
    books = list((package / "pricing").rglob("*.csv"))
    lines = run([command, "prices"], home).splitlines()
    if not books or not lines:
        sys.exit(f"{len(books)} price books in {package}, {len(lines)} lines of prices.")
    print(f"price books: {len(books)}, listed in {len(lines)} lines")


def check_samples(package: Path, command: str, home: str) -> None:
    """Every sample scenario can be priced, and one shows the cost that is known."""
    samples = sorted((package / "resources").rglob("*.mlcost"))
    estimates = [run([command, "estimate", str(sample)], home) for sample in samples]
    if not any(KNOWN_COST in estimate for estimate in estimates):
        sys.exit(f"No estimate of {len(samples)} samples shows {KNOWN_COST}:\n{estimates}")
    print(f"samples: {len(samples)}, one of them at {KNOWN_COST}")


def run(command: list[str], home: str) -> str:
    """Run a command as a new user without a screen would, and return what it prints."""
    about_python = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    environment = {k: v for k, v in os.environ.items() if k not in about_python}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": home, "USERPROFILE": home}
    environment |= {f"XDG_{name}_HOME": f"{home}/{name}" for name in ("CONFIG", "STATE", "DATA")}
    outcome = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=home,  # away from the checkout, so that nothing is imported from there
        env=environment,
        stdin=subprocess.DEVNULL,
        timeout=SECONDS,
    )
    if outcome.returncode:
        sys.exit(f"{' '.join(command)} ended with {outcome.returncode}:\n{outcome.stderr}")
    return outcome.stdout


if __name__ == "__main__":
    main(*sys.argv[1:])
