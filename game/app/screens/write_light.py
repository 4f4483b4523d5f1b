"""Writing a value function: how much each kind of light weighs, and one sentence of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from game.app import flow
from game.app.action import Action
from game.app.screens.sheet import SheetScreen
from game.app.widgets import Button, Heading, Slider, Text, TextField, Widget
from game.model import Level
from game.steering import LONGEST_SENTENCE, WRITTEN, Steering
from game.words import say

_MOST = 1.0


class WriteLightScreen(SheetScreen):
    """A slider for each value, a field for the sentence; ``on_done`` hears what was written, if anything was.

    ``quiet`` is how it is spoken of on a stretch where there is time for it, and can be looked past.
    """

    breadth = 860
    gap = 10.0

    def __init__(self, level: Level, start: Steering, on_done: Callable[[Steering], None], quiet: str = "") -> None:
        super().__init__(lambda: say("steering.write_title"))
        self.level, self.on_done, self.quiet = level, on_done, quiet
        self.weights = [min(_MOST, max(0.0, weight)) for weight in start.weights]
        self.sentence = start.sentence
        self._told = Text("", 15, tone="soft")

    @property
    def written(self) -> Steering:
        """What stands on the sheet."""
        return Steering(WRITTEN, tuple(self.weights), " ".join(self.sentence.split()))

    def body(self) -> Sequence[Widget]:
        """What this is, a slider a value, the sentence, and what comes of it."""
        about = Text(say("steering.write_quiet", lane=self.quiet) if self.quiet else say("steering.write_about"), 15)
        sliders = [
            Slider(value.label, value.about, self.weights[i], partial(self._weigh, i))
            for i, value in enumerate(self.level.values)
        ]
        field = TextField(
            say("steering.sentence"), self.sentence, self._write, say("steering.sentence_hint"), LONGEST_SENTENCE
        )
        self._tell()
        return [about, *sliders, Heading(say("steering.words"), 19), field, self._told]

    def foot(self) -> Sequence[Widget]:
        """Take it up, or look out of the window."""
        self._take = Button(say("steering.take_written"), self.take, kind="primary")
        self._take.enabled = any(self.weights)
        back = Button(say("steering.window" if self.quiet else "app.back"), self.close, key=Action.BACK)
        return [self._take, back]

    def take(self) -> None:
        """Hands over what is written."""
        written = self.written
        self.close()
        self.on_done(written)

    def press_other(self, action: Action) -> None:
        """Help from here as from everywhere."""
        if action is Action.HELP:
            flow.show_help(self.stage)
        else:
            super().press_other(action)

    def _weigh(self, i: int, weight: float) -> None:
        self.weights[i] = weight
        self._take.enabled = any(self.weights)
        self._tell()

    def _write(self, sentence: str) -> None:
        self.sentence = sentence

    def _tell(self) -> None:
        self._told.text_ = say("steering.nothing_weighs" if not any(self.weights) else "steering.kept")
