"""What a reader of strangers' files promises, as one function for every kind of fuzzing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from mlflow_cost_desktop.errors import UserError
from mlflow_cost_desktop.files.scenario_file import as_bytes, read_scenario

LONGEST_SENTENCE = 1000


def opens(data: bytes, folder: Path) -> bool:
    """Whether the bytes open as a scenario; otherwise one clear sentence was given.

    Raises:
        AssertionError: if the sentence is not one, or what opened does not come back.
        Exception: whatever the reader lets through.
    """
    path = folder / "fuzzed.mlcost"
    path.write_bytes(data)
    try:
        file = read_scenario(path)
    except UserError as error:
        sentence = str(error)
        assert "fuzzed.mlcost" in sentence and "Nothing was changed" in sentence, sentence
        assert len(sentence) <= LONGEST_SENTENCE, len(sentence)
        assert sentence.isprintable(), ascii(sentence)
        return False
    again = as_bytes(file.scenario, file.saved, file.program_version)
    path.write_bytes(again)
    reread = read_scenario(path)
    assert (reread.scenario, reread.saved) == (file.scenario, file.saved)
    return True


def scratch_folder() -> Path:
    """A folder in memory where there is one."""
    memory = Path("/dev/shm")
    return Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
