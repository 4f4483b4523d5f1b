"""Workers: processes that call one function after another for the game, and tell how far they are.

A worker is started by spawn, so what it is given and what it answers must pickle.  It runs at a lower priority than the
window, and ends with it.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import pickle
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from game.app.parcels import receive, send
from game.words import language, speak


class Ended(RuntimeError):
    """The worker process ended before it gave a result."""


class Worker:
    """A process that works on one job after another."""

    def __init__(self) -> None:
        context = get_context("spawn")
        self._pipe: Connection
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()

    def do(
        self,
        fn: Callable[..., Any],
        args: tuple[Any, ...],
        report: Callable[[str, float], None],
        end: Callable[[Any, BaseException | None], None],
    ) -> bool:
        """Has ``fn(*args)`` called, in the caller's thread, until ``end(result, error)`` has been told how it went.

        ``report(stage, fraction)`` hears how far it is.  False if the process is of no more use.
        """
        try:
            send(self._pipe, (language(), fn, args))
        except (OSError, ValueError) as lost:
            end(None, Ended(str(lost)))
            return False
        except Exception as unpicklable:  # whatever a foreign __reduce__ raises; the pipe is still clean
            end(None, unpicklable)
            return True
        while True:
            try:
                what, *parts = receive(self._pipe)
            except Exception as lost:  # the process died, or sent what cannot be unpickled here
                end(None, Ended(str(lost) or type(lost).__name__))
                return False
            if what == "progress":
                report(*parts)
            elif what == "result":
                end(parts[0], None)
                return True
            else:
                end(None, parts[0])
                return True

    def kill(self) -> None:
        """Ends the process at once.  Harmless to a process that has ended."""
        with contextlib.suppress(OSError, ValueError):
            self._process.kill()
            self._process.join(5)


def _serve(pipe: Connection) -> None:
    """What a worker process does: takes (function, arguments), answers, until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the game, which then ends its workers
    with contextlib.suppress(AttributeError, OSError):
        os.nice(5)
    while True:
        try:
            spoken, fn, args = receive(pipe)
        except (EOFError, OSError):
            return
        except Exception as unreadable:
            send(pipe, ("error", _sendable(unreadable)))
            continue
        try:
            speak(spoken)
            answer = ("result", called(fn, args, lambda stage, fraction: send(pipe, ("progress", stage, fraction))))
        except BaseException as error:
            answer = ("error", _sendable(error))
        try:
            send(pipe, answer)
        except (BrokenPipeError, ConnectionError):
            return
        except Exception as unpicklable:
            send(pipe, ("error", _sendable(unpicklable)))


def called(fn: Callable[..., Any], args: tuple[Any, ...], progress: Callable[[str, float], None]) -> Any:
    """What ``fn(*args)`` returns, called with ``progress=`` if it has such a parameter."""
    if "progress" in inspect.signature(fn).parameters:
        return fn(*args, progress=progress)
    return fn(*args)


def _sendable(error: BaseException) -> BaseException:
    """The error itself where it survives the way through the pipe, else its words."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
