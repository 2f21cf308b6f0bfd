"""File formats, one module each; ``read_file`` finds the one for a file and reads it.

To add a format, copy ``template.py`` and add the module's name to ``_MODULES``; where files of it do
not show by their ending what they are, teach ``ingest.recognise`` to tell.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from policyqa.errors import UnreadableFile

_MODULES = ("text", "markdown", "docx", "doc", "pdf", "image", "html", "xlsx", "csv", "ofd", "eml")

MAX_CHARACTERS = 5_000_000
"""Of one document; a book of 3,000 pages. Understanding takes a hundred times as much memory."""


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
    """The text of a file, recognised by its content; a wrong ending is put among the notices.

    Raises:
        UnreadableFile: empty, of a format that is not read, damaged, beyond a limit, or not there.
    """
    try:
        raw = _read(path)
    except OSError as error:
        raise UnreadableFile(
            f"cannot be opened: {error.strerror or error}", "check the permissions"
        ) from error
    except MemoryError as error:
        raise too_large(error) from error
    if not raw.text.strip():
        raise UnreadableFile("holds no text, only blanks", "replace it with a whole copy")
    if len(raw.text) > MAX_CHARACTERS:
        raise UnreadableFile(
            f"holds {len(raw.text):,} characters, at most {MAX_CHARACTERS:,} are read",
            "split it into smaller ones",
        )
    return raw


def too_large(_: MemoryError) -> UnreadableFile:
    """What is told of a file that takes more memory than a reader may use, or than there is."""
    return UnreadableFile("takes more memory than there is to read it", "split it into smaller ones")


def format_of(path: Path) -> tuple[str, ModuleType]:
    """What a file is, as the usual ending of its kind, and the module that reads it.

    Raises:
        UnreadableFile: empty, or of a format that is not read.
        OSError: passed on.
    """
    from ingest.recognise import kind_of
    from ingest.unread import refusal

    if path.stat().st_size == 0:
        raise UnreadableFile("the file is empty (0 bytes)", "replace it with a whole copy")
    kind, own = kind_of(path), path.suffix.lower()
    refused = refusal(kind, own)
    if refused is not None:
        raise refused
    module = _modules().get(kind)
    if module is None and not kind and own in _modules():
        raise UnreadableFile(
            f"is damaged: it ends in {own!r}, but what it holds is no such file",
            "replace it with a whole copy",
        )
    if module is None:
        raise UnreadableFile(
            f"is in no format that is read (ending {own or 'none'!r})",
            "convert it to one of: " + " ".join(known_suffixes()),
        )
    return kind, module


def _read(path: Path) -> RawText:
    (kind, module), own = format_of(path), path.suffix.lower()
    raw: RawText = module.read(path)
    if own not in ("", kind) and own in _modules():
        raw = replace(raw, notices=(f"内容是 {kind} 格式，后缀却是 {own}", *raw.notices))
    return raw
