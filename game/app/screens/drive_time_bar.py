"""The time bar of a replay: its years along a rail, four speeds, and the boat that is followed."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

from game.app.action import NUMBERS, Action, key_text
from game.app.desk import Desk
from game.app.draw.panel import draw_panel
from game.app.screens.drive_paper import Written
from game.app.widgets import draw_key, elided, key_width
from game.words import number, say

SPEEDS = (0.5, 1.0, 2.0, 4.0)
"""How many times as fast as it was lived a replay can go on; the numbers 1 to 4 choose one."""


@dataclass(frozen=True)
class Reel:
    """What the time bar says besides the moment: its years, the years with a fork, the speed, the boat followed."""

    years: int
    forks: tuple[int, ...]
    speed: float
    boat: str
    boats: int


class TimeBar:
    """The strip at the foot of a replay: the years with a mark at each fork, the moment, speeds and the boat followed.

    ``rect`` is the strip, ``written`` what is on it, ``rail`` the years, ``targets`` what a press on its words means.
    """

    def __init__(self, stage: Desk, reel: Reel, width: int, bottom: int, margin: int) -> None:
        self.reel = reel
        type_, gap = stage.type, stage.em(8)
        pad, high = stage.em(14), stage.em(30)
        cells: list[tuple[str, Action, bool]] = [
            (say("drive.replay.times", speed=number(speed)), NUMBERS[k], speed == reel.speed)
            for k, speed in enumerate(SPEEDS)
        ]
        boat = ""
        if reel.boats > 1:
            key = key_text(Action.NEXT)
            room = min(stage.em(170), width // 4)
            boat = elided(type_, say("drive.replay.boat", name=reel.boat), 15, room)
        speeds = [stage.em(14) + type_.width(text, 15, 600) for text, _, _ in cells]
        boat_wide = key_width(stage, key) + gap + type_.width(boat, 15) + 2 * gap if boat else 0
        words = sum(speeds) + gap * len(speeds) + boat_wide
        beside = width - 2 * margin - 2 * pad - words >= stage.em(220)
        tall = high + 2 * stage.em(7) if beside else 2 * high + 3 * stage.em(7)
        self.rect = pygame.Rect(margin, bottom - tall, width - 2 * margin, tall)
        middle = self.rect.top + stage.em(7) + high // 2
        end = self.rect.right - pad - (words + gap if beside else 0)
        self.rail = pygame.Rect(self.rect.left + pad + stage.em(6), middle - high // 2, 0, high)
        self.rail.width = max(20, end - self.rail.left - stage.em(6))
        row = middle if beside else middle + high + stage.em(7)
        left = end + gap if beside else self.rect.left + pad
        self.targets: list[tuple[pygame.Rect, Action]] = []
        self.picture = pygame.Surface(self.rect.size, pygame.SRCALPHA)
        self.written = Written(self.rect.size, lambda: self.picture)
        self.picture.fill((*stage.palette.paper, 0))
        palette = stage.palette
        for (text, action, chosen), wide in zip(cells, speeds, strict=True):
            spot = pygame.Rect(left, row - high // 2, wide, high)
            inside = spot.move(-self.rect.left, -self.rect.top)
            if chosen:
                draw_panel(self.picture, inside, palette, high // 2, shadow=False, colour=palette.ink)
            label = type_.render(text, 15, palette.paper if chosen else palette.ink, 600)
            self.picture.blit(label, label.get_rect(center=inside.center))
            self.targets.append((spot, action))
            left += wide + gap
        if boat:
            spot = pygame.Rect(left, row - high // 2, boat_wide, high)
            inside = spot.move(-self.rect.left, -self.rect.top)
            badge = draw_key(
                self.picture, stage, key, inside.left + gap, inside.centery, palette.paper_edge, palette.ink
            )
            label = type_.render(boat, 15, palette.ink)
            self.picture.blit(label, label.get_rect(midleft=(inside.left + 2 * gap + badge, inside.centery)))
            self.targets.append((spot, Action.NEXT))
        self._draw_rail(stage)

    def time_at(self, pos: tuple[float, float]) -> float:
        """The moment at a position along the rail, in years."""
        return self.reel.years * min(1.0, max(0.0, (pos[0] - self.rail.left) / self.rail.width))

    def covers(self, pos: tuple[float, float]) -> bool:
        """Whether a press at a position takes hold of the rail."""
        return self.rail.inflate(self.rail.height // 2, 0).collidepoint(pos)

    def draw_moment(self, surface: pygame.Surface, stage: Desk, time: float) -> None:
        """Draws how far the replay is, over the picture."""
        palette, rail = stage.palette, self.rail
        x = round(rail.left + rail.width * min(1.0, time / self.reel.years))
        thick = stage.em(6)
        done = pygame.Rect(rail.left, rail.centery - thick // 2, max(0, x - rail.left), thick)
        if done.width > 1:
            pygame.draw.rect(surface, palette.flow, done, border_radius=thick // 2)
        radius = stage.em(9)
        pygame.draw.circle(surface, palette.paper, (x, rail.centery), radius + max(1, stage.px(2)))
        pygame.draw.circle(surface, palette.accent, (x, rail.centery), radius)

    def _draw_rail(self, stage: Desk) -> None:
        palette, rail = stage.palette, self.rail.move(-self.rect.left, -self.rect.top)
        thick = stage.em(6)
        bed = pygame.Rect(rail.left, rail.centery - thick // 2, rail.width, thick)
        pygame.draw.rect(self.picture, palette.bank, bed, border_radius=thick // 2)
        for year in range(self.reel.years + 1):
            x = round(rail.left + rail.width * year / self.reel.years)
            half = stage.em(9) if year in self.reel.forks else stage.em(5)
            line = max(2, stage.px(2)) if year in self.reel.forks else 1
            colour = palette.ink if year in self.reel.forks else palette.soft_ink
            pygame.draw.line(self.picture, colour, (x, rail.centery - half), (x, rail.centery + half), line)
