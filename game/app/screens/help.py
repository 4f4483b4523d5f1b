"""Help: what the game is about in a few lines, and every key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from game.app.action import IN_FORCE, NUMBERS, Action, button_text, buttons_of, chord_text, key_text, keys_of
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Heading, Text, Widget, draw_key, key_width
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

_GROUPS: tuple[tuple[str, tuple[Action | tuple[Action, Action], ...]], ...] = (
    (
        "everywhere",
        (
            Action.CONFIRM,
            Action.BACK,
            Action.NEXT,
            Action.PREVIOUS,
            (Action.UP, Action.DOWN),
            (Action.LEFT, Action.RIGHT),
            (Action.PAGE_UP, Action.PAGE_DOWN),
            (Action.HOME, Action.END),
            Action.HELP,
            Action.SETTINGS,
            Action.FULLSCREEN,
            Action.MUTE,
            Action.MENU,
        ),
    ),
    (
        "drive",
        (
            (NUMBERS[0], NUMBERS[-1]),
            Action.PAUSE,
            Action.MODE,
            Action.VIEW,
            Action.GHOSTS,
            Action.BORROW,
            Action.LOOK,
            Action.SKIP,
            Action.LIST,
            (Action.NEARER, Action.FARTHER),
            (Action.LOOK_LEFT, Action.LOOK_RIGHT),
            (Action.LOOK_UP, Action.LOOK_DOWN),
            Action.HOME,
            Action.LIGHT,
        ),
    ),
    ("helm", ((Action.LEFT, Action.RIGHT), Action.UP, Action.DOWN)),
    (
        "replay",
        (
            Action.CONFIRM,
            (Action.LEFT, Action.RIGHT),
            (Action.UP, Action.DOWN),
            (Action.PAGE_UP, Action.PAGE_DOWN),
            (NUMBERS[0], NUMBERS[3]),
            Action.NEXT,
        ),
    ),
    ("plan", (Action.UNDO,)),
    (
        "debrief",
        (
            (Action.LEFT, Action.RIGHT),
            (Action.UP, Action.DOWN),
            (NUMBERS[0], NUMBERS[-1]),
            Action.LIGHT,
            Action.SKIP,
            Action.SAVE,
        ),
    ),
    ("workshop", (Action.CURTAIN,)),
)


class KeyRow(Widget):
    """One action: its keys as badges, and what it does, wrapped beside them."""

    def __init__(self, chords: Sequence[str], meaning: str) -> None:
        super().__init__()
        self.chords = list(chords)
        self.meaning = Text(meaning)

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The full width; as high as the badges or the text, whichever is higher."""
        column = self._column(stage, width)
        return (width, max(self._badges(stage, column)[-1].bottom, self.meaning.size(stage, width - column)[1]))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws badges on the left and the meaning on the right."""
        palette = stage.palette
        column = self._column(stage, self.rect.width)
        for name, place in zip(self.chords, self._badges(stage, column), strict=True):
            spot = place.move(self.rect.topleft)
            draw_key(surface, stage, name, spot.left, spot.centery, palette.ink, palette.paper)
        top = self.rect.top + stage.em(2)
        self.meaning.rect = pygame.Rect(self.rect.left + column, top, self.rect.width - column, self.rect.height)
        self.meaning.draw(surface, stage, False)

    def says(self) -> str:
        """The keys and the meaning."""
        return f"{' / '.join(self.chords)}: {self.meaning.text_}"

    def _column(self, stage: Stage, width: int) -> int:
        return min(stage.em(230), width * 2 // 5)

    def _badges(self, stage: Stage, column: int) -> list[pygame.Rect]:
        x = y = 0
        places = []
        for name in self.chords:
            wide = key_width(stage, name)
            if x and x + wide > column - stage.em(8):
                x, y = 0, y + stage.em(30)
            places.append(pygame.Rect(x, y, wide, stage.em(26)))
            x += wide + stage.em(6)
        return places


class HelpScreen(SheetScreen):
    """What the game is about, what the water means, and a row for every key of the keymap."""

    breadth = 820
    gap = 9.0

    def __init__(self) -> None:
        super().__init__(lambda: say("help.title"))

    def renamed(self) -> None:
        """Every row names keys."""
        self.fill()
        super().renamed()

    def body(self) -> Sequence[Widget]:
        """The text, then the keys in groups."""
        rows: list[Widget] = [Text(say("help.about")), Text(say("help.mouse"))]
        if IN_FORCE.device == "pad":
            rows.append(Text(say("help.pad", menu=key_text(Action.MENU))))
        for group, actions in _GROUPS:
            rows.append(Heading(say(f"help.{group}.title"), 19))
            for action in actions:
                pair = action if isinstance(action, tuple) else (action,)
                names = [name for part in pair for name in _names(part)]
                rows.append(KeyRow(names, say(f"help.{group}." + "_".join(part.name.lower() for part in pair))))
        rows += [Heading(say("help.words_title"), 19), Text(say("help.words")), Text(say("help.care"), tone="soft")]
        return rows


def _names(action: Action) -> list[str]:
    """What asks for an action just now: buttons where a gamepad was used last and there is one, else keys."""
    buttons = buttons_of(action) if IN_FORCE.device == "pad" else ()
    names = [button_text(button) for button in buttons] or [chord_text(chord) for chord in keys_of(action)]
    return list(dict.fromkeys(names))
