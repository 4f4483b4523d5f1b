"""Light that floats up hides nothing: at a place it rises beside the year's card, on a lane from the boat."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pygame
import pytest
from driving import Drive
from small_delta import begun

from game.app.action import Action
from game.app.draw.map_view import MapView
from game.app.draw.notes import Keys
from game.app.screens.drive_floats import FLOATING
from game.app.settings import Settings
from game.model import Level


def changed(drive: Drive) -> pygame.Rect | None:
    """The rectangle in which the floats are drawn at this moment."""
    floats = drive.screen.scene.floats
    with_them = pygame.surfarray.array3d(drive.picture()).astype(int)
    drive.screen.scene.floats = ()
    without = pygame.surfarray.array3d(drive.picture()).astype(int)
    drive.screen.scene.floats = floats
    x, y = np.nonzero(np.abs(with_them - without).max(axis=2))
    return None if not len(x) else pygame.Rect(x.min(), y.min(), np.ptp(x) + 1, np.ptp(y) + 1)


@pytest.mark.parametrize("text", [1.0, 2.0])
@pytest.mark.parametrize("size", [(1280, 720), (640, 360)])
def test_light_gathered_at_a_place_hides_no_key(level: Level, size: tuple[int, int], text: float) -> None:
    """From its first moment to its last it lies on no key of a mouth and on no paper, and is to be seen."""
    drive = Drive(begun(level), size, settings=Settings(text_scale=text))
    drive.screen.hands.choose("over")
    drive.wait(5).press(Action.SKIP).wait(2)
    scene, seen = drive.screen.scene, 0
    assert drive.voyage.choosing
    for part in (0.05, 0.4, 0.8):
        scene.floats = tuple(replace(each, age=part * FLOATING) for each in scene.floats)
        found = changed(drive)
        if found is None:
            continue
        seen += 1
        view = drive.screen.view
        assert isinstance(view, MapView)
        frame = scene.frame(0.0, drive.screen.hands.fork, None, None)
        keys = Keys(view.geo).rects(view._lens, view.type, frame.lanes, list(view.label_rects().values()))
        assert len(keys) == len(drive.screen.hands.fork.rows)
        assert found.collidelist([*keys.values(), *drive.screen.hud.papers(drive.screen.showing())]) < 0
    # At its largest in the smallest window there is no room beside the card, which counts the light all the same.
    assert seen == 3 or (seen == 0 and text == 2.0 and size == (640, 360))


def test_light_gathered_on_a_lane_rises_from_the_boat(level: Level) -> None:
    """A year on a lane has its light rise above where the boat was."""
    drive = Drive(begun(level))
    drive.screen.hands.choose("over")
    drive.wait(5).press(Action.CONFIRM).wait(2)
    assert drive.voyage.leg is not None
    found, view = changed(drive), drive.screen.view
    assert found is not None
    assert view is not None
    x, y = view.to_screen(drive.screen.scene.floats[0].at)
    assert abs(found.centerx - x) < 6
    assert 0 < y - found.centery < 100
