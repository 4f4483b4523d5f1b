"""The card of a lent map: whose it is, what it says of each way out of the fork, and where it would go."""

from __future__ import annotations

import pygame

from game.app.desk import Desk
from game.app.screens.drive_lent import LentCard
from game.app.screens.drive_paper import Paper, Written
from game.app.widgets import elided, fitting_size
from game.words import say


def lent_card(stage: Desk, card: LentCard, width: int, *, brief: bool = False) -> Written:
    """The map of somebody, its words unless ``brief``, and a line for each way; the one it would go is filled in."""
    paper, palette, type_ = Paper(stage, width, stage.em(16)), stage.palette, stage.type
    paper.line(say("lent.title"), 13, palette.soft_ink, 600, tracked=True)
    paper.lines(card.name, 17, palette.ink, 600, after=2)
    if card.words and not brief:
        paper.lines(card.words, 15, palette.soft_ink, most=3, after=4)
    for row in card.rows:
        high = type_.height(15) + stage.em(6)
        rect = pygame.Rect(stage.em(8), paper.y, width - 2 * stage.em(8), high)
        ink, weight = palette.ink, 600 if row.chosen else 500
        if row.chosen:
            paper.fill(palette.accent_ink, rect, stage.em(9))
            ink = palette.paper
        wide = type_.width(row.brightness, 15, 600)
        room = paper.inner - wide - stage.em(8)
        size = fitting_size(type_, row.name, (15, 13), room, weight)
        name = elided(type_, row.name, size, room, weight)
        paper.write(name, size, ink, paper.padding, rect.centery - type_.height(size) // 2, weight)
        left = width - paper.padding - wide
        paper.write(row.brightness, 15, ink, left, rect.centery - type_.height(15) // 2, 600)
        paper.y = rect.bottom + stage.em(1)
    if card.rows:
        paper.gap(3)
        paper.lines(card.unit, 13, palette.soft_ink, most=2, after=0)
    return paper.written()


def lent_spots(
    stage: Desk, written: Written, ends: tuple[int, int], margin: int, side: str, small_map: bool
) -> tuple[pygame.Rect, ...]:
    """Where the card may lie, the best first: below the card of the year or below the bar, which end at ``ends``.

    The panel of the fork lies on the ``side`` where it hides least, so that side comes first; behind the boat a small
    map takes the right.
    """
    gap = stage.em(10)
    left = written.get_rect(topleft=(margin, ends[0] + gap))
    right = written.get_rect(topright=(stage.size[0] - margin, ends[1] + gap))
    if small_map:
        return (left,)
    return (right, left) if side == "right" else (left, right)
