"""Contributions and notebooks: what is written stays with its owner unless it is ticked, and can always be deleted."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workshop.people import exercise, person

from game.cli import main
from game.words import say
from game.workshop.contribution import Contribution, PlanBet, Words
from game.workshop.contribution_file import (
    ContributionFaults,
    contribution_as_json,
    contribution_from_bytes,
    read_contribution,
)
from game.workshop.notebook import open_notebook, workshop_folder
from game.workshop.pseudonym import pseudonym

FORK = "one_plan_one_life"


def changed(**values: Any) -> bytes:
    """A sound file with some of its top keys changed."""
    return json.dumps({**json.loads(contribution_as_json(person(FORK, 1))), **values}).encode()


def test_a_contribution_is_the_same_after_its_file() -> None:
    """What is written and read again is equal, for every shipped exercise."""
    for name in (FORK, "whose_light", "one_step"):
        made = person(name, 3)
        assert contribution_from_bytes(contribution_as_json(made).encode(), exercise(name)) == made


def test_pseudonyms_are_two_words_of_many() -> None:
    """A pseudonym is drawn from the word lists alone, and there are more than a thousand of them."""
    first, second = (say(f"workshop.pseudonym.{part}").split() for part in ("first", "second"))
    assert len(set(first)) * len(set(second)) > 1000
    drawn = {pseudonym(random.Random(seed)) for seed in range(200)}
    assert len(drawn) > 150
    assert all(name.split(" ")[0] in first and name.split(" ")[1] in second for name in drawn)


def test_words_without_a_tick_never_leave_the_own_folder(tmp_path: Path) -> None:
    """The file that is handed in holds the ticked words and not one of the others; the notebook holds both."""
    notebook = open_notebook(exercise(FORK))
    notebook.contribution = replace(person(FORK, 4), words=())
    for number, shared in ((0, True), (1, False)):
        notebook.contribution = notebook.contribution.with_words(Words("notes", number, f"secret {number}", shared))
    path = notebook.hand_in(tmp_path / "stick")
    assert "secret 0" in path.read_text()
    assert "secret 1" not in path.read_text()
    assert "secret 1" in (notebook.folder / "notebook.json").read_text()
    assert [p.name for p in (tmp_path / "stick").iterdir()] == [path.name]


def test_a_notebook_is_found_again_as_it_was_left() -> None:
    """Opened again, a notebook has the same pseudonym, ticket, plans and place; a broken one is set aside."""
    notebook = open_notebook(exercise(FORK))
    notebook.contribution = notebook.contribution.with_plan("fork_plans", 1, PlanBet("bold", 4), 3)
    notebook.at = "fork_life"
    notebook.keep()
    again = open_notebook(exercise(FORK))
    assert (again.contribution, again.at) == (notebook.contribution, "fork_life")
    (notebook.folder / "notebook.json").write_text("{", encoding="utf-8")
    fresh = open_notebook(exercise(FORK))
    assert fresh.contribution.ticket != notebook.contribution.ticket
    assert (notebook.folder / "notebook.old.json").read_text() == "{"


def test_a_file_can_be_taken_back_from_wherever_it_was_put(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Take-back deletes the own file in every folder it was written or moved to, and nobody else's."""
    notebook = open_notebook(exercise(FORK))
    notebook.contribution = person(FORK, 5)
    share, moved = tmp_path / "share", tmp_path / "moved"
    notebook.keep()
    assert main(["workshop", "hand-in", FORK, "--into", str(share)]) == 0
    assert main(["workshop", "hand-in", FORK]) == 0
    moved.mkdir()
    (mine,) = share.glob("*.json")
    (moved / "renamed.json").write_bytes(mine.read_bytes())
    (share / "other.json").write_text(contribution_as_json(person(FORK, 6)), encoding="utf-8")
    (share / "hostile.json").write_text("[" * 100_000, encoding="utf-8")
    assert main(["workshop", "take-back", FORK, "--from", str(share), "--from", str(moved)]) == 0
    assert sorted(path.name for path in share.iterdir()) == ["hostile.json", "other.json"]
    assert list(moved.iterdir()) == []
    assert open_notebook(exercise(FORK)).contribution.lives == notebook.contribution.lives
    capsys.readouterr()


def test_one_command_deletes_everything(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After ``workshop forget`` neither the own folder nor the file on the stick is there."""
    notebook = open_notebook(exercise(FORK))
    notebook.contribution = person(FORK, 5)
    path = notebook.hand_in(tmp_path)
    assert main(["workshop", "forget"]) == 0
    assert not workshop_folder().exists()
    assert not path.exists()
    assert main(["workshop", "forget"]) == 0
    assert say("workshop.forget.none") in capsys.readouterr().out


def test_taking_part_needs_something_to_hand_in(capsys: pytest.CaptureFixture[str]) -> None:
    """Handing in or taking back what is not there is told, and makes nothing."""
    assert main(["workshop", "hand-in", FORK]) == 2
    assert main(["workshop", "take-back", FORK]) == 2
    assert not workshop_folder().exists()
    capsys.readouterr()


LIVES = json.loads(contribution_as_json(person(FORK, 1)))["lives"]
PLANS = json.loads(contribution_as_json(person(FORK, 1)))["predictions"]


def edited(lives: list[Any], **run: Any) -> list[Any]:
    """The lives with the first one's run changed."""
    return [{**lives[0], "run": {**lives[0]["run"], **run}}, *lives[1:]]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"kind": "else"}, "kind of the workshop file"),
        ({"exercise": "one_step"}, "exercise of the workshop file"),
        ({"ticket": "../../etc/passwd"}, "ticket of the workshop file"),
        ({"serial": -1}, "serial of the workshop file"),
        ({"pseudonym": "x" * 61}, "at most 60 characters"),
        ({"pseudonym": "otter\u202e"}, "without hidden"),
        ({"extra": 1}, "the unknown key"),
        ({"lives": LIVES + LIVES[:1]}, "each step once"),
        ({"lives": edited(LIVES, seed=8)}, "found the whole number 8"),
        ({"lives": edited(LIVES, weights=[2.0])}, "weights of"),
        ({"lives": edited(LIVES, choices=LIVES[0]["run"]["choices"][:2], waypoints=[])}, "could still go on"),
        ({"lives": edited(LIVES, choices=["mill-2"], waypoints=[])}, "cannot be taken"),
        ({"lives": edited(LIVES, choices=[["mill-1"]])}, "choices"),
        ({"predictions": [{"step": "fork_plans", "plans": PLANS[0]["plans"] * 2}]}, "a list"),
        ({"predictions": [{"step": "fork_plans", "plans": [{"lanes": ["mill-1"]}]}]}, "one after another"),
        ({"predictions": [{"step": "fork_plans", "plans": [{"confidence": True}]}]}, "confidence"),
        ({"predictions": [{"step": "fork_life", "plans": []}]}, "step of"),
        ({"words": [{"step": "notes", "question": 9, "text": ""}]}, "question of"),
        ({"words": [{"step": "notes", "question": 0, "text": "x" * 1001}]}, "at most 1000"),
        ({"words": [{"step": "notes", "question": 0, "text": "a", "shared": "yes"}]}, "shared of"),
    ],
)
def test_nothing_in_a_file_is_believed(values: dict[str, Any], told: str) -> None:
    """Each thing that could be wrong, misleading or made up in a file is refused with its place."""
    with pytest.raises(ContributionFaults) as caught:
        contribution_from_bytes(changed(**values), exercise(FORK))
    assert told in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[]", b"{" * 5000, b'{"format": 2}', b"\0", b"1e999", b"{}"])
def test_what_is_no_workshop_file_is_refused(data: bytes, tmp_path: Path) -> None:
    """Bytes of every other kind raise the one error and nothing else, from a wire and from a file alike."""
    with pytest.raises(ContributionFaults):
        contribution_from_bytes(data, exercise(FORK))
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(ContributionFaults):
        read_contribution(tmp_path / "x.json", exercise(FORK))


SOUND = contribution_as_json(person(FORK, 1)).encode()


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_is_still_sound(data: st.DataObject) -> None:
    """Whatever bytes are changed, left out or put in, there is the one error, or a contribution that reads the same."""
    at = data.draw(st.integers(0, len(SOUND)))
    gone = data.draw(st.integers(0, 30))
    telling = [b'"', b"{}", b"[", b"1e999", b"NaN", b"null", b"\\ud800"]
    put = data.draw(st.binary(max_size=12) | st.sampled_from(telling))
    try:
        found = contribution_from_bytes(SOUND[:at] + put + SOUND[at + gone :], exercise(FORK))
    except ContributionFaults:
        return
    assert contribution_from_bytes(contribution_as_json(found).encode(), exercise(FORK)) == found


def test_a_contribution_changes_by_replacing() -> None:
    """A life or words at a step take the place of those before; empty words and plans are gone again."""
    made = Contribution(FORK, "", "", "")
    made = made.with_words(Words("notes", 0, "a")).with_words(Words("notes", 0, "b"))
    assert [w.text for w in made.words] == ["b"]
    assert made.with_words(Words("notes", 0, "")).words == ()
    planned = made.with_plan("fork_plans", 2, PlanBet("t"), 3)
    assert [plan.title for plan in planned.plans_at("fork_plans")] == ["", "", "t"]
    assert planned.with_plan("fork_plans", 2, PlanBet(), 3).predictions == ()
