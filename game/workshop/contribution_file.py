"""Workshop files, format 1: a contribution as one JSON text, and every problem that such a text has.

A file may come from anybody, so nothing in it is believed: sizes are limited, every life is lived once more on the
exercise's own level, every plan is followed, and texts that could mislead a reader are refused.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import cast

from game.debrief import is_whole_plan
from game.files import FileFaults, Parted, RunFaults, printable, quoted, replayed, run_as_json, run_from_text
from game.files.fault import described, listed
from game.files.run_reader import json_document
from game.files.sheet import Faults, Sheet, read_format
from game.files.source import Unreadable, decoded, text_of
from game.model import Level
from game.words import say
from game.workshop.contribution import CONFIDENCES, Contribution, LivedLife, PlanBet, Prediction, Words
from game.workshop.exercise import Exercise, Step

FORMAT = 1
MOST_BYTES = 256 * 1024
"""A workshop file is at most a quarter of a mebibyte."""

LONGEST_NAME, LONGEST_TITLE, LONGEST_WORDS, MOST_LIVES = 60, 60, 1000, 40
LONGEST_NAMES_OF_RUN = 200
KEYS = ("format", "kind", "exercise", "digest", "pseudonym", "ticket", "serial", "predictions", "lives", "words")
KIND = "water-lanes workshop"
_TICKET = re.compile(r"[0-9a-f]{32}")


class ContributionFaults(FileFaults):
    """A workshop file that cannot be counted."""


def contribution_as_json(contribution: Contribution) -> str:
    """The text of a contribution's file, whole; what may be handed on is ``contribution.shared()``."""
    document = {
        "format": FORMAT,
        "kind": KIND,
        "exercise": contribution.exercise,
        "digest": contribution.digest,
        "pseudonym": contribution.pseudonym,
        "ticket": contribution.ticket,
        "serial": contribution.serial,
        "predictions": [
            {
                "step": prediction.step,
                "plans": [{"title": p.title, "confidence": p.confidence, "lanes": p.lanes} for p in prediction.plans],
            }
            for prediction in contribution.predictions
        ],
        "lives": [{"step": life.step, "run": json.loads(run_as_json(life.run))} for life in contribution.lives],
        "words": [
            {"step": w.step, "question": w.question, "text": w.text, "shared": w.shared} for w in contribution.words
        ],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n"


def read_contribution(path: Path, exercise: Exercise) -> Contribution:
    """The contribution that the file at ``path`` holds.  Raises ContributionFaults with every problem."""
    try:
        text = text_of(path)
    except Unreadable as error:
        raise ContributionFaults(path, (error.fault,), error.opened) from None
    return _read(text, path, exercise)


def contribution_from_bytes(data: bytes, exercise: Exercise, source: str = "…") -> Contribution:
    """The contribution that came over a wire.  Raises ContributionFaults with every problem."""
    try:
        text = decoded(data)
    except Unreadable as error:
        raise ContributionFaults(source, (error.fault,)) from None
    return _read(text, source, exercise)


def _read(text: str, source: Path | str, exercise: Exercise) -> Contribution:
    faults = Faults()
    where = say("workshop.file.contribution")
    if len(text) > MOST_BYTES:
        faults.add((), where, say("files.characters", count=len(text)), say("files.allowed.sentence", most=MOST_BYTES))
        raise ContributionFaults(source, faults.found)
    document = json_document(text, faults)
    if isinstance(document, dict):
        sheet = Sheet(faults, document, (), where)
        found = _Reading(sheet, exercise).contribution() if read_format(sheet, FORMAT) else None
        if found is not None and not faults.found:
            return found
    elif not faults.found:
        faults.add((), where, described(document), say("files.allowed.object"))
    raise ContributionFaults(source, faults.found)


class _Reading:
    """One reading of a workshop file against its exercise."""

    def __init__(self, sheet: Sheet, exercise: Exercise) -> None:
        self.sheet, self.exercise = sheet, exercise

    def contribution(self) -> Contribution:
        sheet, exercise = self.sheet, self.exercise
        sheet.know_only(KEYS)
        for key, wanted in (("kind", KIND), ("exercise", exercise.name), ("digest", exercise.digest)):
            if sheet.require(key, quoted(wanted)) and sheet.data[key] != wanted:
                sheet.fault(key, described(sheet.data[key]), quoted(wanted))
        name = self._text(sheet, "pseudonym", LONGEST_NAME)
        ticket = self._text(sheet, "ticket", 32)
        if ticket and not _TICKET.fullmatch(ticket):
            sheet.fault("ticket", described(ticket), say("workshop.file.ticket"))
        serial = sheet.data.get("serial", 0)
        if not isinstance(serial, int) or isinstance(serial, bool) or not 0 <= serial <= 10**9:
            sheet.fault("serial", described(serial), say("files.allowed.whole", most=10**9))
            serial = 0
        return Contribution(
            exercise=exercise.name,
            digest=exercise.digest,
            pseudonym=name,
            ticket=ticket,
            serial=serial,
            predictions=tuple(
                p for s, step in self._steps("predictions", "predict") if (p := self._predicted(s, step))
            ),
            lives=tuple(life for s, step in self._steps("lives", "play") if (life := self._life(s, step))),
            words=tuple(w for s, step in self._steps("words", "write") if (w := self._words(s, step))),
        )

    def _steps(self, key: str, kind: str) -> list[tuple[Sheet, Step]]:
        """The entries of a list with the steps of the exercise that they name; each once, except for words."""
        allowed = say("files.allowed.list", most=MOST_LIVES)
        found = self.sheet.data.get(key, [])
        if not isinstance(found, list) or len(found) > MOST_LIVES * (12 if kind == "write" else 1):
            self.sheet.fault(key, described(found), allowed)
            return []
        steps = {step.id: step for step in self.exercise.steps if step.kind == kind}
        seen: set[object] = set()
        entries = []
        for number, entry in enumerate(found, 1):
            where = say("files.where.entry", number=number, where=key)
            if not isinstance(entry, dict):
                self.sheet.faults.add((), where, described(entry), say("files.allowed.table"))
                continue
            sheet = Sheet(self.sheet.faults, entry, (key, number - 1), where)
            if not sheet.require("step", listed(tuple(steps))):
                continue
            step = sheet.one_of("step", tuple(steps), listed(tuple(steps)))
            mark = (step, str(entry.get("question")) if kind == "write" else "")
            if step is not None and mark in seen:
                sheet.fault("step", say("files.twice_in_list", name=quoted(step)), say("workshop.file.once"))
            elif step is not None:
                seen.add(mark)
                entries.append((sheet, steps[step]))
        return entries

    def _predicted(self, sheet: Sheet, step: Step) -> Prediction | None:
        sheet.know_only(("step", "plans"))
        plans = sheet.data.get("plans")
        if not isinstance(plans, list) or len(plans) > step.plans:
            sheet.fault("plans", described(plans), say("files.allowed.list", most=step.plans))
            return None
        level = self.exercise.level_of(step)
        return Prediction(step.id, tuple(self._plan(sheet, i, plan, level) for i, plan in enumerate(plans)))

    def _plan(self, sheet: Sheet, i: int, plan: object, level: Level) -> PlanBet:
        where = say("files.where.entry", number=i + 1, where=say("files.where.key_of", key="plans", where=sheet.where))
        if not isinstance(plan, dict):
            sheet.faults.add((), where, described(plan), say("files.allowed.table"))
            return PlanBet()
        inner = Sheet(sheet.faults, plan, ("plans", i), where)
        inner.know_only(("title", "confidence", "lanes"))
        confidence = plan.get("confidence")
        if confidence is not None and (isinstance(confidence, bool) or confidence not in CONFIDENCES):
            inner.fault("confidence", described(confidence), say("files.allowed.whole", most=CONFIDENCES[-1]))
            confidence = None
        lanes = plan.get("lanes", [])
        good = isinstance(lanes, list) and len(lanes) <= level.years and all(isinstance(lane, str) for lane in lanes)
        if not good or (lanes and not is_whole_plan(level, tuple(lanes))):
            inner.fault("lanes", described(lanes), say("workshop.file.whole_plan"))
            lanes = []
        return PlanBet(self._text(inner, "title", LONGEST_TITLE, ""), cast("int | None", confidence), tuple(lanes))

    def _life(self, sheet: Sheet, step: Step) -> LivedLife | None:
        sheet.know_only(("step", "run"))
        if not sheet.require("run", say("files.allowed.table")):
            return None
        level = self.exercise.level_of(step)
        try:
            run = run_from_text(json.dumps(sheet.data["run"], ensure_ascii=False))
        except (RunFaults, ValueError, RecursionError) as error:
            found = "; ".join(fault.text for fault in error.faults[:5]) if isinstance(error, RunFaults) else "…"
            sheet.fault("run", found, say("workshop.file.sound_run"))
            return None
        wanted: list[tuple[str, object, object]] = [
            ("level", run.level_digest, level.digest),
            ("value_function", run.value_function, self.exercise.value_function_of(step)),
            ("weights", tuple(run.weights), tuple(float(w) for w in self.exercise.weights_of(step))),
            ("seed", run.seed, run.seed if step.seed is None else step.seed),
        ]
        for key, is_now, should in wanted:
            if is_now != should:
                sheet.fault(key, described(is_now), printable(str(should)))
        try:
            record = replayed(run, level) if run.level_digest == level.digest else None
        except Parted as parted:
            sheet.fault("run", str(parted), say("workshop.file.sound_run"))
            return None
        if record is not None and not is_whole_plan(level, record.lanes):
            sheet.fault("run", say("workshop.file.unfinished"), say("workshop.file.finished"))
        for key, text, most in (
            ("file", run.level_file, 120),
            ("program", run.program, 40),
            ("title", run.level_title, 200),
        ):
            self._check_text(sheet, key, text, most)
        return LivedLife(step.id, run)

    def _words(self, sheet: Sheet, step: Step) -> Words | None:
        sheet.know_only(("step", "question", "text", "shared"))
        question = sheet.data.get("question")
        if isinstance(question, bool) or not isinstance(question, int) or not 0 <= question < len(step.questions):
            sheet.fault("question", described(question), say("workshop.file.question", most=len(step.questions) - 1))
            return None
        shared = sheet.truth("shared", False)
        text = self._text(sheet, "text", LONGEST_WORDS)
        return Words(step.id, question, text, bool(shared))

    def _text(self, sheet: Sheet, key: str, most: int, default: str | None = None) -> str:
        value = sheet.data.get(key, default)
        if not isinstance(value, str):
            sheet.fault(key, described(value), say("files.allowed.text"))
            return ""
        return value if self._check_text(sheet, key, value, most) else ""

    def _check_text(self, sheet: Sheet, key: str, value: str, most: int) -> bool:
        if len(value) > most:
            sheet.fault(key, say("files.characters", count=len(value)), say("files.allowed.sentence", most=most))
            return False
        if printable(value, lines=True) != value:
            # Signs that turn the direction of writing, or cannot be seen, could show a reader something else.
            sheet.fault(key, described(value), say("workshop.file.plain_letters"))
            return False
        return True
