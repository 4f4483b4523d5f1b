"""Panels: sheets of paper with round corners and a soft shadow that falls down and to the right."""

from __future__ import annotations

from functools import lru_cache

import pygame

from game.app.draw.palette import Colour, Palette, mix

_SOFT = 9
_FALL = (3, 6)
_FINE = 4


def draw_panel(
    surface: pygame.Surface,
    rect: pygame.Rect | tuple[int, int, int, int],
    palette: Palette,
    radius: int = 18,
    shadow: bool = True,
    colour: Colour | None = None,
) -> pygame.Rect:
    """Draw a sheet of ``colour`` (default: paper) filling ``rect`` and return the rect; ``radius`` is in pixels."""
    rect = pygame.Rect(rect)
    if rect.width < 2 or rect.height < 2:
        return rect
    radius, colour = min(radius, rect.width // 2, rect.height // 2), colour or palette.paper
    x, y = rect.topleft
    if shadow:
        cast = _cast(rect.size, radius, _shade(palette))
        surface.fblits([(part, (x + left, y + top)) for part, left, top in cast])
    # only the corners are blended: all the rest of the paper lets nothing through
    right, bottom = rect.width - radius, rect.height - radius
    if radius > 0:
        corners = zip(_corners(radius, colour), ((0, 0), (0, bottom), (right, 0), (right, bottom)), strict=True)
        surface.fblits([(part, (x + left, y + top)) for part, (left, top) in corners])
    surface.fill(colour, (x, y + radius, rect.width, rect.height - 2 * radius))
    surface.fill(colour, (x + radius, y, rect.width - 2 * radius, radius))
    surface.fill(colour, (x + radius, rect.bottom - radius, rect.width - 2 * radius, radius))
    return rect


def panel_shadow(
    size: tuple[int, int], radius: int, palette: Palette
) -> tuple[tuple[pygame.Surface, tuple[int, int]], ...]:
    """What can be seen of a sheet's shadow: shared pictures, and where they lie from the sheet."""
    radius = min(radius, size[0] // 2, size[1] // 2)
    return tuple((part, (left, top)) for part, left, top in _cast(size, radius, _shade(palette)))


def _shade(palette: Palette) -> Colour:
    return mix(palette.shadow, (20, 16, 40), 0.45)


@lru_cache(maxsize=96)
def _corners(radius: int, colour: Colour) -> tuple[pygame.Surface, ...]:
    """The corners of a sheet: at the left above and below, then at the right."""
    disc = rounded((2 * radius, 2 * radius), radius, colour)
    return tuple(disc.subsurface((x, y, radius, radius)) for x in (0, radius) for y in (0, radius))


def around(whole: pygame.Rect, hole: pygame.Rect) -> tuple[pygame.Rect, ...]:
    """The four strips of a rectangle that lie round a hole in it."""
    hole = hole.clip(whole)
    if not hole:
        return (whole,)
    return (
        pygame.Rect(whole.left, whole.top, whole.width, hole.top - whole.top),
        pygame.Rect(whole.left, hole.bottom, whole.width, whole.bottom - hole.bottom),
        pygame.Rect(whole.left, hole.top, hole.left - whole.left, hole.height),
        pygame.Rect(hole.right, hole.top, whole.right - hole.right, hole.height),
    )


def rounded(size: tuple[int, int], radius: int, colour: Colour) -> pygame.Surface:
    """A rectangle of ``colour`` with smooth round corners on a transparent surface."""
    surface = pygame.Surface(size, pygame.SRCALPHA)
    surface.fill((*colour, 255))
    if radius <= 0:
        return surface
    fine = pygame.Surface((2 * radius * _FINE, 2 * radius * _FINE), pygame.SRCALPHA)
    fine.fill((*colour, 0))
    pygame.draw.circle(fine, (*colour, 255), (radius * _FINE, radius * _FINE), radius * _FINE)
    disc = pygame.transform.smoothscale(fine, (2 * radius, 2 * radius))
    for x, part_x in ((0, 0), (size[0] - radius, radius)):
        for y, part_y in ((0, 0), (size[1] - radius, radius)):
            part = pygame.Rect(part_x, part_y, radius, radius)
            surface.fill((*colour, 0), (x, y, radius, radius))
            surface.blit(disc, (x, y), part, special_flags=pygame.BLEND_RGBA_MAX)
    return surface


@lru_cache(maxsize=96)
def _cast(size: tuple[int, int], radius: int, colour: Colour) -> tuple[tuple[pygame.Surface, int, int], ...]:
    """What can be seen of a sheet's shadow, round the sheet and in its corners: parts, and where they lie from it."""
    width, height = size
    whole = _shadow(size, radius, colour)
    left, top = 2 * _SOFT - _FALL[0], 2 * _SOFT - _FALL[1]
    right, bottom = whole.get_width() - left - width, whole.get_height() - top - height
    parts = [
        (-left, -top, whole.get_width(), top), (-left, height, whole.get_width(), bottom),
        (-left, 0, left, height), (width, 0, right, height),
        *((x, y, radius, radius) for x in (0, width - radius) for y in (0, height - radius)),
    ]  # fmt: skip
    return tuple((whole.subsurface((x + left, y + top, w, h)).copy(), x, y) for x, y, w, h in parts if w and h)


@lru_cache(maxsize=12)
def _shadow(size: tuple[int, int], radius: int, colour: Colour) -> pygame.Surface:
    """The soft shadow of a sheet, blurred at a quarter of its size because a full-size blur is slow."""
    whole = (size[0] + 4 * _SOFT, size[1] + 4 * _SOFT)
    small = (max(8, whole[0] // 4), max(8, whole[1] // 4))
    fine = pygame.Surface(small, pygame.SRCALPHA)
    fine.fill((*colour, 0))
    inner = pygame.Rect(0, 0, round(size[0] * small[0] / whole[0]), round(size[1] * small[1] / whole[1]))
    inner.center = (small[0] // 2, small[1] // 2)
    pygame.draw.rect(fine, (*colour, 105), inner, border_radius=max(1, radius // 4))
    blurred = pygame.transform.gaussian_blur(fine, 2)
    return pygame.transform.smoothscale(blurred, whole)
