"""Rates: how often an address may ask, as a bucket that is filled again at a steady pace."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_MOST_ADDRESSES = 4096


class Rate:
    """``burst`` requests at once and ``per_second`` more from then on, for each address by itself."""

    def __init__(self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.per_second, self.clock = burst, per_second, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def wait(self, address: str) -> float:
        """0 where a request of this address may be answered, which is then counted; else the seconds to wait."""
        with self._lock:
            now = self.clock()
            left, seen = self._left.get(address, (self.burst, now))
            left = min(self.burst, left + (now - seen) * self.per_second)
            if left >= 1:
                self._keep(address, left - 1, now)
                return 0.0
            self._keep(address, left, now)
            return (1 - left) / self.per_second

    def used_up(self, address: str) -> bool:
        """Whether the next request of this address would have to wait; counts nothing."""
        with self._lock:
            left, seen = self._left.get(address, (self.burst, self.clock()))
            return min(self.burst, left + (self.clock() - seen) * self.per_second) < 1

    def _keep(self, address: str, left: float, now: float) -> None:
        if len(self._left) >= _MOST_ADDRESSES and address not in self._left:
            # Those that have waited longest are as good as new.
            self._left.pop(min(self._left, key=lambda known: self._left[known][1]))
        self._left[address] = (left, now)
