"""Before you set off: the story, whose value function, and two bets, all of which one key skips."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pygame

from game.app import flow
from game.app.action import Action, key_text
from game.app.draw.lines import joined
from game.app.draw.panel import draw_panel
from game.app.jobs import Job
from game.app.lives import KeptLife
from game.app.plan_draft import PlanDraft, draft_of
from game.app.screens.drive_ghosts import ghost_life, ghost_name
from game.app.screens.ghost_hosts import SetOffHost
from game.app.screens.plan_map import PlanMap
from game.app.screens.write_light import WriteLightScreen
from game.app.settings import MODES, USUAL_GHOSTS
from game.app.widgets import Button, Choice, Form, Heading, NumberField, ScrollPane, Text, Toggle, Widget, place_row
from game.app.widgets.layout import row_height
from game.files import told
from game.model import Level, Weights, draw_landscape
from game.policy import FixedPlan
from game.session import Bets, Session
from game.simulate import Record, live
from game.steering import WRITTEN, Steering, called
from game.words import number, say


class SetOffScreen(Form):
    """Everything is optional: the focus is on "Set off" from the start."""

    def __init__(
        self,
        level: Level,
        seed: int | None = None,
        value_function: str | None = None,
        bets: Bets | None = None,
        companions: tuple[KeptLife, ...] = (),
        written: Steering | None = None,
    ) -> None:
        super().__init__()
        self.level = level
        self.seed = seed
        self.names = list(level.value_functions) or [level.default_value_function]
        self.written = written if written is not None and len(written.weights) == len(level.values) else None
        known = [*self.names, *([WRITTEN] if self.written else [])]
        self.value_function = value_function if value_function in known else level.default_value_function
        bets = bets or Bets()
        self.draft = draft_of(level, bets.plan)
        self.expectation = bets.expectation
        self.companions = companions
        """Kept lives of this water that drive along."""
        self.oracles: tuple[str, ...] = ()
        """The oracles that do, by their labels."""
        self.map = PlanMap(level, self.draft, self._planned)
        self.pane = ScrollPane()
        self.sheet = pygame.Rect(0, 0, 0, 0)
        self._weights_text = Text("", 15, tone="soft")
        self._next_map = False
        self.unfolded = False
        """Whether the whole story is shown, and not only as much of it as leaves the bets in sight."""
        self._ghosts: dict[str, Job[list[tuple[str, Record]]]] = {}

    # --- what is on it ------------------------------------------------------------------------------------------------

    @property
    def weights(self) -> Weights:
        """The weights of the value function chosen."""
        return self.steering.weights

    @property
    def steering(self) -> Steering:
        """The value function chosen: one of the level's, or one's own."""
        if self.written is not None and self.value_function == self.written.name:
            return self.written
        return Steering(self.value_function, self.level.weights(self.value_function))

    @property
    def bets(self) -> Bets:
        """The bets as they stand; a plan counts once it leads to the end."""
        return Bets(self.draft.lanes if self.draft.complete else None, self.expectation)

    def enter(self) -> None:
        """Makes the widgets and has the ghosts of this water worked out."""
        if self.seed is None:
            self.seed = self.stage.fresh_seed()
        self._tell_weights()
        self.go = Button(say("set_off.go"), self.set_off, key=Action.SKIP, kind="primary")
        back = Button(say("app.back"), self.back, key=Action.BACK)
        self.undo = Button(say("set_off.undo"), self._undo, key=Action.UNDO)
        self.undo.enabled = bool(self.draft.lanes)
        self.pane.children = list(self._story())
        self.foot: list[Widget] = [self.go, back]
        self.widgets = [self.pane, *self.foot]
        self.focused = self.map if self.level.asks_plan and not self.draft.complete else self.go
        self._expect_ghosts()

    def retell(self) -> None:
        """The level in the language spoken now, and everything that is said of it."""
        self.level = told(self.level)
        self.enter()
        self.map.tell(self.level)

    def _story(self) -> Sequence[Widget]:
        level, settings = self.level, self.stage.settings
        key = {None: "sight_all", 1: "sight_one"}.get(level.sight, "sight")
        sight = say(f"set_off.{key}", lanes=level.sight)
        rows: list[Widget] = [
            Heading(level.title, 34),
            Text(say("set_off.frame", years=level.years, sight=sight), 15, tone="soft"),
        ]
        evening = self.stage.evening
        turns = evening is not None and evening.awaits(level, self.seed)
        if evening is not None and turns:
            parts = {"name": evening.turn, "number": len(evening.lives) + 1, "people": len(evening.names)}
            rows.insert(1, Text(say("together.turn", **parts), 17, 600, tone="accent"))
        self.about = Text(flowing(level.about), 15)
        self.more = Button(say("set_off.less" if self.unfolded else "set_off.more"), self._unfold, kind="quiet")
        rows += [self.about, self.more]
        if level.oracles:
            lenders = say("drive.list.comma").join(oracle.label for oracle in level.oracles)
            rows.append(Text(say("lent.lenders", key=key_text(Action.BORROW), names=lenders), 15))
        names = [*self.names, *([self.written.name] if self.written else [])]
        if len(names) > 1:
            options = [(name, called(level, name)) for name in names]
            rows.append(Choice(say("set_off.whose"), options, self.value_function, self._steer_by))
        if len(level.values) > 1 or len(names) > 1 or self.weights != (1.0,):
            # Where there is one light and it counts as what it is, there is nothing to tell.
            rows.append(self._weights_text)
        if len(level.values) > 1:
            rows.append(Button(say("steering.write"), self._write))
        rows.append(Heading(say("set_off.bets"), 19))
        if level.asks_plan:
            rows.append(Text(say("set_off.asks_plan"), 15, 600))
        rows.append(Text(say("set_off.bets_about"), 15, tone="soft"))
        self.number = NumberField(
            say("set_off.expect"), self.expectation, self._expect, hint=say("set_off.expect_hint"), step=1
        )
        rows.append(self.number)
        modes = [(mode, say(f"set_off.mode_{mode}")) for mode in MODES]
        rows.append(Choice(say("set_off.mode"), modes, settings.mode, self._drive_by))
        names = [ghost_name(name) for name in SetOffHost(self).shown]
        told = say("ghosts.chosen", names=say("drive.list.comma").join(names)) if names else say("ghosts.nobody")
        rows.append(Text(told, 15))
        rows.append(Button(say("ghosts.choose"), self.choose_ghosts, key=Action.GHOSTS))
        if not turns:
            rows.append(Button(say("together.invite"), self._invite))
        return rows

    def _invite(self) -> None:
        assert self.seed is not None
        from game.app.evening import invite

        invite(self.stage, self.level, self.seed)

    def _tell_weights(self) -> None:
        parts = [
            say("set_off.weight", value=value.label, weight=number(weight))
            for value, weight in zip(self.level.values, self.weights, strict=True)
            if weight or not any(self.weights)
        ]
        about = [
            say("set_off.value", value=value.label, about=value.about)
            for value, weight in zip(self.level.values, self.weights, strict=True)
            if value.about and weight
        ]
        steering, forks = self.steering, self.level.let_go.get(self.value_function, 1)
        # Folded or not, one's own sentence stays in sight, and that a value function clings.
        counts = [say("set_off.counts", parts=", ".join(parts))]
        if steering.sentence:
            counts.append(say("steering.quoted", sentence=steering.sentence))
        if forks > 1:
            counts.append(say("steering.clings", forks=forks))
        self._counts, self._values_told = "\n".join(counts), about
        self._weights_text.text_ = "\n".join([self._counts, *about])

    # --- layout and drawing -------------------------------------------------------------------------------------------

    def layout(self, size: tuple[int, int]) -> None:
        """A sheet on the left and the map beside it; in a narrow window the map lies on the sheet."""
        stage = self.stage
        beside = size[0] >= stage.em(820)
        pad = stage.em(24) if beside else stage.em(14)
        wide = min(max(stage.px(450), stage.em(410)), size[0] * 45 // 100) if beside else size[0]
        self.sheet = pygame.Rect(0, 0, wide, size[1])
        inner = wide - 2 * pad - stage.px(6)
        foot = row_height(stage, self.foot, inner, gap=10)
        top = pad
        bottom = size[1] - pad - foot
        self.pane.rect = pygame.Rect(pad, top, inner, bottom - stage.em(14) - top)
        if beside:
            self.map.rect = pygame.Rect(wide, 0, size[0] - wide, size[1])
            self.widgets = [self.map, self.undo, self.pane, *self.foot]
            wide_undo, high_undo = self.undo.size(stage, self.map.rect.width)
            self.undo.rect = pygame.Rect(
                self.map.rect.centerx - wide_undo // 2, stage.em(12 + 36 + 10), wide_undo, high_undo
            )
        else:
            self.widgets = [self.pane, *self.foot]
        children = [child for child in self.pane.children if child not in (self.map, self.undo)]
        self.map.most_height = self.pane.rect.height - 2 * stage.em(10)
        if not beside:
            at = children.index(self.number)
            children[at:at] = [self.map, self.undo]
        self.pane.children = self._folded(children, inner) if beside else [c for c in children if c is not self.more]
        y = top
        for child in self.pane.children:
            across, high = child.size(stage, inner)
            child.rect = pygame.Rect(pad, y, across if isinstance(child, Button) else inner, high)
            y += high + self._gap(child)
        self.pane.settle(stage.em(4))
        place_row(stage, self.foot, pad, bottom, inner, gap=10)
        self.map.lay_out(stage)

    def _gap(self, child: Widget) -> int:
        return self.stage.em(5 if isinstance(child, Toggle | Heading) or child is self.about else 9)

    def _folded(self, children: list[Widget], inner: int) -> list[Widget]:
        """The rows with as much of the story as leaves the bets in sight, two lines at least, and a button for more."""
        stage, told = self.stage, self._weights_text
        self.about.most_lines = None
        if self.more not in children:
            children.insert(children.index(self.about) + 1, self.more)

        def height(rows: list[Widget]) -> int:
            return sum(row.size(stage, inner)[1] + self._gap(row) for row in rows)

        told.text_ = "\n".join([self._counts, *self._values_told])
        plain = [child for child in children if child is not self.more]
        if height(plain) <= self.pane.rect.height:
            return plain
        if not self.unfolded:
            told.text_ = self._counts
            lines = len(self.about.lines(stage, inner))
            while lines > 2 and height(children) > self.pane.rect.height:
                lines -= 1
                self.about.most_lines = lines
        return children

    def _unfold(self) -> None:
        """Shows the whole story, or less of it again."""
        self.unfolded = not self.unfolded
        self.more.label = say("set_off.less" if self.unfolded else "set_off.more")
        self.pane.offset = 0
        self.layout(self.stage.size)

    def update(self, dt: float) -> None:
        """Lets the map come, and has the one for the drive baked after it."""
        self.stage.library.update()
        if self.map.update(self.stage) and not self._next_map:
            self._next_map = True
            self.stage.library.world(self.level, self.stage.size)

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the map, the sheet over its left edge, and what is on the sheet."""
        surface.fill(self.stage.palette.land[0])
        if self.map in self.widgets:
            self.map.draw(surface, self.stage, self.map is self.focused)
        sheet = self.sheet.inflate(2 * self.stage.px(24), 2 * self.stage.px(24))
        sheet.right = self.sheet.right
        draw_panel(surface, sheet, self.stage.palette, self.stage.px(24))
        for widget in self.widgets:
            if widget is self.pane:
                self.pane.draw_children(surface, self.stage, self.focused)
            elif widget is not self.map and (widget is not self.undo or self.undo.enabled):
                widget.draw(surface, self.stage, widget is self.focused)

    # --- what can be done ---------------------------------------------------------------------------------------------

    def press_other(self, action: Action) -> None:
        """Help and settings from here as from everywhere; Enter where nothing else wants it sets off."""
        if not flow.asked_everywhere(self.stage, action) and action is Action.CONFIRM:
            self.set_off()

    def back(self) -> None:
        """Back to the level list."""
        self.stage.pop()

    def set_off(self) -> None:
        """Begins the life, with the ghosts that are ready by now; the others join on the way."""
        assert self.seed is not None
        by = self.steering
        session = Session(self.level, self.seed, by.name, by.weights, self.bets, sentence=by.sentence)
        job = self._ghosts.get(by.name)
        if session.bets.plan is not None:
            session.add_ghost("plan", FixedPlan(session.bets.plan))
        for name, record in (job.result or []) if job is not None and job.ok else []:
            session.add_record(name, record)
        for life in self.companions:
            if life.record is not None:
                session.add_record(life.title, life.record)
        flow.begin_life(self.stage, session, oracles=self.oracles)

    def _planned(self, draft: PlanDraft) -> None:
        self.draft = draft
        self.undo.enabled = bool(draft.lanes)
        if self.focused is self.undo and not self.undo.enabled:
            self.focused = self.map

    def _undo(self) -> None:
        self.map.draft = self.draft.undone()
        self.map.at = 0
        self._planned(self.map.draft)

    def _expect(self, amount: float | None) -> None:
        self.expectation = amount

    def _steer_by(self, name: str) -> None:
        self.value_function = name
        self._tell_weights()
        self._expect_ghosts()
        self.layout(self.stage.size)

    def _write(self) -> None:
        start = self.written or self.steering
        self.stage.push(WriteLightScreen(self.level, start, self._take_written))

    def _take_written(self, own: Steering) -> None:
        self.written = own
        self._steer_by(own.name)
        self.pane.children = list(self._story())
        self.layout(self.stage.size)

    def _drive_by(self, mode: str) -> None:
        self.stage.change_settings(mode=mode)

    def choose_ghosts(self) -> None:
        """Who drives beside this life."""
        flow.choose_ghosts(self.stage, SetOffHost(self))

    def _expect_ghosts(self) -> None:
        key = ("ghosts", self.level.digest, self.weights, self.seed)
        self._ghosts[self.value_function] = self.stage.jobs.submit(
            solver_ghosts, self.level, self.weights, self.seed, key=key, urgent=True
        )
        for name in (*self.oracles, *self.stage.settings.ghosts):
            if name not in (*USUAL_GHOSTS, "optimal"):  # the map needs the solver, which begins with the life
                of = ("ghost", self.level.digest, self.weights, self.seed, name)
                self.stage.jobs.submit(ghost_life, self.level, self.weights, self.seed, name, key=of)


def flowing(text: str) -> str:
    """A level's text with the line breaks of its file taken out; an empty line still begins a paragraph."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r", "").strip())
    return "\n\n".join(joined(line.strip() for line in paragraph.split("\n")) for paragraph in paragraphs)


def solver_ghosts(level: Level, weights: Weights, seed: int) -> list[tuple[str, Record]]:
    """The lives of the best fixed plan and of one step at a time in the water of ``seed``, by their names."""
    from game.solver import Problem, StepByStep, best_fixed_plan

    problem, landscape = Problem(level, weights), draw_landscape(level, seed)
    best = FixedPlan(best_fixed_plan(problem).lanes)
    return [
        ("best_plan", live(level, best, landscape)),
        ("step_by_step", live(level, StepByStep(problem), landscape)),
    ]
