"""Template of a format module: copy, rename, and add the name to ``_MODULES`` in __init__.py.

A format module has two names and imports its library inside ``read``, so that a folder without
such files does not pay for it.
"""

from __future__ import annotations

from pathlib import Path

from ingest.formats import RawText
from policyqa.errors import UnreadableFile

SUFFIXES: tuple[str, ...] = ()
"""Lower-case endings with their dot, e.g. ``(".txt", ".md")``."""


def read(path: Path) -> RawText:
    """The text in reading order: a paragraph a line, a blank line where the page has space.

    Raises:
        UnreadableFile: with what is wrong and what to do; the ingest reports it and goes on.
        OSError: passed on; the caller turns it into UnreadableFile.
    """
    raise UnreadableFile(f"{path.name} uses the template", "write a real format module")
