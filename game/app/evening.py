"""An evening: two to four people live in the same water, one after another on one machine, each by their own light.

Nobody's life is a measure of another's.  The water does not know how many boats are on it, and each of the lives is
counted by whatever the one who lived it counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.app import flow
from game.model import Level
from game.session import Session

if TYPE_CHECKING:
    from game.app.stage import Stage

FEWEST, MOST = 2, 4


@dataclass
class Evening:
    """Who lives in the water of ``seed``, by name in the order of their turns, and the lives lived so far."""

    level: Level
    seed: int
    names: tuple[str, ...]
    lives: list[Session] = field(default_factory=list)

    @property
    def over(self) -> bool:
        """Whether everybody has had their turn."""
        return len(self.lives) >= len(self.names)

    @property
    def turn(self) -> str:
        """Whose turn it is; the last one's once it is over."""
        return self.names[min(len(self.lives), len(self.names) - 1)]

    def awaits(self, level: Level, seed: int | None) -> bool:
        """Whether a life on this level, in this water, would be a turn of this evening."""
        return not self.over and self.level.digest == level.digest and self.seed == seed

    def add(self, session: Session) -> None:
        """Takes in the life of whose turn it was."""
        self.lives.append(session)


def invite(stage: Stage, level: Level, seed: int) -> None:
    """Asks who wants to live in this water, one after another."""
    from game.app.screens.together import InviteSheet

    stage.push(InviteSheet(level, seed))


def begin_evening(stage: Stage, evening: Evening) -> None:
    """The first turn of an evening."""
    stage.evening = evening
    next_turn(stage)


def next_turn(stage: Stage) -> None:
    """Shows "before you set off" for the one whose turn it is."""
    evening = stage.evening
    if evening is not None:
        flow.go_to_set_off(stage, evening.level, seed=evening.seed)


def hand_over(stage: Stage) -> None:
    """After a turn: the next one sits down, or all see their lives together."""
    from game.app.screens.levels import LevelsScreen
    from game.app.screens.title import TitleScreen
    from game.app.screens.together import HandOverSheet

    evening = stage.evening
    if evening is None or evening.over:
        show_together(stage)
    else:
        stage.reset(TitleScreen(), LevelsScreen())
        stage.push(HandOverSheet(evening))


def show_together(stage: Stage) -> None:
    """All lives of the evening on one map."""
    from game.app.screens.levels import LevelsScreen
    from game.app.screens.lives_together import LivesTogetherScreen
    from game.app.screens.title import TitleScreen

    evening, stage.evening = stage.evening, None
    if evening is None or not evening.lives:
        flow.go_to_levels(stage)
    else:
        stage.reset(TitleScreen(), LevelsScreen(), LivesTogetherScreen(evening))


def look_back(stage: Stage, session: Session) -> None:
    """Lays the debrief of one life of an evening over all of them."""
    from game.app.screens.debrief import DebriefScreen

    stage.push(DebriefScreen(session, flow.solution_of(stage, session.level, session.weights)))
