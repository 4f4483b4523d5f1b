"""Your life: the way on the map, light year by year, and whether it grew all the time.  Needs no solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.app.action import Action, key_text
from game.app.draw.chart_bars import BarChart, Row
from game.app.draw.chart_columns import Column, ColumnChart
from game.app.screens.debrief.figures import figure, years
from game.app.screens.debrief.graph import Bars, Columns
from game.app.screens.debrief.journey import Journey
from game.app.screens.debrief.page import Page, Sheet, Told, heading, plain, small
from game.app.widgets import Widget
from game.debrief import LifePage
from game.session import Session
from game.steering import called
from game.words import say

if TYPE_CHECKING:
    from game.app.stage import Stage


class YourLifePage(Page):
    """The path on the map beside the light of each year; a year looked at is shown on the map."""

    name = "life"

    def __init__(self, session: Session, life: LifePage, stage: Stage) -> None:
        super().__init__()
        self.session, self.life = session, life
        self.journey = Journey(session, stage)
        self.told = Told()
        self.columns = Columns(self._chart(), on_look=self._look)
        self._look(0)

    def lead(self) -> str:
        """Whether the light ever fell, and how often."""
        lived, dimmer = self.session.life.year, len(self.life.dimmer)
        if not lived:
            return say("debrief.life.lead_nothing")
        if lived == 1:
            return say("debrief.life.lead_single")
        if not dimmer:
            return say("debrief.life.lead_none")
        return say("debrief.life.lead_one" if dimmer == 1 else "debrief.life.lead_some", dimmer=dimmer, years=lived)

    def sheets(self) -> list[Sheet]:
        """The map, and the years with the light of each."""
        way = [heading(say("debrief.life.way")), self.journey, self.told]
        several = len(self.life.by_function) > 1
        name = called(self.session.level, self.session.value_function)
        light: list[Widget] = [heading(say("debrief.life.light_by" if several else "debrief.life.light", name=name))]
        if self.session.steering.sentence:
            light.append(plain(say("steering.quoted", sentence=self.session.steering.sentence)))
        if several:
            light += [plain(say("debrief.life.by_function")), self._sums()]
        else:
            light.append(plain(say("debrief.life.all", light=figure(self.life.total))))
        if len(self.life.by_value) > 1:
            light.append(small(self._by_value()))
        if len(self.life.steered) > 1:
            light.append(small(self._steered()))
        light.append(self.columns)
        if self.life.dimmer:
            light.append(small(say("debrief.life.dimmer")))
        hint = say("debrief.life.hint", up=key_text(Action.UP), down=key_text(Action.DOWN))
        light.append(small(hint))
        return [Sheet(way, 1.15), Sheet(light, 1.0)]

    def transcript(self) -> str:
        """The page, and the whole way in words."""
        level = self.session.level
        steps = [level.place(self.session.record.start.place).label]
        for leg in self.session.record.legs:
            steps += [f"“{level.lane(leg.lane).name}”", level.place(leg.after.place).label]
        path = say("debrief.life.path", path=say("debrief.life.then").join(steps))
        return "\n".join((super().transcript(), path))

    def update(self, dt: float) -> None:
        """The water on the map moves on."""
        self.journey.update(dt)

    def _by_value(self) -> str:
        parts = [say("debrief.life.value", value=name, light=figure(light)) for name, light in self.life.by_value]
        return say("debrief.comma").join(parts)

    def _steered(self) -> str:
        """The value functions that were in hand, one after another."""
        names = say("debrief.life.then").join(called(self.session.level, name) for name in self.life.steered)
        return say("debrief.life.steered", names=names)

    def _sums(self) -> Bars:
        """The same life summed under every value function that there is for it, the one it is shown by first."""
        rows = tuple(
            Row(called(self.session.level, name), light, figure(light), paint="pale" if k else "water", minor=True)
            for k, (name, light) in enumerate(self.life.by_function)
        )
        bars = Bars(BarChart(rows), still=True)
        bars.stretches = False
        return bars

    def _chart(self) -> ColumnChart:
        columns = []
        for year, light in enumerate(self.life.by_year):
            less = year in self.life.dimmer
            says = say(
                "debrief.life.column_dimmer" if less else "debrief.life.column",
                year=years(year, year + 1),
                light=figure(light),
            )
            columns.append(Column(str(year + 1), light, says, "hatched" if less else "water"))
        return ColumnChart(tuple(columns), axis=say("debrief.axis_years"))

    def _look(self, year: int) -> None:
        self.journey.show(year)
        self.told.text_ = self._told(year)
        self.stale = True

    def _told(self, year: int) -> str:
        level = self.session.level
        leg = next((leg for leg in self.session.record.legs if leg.before.year <= year < leg.after.year), None)
        if leg is None:
            return say(
                "debrief.life.rests", year=years(year, year + 1), place=level.place(self.session.life.place).label
            )
        lane = level.lane(leg.lane)
        key = "arrived" if year == leg.after.year - 1 else "on_lane"
        spent = leg.years[year - leg.before.year]
        state = ""
        if lane.current is None or spent.state is None:
            key += "_dry"
        else:
            state = level.currents[level.current_index[lane.current]].state_labels[spent.state]
        place = level.place(lane.head).label
        return say(f"debrief.life.{key}", year=years(year, year + 1), lane=lane.name, state=state, place=place)
