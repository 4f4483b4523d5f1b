"""Somebody at an exercise on a stage, with a hand."""

from __future__ import annotations

import pygame
from hand import Hand
from workshop.people import exercise

from game.app import flow
from game.app.course import Course, Wishes
from game.app.screens.drive import DriveScreen
from game.app.screens.workshop.predicting import PredictScreen
from game.app.stage import Stage
from game.app.widgets import Button, Form, Widget

FORK = "one_plan_one_life"


def begun(stage: Stage, name: str = FORK, wishes: Wishes | None = None) -> Course:
    """A course on a stage."""
    course = Course(stage, exercise(name), wishes)
    flow.begin_course(stage, course)
    return course


def widgets(stage: Stage) -> list[Widget]:
    """All widgets of the screen on top."""
    screen = stage.screen
    assert isinstance(screen, Form)
    return list(screen._all())


def click(stage: Stage, hand: Hand, label: str) -> None:
    """Clicks on the button of this label, scrolled to first."""
    button = next(w for w in widgets(stage) if isinstance(w, Button) and w.label == label)
    screen = stage.screen
    assert isinstance(screen, Form)
    screen.focus_on(button)
    hand.click(button.rect.center)


def live(stage: Stage, hand: Hand) -> None:
    """Lives the life on the stage: the first lane at every fork, to its end."""
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    for _ in range(20_000):
        stage.update()
        if drive.voyage is not None and drive.voyage.resting:
            break
        if drive.voyage is not None:
            hand.key(pygame.K_1 if drive.voyage.choosing else pygame.K_s)
    hand.key(pygame.K_RETURN)


def draw_plan(stage: Stage, hand: Hand) -> None:
    """Draws the plan on the map by keys alone, taking the first lane each time."""
    screen = stage.screen
    assert isinstance(screen, PredictScreen)
    while screen.focused is not screen.map:
        hand.key(pygame.K_TAB)
    while not screen.map.draft.complete:
        hand.key(pygame.K_RETURN)
