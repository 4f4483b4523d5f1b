"""The ladder: seven ways to live as bars, this one life across them, and what is proved about their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from game.app.certified import Certified
from game.app.draw.chart_bars import Across, BarChart, Row
from game.app.draw.chart_marks import Paint
from game.app.jobs import Job
from game.app.screens.debrief.figures import alike, figure, worth, worth_told
from game.app.screens.debrief.graph import Bars
from game.app.screens.debrief.page import Page, Sheet, Told, heading, plain, small
from game.debrief import LadderPage
from game.model import Oracle
from game.solver import Ladder, Rung
from game.words import say

_PAINTS: dict[str, Paint] = {
    "hindsight": "hatched",
    "optimal": "gold",
    "step_by_step": "deep",
    "replan_every": "pale",
    "best_fixed_plan": "water",
    "naive_plan": "clay",
    "follow_the_light": "clay",
    "unaided": "gold",
    "oracle": "pale",
}


@dataclass(frozen=True)
class Step:
    """A rung with its key in the words; ``years`` for m-year plans, ``oracle`` for following somebody's map."""

    key: str
    rung: Rung
    years: int = 0
    oracle: Oracle | None = None

    @property
    def name(self) -> str:
        """Its name on the screen."""
        return say(f"debrief.ladder.name.{self.key}", years=self.years, name=self._label)

    @property
    def plain_name(self) -> str:
        """Its name within a sentence."""
        return say(f"solve.rung.{self.key}", years=self.years, name=self._label)

    @property
    def meaning(self) -> str:
        """How it chooses; of an oracle also in what its map is wrong."""
        if self.oracle is None:
            return say(f"solve.meaning.{self.key}", years=self.years)
        wrong = [key for key in ("weights", "starts", "still", "luckiest_of") if getattr(self.oracle, key)]
        told = [say(f"solve.wrong.{key}", count=self.oracle.luckiest_of) for key in wrong]
        return say("debrief.ladder.sentences").join([say("solve.meaning.oracle"), *told])

    @property
    def _label(self) -> str:
        return "" if self.oracle is None else self.oracle.label


def steps_of(ladder: Ladder, oracles: Sequence[Oracle] = ()) -> tuple[Step, ...]:
    """The rungs from the top down; hindsight only where it was asked for; the level's oracles below all others."""
    steps = [] if ladder.hindsight is None else [Step("hindsight", ladder.hindsight)]
    steps.append(Step("optimal", ladder.optimal))
    if ladder.unaided is not None:
        steps.append(Step("unaided", ladder.unaided))
    steps.append(Step("step_by_step", ladder.step_by_step))
    steps += [Step("replan_every", rung, years) for years, rung in sorted(ladder.replan_every.items())]
    steps += [Step("best_fixed_plan", ladder.best_fixed_plan), Step("naive_plan", ladder.naive_plan)]
    steps.append(Step("follow_the_light", ladder.follow_the_light))
    steps += [Step("oracle", ladder.oracles[o.name], oracle=o) for o in oracles if o.name in ladder.oracles]
    return tuple(steps)


def ties_of(steps: tuple[Step, ...]) -> list[list[Step]]:
    """Groups of two and more rungs that are exactly equal, from the top down."""
    groups: list[list[Step]] = []
    for step in steps:
        group = next((group for group in groups if alike(group[0].rung, step.rung)), None)
        if group is None:
            groups.append([step])
        else:
            group.append(step)
    return [group for group in groups if len(group) > 1]


class TheLadderPage(Page):
    """Bars from the top rung down; the one looked at is told in full beside them.

    ``certify`` begins the job that proves what can be proved of the level, which happens when the page is turned up.
    """

    name = "ladder"

    def __init__(self, page: LadderPage, certify: Callable[[], Job[Certified]], oracles: Sequence[Oracle] = ()) -> None:
        super().__init__()
        self.page, self.steps = page, steps_of(page.ladder, oracles)
        self.ladder_steps = tuple(step for step in self.steps if step.oracle is None)
        self.ties = ties_of(self.ladder_steps)
        at = next(k for k, step in enumerate(self.steps) if step.key == "step_by_step")
        self.bars = Bars(self._chart(), item=at, on_look=self._look)
        self.rung_name, self.meaning, self.field = heading(""), Told(), small("")
        self._certify = certify
        self.certificate: Job[Certified] | None = None
        self.certified = small(say("debrief.ladder.certifying", percent=0))
        self._look(at)

    def lead(self) -> str:
        """What looking up is worth here, and beside it the best of the borrowed maps."""
        return say("debrief.ladder.sentences").join(filter(None, (self._looking_up(), self._borrowed())))

    def _looking_up(self) -> str:
        ladder = self.page.ladder
        if self.page.verdict == "ahead":
            gain = ladder.step_by_step.value - ladder.best_fixed_plan.value
            key = "lead_ahead" if ladder.step_by_step.method == "exact" else "lead_ahead_sampled"
            return say(f"debrief.ladder.{key}", gain=figure(gain))
        if self.page.verdict == "equal":
            return say("debrief.ladder.lead_equal", value=figure(ladder.best_fixed_plan.value))
        return say("debrief.ladder.lead_unclear")

    def _borrowed(self) -> str:
        lent = [(step.rung.value, step.oracle.label) for step in self.steps if step.oracle is not None]
        if not lent:
            return ""
        value, name = max(lent)
        return say(
            f"debrief.ladder.{'lead_oracle' if len(lent) == 1 else 'lead_oracles'}", name=name, value=figure(value)
        )

    def sheets(self) -> list[Sheet]:
        """The bars; the rung looked at, ties, and what is proved."""
        words = [self.rung_name, self.meaning, self.field]
        words += [plain(text) for text in self._ties_told()]
        words += [heading(say("debrief.ladder.proved_heading")), plain(say("debrief.ladder.chain"))]
        sampled = any(step.rung.method != "exact" for step in self.steps)
        words.append(small(say("debrief.ladder.proved_sampled" if sampled else "debrief.ladder.proved")))
        words.append(self.certified)
        words.append(small(say("debrief.ladder.not_proved")))
        return [Sheet([self.bars], 1.4), Sheet(words, 1.0)]

    def update(self, dt: float) -> None:
        """Takes in what has been proved since."""
        if self.certificate is None:
            self.certificate = self._certify()
        job = self.certificate
        if job.result is not None:
            told = job.result.told()
            if self.page.ladder.unaided is not None:
                told = say("debrief.ladder.sentences").join((told, say("debrief.ladder.certified_without")))
        elif job.error is not None:
            reason = str(job.error).strip() or type(job.error).__name__
            told = say("debrief.ladder.certified_not", reason=reason)
        else:
            told = say("debrief.ladder.certifying", percent=round(100 * job.fraction))
        if told != self.certified.text_:
            self.certified.text_ = told
            self.stale = True

    def transcript(self) -> str:
        """The page, and every rung with its sentence and its name in the field."""
        told = [
            say("debrief.says.row", name=step.name, worth=" ".join((self._meaning(step), self._field(step))))
            for step in self.steps
        ]
        return "\n".join((super().transcript(), *told))

    def _chart(self) -> BarChart:
        rows = tuple(self._row(k, step) for k, step in enumerate(self.steps))
        you = Across(self.page.you, say("debrief.ladder.you", light=figure(self.page.you)))
        return BarChart(rows, (you,), axis=say("debrief.ladder.axis"))

    def _row(self, k: int, step: Step) -> Row:
        rung = step.rung
        shown, known = worth(rung)
        asides = [known]
        below = next((other for other in self.steps[k + 1 :] if alike(rung, other.rung)), None)
        if below is not None:
            asides.append(say("debrief.ladder.equal_below", other=below.plain_name))
        gain = None
        if step.key == "step_by_step" and self.page.verdict == "ahead":
            base = self.page.ladder.best_fixed_plan.value
            gain = (base, say("debrief.ladder.gain", gain=figure(rung.value - base)))
        several = step.key in ("replan_every", "oracle")
        return Row(
            step.name,
            rung.value,
            shown,
            "" if several else say(f"debrief.ladder.note.{step.key}"),
            paint=_PAINTS[step.key],
            error=rung.stderr,
            aside=", ".join(aside for aside in asides if aside),
            gain=gain,
            minor=several,
        )

    def _look(self, item: int) -> None:
        step = self.steps[item]
        self.rung_name.text_ = say("debrief.says.row", name=step.name, worth=worth_told(step.rung))
        self.meaning.text_, self.field.text_ = self._meaning(step), self._field(step)
        self.stale = True

    def _meaning(self, step: Step) -> str:
        return step.meaning

    def _field(self, step: Step) -> str:
        return say("debrief.ladder.field", field=say(f"solve.field.{step.key}", years=step.years))

    def _ties_told(self) -> list[str]:
        if not self.ties:
            return []
        if len(self.ties) == 1 and len(self.ties[0]) == len(self.ladder_steps):
            return [say("debrief.ladder.equal_all")]
        sign = say("debrief.ladder.equal_sign")
        told = [say("debrief.ladder.equal_chain", chain=sign.join(s.plain_name for s in tie)) for tie in self.ties]
        ladder = self.page.ladder
        if self.page.verdict == "equal" and alike(ladder.optimal, ladder.best_fixed_plan):
            told.append(say("debrief.ladder.equal_why"))
        return told
