"""The debrief: a book of pages about a finished life, one question each, turned with the arrows.

The first page and the last need nothing but the life.  The others need the solver, which may still be at work in
another process: until it is done they say how far it has come, and if it fails they say that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pygame

from game.app import flow
from game.app.action import NUMBERS, Action
from game.app.certified import WORK, WORK_HERE, Certified, certify
from game.app.jobs import Job
from game.app.keeping import keep_run
from game.app.screen import Point, PointerKind
from game.app.screens.debrief.again import AgainPage
from game.app.screens.debrief.choice_and_luck import ChoiceAndLuckSheets, TooLargePage
from game.app.screens.debrief.every_plan import EveryPlanPage
from game.app.screens.debrief.graph import Graph
from game.app.screens.debrief.how_far import HowFarPage
from game.app.screens.debrief.journey import Journey
from game.app.screens.debrief.learning import LearningPage
from game.app.screens.debrief.page import Page
from game.app.screens.debrief.pictures import save_pages
from game.app.screens.debrief.the_ladder import TheLadderPage
from game.app.screens.debrief.the_treasure_map import TreasureMapPage
from game.app.screens.debrief.turning import Dots, turn_label
from game.app.screens.debrief.waiting import FailedPage, WaitingPage
from game.app.screens.debrief.your_bets import YourBetsPage
from game.app.screens.debrief.your_life import YourLifePage
from game.app.sound.heard import Heard
from game.app.widgets import Button, Form, Widget
from game.debrief import Debrief, debrief, life_page
from game.files import told
from game.session import Session
from game.steering import called
from game.transcript import transcript
from game.words import say
from game.writing import write_whole

_READING = 6.0
"""Seconds for which one can read where pictures were saved."""

_SOLVED = ("bets", "choice", "ladder", "plans", "commitment", "treasure", "learning")
"""The names of the pages that need the solver, in order, between the first and the last."""


class DebriefScreen(Form):
    """The debrief of a finished life; ``solution_job`` is the job that solves its level under its value function."""

    mood = "rose"

    def __init__(self, session: Session, solution_job: Job[Any]) -> None:
        super().__init__()
        self.session, self.solution_job = session, solution_job
        self.pages: list[Page] = []
        self.index = 0
        self._debrief_job: Job[Debrief] | None = None
        self._certificate: Job[Certified] | None = None
        self._settled = False
        self._to_save: list[Page] = []

    # --- the pages ----------------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page turned up."""
        return self.pages[self.index]

    def turn_to(self, index: int) -> None:
        """Turns to a page, if there is one of that number."""
        if 0 <= index < len(self.pages) and index != self.index:
            self.index = index
            self.page.offset = 0
            self._open()

    def _open(self) -> None:
        """Shows the page turned up from its beginning."""
        self.page.progress = 0.0
        if not self.page.children:
            self.page.fill()
        self.focused = None
        self.layout(self.stage.size)
        self.page.advance(0.0, self.stage.reduced_motion)
        if self.page.stale:
            self.layout(self.stage.size)

    def _replace(self, pages: list[Page]) -> None:
        """Puts pages in the place of those that waited."""
        self.pages[1:-1] = pages
        if 0 < self.index < len(self.pages) - 1:
            self._open()

    def _solved(self, found: Debrief) -> list[Page]:
        session = self.session
        known = found.ladder.ladder.optimal.method == "exact"
        choice: Page = TooLargePage(found.declined, known)
        treasure: Page = TooLargePage(found.declined, known, "treasure")
        if found.treasure is not None:
            treasure = TreasureMapPage(session, found.treasure, self.stage)
        if found.choice_and_luck is not None:
            choice = ChoiceAndLuckSheets(session, found.choice_and_luck, self._from_fork)
        return [
            YourBetsPage(session, found.bets),
            choice,
            TheLadderPage(found.ladder, lambda: self._certify(found), session.level.oracles),
            EveryPlanPage(found.plans),
            HowFarPage(found.commitment),
            treasure,
            LearningPage(session, self.stage),
        ]

    def next_light(self) -> None:
        """The same life by the next value function, on the same page: everything is worked out anew for it."""
        lights = self.session.lights
        at = next((i for i, light in enumerate(lights) if light == self.session.steering), 0)
        self.session = self.session.looked_at_by(lights[(at + 1) % len(lights)])
        self._give_up()
        self.solution_job = flow.solution_of(self.stage, self.session.level, self.session.weights)
        self._debrief_job, self._settled = None, False
        self._begin_pages()
        self._open()

    def _certify(self, found: Debrief) -> Job[Certified]:
        """The job of proving what can be proved of the level, in the background where there is one."""
        session, jobs = self.session, self.stage.jobs
        of = ("certificate", session.level.digest, session.weights)
        work = WORK_HERE if jobs.in_process else WORK
        self._certificate = jobs.submit(certify, session.level, session.weights, found.ladder.ladder, work, key=of)
        return self._certificate

    def _from_fork(self, decisions: int) -> None:
        flow.from_fork(self.stage, self.session, decisions)

    def _follow(self) -> None:
        """Takes in what has been worked out since."""
        if self._settled:
            return
        job: Job[Any] = self.solution_job
        if job.done and job.error is None and self._debrief_job is None:
            self._debrief_job = self.stage.jobs.submit(debrief, self.session, job.result, urgent=True)
        if self._debrief_job is not None:
            job = self._debrief_job
        if job.done and job.error is not None:
            self._settled = True
            self._replace([FailedPage(name, job.error) for name in _SOLVED])
        elif self._debrief_job is not None and self._debrief_job.done and self._debrief_job.result is not None:
            self._settled = True
            self._replace(self._solved(self._debrief_job.result))
        elif isinstance(self.page, WaitingPage):
            self.page.follow(job, "debrief.waiting.debrief" if self._debrief_job is not None else None)

    # --- the screen ---------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Makes the pages that need no solver, and takes up what is there of the others."""
        if self.pages:
            return
        self._begin_pages()

    def _begin_pages(self) -> None:
        kept = keep_run(self.stage, self.session)
        first = YourLifePage(self.session, life_page(self.session), self.stage)
        waiting: list[Page] = [WaitingPage(name) for name in _SOLVED]
        self.pages = [first, *waiting, AgainPage(self.session, self.stage, kept, self.save_all, self.read)]
        self._follow()
        self.page.progress = 0.0
        self.page.fill()

    def retell(self) -> None:
        """Writes every page anew in the language spoken now, and turns up the same one."""
        self.session.level = told(self.session.level)
        self._give_up_maps()
        self.pages, self._settled = [], False
        index, self.index, self.focused = self.index, 0, None
        self.enter()
        self.index = index
        if index:
            self.page.fill()

    def leave(self) -> None:
        """Gives up what is no longer asked for."""
        self._give_up()

    def _give_up(self) -> None:
        for job in (self._debrief_job, self._certificate):
            if job is not None and not job.done:
                job.cancel()
        for page in self.pages:
            page.leave()
        self._give_up_maps()

    def _give_up_maps(self) -> None:
        for page in self.pages:
            for widget in page.children:
                if isinstance(widget, Journey):
                    widget.leave()

    def heard(self) -> Heard:
        """What every form lets hear; each page is a scene of its own."""
        return replace(super().heard(), scene=f"{type(self).__name__} {self.index}")

    def layout(self, size: tuple[int, int]) -> None:
        """Places the page, and the buttons and dots below it."""
        stage, margin = self.stage, self.stage.px(48)
        foot = self._place_foot(size, margin)
        rect = pygame.Rect(margin, 0, size[0] - 2 * margin, foot - stage.px(6))
        self.page.place(stage, rect)
        for widget in self.page.children:
            if isinstance(widget, Journey):
                widget.make()

    def _place_foot(self, size: tuple[int, int], margin: int) -> int:
        """Makes and places what stands below the page; the top of it in pixels."""
        stage, last = self.stage, len(self.pages) - 1
        room = size[0] - 2 * margin
        dots = Dots(len(self.pages), self.index, self.turn_to)
        keeping = stage.home is not None
        wide, high = dots.size(stage, room)
        # Where room is short the dots are the first to go: the arrows and the numbers do the same.
        ways = ((False, keeping, True), (True, keeping, True), (True, keeping, False), (True, False, False))
        for short, saving, fits in ways:
            buttons: list[Widget] = []
            if self.index > 0:
                label = turn_label("previous", self.pages[self.index - 1].label, short)
                buttons.append(Button(label, lambda: self.turn_to(self.index - 1), key=Action.LEFT))
            if self.index < last:
                label = turn_label("next", self.pages[self.index + 1].label, short)
                buttons.append(Button(label, lambda: self.turn_to(self.index + 1), key=Action.RIGHT, kind="primary"))
            if saving:
                label = say("debrief.save_page_short" if short else "debrief.save_page")
                buttons.append(Button(label, lambda: self.press_other(Action.SAVE), key=Action.SAVE))
            if len(self.session.lights) > 1:
                buttons.append(self._light_button(short))
            sizes = [button.size(stage, room) for button in buttons]
            if sum(w for w, _ in sizes) + (wide if fits else 0) + stage.em(14) * len(sizes) <= room:
                break
        if len(self.session.lights) > 1:
            # A value function may have any name; the button that tells it takes the room that the others leave.
            others = sum(w for w, _ in sizes[:-1]) + stage.em(14) * (len(sizes) - 1)
            sizes[-1] = (max(stage.em(60), min(sizes[-1][0], room - others)), sizes[-1][1])
        tall = max(high, *(h for _, h in sizes))
        top, left = size[1] - tall - stage.px(24), margin
        for button, (w, h) in zip(buttons, sizes, strict=True):
            button.rect = pygame.Rect(left, top + (tall - h) // 2, w, h)
            left += w + stage.em(14)
        dots.rect = pygame.Rect(size[0] - margin - wide, top + (tall - high) // 2, wide, high)
        self.widgets = [self.page, *buttons, *([dots] if fits else [])]
        if self.focused is not None and self.focused not in self.page.children:
            self.focused = None
        return top

    def _light_button(self, short: bool) -> Button:
        name = called(self.session.level, self.session.value_function)
        label = say("steering.button_short" if short else "steering.button", name=name)
        return Button(label, self.next_light, key=Action.LIGHT)

    def _save_next(self) -> None:
        files = self.keep_pictures([self._to_save.pop(0)])
        if not files:
            self._to_save = []
        elif not self._to_save:
            story = self.story()
            with contextlib.suppress(OSError):
                write_whole(files[0].parent / "story.txt", story, mode=0o644)

    def update(self, dt: float) -> None:
        """Takes in what the solver has done, and lets the page grow."""
        self._follow()
        if self._to_save:
            self._save_next()
        self.page.advance(dt, self.stage.reduced_motion)
        if self.page.stale:
            self.layout(self.stage.size)

    def draw(self, surface: pygame.Surface) -> None:
        """Draws the backdrop, the page, and what stands below it."""
        self.stage.backdrop().draw(surface, 0.0 if self.stage.reduced_motion else self.stage.time)
        self.draw_widgets(surface)

    def transcript(self) -> str:
        """The page turned up, as plain text, with its number."""
        place = say("debrief.page_of", page=self.index + 1, pages=len(self.pages), name=self.page.label)
        return f"{place}\n{self.page.transcript()}"

    def story(self) -> str:
        """The life year by year, and then all pages, as one text."""
        return f"{transcript(self.session)}\n{self.whole_transcript()}\n"

    def read(self) -> None:
        """Shows all of it as text."""
        flow.show_transcript(self.stage, self.story())

    def whole_transcript(self) -> str:
        """All pages as plain text, one after another."""
        told = []
        for number, page in enumerate(self.pages):
            if not page.children:
                page.fill()
            place = say("debrief.page_of", page=number + 1, pages=len(self.pages), name=page.label)
            told.append(f"{place}\n{page.transcript()}")
        return "\n\n".join(told)

    # --- what can be done ---------------------------------------------------------------------------------------------

    def save(self) -> list[Path]:
        """Saves the page turned up and its charts as pictures, and tells where; the files."""
        return self.keep_pictures([self.page])

    def save_all(self) -> None:
        """Saves all pages and their charts, one page a tick so that no frame waits, and the story as text."""
        self._to_save = list(self.pages)

    def keep_pictures(self, pages: Sequence[Page]) -> list[Path]:
        """Saves pages and their charts into the user's folder, and tells where; nothing where that cannot be."""
        stage = self.stage
        if stage.home is None:
            stage.badge.tell(say("pictures.no_home"))
            return []
        kept = keep_run(stage, self.session)
        folder = stage.home / "pictures" / (kept.stem if kept is not None else "life")
        try:
            files = save_pages(stage, pages, self.page.rect, folder)
        except (OSError, pygame.error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            stage.badge.tell(say("pictures.failed", reason=reason), _READING)
            return []
        stage.badge.tell(say("pictures.saved", folder=folder), _READING)
        self.layout(stage.size)
        return files

    def press(self, action: Action) -> None:
        """LEFT and RIGHT turn the page from wherever the focus is; the rest is the form's."""
        step = {Action.LEFT: -1, Action.RIGHT: 1}.get(action)
        if step is not None:
            self.turn_to(self.index + step)
            return
        super().press(action)
        if isinstance(self.focused, Graph) and action in (Action.UP, Action.DOWN):
            self.page.reveal_item(self.focused, self.stage)

    def press_other(self, action: Action) -> None:
        """Numbers turn to a page; BACK to the last one, and from there to the levels; help and settings."""
        if action in NUMBERS:
            self.turn_to(NUMBERS.index(action))
        elif action is Action.BACK:
            if self.index < len(self.pages) - 1:
                self.turn_to(len(self.pages) - 1)
            else:
                flow.go_to_levels(self.stage)
        elif action is Action.CONFIRM:
            self.turn_to(self.index + 1)
        elif action is Action.SKIP:
            self.page.advance(0.0, True)
        elif action is Action.SAVE:
            self.save()
        elif action is Action.LIST:
            self.read()
        else:
            flow.asked_everywhere(self.stage, action)

    def pointer_other(self, kind: PointerKind, pos: Point, button: int, amount: float) -> None:
        """The wheel turns the page where there is nothing to scroll."""
        if kind == "wheel" and not self.page.most and amount:
            self.turn_to(self.index + (-1 if amount > 0 else 1))
