"""Parcels: what goes through a pipe between the game and its workers, with large arrays beside the rest.

What is pickled as one piece is in memory several times while it arrives, and its arrays then lie in the small pages of
whatever brought them.  So large arrays are sent after the rest, as they are (pickle's "out-of-band data", PEP 574), and
are received in memory of their own, which numpy asks to lie in large pages: looking colours up there is a third faster.
"""

from __future__ import annotations

import pickle
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

_LARGE = 2**20
"""Bytes from which an array goes beside the rest."""


def send(pipe: Connection, what: Any) -> None:
    """Sends something.  Raises what pickle raises, before anything is sent, and OSError where nobody listens."""
    beside: list[memoryview] = []

    def goes_in(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes >= _LARGE:
            beside.append(raw)
            return False
        return True

    body = pickle.dumps(what, protocol=5, buffer_callback=goes_in)
    pipe.send((body, [raw.nbytes for raw in beside]))
    for raw in beside:
        pipe.send_bytes(raw)


def receive(pipe: Connection) -> Any:
    """What is sent next.  Raises EOFError or OSError where nobody sends, and what unpickling raises."""
    body, sizes = pipe.recv()
    buffers = []
    for size in sizes:
        buffers.append(np.empty(size, dtype=np.uint8))
        pipe.recv_bytes_into(buffers[-1])
    return pickle.loads(body, buffers=buffers)
