"""Worksheets: a page before (three plans) and a page after (what I would call light, one next step), for each level."""

from __future__ import annotations

from game.geography import lay_out
from game.model import Level
from game.words import say
from game.workshop.drawing import map_drawing
from game.workshop.exercise import Exercise
from game.workshop.page import Block, Break, Figure, Heading, Lines, Page, Para, Table
from game.workshop.paper import items


def worksheets(exercise: Exercise) -> Page:
    """The sheets of an exercise: two pages for each of the levels in play."""
    blocks: list[Block] = []
    for name in dict.fromkeys(step.level for step in exercise.steps if step.kind == "play"):
        level = exercise.levels[name]
        blocks += [*([Break()] if blocks else []), *_before(level), Break(), *_after(level)]
    return Page(exercise.title, exercise.language, tuple(blocks))


def _before(level: Level) -> list[Block]:
    numbers = range(1, 4)
    return [
        Heading(say("guide.worksheet.before"), 1),
        Para(say("guide.worksheet.before_about", level=level.title, years=level.years)),
        Para(say("guide.worksheet.name"), "soft"),
        Figure(map_drawing(level, lay_out(level)), share=0.94),
        Table(
            items("guide.worksheet.plan_head"),
            [(say("guide.worksheet.plan", number=n), "", "", "1   2   3   4   5") for n in numbers],
            (1, 2.6, 4.4, 2.6),
            tall=True,
        ),
        Para(say("guide.worksheet.expect")),
        Lines(2),
    ]


def _after(level: Level) -> list[Block]:
    values = say("guide.comma").join(value.label for value in level.values)
    blocks: list[Block] = [
        Heading(say("guide.worksheet.after"), 1),
        Para(say("guide.worksheet.after_about", level=level.title)),
    ]
    asked = (("what_light", 4), ("values", 3), ("whose", 3), ("next_step", 3), ("look", 2))
    for key, count in asked:
        blocks += [Heading(say(f"guide.worksheet.{key}", values=values), 3), Lines(count)]
    return [*blocks, Para(say("guide.worksheet.keep"), "soft")]
