"""File formats, one module each; ``read_file`` finds the one for a file and reads it.

To add a format, copy ``template.py`` and add the module's name to ``_MODULES``.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from policyqa.errors import UnreadableFile

_MODULES = ("text",)


@dataclass(frozen=True, slots=True)
class RawText:
    """The text of a file, before anything is understood. Line ends are ``\\n``.

    ``how`` says how it was read, for the curious: an encoding, an engine. ``pages`` holds the offset
    at which each page begins, the first included; empty when the format has no pages.
    ``confidence`` is the mean OCR confidence 0..1 of a scan, None for real text. ``notices`` are
    things staff should know though the file was read: pages that hold no text, parts left out.
    """

    text: str
    how: str = ""
    pages: tuple[int, ...] = ()
    confidence: float | None = None
    notices: tuple[str, ...] = ()


def _modules() -> dict[str, ModuleType]:
    by_suffix: dict[str, ModuleType] = {}
    for name in _MODULES:
        module = importlib.import_module(f"ingest.formats.{name}")
        by_suffix |= dict.fromkeys(module.SUFFIXES, module)
    return by_suffix


def known_suffixes() -> tuple[str, ...]:
    """The endings that can be read, such as ``.txt``."""
    return tuple(sorted(_modules()))


def read_file(path: Path) -> RawText:
    """The text of a file.

    Raises:
        UnreadableFile: empty, of an unknown ending, or not what its ending says.
    """
    module = _modules().get(path.suffix.lower())
    if module is None:
        raise UnreadableFile(
            f"unknown ending {path.suffix or '(none)'!r}",
            "convert it to one of: " + " ".join(known_suffixes()),
        )
    try:
        if path.stat().st_size == 0:
            raise UnreadableFile("the file is empty (0 bytes)", "replace it with a whole copy")
        raw: RawText = module.read(path)
    except OSError as error:
        raise UnreadableFile(
            f"cannot be opened: {error.strerror or error}", "check the permissions"
        ) from error
    if not raw.text.strip():
        raise UnreadableFile("holds no text, only blanks", "replace it with a whole copy")
    return raw
