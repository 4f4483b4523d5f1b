"""Painted straight onto the ground: marks along lanes, and the plain floor that serves until a world is baked."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pygame

from game.app.draw.chase_camera import NEAR, Camera3
from game.app.draw.map_frame import MapFrame, Seen
from game.app.draw.palette import Colour, Palette, mix
from game.app.draw.water_scale import water_colour, water_width
from game.geography import Channel, Geography
from game.geography.spacing import BANK_WIDTH, CHANNEL_WIDTH

_FARTHEST = 620.0
_PLAN_EVERY = 26.0


def draw_lane_marks(
    surface: pygame.Surface, camera: Camera3, geo: Geography, frame: MapFrame, palette: Palette
) -> None:
    """Draw lines along both banks of focused and chosen lanes, and buoys along those of the plan and of a lent map.

    The plan's are of the accent's colour, by the left bank; the lent map's are paper ringed with it, by the right.
    """
    unit = camera.size[1] / 720
    for lane in frame.plan:
        if lane in geo.channels:
            _draw_buoys(surface, camera, geo.channels[lane], -1.0, (palette.rim, palette.accent))
    for lane in frame.lent.path if frame.lent else ():
        if lane in geo.channels:
            _draw_buoys(surface, camera, geo.channels[lane], 1.0, (palette.accent, palette.paper))
    for lane, mark in frame.lanes.items():
        if (mark.focused or mark.chosen) and lane in geo.channels:
            for side in (-1.0, 1.0):
                for run in _runs(camera, _beside(geo.channels[lane], side * (BANK_WIDTH / 2 + 0.8))):
                    if len(run) > 1:
                        pygame.draw.lines(surface, palette.accent, False, run, max(2, round(3 * unit)))


def _draw_buoys(
    surface: pygame.Surface, camera: Camera3, channel: Channel, side: float, colours: tuple[Colour, Colour]
) -> None:
    at = np.arange(20.0, channel.length - 12.0, _PLAN_EVERY) / channel.length
    if not len(at):
        return
    line, along = _beside(channel, side * (CHANNEL_WIDTH / 2 - 1.2)), np.linspace(0.0, 1.0, len(channel.points))
    points = np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])
    seen = camera.seen_from(points)
    pixels = camera.project(points)
    for (depth, right), (x, y) in zip(seen.tolist(), pixels.tolist(), strict=True):
        if NEAR * 2 < depth < _FARTHEST * 0.7 and abs(right) < depth:
            radius = 0.95 * camera.focal / depth
            rect = pygame.Rect(0, 0, max(3, round(2 * radius)), max(2, round(1.3 * radius)))
            rect.center = (round(x), round(y))
            pygame.draw.ellipse(surface, colours[0], rect.inflate(max(2, rect.w // 4), max(2, rect.h // 4)))
            pygame.draw.ellipse(surface, colours[1], rect)


def _beside(channel: Channel, across: float) -> np.ndarray:
    """The channel's points moved sideways; shape (n, 2)."""
    steps = np.gradient(channel.points, axis=0)
    steps /= np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)[:, None]
    return np.asarray(channel.points + np.column_stack([-steps[:, 1], steps[:, 0]]) * across)


def _runs(camera: Camera3, points: np.ndarray) -> list[list[tuple[float, float]]]:
    """The stretches of a line that lie before the camera and not too far off, in pixels."""
    depth = camera.seen_from(points)[:, 0]
    there = (depth > NEAR) & (depth < _FARTHEST)
    pixels = camera.project(points)
    runs: list[list[tuple[float, float]]] = [[]]
    for seen, (x, y) in zip(there.tolist(), pixels.tolist(), strict=True):
        if seen and abs(x) < 9000:
            runs[-1].append((x, y))
        elif runs[-1]:
            runs.append([])
    return runs


class PlainFloor:
    """Land in one colour with its channels as ribbons: what is drawn while the world is being baked."""

    def __init__(self, geo: Geography) -> None:
        self._channels = {
            lane: (channel, {half: self._ribbon(channel, half) for half in (BANK_WIDTH / 2, CHANNEL_WIDTH / 2)})
            for lane, channel in geo.channels.items()
        }

    def draw(self, surface: pygame.Surface, camera: Camera3, palette: Palette, water: Mapping[str, Seen]) -> None:
        """Draw the floor into the surface's clip."""
        surface.fill(palette.land[0])
        near = []
        for lane, (channel, ribbons) in self._channels.items():
            depth = camera.seen_from(channel.points[:: max(1, len(channel.points) // 12)])[:, 0]
            if (depth > NEAR).any() and depth.min() < 1400.0:
                near.append((float(depth.min()), lane, channel, ribbons))
        near.sort(key=lambda each: -each[0])
        for half, colour in (
            (BANK_WIDTH / 2, mix(palette.bank, palette.land[0], 0.35)),
            (CHANNEL_WIDTH / 2, palette.bed),
        ):
            for _, _, _, ribbons in near:
                self._fill(surface, camera, ribbons[half], colour)
        for _, lane, channel, _ in near:
            seen = water.get(lane)
            if seen is not None and seen.wetness > 0.02:
                ribbon = self._ribbon(channel, water_width(seen.wetness) * CHANNEL_WIDTH / 2)
                self._fill(surface, camera, ribbon, water_colour(palette, seen.wetness))

    def _ribbon(self, channel: Channel, half: float) -> list[np.ndarray]:
        left, right = _beside(channel, -half), _beside(channel, half)
        return [np.concatenate([left[k : k + 5], right[k : k + 5][::-1]]) for k in range(0, max(1, len(left) - 1), 4)]

    def _fill(self, surface: pygame.Surface, camera: Camera3, ribbon: list[np.ndarray], colour: Colour) -> None:
        for quad in ribbon:
            corners = camera.outline(quad)
            if len(corners) >= 3:
                pygame.draw.polygon(surface, colour, corners)
