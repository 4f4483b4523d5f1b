"""Exercises: the shipped ones are whole, and every fault of another is told at once."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from game.house import shipped_levels
from game.workshop.exercise import THEMES
from game.workshop.exercise_file import ExerciseFaults, read_exercise
from game.workshop.shelf import NoSuchExercise, exercise_in, exercise_named, exercises
from game.workshop.translation import translated

SHELF = shipped_levels() / "exercises"
FOLDERS = sorted(folder for folder in SHELF.iterdir() if folder.is_dir())
USUAL = {"one_plan_one_life": 45, "whose_light": 90, "one_step": 120}


def test_the_three_exercises_are_on_the_shelf() -> None:
    """One plan, one life; Whose light?; One step: with their usual lengths and without a fault."""
    found = {entry.folder.name: entry.exercise for entry in exercises()}
    assert {name: held.usual for name, held in found.items() if held is not None} == USUAL


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_timings_add_up(folder: Path) -> None:
    """Read without the program's own reader, the minutes of each length add up, a third of them for the debrief."""
    document = tomllib.loads((folder / "exercise.toml").read_text(encoding="utf-8"))
    assert document["lengths"] == [45, 90, 120]
    for i, length in enumerate(document["lengths"]):
        minutes = [(step["kind"], step["minutes"][i]) for step in document["steps"]]
        assert sum(spent for _, spent in minutes) == length
        assert sum(spent for kind, spent in minutes if kind == "debrief") * 3 >= length


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_exercise_predicts_plays_compares_writes_and_talks(folder: Path) -> None:
    """At its usual length each exercise has every kind of step, and its debrief goes through all five themes."""
    held = read_exercise(folder)
    steps = [step for step, _ in held.steps_in(held.usual)]
    assert {step.kind for step in steps} == {"talk", "predict", "play", "compare", "write", "debrief"}
    assert tuple(step.theme for step in steps if step.kind == "debrief") == THEMES
    for length in held.lengths:
        played = [step.id for step, _ in held.steps_in(length) if step.kind == "play"]
        assert all(step.of in played for step, _ in held.steps_in(length) if step.kind == "compare")


BROKEN = """
format = 1
title = " "
about = "a"
aim = "b"
audience = 3
lengths = [45, 90]
usual = 60
colour = "red"

[[steps]]
id = "one"
kind = "talk"
title = "One"
minutes = [5]

[[steps]]
id = "two"
kind = "play"
title = "Two"
minutes = [20, 60]
level = "../../secret.toml"
seed = -1

[[steps]]
id = "two"
kind = "compare"
title = "Three"
minutes = [10, 30]
of = "nowhere"
pages = ["ladder", "grades"]

[[steps]]
kind = "dance"

[[steps]]
id = "talk"
kind = "debrief"
title = "Four"
minutes = [5, 0]
theme = "weather"
questions = []
seeds = 4
"""


def test_every_fault_of_an_exercise_is_told_at_once(tmp_path: Path) -> None:
    """Sixteen things are wrong in one file, and each is named with its line."""
    (tmp_path / "exercise.toml").write_text(BROKEN, encoding="utf-8")
    with pytest.raises(ExerciseFaults) as caught:
        read_exercise(tmp_path)
    told = "\n".join(f"{fault.line} {fault.text}" for fault in caught.value.faults)
    parts = (
        '"colour"', "title of the exercise", "audience of the exercise", "usual of the exercise", "secret.toml",
        "seed of step", "id of step", "of of step", "pages of step", "kind of step 4", "theme of step",
        "questions of step", '"seeds"', "minutes of step",
    )  # fmt: skip
    assert [part for part in parts if part not in told] == []
    assert all(fault.line for fault in caught.value.faults)


def test_times_that_do_not_add_up_are_a_fault(tmp_path: Path) -> None:
    """A minute too many, and a debrief that is too short, are told with the sums."""
    text = (SHELF / "one_step" / "exercise.toml").read_text(encoding="utf-8")
    longer = text.replace("minutes = [3, 5, 6]", "minutes = [4, 5, 6]", 1)
    shorter = longer.replace("minutes = [5, 9, 13]", "minutes = [0, 9, 13]").replace(
        "[6, 10, 12]", "[10, 10, 12]"
    )  # 4 minutes of the debrief go to the plans, and 1 is missing
    (tmp_path / "exercise.toml").write_text(shorter, encoding="utf-8")
    with pytest.raises(ExerciseFaults) as caught:
        read_exercise(tmp_path)
    assert [fault.found for fault in caught.value.faults] == ["12 minutes of debrief in a workshop of 45"]
    (tmp_path / "exercise.toml").write_text(longer, encoding="utf-8")
    with pytest.raises(ExerciseFaults, match="steps of 46 minutes in all for a workshop of 45"):
        read_exercise(tmp_path)


def test_an_exercise_plays_levels_of_its_own_folder(tmp_path: Path) -> None:
    """A level file beside the exercise is found by its name, and one with problems is told."""
    text = (SHELF / "one_plan_one_life" / "exercise.toml").read_text(encoding="utf-8")
    (tmp_path / "exercise.toml").write_text(text.replace('"01_the_first_fork"', '"mine.toml"'), encoding="utf-8")
    shutil.copyfile(shipped_levels() / "01_the_first_fork.toml", tmp_path / "mine.toml")
    held = read_exercise(tmp_path)
    assert held.level_of(held.step("fork_life")).title == "The first fork"
    (tmp_path / "mine.toml").write_text("format = 1", encoding="utf-8")
    with pytest.raises(ExerciseFaults, match=r"mine\.toml.*which has problems"):
        read_exercise(tmp_path)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_shipped_exercise_is_there_in_every_language(folder: Path) -> None:
    """In Chinese no text of a shipped exercise is left as it was, and its minutes and levels are the same."""
    own, zh = read_exercise(folder), exercise_in(folder, "zh")
    assert zh.language == "zh"
    for key in ("title", "about", "aim", "audience"):
        assert getattr(own, key) != getattr(zh, key)
    for step, told in zip(own.steps, zh.steps, strict=True):
        assert all(getattr(step, key) != getattr(told, key) for key in ("title", "text", "say") if getattr(step, key))
        assert not set(step.questions) & set(told.questions)
        assert replace(step, title="", text="", say="", questions=()) == replace(
            told, title="", text="", say="", questions=()
        )
    assert own.digest == zh.digest
    assert own.content_note == zh.content_note == "" or own.content_note != zh.content_note


def test_a_translation_speaks_another_language_and_its_faults_are_told(tmp_path: Path) -> None:
    """Texts beside the exercise take the place of its own; unknown steps and missing questions are faults."""
    shutil.copytree(SHELF / "one_step", tmp_path / "one_step")
    folder = tmp_path / "one_step"
    (folder / "texts.de.toml").write_text(
        'title = "Ein Schritt"\n[steps.step]\nquestions = ["Eins?", "Zwei?"]\n', encoding="utf-8"
    )
    held = exercise_in(folder, "de")
    assert (held.title, held.step("step").questions) == ("Ein Schritt", ("Eins?", "Zwei?"))
    assert held.digest == read_exercise(folder).digest
    (folder / "texts.de.toml").write_text(
        '[steps.stepp]\ntitle = "x"\n[steps.step]\nquestions = ["Eins?"]\n', encoding="utf-8"
    )
    with pytest.raises(ExerciseFaults) as caught:
        translated(read_exercise(folder), folder, "de")
    assert len(caught.value.faults) == 2


def test_an_unknown_exercise_is_told_with_those_there_are() -> None:
    """A name that no exercise has gives the list of names."""
    with pytest.raises(NoSuchExercise, match="one_plan_one_life, one_step, whose_light"):
        exercise_named("two_plans")
