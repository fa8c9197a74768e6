"""What all tests share: no screen, no traces in the user's folders, no deadlines."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from mlflow_cost_desktop.startup import garbage

# Tests need no screen. Set here, before Qt is imported, and not in the
# environment, so that a run on a real screen stays possible.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A slow or busy machine is no failure; what a test found comes back in each run.
settings.register_profile("mlflow-cost", deadline=None, derandomize=True)
settings.load_profile("mlflow-cost")

# Processes that tests start read what the first of them has compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """Let no collection of garbage go through thousands of tests again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _own_folders(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Send settings, recovery copies, logs and documents to a folder of this run."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("CONFIG", "DATA", "STATE", "CACHE"):
            patch.setenv(f"XDG_{variable}_HOME", str(home / variable.lower()))
        documents = home / "Documents"
        documents.mkdir()
        patch.setenv("XDG_DOCUMENTS_DIR", str(documents))
        if os.name == "nt":
            for variable in ("APPDATA", "LOCALAPPDATA"):
                patch.setenv(f"WIN_PD_OVERRIDE_{variable.removeprefix('APP')}", str(home))
        yield


@pytest.fixture(autouse=True)
def _no_garbage_left() -> Iterator[None]:
    """Collect between tests: once there is an application, Python no longer does it by itself."""
    yield
    garbage.collect_what_is_due()


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The program's own application, which hears of the system's letters."""
    from mlflow_cost_desktop.gui.window.windows import Application

    return Application


@pytest.fixture
def checkout() -> Path:
    """The folder that holds pyproject.toml."""
    return Path(__file__).resolve().parent.parent
