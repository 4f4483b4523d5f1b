"""The card of a level: a small map, its years and sight, and how much a fixed plan loses here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.draw.panel import draw_panel
from game.app.draw.thumbnail import thumbnail
from game.app.screen import Point
from game.app.widgets import Widget, draw_focus_ring, elided
from game.app.widgets.text import Text
from game.files import LevelEntry
from game.words import number, say, years_long

if TYPE_CHECKING:
    from game.app.library import Library
    from game.app.stage import Stage


class LevelCard(Widget):
    """One entry of the shelf, playable or not."""

    focusable = True

    def __init__(self, entry: LevelEntry, on_press: Callable[[LevelEntry], None]) -> None:
        super().__init__()
        self.entry, self.on_press = entry, on_press
        self.lines: list[tuple[str, bool]] = []
        """What stands under the title: text, and whether it is in ink (else soft)."""
        self.most_picture = 10_000
        """The greatest height of the small map in pixels."""
        self._picture: tuple[object, pygame.Surface] | None = None

    @property
    def title(self) -> str:
        """The level's title, or the name of a file that cannot be played."""
        return self.entry.level.title if self.entry.level is not None else self.entry.path.name

    def tell(self, library: Library) -> None:
        """Takes in what is known of the level by now."""
        level = self.entry.level
        if level is None:
            faults = self.entry.faults
            count = say("levels.one_problem") if len(faults) == 1 else say("levels.problems", count=len(faults))
            self.lines = [(count, True), (faults[0].text if faults else "", False)]
            return
        years = years_long(level.years)
        sight = say("levels.sight_all") if level.sight is None else say("levels.sight", lanes=level.sight)
        frame = say("levels.frame", years=years, sight=sight)
        if not self.entry.shipped:
            frame = say("levels.own", frame=frame)
        self.lines = [(frame, False), (self._loss(library), True)]

    def _loss(self, library: Library) -> str:
        level = self.entry.level
        assert level is not None
        weights = level.weights()
        figures = library.figures(level, weights)
        if figures is None:
            if library.is_hopeless(level, weights):
                return say("levels.loss_unknown")
            fraction = library.working_on(level, weights)
            return say("levels.loss_waiting") if not fraction else say("levels.loss_at", percent=round(100 * fraction))
        if not figures.loss:
            return say("levels.loss_nothing")
        whole = (
            say("levels.about", light=number(figures.step_by_step)) if figures.sampled else number(figures.step_by_step)
        )
        if figures.percent is None:
            return say("levels.loss_light", loss=number(figures.loss), whole=whole)
        return say("levels.loss", loss=number(figures.loss), whole=whole, percent=f"{figures.percent:.0f}")

    def picture_size(self, stage: Stage) -> tuple[int, int]:
        """The size of the small map in pixels."""
        return (self.rect.width, self._picture_height(self.rect.width))

    def _picture_height(self, width: int) -> int:
        return min(width * 7 // 16, self.most_picture)

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width; the picture, a title and the lines under it."""
        inner = width - 2 * stage.em(16)
        texts = sum(self._text(line, ink).size(stage, inner)[1] + stage.em(4) for line, ink in self.lines)
        return (width, self._picture_height(width) + stage.em(14) + stage.type.height(19) + texts + stage.em(14))

    def _text(self, line: str, ink: bool) -> Text:
        return Text(line, 15, tone="ink" if ink else "soft", most_lines=4)

    def prepare(self, stage: Stage, library: Library) -> bool:
        """Draws the small map if its places are known by now; whether it did."""
        level = self.entry.level
        size = self.picture_size(stage)
        key = (size, stage.palette.name)
        if level is None or (self._picture is not None and self._picture[0] == key):
            return False
        geography = library.geography(level)
        if geography is None:
            return False
        self._picture = (key, _round_top(thumbnail(level, geography, stage.palette, size), stage.px(18)))
        return True

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the card: paper, the small map or a torn sheet, the title and the lines."""
        palette, radius = stage.palette, stage.px(18)
        if focused:
            draw_focus_ring(surface, stage, self.rect, radius)
        draw_panel(surface, self.rect, palette, radius, shadow=not focused)
        picture = pygame.Rect(self.rect.topleft, self.picture_size(stage))
        if self._picture is not None:
            surface.blit(self._picture[1], picture)
        elif self.entry.level is None:
            self._draw_torn(surface, stage, picture)
        left, inner = self.rect.left + stage.em(16), self.rect.width - 2 * stage.em(16)
        y = picture.bottom + stage.em(12)
        title = elided(stage.type, self.title, 19, inner, 600)
        colour = palette.accent_ink if self.hovered or focused else palette.ink
        surface.blit(stage.type.render(title, 19, colour, weight=600), (left, y))
        y += stage.type.height(19) + stage.em(2)
        for line, ink in self.lines:
            text = self._text(line, ink)
            text.rect = pygame.Rect(left, y, inner, text.size(stage, inner)[1])
            text.draw(surface, stage, False)
            y = text.rect.bottom + stage.em(4)

    def _draw_torn(self, surface: pygame.Surface, stage: Stage, place: pygame.Rect) -> None:
        """A sheet with a zigzag tear, for a file that cannot be played."""
        palette = stage.palette
        sheet = pygame.Rect(0, 0, place.height * 5 // 8, place.height * 3 // 4)
        sheet.center = place.center
        step = max(4, sheet.width // 6)
        middle = [
            (sheet.left + i * step, sheet.centery + (step // 2 if i % 2 else -step // 2))
            for i in range(sheet.width // step + 1)
        ]
        gap = stage.px(9)
        upper = [sheet.topleft, sheet.topright, *reversed([(x, y - gap) for x, y in middle])]
        lower = [*((x, y + gap) for x, y in middle), sheet.bottomright, sheet.bottomleft]
        for part in (upper, lower):
            pygame.draw.polygon(surface, palette.paper_edge, part)
            pygame.draw.aalines(surface, palette.soft_ink, True, part)

    def press(self, stage: Stage, action: Action) -> bool:
        """CONFIRM opens it."""
        if action is not Action.CONFIRM:
            return False
        self.on_press(self.entry)
        return True

    def click(self, stage: Stage, pos: Point) -> None:
        """A click opens it."""
        self.on_press(self.entry)

    def says(self) -> str:
        """The title and the lines."""
        return "\n".join([f"* {self.title}", *(f"  {line}" for line, _ in self.lines if line)])


def _round_top(picture: pygame.Surface, radius: int) -> pygame.Surface:
    """The picture with its two upper corners rounded, to lie on a card."""
    rounded = pygame.Surface(picture.get_size(), pygame.SRCALPHA)
    pygame.draw.rect(
        rounded,
        (255, 255, 255, 255),
        rounded.get_rect(),
        border_top_left_radius=radius,
        border_top_right_radius=radius,
    )
    rounded.blit(picture, (0, 0), special_flags=pygame.BLEND_RGBA_MIN)
    return rounded
