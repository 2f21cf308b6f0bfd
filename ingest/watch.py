"""Following folders: an ingest after each batch of changes, once its files are finished."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from policyqa.errors import PolicyQAError

STEADY = 2.0
"""Seconds for which size and time of every changed file must stay as they are."""

_PATIENCE = 600.0
"""Seconds after which files that go on growing no longer hold up the others."""

_PAUSE = 60.0
"""Seconds before a watch that failed is begun again."""


def follow(
    paths: Sequence[Path], once: Callable[[], bool], say: Callable[[str], None], steady: float = STEADY
) -> None:
    """Call ``once``, and again after each batch of changes under some paths, until interrupted.

    The watch begins before the first call, so that nothing is missed that comes meanwhile. What goes
    wrong later is told, and the next batch is waited for: an ingest that was refused, or that met a
    full disk, is made up for by the next, since it plans by what the catalog knows.

    Raises:
        Exception: of the first call, passed on.
    """
    batches = _batches(paths, say)
    next(batches)
    once()
    say("正在监视：" + "、".join(map(str, paths)) + "（Ctrl-C 结束）")
    for changed in batches:
        wait_until_steady(changed, steady)
        try:
            once()
        except PolicyQAError as error:
            say(f"错误：{error}；继续监视")
        except Exception as error:
            say(f"错误：{type(error).__name__}: {error}；继续监视")


def _batches(paths: Sequence[Path], say: Callable[[str], None]) -> Iterator[set[Path]]:
    """What changed, batch after batch; the paths themselves when a watch begins or fails."""
    from watchfiles import watch

    while True:
        fresh = True
        try:
            for changes in watch(*paths, debounce=5000, step=500, rust_timeout=1000, yield_on_timeout=True):
                if changes or fresh:
                    yield {Path(path) for _, path in changes} | set(paths if fresh else ())
                fresh = False
        # At a folder that is closed, a share that is cut off, a name that is not UTF-8.
        except (OSError, RuntimeError) as error:
            say(f"监视中断：{error}；每 {_PAUSE:.0f} 秒检查一次，直到恢复")
            yield set(paths)
            time.sleep(_PAUSE)


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
