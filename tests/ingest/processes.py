"""Python processes of their own beside a test, which know the tests' helpers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_FOLDERS = (str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", ""))
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(_FOLDERS), "PYTHONIOENCODING": "utf-8"}


def started(script: str, *arguments: object, stderr: int | None = None) -> subprocess.Popen[str]:
    """A script that runs, with pipes to and from it."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
    )
