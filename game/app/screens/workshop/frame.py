"""The frame of every step: where one is, a sheet with what there is to read or do, and the ways back and on."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.app import flow
from game.app.action import Action
from game.app.course import Course
from game.app.draw.panel import draw_panel
from game.app.widgets import Button, Form, Heading, ScrollPane, Text, Widget, place_row
from game.app.widgets.layout import row_height
from game.words import say
from game.workshop.exercise import Step


class StepScreen(Form):
    """A step on a sheet over the sky.  Subclasses fill ``body``, and may put a picture beside the sheet.

    ``step`` is None on the closing page.
    """

    breadth = 860

    def __init__(self, course: Course, step: Step | None) -> None:
        super().__init__()
        self.course, self.step = course, step
        self.pane = ScrollPane()
        self.sheet = pygame.Rect(0, 0, 0, 0)
        self.where, self.title = Text("", 15, 600, "soft"), Heading("", 34)
        self.foot: list[Widget] = []

    # --- for subclasses -----------------------------------------------------------------------------------------------

    def body(self) -> Sequence[Widget]:
        """What is on the sheet below its title, top to bottom."""
        return ()

    def heading(self) -> str:
        """The title of the sheet."""
        return self.step.title if self.step is not None else ""

    def onward_label(self) -> str:
        """What the way on is called."""
        return say("course.onward")

    def onward(self) -> None:
        """The way on."""
        self.course.settle()
        self.course.onward()

    def beside(self) -> Widget | None:
        """A widget that stands at the right of the sheet, from top to bottom."""
        return None

    def first_focus(self) -> Widget | None:
        """Where the focus is at first: the way on, so that one key passes over everything."""
        return self.foot[0] if self.foot else None

    # --- the screen ---------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Makes the widgets."""
        self.fill()
        self.focused = self.first_focus()

    def fill(self) -> None:
        """Makes the widgets anew."""
        course = self.course
        number, steps = min(course.index + 1, len(course.steps)), len(course.steps)
        name = course.notebook.contribution.pseudonym
        key = "course.where" if self.step is not None else "course.where_closing"
        self.where.text_ = say(key, number=number, steps=steps, title=course.exercise.title, name=name)
        self.title.text_ = self.heading()
        self.pane.children = [self.where, self.title, *self.body()]
        if course.index and self.step is not None:
            self.pane.children.append(Button(say("course.leave"), self.leave_course, kind="quiet"))
        self.foot = [
            Button(self.onward_label(), self.onward, key=Action.SKIP, kind="primary"),
            Button(say("course.back" if course.index else "course.leave"), self.back, key=Action.BACK),
            Button(say("course.curtain"), lambda: flow.show_curtain(self.stage), key=Action.CURTAIN),
        ]
        beside = self.beside()
        self.widgets = [*([beside] if beside is not None else []), self.pane, *self.foot]

    def retell(self) -> None:
        """Takes the texts of the language spoken now."""
        self.course.retell()
        if self.step is not None:
            self.step = self.course.exercise.step(self.step.id)
        self.enter()

    def layout(self, size: tuple[int, int]) -> None:
        """The sheet in the middle, or at the left of what stands beside it."""
        stage, beside = self.stage, self.beside()
        narrow = size[0] < stage.em(900)
        pad, margin = stage.em(24) if not narrow else stage.em(14), max(stage.px(24), 8) if not narrow else 6
        if beside is not None and not narrow:
            wide = min(max(stage.px(480), stage.em(430)), size[0] * 46 // 100)
            self.sheet = pygame.Rect(0, 0, wide, size[1])
            beside.rect = pygame.Rect(wide, 0, size[0] - wide, size[1])
        else:
            wide = min(size[0] - 2 * margin, max(stage.px(self.breadth), stage.em(self.breadth * 0.8)))
            self.sheet = pygame.Rect((size[0] - wide) // 2, margin, wide, size[1] - 2 * margin)
        inner = wide - 2 * pad - stage.px(8)
        foot = row_height(stage, self.foot, inner, gap=10)
        top, bottom = self.sheet.top + pad, self.sheet.bottom - pad - foot
        self.pane.rect = pygame.Rect(self.sheet.left + pad, top, inner, bottom - stage.em(12) - top)
        children = [child for child in self.pane.children if child is not beside]
        if beside is not None and narrow:
            children.insert(min(len(children), self.beside_at()), beside)
        self.pane.children = children
        self.widgets = [*([beside] if beside is not None and not narrow else []), self.pane, *self.foot]
        offset, self.pane.offset = self.pane.offset, 0
        y = top
        for child in children:
            across, high = child.size(stage, inner)
            child.rect = pygame.Rect(self.sheet.left + pad, y, across, high)
            y += high + stage.em(12)
        self.pane.offset = offset
        self.pane.settle(stage.em(6))
        if beside is None and self.pane.height < self.pane.rect.height:
            # A short step is a small sheet in the middle.
            spare = self.pane.rect.height - self.pane.height
            self.sheet.inflate_ip(0, -spare)
            self.pane.rect = pygame.Rect(self.sheet.left + pad, self.sheet.top + pad, inner, self.pane.height)
            for child in children:
                child.rect.move_ip(0, spare // 2)
            bottom = self.sheet.bottom - pad - foot
        place_row(stage, self.foot, self.sheet.left + pad, bottom, inner, gap=10)
        self.placed()

    def placed(self) -> None:
        """Called when everything has its place."""

    def beside_at(self) -> int:
        """Where on the sheet what stands beside it comes, in a narrow window."""
        return 2

    def draw(self, surface: pygame.Surface) -> None:
        """The sky or the picture beside, the sheet, and what is on it."""
        stage, beside = self.stage, self.beside()
        apart = beside is not None and beside in self.widgets
        if apart and beside is not None:
            surface.fill(stage.palette.land[0])
            beside.draw(surface, stage, beside is self.focused)
            sheet = self.sheet.inflate(2 * stage.px(24), 2 * stage.px(24))
            sheet.right = self.sheet.right
        else:
            stage.backdrop().draw(surface, 0.0 if stage.reduced_motion else stage.time)
            sheet = self.sheet
        draw_panel(surface, sheet, stage.palette, stage.px(22))
        for widget in self.widgets:
            if widget is self.pane:
                self.pane.draw_children(surface, stage, self.focused)
            elif widget is not beside:
                widget.draw(surface, stage, widget is self.focused)

    # --- what can be done ---------------------------------------------------------------------------------------------

    def back(self) -> None:
        """To the step before."""
        self.course.settle()
        self.course.back()

    def leave_course(self) -> None:
        """Off the course; everything is kept."""
        self.course.settle()
        self.course.leave()

    def press_other(self, action: Action) -> None:
        """Help and settings from here as from everywhere; Enter where nothing else wants it goes on."""
        if not flow.asked_everywhere(self.stage, action) and action is Action.CONFIRM:
            self.onward()
