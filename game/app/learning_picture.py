"""A learning curve as a picture of its own, for the command: PNG or SVG, drawn as the debrief draws it."""

from __future__ import annotations

import io
import os

import pygame

from game.app.draw.chart_learning import LearningChart, Level, draw_learning
from game.app.draw.chart_marks import Canvas, put
from game.app.draw.palette import DAY
from game.app.draw.svg import SvgPicture
from game.app.draw.type import Type
from game.learning import LearningCurve
from game.model import Level as WaterLevel
from game.words import number, say

_SIZE = (1280, 720)
_PAD = 48


def chart_of(curve: LearningCurve) -> LearningChart:
    """The chart of a curve."""
    low, middle, high = (curve.quantile(share) for share in (0.25, 0.5, 0.75))
    levels = (
        Level(curve.optimal, say("debrief.learning.map_line", light=number(curve.optimal))),
        Level(curve.best_fixed_plan, say("debrief.learning.plan_line", light=number(curve.best_fixed_plan)), True),
    )
    return LearningChart(curve.lives, low, middle, high, levels, say("debrief.learning.axis"))


def curve_as_svg(curve: LearningCurve, level: WaterLevel) -> str:
    """The text of an SVG file."""
    picture = SvgPicture(_SIZE, DAY.paper, _title(level), say("debrief.learning.band", learners=curve.learners))
    _draw(picture, curve, level)
    return picture.document()


def curve_as_png(curve: LearningCurve, level: WaterLevel) -> bytes:
    """The bytes of a PNG file; no display is needed."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    surface = pygame.Surface(_SIZE)
    surface.fill(DAY.paper)
    _draw(surface, curve, level)
    data = io.BytesIO()
    pygame.image.save(surface, data, "picture.png")
    return data.getvalue()


def _title(level: WaterLevel) -> str:
    return say("debrief.learning.picture", level=level.title)


def _draw(canvas: Canvas, curve: LearningCurve, level: WaterLevel) -> None:
    type_ = Type()
    put(canvas, type_, _title(level), 34, DAY.ink, (_PAD, _PAD - 16), "topleft", 600)
    told = say("debrief.learning.band", learners=curve.learners)
    y = _PAD - 16 + type_.height(34)
    for line in type_.wrap(told, 17, _SIZE[0] - 2 * _PAD):
        put(canvas, type_, line, 17, DAY.soft_ink, (_PAD, y), "topleft")
        y += type_.height(17)
    rect = pygame.Rect(_PAD, y + 14, _SIZE[0] - 2 * _PAD, _SIZE[1] - y - 14 - _PAD // 2)
    draw_learning(canvas, rect, chart_of(curve), DAY, type_)
