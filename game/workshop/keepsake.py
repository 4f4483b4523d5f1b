"""The keepsake: a page for oneself, with everything that one drew, lived and wrote, shared or not."""

from __future__ import annotations

from pathlib import Path

from game.files import replayed
from game.words import number, say
from game.workshop.exercise import Step
from game.workshop.notebook import Notebook
from game.workshop.page import Block, Bullets, Heading, Page, Para, Table
from game.workshop.page_html import page_as_html
from game.writing import write_whole

FILE = "my_page.html"


def keep_page(notebook: Notebook) -> Path:
    """Writes the page into the notebook's folder and returns where it is.  Raises OSError."""
    notebook.folder.mkdir(parents=True, exist_ok=True)
    path = notebook.folder / FILE
    write_whole(path, page_as_html(keepsake(notebook)))
    return path


def keepsake(notebook: Notebook) -> Page:
    """The page of a notebook."""
    exercise, made = notebook.exercise, notebook.contribution
    blocks: list[Block] = [
        Heading(exercise.title, 1),
        Para(say("course.page.about", name=made.pseudonym), "soft"),
    ]
    for step in exercise.steps:
        blocks += _step(notebook, step)
    return Page(exercise.title, exercise.language, (*blocks, Para(say("guide.no_promise"), "box")))


def _step(notebook: Notebook, step: Step) -> list[Block]:
    exercise, made = notebook.exercise, notebook.contribution
    blocks: list[Block] = []
    if step.kind == "predict":
        level = exercise.level_of(step)
        rows = [
            (
                plan.title or say("course.predict.plan", number=i + 1),
                say("guide.comma").join(level.lane(lane).name for lane in plan.lanes),
                "" if plan.confidence is None else say("report.sure.scale", confidence=plan.confidence),
            )
            for i, plan in enumerate(made.plans_at(step.id))
            if not plan.empty
        ]
        if rows:
            head = [say(f"course.page.{key}") for key in ("plan", "lanes", "sure")]
            blocks.append(Table(head, rows, (2, 5, 1.4)))
    elif step.kind == "play":
        run = made.life_at(step.id)
        if run is not None:
            level, weights = exercise.level_of(step), exercise.weights_of(step)
            record = replayed(run, level)
            lanes = [
                say("course.page.leg", year=leg.before.year + 1, place=level.place(leg.before.place).label,
                    lane=level.lane(leg.lane).name, light=number(leg.light(weights)))
                for leg in record.legs
            ]  # fmt: skip
            blocks += [Bullets(lanes), Para(say("course.page.light", light=number(record.total(weights))))]
    elif step.kind == "write":
        for i, question in enumerate(step.questions):
            words = made.words_at(step.id, i)
            if words.text.strip():
                blocks += [Heading(question, 3), Para(words.text, "speech")]
    return [Heading(step.title), *blocks] if blocks else []
