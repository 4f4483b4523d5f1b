"""The level list: a card for each level, and for each file that would be one if it had no problems."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.app import flow
from game.app.action import Action
from game.app.draw.panel import draw_panel
from game.app.screens.level_card import LevelCard
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Form, Heading, ScrollPane, Text, Widget, place_row
from game.app.widgets.layout import row_height
from game.files import LevelEntry, told
from game.model import Level
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage


class LevelsScreen(Form):
    """Cards in as many columns as fit, and where to put levels of one's own.

    The file ``wanted`` is opened as soon as it has been read.
    """

    def __init__(self, wanted: Path | None = None) -> None:
        super().__init__()
        self._wanted = wanted
        self.pane = ScrollPane()
        self.heading = Heading("", 34, tone="bare")
        self._cards: list[LevelCard] = []
        self._parts: list[tuple[Heading, list[LevelCard]]] = []
        self._note = Note("", 15, tone="soft")
        self._seen = -1

    def enter(self) -> None:
        """Reads the shelf anew; the cards of last time are there at once."""
        self.stage.library.refresh()
        self.stage.library.update()
        self._fill()

    def _fill(self) -> None:
        library = self.stage.library
        self.heading.text_ = say("levels.title")
        self._seen = library.changes
        focused = self.focused.entry.path if isinstance(self.focused, LevelCard) else None
        known = {card.entry.path: card for card in self._cards}
        cards = (known.get(entry.path) or LevelCard(entry, self.open) for entry in library.entries or ())
        self._cards = [
            card if card.entry == entry else LevelCard(entry, self.open)
            for card, entry in zip(cards, library.entries or (), strict=True)
        ]
        if library.entries is None:
            self._note.text_ = say("app.wait")
        elif library.home is not None:
            self._note.text_ = say("levels.folder", folder=library.home / "levels")
        else:
            self._note.text_ = say("levels.drop")
        for card in self._cards:
            card.tell(library)
        self._parts = [(Heading(say(f"levels.part_{part}"), 24, tone="bare"), cards) for part, cards in self._by_part()]
        self.pane.children = [*(widget for heading, cards in self._parts for widget in (heading, *cards)), self._note]
        self.foot: list[Widget] = [
            Button(say("app.back"), self.stage.pop, key=Action.BACK),
            Button(say("sandbox.button"), lambda: flow.make_level(self.stage)),
            Button(say("levels.help"), lambda: flow.show_help(self.stage), key=Action.HELP),
            Button(say("lives.title"), lambda: flow.show_lives(self.stage), key=Action.LIST),
            Button(say("course.choose.button"), lambda: flow.choose_exercise(self.stage)),
        ]
        self.widgets = [self.heading, self.pane, *self.foot]
        last = focused or (Path(self.stage.settings.last_level) if self.stage.settings.last_level else None)
        chosen = next((card for card in self._cards if card.entry.path == last), None)
        self.focused = chosen or (self._cards[0] if self._cards else self.foot[0])

    def _by_part(self) -> list[tuple[str, list[LevelCard]]]:
        """The cards of the story, of the other levels that come with the game, and of one's own; no empty part."""
        parts: dict[str, list[LevelCard]] = {"story": [], "more": [], "own": []}
        for card in self._cards:
            parts["story" if card.entry.story else "more" if card.entry.shipped else "own"].append(card)
        return [(part, cards) for part, cards in parts.items() if cards]

    def layout(self, size: tuple[int, int]) -> None:
        """Heading on top, cards in columns, buttons at the bottom."""
        stage = self.stage
        side = max(stage.px(48), 14)
        inner = size[0] - 2 * side
        high = self.heading.size(stage, inner)[1]
        top = max(stage.px(26), 8)
        self.heading.rect = pygame.Rect(side, top, inner, high)
        foot = row_height(stage, self.foot, inner)
        bottom = size[1] - max(stage.px(26), 8) - foot
        place_row(stage, self.foot, side, bottom, inner)
        pane_top = top + high + stage.em(12)
        self.pane.rect = pygame.Rect(side, pane_top, inner, bottom - stage.em(14) - pane_top)
        gap = stage.em(24)
        columns = max(1, min(4, (inner + gap) // (stage.em(290) + gap)))
        wide = min((inner - (columns - 1) * gap) // columns, stage.em(420))
        y = self.pane.rect.top + stage.px(8)
        for card in self._cards:
            card.most_picture = max(stage.px(60), self.pane.rect.height * 2 // 5)
        for heading, cards in self._parts:
            heading.rect = pygame.Rect(side, y, inner, heading.size(stage, inner)[1])
            y = heading.rect.bottom + stage.em(8)
            for first in range(0, len(cards), columns):
                row = cards[first : first + columns]
                tall = max(card.size(stage, wide)[1] for card in row)
                for i, card in enumerate(row):
                    card.rect = pygame.Rect(side + i * (wide + gap), y, wide, tall)
                y += tall + gap
        self._note.rect = pygame.Rect(side, y, inner, self._note.size(stage, inner)[1])
        self.pane.settle(stage.em(12))
        if self.focused is not None:
            self.focus_on(self.focused)

    def update(self, dt: float) -> None:
        """Takes in what has been worked out, and draws one small map a tick."""
        library = self.stage.library
        library.update()
        wanted = None if self._wanted is None or library.reading else library.entry_of(self._wanted)
        if wanted is not None:
            self._wanted = None
            self.open(wanted)
            return
        if library.changes != self._seen:
            self._fill()
            self.layout(self.stage.size)
        elif library.working:
            for card in self._cards:
                card.tell(library)
        for card in self._cards:
            if card.prepare(self.stage, library):
                break

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the sky, the cards and the buttons."""
        self.stage.backdrop().draw(surface, 0.0 if self.stage.reduced_motion else self.stage.time)
        self.draw_widgets(surface)

    def press_other(self, action: Action) -> None:
        """Settings from here as from everywhere."""
        if action is Action.SETTINGS:
            flow.show_settings(self.stage)

    def open(self, entry: LevelEntry) -> None:
        """Goes on to a level, or shows what is wrong with its file."""
        if entry.level is None:
            self.stage.push(ProblemsScreen(entry))
        else:
            flow.go_to_level(self.stage, entry.level, entry.path)


class Note(Text):
    """A text on a piece of paper of its own."""

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """The text with paper around it."""
        return (width, super().size(stage, width - 2 * stage.em(16))[1] + 2 * stage.em(10))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the paper and the text on it."""
        draw_panel(surface, self.rect, stage.palette, stage.px(14))
        whole = self.rect
        self.rect = whole.inflate(-2 * stage.em(16), -2 * stage.em(10))
        super().draw(surface, stage, focused)
        self.rect = whole


class ProblemsScreen(SheetScreen):
    """All that is wrong with a level file, in plain words."""

    breadth = 860
    gap = 10.0

    def __init__(self, entry: LevelEntry) -> None:
        super().__init__(lambda: entry.path.name)
        self.entry = entry

    def body(self) -> Sequence[Widget]:
        """Where the file is, and its problems line by line."""
        rows: list[Widget] = [
            Text(say("levels.problems_about", path=self.entry.path), 15, tone="soft"),
        ]
        for fault in self.entry.faults:
            text = fault.text if fault.line is None else say("levels.problem_line", line=fault.line, text=fault.text)
            rows.append(Text(text))
        return rows


class ContentNoteScreen(SheetScreen):
    """What somebody may want to know before a level, with a way round it."""

    breadth = 700

    def __init__(self, level: Level, file: Path | None) -> None:
        super().__init__(lambda: say("levels.note_title", title=self.level.title))
        self.level, self.file = level, file

    def body(self) -> Sequence[Widget]:
        """The note."""
        from game.app.screens.set_off import flowing

        return [Text(flowing(self.level.content_note)), Text(say("levels.note_care"), 15, tone="soft")]

    def foot(self) -> Sequence[Widget]:
        """On, or round it."""
        return [
            Button(say("levels.note_on"), self.go_on, kind="primary"),
            Button(say("levels.note_round"), self.close, key=Action.BACK),
        ]

    def retell(self) -> None:
        """The note in the language spoken now."""
        self.level = told(self.level)
        self.fill()

    def go_on(self) -> None:
        """To the level, and no note before it again today."""
        self.stage.notes_read.add(self.level.digest)
        flow.go_to_level(self.stage, self.level, self.file)
