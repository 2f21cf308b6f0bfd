"""When a file that could not be read is read again.

What is wrong with the file itself stays wrong while the file, this parser, and the programs and extras
that help it are the same: the failure is told again without reading. What may have come from outside is
tried again: at every ingest where it surely did (a closed folder, a lost share, a full disk), else once
a day (too slow, out of memory, a process that was ended), so that a bad scan does not cost its fifteen
minutes at every ingest.
"""

from __future__ import annotations

import importlib.util
import re
import shutil
from datetime import UTC, datetime, timedelta

from policyqa.catalog import SourceRow

WAIT = timedelta(days=1)
"""After which a file is read again that may have failed for the machine's sake."""

OUTSIDE = re.compile(r"cannot be opened|\[Errno")
"""How failures begin that come from outside the file."""

PERHAPS_OUTSIDE = re.compile(
    r"(?:page \d+ )?(?:the process that read it ended|took longer than|takes more memory"
    r"|LibreOffice could not read it within|is encrypted and takes more|recognising the picture failed"
    r"|reading it went wrong)"
)
"""How failures begin that may come from the file or from the machine's state at that time."""

_PROGRAMS = ("antiword", "soffice", "libreoffice")
_EXTRAS = {"ocr": "rapidocr"}


def attempt(version: str) -> str:
    """What a file is read with: the version of the parser, and the programs and extras there are.

    This is what ``SourceRow.parser`` holds for a file that could not be read.
    """
    there = [name for name in _PROGRAMS if shutil.which(name)]
    there += [extra for extra, module in _EXTRAS.items() if importlib.util.find_spec(module)]
    return " ".join((version, *there))


def waits(row: SourceRow, now_with: str) -> bool:
    """Whether a file that could not be read would fail again, or is not yet to be tried again.

    Args:
        now_with: what it would be read with now; see ``attempt``.
    """
    if row.parser != now_with or OUTSIDE.match(row.error):
        return False
    return not PERHAPS_OUTSIDE.match(row.error) or not _past(row.read_at)


def _past(stamp: str) -> bool:
    try:
        age = datetime.now(UTC) - datetime.fromisoformat(stamp)
    except (ValueError, TypeError):
        return True
    # A clock that was set back must not hold a file for longer.
    return not timedelta(0) <= age < WAIT
