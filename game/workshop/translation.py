"""Translations of exercises: ``texts.LANGUAGE.toml`` beside ``exercise.toml``, with the same texts in another language.

A text that a translation leaves out stays as it was written.  Steps are named by their ids: ``[steps.arrive]``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from game.files import quoted
from game.files.fault import described, listed
from game.files.sheet import Faults, Sheet
from game.files.source import Unreadable, text_of
from game.files.toml_text import parsed
from game.words import say
from game.workshop.exercise import Exercise, Step
from game.workshop.exercise_file import ExerciseFaults, flowing

EXERCISE_TEXTS = ("title", "about", "aim", "audience", "content_note")
STEP_TEXTS = ("title", "text", "say")


def translated(exercise: Exercise, folder: Path, language: str) -> Exercise:
    """The exercise with the texts of a language, as far as its folder has them.

    Raises ExerciseFaults with every problem of the translation.
    """
    path = folder / f"texts.{language}.toml"
    if language == exercise.language or not path.exists():
        return exercise
    try:
        toml = parsed(text_of(path))
    except Unreadable as error:
        raise ExerciseFaults(path, (error.fault,), error.opened) from None
    if toml.data is None:
        raise ExerciseFaults(path, toml.faults)
    faults = Faults(toml.faults, toml.positions.line, toml.unread)
    sheet = Sheet(faults, toml.data, (), say("workshop.file.translation"))
    sheet.know_only((*EXERCISE_TEXTS, "steps"))
    texts = _texts(sheet, EXERCISE_TEXTS)
    entries = sheet.tables("steps", say("files.allowed.table"))
    around = Sheet(faults, entries, ("steps",), "")
    known = {step.id: step for step in exercise.steps}
    steps = dict(known)
    for name, entry in entries.items():
        inner = around.sheet(name, entry, say("workshop.file.step", name=quoted(name)))
        if name not in known:
            allowed = say("workshop.file.one_of", names=listed(tuple(known)))
            around.fault(name, say("files.unknown_key", key=quoted(name)), allowed, faults.like(name, known))
        elif inner is not None:
            steps[name] = _step(inner, known[name])
    if faults.found:
        raise ExerciseFaults(path, faults.found)
    return replace(exercise, language=language, steps=tuple(steps.values()), **texts)


def _texts(sheet: Sheet, keys: tuple[str, ...]) -> dict[str, Any]:
    found = {key: sheet.text(key, blank=False) for key in keys if key in sheet}
    return {key: flowing(text) for key, text in found.items() if text is not None}


def _step(sheet: Sheet, step: Step) -> Step:
    sheet.know_only((*STEP_TEXTS, "questions"))
    texts = _texts(sheet, STEP_TEXTS)
    questions = step.questions
    if "questions" in sheet:
        found = sheet.data["questions"]
        texts_found = [text for text in found if isinstance(text, str) and text.strip()] if type(found) is list else []
        if len(texts_found) == len(questions) == len(found if isinstance(found, list) else ()):
            questions = tuple(flowing(text) for text in texts_found)
        else:
            sheet.fault("questions", described(found), say("workshop.file.same_questions", count=len(questions)))
    return replace(step, questions=questions, **texts)
