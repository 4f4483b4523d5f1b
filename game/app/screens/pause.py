"""Pause: a sheet over the drive."""

from __future__ import annotations

from collections.abc import Sequence

from game.app import flow
from game.app.action import Action
from game.app.keeping import keep_run
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Text, Widget, place_column
from game.session import Session
from game.words import say


class PauseScreen(SheetScreen):
    """Go on, help, settings, the same water again, or leave; leaving keeps the run so far."""

    breadth = 460

    def __init__(self, session: Session) -> None:
        super().__init__(lambda: say("pause.title"))
        self.session = session

    def body(self) -> Sequence[Widget]:
        """Where the life stands, and what can be done."""
        session = self.session
        return [
            Text(
                say(
                    "pause.where",
                    level=session.level.title,
                    year=min(session.life.year + 1, session.level.years),
                    years=session.level.years,
                    place=session.level.place(session.life.place).label,
                ),
                tone="soft",
            ),
            Button(say("pause.go_on"), self.close, key=Action.BACK, kind="primary"),
            Button(say("pause.help"), lambda: flow.show_help(self.stage), key=Action.HELP),
            Button(say("pause.settings"), lambda: flow.show_settings(self.stage), key=Action.SETTINGS),
            Button(say("pause.again"), self.again),
            Button(say("pause.leave"), self.leave_life),
        ]

    def foot(self) -> Sequence[Widget]:
        """Nothing: all buttons are in the middle."""
        return ()

    def place(self, width: int) -> None:
        """The buttons one below another, all as wide as the sheet."""
        bottom = place_column(self.stage, self.pane.children, self.pane.rect.left, self.pane.rect.top, width, gap=12)
        for widget in self.pane.children:
            widget.rect.width = width
        self.pane.height = bottom - self.pane.rect.top

    def press_other(self, action: Action) -> None:
        """The pause key ends the pause as well."""
        if action is Action.PAUSE:
            self.close()
        else:
            super().press_other(action)

    def again(self) -> None:
        """Keeps the run and begins the same water again."""
        keep_run(self.stage, self.session)
        flow.same_water(self.stage, self.session)

    def leave_life(self) -> None:
        """Keeps the run and goes to the level list."""
        keep_run(self.stage, self.session)
        flow.go_to_levels(self.stage)
