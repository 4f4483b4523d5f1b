"""A replay at the hands: held or let go, by forks or years, at four speeds, to any moment, behind any boat."""

from __future__ import annotations

import math
from collections.abc import Callable

from game.app.action import NUMBERS, Action
from game.app.screens.drive_ghosts import short_name
from game.app.screens.drive_scene import Scene
from game.app.screens.drive_time_bar import SPEEDS, Reel
from game.app.screens.drive_voyage import Voyage
from game.model import LaneNotOpen
from game.words import number, say

_ON = (Action.RIGHT, Action.SKIP)


def reel_of(voyage: Voyage, scene: Scene) -> Reel | None:
    """The time bar of a replay; None where nothing is replayed."""
    if not voyage.replaying:
        return None
    forks, year = [], 0
    for lane in (*voyage.travelled, *voyage.script):
        forks.append(year)
        if lane not in voyage.session.level.lane_index:
            break
        year += voyage.session.level.lane(lane).years
    name = say("drive.replay.own_boat") if scene.followed is None else short_name(scene.followed.name)
    return Reel(max(1, voyage.recorded_years), tuple(forks), voyage.pace, name, 1 + len(scene.ghosts_shown()))


class ReplayHands:
    """What a person does with a replay; ``on_jump`` is told when the boat lies elsewhere, ``on_parted`` that the record
    takes a lane that is not open."""

    def __init__(
        self, voyage: Voyage, scene: Scene, on_jump: Callable[[], None], on_parted: Callable[[], None]
    ) -> None:
        self.voyage, self.scene, self.on_jump, self.on_parted = voyage, scene, on_jump, on_parted

    def press(self, action: Action) -> None:
        """CONFIRM holds or goes on; LEFT and RIGHT a fork back or on, UP and DOWN a year; numbers the speed; NEXT and
        PREVIOUS the boat; HOME and END of the bar are PAGE_UP and PAGE_DOWN."""
        voyage = self.voyage
        if action is Action.CONFIRM:
            voyage.playing = not voyage.playing
            self.scene.say(say("drive.replay.plays" if voyage.playing else "drive.replay.held"))
        elif action in _ON:
            self._take_next()
        elif action is Action.LEFT:
            voyage.take_back()
            self._jumped()
        elif action in (Action.UP, Action.DOWN):
            self.step_year(1 if action is Action.DOWN else -1)
        elif action in (Action.PAGE_UP, Action.PAGE_DOWN):
            self.seek(0.0 if action is Action.PAGE_UP else float(voyage.recorded_years))
        elif action in (Action.NEXT, Action.PREVIOUS):
            self.follow_next(1 if action is Action.NEXT else -1)
        elif action in NUMBERS[: len(SPEEDS)]:
            voyage.pace = SPEEDS[NUMBERS.index(action)]
            self.scene.say(say("drive.replay.speed", speed=number(voyage.pace)))

    def step_year(self, step: int) -> None:
        """Shows the next year's beginning, or that of this year, or of the one before."""
        time = self.voyage.time
        year = math.floor(time + 1e-6) + 1 if step > 0 else math.ceil(time - 0.5) - 1
        self.seek(float(year))

    def seek(self, time: float) -> None:
        """Shows a moment, in years since the beginning, and holds the replay there."""
        voyage = self.voyage
        voyage.playing = False
        try:
            voyage.seek(min(max(0.0, time), float(voyage.recorded_years)))
        except LaneNotOpen:
            self._jumped()
            self.on_parted()
            return
        self._jumped()

    def follow_next(self, step: int) -> None:
        """Follows the next boat: one's own, then each ghost shown, round and round."""
        boats = [None, *self.scene.ghosts_shown()]
        at = boats.index(self.scene.followed) if self.scene.followed in boats else 0
        self.scene.followed = followed = boats[(at + step) % len(boats)]
        self.scene.jumped()
        name = say("drive.replay.own_boat") if followed is None else short_name(followed.name)
        key = "drive.replay.follows" if followed is None else "drive.replay.follows_ghost"
        self.scene.say(say(key, name=name))

    def _take_next(self) -> None:
        voyage, taken = self.voyage, self.voyage.travelled
        try:
            events = voyage.take_next()
        except LaneNotOpen:
            self.on_parted()
            return
        if voyage.travelled != taken:
            self.on_jump()
        self.scene.take_in(events)

    def _jumped(self) -> None:
        self.on_jump()
        self.scene.jumped()
