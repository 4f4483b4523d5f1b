"""A pair of eyes: what is written on a screen, in which colour on which ground, what is cut off, covered or shortened.

While a :class:`Looker` looks, every surface remembers the texts that are written on it, and hands them on when it is
itself laid on another.  So the texts of cards, charts and labels are found as well as those written straight on the
screen, each where it ends up and with the ground that lies under its letters.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pygame

from game.app.draw import labels
from game.app.draw.type import Type
from game.app.stage import Stage

Plain = pygame.Surface
LARGE = 24.0
"""From this many pixels on, or from 18.66 in bold, text counts as large (WCAG 2, 1.4.3)."""

SOLID = 150
"""Pixels of letters less solid than this are their soft edges."""


@dataclass(frozen=True)
class Written:
    """A text as it was rendered: its colour, its size in pixels, and the ground if a halo brings its own."""

    text: str
    colour: tuple[int, int, int]
    pixels: float
    halo: tuple[int, int, int] | None = None

    @property
    def needed(self) -> float:
        """The contrast it needs."""
        return 3.0 if self.pixels >= LARGE else 4.5


@dataclass(frozen=True)
class Spot:
    """A text on a surface: where its letters lie, whether it was cut off, and the least contrast it has there."""

    written: Written
    letters: Plain
    at: tuple[int, int]
    cut: bool = False
    contrast: float | None = None
    faint: bool = False
    seen: pygame.Rect | None = None
    """What of the rectangle lay inside the clip it was written through."""

    @property
    def rect(self) -> pygame.Rect:
        """The rectangle around the letters themselves."""
        return self.letters.get_bounding_rect(SOLID).move(self.at)


class Remembering(pygame.Surface):
    """A surface that knows what is written on it.  ``looker`` is set while one looks."""

    looker: Looker | None = None

    def __init__(self, *parts: Any, **named: Any) -> None:
        super().__init__(*parts, **named)
        self.spots: list[Spot] = []

    def copy(self) -> Remembering:
        """The same, with the same texts."""
        made = super().copy()
        made.spots = list(self.spots)  # type: ignore[attr-defined]
        return made  # type: ignore[return-value]

    def fill(self, *parts: Any, **named: Any) -> pygame.Rect:
        """Filled as a whole, it holds no text any more."""
        if len(parts) == 1 and not named:
            self.spots = []
        return super().fill(*parts, **named)

    def blit(self, source: Plain, dest: Any = (0, 0), area: Any = None, special_flags: int = 0) -> pygame.Rect:
        """Blits, and takes down the texts that come with the source."""
        looker = Remembering.looker
        if looker is not None:
            at = dest.topleft if isinstance(dest, pygame.Rect) else (round(dest[0]), round(dest[1]))
            written = looker.texts.get(id(source))
            if written is not None:
                self._take(Spot(written, source, at), source)
            else:
                part = None if area is None else pygame.Rect(area)
                at = at if part is None else (at[0] - part.left, at[1] - part.top)
                whole = source.get_size() == self.get_size() and at == (0, 0)
                if whole and not source.get_masks()[3]:
                    self.spots = []  # a veil or a picture over everything
                for spot in getattr(source, "spots", ()):
                    self._take(replace(spot, at=(spot.at[0] + at[0], spot.at[1] + at[1])), source)
        return super().blit(source, dest, area, special_flags)

    def fblits(self, pairs: Any, special_flags: int = 0) -> None:
        """Blits one after another."""
        for source, dest in pairs:
            self.blit(source, dest, None, special_flags)

    def _take(self, spot: Spot, source: Plain) -> None:
        spots = getattr(self, "spots", None)
        if spots is None:
            spots = self.spots = []
        place, clip = spot.rect, self.get_clip()
        whole = clip == self.get_rect()
        seen = place.clip(clip)
        if not seen.width or not seen.height or not place.width:
            return
        beyond = place.left < clip.left - 1 or place.right > clip.right + 1
        # Through a pane that can be scrolled text may be seen in part, above and below.
        beyond = beyond or (whole and (place.top < clip.top - 1 or place.bottom > clip.bottom + 1))
        faint = spot.faint or (source.get_alpha() or 255) < 250
        spots.append(replace(spot, cut=spot.cut or beyond, faint=faint, seen=seen, contrast=self._contrast(spot, seen)))

    def _contrast(self, spot: Spot, seen: pygame.Rect) -> float | None:
        """The contrast that nine tenths of the letters have at least; None where the ground is not known yet."""
        if spot.contrast is not None:
            return spot.contrast
        if spot.written.halo is not None:
            return float(ratio(np.array(spot.written.halo), np.array(spot.written.colour)))
        inside = seen.move(-spot.at[0], -spot.at[1])
        mask = pygame.surfarray.array_alpha(spot.letters.subsurface(inside)) >= SOLID
        if not mask.any():
            return None
        ground = pygame.surfarray.array3d(self.subsurface(seen))[mask]
        if self.get_flags() & pygame.SRCALPHA:
            solid = pygame.surfarray.array_alpha(self.subsurface(seen))[mask]
            if (solid < 128).mean() > 0.1 and not ground.any():
                return None  # a clear ground: what lies under it is known when it is laid there
        return float(np.percentile(ratio(ground, np.array(spot.written.colour)), 10))


def ratio(ground: np.ndarray, colour: np.ndarray) -> np.ndarray:
    """The contrast ratio of WCAG 2 between colours of shape (…, 3)."""

    def light(each: np.ndarray) -> np.ndarray:
        part = each / 255
        linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
        return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))

    one, other = light(ground), light(colour)
    return np.asarray((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05))


class Looker:
    """Looks while it is entered; ``look`` draws a stage and gives what stands on it."""

    def __init__(self) -> None:
        self.texts: dict[int, Written] = {}
        self.shortened: set[str] = set()
        self._kept: list[Plain] = []

    def __enter__(self) -> Looker:
        render, shorten, haloed = Type.render, Type.shortened, labels._haloed
        self._before = (render, shorten, haloed)

        def rendering(
            type_: Type, text: str, size: int, colour: Any, weight: int = 500, tracked: bool = False
        ) -> Plain:
            made = render(type_, text, size, colour, weight, tracked)
            if text.strip():
                pixels = size * type_.scale * (LARGE / 18.66 if weight >= 600 else 1.0)
                self._note(made, Written(text, tuple(colour[:3]), pixels))
            return made

        def shortening(type_: Type, text: str, size: int, width: int, weight: int = 500) -> str:
            made = shorten(type_, text, size, width, weight)
            if made != text:
                self.shortened.add(made)
            return made

        def with_halo(text: Plain, mask: Plain, halo: Any) -> Plain:
            made = haloed(text, mask, halo)
            written = self.texts.get(id(text))
            if written is not None:
                self._note(made, replace(written, halo=tuple(halo[:3])))
            return made

        Type.render, Type.shortened, labels._haloed = rendering, shortening, with_halo  # type: ignore[assignment]
        pygame.Surface = Remembering  # type: ignore[misc,assignment]
        Remembering.looker = self
        return self

    def __exit__(self, *_: object) -> None:
        Remembering.looker = None
        pygame.Surface = Plain  # type: ignore[misc]
        Type.render, Type.shortened, labels._haloed = self._before  # type: ignore[method-assign]

    def _note(self, made: Plain, written: Written) -> None:
        self.texts[id(made)] = written
        self._kept.append(made)

    def look(self, stage: Stage) -> Sight:
        """Draws the stage and takes down what is to be seen at the end."""
        frame = Remembering(stage.size)
        stage.draw(frame)
        return Sight(frame, [spot for spot in frame.spots if self._is_there(frame, spot) != "gone"], self)

    def _is_there(self, frame: Plain, spot: Spot) -> str:
        """Whether the letters are still to be seen on the finished frame: "whole", "part" or "gone"."""
        share = shown(frame, spot)
        return "whole" if share > 0.9 else "gone" if share < 0.1 else "part"


def shown(frame: Plain, spot: Spot) -> float:
    """The part of a text's solid pixels that have its colour on the frame."""
    seen = (spot.rect if spot.seen is None else spot.seen).clip(frame.get_rect())
    inside = seen.move(-spot.at[0], -spot.at[1])
    core = pygame.surfarray.array_alpha(spot.letters.subsurface(inside)) >= 252
    colours = pygame.surfarray.array3d(spot.letters.subsurface(inside)).astype(int)
    if spot.written.halo is not None:
        core &= np.abs(colours - np.array(spot.written.colour)).max(axis=-1) < 8
    if not core.any():
        return 1.0
    there = pygame.surfarray.array3d(frame.subsurface(seen)).astype(int)
    return float((np.abs(there - colours).max(axis=-1)[core] < 10).mean())


@dataclass
class Sight:
    """What is to be seen on one frame."""

    frame: Plain
    spots: list[Spot]
    looker: Looker

    def faint(self) -> list[str]:
        """Texts without the contrast they need; those that are just coming or going are let go."""
        return [
            f"{spot.written.text!r} {spot.contrast:.2f} of {spot.written.needed}"
            for spot in self.spots
            if not spot.faint and spot.contrast is not None and spot.contrast < spot.written.needed - 0.01
        ]

    def cut(self) -> list[str]:
        """Texts that reach beyond what they are written on; names on a map may, which can be moved."""
        return [repr(spot.written.text) for spot in self.spots if spot.cut and spot.written.halo is None]

    def covered(self) -> list[str]:
        """Texts that something lies over in part; names on a map may lie under paper, from where they can be moved."""
        there = [spot for spot in self.spots if not spot.faint and spot.written.halo is None]
        parts = [(spot, shown(self.frame, spot)) for spot in there]
        return [f"{spot.written.text!r} {share:.2f}" for spot, share in parts if share < 0.9]

    def overlapping(self) -> list[str]:
        """Pairs of texts of which one lies on the other; the keys of lanes may lie on a name where a map is crowded."""
        found = []
        there = [spot for spot in self.spots if not spot.faint and not spot.written.text.isdigit()]
        there = [spot for spot in there if shown(self.frame, spot) > 0.9]
        for one, other in itertools.combinations(there, 2):
            common = one.rect.clip(other.rect)
            if common.width > 2 and common.height > 2 and one.at != other.at:
                found.append(f"{one.written.text!r} on {other.written.text!r}")
        return found

    def shortened(self) -> list[str]:
        """Texts that had to be shortened for want of room."""
        return sorted({spot.written.text for spot in self.spots} & self.looker.shortened)
