"""Value functions in the middle of a life: taken up at once, put down over several forks, kept, replayed and told."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from known_levels import TWO_LIGHTS, TWO_LIGHTS_TEXT

from game.files import Parted, RunFaults, level_from_text, replayed, run_as_json, run_from_text, run_of, session_of
from game.model import Level
from game.session import Session
from game.steering import WRITTEN, Hand, Steering, Turn, TurnRefused, called, hand_after, taking, turned
from game.transcript import transcript

CALM = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""On a busy machine a generator may wait for its turn, which says nothing about what is tested."""

COUNTER = Steering("counter", (0.0, 1.0))
NOTEBOOK = Steering("notebook", (1.0, 0.5))
OWN = Steering(WRITTEN, (1.0, 0.0), "Make one thing that holds.")


def lived(*acts: str | Steering, level: Level = TWO_LIGHTS) -> Session:
    """A life begun by the counter in which lanes (by id) are taken and value functions asked for, in this order."""
    session = Session(level, 1, "counter", COUNTER.weights)
    for act in acts:
        if isinstance(act, Steering):
            session.turn_to(act)
        else:
            session.choose(act)
    return session


def test_what_is_light_in_the_hand_changes_at_once() -> None:
    """From the notebook to the counter it is one turn; from the counter to anything else it is not."""
    session = Session(TWO_LIGHTS, 1, "notebook", NOTEBOOK.weights)
    session.turn_to(COUNTER)
    assert session.steering == COUNTER
    session.turn_to(NOTEBOOK)
    assert session.steering == COUNTER
    assert session.hand.opened == 1


def test_letting_go_takes_three_forks() -> None:
    """By hand: the counter is put down at the third fork at which that was wanted, however many lie between."""
    session = lived(NOTEBOOK, "work", NOTEBOOK, "shine", "shine")
    assert session.steering == COUNTER
    assert session.hand == Hand(COUNTER, 3, NOTEBOOK, (0, 1))
    session.turn_to(OWN)
    assert session.steering == OWN
    assert session.hand == Hand(OWN)


def test_wanting_it_three_times_at_one_fork_is_wanting_it_once() -> None:
    """However often somebody asks at one fork, the hand opens by one; the last wish is the one that is kept."""
    session = lived(NOTEBOOK, NOTEBOOK, OWN)
    assert session.hand == Hand(COUNTER, 3, OWN, (0,))


def test_taking_hold_again_closes_the_hand() -> None:
    """Who asks for what is in hand already holds it as on the first day."""
    session = lived(NOTEBOOK, "work", NOTEBOOK, "work", COUNTER)
    assert session.hand == Hand(COUNTER, 3)


def test_only_the_level_s_own_weights_are_hard_to_put_down() -> None:
    """Weights of one's own under the name of a clinging value function are not that value function."""
    assert taking(TWO_LIGHTS, replace(COUNTER, weights=(0.1, 1.0))).asked == 1


def test_a_level_that_does_not_allow_it_refuses() -> None:
    """Without ``may_change`` a turn is refused, but not behind a lane that writes."""
    shut = level_from_text(TWO_LIGHTS_TEXT.replace("may_change = true\n", ""))
    session = lived(level=shut)
    assert not session.may_turn
    with pytest.raises(TurnRefused):
        session.turn_to(NOTEBOOK)
    kept = TWO_LIGHTS_TEXT.replace("may_change = true\n", "").replace("let_go]\ncounter = 3", "let_go]", 1)
    quiet = level_from_text(kept.replace('id = "work"', 'id = "work"\nwrites = true'))
    session = lived("work", OWN, "shine", level=quiet)
    assert session.steering == OWN
    with pytest.raises(TurnRefused):
        session.turn_to(NOTEBOOK)


def test_the_whole_life_is_summed_under_what_is_in_hand_at_the_end() -> None:
    """By hand: shine, shine, work bring craft 0 and fame 6: by the counter 6, by one's own 0, and both can be had."""
    session = lived(NOTEBOOK, "shine", NOTEBOOK, "shine", OWN, "work")
    assert session.record.life.light == (0.0, 6.0)
    assert session.light == 0.0
    assert session.looked_at_by(COUNTER).light == 6.0
    assert session.looked_at_by(NOTEBOOK).light == 3.0
    assert session.light == 0.0
    assert session.lights == (OWN, NOTEBOOK, COUNTER)


@given(st.lists(st.one_of(st.sampled_from(["work", "shine"]), st.sampled_from([COUNTER, NOTEBOOK, OWN])), max_size=14))
@CALM
def test_a_replay_holds_the_same_in_hand_at_every_fork(acts: list[str | Steering]) -> None:
    """Whatever is done, the run file brings the same hand back after every lane, and its text is stable."""
    session = Session(TWO_LIGHTS, 1, "counter", COUNTER.weights)
    hands = [session.hand]
    for act in acts:
        if isinstance(act, Steering):
            if session.may_turn:
                session.turn_to(act)
                hands[-1] = session.hand
        elif not session.finished:
            session.choose(act)
            hands.append(session.hand)
    run = run_from_text(run_as_json(run_of(session)))
    assert run_as_json(run) == run_as_json(run_of(session))
    again = session_of(run, TWO_LIGHTS)
    assert again.steering.name == hands[0].held.name
    for lane, hand in zip(run.choices, hands[1:], strict=True):
        again.choose(lane)
        assert again.hand == hand
    assert replayed(run, TWO_LIGHTS).lanes == session.record.lanes


def test_a_run_without_turns_is_the_file_it_always_was() -> None:
    """Old runs have no sentence and no turns; new ones without them are the same text, and both are read."""
    document = json.loads(run_as_json(run_of(lived("work"))))
    assert set(document) == {
        "format", "program", "level", "seed", "value_function", "weights", "choices", "waypoints", "bets",
    }  # fmt: skip
    assert run_from_text(json.dumps(document)).turns == ()


def test_a_replay_parts_where_a_turn_cannot_be_made() -> None:
    """On a level that does not allow turns any more the replay parts at the fork of the first one."""
    run = run_of(lived("work", NOTEBOOK, "work"))
    shut = level_from_text(TWO_LIGHTS_TEXT.replace("may_change = true\n", ""))
    with pytest.raises(Parted, match="notebook"):
        replayed(run, shut)
    with pytest.raises(Parted) as parted:
        replayed(run, shut)
    assert parted.value.decision == 2


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"decisions": 3}, "from 0 to 2"),
        ({"decisions": True}, "from 0 to 2"),
        ({"value_function": 1}, "a text"),
        ({"weights": ["x"]}, "finite"),
        ({"sentence": "x" * 281}, "281 characters"),
        ({"mood": 1}, "unknown key"),
    ],
)
def test_a_broken_turn_is_told(change: dict[str, object], told: str) -> None:
    """Whatever is wrong with a turn in a run file is told with its number."""
    document = json.loads(run_as_json(run_of(lived("work", OWN, "work"))))
    document["turns"][0] |= change
    with pytest.raises(RunFaults) as caught:
        run_from_text(json.dumps(document))
    assert told in str(caught.value)
    assert "turn 1" in str(caught.value)


def test_the_transcript_tells_of_every_turn() -> None:
    """What was begun by, each fork at which the hand was opened, what came, in whose words, and all the sums."""
    told = transcript(lived(NOTEBOOK, "shine", NOTEBOOK, "shine", OWN, "work"))
    assert "counter" in told.splitlines()[1]
    parts = ["fork 1 of 3", "fork 2 of 3", "From here on by my own light (craft 1, fame 0)", OWN.sentence,
             "Light in all, by my own light: 0", "by counter: 6", "by notebook: 3"]  # fmt: skip
    places = [told.index(part) for part in parts]
    assert places == sorted(places)


def test_a_written_one_has_a_name_for_people() -> None:
    """A written value function is called in the game's words, unless the level itself has one of that name."""
    assert called(TWO_LIGHTS, WRITTEN) == "my own light"
    assert called(TWO_LIGHTS, "counter") == "counter"
    assert called(replace(TWO_LIGHTS, value_functions={WRITTEN: (1.0, 1.0)}), WRITTEN) == WRITTEN


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from([COUNTER, NOTEBOOK, OWN])), max_size=12))
@CALM
def test_the_hand_never_opens_faster_than_the_forks_go_by(pairs: list[tuple[int, Steering]]) -> None:
    """From the counter to anything else it takes at least three different forks, however the turns fall."""
    turns = sorted((Turn(decisions, to) for decisions, to in pairs), key=lambda turn: turn.decisions)
    hand, forks = taking(TWO_LIGHTS, COUNTER), set[int]()
    for turn in turns:
        before, hand = hand, turned(TWO_LIGHTS, hand, turn)
        forks = set() if turn.to == before.held else forks | {turn.decisions}
        if before.held == COUNTER and hand.held != COUNTER:
            assert len(forks) >= 3
        if before.held != hand.held:
            forks = set()
        assert hand.opened < hand.asked
    assert hand_after(TWO_LIGHTS, COUNTER, turns, 5) == hand
