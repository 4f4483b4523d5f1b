"""A look through the spyglass in a session, a run file, a replay and a transcript."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from known_levels import MOUTH, MOUTH_FILE

from game.cli import main
from game.files import (
    Parted,
    RunFaults,
    level_from_text,
    replayed,
    run_as_json,
    run_from_text,
    run_of,
    session_of,
)
from game.model import Life, Look, NothingToLookAt
from game.session import Session
from game.simulate import live
from game.solver import Problem, StepByStep
from game.transcript import transcript

SEED = 3


def at_the_mouth() -> Session:
    """A life that has come to the mouth."""
    session = Session(MOUTH, SEED, "mine", MOUTH.weights())
    session.choose("down")
    return session


def looked() -> Session:
    """A whole life that looked at the mouth."""
    session = at_the_mouth()
    session.look()
    session.choose("to the right")
    session.choose("right")
    return session


def test_a_look_shows_the_arms_and_costs_its_price() -> None:
    """At the mouth both arms are out of sight until one looks; then they are as they are, once, for a quarter."""
    session = at_the_mouth()
    arms = [session.level.lane(lane) for lane in ("left", "right")]
    assert [session.water(lane).years_ago for lane in arms] == [1, 1]
    assert session.may_look
    assert session.price == 0.25
    seen = session.look()
    assert seen == Look(1, "mouth", (0, 1), session.landscape.states[1], (-0.25,))
    assert [session.water(lane).years_ago for lane in arms] == [0, 0]
    assert [session.water(lane).state for lane in arms] == list(session.landscape.states[1])
    assert session.light == -0.25
    assert not session.may_look
    with pytest.raises(NothingToLookAt):
        session.look()
    session.choose("to the left")
    assert session.record.legs[1].light((1.0,)) == -0.25
    assert session.record.legs[1].before.known == session.record.glances[0][1].after.known


def test_going_back_to_a_fork_takes_back_the_look() -> None:
    """Whoever goes back to a fork has not looked there yet, and has the price again."""
    session = looked()
    session.rewind(1)
    assert session.light == 0
    assert session.may_look


def test_a_life_that_looked_comes_back_from_its_file() -> None:
    """Looks are kept by the number of the choice that they came before, and replayed to the same record."""
    session = looked()
    run = run_of(session)
    assert run.looks == (1,)
    again = run_from_text(run_as_json(run))
    assert again == run
    assert replayed(again, MOUTH) == session.record
    played = session_of(again, MOUTH)
    for lane in again.choices:
        played.choose(lane)
    assert played.record == session.record


def test_a_look_before_no_lane_is_kept_too() -> None:
    """A life left after a look, before a lane was chosen, comes back as it was left."""
    session = at_the_mouth()
    session.look()
    run = run_from_text(run_as_json(run_of(session)))
    assert (run.choices, run.looks) == (("down",), (1,))
    assert replayed(run, MOUTH) == session.record


def test_a_life_without_looks_is_the_file_it_always_was() -> None:
    """A run without looks has no word of them, and one from before there were any is read."""
    text = run_as_json(run_of(at_the_mouth()))
    assert "looks" not in json.loads(text)
    assert run_from_text(text).looks == ()


def test_a_replay_parts_where_there_is_nothing_to_look_at() -> None:
    """A look that a level no longer allows is told by decision, year and place."""
    run = run_of(looked())
    plain = replace(MOUTH, spyglass=None)
    with pytest.raises(Parted, match='decision 2, in year 2 at "mouth": a look through the spyglass'):
        replayed(run, plain)
    with pytest.raises(Parted, match="decision 1"):
        replayed(replace(run, looks=(0,)), MOUTH)


@pytest.mark.parametrize("looks", [[-1], [4], [1, 1], [2, 1], [True], ["1"], 1, [0.5]])
def test_looks_that_are_none_are_told(looks: object) -> None:
    """Numbers of choices that are out of order, out of range or no numbers are faults."""
    document = json.loads(run_as_json(run_of(looked()))) | {"looks": looks}
    with pytest.raises(RunFaults, match="looks of the run"):
        run_from_text(json.dumps(document))


def test_the_transcript_tells_a_look() -> None:
    """Year, place, price and what was seen stand before the lane that was taken."""
    lines = transcript(looked()).splitlines()
    at = next(k for k, line in enumerate(lines) if "spyglass" in line)
    left, right = ("dry" if not state else "flow" for state in looked().landscape.states[1])
    said = f"Year 2, The mouth: a look through the spyglass, for 0.25 of light. It shows left: {left}, right: {right}."
    assert lines[at : at + 2] == [said, "Year 2, The mouth: Into the right arm"]


def test_one_step_at_a_time_looks_at_the_mouth() -> None:
    """Its ghost looks where the quarter pays, and goes where the look told it to."""
    record = live(MOUTH, StepByStep(Problem(MOUTH, (1.0,))), looked().landscape)
    flows = looked().landscape.states[1][0]
    assert record.lanes[1] == ("to the left" if flows else "to the right")
    assert len(record.glances) == 1


def test_a_policy_that_only_chooses_never_looks() -> None:
    """Whoever does not know of spyglasses lives as ever."""

    class Right:
        """Goes right."""

        def choose(self, life: Life) -> str:
            return ("down", "to the right", "right")[life.year]

    assert live(MOUTH, Right(), looked().landscape).glances == ()


def test_the_digest_knows_the_spyglass() -> None:
    """Another price is another level to a run; a level without spyglass and oracles keeps the digest it had."""
    text = MOUTH_FILE.read_text(encoding="utf-8")
    assert level_from_text(text.replace("0.25", "0.5")).digest != MOUTH.digest
    plain = replace(MOUTH, spyglass=None, oracles=())
    assert plain.digest == "a7200a0fb7bbb524664b275eae659d4e9c9c14941c3b9fb03446ba2c78753094"
    others = (plain, replace(MOUTH, oracles=()), replace(MOUTH, spyglass=None), MOUTH)
    assert len({level.digest for level in others}) == 4


def test_a_proof_leaves_the_spyglass_closed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is proved is of lives that never look; the commands agree on it, and say so."""
    certificate = tmp_path / "mouth.json"
    assert main(["prove", str(MOUTH_FILE), "-o", str(certificate)]) == 0
    assert "leaves the spyglass" in capsys.readouterr().out
    assert main(["verify", str(certificate), str(MOUTH_FILE)]) == 0
    assert json.loads(certificate.read_text(encoding="utf-8"))["treasure_map"] == "4"


def test_solve_tells_of_oracles_and_spyglass(capsys: pytest.CaptureFixture[str]) -> None:
    """The table and the JSON have a rung for the oracle, the map without looking, and what a look costs."""
    assert main(["solve", str(MOUTH_FILE)]) == 0
    table = capsys.readouterr().out
    assert "following An old captain" in table
    assert "the treasure map without looking" in table
    assert "0.25 a look" in table
    assert main(["solve", str(MOUTH_FILE), "--json"]) == 0
    ladder = json.loads(capsys.readouterr().out)["ladder"]
    # The captain goes left, where the river flows with 3/8 in year 2 and brings 8: 3.
    assert ladder["oracles"] == {"captain": {"value": 3.0, "stderr": 0.0, "method": "exact"}}
    assert ladder["without_spyglass"]["value"] == pytest.approx(4)
    assert ladder["optimal"]["value"] == pytest.approx(4.25)
