"""Channels: points at equal steps, and where one is on them."""

from __future__ import annotations

import math

import numpy as np
import pytest

from game.geography.channel import Channel, bezier, channel_through, normals, resampled


def bend() -> Channel:
    """A curve from (0, 0) that leaves to the right and arrives downwards at (100, 100)."""
    p = [np.array(p, dtype=float) for p in ((0, 0), (60, 0), (100, 40), (100, 100))]
    return channel_through(bezier(*p, 200))


def test_points_lie_at_equal_steps() -> None:
    """The steps of a channel differ by less than one part in a hundred and are about five units long."""
    steps = np.hypot(*np.diff(bend().points, axis=0).T)
    assert steps.max() / steps.min() < 1.01
    assert 4 < steps.mean() <= 5.01
    assert steps.sum() == pytest.approx(bend().length)


def test_a_boat_starts_at_the_beginning_and_ends_at_the_end() -> None:
    """Fractions 0 and 1 are the ends, fractions beyond them are held there."""
    channel = bend()
    assert channel.at(0) == channel.at(-1) == (0, 0)
    assert channel.at(1) == channel.at(7) == pytest.approx((100, 100))
    assert math.dist(channel.at(0.5), channel.at(0.25)) < channel.length * 0.25 + 1e-9


def test_heading_and_right_hand_side() -> None:
    """Leaving rightwards the right hand points down; arriving downwards it points left."""
    channel = bend()
    assert channel.heading(0) == pytest.approx(0, abs=0.05)
    assert channel.heading(1) == pytest.approx(math.pi / 2, abs=0.05)
    assert channel.normal(0) == pytest.approx((0, 1), abs=0.05)
    assert channel.normal(1) == pytest.approx((-1, 0), abs=0.05)


def test_headings_turn_smoothly() -> None:
    """Between neighbouring hundredths of the way the heading turns by less than five degrees."""
    turns = np.diff([bend().heading(k / 100) for k in range(101)])
    assert np.abs(turns).max() < math.radians(5)


def test_resampling_keeps_the_ends() -> None:
    """A polyline resampled keeps its first and last point, and normals are unit vectors across it."""
    line = resampled(np.array([[0.0, 0.0], [3.0, 0.0], [10.0, 0.0]]), 6)
    assert line[:, 0] == pytest.approx([0, 2, 4, 6, 8, 10])
    assert normals(line) == pytest.approx(np.tile([0, 1], (6, 1)))


def test_a_channel_cannot_be_changed() -> None:
    """The points of a channel are read-only, because everybody shares them."""
    with pytest.raises(ValueError, match="read-only"):
        bend().points[0] = 1
