"""Parcels: what goes through a pipe arrives as it was, with its large arrays in memory of their own."""

from __future__ import annotations

import threading
from multiprocessing import Pipe

import numpy as np
import pytest

from game.app.parcels import receive, send


def test_arrays_large_and_small_arrive_as_they_were() -> None:
    """Large arrays, whatever their order and kind, small ones and the rest arrive equal, and can be written to."""
    chance = np.random.default_rng(3)
    sent = {
        "large": chance.integers(0, 2**32, (700, 900), dtype=np.uint32),
        "columns": np.asfortranarray(chance.random((500, 600))),
        "strided": chance.random((1000, 900))[::2, ::3],
        "small": np.arange(5.0),
        "none": np.empty((0, 4)),
        "rest": ("words", 3, None),
    }
    ours, theirs = Pipe()
    sender = threading.Thread(target=send, args=(theirs, sent))
    sender.start()
    got = receive(ours)
    sender.join()
    assert got["rest"] == sent["rest"]
    for name in ("large", "columns", "strided", "small", "none"):
        assert got[name].dtype == sent[name].dtype
        np.testing.assert_array_equal(got[name], sent[name])
    got["large"][0, 0] = 7
    assert got["large"][0, 0] == 7


def test_what_cannot_be_pickled_leaves_the_pipe_clean() -> None:
    """After a failed sending the next parcel arrives as if nothing had been."""
    ours, theirs = Pipe()
    with pytest.raises(Exception, match="pickle"):
        send(theirs, (np.zeros(300_000), lambda: None))
    send(theirs, "next")
    assert receive(ours) == "next"
