"""Background work: functions called in other processes, so that the window never waits.

``Jobs.submit(fn, *args, key=…)`` gives a :class:`Job` at once.  The function runs in a worker process (started by
spawn, so it and its arguments must pickle), may report progress if it has a parameter ``progress``, and can be
cancelled at any moment by ending its process.  Whatever goes wrong there, an exception, a result that does not pickle,
a killed process, ends as ``job.error`` and nowhere else.

``Jobs(in_process=True)`` calls the function on the spot instead: the same answers in the same order, for tests and the
demo.
"""

from __future__ import annotations

import contextlib
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from game.app.worker import Ended, Worker, called

__all__ = ["Cancelled", "Ended", "Job", "Jobs"]

Result = TypeVar("Result")
_KEPT = 3  # finished jobs of a kind that are remembered; a baked world or a solution can take 100 MB


class Cancelled(RuntimeError):
    """The job was cancelled."""


class Job(Generic[Result]):
    """One piece of work.  Read its fields whenever you like; they only ever move forward.

    ``done`` is true once there is a ``result`` or an ``error`` (an exception; :class:`Ended` for a process that died,
    :class:`Cancelled` after ``cancel``).  ``stage`` and ``fraction`` are what the function last reported.
    """

    def __init__(
        self,
        fn: Callable[..., Result],
        args: tuple[Any, ...],
        key: Hashable,
        known: Callable[..., Result | None] | None = None,
    ) -> None:
        self.fn, self.args, self.key, self.known = fn, args, key, known
        self.stage = ""
        self.fraction = 0.0
        self.result: Result | None = None
        self.error: BaseException | None = None
        self.done = False
        self._cancel: Callable[[], None] | None = None
        self._finish = threading.Lock()

    @property
    def ok(self) -> bool:
        """Whether the work is done and gave a result."""
        return self.done and self.error is None

    def cancel(self) -> None:
        """Stops the work, wherever it is; afterwards ``done`` is true.  Does nothing to finished work."""
        self._end(error=Cancelled())
        if self._cancel is not None:
            self._cancel()

    def _end(self, result: Result | None = None, error: BaseException | None = None) -> None:
        with self._finish:
            if not self.done:
                self.result, self.error = result, error
                self.fraction = 1.0 if error is None else self.fraction
                self.done = True

    def _report(self, stage: str, fraction: float) -> None:
        if not self.done:
            self.stage, self.fraction = stage, min(1.0, max(0.0, float(fraction)))


class Jobs:
    """The queue of background work, at most ``workers`` pieces at once, first come first served."""

    def __init__(self, *, in_process: bool = False, workers: int = 2) -> None:
        self.in_process = in_process
        self._limit = workers
        self._waiting: deque[Job[Any]] = deque()
        self._idle: list[Worker] = []
        self._busy: dict[Job[Any], Worker | None] = {}
        self._by_key: OrderedDict[Hashable, Job[Any]] = OrderedDict()
        self._lock = threading.RLock()
        self._closed = False

    def submit(
        self,
        fn: Callable[..., Result],
        *args: Any,
        key: Hashable = None,
        urgent: bool = False,
        known: Callable[..., Result | None] | None = None,
    ) -> Job[Result]:
        """The job of calling ``fn(*args)``, with ``progress=`` if ``fn`` has such a parameter.

        Where ``known(*args)`` is given and is not None, that is the result.  It is asked in a thread of this process,
        so it must be quick: a file read takes less time than the start of a process and the way through its pipe.

        With a ``key``, work that was asked for before and has not failed is not done again, as long as it is
        remembered: of each kind (the first part of a tuple) the last few are.  ``urgent`` work goes to the front of the
        queue and does not wait for a free place.
        """
        with self._lock:
            before = self._by_key.get(key) if key is not None else None
            if before is not None and not (before.done and before.error is not None):
                self._by_key.move_to_end(key)
                if urgent and before in self._waiting:
                    self._waiting.remove(before)
                    self._waiting.appendleft(before)
                    self._start_waiting(extra=1)
                return before
            job = Job(fn, args, key, known)
            if key is not None:
                self._remember(job)
            if self.in_process:
                _call_here(job)
            elif self._closed:
                job.cancel()
            else:
                job._cancel = lambda: self._drop(job)
                self._waiting.appendleft(job) if urgent else self._waiting.append(job)
                self._start_waiting(extra=1 if urgent else 0)
        return job

    @property
    def running(self) -> int:
        """How many pieces of work are waiting or being worked on."""
        with self._lock:
            return len(self._waiting) + len(self._busy)

    def close(self) -> None:
        """Cancels everything and ends all worker processes."""
        with self._lock:
            self._closed = True
            for job in [*self._waiting, *self._busy]:
                job.cancel()
            while self._idle:
                self._idle.pop().kill()

    def _remember(self, job: Job[Any]) -> None:
        self._by_key[job.key] = job
        kind = _kind(job.key)
        finished = [key for key, kept in self._by_key.items() if kept.done and _kind(key) == kind]
        for key in finished[: max(0, len(finished) - _KEPT)]:
            del self._by_key[key]

    def _start_waiting(self, extra: int = 0) -> None:
        while self._waiting and not self._closed and len(self._busy) < self._limit + extra:
            job = self._waiting.popleft()
            if job.done:
                continue
            self._busy[job] = None
            threading.Thread(target=self._follow, args=(job,), daemon=True).start()

    def _follow(self, job: Job[Any]) -> None:
        _look_up(job)
        if job.done:
            with self._lock:
                self._busy.pop(job, None)
                self._start_waiting()
            return
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        reusable = True
        try:
            worker = worker or Worker()  # outside the lock: starting a process takes some milliseconds
            with self._lock:
                self._busy[job] = worker
            if not job.done:
                reusable = worker.do(job.fn, job.args, job._report, job._end)
        except OSError as refused:  # the system has no room for another process
            job._end(error=Ended(str(refused)))
            reusable = False
        with self._lock:
            self._busy.pop(job, None)
            if worker is not None and reusable and not self._closed and not self._idle:
                self._idle.append(worker)
                worker = None
            self._start_waiting()
        if worker is not None:
            worker.kill()

    def _drop(self, job: Job[Any]) -> None:
        with self._lock:
            if job in self._waiting:
                self._waiting.remove(job)
            worker = self._busy.get(job)
        if worker is not None:
            worker.kill()


def _kind(key: Hashable) -> Hashable:
    """What kind of work a key stands for: the first part of a tuple, or nothing in particular."""
    return key[0] if isinstance(key, tuple) and key else None


def _look_up(job: Job[Any]) -> None:
    """Ends a job whose result is known already; whatever goes wrong in that, it is worked out."""
    with contextlib.suppress(Exception):
        result = job.known(*job.args) if job.known is not None else None
        if result is not None:
            job._end(result=result)


def _call_here(job: Job[Any]) -> None:
    try:
        job._end(result=called(job.fn, job.args, job._report))
    except Exception as error:
        job._end(error=error)
