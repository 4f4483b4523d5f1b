"""Writing: a field for each question, a tick for each line that may be read out, and the way to hand in.

The group's picture is looked at in the debrief, so what belongs to it is handed in before that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.app.screens.workshop.handing_in import HandInScreen
from game.app.screens.workshop.written_field import WrittenField
from game.app.widgets import Text, Toggle, Widget
from game.words import say
from game.workshop.contribution import Words
from game.workshop.contribution_file import LONGEST_WORDS


class WriteScreen(HandInScreen):
    """Everything is optional, and nothing is shared without its tick."""

    def body(self) -> Sequence[Widget]:
        """The questions."""
        step = self.step
        assert step is not None
        rows: list[Widget] = [Text(step.text, 17)]
        for number, question in enumerate(step.questions):
            words = self.course.notebook.contribution.words_at(step.id, number)
            field = WrittenField(
                question, words.text, self._typed(number), hint=say("course.write.hint"), longest=LONGEST_WORDS
            )
            rows += [field, Toggle(say("course.write.share"), words.shared, self._ticked(number))]
        return [*rows, Text(say("course.write.about"), 15, tone="soft"), *self.hand_in_rows()]

    def _words(self, number: int) -> Words:
        assert self.step is not None
        return self.course.notebook.contribution.words_at(self.step.id, number)

    def _typed(self, number: int) -> Callable[[str], None]:
        def typed(text: str) -> None:
            assert self.step is not None
            self.course.write(Words(self.step.id, number, text, self._words(number).shared))

        return typed

    def _ticked(self, number: int) -> Callable[[bool], None]:
        def ticked(on: bool) -> None:
            assert self.step is not None
            self.course.write(Words(self.step.id, number, self._words(number).text, on))

        return ticked
