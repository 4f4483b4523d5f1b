"""Water: the pattern of a channel, bed, banks and all, as a texture that is slid along it.

Rows of a pattern run along the channel, columns across it from the left bank to the right.  Wetness decides how wide
the water lies, what moves on it and how fast; it is never told by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.tint import packed
from game.app.draw.water_scale import water_colour, water_width
from game.geography.spacing import BANK_WIDTH, CHANNEL_WIDTH

Floats = NDArray[np.float64]

PERIOD = 216.0
"""The length after which a pattern repeats, in world units; all spacings divide it."""

REACH = BANK_WIDTH / 2 + 0.5
"""How far a pattern reaches from the middle of its channel, in world units."""

_HALF = CHANNEL_WIDTH / 2


@dataclass(frozen=True)
class Look:
    """What a channel looks like: its wetness, whether it never changes, how far it is faded (0 to 1)."""

    wetness: float
    constant: bool = False
    veil: float = 0.0


@lru_cache(maxsize=160)
def pattern(palette: Palette, look: Look, columns: int, samples: float) -> NDArray[np.uint32]:
    """One period of a look's pattern with ``samples`` rows a world unit; shape (round(PERIOD * samples), columns)."""
    rows = round(PERIOD * samples)
    s = ((np.arange(rows) + 0.5) / rows * PERIOD)[:, None]
    v = ((np.arange(columns) + 0.5) / columns * 2 * REACH - REACH)[None, :]
    soft = 1.0 / samples
    canvas = _Canvas(np.zeros((rows, columns, 3)), s, v, soft)
    _lay_bed(canvas, palette, look)
    dry = canvas.colour.copy()
    wet = float(np.clip(look.wetness, 0.0, 1.0))
    if wet < 0.16:
        _lay_dashes(canvas, palette, 1.0 - wet / 0.16)
    if wet > 0.02:
        _lay_water(canvas, palette, wet, look.constant)
    if look.veil > 0:
        canvas.colour = canvas.colour * (1 - look.veil) + (0.6 * dry + 0.4 * np.array(palette.land[0])) * look.veil
    return packed(canvas.colour)


@dataclass
class _Canvas:
    """A pattern being painted: ``colour`` (rows, columns, 3), positions along and across, and one sample's size."""

    colour: Floats
    s: Floats
    v: Floats
    soft: float

    def paint(self, colour: Colour, cover: Floats | float) -> None:
        """Lay ``colour`` over the canvas where ``cover`` (0 to 1) says."""
        cover = np.clip(cover, 0.0, 1.0) * np.ones(self.colour.shape[:2])
        self.colour += (np.array(colour, dtype=np.float64) - self.colour) * cover[..., None]

    def band(self, middle: Floats | float, half: Floats | float) -> Floats:
        """Cover of a band along the channel: everything within ``half`` of ``middle``, its edge one sample soft."""
        return np.clip((half - np.abs(self.v - middle)) / (2 * self.soft) + 0.5, 0.0, 1.0) * np.ones_like(self.s)

    def waves(self, seed: int, amount: float) -> Floats:
        """A smooth wandering along the channel that repeats with the period; shape (rows, 1)."""
        chance = np.random.default_rng(seed)
        total = np.zeros_like(self.s)
        for turns in (2, 3, 5, 8):
            total += np.sin(2 * np.pi * (self.s / PERIOD * turns + chance.random())) / turns**0.5
        return amount * total / 1.7

    def along(self, at: float, length: float) -> Floats:
        """Position -1 to 1 within a stroke of ``length`` that begins at ``at``, wrapping round; beyond 1 outside it."""
        offset = (self.s - at) % PERIOD
        return np.asarray(np.where(offset <= length, offset / length * 2 - 1, 9.0), dtype=np.float64)


def _lay_bed(canvas: _Canvas, palette: Palette, look: Look) -> None:
    """Land at the rim, a line of light, the bank in shadow, and the sandy bed with its pebbles."""
    away = np.abs(canvas.v)
    canvas.paint(palette.land[0], 1.0)
    lit = palette.shine if palette.night < 0.5 else palette.land[3]
    rim = mix(palette.land[0], lit, 0.52)
    canvas.paint(rim, canvas.band(0.0, 12.0))
    canvas.paint(mix(palette.bank, palette.shadow, 0.12), canvas.band(0.0, 10.7))
    inner = np.clip((9.8 - away) / 3.4, 0.0, 1.0) * np.ones_like(canvas.s)
    canvas.paint(palette.bed, inner)
    chance = np.random.default_rng(7)
    stones = 70 if look.wetness < 0.5 else 30
    for _ in range(stones):
        at, across, size = chance.random() * PERIOD, (chance.random() * 2 - 1) * 7.6, 0.35 + 0.55 * chance.random()
        cover = np.clip((size - np.hypot((canvas.s - at), canvas.v - across)) / canvas.soft + 0.5, 0.0, 1.0)
        canvas.paint(mix(palette.bed, palette.bank, 0.75), cover * (0.45 + 0.4 * chance.random()))
    if look.constant:
        for at in np.arange(13.5, PERIOD, 27.0):
            for side in (-9.6, 9.6):
                stake = np.clip((1.5 - np.hypot(canvas.s - at, canvas.v - side)) / canvas.soft + 0.5, 0.0, 1.0)
                canvas.paint(mix(palette.bank, palette.rim, 0.75), stake)


def _lay_dashes(canvas: _Canvas, palette: Palette, strength: float) -> None:
    """The dry bed's broken middle line and its larger pebbles."""
    dark = mix(palette.bank, palette.rim if palette.night < 0.5 else palette.soft_ink, 0.42)
    for at in np.arange(0.0, PERIOD, 24.0):
        u = canvas.along(at, 12.0)
        canvas.paint(dark, canvas.band(0.0, np.where(np.abs(u) <= 1, 0.75, -9.0)) * strength * 0.9)
    chance = np.random.default_rng(3)
    for _ in range(26):
        at, across = chance.random() * PERIOD, (2.6 + chance.random() * 4.2) * chance.choice((-1, 1))
        size = 0.7 + 0.6 * chance.random()
        cover = np.clip((size - np.hypot((canvas.s - at) * 0.8, canvas.v - across)) / canvas.soft + 0.5, 0.0, 1.0)
        canvas.paint(mix(palette.bank, palette.shine, 0.35), cover * 0.8 * strength)
        under = np.hypot((canvas.s - at - 0.4) * 0.8, canvas.v - across - 0.5)
        lower = np.clip((size - under) / canvas.soft + 0.5, 0.0, 1.0) * (1 - cover)
        canvas.paint(mix(palette.bank, palette.rim, 0.3), lower * 0.55 * strength)


def _lay_water(canvas: _Canvas, palette: Palette, wet: float, constant: bool) -> None:
    colour = water_colour(palette, wet)
    half = water_width(wet) * _HALF + canvas.waves(11, 0.0 if constant else 0.32)
    canvas.paint(mix(palette.bed, palette.bank, 0.55), canvas.band(0.0, half + 1.6) * 0.75)
    canvas.paint(mix(colour, palette.rim if palette.night < 0.5 else palette.bank, 0.2), canvas.band(0.0, half))
    canvas.paint(colour, canvas.band(0.0, half - 0.9))
    if not constant:
        _lay_chevrons(canvas, palette, wet, half)
    _lay_streaks(canvas, palette, wet, constant)
    surge = float(np.clip((wet - 0.74) / 0.26, 0.0, 1.0))
    if surge > 0 and not constant:
        for side, seed in ((-1, 21), (1, 22)):
            edge = side * (half + 0.25 + canvas.waves(seed, 0.35))
            thick = 0.62 + 0.25 * canvas.waves(seed + 2, 1.0)
            canvas.paint(palette.foam, canvas.band(edge, thick) * (0.35 + 0.65 * surge))


def _lay_chevrons(canvas: _Canvas, palette: Palette, wet: float, half: Floats) -> None:
    """Arrow strokes pointing downstream: none on a trickle, sparse on a flow, dense on a surge."""
    if wet < 0.5:
        return
    spacing = 27.0 if wet > 0.9 else 36.0 if wet > 0.78 else 72.0
    surge = float(np.clip((wet - 0.67) * 3, 0.0, 1.0))
    crest = mix(mix(palette.flow, palette.trickle if palette.night < 0.5 else palette.foam, 0.8), palette.crest, surge)
    away = np.abs(canvas.v)
    thick = 5.2 + 4.6 * surge
    for k, at in enumerate(np.arange(0.0, PERIOD, spacing)):
        lean = 0.92 + 0.12 * ((k * 0.618) % 1.0)
        behind = (at + 14.0 - lean * away * 1.25 - canvas.s) % PERIOD
        body = np.minimum(behind, thick * (1 - 0.045 * away) - behind)
        cover = np.clip(body / (2 * canvas.soft) + 0.5, 0.0, 1.0) * canvas.band(0.0, half - 0.9)
        notch = 0.86 + 0.14 * np.sin(canvas.v * 2.1 + k * 1.7)
        canvas.paint(crest, cover * notch * (0.78 + 0.14 * surge))


def _lay_streaks(canvas: _Canvas, palette: Palette, wet: float, constant: bool) -> None:
    """Thin strokes of light along the current, longer and more of them the more water there is."""
    chance = np.random.default_rng(5)
    width = water_width(wet) * _HALF
    count = 12 if wet < 0.5 else 14 if wet < 0.78 else 34
    longest = 16.0 + 34.0 * wet
    colour = mix(water_colour(palette, wet), palette.foam, 0.78)
    for _ in range(count):
        at, length = chance.random() * PERIOD, longest * (0.45 + 0.55 * chance.random())
        across = (chance.random() * 2 - 1) * max(0.3, width - 1.6)
        strength = (0.34 if wet > 0.5 else 0.6) + 0.3 * chance.random()
        u = canvas.along(at, length)
        taper = np.where(np.abs(u) <= 1, 0.62 * np.sqrt(np.maximum(0.0, 1 - u**2)), -9.0)
        canvas.paint(colour, canvas.band(across + (0.0 if constant else 0.35 * np.sin(canvas.s / 9)), taper) * strength)
