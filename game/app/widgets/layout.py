"""Placing widgets one after another: in rows that wrap, and in columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pygame

from game.app.widgets.widget import Widget

if TYPE_CHECKING:
    from game.app.stage import Stage


def place_row(stage: Stage, widgets: Sequence[Widget], left: int, top: int, width: int, gap: float = 14) -> int:
    """Places widgets side by side at their own sizes, wrapped into rows of ``width``; returns the bottom in pixels."""
    between = stage.em(gap)
    x, y, tallest = left, top, 0
    for widget in widgets:
        wide, high = widget.size(stage, width)
        if x > left and x + wide > left + width:
            x, y, tallest = left, y + tallest + between, 0
        widget.rect = pygame.Rect(x, y, wide, high)
        x, tallest = x + wide + between, max(tallest, high)
    return y + tallest


def row_height(stage: Stage, widgets: Sequence[Widget], width: int, gap: float = 14) -> int:
    """The height in pixels that ``place_row`` would need."""
    places = [widget.rect for widget in widgets]
    height = place_row(stage, widgets, 0, 0, width, gap)
    for widget, rect in zip(widgets, places, strict=True):
        widget.rect = rect
    return height


def place_column(stage: Stage, widgets: Sequence[Widget], left: int, top: int, width: int, gap: float = 14) -> int:
    """Places widgets one below another, each at its own size; returns the bottom in pixels."""
    y = top
    for number, widget in enumerate(widgets):
        if number:
            y += stage.em(gap)
        wide, high = widget.size(stage, width)
        widget.rect = pygame.Rect(left, y, wide, high)
        y += high
    return y
