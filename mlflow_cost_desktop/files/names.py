"""Names for files: what a scenario is called, as every system takes it."""

from __future__ import annotations

from unicodedata import category, normalize

MOST_BYTES = 120
"""Well below the 255 that file systems take; an ending and a number may follow."""

DEVICES = {"con", "prn", "aux", "nul"} | {
    f"{kind}{n}" for kind in ("com", "lpt") for n in "0123456789¹²³"
}
"""Names that Windows keeps for itself, whatever their ending."""


def file_name(words: str, otherwise: str = "scenario") -> str:
    """A file's name, without an ending, from words that anybody may have typed.

    Letters and digits of any script stay, with the marks that belong to them, and words are joined
    by hyphens.
    """
    composed = normalize("NFC", words)
    kept = "".join(c if category(c)[0] in "LMN" or c in "-_" else " " for c in composed)
    name = "-".join(kept.split()).strip("-_")
    name = name.encode("utf-8", "ignore")[:MOST_BYTES].decode("utf-8", "ignore").rstrip("-_")
    if name.lower() in DEVICES:
        name = f"{name}-{otherwise}"
    return name or otherwise
