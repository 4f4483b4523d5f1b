"""The backdrop: a sky with a sun and long clouds, a far mountain, and the sea with its glitter."""

from __future__ import annotations

import math

import numpy as np
import pygame

from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.shapes import circle, smooth

_CLOUDS = (
    (0.47, 0.055, 0.186, 0.42), (0.455, 0.075, 0.092, 0.34), (0.77, 0.127, 0.148, 0.5), (0.747, 0.144, 0.085, 0.4),
    (0.14, 0.102, 0.115, 0.3), (0.0, 0.166, 0.1, 0.3), (0.22, 0.04, 0.13, 0.24),
)  # fmt: skip
_PEAK = (0.548, 0.68)
_GLITTER = 230


class Backdrop:
    """The picture behind titles and pages, for one size; ``horizon`` is its height as a part of the picture's."""

    def __init__(self, size: tuple[int, int], palette: Palette, horizon: float = 0.245) -> None:
        self.size = (max(1, int(size[0])), max(1, int(size[1])))
        self.palette = palette
        self._line = round(self.size[1] * horizon)
        self._unit = min(self.size[0] / 1280, self.size[1] / 720)
        self._still = self._painted()
        self._clouds = [self._cloud(wide, alpha) for _, _, wide, alpha in _CLOUDS]
        self._waves = self._glitter()

    def draw(self, surface: pygame.Surface, time: float = 0.0) -> None:
        """Draw the picture as it is at ``time`` seconds; at a fixed time it stands still."""
        surface.blit(self._still, (0, 0))
        width = self.size[0]
        for (x, y, wide, _), cloud in zip(_CLOUDS, self._clouds, strict=True):
            span = width + cloud.get_width()
            left = (x * width + time * 3.0 * self._unit * (0.6 + wide)) % span
            for at in (left, left - span):
                surface.blit(cloud, (round(at), round(y * self._line / 0.245)))
        x, y, length, phase, thick = self._waves[:, :5].T
        dim, bright = self._waves[:, 5:8], self._waves[:, 8:]
        swell = 0.5 + 0.5 * np.sin(time * 1.1 + phase)
        reach = length * (0.55 + 0.45 * swell)
        left = x + 6 * self._unit * np.sin(time * 0.5 + phase * 1.7) + (length - reach) / 2
        strokes = np.column_stack([left, y, np.maximum(1.0, np.rint(reach)), thick])
        colours = dim + (bright - dim) * swell[:, None]
        for colour, rect in zip(np.rint(colours).astype(int).tolist(), np.rint(strokes).tolist(), strict=True):
            surface.fill(colour, rect)

    def _painted(self) -> pygame.Surface:
        width, height = self.size
        p, line = self.palette, max(1, self._line)
        rows = np.arange(height) / line
        sky = _gradient(rows, (0.0, 0.62, 1.0), p.sky)
        deep = mix(p.sea[1], p.surge if p.night < 0.5 else p.paper, 0.55)
        near = mix(p.sky[2], p.sea[0], 0.55)
        rest = (np.arange(height) - line) / max(1, height - line)
        sea = _gradient(rest, (0.0, 0.22, 0.6, 1.0), (near, p.sea[0], p.sea[1], deep))
        colours = np.where((np.arange(height) < line)[:, None], sky, sea)
        picture = pygame.Surface(self.size, depth=32)
        self._light(picture, colours)
        sun = (0.856 * width, 0.62 * line)
        self._stand(picture, _disc(round(33 * self._unit), p.sun), sun)
        self._mountain(picture)
        self._hills(picture)
        return picture

    def _light(self, picture: pygame.Surface, colours: np.ndarray) -> None:
        """Fill the picture with rows of colour, warmed around the sun and darker in the upper left.

        Light and shade are each a product of something across and something down, so that the whole picture is gone
        over few times: it stands between the start of the game and its first frame.
        """
        width, height = self.size
        p = self.palette
        x = (np.arange(width) / width).astype(np.float32)
        y = (np.arange(height) / max(1, self._line)).astype(np.float32)
        sky = int(np.searchsorted(y, 1.0))
        warm = np.empty((height, width), dtype=np.float32)
        np.outer(np.exp(-(((y[:sky] - 0.62) / 0.62) ** 2)) * 0.62, np.exp(-(((x - 0.856) / 0.2) ** 2)), out=warm[:sky])
        glint = np.clip(1.35 - (y[sky:] - 1) / 2.4, 0, 1) * 0.28
        np.outer(glint, np.exp(-(((x - 0.856) / 0.12) ** 2)), out=warm[sky:])
        left = int(np.searchsorted(x, 0.5))
        shade = np.outer(np.clip(1 - y[:sky], 0, 1) ** 0.7 * 0.5, np.clip(1 - x[:left] / 0.5, 0, 1))
        dark = mix(p.ink if p.night < 0.5 else p.paper, p.sky[0], 0.35)
        plane, view = np.empty_like(warm), pygame.surfarray.pixels3d(picture)
        for c in range(3):
            row = colours[:, c, None].astype(np.float32)
            np.multiply(warm, np.float32(p.sun[c]) - row, out=plane)
            plane += row + np.float32(0.5)
            corner = plane[:sky, :left]
            corner += (np.float32(dark[c] + 0.5) - corner) * shade
            view[:, :, c] = plane.astype(np.uint8).T
        del view

    def _stand(self, picture: pygame.Surface, drawn: pygame.Surface, middle: tuple[float, float]) -> None:
        picture.blit(drawn, (round(middle[0] - drawn.get_width() / 2), round(middle[1] - drawn.get_height() / 2)))

    def _mountain(self, picture: pygame.Surface) -> None:
        p, u, line = self.palette, self._unit, self._line
        body = mix(p.land[6], p.sky[1], 0.38)
        tall, wide = 0.73 * line, 150 * u
        side = (math.ceil(2 * wide) + 2, math.ceil(tall) + 2)

        def at(x: float, y: float) -> tuple[float, float]:
            return (side[0] / 2 + x * wide) * 6, y * tall * 6

        slope = [at(-1, 1), at(-0.72, 0.62), at(-0.42, 0.26), at(0, 0), at(0.3, 0.25), at(0.62, 0.52), at(1, 1)]
        snow = [
            at(-0.42, 0.26), at(0, 0), at(0.36, 0.3), at(0.29, 0.4), at(0.2, 0.33), at(0.12, 0.46), at(0.02, 0.36),
            at(-0.08, 0.45), at(-0.16, 0.35), at(-0.26, 0.41),
        ]  # fmt: skip
        lee = [at(0, 0), at(0.3, 0.25), at(0.62, 0.52), at(1, 1), at(0.16, 1), at(0.22, 0.5), at(0.06, 0.3)]
        peak = mix(p.land[7], p.sky[2], 0.15)
        mountain = smooth(side, body, [(body, slope), (mix(body, p.shadow, 0.2), lee), (peak, snow)])
        picture.blit(mountain, (round(_PEAK[0] * self.size[0] - side[0] / 2), line - side[1] + 2))

    def _hills(self, picture: pygame.Surface) -> None:
        """Two rows of hills along the horizon, the nearer one darker."""
        p, u, width = self.palette, self._unit, self.size[0]
        x = np.arange(0, width + 8, 4)
        for row, (tall, fade) in enumerate(((34.0, 0.55), (20.0, 0.3))):
            wave = 0.45 + 0.3 * np.sin(x / (67 * u) + row * 2) + 0.25 * np.abs(np.sin(x / (31 * u) + row))
            colour = mix(p.land[5 - row], p.sky[1], fade)
            ridge = [(float(a), self._line - tall * u * float(b)) for a, b in zip(x, wave, strict=True)]
            pygame.draw.polygon(picture, colour, [(0, self._line), *ridge, (width, self._line)])
            pygame.draw.aalines(picture, colour, False, ridge)

    def _cloud(self, wide: float, alpha: float) -> pygame.Surface:
        u = self._unit
        size = (max(12, round(wide * self.size[0])), max(4, round(8 * u)))
        colour = mix(self.palette.sky[2], self.palette.shine, 0.4)
        r = size[1] * 3.0
        ends = circle(0.0, 0.0, r)
        shape = [(x + r, y + r) for x, y in ends[24:73]] + [
            (x + size[0] * 6 - r, y + r) for x, y in ends[72:] + ends[:25]
        ]
        cloud = smooth(size, colour, [(colour, shape)])
        cloud.set_alpha(round(255 * alpha))
        return cloud

    def _glitter(self) -> np.ndarray:
        """Strokes of light on the sea, more of them below the sun.

        Each row is x, y, length, phase, thickness, and three numbers each of the dim and of the bright colour.
        """
        chance = np.random.default_rng(17)
        width, height = self.size
        sea = height - self._line
        strokes = []
        for _ in range(_GLITTER):
            depth = float(chance.random()) ** 1.2
            toward = chance.random() < 0.4
            x = float(chance.normal(0.84, 0.05 + 0.1 * depth) if toward else chance.random()) * width
            y = self._line + 3 + int(depth * (sea - 6))
            length = (6 + 46 * depth * float(chance.random())) * self._unit
            under = self._still.get_at((min(max(int(x), 0), width - 1), min(max(y, 0), height - 1)))
            base = (under.r, under.g, under.b)
            light = mix(self.palette.sea[0], self.palette.sky[2], 0.6)
            strength = 0.22 + 0.38 * float(chance.random())
            thick = max(1, round(1.6 * self._unit * (0.5 + depth)))
            phase = float(chance.random()) * 2 * math.pi
            strokes.append(
                (
                    x - length / 2, y, length, phase, thick,
                    *mix(base, light, strength * 0.35), *mix(base, light, strength),
                )
            )  # fmt: skip
        return np.array(strokes, dtype=np.float64)


def _gradient(at: np.ndarray, stops: tuple[float, ...], colours: tuple[Colour, ...]) -> np.ndarray:
    return np.column_stack([np.interp(at, stops, [colour[c] for colour in colours]) for c in range(3)])


def _disc(radius: int, colour: Colour) -> pygame.Surface:
    side = 2 * radius + 2
    return smooth((side, side), colour, [(colour, circle(side * 3, side * 3, radius * 6.0))])
