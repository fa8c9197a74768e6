"""Where the program finds its bundled files, and where it may keep the user's."""

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import platformdirs

from mlflow_cost_desktop.errors import UserError

APP_NAME = "mlflow-cost"

PACKAGE = Path(__file__).resolve().parent


def resources_dir() -> Path:
    """The folder of icons, theme, sample scenarios and schemas. Raises UserError."""
    return _bundled("resources")


def pricing_dir() -> Path:
    """The folder of the price books that come with the program. Raises UserError."""
    return _bundled("pricing")


def settings_dir() -> Path:
    """Where the user's settings are kept; it may not exist yet."""
    return _of_user(platformdirs.user_config_path, "settings")


def state_dir() -> Path:
    """Where recovery copies and locks of open files are kept; it may not exist yet."""
    return _of_user(platformdirs.user_state_path, "state")


def prices_dir() -> Path:
    """Where the price books are kept that the user has fetched; it may not exist yet."""
    return _of_user(platformdirs.user_data_path, "data") / "prices"


def downloads_dir() -> Path:
    """Where what is fetched is kept until it was read; it may be deleted at any time."""
    return _of_user(platformdirs.user_cache_path, "cache") / "prices"


def log_dir() -> Path:
    """Where faults of the program are written down; it may not exist yet."""
    return _of_user(platformdirs.user_log_path, "log")


def documents_dir() -> Path:
    """Where a file dialog begins: the user's own documents, or the home folder."""
    try:
        documents = platformdirs.user_documents_path()
    except RuntimeError:  # nobody knows the user's home
        return Path(tempfile.gettempdir())
    if os.path.isdir(documents):  # false as well where it may not be looked at
        return documents
    home = Path(os.path.expanduser("~"))
    return home if home.is_absolute() else Path(tempfile.gettempdir())


def _of_user(folder: Callable[..., Path], name: str) -> Path:
    """The program's folder of that kind; one that goes with the process where there is no home."""
    try:
        return folder(APP_NAME, appauthor=False)
    except RuntimeError:
        return _temporary() / name


@cache
def _temporary() -> Path:
    return Path(tempfile.mkdtemp(prefix=f"{APP_NAME}-"))


def _bundled(name: str) -> Path:
    """A folder that comes with the program.

    A wheel and a frozen program hold it inside the package; in a checkout, also
    one that is installed editable, it stands beside the package.
    """
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise UserError(
        f"The program's own folder “{name}” is missing",
        f"It should be in {PACKAGE}. Your scenarios are not affected; "
        "installing the program again brings it back.",
    )
