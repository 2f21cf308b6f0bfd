"""Progress of an ingest, in Chinese for the clerk: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from policyqa.text import one_line

_EVERY = 5.0
"""Seconds between two lines where there is no terminal."""


class Advance(Protocol):
    """Tells that some pieces are done."""

    def __call__(self, count: int, note: str = "", /) -> None: ...


class Progress:
    """Shows steps on standard error; ``quiet`` shows nothing."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet
        self._console = Console(stderr=True)

    def say(self, text: str) -> None:
        """Tell something in a line of its own."""
        if not self._quiet:
            print(one_line(text), file=sys.stderr, flush=True)

    @contextmanager
    def step(self, name: str, total: int) -> Iterator[Advance]:
        """Show a step of ``total`` pieces; call what it gives with the number of pieces done.

        It takes a note, too: what else to tell, such as the number of passages.
        """
        if self._quiet or total == 0:
            yield lambda _, __="": None
        elif self._console.is_terminal:
            columns = (
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
                TextColumn("{task.fields[note]}"), TextColumn("{task.fields[rate]}"),
                TimeElapsedColumn(), TimeRemainingColumn(),
            )  # fmt: skip
            with Bars(*columns, console=self._console) as bars:
                task = bars.add_task(name, total=total, rate="", note="")

                def advance(count: int, note: str = "") -> None:
                    bars.advance(task, count)
                    speed = bars.tasks[0].speed
                    bars.update(task, rate=f"{speed:.1f}/秒" if speed else "")
                    if note:
                        bars.update(task, note=note)

                yield advance
        else:
            yield self._lines(name, total)

    def _lines(self, name: str, total: int) -> Advance:
        begun = last = time.monotonic()
        finished = 0

        def advance(count: int, note: str = "") -> None:
            nonlocal finished, last
            finished += count
            now = time.monotonic()
            if now - last >= _EVERY and finished:
                last = now
                rate = finished / (now - begun)
                left = (total - finished) / rate
                told = f"，{note}" if note else ""
                self.say(f"{name} {finished}/{total}{told}（{rate:.1f}/秒，约剩 {left:.0f} 秒）")

        return advance
