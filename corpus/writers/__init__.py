"""Writers of the file formats that offices use, for the corpus and for the tests of reading them."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime

MADE_ON = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)
"""What written files say of when they were made, so that the same text gives the same file."""


class MissingTool(RuntimeError):
    """A program, library or font that a writer needs is not on this machine; says how to get it."""


def steady_zip(data: bytes) -> bytes:
    """An office file (a zip) with all its times set to ``MADE_ON``."""
    stamp = MADE_ON.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*", rb"\g<1>" + stamp, part)
            entry = zipfile.ZipInfo(name, MADE_ON.timetuple()[:6])
            new.writestr(entry, part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
