"""Running the programs that read old office files: antiword, LibreOffice.

Each runs within limits of time, memory and output, in a folder of its own, on a copy of the file:
LibreOffice puts a lock file beside what it opens. LibreOffice gets a profile that runs no macros,
follows no links and finds no network.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from policyqa.errors import UnreadableFile

OFFICE_SECONDS = 120
"""What LibreOffice may take for one file; usual letters take two."""

MAX_BYTES = 100 * 1024 * 1024
"""Size of a file given to a program, and of what it may write."""

_OFFICE_MEMORY = 6 << 30
"""Address space, which LibreOffice reserves far more of than it uses."""


def find_office() -> str | None:
    """Where LibreOffice is; None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def run(command: Sequence[str], folder: Path, seconds: float, memory: int) -> bytes | None:
    """What a program prints; None when it fails or runs past its time.

    Args:
        folder: its working and home folder, where it may write.
        memory: bytes of address space.
    """
    printed = folder / "printed"
    limiter = shutil.which("prlimit")
    bounds = f"--as={memory} --fsize={MAX_BYTES} --cpu={int(seconds) + 1} --core=0 --".split()
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
    with printed.open("wb") as output:
        process = subprocess.Popen(
            [*([limiter, *bounds] if limiter else []), *command], stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.DEVNULL, cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip
        try:
            failed = process.wait(seconds) != 0
        except BaseException as error:
            # LibreOffice starts others; they share its session.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if not isinstance(error, subprocess.TimeoutExpired):
                raise
            failed = True
    return None if failed else printed.read_bytes()


@contextmanager
def copied(path: Path, suffix: str) -> Iterator[Path]:
    """A copy of a file in a temporary folder of its own, which is removed afterwards."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(
            f"has {path.stat().st_size >> 20} MB, more than {MAX_BYTES >> 20} MB", "save it as .docx"
        )
    with tempfile.TemporaryDirectory(prefix="policyqa-") as folder:
        copy = Path(folder) / f"source{suffix}"
        shutil.copyfile(path, copy)
        yield copy


class Office:
    """LibreOffice with a profile of our own, kept between files: making it takes half the time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._profile: Path | None = None

    def convert(self, copy: Path, ending: str, program: str) -> Path | None:
        """Convert a file beside itself; None when LibreOffice cannot or takes too long.

        Args:
            ending: what to make of it, with LibreOffice's name of the format: "docx:MS Word 2007 XML".
        """
        made = copy.parent / "made"
        options = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"]
        with self._lock:
            profile = f"-env:UserInstallation={self._made_profile().as_uri()}"
            command = [program, profile, *options, "--convert-to", ending, "--outdir", str(made), str(copy)]
            printed = run(command, copy.parent, OFFICE_SECONDS, _OFFICE_MEMORY)
            if printed is None:
                self.close()  # a profile that it died in asks questions at the next start
        return next((file for file in made.glob("*") if file.is_file()), None) if made.is_dir() else None

    def close(self) -> None:
        """Remove the profile; the next conversion makes a new one."""
        if self._profile is not None:
            shutil.rmtree(self._profile, ignore_errors=True)
            self._profile = None

    def _made_profile(self) -> Path:
        if self._profile is None or not self._profile.is_dir():
            self._profile = Path(tempfile.mkdtemp(prefix="policyqa-office-"))
            user = self._profile / "user"
            user.mkdir()
            (user / "registrymodifications.xcu").write_text(_settings(), "utf-8")
        return self._profile


office = Office()
"""The one LibreOffice of this process; two at a time in one profile refuse each other."""

atexit.register(office.close)

_SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
_INET = "/org.openoffice.Inet/Settings"
# Nothing of a stranger's file is run or fetched; the proxy leads nowhere.
_SETTINGS = (
    (_SCRIPTING, "MacroSecurityLevel", "3"),
    (_SCRIPTING, "DisableMacrosExecution", "true"),
    (_SCRIPTING, "DisableActiveContent", "true"),
    (_SCRIPTING, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    (_INET, "ooInetProxyType", "2"),
    (_INET, "ooInetNoProxy", ""),
    (_INET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPProxyPort", "9"),
    (_INET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INET, "ooInetHTTPSProxyPort", "9"),
    (_INET, "ooInetFTPProxyName", "127.0.0.1"),
    (_INET, "ooInetFTPProxyPort", "9"),
)


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>"
    )
