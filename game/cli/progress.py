"""Progress: one line on standard error that tells how far long work has come, and a way to say that it is enough."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Self, TextIO

from game.words import columns, padded, say

_BETWEEN = 0.1
_PATIENCE = 0.3


class OneLine:
    """A line that is written over again and again, and is gone at the end; it shows only on a terminal.

    At most once in ``between`` seconds, and not before ``patience`` seconds: work that is done at once needs no line.
    """

    def __init__(self, stream: TextIO | None = None, between: float = _BETWEEN, patience: float = 0.0) -> None:
        self.stream = stream if stream is not None else sys.stderr
        self._shown = self.stream is not None and self.stream.isatty()
        self._between, self._next = between, time.monotonic() + patience
        self._length = 0

    @property
    def due(self) -> bool:
        """Whether the line may be written anew."""
        return self._shown and time.monotonic() >= self._next

    def write(self, text: str) -> None:
        """Writes a text over the one before."""
        self._next = time.monotonic() + self._between
        self.stream.write("\r" + padded(text, self._length))
        self.stream.flush()
        self._length = columns(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._length:
            self.write("")
            self.stream.write("\r")
            self.stream.flush()


class ProgressLine(OneLine):
    """Called with the stage of the work, a key of the solver's words, and the fraction of it that is done."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream, patience=_PATIENCE)

    def __call__(self, stage: str, fraction: float) -> None:
        if self.due:
            self.write(say("cli.progress", stage=say(f"solve.stage.{stage}"), percent=int(100 * fraction)))


class Interruptible:
    """Progress of work that is sampled in the end: Ctrl-C then ends it with what is known so far, as ``done`` tells.

    Before anything is known, and when it comes a second time, Ctrl-C is what it always is.  A context manager.
    """

    def __init__(self, progress: Callable[[str, float], None]) -> None:
        self._progress = progress
        self._asked = self._sampling = False
        self.done = False
        self._before: object = None

    def __call__(self, stage: str, fraction: float) -> None:
        self._sampling = stage in ("sampling", "hindsight", "oracles")
        if self._asked and self._sampling:
            from game.solver import Enough

            self.done = True
            raise Enough
        self._progress(stage, fraction)

    def __enter__(self) -> Interruptible:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)  # type: ignore[arg-type]
        if self.done:
            from game.solver import Enough

            if isinstance(error, Enough):  # nothing was known yet
                raise KeyboardInterrupt from error

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if self._asked or not self._sampling:
            raise KeyboardInterrupt
        self._asked = True
        if sys.stderr is not None:
            with suppress(RuntimeError):  # it came in the middle of another line
                print("\n" + say("cli.solve.finishing"), file=sys.stderr, flush=True)
