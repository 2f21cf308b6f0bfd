"""Progress of an ingest, in Chinese for the clerk: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

_EVERY = 5.0
"""Seconds between two lines where there is no terminal."""


class Progress:
    """Shows steps on standard error; ``quiet`` shows nothing."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._console = Console(stderr=True)

    def say(self, text: str) -> None:
        if not self._quiet:
            print(text, file=sys.stderr, flush=True)

    @contextmanager
    def step(self, name: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show a step of ``total`` pieces; call what it gives with the number of pieces done."""
        if self._quiet or total == 0:
            yield lambda _: None
        elif self._console.is_terminal:
            columns = (
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
            )  # fmt: skip
            with Bars(*columns, console=self._console) as bars:
                task = bars.add_task(name, total=total, rate="")

                def advance(count: int) -> None:
                    bars.advance(task, count)
                    speed = bars.tasks[0].speed
                    bars.update(task, rate=f"{speed:.0f}/秒" if speed else "")

                yield advance
        else:
            yield self._lines(name, total)

    def _lines(self, name: str, total: int) -> Callable[[int], None]:
        begun = last = time.monotonic()
        finished = 0

        def advance(count: int) -> None:
            nonlocal finished, last
            finished += count
            now = time.monotonic()
            if now - last >= _EVERY:
                last = now
                rate = finished / (now - begun)
                left = (total - finished) / rate
                self.say(f"{name} {finished}/{total}（{rate:.0f}/秒，约剩 {left:.0f} 秒）")

        return advance
