"""Whose light: by which value function to go on from this fork, and how one in hand is put down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import pygame

from game.app.action import Action
from game.app.screens.debrief.page import Card
from game.app.screens.sheet import SheetScreen
from game.app.screens.write_light import WriteLightScreen
from game.app.widgets import Button, Text, Widget
from game.session import Session
from game.steering import WRITTEN, Steering, called
from game.words import number, say

if TYPE_CHECKING:
    from game.app.stage import Stage


class WhoseLightScreen(SheetScreen):
    """The value functions that there are, the one in hand first, and a blank page for one of one's own.

    ``on_turn`` is told afterwards what happened, in a few words.
    """

    breadth = 760
    gap = 12.0

    def __init__(self, session: Session, on_turn: Callable[[str], None]) -> None:
        super().__init__(lambda: say("steering.title"))
        self.session, self.on_turn = session, on_turn

    def body(self) -> Sequence[Widget]:
        """What is in hand, how far it is open, and a card for everything else."""
        session = self.session
        hand, level = session.hand, session.level
        rows: list[Widget] = [Text(self._in_hand(), 17)]
        if hand.asked > 1:
            rows.append(Grip(hand.opened, hand.asked))
            rows.append(Text(self._grip(), 15, tone="soft"))
        opened_here = len(session.record.lanes) in hand.forks
        for other in session.lights:
            if other != hand.held and not (opened_here and other == hand.wanted):
                key = "rather" if opened_here else "open_for" if hand.asked - hand.opened > 1 else "take"
                name = say(f"steering.{key}", name=called(level, other.name))
                rows.append(Card(name, weights_text(session, other), partial(self.turn, other)))
        rows.append(Card(say("steering.write"), say("steering.write_note"), self.write))
        return rows

    def foot(self) -> Sequence[Widget]:
        """Go on as before."""
        return [Button(say("steering.keep"), self.close, key=Action.BACK)]

    def turn(self, other: Steering) -> None:
        """Asks for another value function, and says what came of it."""
        self.close()
        self.on_turn(turned_to(self.session, other))

    def write(self) -> None:
        """To the blank page; what is written there is asked for."""
        stage, session = self.stage, self.session
        self.close()
        start = next((light for light in session.lights if light.name == WRITTEN), session.steering)
        stage.push(WriteLightScreen(session.level, start, lambda own: self.on_turn(turned_to(session, own))))

    def _in_hand(self) -> str:
        held = self.session.hand.held
        return say(
            "steering.in_hand", name=called(self.session.level, held.name), weights=weights_text(self.session, held)
        )

    def _grip(self) -> str:
        hand = self.session.hand
        if len(self.session.record.lanes) in hand.forks:
            return say("steering.opened_here", left=hand.asked - hand.opened)
        return say("steering.grip", forks=hand.asked, left=hand.asked - hand.opened)


def weights_text(session: Session, steering: Steering) -> str:
    """What a value function counts, with its sentence if it has one."""
    pairs = zip(session.level.values, steering.weights, strict=True)
    parts = [say("set_off.weight", value=value.label, weight=number(weight)) for value, weight in pairs if weight]
    counts = say("drive.list.comma").join(parts) or say("steering.counts_nothing")
    return counts + (" · " + say("steering.quoted", sentence=steering.sentence) if steering.sentence else "")


def turned_to(session: Session, other: Steering) -> str:
    """Turns a session to another value function and says what came of it: taken up, or the hand a little more open."""
    session.turn_to(other)
    hand, name = session.hand, called(session.level, other.name)
    if hand.held == other:
        return say("steering.taken", name=name)
    held = called(session.level, hand.held.name)
    return say("steering.opened", name=held, fork=hand.opened, forks=hand.asked)


class Grip(Widget):
    """How far the hand is open: a ring for each fork it takes, filled where it was meant."""

    def __init__(self, opened: int, asked: int) -> None:
        super().__init__()
        self.opened, self.asked = opened, asked

    def size(self, stage: Stage, width: int) -> tuple[int, int]:
        """A row of rings."""
        return (width, stage.em(26))

    def draw(self, surface: pygame.Surface, stage: Stage, focused: bool) -> None:
        """Draws the rings."""
        palette, radius = stage.palette, stage.em(9)
        step = min(stage.em(30), max(2, self.rect.width // max(1, self.asked)))
        for i in range(self.asked):
            centre = (self.rect.left + radius + i * step, self.rect.centery)
            if i < self.opened:
                pygame.draw.circle(surface, palette.accent, centre, radius)
            pygame.draw.circle(surface, palette.ink, centre, radius, max(2, stage.px(2)))

    def says(self) -> str:
        """The rings in words."""
        return say("steering.rings", opened=self.opened, asked=self.asked)
