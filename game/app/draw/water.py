"""Water: the pattern of a channel, bed, banks and all, as a texture that is slid along it.

Rows of a pattern run along the channel, columns across it from the left bank to the right.  Wetness decides how wide
the water lies, what moves on it and how fast; it is never told by colour alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.app.draw.palette import Palette, mix
from game.app.draw.stroke_canvas import PERIOD, REACH, Canvas, Floats
from game.app.draw.tint import packed
from game.app.draw.water_scale import water_colour, water_width
from game.geography.spacing import CHANNEL_WIDTH
from game.model import Level

__all__ = ["PERIOD", "REACH", "Look", "looks_of", "pattern"]

_HALF = CHANNEL_WIDTH / 2
_DASH, _EVERY = 12.0, 24.0

STAKES_EVERY, STAKES_AT = 27.0, 9.6
"""How far apart stakes are along a channel that is kept the same, and how far from its middle, in world units."""


@dataclass(frozen=True)
class Look:
    """What a channel looks like: its wetness (0 to 1), and whether it is a channel whose water never changes."""

    wetness: float
    constant: bool = False


def looks_of(level: Level) -> tuple[Look, ...]:
    """Every look that the water of a level can have, in a fixed order."""
    looks = {Look(0.0)}
    for current in level.currents:
        looks |= {Look(round(current.wetness(state), 3)) for state in range(current.size)}
    if any(lane.current is None for lane in level.lanes):
        looks |= {Look(0.5, True), Look(0.0, True)}
    return tuple(sorted(looks, key=lambda look: (look.constant, look.wetness)))


_PATTERNS: OrderedDict[tuple[Palette, Look, int, float, bool], NDArray[np.uint32]] = OrderedDict()
_MOST_PATTERNS = 160


def pattern(
    palette: Palette, look: Look, columns: int, samples: float, stakes: bool = True
) -> NDArray[np.uint32]:  # fmt: skip
    """One period of a look's pattern with ``samples`` rows a world unit; shape (round(PERIOD * samples), columns).

    Without ``stakes`` a channel that is kept the same has none; where the land is seen aslant they stand up from it.
    """
    for _ in pattern_steps(palette, look, columns, samples, stakes):
        pass
    _PATTERNS.move_to_end((palette, look, columns, samples, stakes))
    return _PATTERNS[palette, look, columns, samples, stakes]


def pattern_steps(
    palette: Palette, look: Look, columns: int, samples: float, stakes: bool = True
) -> Iterator[None]:  # fmt: skip
    """Make a pattern that has not been made yet, a layer at every step."""
    if (palette, look, columns, samples, stakes) in _PATTERNS:
        return
    canvas = Canvas(columns, samples)
    wet = float(np.clip(look.wetness, 0.0, 1.0))
    _lay_bed(canvas, palette, stones=64 if wet < 0.5 else 26)
    yield
    if look.constant and stakes:
        _lay_stakes(canvas, palette)
    if wet < 0.16:
        _lay_dashes(canvas, palette, 1.0 - wet / 0.16)
    if wet > 0.02:
        half = _lay_water(canvas, palette, wet, look.constant)
        yield
        _lay_streaks(canvas, palette, wet, look.constant)
        yield
        if not look.constant:
            _lay_chevrons(canvas, palette, wet, half)
            _lay_foam(canvas, palette, wet, half)
    _PATTERNS[palette, look, columns, samples, stakes] = packed(canvas.colour)
    while len(_PATTERNS) > _MOST_PATTERNS:
        _PATTERNS.popitem(last=False)


def _lay_bed(canvas: Canvas, palette: Palette, stones: int) -> None:
    """Land at the rim, a line of light, the bank in shadow, and the sandy bed with its grains."""
    away = np.abs(canvas.v)
    canvas.paint(palette.land[0], 1.0)
    lit = palette.shine if palette.night < 0.5 else palette.land[3]
    canvas.paint(mix(palette.land[0], lit, 0.52), canvas.band(0.0, 12.0))
    canvas.paint(mix(palette.bank, palette.shadow, 0.12), canvas.band(0.0, 10.7))
    canvas.paint(palette.bed, np.clip((9.8 - away) / 3.4, 0.0, 1.0) * np.ones_like(canvas.s))
    chance = np.random.default_rng(7)
    for _ in range(stones):
        at, across = chance.random() * PERIOD, (chance.random() * 2 - 1) * 7.6
        size, strength = 0.35 + 0.55 * chance.random(), 0.45 + 0.4 * chance.random()
        canvas.dot(mix(palette.bed, palette.bank, 0.75), at, across, size, strength)


def _lay_stakes(canvas: Canvas, palette: Palette) -> None:
    """Pairs of stakes along the banks of a channel that is kept the same every year."""
    post = mix(palette.bank, palette.soft_ink, 0.7) if palette.night >= 0.5 else mix(palette.bank, palette.rim, 0.75)
    for at in np.arange(STAKES_EVERY / 2, PERIOD, STAKES_EVERY):
        for side in (-STAKES_AT, STAKES_AT):
            canvas.dot(post, at, side, 1.5, 1.0)


def _lay_dashes(canvas: Canvas, palette: Palette, strength: float) -> None:
    """The dry bed's broken middle line and its pebbles, each with a little shade on its lower side."""
    night = palette.night >= 0.5
    dark = mix(palette.bank, palette.soft_ink, 0.8) if night else mix(palette.bank, palette.rim, 0.5)
    pale = mix(palette.bed, palette.soft_ink, 0.5) if night else mix(palette.bank, palette.shine, 0.42)
    for at in np.arange(0.0, PERIOD, _EVERY):
        canvas.stroke(dark, at, _DASH, 0.0, 0.8, strength, taper=False)
    chance = np.random.default_rng(3)
    for _ in range(30):
        at, across = chance.random() * PERIOD, (2.6 + chance.random() * 4.2) * chance.choice((-1, 1))
        size = 0.75 + 0.65 * chance.random()
        canvas.dot(mix(palette.bank, palette.rim, 0.35), at + 0.4, across + 0.5, size, 0.6 * strength)
        canvas.dot(pale, at, across, size, 0.9 * strength)


def _lay_water(canvas: Canvas, palette: Palette, wet: float, constant: bool) -> Floats:
    """The body of water and its wet edge; returns its half width along the channel, shape (rows, 1)."""
    colour = water_colour(palette, wet)
    half = water_width(wet) * _HALF + canvas.waves(11, 0.0 if constant else 0.32)
    canvas.paint(mix(palette.bed, palette.bank, 0.55), canvas.band(0.0, half + 1.6) * 0.75)
    canvas.paint(mix(colour, palette.rim if palette.night < 0.5 else palette.bank, 0.22), canvas.band(0.0, half))
    canvas.paint(colour, canvas.band(0.0, half - 0.9))
    return half


def _lay_chevrons(canvas: Canvas, palette: Palette, wet: float, half: Floats) -> None:
    """Arrowheads pointing downstream: none on a trickle, sparse on a flow, dense on a surge."""
    if wet < 0.5:
        return
    surge = float(np.clip((wet - 0.68) / 0.3, 0.0, 1.0))
    spacing = 21.6 if wet > 0.9 else 27.0 if wet > 0.78 else 54.0
    calm = mix(palette.trickle, palette.foam, 0.18) if palette.night < 0.5 else mix(palette.flow, palette.foam, 0.55)
    crest = mix(calm, palette.crest, surge)
    long = 7.5 + 0.5 * surge
    for k, at in enumerate(np.arange(0.0, PERIOD, spacing)):
        rows, s = canvas.rows(at - 16.0, 30.0)
        away = np.abs(canvas.v)
        front = 7.0 - (1.22 - 0.22 * surge + 0.1 * ((k * 0.618) % 1.0)) * away
        back = front - long + (0.55 - 0.2 * surge) * away
        inside = np.minimum(front - (s - at), (s - at) - back)
        cover = np.clip(inside / (2 * canvas.soft) + 0.5, 0.0, 1.0)
        cover = cover * np.clip((half[rows] - 0.8 - away) / (2 * canvas.soft) + 0.5, 0.0, 1.0)
        grain = 0.88 + 0.12 * np.sin(canvas.v * 2.3 + k * 1.7)
        canvas.paint(crest, cover * grain * (0.72 + 0.2 * surge), rows)


def _lay_streaks(canvas: Canvas, palette: Palette, wet: float, constant: bool) -> None:
    """Thin strokes of light along the current, longer and more of them the more water there is."""
    chance = np.random.default_rng(5)
    width = water_width(wet) * _HALF
    count = 11 if wet < 0.5 else 14 if wet < 0.78 else 30
    longest = 16.0 + 34.0 * wet
    colour = mix(water_colour(palette, wet), palette.foam, 0.74)
    for _ in range(count):
        at, length = chance.random() * PERIOD, longest * (0.45 + 0.55 * chance.random())
        across = (chance.random() * 2 - 1) * max(0.25, width - 1.7)
        strength = (0.3 if wet > 0.5 else 0.55) + 0.3 * chance.random()
        canvas.stroke(colour, at, length, across, 0.62, strength, bend=0.0 if constant else 0.35)


def _lay_foam(canvas: Canvas, palette: Palette, wet: float, half: Floats) -> None:
    """The white edge of a surge."""
    surge = float(np.clip((wet - 0.74) / 0.26, 0.0, 1.0))
    if surge <= 0:
        return
    for side, seed in ((-1, 21), (1, 22)):
        edge = side * (half + 0.25 + canvas.waves(seed, 0.6))
        thick = 1.05 + 0.5 * canvas.waves(seed + 2, 1.0)
        canvas.paint(palette.foam, canvas.band(edge, thick) * (0.35 + 0.65 * surge))
    # flecks that have come off the edge and are drawn out by the current
    chance = np.random.default_rng(29)
    for _ in range(round(44 * surge)):
        at, side, long = chance.random() * PERIOD, chance.choice((-1, 1)), 1.6 + 4.0 * chance.random() ** 2
        inwards = 1.5 + 2.4 * chance.random() ** 2
        canvas.stroke(palette.foam, at, long, side * (_HALF - inwards), 0.4, 0.6 + 0.3 * chance.random())
