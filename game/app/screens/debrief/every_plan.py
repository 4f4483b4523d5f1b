"""Every plan there is: all fixed plans by their light on average, and, one switch away, in this very life."""

from __future__ import annotations

import numpy as np

from game.app.action import Action
from game.app.draw.chart_histogram import HistogramChart, Marked, bins_of
from game.app.screens.debrief.figures import alike, count, figure
from game.app.screens.debrief.graph import Histogram
from game.app.screens.debrief.page import Page, Sheet, heading, plain, small
from game.app.widgets import Button
from game.debrief import PlansPage
from game.solver import PlanDistribution, Rung
from game.words import say


class EveryPlanPage(Page):
    """The histogram with the best plan's line and that of one step at a time; ``here`` shows this very life."""

    name = "plans"

    def __init__(self, page: PlansPage) -> None:
        super().__init__()
        self.page, self.here = page, False
        self.graph = Histogram(self._chart())
        self.button = Button("", self._turn, key=Action.MODE)
        self.heading, self.shown = heading(""), plain("")
        self.read, self.more, self.last = plain(""), plain(""), small("")
        self._tell()

    @property
    def distribution(self) -> PlanDistribution:
        """The plans as they are shown now."""
        return self.page.here if self.here else self.page.expected

    def lead(self) -> str:
        """On average: no plan beats the best; in this life: how many would have brought more."""
        page = self.page
        if self.here:
            key = "here" if page.here.complete else "here_sample"
            if not page.brighter_here:
                key += "_none"
            return say(
                f"debrief.plans.lead_{key}", brighter=count(page.brighter_here), all=count(len(page.here.values))
            )
        key = "lead_tie" if self._tie() else "lead" if page.stepping.method == "exact" else "lead_unclear"
        return say(f"debrief.plans.{key}", best=figure(page.best), stepping=figure(page.stepping.value))

    def sheets(self) -> list[Sheet]:
        """The histogram with its switch; how to read it."""
        return [
            Sheet([self.heading, self.shown, self.graph, self.button], 1.6),
            Sheet([heading(say("debrief.plans.about")), self.read, self.more, self.last], 1.0),
        ]

    def switch(self) -> bool:
        """Turns between the average and this very life."""
        self._turn()
        return True

    def transcript(self) -> str:
        """The page as shown, and the lead of its other side."""
        shown = super().transcript()
        self.here = not self.here
        other = self.lead()
        self.here = not self.here
        return "\n".join((shown, other))

    def _tie(self) -> bool:
        return alike(self.page.stepping, Rung(self.page.best))

    def _turn(self) -> None:
        self.here = not self.here
        self.graph.chart = self._chart()
        self.progress = self.graph.progress = 0.0
        self._tell()

    def _tell(self) -> None:
        here, page = self.here, self.page
        self.button.label = say("debrief.plans.switch_back" if here else "debrief.plans.switch")
        self.heading.text_ = say("debrief.plans.heading_here" if here else "debrief.plans.heading")
        self.shown.text_ = self._counted()
        read = "read" if not here else "read_here" if page.brighter_here else "read_here_none"
        self.read.text_ = say(f"debrief.plans.{read}")
        if here:
            key = {0: "none", 1: "one"}.get(page.level_here, "some")
            self.more.text_ = say(f"debrief.plans.level_{key}", count=count(page.level_here))
            self.last.text_ = say("debrief.plans.unknown")
        else:
            gain = page.stepping.value - page.best
            exact = page.stepping.method == "exact"
            key = "beyond_tie" if self._tie() else "beyond" if exact else "beyond_sampled"
            self.more.text_ = say(f"debrief.plans.{key}", gain=figure(gain)) if gain >= 0 else ""
            low, high = (float(np.quantile(page.expected.values, share)) for share in (0.25, 0.75))
            self.last.text_ = say("debrief.plans.share", low=figure(low), high=figure(high))
        self.stale = True

    def _counted(self) -> str:
        plans = self.distribution
        if not plans.complete:
            return say("debrief.plans.sample", shown=count(len(plans.values)), count=count(plans.count))
        return say("debrief.plans.all_one") if plans.count == 1 else say("debrief.plans.all", count=count(plans.count))

    def _chart(self) -> HistogramChart:
        page, bins = self.page, bins_of(self.distribution.values)
        if self.here:
            you = Marked(page.you, say("debrief.plans.you", light=figure(page.you)), loud=True)
            return HistogramChart(bins, (you,), hatched_from=page.you, axis=say("debrief.plans.axis_here"))
        best, stepping = figure(page.best), figure(page.stepping.value)
        if self._tie():
            marks: tuple[Marked, ...] = (Marked(page.best, say("debrief.plans.both", light=best), loud=True),)
        else:
            marks = (
                Marked(page.best, say("debrief.plans.best", light=best)),
                Marked(page.stepping.value, say("debrief.plans.stepping", light=stepping), loud=True),
            )
        return HistogramChart(bins, marks, axis=say("debrief.plans.axis"))
