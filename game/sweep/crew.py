"""Crews: who solves the levels of a sweep, here in processes of their own or on a cluster that is there already.

Both yield each recipe with its figures as they come, in any order.  What a level's figures are does not depend on who
works them out: see `game.sweep.trial`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING

from game.generator import Recipe
from game.sweep.trial import Figures, program_digest, solved
from game.words import say

if TYPE_CHECKING:
    from distributed import Client, Future

_PATIENCE = 10.0
_ASKED_AT_ONCE = 2000
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

Answers = Generator[tuple[Recipe, Figures], None, None]


class WorkerLost(Exception):
    """A process that solved levels ended without an answer, for want of memory perhaps."""


class ClusterFault(Exception):
    """A cluster that cannot be used; as text it is a plain sentence."""


def by_processes(recipes: Sequence[Recipe], jobs: int) -> Answers:
    """Solves with ``jobs`` processes, started afresh on every system; they end when the iterator is closed.

    If this process is killed they end as well.  Raises WorkerLost, and whatever solving raises.
    """
    waiting = iter(recipes)
    workers: list[_Worker] = []
    try:
        for recipe in recipes[:jobs]:
            next(waiting)
            workers.append(_Worker())
            workers[-1].take(recipe)
        busy = {worker.pipe: worker for worker in workers}
        while busy:
            for pipe in wait(list(busy)):
                worker = busy.pop(pipe)  # type: ignore[call-overload]
                answer = worker.answer()
                upcoming = next(waiting, None)
                if upcoming is not None:
                    worker.take(upcoming)
                    busy[worker.pipe] = worker
                yield answer
    finally:
        for worker in workers:
            worker.end()


class _Worker:
    """A process that solves one recipe after the other."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._recipe: Recipe | None = None
        with _one_thread(), _deaf_to_interrupts():
            self._process.start()
        # With its only other end in the process, the pipe breaks when the process ends; and the other way round.
        theirs.close()

    def take(self, recipe: Recipe) -> None:
        """Begins with a recipe."""
        self._recipe = recipe
        with contextlib.suppress(OSError):
            self.pipe.send(recipe)

    def answer(self) -> tuple[Recipe, Figures]:
        """The recipe last taken and its figures."""
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError):
            raise WorkerLost from None
        if isinstance(answer, BaseException):
            raise answer
        assert self._recipe is not None
        return self._recipe, answer

    def end(self) -> None:
        """Ends the process, whatever it is doing."""
        self.pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection) -> None:
    """What a worker process does: takes recipes and gives figures, until nobody is left to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(EOFError, OSError):
        while True:
            recipe = pipe.recv()
            try:
                answer: Figures | Exception = solved(recipe)
            except Exception as error:
                answer = error
            pipe.send(answer)


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """While it lasts, processes start with one thread each for their arithmetic: there is a process for every core."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """While it lasts, processes start deaf to Ctrl+C, which is for the process that asks; that one ends its workers.

    Deaf from their first moment: one that is still loading its modules would complain at length.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def by_cluster(recipes: Sequence[Recipe], address: str) -> Answers:
    """Solves on the dask.distributed cluster whose scheduler is at ``address``.

    Its workers must have this very program.  Raises ClusterFault.
    """
    try:
        from distributed import Client, KilledWorker, as_completed
    except ImportError as error:
        raise ClusterFault(say("sweep.dask.missing", reason=error)) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, ImportError) as error:
        raise ClusterFault(say("sweep.dask.no_cluster", address=address, reason=error)) from None
    with client:
        _require_this_program(client, address)

        def ask(recipe: Recipe) -> Future:
            # Impure: the cluster may remember answers of another version of the program.
            future = client.submit(_solved_there, recipe, pure=False)
            asked[future] = recipe
            return future

        waiting = iter(recipes)
        asked: dict[Future, Recipe] = {}
        answers = as_completed([ask(recipe) for recipe in islice(waiting, _ASKED_AT_ONCE)], loop=client.loop)
        try:
            for future in answers:
                program, figures = future.result()
                if program != program_digest():
                    raise ClusterFault(say("sweep.dask.other_program", address=address))
                answers.update([ask(recipe) for recipe in islice(waiting, 1)])
                yield asked.pop(future), figures
        except (OSError, CancelledError, KilledWorker) as error:
            raise ClusterFault(say("sweep.dask.lost", address=address, reason=error)) from error
        finally:
            client.cancel(list(asked))


def _solved_there(recipe: Recipe) -> tuple[str, Figures]:
    """The digest of the program that a worker of the cluster has, and the figures of a recipe by it."""
    return program_digest(), solved(recipe)


def _require_this_program(client: Client, address: str) -> None:
    """Raises ClusterFault unless there are workers, and all of them have this very program."""
    try:
        programs = client.run(program_digest)
    except Exception as error:
        # Whatever a worker without the program says of that.
        raise ClusterFault(say("sweep.dask.no_program", address=address, reason=error)) from None
    if not programs:
        raise ClusterFault(say("sweep.dask.no_workers", address=address))
    if set(programs.values()) != {program_digest()}:
        raise ClusterFault(say("sweep.dask.other_program", address=address))
