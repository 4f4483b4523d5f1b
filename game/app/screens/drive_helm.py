"""At the helm: what a drive has to do with a gamepad and with voicing, beside the actions that it shares with all."""

from __future__ import annotations

from game.app import flow
from game.app.screen import Screen
from game.app.screens.drive_forks import row_text
from game.app.screens.drive_hands import Hands
from game.app.screens.drive_scene import Scene
from game.app.screens.drive_telling import happening, standing
from game.app.screens.drive_voyage import Voyage
from game.session import Session


class AtTheHelm(Screen):
    """A screen with a voyage that a stick may steer, that waits when the gamepad is gone, and that can be voiced."""

    session: Session
    voyage: Voyage | None
    hands: Hands
    scene: Scene

    @property
    def wants_stick(self) -> bool:  # type: ignore[override]
        """Whether somebody is at the helm, who may steer with the stick."""
        return self.voyage is not None and self.hands.steering and not self.voyage.resting

    def stick(self, x: float, y: float) -> None:
        """The helm follows the stick."""
        self.hands.stick(x, y)

    def pad_lost(self) -> None:
        """Whoever drove with it is given a pause."""
        flow.pause(self.stage, self.session)

    def left_alone(self) -> None:
        """At the next fork the boat waits until somebody takes the helm again."""
        if self.voyage is not None:
            self.voyage.moored = True

    def spoken(self) -> str:
        """The lane that is marked, or what has just happened and where the boat is."""
        if self.voyage is None:
            return ""
        row = self.hands.fork.row(self.hands.marked)
        if row is not None and self.voyage.choosing:
            return row_text(row)
        return "\n".join([*(happening(self.voyage, event) for event in self.scene.news[-1:]), standing(self.voyage)])
