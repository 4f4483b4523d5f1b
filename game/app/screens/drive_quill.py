"""The quill: when a value function is written or taken up on the drive.

At a fork it is asked for; on a lane that writes, the blank page opens by itself, once, and can be looked past.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.app.screens.drive_voyage import Voyage
from game.steering import WRITTEN, may_turn
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage

_UNDER_WAY = 0.22
"""The part of a writing lane that lies behind before the page opens, so that one has seen where one is."""


class Quill:
    """Opens the sheets over a voyage; ``tell`` says in a few words what came of them."""

    def __init__(self, stage: Stage, voyage: Voyage, tell: Callable[[str], None]) -> None:
        self.stage, self.voyage, self.tell = stage, voyage, tell
        self._opened = -1

    def update(self) -> None:
        """Opens the blank page on a lane that writes, once for each time it is taken."""
        voyage = self.voyage
        lanes, level = voyage.travelled, voyage.session.level
        if not lanes or voyage.is_replay or self._opened == len(lanes) or not level.lane(lanes[-1]).writes:
            return
        if (voyage.leg is None or voyage.boat.fraction >= _UNDER_WAY) and not voyage.resting:
            self._opened = len(lanes)
            self._write(level.lane(lanes[-1]).name)

    def ask(self) -> None:
        """At a fork that allows it: by whose light to go on.  Elsewhere it is said why not."""
        from game.app.screens.whose_light import WhoseLightScreen

        voyage, session = self.voyage, self.voyage.session
        if not voyage.choosing or voyage.is_replay:
            self.tell(say("steering.at_a_fork"))
        elif not may_turn(session.level, session.record.lanes):
            self.tell(say("steering.not_here"))
        else:
            self.stage.push(WhoseLightScreen(session, self.tell))

    def _write(self, lane: str) -> None:
        from game.app.screens.whose_light import turned_to
        from game.app.screens.write_light import WriteLightScreen

        session = self.voyage.session
        start = next((light for light in session.lights if light.name == WRITTEN), session.steering)
        page = WriteLightScreen(session.level, start, lambda own: self.tell(turned_to(session, own)), quiet=lane)
        self.stage.push(page)
