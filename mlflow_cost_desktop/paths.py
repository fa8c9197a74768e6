"""Where the program finds its bundled files, and where it may keep the user's."""

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
    return platformdirs.user_config_path(APP_NAME, appauthor=False)


def state_dir() -> Path:
    """Where recovery copies and locks of open files are kept; it may not exist yet."""
    return platformdirs.user_state_path(APP_NAME, appauthor=False)


def log_dir() -> Path:
    """Where faults of the program are written down; it may not exist yet."""
    return platformdirs.user_log_path(APP_NAME, appauthor=False)


def documents_dir() -> Path:
    """Where a file dialog begins: the user's own documents, or the home folder."""
    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


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
        "installing the program anew brings it back.",
    )
