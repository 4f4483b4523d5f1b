"""Choice and luck: total light = V at the start − what choices gave up + luck, as a waterfall; and the forks.

Regret and luck are the solver's (see :mod:`game.solver.luck`); "better" is always as things looked at the fork, and
never as they turned out.
"""

from __future__ import annotations

from collections.abc import Callable

from game.app.action import Action, key_text
from game.app.draw.chart_bars import BarChart, Row
from game.app.draw.chart_waterfall import Change, waterfall
from game.app.screens.debrief.figures import change, figure, years
from game.app.screens.debrief.graph import Bars
from game.app.screens.debrief.page import Card, Page, Sheet, heading, plain, small
from game.app.screens.drive_forks import state_name, water_text
from game.app.widgets import Widget
from game.debrief import ChoiceAndLuckPage
from game.model import open_lanes
from game.session import Session, water_of
from game.words import say


class ChoiceAndLuckSheets(Page):
    """The waterfall, and at most three forks where another lane looked better; each can be gone on from once more."""

    name = "choice"

    def __init__(self, session: Session, page: ChoiceAndLuckPage, on_fork: Callable[[int], None]) -> None:
        super().__init__()
        self.session, self.page, self.on_fork = session, page, on_fork

    def lead(self) -> str:
        """The identity in one sentence."""
        page = self.page
        luck = page.luck
        key = "none" if figure(luck) == "0" else "gave" if luck > 0 else "took"
        said = say(f"debrief.choice.luck_{key}", light=figure(abs(luck)))
        total = figure(page.total)
        start = figure(page.value_at_start)
        if figure(page.regret) == "0":
            key = "lead_no_regret" if self._forks else "lead_no_choice"
            return say(f"debrief.choice.{key}", start=start, luck=said, total=total)
        return say("debrief.choice.lead", start=start, regret=figure(page.regret), luck=said, total=total)

    def sheets(self) -> list[Sheet]:
        """The waterfall; the forks, the luck and the sum."""
        page = self.page
        words: list[Widget] = [heading(say("debrief.choice.forks")), plain(self._forks_counted())]
        words += [self._card(k) for k in page.marked]
        again = say("debrief.choice.fork_again", confirm=key_text(Action.CONFIRM)) if page.marked else ""
        words.append(small(" ".join(part for part in (again, say("debrief.choice.mean")) if part)))
        words += self._looks()
        chart = Bars(self._chart(), still=True)
        return [Sheet([chart], 1.0), Sheet(words, 1.0)]

    def transcript(self) -> str:
        """The page, and the sum."""
        return "\n".join((super().transcript(), self._sum()))

    def _chart(self) -> BarChart:
        page = self.page
        start = Row(
            say("debrief.choice.start"), page.value_at_start, figure(page.value_at_start),
            say("debrief.choice.start_note"), paint="gold",
        )  # fmt: skip
        total = Row(
            say("debrief.choice.total"), page.total, figure(page.total), say("debrief.choice.total_note"),
            paint="deep", loud=True,
        )  # fmt: skip
        return waterfall(start, [*self._choices(), *self._luck()], total, say("debrief.choice.axis"))

    def _choices(self) -> list[Change]:
        page, rows = self.page, []
        for k in page.marked:
            decision = page.decisions[k]
            note = say("debrief.choice.fork_note", lane=self._lane(k))
            rows.append(Change(self._fork(k), -decision.regret, change(-decision.regret), note, "lost"))
        others = [d.regret for k, d in enumerate(page.decisions) if k not in page.marked and figure(d.regret) != "0"]
        if others:
            key = "other_fork_note" if len(others) == 1 else "other_forks_note"
            note = say(f"debrief.choice.{key}", count=len(others))
            rest = page.regret - sum(page.decisions[k].regret for k in page.marked)
            rows.append(Change(say("debrief.choice.other_forks"), -rest, change(-rest), note, "lost"))
        if not rows:
            note = say("debrief.choice.no_regret_note")
            rows.append(Change(say("debrief.choice.no_regret"), 0.0, "0", note))
        return rows

    def _luck(self) -> list[Change]:
        page, rows, told = self.page, [], 0.0
        for key, k in (("luckiest", page.luckiest), ("unluckiest", page.unluckiest)):
            if k is None:
                continue
            luck = page.decisions[k].luck
            told += luck
            name = say(f"debrief.choice.{key}", years=self._years(k).lower())
            note = say("debrief.choice.luck_note", lane=self._lane(k))
            rows.append(Change(name, luck, change(luck), note, "water" if luck >= 0 else "hatched"))
        rest = page.luck - told
        if figure(rest) != "0":
            name, note = say("debrief.choice.rest_luck"), say("debrief.choice.rest_luck_note")
            rows.append(Change(name, rest, change(rest), note, "water" if rest >= 0 else "hatched"))
        if not rows:
            rows.append(Change(say("debrief.choice.no_luck"), 0.0, "0", say("debrief.choice.no_luck_note")))
        return rows

    def _looks(self) -> list[Widget]:
        """What looking through the spyglass was worth, as things looked then, against what it cost."""
        level, page = self.session.level, self.page
        if level.spyglass is None:
            return []
        told: list[Widget] = [heading(say("debrief.choice.looks"))]
        glimpses = [(k, decision.glimpse) for k, decision in enumerate(page.decisions) if decision.glimpse]
        for k, glimpse in glimpses:
            before, after = level.lane(glimpse.lane_before).name, level.lane(glimpse.lane_after).name
            turn = "look_kept" if glimpse.lane_before == glimpse.lane_after else "look_turned"
            turned = say(f"debrief.choice.{turn}", before=before, after=after)
            told.append(
                plain(
                    say(
                        "debrief.choice.look",
                        fork=self._fork(k),
                        price=figure(glimpse.price),
                        gain=figure(glimpse.gain),
                        turned=turned,
                    )
                )
            )
        if not glimpses:
            told.append(plain(say("debrief.choice.looks_none", price=figure(self.session.price))))
        if page.spyglass is not None:
            told.append(small(say("debrief.choice.looks_worth", worth=figure(page.spyglass))))
        return told

    def _card(self, k: int) -> Card:
        decision, level = self.page.decisions[k], self.session.level
        best = level.lane(decision.best_lane).name
        name = say("debrief.choice.fork_card", fork=self._fork(k), regret=figure(decision.regret))
        glimpse = decision.glimpse
        if decision.look_first:
            value, q = figure(decision.value), figure(decision.q)
            return Card(name, say("debrief.choice.fork_look", value=value, taken=self._lane(k), q=q), self._again(k))
        if glimpse is not None and 2 * glimpse.regret > decision.regret:
            price, gain = figure(glimpse.price), figure(glimpse.gain)
            return Card(name, say("debrief.choice.fork_looked", price=price, gain=gain), self._again(k))
        why = say(
            "debrief.choice.fork_why",
            best=best,
            value=figure(decision.value),
            taken=self._lane(k),
            q=figure(decision.q),
            taken_water=self._water(k, decision.lane),
            best_water=self._water(k, decision.best_lane),
        )
        return Card(name, why, self._again(k))

    def _again(self, k: int) -> Callable[[], None]:
        return lambda: self.on_fork(k)

    def _water(self, k: int, lane_id: str) -> str:
        level, before = self.session.level, self.session.record.legs[k].before
        lane = level.lane(lane_id)
        water = water_of(level, lane, before.known, before.year)
        return water_text(state_name(level, lane, water), water)

    def _forks_counted(self) -> str:
        marked = len(self.page.marked)
        differing = sum(1 for decision in self.page.decisions if figure(decision.regret) != "0")
        if not marked:
            return say("debrief.choice.forks_none" if self._forks else "debrief.choice.forks_no")
        if self._forks == 1:
            return say("debrief.choice.forks_only")
        key = "forks_most" if differing > marked else "forks_one" if marked == 1 else "forks_some"
        return say(f"debrief.choice.{key}", count=marked, all=self._forks, differing=differing)

    @property
    def _forks(self) -> int:
        """How many of the decisions had more than one lane to choose from."""
        return sum(1 for leg in self.session.record.legs if len(open_lanes(self.session.level, leg.before)) > 1)

    def _sum(self) -> str:
        page = self.page
        return say(
            "debrief.choice.sum",
            start=figure(page.value_at_start),
            regret=figure(page.regret),
            sign="+" if page.luck >= 0 else "−",
            luck=figure(abs(page.luck)),
            total=figure(page.total),
        )

    def _fork(self, k: int) -> str:
        decision = self.page.decisions[k]
        place = self.session.level.place(decision.place).label
        return say("debrief.choice.fork", year=years(decision.year, decision.year + 1), place=place)

    def _lane(self, k: int) -> str:
        return self.session.level.lane(self.page.decisions[k].lane).name

    def _years(self, k: int) -> str:
        leg = self.session.record.legs[k]
        return years(leg.before.year, leg.after.year)


class TooLargePage(Page):
    """In place of a page that needs the whole treasure map where that is too large to keep: what it would take.

    ``known`` says whether its worth could be worked out all the same.
    """

    def __init__(self, declined: str, known: bool, name: str = "choice") -> None:
        super().__init__()
        self.declined, self.known, self.name = declined, known, name

    def lead(self) -> str:
        """Why there is nothing to tell apart."""
        return say(f"debrief.{self.name}.declined_lead")

    def sheets(self) -> list[Sheet]:
        """The solver's own sentence."""
        texts = [
            plain(say("debrief.choice.declined", reason=self.declined)),
            small(say("debrief.choice.declined_known" if self.known else "debrief.choice.declined_more")),
        ]
        return [Sheet([heading(say("debrief.choice.declined_heading")), *texts])]
