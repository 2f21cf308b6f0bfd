"""Following folders: an ingest after each batch of changes, once its files are finished."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from policyqa.errors import PolicyQAError

STEADY = 2.0
"""Seconds for which size and time of every changed file must stay as they are."""

_PATIENCE = 600.0
"""Seconds after which files that go on growing no longer hold up the others."""


def follow(
    paths: Sequence[Path], once: Callable[[], bool], say: Callable[[str], None], steady: float = STEADY
) -> None:
    """Call ``once`` after each batch of changes under some paths, until interrupted.

    What goes wrong in one batch is told, and the next is waited for: an ingest that was refused, or
    that met a full disk, is made up for by the next, since it plans by what the catalog knows.
    """
    from watchfiles import watch

    say("正在监视：" + "、".join(map(str, paths)) + "（Ctrl-C 结束）")
    for changes in watch(*paths, debounce=5000, step=500, raise_interrupt=True):
        wait_until_steady({Path(path) for _, path in changes}, steady)
        try:
            once()
        except PolicyQAError as error:
            say(f"错误：{error}；继续监视")


def wait_until_steady(paths: Iterable[Path], seconds: float = STEADY, patience: float = _PATIENCE) -> None:
    """Wait until files have stopped changing: a large one may be copied for minutes.

    A file that is read before it is finished would fail, or worse, be taken for whole.
    """
    watched = sorted(set(paths))
    began = since = time.monotonic()
    before = _state(watched)
    while time.monotonic() - since < seconds and time.monotonic() - began < patience:
        time.sleep(min(0.2, seconds / 4))
        now = _state(watched)
        if now != before:
            before, since = now, time.monotonic()


def _state(paths: Sequence[Path]) -> list[tuple[int, int] | None]:
    found: list[tuple[int, int] | None] = []
    for path in paths:
        try:
            stat = path.stat()
            found.append((stat.st_size, stat.st_mtime_ns))
        except OSError:
            found.append(None)
    return found
