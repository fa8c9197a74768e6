"""Names for files: what a scenario is called, as every system takes it."""

from __future__ import annotations

MOST_BYTES = 120
"""Well below the 255 that file systems take; an ending and a number may follow."""

DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{kind}{n}" for kind in ("com", "lpt") for n in range(10)
}
"""Names that Windows keeps for itself, whatever their ending."""


def file_name(words: str, otherwise: str = "scenario") -> str:
    """A file's name, without an ending, from words that anybody may have typed.

    Letters and digits of any script stay, and words are joined by hyphens.
    """
    kept = "".join(c if c.isalnum() or c in " -_" else " " for c in words)
    name = "-".join(kept.split()).strip("-_")
    name = name.encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore").rstrip("-_")
    if name.lower() in DEVICES:
        name = f"{name}-{otherwise}"
    return name or otherwise
