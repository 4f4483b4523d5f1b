"""Your bets: what was expected before setting off, what the plan would have brought in this water, what came."""

from __future__ import annotations

from game.app.draw.chart_bars import BarChart, Row
from game.app.draw.chart_marks import Paint
from game.app.screens.debrief.figures import figure, years
from game.app.screens.debrief.graph import Bars
from game.app.screens.debrief.page import Page, Sheet, heading, plain, small
from game.debrief import BetsPage
from game.session import Session
from game.steering import called
from game.words import say

TOLERANCE = 1e-9


class YourBetsPage(Page):
    """Expectation, plan and outcome as bars; in words where the plan was left and what the water did to it."""

    name = "bets"

    def __init__(self, session: Session, bets: BetsPage) -> None:
        super().__init__()
        self.session, self.bets = session, bets

    def lead(self) -> str:
        """What was expected, and what came."""
        bets, came = self.bets, figure(self.bets.came)
        level, by = self.session.level, self.session.value_function
        if bets.expectation is None and self.session.bets.expectation is not None:
            return say("debrief.bets.lead_other", name=called(level, bets.said_by), by=called(level, by), came=came)
        if bets.expectation is None:
            return say(
                "debrief.bets.lead_none" if self.session.bets.plan is None else "debrief.bets.lead_plan", came=came
            )
        difference = bets.came - bets.expectation
        key = "same" if figure(difference) == "0" else "more" if difference > 0 else "less"
        expected = figure(bets.expectation)
        return say(f"debrief.bets.lead_{key}", expected=expected, came=came, difference=figure(abs(difference)))

    def sheets(self) -> list[Sheet]:
        """Bars, and what they mean."""
        texts = [plain(text) for text in self._plan_told()]
        return [
            Sheet([heading(say("debrief.bets.heading")), Bars(self._chart(), still=True)], 1.3),
            Sheet([heading(say("debrief.bets.about")), *texts, small(say("debrief.bets.one_water"))], 1.0),
        ]

    def _chart(self) -> BarChart:
        bets, rows = self.bets, []

        def row(key: str, light: float | None, paint: Paint, loud: bool = False) -> None:
            if light is not None:
                name, note = say(f"debrief.bets.{key}"), say(f"debrief.bets.{key}_note")
                rows.append(Row(name, light, figure(light), note, paint=paint, loud=loud))

        row("expectation", bets.expectation, "gold")
        row("plan_expected", bets.plan_expected, "pale")
        row("plan_here", bets.plan_here, "water")
        row("came", bets.came, "deep", loud=True)
        row("best_here", bets.best_plan_here, "clay")
        row("stepping_here", bets.stepping_here, "clay")
        return BarChart(tuple(rows), axis=say("debrief.light"))

    def _plan_told(self) -> list[str]:
        bets = self.bets
        if bets.plan is None or bets.plan_here is None or bets.plan_expected is None:
            return [say("debrief.bets.no_plan" if not self.session.bets.plan else "debrief.bets.unfinished_plan")]
        return [
            self._where_left(bets.plan),
            _compared("plan", bets.plan_here - bets.came),
            _compared("plan_luck", bets.plan_here - bets.plan_expected),
        ]

    def _where_left(self, plan: tuple[str, ...]) -> str:
        level = self.session.level
        for leg, planned in zip(self.session.record.legs, plan, strict=False):
            if leg.lane != planned:
                return say(
                    "debrief.bets.plan_left",
                    year=years(leg.before.year, leg.before.year + 1).lower(),
                    place=level.place(leg.before.place).label,
                    planned=level.lane(planned).name,
                    taken=level.lane(leg.lane).name,
                )
        return say("debrief.bets.plan_kept")


def _compared(key: str, difference: float) -> str:
    if abs(difference) <= TOLERANCE or figure(difference) == "0":
        return say(f"debrief.bets.{key}_same")
    return say(f"debrief.bets.{key}_{'more' if difference > 0 else 'less'}", light=figure(abs(difference)))
