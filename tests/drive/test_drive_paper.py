"""Sheets of paper: laid in pieces they look like one, and what is only measured is not drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pygame
import pytest

from game.app.draw.panel import draw_panel
from game.app.screens.drive_paper import Paper, Written
from game.app.stage import Stage


def card(stage: Stage, width: int = 260) -> Written:
    """A card with a filled row and some lines."""
    paper = Paper(stage, width, stage.em(16))
    paper.fill(stage.palette.paper_edge, pygame.Rect(8, 12, width - 16, 30), 8)
    paper.line("The upper river", 19, stage.palette.ink, 600)
    paper.lines("A long way round, past the mill and the ferry, to the mouth of it", 15, stage.palette.soft_ink)
    return paper.written()


@pytest.mark.parametrize("radius", [4, 18, 400])
def test_a_sheet_in_pieces_is_a_sheet(make_stage: Callable[..., Stage], radius: int) -> None:
    """Its pieces, laid over any ground, show what a panel with the card laid on it shows."""
    stage = make_stage()
    written, spot = card(stage), (60, 50)
    ground = pygame.Surface((400, 300))
    for x in range(0, 400, 8):
        ground.fill((x % 256, 90, 255 - x % 256), (x, 0, 4, 300))
    plain, pieced = ground.copy(), ground.copy()
    rect = written.get_rect(topleft=spot)
    draw_panel(plain, rect, stage.palette, radius)
    plain.blit(written._write(), rect)
    for picture, (right, down) in written.sheet(stage.palette, radius):
        pieced.blit(picture, (spot[0] + right, spot[1] + down))
    one, other = (pygame.surfarray.array3d(each).astype(int) for each in (plain, pieced))
    assert np.abs(one - other).max() <= 3
    assert np.abs(one - pygame.surfarray.array3d(ground)).max() > 100


def test_what_is_measured_is_not_drawn() -> None:
    """A card that is only asked for its size draws nothing; one that is looked at is drawn once."""
    drawn: list[str] = []

    def write() -> pygame.Surface:
        drawn.append("card")
        return pygame.Surface((80, 60), pygame.SRCALPHA)

    written = Written((80, 60), write)
    assert written.get_rect(bottomright=(100, 100)) == pygame.Rect(20, 40, 80, 60)
    assert drawn == []
    palette = Stage().palette
    first = written.sheet(palette, 12)
    assert written.sheet(palette, 12) is first
    assert drawn == ["card"]
