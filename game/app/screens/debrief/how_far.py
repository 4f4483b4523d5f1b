"""How far ahead to commit: expected light against how long a plan is kept before a new one is made."""

from __future__ import annotations

from game.app.draw.chart_line import LineChart, Point
from game.app.screens.debrief.figures import alike, figure, worth, worth_told
from game.app.screens.debrief.graph import Line
from game.app.screens.debrief.page import Page, Sheet, Told, heading, plain, small
from game.debrief import CommitmentPage
from game.words import say


class HowFarPage(Page):
    """The curve of commitment, with honest axes: where the scale starts is said, and so is that steps are not even."""

    name = "commitment"

    def __init__(self, page: CommitmentPage) -> None:
        super().__init__()
        self.curve = page.curve
        self.line = Line(self._chart(), on_look=self._look)
        self.told = Told()
        self._look(0)

    @property
    def tie(self) -> bool:
        """Whether all points are exactly equal."""
        first = self.curve[0][1]
        return all(alike(first, rung) for _, rung in self.curve)

    def lead(self) -> str:
        """What deciding everything on the first day costs here."""
        first, last = self.curve[0][1], self.curve[-1][1]
        if alike(first, last):
            return say("debrief.commitment.lead_same" if self.tie else "debrief.commitment.lead_ends")
        if first.value - last.value <= 4 * (first.stderr + last.stderr):
            return say("debrief.commitment.lead_unclear")
        key = "lead_falls" if first.method == last.method == "exact" else "lead_falls_sampled"
        return say(f"debrief.commitment.{key}", gap=figure(first.value - last.value))

    def sheets(self) -> list[Sheet]:
        """The curve; the point looked at, and how to read it."""
        words = [self.told, heading(say("debrief.commitment.about"))]
        if self.tie:
            words.append(plain(say("debrief.commitment.tie", light=figure(self.curve[0][1].value))))
        low = self.line.chart.scale.low
        key = "origin_zero" if low == 0 else "origin"
        words.append(plain(say(f"debrief.commitment.{key}", low=figure(low))))
        if not self.tie:
            words.append(plain(self._size()))
        words.append(small(say("debrief.commitment.order")))
        graph = Sheet([heading(say("debrief.commitment.heading")), self.line], 1.6)
        return [graph, Sheet(words, 1.0)]

    def transcript(self) -> str:
        """The page, and every point in a sentence."""
        return "\n".join((super().transcript(), *(self._sentence(k) for k in range(len(self.curve)))))

    def _chart(self) -> LineChart:
        points = tuple(
            Point(
                say("debrief.commitment.for_ever") if years is None else say("debrief.commitment.years", years=years),
                rung.value,
                worth(rung)[0],
                rung.stderr,
            )
            for years, rung in self.curve
        )
        return LineChart(points, axis=say("debrief.commitment.axis"))

    def _look(self, item: int) -> None:
        self.told.text_ = self._sentence(item)
        self.stale = True

    def _sentence(self, k: int) -> str:
        years, rung = self.curve[k]
        key = "ever" if years is None else "one" if years == 1 else "years"
        return say(f"debrief.commitment.point_{key}", years=years, light=worth_told(rung))

    def _size(self) -> str:
        lights = [rung.value for _, rung in self.curve]
        top, gap = max(lights), max(lights) - min(lights)
        if min(lights) <= 0:
            return say("debrief.commitment.size_alone", gap=figure(gap))
        return say("debrief.commitment.size", gap=figure(gap), percent=figure(round(100 * gap / top, 1)))
