"""Comparing: the pages of the debrief that a step shows, and a way on at their end."""

from __future__ import annotations

from typing import Any

from game.app import flow
from game.app.action import Action
from game.app.course import Course
from game.app.jobs import Job
from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.page import Card, Page, Sheet, heading, plain
from game.app.screens.debrief.waiting import FailedPage, WaitingPage
from game.app.screens.debrief.your_life import YourLifePage
from game.debrief import Debrief, life_page
from game.session import Session
from game.words import say
from game.workshop.exercise import Step


class CompareScreen(DebriefScreen):
    """The life, the pages that the step names, and a last page that leads on."""

    def __init__(self, course: Course, step: Step, session: Session, solution_job: Job[Any]) -> None:
        super().__init__(session, solution_job)
        self.course, self.step = course, step

    def _begin_pages(self) -> None:
        first = YourLifePage(self.session, life_page(self.session), self.stage)
        waiting: list[Page] = [WaitingPage(name) for name in self.step.pages]
        self.pages = [first, *waiting, OnwardPage(self)]
        self._follow()
        self.page.progress = 0.0
        self.page.fill()

    def _replace(self, pages: list[Page]) -> None:
        """Of all pages only those that the step shows."""
        shown = [page for page in pages if page.name in self.step.pages or isinstance(page, FailedPage)]
        super()._replace(shown[: len(self.step.pages)])

    def _solved(self, found: Debrief) -> list[Page]:
        by_name = {page.name: page for page in super()._solved(found)}
        return [by_name[name] for name in self.step.pages if name in by_name]

    def _from_fork(self, decisions: int) -> None:
        self.course.again(self.session, decisions)

    def press_other(self, action: Action) -> None:
        """BACK on the first page goes back in the course, and on the last page on; the rest is the debrief's."""
        if action is Action.BACK:
            if self.index == 0:
                self.course.back()
            else:
                self.turn_to(self.index - 1)
        elif action is Action.SKIP or (action is Action.CONFIRM and self.index == len(self.pages) - 1):
            self.course.onward()
        else:
            super().press_other(action)


class OnwardPage(Page):
    """The last page: what was asked, and the ways on and back."""

    name = "onward"

    def __init__(self, screen: CompareScreen) -> None:
        super().__init__()
        self.screen = screen

    @property
    def label(self) -> str:
        """Its short name."""
        return say("course.onward")

    def title(self) -> str:
        """The title of the step."""
        return self.screen.step.title

    def lead(self) -> str:
        """What the step says."""
        return self.screen.step.text

    def sheets(self) -> list[Sheet]:
        """The ways."""
        screen, course = self.screen, self.screen.course
        ways = [
            Card(say("course.onward"), say("course.compare.on_note"), course.onward),
            Card(say("course.compare.again"), say("course.compare.again_note"), lambda: course.again(screen.session)),
            Card(say("course.back"), say("course.compare.back_note"), course.back),
            Card(say("course.curtain"), say("course.curtain_note"), lambda: flow.show_curtain(screen.stage)),
        ]
        return [Sheet([heading(say("course.compare.ways")), plain(say("course.compare.care")), *ways])]
