"""The board: the group's picture of an inbox, made anew when something came in, and never more often than it can be."""

from __future__ import annotations

import threading
import time

from game.workshop.figures import Solved, figures
from game.workshop.gathering import gather
from game.workshop.inbox import Inbox
from game.workshop.report import content, report

_REST = 2.0


class Board:
    """The page for the projector.  All methods may be called from any thread."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self._solved = Solved({}, {})
        self._lock = threading.Lock()
        self._made: tuple[str, str, str] | None = None
        self._next = 0.0

    def page(self) -> str:
        """The whole page."""
        return self._latest()[1]

    def news(self, seen: str) -> tuple[str, str] | None:
        """The mark and the content of the page, or None where it is what was ``seen``."""
        mark, _, inner = self._latest()
        return None if mark == seen else (mark, inner)

    def _latest(self) -> tuple[str, str, str]:
        """Mark, page and content; for some time after they were made they are shown as they were."""
        with self._lock:
            now = time.monotonic()
            if self._made is None or (now >= self._next and self._made[0] != self.inbox.mark):
                mark = self.inbox.mark
                group = gather(self.inbox.folder, self.inbox.exercise)
                found = figures(group, self._solved)
                self._made = (mark, report(group, found, mark=mark), content(group, found))
                # Counting takes its time with many people; the inbox must have most of it.
                self._next = time.monotonic() + max(_REST, 3 * (time.monotonic() - now))
            return self._made
