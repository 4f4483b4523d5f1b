"""The card of a level in the making: its small map, its name, and what a fixed plan would lose on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pygame

from game.app.draw.panel import draw_panel
from game.app.widgets import Text, Widget, elided
from game.model import Level
from game.words import say

if TYPE_CHECKING:
    from game.app.drafts import Draft
    from game.app.stage import Stage
    from game.generator.appraisal import Appraisal

_LINES = 6
"""Lines of text for which there is always room, so that the map does not jump."""


class DraftCard(Widget):
    """Paper with the map on top and sentences below; ``alone`` if it fills its own place beside the sliders.

    ``stale`` says that its height may have changed; ``waits`` that it is not said yet what the level is worth.
    """

    def __init__(self) -> None:
        super().__init__()
        self.alone = True
        self.stale = False
        self.waits = True
        self.kept = ""
        self._title = ""
        self._told: list[str] = [say("sandbox.drawing")]
        self._picture: pygame.Surface | None = None

    # --- what it is told ----------------------------------------------------------------------------------------------

    def show(self, draft: Draft, level: Level) -> None:
        """Shows a level as it was drawn, ``level`` in the language spoken."""
        self._picture = pygame.image.frombytes(draft.picture, draft.size, "RGB")
        self._title = level.title
        self._say([say("sandbox.weighing")])

    def say_waiting(self, fraction: float = 0.0) -> None:
        """Says how far it is known what the level is worth."""
        self.waits = True
        if not fraction:
            self.kept = ""
        key = "sandbox.weighing_at" if fraction else "sandbox.weighing"
        self._say([say(key, percent=round(100 * fraction)) if fraction else say(key)])

    def say_worth(self, appraisal: Appraisal) -> None:
        """Says what the level is worth."""
        from game.generator.appraisal import sentences

        self.waits = False
        self._say(sentences(appraisal))

    def say_failed(self, reason: str) -> None:
        """Says that it could not be found out, and why."""
        self.waits = False
        self._say([say("sandbox.failed", reason=reason)])

    def say_kept(self, text: str) -> None:
        """Says where the level was kept, or why not."""
        self.kept, self.stale = text, True

    def _say(self, told: list[str]) -> None:
        if told != self._told:
            self._told, self.stale = told, True

    # --- the widget ---------------------------------------------------------------------------------------------------

    def picture_rect(self, stage: Stage) -> pygame.Rect:
        """Where the map is."""
        if not self.alone:
            return pygame.Rect(
                self.rect.left, self.rect.top, max(2, self.rect.width), self._low(stage, self.rect.width)
            )
        place = self.rect.inflate(-2 * stage.em(16), -2 * stage.em(16))
        place.height = max(2, place.height - stage.type.height(19) - _LINES * stage.type.height(15) - stage.em(22))
        return place

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width; the map and what is said under it."""
        texts = sum(text.size(stage, width)[1] + stage.em(2) for text in self._texts())
        return (width, self._low(stage, width) + stage.em(12) + stage.type.height(19) + texts)

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the paper (if it is its own), the map, the title and the sentences."""
        if self.alone:
            draw_panel(surface, self.rect, stage.palette, stage.px(20))
        spot = self.picture_rect(stage)
        if self._picture is None:
            draw_panel(surface, spot, stage.palette, stage.px(12), shadow=False, colour=stage.palette.paper_edge)
        else:
            same = self._picture.get_size() == spot.size
            surface.blit(self._picture if same else _fitted(self._picture, spot.size), spot)
        y = spot.bottom + stage.em(10)
        title = elided(stage.type, self._title, 19, spot.width, 600)
        surface.blit(stage.type.render(title, 19, stage.palette.ink, weight=600), (spot.left, y))
        y += stage.type.height(19) + stage.em(2)
        for text in self._texts():
            text.rect = pygame.Rect(spot.left, y, spot.width, text.size(stage, spot.width)[1])
            text.draw(surface, stage, False)
            y = text.rect.bottom + stage.em(2)

    @staticmethod
    def _low(stage: Stage, width: int) -> int:
        """The height of the map among the sliders."""
        return max(2, min(width * 9 // 16, stage.size[1] // 3))

    def says(self) -> str:
        """The title and the sentences."""
        return "\n".join(part for part in (self._title, *self._told, self.kept) if part)

    def _texts(self) -> list[Text]:
        kept = [Text(self.kept, 15, 600)] if self.kept else []
        return [*(Text(told, 15) for told in self._told), *kept]


def _fitted(picture: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """The middle of a picture, as large as fits into ``size``."""
    wide, high = picture.get_size()
    scale = max(size[0] / wide, size[1] / high)
    grown = pygame.transform.smoothscale(picture, (max(1, round(wide * scale)), max(1, round(high * scale))))
    cut = pygame.Rect(0, 0, *size)
    cut.center = grown.get_rect().center
    return grown.subsurface(cut.clip(grown.get_rect()))
