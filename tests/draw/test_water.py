"""Water is told by pattern, width and speed, never by hue alone."""

from __future__ import annotations

import numpy as np
import pygame
import pytest

from game.app.draw import raster
from game.app.draw.palette import DAY, PALETTES
from game.app.draw.swatch import water_swatch
from game.app.draw.water import PERIOD, Look, pattern
from game.app.draw.water_scale import water_speed, water_width

STATES = (0.0, 1 / 3, 2 / 3, 1.0)


def grey(palette: str, look: Look) -> np.ndarray:
    """A pattern as a person without colour sight sees it: luma 0 to 255, shape (rows, columns)."""
    packed = pattern(PALETTES[palette], look, 50, 2.0)
    return 0.299 * (packed >> 16 & 255) + 0.587 * (packed >> 8 & 255) + 0.114 * (packed & 255)


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_neighbouring_states_differ_in_grey(palette: str) -> None:
    """Without colour any two states still differ clearly, in the mean of the bed or in what is drawn on it."""
    for k, one in enumerate(STATES):
        for two in STATES[k + 1 :]:
            a, b = grey(palette, Look(one)), grey(palette, Look(two))
            bed = slice(9, 41)
            assert np.abs(a[:, bed] - b[:, bed]).mean() > 8


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_a_dry_bed_is_dashed(palette: str) -> None:
    """The middle of a dry bed changes between dash and bed nine times in a period; a trickle's hardly changes."""
    middle = grey(palette, Look(0.0))[:, 25]
    dashed = np.abs(middle - np.median(middle)) > 12
    assert (np.diff(dashed.astype(int)) == 1).sum() == round(PERIOD / 24)


def test_width_and_speed_rise_with_wetness() -> None:
    """The four states have the widths 0, 30, 74 and 105 per cent and the speeds 0, 9, 26 and 58."""
    assert [water_width(state) for state in STATES] == pytest.approx([0, 0.30, 0.74, 1.05])
    assert [water_speed(state) for state in STATES] == pytest.approx([0, 9, 26, 58])
    many = np.linspace(0, 1, 40)
    assert (np.diff([water_width(state) for state in many]) > 0).all()


def test_patterns_join_their_ends() -> None:
    """A pattern repeats without a seam: its last row is as like its first as neighbours are elsewhere."""
    for state in STATES:
        rows = grey("day", Look(state))
        steps = np.abs(np.diff(rows, axis=0)).mean(axis=1)
        assert np.abs(rows[0] - rows[-1]).mean() <= max(4.0, 1.5 * steps.max())


def test_a_channel_that_never_changes_has_stakes() -> None:
    """The banks of a constant channel carry marks that those of a changing one do not."""
    changing, constant = grey("day", Look(0.5)), grey("day", Look(0.5, True))
    assert np.abs(changing[:, 3:8] - constant[:, 3:8]).max() > 40


def test_swatches_flow() -> None:
    """A swatch is of the size asked for, clear in its corners, moves when wet and rests when dry."""
    pygame.font.init()
    size = (84, 20)
    for state, moves in ((0.0, False), (1.0, True)):
        one, two = (pygame.surfarray.array3d(water_swatch(DAY, state, size, t)) for t in (0.0, 0.3))
        assert one.shape[:2] == size
        assert (one != two).any() == moves
    assert water_swatch(DAY, 1.0, size).get_at((0, 0)).a == 0


def test_a_boat_drawn_a_few_rows_at_a_time_is_the_boat_drawn_at_once() -> None:
    """Bands of rows, however many and also where they do not divide the height, show just what one drawing shows."""
    from game.app.draw.chase_boats import _ghost, _master_shapes
    from game.app.draw.shapes import smooth, smooth_steps

    colours = _ghost(PALETTES["day"])
    shapes = _master_shapes(colours, 3)
    whole = smooth((252, 228), colours[1], shapes)
    for rows in (38, 50):
        banded = pygame.Surface((252, 228), pygame.SRCALPHA)
        steps = len(list(smooth_steps(banded, colours[1], shapes, rows)))
        assert steps == -(-228 // rows)
        assert banded.get_view("2").raw == whole.get_view("2").raw


def test_a_ribbon_is_the_same_however_it_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at all steps of a curve at once, and at one after the other, gives the same pixels in the same places."""
    turns = np.linspace(0.0, 1.5 * np.pi, 60)
    course = np.column_stack([60.0 * np.sin(turns), 90.0 * np.sin(2 * turns) + 10.0 * turns])
    found = []
    for crowded in (0, 10**9):
        monkeypatch.setattr(raster, "_CROWDED", crowded)
        found.append(raster.ribbon(course, 1.3, (-85.0, -100.0), (260, 200), 15.0))
    one, other = found
    flat = [ribbon.rows * 200 + ribbon.columns for ribbon in found]
    both, here, there = np.intersect1d(*flat, return_indices=True)
    assert len(both) > 10_000
    assert len(flat[0]) + len(flat[1]) - 2 * len(both) <= 4
    assert np.abs(np.abs(one.across[here]) - np.abs(other.across[there])).max() < 1e-3
    assert (np.abs(one.along[here] - other.along[there]) > 0.01).mean() < 0.002
