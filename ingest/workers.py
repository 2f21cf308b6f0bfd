"""Reading files in processes of their own, while this one embeds.

A file that ends its process (a crash in a library), takes too long or too much memory fails with that
reason; its process is replaced and the other files go on. Processes are spawned, not forked:
Chroma and PyTorch do not survive a fork.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from ingest.reading import Outcome, Task, read_task

AHEAD = 64
"""Outcomes that wait to be taken before the readers pause."""

AHEAD_CHARACTERS = 4_000_000
"""Characters of text that wait before the readers pause; with their figures some 100 bytes each."""

_MAX_MEMORY = 1200 * 1024 * 1024
"""Bytes at its peak from which on a reader is replaced by a fresh one, for memory is not given back."""

MOST_MEMORY = 1600 * 1024 * 1024
"""Bytes in use from which on a reader is ended; the worst files that formats let through take 1,300 MB."""

_HEADROOM = 200 * 1024 * 1024
"""Bytes over that which the system still grants: reaching them between two looks fails in the reader."""

_LOOK = 0.1
"""Seconds between two looks at the readers."""

_MOST_SEEN = 1.0
"""Seconds that count at most between two looks. More passes when the queue is full, a crash is being
written out, or the machine stands still; what a reader told meanwhile was only not heard yet."""

_STARTING = 60.0
"""Seconds that a process has for starting, besides the time for its first file."""

Told = tuple[Task, Outcome | None]
"""A task with an outcome of it, or with None when it is done."""


def read_apart(tasks: Sequence[Task], processes: int, seconds: float) -> Iterator[Told]:
    """Read files in some processes; outcomes come as they are ready.

    Args:
        seconds: the longest that one file, or one member of an archive, may take.
    """
    pump = _Pump(tasks, processes, seconds)
    thread = threading.Thread(target=pump.run, name="reading", daemon=True)
    thread.start()
    try:
        while (item := pump.ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        pump.stop()
        thread.join()


class _Ready:
    """What was read and waits to be taken: so many outcomes and characters at most, but always one."""

    def __init__(self) -> None:
        self._items: deque[tuple[Told | BaseException | None, int]] = deque()
        self._characters = 0
        self._changed = threading.Condition()

    def put(self, item: Told | BaseException | None, timeout: float) -> bool:
        """Add one at the end when there is room within some seconds; whether there was."""
        size = _characters(item)
        with self._changed:
            if not self._changed.wait_for(lambda: self._has_room(size), timeout):
                return False
            self._items.append((item, size))
            self._characters += size
            self._changed.notify_all()
            return True

    def _has_room(self, size: int) -> bool:
        within = len(self._items) < AHEAD and self._characters + size <= AHEAD_CHARACTERS
        return not self._items or within

    def get(self) -> Told | BaseException | None:
        """Take the first one; waits until there is one."""
        with self._changed:
            self._changed.wait_for(lambda: self._items)
            item, size = self._items.popleft()
            self._characters -= size
            self._changed.notify_all()
            return item


def _characters(item: Told | BaseException | None) -> int:
    """How much text an outcome holds."""
    outcome = item[1] if isinstance(item, tuple) else None
    return len(outcome.found.document.body) if outcome is not None and outcome.found is not None else 0


class _Pump:
    """The thread that hands out tasks, takes what the readers tell, and looks after them."""

    def __init__(self, tasks: Sequence[Task], processes: int, seconds: float) -> None:
        self.ready = _Ready()
        self._waiting = deque(tasks)
        self._seconds = seconds
        self._readers: list[_Reader] = []
        self._count = max(1, min(processes, len(tasks)))
        self._stopped = threading.Event()
        self._looked = time.monotonic()

    def stop(self) -> None:
        self._stopped.set()

    def run(self) -> None:
        try:
            while not self._stopped.is_set() and (self._waiting or self._readers):
                self._hand_out()
                self._listen()
            self._put(None)
        except Exception as error:
            self._put(error)
        finally:
            for reader in self._readers:
                reader.kill()

    def _put(self, item: Told | BaseException | None) -> None:
        while not self._stopped.is_set():
            if self.ready.put(item, timeout=0.2):
                return

    def _hand_out(self) -> None:
        for reader in [r for r in self._readers if r.task is None]:
            if not self._waiting:
                reader.kill()
                self._readers.remove(reader)
            else:
                reader.start(self._waiting.popleft())
        while self._waiting and len(self._readers) < self._count:
            self._readers.append(_Reader())
            self._readers[-1].start(self._waiting.popleft())

    def _listen(self) -> None:
        ready = wait([r.connection for r in self._readers], timeout=_LOOK)
        now = time.monotonic()
        seen = min(now - self._looked, _MOST_SEEN)
        self._looked = now
        for reader in list(self._readers):
            if reader.connection in ready:
                try:
                    kind, value = reader.connection.recv()
                except (EOFError, OSError):
                    reader.kill()
                    self._lost(reader, f"the process that read it ended: {_status(reader.process.exitcode)}")
                else:
                    self._heard(reader, kind, value)
                continue
            reader.silent += seen
            if _used(reader.process.pid) > MOST_MEMORY:
                self._lost(reader, f"takes more memory than {MOST_MEMORY >> 20} MB to read")
            elif reader.silent > self._seconds + (0 if reader.heard else _STARTING):
                self._lost(reader, f"took longer than {self._seconds:.0f} s to read")

    def _heard(self, reader: _Reader, kind: str, value: Any) -> None:
        reader.silent = 0.0
        reader.heard = True
        assert reader.task is not None
        if kind == "begin":
            reader.at = value
        elif kind == "outcome":
            reader.told.add(value.source)
            self._put((reader.task, value))
        else:
            self._put((reader.task, None))
            reader.task = None
            if value:
                reader.kill()
                self._readers.remove(reader)

    def _lost(self, reader: _Reader, reason: str) -> None:
        """A reader died or was too slow: what it was at fails, the rest of its archive goes on."""
        reader.kill()
        self._readers.remove(reader)
        task = reader.task
        assert task is not None
        error = f"{reason} → open it and save it again, in another format if need be"
        if reader.at == task.source:
            self._put((task, Outcome(task.source, task.hash, error=error)))
            self._put((task, None))
        else:
            lost = {**task.lost, reader.at: error}
            self._waiting.appendleft(replace(task, lost=lost, told=task.told | reader.told))


class _Reader:
    """A process that reads, as seen from this one."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs,), name="reader", daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.at = ""
        self.told: set[str] = set()
        self.silent = 0.0
        self.heard = False
        self._ended = False

    def start(self, task: Task) -> None:
        self.task, self.at, self.told, self.silent = task, task.source, set(), 0.0
        # When it has died meanwhile, that is heard when it is listened to.
        with suppress(OSError):
            self.connection.send(task)

    def kill(self) -> None:
        """End it and what it has started itself; a second time does nothing."""
        if self._ended:
            return
        self._ended = True
        assert self.process.pid
        with suppress(OSError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.connection.close()


def serve(connection: Connection) -> None:
    """What a reading process does until its parent is gone."""
    os.setsid()
    _limit_memory(MOST_MEMORY + _HEADROOM)
    # Standard output belongs to --json; libraries that print must not spoil it.
    os.dup2(sys.stderr.fileno(), 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            task = connection.recv()
            for outcome in read_task(task, lambda source: connection.send(("begin", source))):
                connection.send(("outcome", outcome))
            # In KiB on Linux.
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            connection.send(("done", used > _MAX_MEMORY))
        except (EOFError, OSError):
            return


def _limit_memory(most: int) -> None:
    """Have the system refuse this process, and each that it starts, more data than that.

    Data, not address space, of which OCR and LibreOffice reserve far more than they use.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _used(process: int | None) -> int:
    """Bytes of memory that a process uses now; 0 when the system does not tell."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text("ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * resource.getpagesize()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _status(code: int | None) -> str:
    if code is not None and code < 0:
        return f"signal {-code} ({signal.Signals(-code).name})"
    return f"exit status {code}"
