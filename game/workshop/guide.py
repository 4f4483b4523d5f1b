"""The facilitator's guide of an exercise: everything to hold it tomorrow, on paper."""

from __future__ import annotations

from game.words import say
from game.workshop.exercise import THEMES, Exercise, Step
from game.workshop.page import Block, Break, Bullets, Heading, Page, Para, Table
from game.workshop.paper import items, paper_version
from game.workshop.privacy import FEW, FEWEST
from game.workshop.worksheet import worksheets


def guide(exercise: Exercise) -> Page:
    """The guide of an exercise, with scripts for all its lengths, the paper version and the worksheets."""
    blocks: list[Block] = [
        *_about(exercise),
        Heading(say("guide.room.heading")),
        Bullets(items("guide.room.items", exercise=exercise.name), tick=True),
        Heading(say("guide.before.heading")),
        Bullets(items("guide.before.items", exercise=exercise.name), tick=True),
        Heading(say("guide.picture.heading")),
        Para(say("guide.picture.about")),
        Bullets(items("guide.picture.items", exercise=exercise.name, group=FEWEST)),
    ]
    for length in exercise.lengths:
        blocks += _script(exercise, length)
    blocks += _steps(exercise)
    blocks += _debrief(exercise)
    for part in ("upset", "laptops", "data", "access"):
        told = items(f"guide.{part}.items", exercise=exercise.name, few=FEW, group=FEWEST)
        blocks += [Heading(say(f"guide.{part}.heading")), Bullets(told, tick=part == "access")]
    rows = [(row, "", "") for row in items("guide.help_lines.rows")]
    blocks += [
        Heading(say("guide.help_lines.heading")),
        Para(say("guide.help_lines.about")),
        Table(items("guide.help_lines.head"), rows, (2.4, 2.4, 2.4), tall=True),
    ]
    seen: set[str] = set()
    for step in exercise.steps:
        if step.kind == "play" and step.level not in seen:
            seen.add(step.level)
            blocks += paper_version(exercise.level_of(step), exercise.value_function_of(step))
    blocks += [Break(), *worksheets(exercise).blocks]
    return Page(say("guide.title", title=exercise.title), exercise.language, tuple(blocks))


def clock(minute: int) -> str:
    """A minute of the workshop as hours and minutes: 0:00, 1:35."""
    return f"{minute // 60}:{minute % 60:02}"


def _about(exercise: Exercise) -> list[Block]:
    lengths = say("guide.comma").join(map(str, exercise.lengths))
    blocks: list[Block] = [
        Heading(say("guide.title", title=exercise.title), 1),
        Para(say("guide.printed"), "soft"),
        Para(exercise.about),
        Para(say("guide.no_promise"), "box"),
        Heading(say("guide.about.aim"), 3),
        Para(exercise.aim),
        Heading(say("guide.about.audience"), 3),
        Para(exercise.audience),
    ]
    if exercise.content_note:
        blocks += [Heading(say("guide.about.care"), 3), Para(exercise.content_note)]
    told = say("guide.about.lengths_text", lengths=lengths, usual=exercise.usual)
    return [*blocks, Heading(say("guide.about.lengths"), 3), Para(told)]


def _script(exercise: Exercise, length: int) -> list[Block]:
    rows, begin, debrief = [], 0, 0
    for step, minutes in exercise.steps_in(length):
        rows.append((f"{clock(begin)} – {clock(begin + minutes)}", step.title, doing(exercise, step)))
        begin += minutes
        debrief += minutes if step.kind == "debrief" else 0
    head = [say(f"guide.script.{key}") for key in ("from_to", "step", "doing")]
    return [
        Heading(say("guide.script.heading", length=length)),
        Table(head, rows, (1.6, 2.6, 5.4)),
        Para(say("guide.script.debrief_share", debrief=debrief, length=length), "soft"),
    ]


def doing(exercise: Exercise, step: Step) -> str:
    """What happens at a step, in a sentence or two."""
    if step.kind == "predict":
        return say("guide.doing.predict", plans=step.plans)
    if step.kind == "play":
        water = say("guide.doing.own_water" if step.seed is None else "guide.doing.same_water")
        label = exercise.level_of(step).function_label(exercise.value_function_of(step))
        return say("guide.doing.play", water=water, value_function=label)
    return say(f"guide.doing.{step.kind}")


def _steps(exercise: Exercise) -> list[Block]:
    blocks: list[Block] = [Heading(say("guide.steps.heading")), Para(say("guide.steps.pause_key"), "box")]
    for step in exercise.steps:
        if step.kind == "debrief":
            continue
        title = step.title
        if step.level:
            title = say("guide.steps.on_level", title=title, level=exercise.level_of(step).title)
        blocks.append(Heading(title, 3))
        if step.say:
            blocks.append(Para(say("guide.steps.say", text=step.say), "speech"))
        if step.text:
            blocks.append(Para(say("guide.steps.screen", text=step.text), "soft"))
        if step.questions:
            blocks.append(Bullets(step.questions))
    return blocks


def _debrief(exercise: Exercise) -> list[Block]:
    blocks: list[Block] = [Heading(say("guide.debrief.heading")), Bullets(items("guide.debrief.items"))]
    by_theme = sorted(
        (step for step in exercise.steps if step.kind == "debrief"), key=lambda step: THEMES.index(step.theme)
    )
    for step in by_theme:
        minutes = " / ".join(map(str, step.minutes))
        heading = f"{say(f'guide.debrief.{step.theme}')} ({say('guide.minutes', minutes=minutes)})"
        blocks.append(Heading(heading, 3))
        if step.say:
            blocks.append(Para(say("guide.steps.say", text=step.say), "speech"))
        blocks.append(Bullets(step.questions))
    blocks.append(Heading(say("guide.theory.heading")))
    return [*blocks, *(Para(say(f"guide.theory.{key}"), "box") for key in ("happenstance", "chaos", "values", "proof"))]
