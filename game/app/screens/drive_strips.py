"""Strips: the bar at the top and the legend at the foot of the drive, and the words while a level is laid out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pygame

from game.app.desk import Desk
from game.app.draw.air import prepare_clouds
from game.app.draw.map_view import MapView
from game.app.draw.palette import Palette
from game.app.draw.panel import draw_panel
from game.app.draw.swatch import prepare_swatches, water_swatch
from game.app.draw.water import looks_of
from game.app.screens.drive_paper import SWATCH
from game.app.screens.drive_showing import LegendEntry
from game.app.widgets import draw_key
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage


def bar_strip(stage: Desk, cells: Sequence[tuple[str, str, int]], size: tuple[int, int]) -> pygame.Surface:
    """One line of the bar: every cell's key (or ""), its word and its width in pixels."""
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.fill((*stage.palette.paper, 0))
    pad, high, faces = stage.em(8), size[1], (stage.palette.paper_edge, stage.palette.ink)
    x = pad
    for name, word, wide in cells:
        left = x + pad
        if name:
            left += draw_key(picture, stage, name, left, high // 2, *faces) + stage.em(7)
        label = stage.type.render(word, 15, stage.palette.ink)
        picture.blit(label, (left, (high - label.get_height()) // 2))
        x += wide
    return picture


def draw_waiting(surface: pygame.Surface, stage: Stage) -> None:
    """Draws the sheet that says that the level is being laid out."""
    stage.backdrop().draw(surface, 0.0 if stage.reduced_motion else stage.time)
    text = stage.type.render(say("drive.wait"), 19, stage.palette.ink)
    sheet = text.get_rect(center=(stage.size[0] // 2, stage.size[1] // 2))
    draw_panel(surface, sheet.inflate(stage.em(56), stage.em(32)), stage.palette, stage.px(18))
    surface.blit(text, sheet)


def legend_strip(
    stage: Desk, entries: Sequence[LegendEntry], widths: Sequence[int], size: tuple[int, int],
    swatch: tuple[int, int], pad: int, gap: int, between: int, letters: int,
) -> pygame.Surface:  # fmt: skip
    """The legend: a swatch and a word in ``letters`` for every state of water; all lengths in pixels."""
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.fill((*stage.palette.paper, 0))
    x, high = pad, size[1]
    for entry, part in zip(entries, widths, strict=True):
        pill = water_swatch(stage.palette, entry.wetness, swatch, constant=entry.constant)
        picture.blit(pill, (x, (high - swatch[1]) // 2))
        label = stage.type.render(entry.label, letters, stage.palette.ink)
        picture.blit(label, (x + swatch[0] + gap, (high - label.get_height()) // 2))
        x += part + between
    return picture


def light_steps(stage: Stage, view: MapView, coming: Palette) -> Iterator[None]:
    """Makes the map and the swatches ready, in small steps, for the palette that comes next."""
    yield from view.ahead(coming)
    if not view.reduced_motion:
        yield from prepare_clouds(view.scale, coming)
    yield from prepare_swatches(coming, looks_of(view.level), stage.em(SWATCH))
