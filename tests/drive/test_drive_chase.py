"""The chase on the drive: one key there and back, by keys and by mouse, which changes nothing in the life."""

from __future__ import annotations

import math
from typing import Any

import pygame
import pytest
from driving import NoMap
from small_delta import begun, small_level

from game.app.action import Action
from game.app.screen import Screen
from game.app.screens.drive import DriveScreen
from game.app.screens.drive_voyage import Mode
from game.app.settings import Settings
from game.app.stage import Stage
from game.session import Session


def at_sea(
    session: Session, size: tuple[int, int] = (1280, 720), chase: bool = False, **settings: Any
) -> tuple[Stage, DriveScreen]:
    """A drive on a stage of its own."""
    stage = Stage(size, Settings(**settings), NoMap(chase))
    screen = DriveScreen(session, on_finished=lambda lived: None)
    stage.reset(Screen(), screen)
    for _ in range(3):
        stage.update()
    return stage, screen


def picture(stage: Stage) -> bytes:
    """What is on the stage."""
    surface = pygame.Surface(stage.size)
    stage.draw(surface)
    return pygame.image.tobytes(surface, "RGB")


@pytest.mark.parametrize("mode", ["step", "drive"])
def test_switching_views_changes_nothing_in_the_life(mode: str) -> None:
    """Two lives with the same keys at the same moments are the same, however often one of them switched its view."""
    lives = []
    for switching in (False, True):
        stage, screen = at_sea(begun(small_level()), (640, 360), mode=mode)
        voyage = screen.voyage
        assert voyage is not None
        for tick in range(600):
            if switching and tick % 37 == 5:
                screen.press(Action.VIEW)
            if tick % 60 == 10:
                screen.press(Action.RIGHT)
            if tick % 60 == 30:
                screen.press(Action.CONFIRM)
            stage.update()
            lives.append((voyage.travelled, voyage.time, voyage.boat, voyage.light, voyage.year))
    half = len(lives) // 2
    assert lives[:half] == lives[half:]


def test_the_chase_is_drawn_the_same_twice_and_with_a_world() -> None:
    """The same state gives the same pixels behind the boat too; with its world baked it is another picture."""
    made = {}
    for chase in (False, True):
        stage, screen = at_sea(begun(small_level()), (640, 360), chase=chase)
        screen.press(Action.VIEW)
        for _ in range(40):
            stage.update()
        assert screen.chase.view.baked is chase
        made[chase] = picture(stage)
        assert picture(stage) == made[chase]
    assert made[False] != made[True]


@pytest.mark.parametrize("text_scale", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 720), (800, 450), (1920, 1080), (640, 360)])
def test_the_boat_and_the_names_are_not_under_paper(size: tuple[int, int], text_scale: float) -> None:
    """At a fork and on a lane no sheet lies over the boat's middle, and the paper is where it says."""
    stage, screen = at_sea(begun(small_level()), size, text_scale=text_scale, reduced_motion=True)
    screen.press(Action.VIEW)
    for _ in range(2):
        stage.update()
        picture(stage)
        showing = screen.showing()
        x, y = screen.chase.view.to_screen((screen.chase.pose.x, screen.chase.pose.y))
        covers = [rect for rect in screen.hud.papers(showing) if rect.collidepoint(x, y - 0.05 * size[1])]
        assert not covers
        rects = screen.chase.view.mouth_rects()
        assert set(rects) <= {row.lane.id for row in screen.hands.fork.rows}
        if text_scale == 1.0 and size[0] >= 800:
            assert all(rect.collidelist(screen.hud.papers(showing)) < 0 for rect in rects.values())
        screen.press(Action.ONE)
        stage.update()


def test_a_mouth_is_taken_by_a_click_on_its_name() -> None:
    """Behind the boat a click on a mouth's board, or on its water, enters that lane."""
    stage, screen = at_sea(begun(small_level()), mode="step")
    screen.press(Action.VIEW)
    stage.update()
    picture(stage)
    lane, rect = sorted(screen.chase.view.mouth_rects().items())[-1]
    for kind in ("move", "down", "up"):
        screen.pointer(kind, rect.center, 0 if kind == "move" else 1)  # type: ignore[arg-type]
    assert screen.voyage is not None
    assert screen.voyage.travelled == (lane,)


def test_the_button_in_the_bar_switches_the_view() -> None:
    """The view can be switched by the mouse alone, there and back."""
    _, screen = at_sea(begun(small_level()))
    for expected in (True, False):
        showing = screen.showing()
        spots = [(x, y) for y in range(20, 120, 6) for x in range(600, 1260, 6)]
        spot = next(pos for pos in spots if screen.hud.target_at(showing, pos) is Action.VIEW)
        for kind in ("move", "down", "up"):
            screen.pointer(kind, spot, 0 if kind == "move" else 1)  # type: ignore[arg-type]
        assert screen.chase.on is expected


def test_the_camera_follows_softly_and_at_once_where_nothing_moves() -> None:
    """On the way the camera turns a little every tick; under reduced motion it is where it belongs at once."""
    stage, screen = at_sea(begun(small_level()), (640, 360), mode="drive")
    screen.press(Action.VIEW)
    screen.press(Action.CONFIRM)
    before = screen.chase.pose
    for _ in range(60):
        stage.update()
        now = screen.chase.pose
        assert abs(math.remainder(now.heading - before.heading, math.tau)) < 0.12
        before = now
    stage, screen = at_sea(begun(small_level()), (640, 360), reduced_motion=True)
    screen.press(Action.VIEW)
    screen.press(Action.ONE)
    stage.update()
    settled = screen.chase.pose
    stage.update()
    assert screen.chase.pose == settled
    assert screen.voyage is not None
    assert screen.voyage.mode is Mode.STEP


def test_a_new_size_keeps_the_view() -> None:
    """After a change of size the chase is still shown, in that size, with the world it had."""
    stage, screen = at_sea(begun(small_level()), (640, 360), chase=True)
    screen.press(Action.VIEW)
    stage.update()
    stage.resize((900, 500))
    stage.update()
    assert screen.chase.on
    assert screen.chase.view.size == (900, 500)
    assert screen.chase.view.baked
    assert len(picture(stage)) == 900 * 500 * 3


def test_the_boat_is_never_left_behind() -> None:
    """Nearer means nearer to the boat; where somebody looked aside, the next lane brings the view back to it softly."""
    stage, screen = at_sea(begun(small_level()), (640, 360))

    def boat_is_seen() -> bool:
        camera, (x, y) = screen.scene.view.camera, screen.scene.boat_at()
        across, down = abs(x - camera.centre[0]), abs(y - camera.centre[1])
        return across * camera.zoom < 640 and down * camera.zoom < 360  # half of the 1280×720 design

    for _ in range(12):
        screen.press(Action.NEARER)
        assert boat_is_seen()
    for _ in range(6):
        screen.press(Action.LOOK_RIGHT)
    assert not boat_is_seen()
    before = screen.scene.view.camera
    screen.hands.choose("up")
    stage.update()
    now = screen.scene.view.camera
    assert math.dist(before.centre, now.centre) * now.zoom < 0.1 * 640
    for _ in range(120):
        stage.update()
    assert boat_is_seen()
    assert screen.scene.view.camera.zoom == before.zoom


def test_keys_bring_the_map_nearer_and_turn_it() -> None:
    """Plus comes nearer and minus goes back to the whole, Shift and an arrow look that way, and Home sees all again."""
    stage, screen = at_sea(begun(small_level()), (640, 360), reduced_motion=True)

    def keys(*codes: int, mod: int = 0) -> None:
        for code in codes:
            for kind in (pygame.KEYDOWN, pygame.KEYUP):
                stage.handle(pygame.event.Event(kind, key=code, mod=mod, unicode=""))
            stage.update()

    usual = screen.scene.view
    keys(pygame.K_PLUS, pygame.K_PLUS, pygame.K_PLUS)
    near = screen.scene.view
    assert near.camera.zoom > 1.4 * usual.camera.zoom
    keys(pygame.K_RIGHT, pygame.K_DOWN, mod=pygame.KMOD_SHIFT)
    turned = screen.scene.view
    assert turned.camera.centre[0] > near.camera.centre[0]
    assert turned.camera.centre[1] > near.camera.centre[1]
    assert screen.focus is None, "an arrow with Shift marks no lane"
    keys(pygame.K_HOME)
    assert screen.scene.view.camera == usual.camera
    keys(*[pygame.K_PLUS] * 12)
    assert screen.scene.view.camera.zoom <= 2.4
    keys(*[pygame.K_MINUS] * 14)
    assert screen.scene.view.camera == usual.camera
