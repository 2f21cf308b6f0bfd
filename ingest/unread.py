"""Kinds of files that are recognised and not read: what they are, and what staff can do."""

from __future__ import annotations

from policyqa.errors import UnreadableFile

_UNPACK = "unpack it and give the files in it, or pack them as .zip"
_AS_PDF = "save it as .pdf"

_KINDS: dict[str, tuple[str, str]] = {
    ".zip": ("is an archive, not a document", "unpack it and give the files in it"),
    ".rar": ("is an archive of a kind that is not opened (.rar)", _UNPACK),
    ".7z": ("is an archive of a kind that is not opened (.7z)", _UNPACK),
    ".gz": ("is an archive of a kind that is not opened (.gz)", _UNPACK),
    ".bz2": ("is an archive of a kind that is not opened (.bz2)", _UNPACK),
    ".xz": ("is an archive of a kind that is not opened (.xz)", _UNPACK),
    ".ppt": ("is a presentation (.ppt)", _AS_PDF),
    ".dps": ("is a presentation (.dps)", _AS_PDF),
    ".pptx": ("is a presentation (.pptx)", _AS_PDF),
    ".pptm": ("is a presentation (.pptm)", _AS_PDF),
    ".odp": ("is a presentation (.odp)", _AS_PDF),
    ".xlsb": ("is a binary workbook (.xlsb)", "save it as .xlsx"),
    ".epub": ("is an electronic book (.epub)", "save its text as .docx or .txt"),
    ".msg": ("is a message of Outlook's own format (.msg)", "save it as .eml"),
    ".mbox": ("is a mailbox of many e-mails (.mbox)", "save its messages as .eml"),
    ".heic": ("is a picture of a telephone's own format (.heic)", "save it as .jpg"),
    ".jp2": ("is a picture in JPEG 2000 (.jp2)", "save it as .jpg or .png"),
    ".xml": ("is data for programs (.xml), not a document", "save what it shows as .pdf or .xlsx"),
    ".json": ("is data for programs (.json), not a document", "save what it shows as .txt or .csv"),
    ".jsonl": ("is data for programs (.jsonl), not a document", "save what it shows as .txt or .csv"),
}

_PROGRAMS = frozenset({
    ".py", ".js", ".ts", ".css", ".sh", ".bat", ".ps1", ".sql", ".java", ".c", ".h", ".cpp", ".go",
    ".rs", ".php", ".vbs", ".ini", ".cfg", ".conf", ".toml", ".yaml", ".yml", ".svg", ".tex", ".lock",
    ".log",
})  # fmt: skip
"""Endings of texts that people give to machines."""


def refusal(kind: str, ending: str) -> UnreadableFile | None:
    """Why a file is not read; None when it may be.

    Args:
        kind: what ``ingest.recognise.kind_of`` says.
        ending: the file's own, in lower case.
    """
    if kind in _KINDS:
        return UnreadableFile(*_KINDS[kind])
    if kind in (".txt", ".log") and ending in _PROGRAMS:
        return UnreadableFile(
            f"is a file of programs ({ending}), not a document", "call it .txt if it is one"
        )
    return None
