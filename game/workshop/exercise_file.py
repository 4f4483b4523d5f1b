"""Exercise files, format 1: an exercise as a folder with ``exercise.toml``, and every problem that such a folder has.

Levels are named as the game names those that come with it, or lie as files beside ``exercise.toml``.  A translation
lies there too, as ``texts.LANGUAGE.toml`` (`game.workshop.translation`).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from game.files import FileFaults, LevelFaults, quoted, read_level, shipped_level
from game.files.fault import described, listed
from game.files.sheet import Faults, Sheet, read_format
from game.files.source import Unreadable, text_of
from game.files.toml_text import parsed
from game.model import Level
from game.words import say
from game.workshop.exercise import GHOSTS, KINDS, OWN_WATER, PAGES, THEMES, Exercise, Kind, Step

FORMAT = 1
FILE = "exercise.toml"
MOST_STEPS, MOST_QUESTIONS, MOST_PLANS, LONGEST = 40, 12, 5, 480
DEBRIEF_SHARE = 3
"""At least one minute in so many belongs to the debrief."""

EXERCISE_KEYS = (
    "format", "title", "about", "aim", "audience", "content_note", "author", "licence", "language", "lengths", "usual",
    "steps",
)  # fmt: skip
_ALWAYS = ("id", "kind", "title", "minutes", "text", "say")
STEP_KEYS: dict[str, tuple[str, ...]] = {
    "talk": _ALWAYS,
    "write": (*_ALWAYS, "questions"),
    "predict": (*_ALWAYS, "level", "value_function", "plans"),
    "play": (*_ALWAYS, "level", "value_function", "seed", "ghosts"),
    "compare": (*_ALWAYS, "of", "pages"),
    "debrief": (*_ALWAYS, "theme", "questions"),
}


class ExerciseFaults(FileFaults):
    """An exercise that cannot be held."""


def read_exercise(folder: Path) -> Exercise:
    """The exercise in ``folder``, in its own language.

    Raises ExerciseFaults with every problem, and nothing else whatever the folder holds.
    """
    path = folder / FILE
    try:
        text = text_of(path)
    except Unreadable as error:
        raise ExerciseFaults(path, (error.fault,), error.opened) from None
    toml = parsed(text)
    if toml.data is None:
        raise ExerciseFaults(path, toml.faults)
    faults = Faults(toml.faults, toml.positions.line, toml.unread)
    sheet = Sheet(faults, toml.data, (), say("workshop.file.exercise"))
    exercise = _Reading(sheet, folder).exercise() if read_format(sheet, FORMAT) else None
    if faults.found or exercise is None:
        raise ExerciseFaults(path, faults.found)
    return exercise


class _Reading:
    """One reading of an exercise; ``levels`` are those read so far, None for those that cannot be had."""

    def __init__(self, sheet: Sheet, folder: Path) -> None:
        self.sheet, self.folder = sheet, folder
        self.levels: dict[str, Level | None] = {}

    def exercise(self) -> Exercise | None:
        sheet = self.sheet
        sheet.know_only(EXERCISE_KEYS)
        needed = {key: required_text(sheet, key) for key in ("title", "about", "aim", "audience")}
        texts = {key: flowing(sheet.text(key, "") or "") for key in ("content_note", "author", "licence")}
        lengths = self._lengths()
        usual = sheet.whole("usual", lengths[0] if lengths else 1, most=LONGEST)
        if usual is not None and lengths and usual not in lengths:
            sheet.fault("usual", described(usual), say("workshop.file.one_of", names=", ".join(map(str, lengths))))
        steps = self._steps(lengths)
        if lengths and steps:
            self._check_times(lengths, steps)
        if sheet.faults.found:
            return None
        return Exercise(
            name=self.folder.resolve().name,
            folder=self.folder,
            lengths=lengths,
            usual=usual or lengths[0],
            steps=tuple(steps),
            levels={name: level for name, level in self.levels.items() if level is not None},
            language=sheet.text("language", "en", blank=False) or "en",
            **needed,
            **texts,
        )

    def _lengths(self) -> tuple[int, ...]:
        allowed = say("workshop.file.lengths", most=LONGEST)
        if not self.sheet.require("lengths", allowed):
            return ()
        found = self.sheet.data["lengths"]
        good = isinstance(found, list) and 1 <= len(found) <= 6 and all(_whole(n, 1, LONGEST) for n in found)
        if not good or sorted(set(cast("list[int]", found))) != found:
            self.sheet.fault("lengths", described(found), allowed)
            return ()
        return tuple(cast("list[int]", found))

    def _steps(self, lengths: tuple[int, ...]) -> list[Step]:
        allowed = say("workshop.file.steps", most=MOST_STEPS)
        if not self.sheet.require("steps", allowed):
            return []
        entries = self.sheet.data["steps"]
        if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_STEPS:
            self.sheet.fault("steps", described(entries), allowed)
            return []
        around = Sheet(self.sheet.faults, {}, ("steps",), "")
        steps: list[Step] = []
        for number, entry in enumerate(entries, 1):
            where = say("workshop.file.step_number", number=number)
            if not isinstance(entry, dict):
                around.faults.add(("steps", number - 1), where, described(entry), say("files.allowed.table"))
                continue
            if isinstance(entry.get("id"), str) and entry["id"].strip():
                where = say("workshop.file.step", name=quoted(entry["id"]))
            step = self._step(Sheet(self.sheet.faults, entry, ("steps", number - 1), where), lengths, steps)
            if step is not None:
                steps.append(step)
        return steps

    def _step(self, sheet: Sheet, lengths: tuple[int, ...], before: list[Step]) -> Step | None:
        step_id = required_text(sheet, "id")
        if step_id and any(step.id == step_id for step in before):
            sheet.fault("id", say("files.twice_in_list", name=quoted(step_id)), say("workshop.file.own_id"))
        kind = None
        if sheet.require("kind", say("workshop.file.one_of", names=listed(KINDS))):
            kind = sheet.one_of("kind", KINDS, say("workshop.file.one_of", names=listed(KINDS)))
        if kind is None:
            return None
        sheet.know_only(STEP_KEYS[kind])
        title, minutes = required_text(sheet, "title"), self._minutes(sheet, lengths)
        level, functions = "", None
        if kind in ("predict", "play"):
            level, functions = self._level(sheet)
        function = ""
        if "value_function" in sheet:
            allowed = say("workshop.file.value_function")
            function = sheet.one_of("value_function", functions, allowed) or ""
        return Step(
            id=step_id,
            kind=cast("Kind", kind),
            title=title,
            minutes=minutes,
            text=flowing(sheet.text("text", "") or ""),
            say=flowing(sheet.text("say", "") or ""),
            questions=questions_of(sheet, kind in ("write", "debrief")),
            level=level,
            value_function=function,
            seed=self._seed(sheet) if kind == "play" else None,
            ghosts=_names(sheet, "ghosts", GHOSTS) if kind == "play" else (),
            plans=sheet.whole("plans", 3, most=MOST_PLANS) or 3,
            of=self._of(sheet, before) if kind == "compare" else "",
            pages=_names(sheet, "pages", PAGES) if kind == "compare" else (),
            theme=self._theme(sheet) if kind == "debrief" else "",
        )

    def _minutes(self, sheet: Sheet, lengths: tuple[int, ...]) -> tuple[int, ...]:
        allowed = say("workshop.file.minutes", count=len(lengths))
        if not sheet.require("minutes", allowed):
            return (0,) * len(lengths)
        found = sheet.data["minutes"]
        if isinstance(found, list) and all(_whole(n, 0, LONGEST) for n in found) and len(found) == (len(lengths) or 1):
            return tuple(found)
        if lengths:
            sheet.fault("minutes", described(found), allowed)
        return (0,) * len(lengths)

    def _level(self, sheet: Sheet) -> tuple[str, tuple[str, ...] | None]:
        """The name of a step's level, and the value functions it has (None where it cannot be had)."""
        allowed = say("workshop.file.level")
        if not sheet.require("level", allowed):
            return "", None
        name = sheet.text("level", blank=False)
        if name is None:
            return "", None
        if name not in self.levels:
            self.levels[name] = self._read_level(sheet, name)
        level = self.levels[name]
        if level is None:
            return name, None
        return name, tuple(level.value_functions) or (level.default_value_function,)

    def _read_level(self, sheet: Sheet, name: str) -> Level | None:
        # A name is no path: an exercise opens levels of the game and files in its own folder, and nothing else.
        plain = not any(mark in name for mark in "/\\:\0") and not name.startswith(".")
        beside = self.folder / name
        path = (beside if beside.is_file() else shipped_level(name)) if plain else None
        if path is None:
            sheet.fault("level", described(name), say("workshop.file.level"))
            return None
        try:
            return read_level(path)
        except LevelFaults as error:
            found = say("workshop.file.level_faults", name=quoted(name), count=len(error.faults))
            sheet.fault("level", found, say("workshop.file.level_checked"))
            return None

    def _seed(self, sheet: Sheet) -> int | None:
        """The seed of a step's water; None for water of everybody's own."""
        allowed = say("workshop.file.seed")
        if not sheet.require("seed", allowed):
            return None
        seed = sheet.data["seed"]
        if seed == OWN_WATER:
            return None
        if _whole(seed, 0, 2**31):
            return cast("int", seed)
        sheet.fault("seed", described(seed), allowed)
        return None

    def _of(self, sheet: Sheet, before: list[Step]) -> str:
        played = [step.id for step in before if step.kind == "play"]
        allowed = say("workshop.file.of")
        return (sheet.one_of("of", played, allowed) or "") if sheet.require("of", allowed) else ""

    def _theme(self, sheet: Sheet) -> str:
        allowed = say("workshop.file.one_of", names=listed(THEMES))
        return (sheet.one_of("theme", THEMES, allowed) or "") if sheet.require("theme", allowed) else ""

    def _check_times(self, lengths: tuple[int, ...], steps: list[Step]) -> None:
        """The minutes of every length add up to it, and enough of them belong to the debrief."""
        if any(len(step.minutes) != len(lengths) for step in steps):
            return
        for i, length in enumerate(lengths):
            total = sum(step.minutes[i] for step in steps)
            talk = sum(step.minutes[i] for step in steps if step.kind == "debrief")
            if total != length:
                found = say("workshop.file.total", total=total, length=length)
                self.sheet.fault("lengths", found, say("workshop.file.adds_up"))
            if talk * DEBRIEF_SHARE < length:
                found = say("workshop.file.debrief_total", total=talk, length=length)
                self.sheet.fault("lengths", found, say("workshop.file.debrief_share"))


def required_text(sheet: Sheet, key: str) -> str:
    """The text at ``key``, which must be there and not be blank; an empty one where it has a fault."""
    if not sheet.require(key, say("files.allowed.text_not_blank")):
        return ""
    return flowing(sheet.text(key, blank=False) or "")


def flowing(text: str) -> str:
    """A text with the line breaks of its file taken out; an empty line still begins a paragraph."""
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()))


def questions_of(sheet: Sheet, needed: bool) -> tuple[str, ...]:
    """The list of questions of a step, which must be there where it is ``needed``."""
    allowed = say("workshop.file.questions", most=MOST_QUESTIONS)
    if not needed or not sheet.require("questions", allowed):
        return ()
    found = sheet.data["questions"]
    several = isinstance(found, list) and 1 <= len(found) <= MOST_QUESTIONS
    if several and all(isinstance(question, str) and question.strip() for question in cast("list[object]", found)):
        return tuple(flowing(question) for question in cast("list[str]", found))
    sheet.fault("questions", described(found), allowed)
    return ()


def _names(sheet: Sheet, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    found = sheet.data.get(key, [])
    if isinstance(found, list) and all(name in known for name in found) and len(set(map(str, found))) == len(found):
        return tuple(name for name in known if name in found)
    sheet.fault(key, described(found), say("workshop.file.some_of", names=listed(known)))
    return ()


def _whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
