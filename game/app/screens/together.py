"""Together: who lives in this water one after another, and the moment in which the next one sits down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.app.action import Action
from game.app.evening import FEWEST, MOST, Evening, begin_evening, next_turn, show_together
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Choice, Text, TextField, Widget
from game.model import Level
from game.words import say
from game.workshop.pseudonym import pseudonym

_LONGEST_NAME = 24


class InviteSheet(SheetScreen):
    """How many people, and what they want to be called today; nobody has to say a name."""

    breadth = 640
    gap = 12.0

    def __init__(self, level: Level, seed: int) -> None:
        super().__init__(lambda: say("together.title"))
        self.level, self.seed = level, seed
        self.people = FEWEST
        self.typed = [""] * MOST
        self.pseudonyms: list[str] = []

    def enter(self) -> None:
        """Draws a pseudonym for everybody, no two alike, and fills the sheet."""
        while len(self.pseudonyms) < MOST:
            name = pseudonym()
            if name not in self.pseudonyms:
                self.pseudonyms.append(name)
        super().enter()

    @property
    def names(self) -> tuple[str, ...]:
        """What everybody is called: what was typed, or else the pseudonym."""
        return tuple(self.typed[k].strip() or self.pseudonyms[k] for k in range(self.people))

    def body(self) -> Sequence[Widget]:
        """What it is, how many, and a field for each name."""
        counts = [(count, say("together.people", count=count)) for count in range(FEWEST, MOST + 1)]
        rows: list[Widget] = [
            Text(say("together.about"), 15, tone="soft"),
            Choice(say("together.how_many"), counts, self.people, self._count),
        ]
        for k in range(self.people):
            label = say("together.name", number=k + 1)
            rows.append(TextField(label, self.typed[k], self._name(k), self.pseudonyms[k], _LONGEST_NAME))
        rows.append(Text(say("together.names_stay"), 15, tone="soft"))
        return rows

    def foot(self) -> Sequence[Widget]:
        """Begin, or not."""
        return [
            Button(say("together.begin"), self.begin, key=Action.SKIP, kind="primary"),
            Button(say("app.back"), self.close, key=Action.BACK),
        ]

    def begin(self) -> None:
        """The first turn."""
        begin_evening(self.stage, Evening(self.level, self.seed, self.names))

    def press_other(self, action: Action) -> None:
        """The key of the button that begins works from wherever the focus is."""
        if action is Action.SKIP:
            self.begin()
        else:
            super().press_other(action)

    def _count(self, people: int) -> None:
        self.people = people
        self.fill()
        self.layout(self.stage.size)

    def _name(self, k: int) -> Callable[[str], None]:
        def change(text: str) -> None:
            self.typed[k] = text

        return change


class HandOverSheet(SheetScreen):
    """Between two turns: one life has come to rest, and somebody else sits down."""

    breadth = 600

    def __init__(self, evening: Evening) -> None:
        super().__init__(lambda: say("together.next", name=evening.turn))
        self.evening = evening

    def body(self) -> Sequence[Widget]:
        """Who has lived, and that nothing has changed for the next one."""
        last = self.evening.names[len(self.evening.lives) - 1]
        return [Text(say("together.rested", name=last)), Text(say("together.same_water"), 15, tone="soft")]

    def foot(self) -> Sequence[Widget]:
        """On, or an early end."""
        return [
            Button(say("together.sit_down"), self.go_on, key=Action.CONFIRM, kind="primary"),
            Button(say("together.enough"), self.end, key=Action.BACK),
        ]

    def go_on(self) -> None:
        """The next turn."""
        next_turn(self.stage)

    def end(self) -> None:
        """Nobody else wants to: the lives lived so far."""
        show_together(self.stage)

    def close(self) -> None:
        """There is nothing below to go back to but the end of the evening."""
        self.end()
