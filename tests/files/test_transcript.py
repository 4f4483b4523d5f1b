"""A life as a text tells every year of it."""

from __future__ import annotations

from dataclasses import replace

from known_levels import golden
from lives import to_the_end

from game.files import level_from_text
from game.session import Bets, Session
from game.transcript import transcript

GRAD = golden("grad")

# By hand: in the first year the water is as the level says, dry for the industry, and startup->lab has no current.
WHOLE = """\
Grad school
Seed 7 · steering by mine (craft 1, recognition 0.25) · years: 7

The plan: school->startup · startup->lab
Light expected: 12.5

Year 1, school: school->startup
  year 1: water dry, light 0.5
  at the end of year 1: startup

Year 2, startup: startup->lab
  year 2: water that never changes, light 2
  at the end of year 2: lab, light 1.5

After year 2, lab: here the life was left, with lanes still open.
Light in all: 4
"""


def test_a_transcript_tells_every_year() -> None:
    """Place, lane, water and light of every year are told, with the bets, and the total at the end."""
    session = Session(GRAD, 7, "mine", GRAD.weights(), Bets(("school->startup", "startup->lab"), 12.5))
    session.choose("school->startup")
    session.choose("startup->lab")
    assert transcript(session) == WHOLE


def test_a_whole_life_comes_to_rest() -> None:
    """A life to its end says where it rests, and a life without bets tells none."""
    session = to_the_end(Session(GRAD, 7, "citations", GRAD.weights("citations")))
    text = transcript(session)
    assert text.splitlines()[-2] == "After year 7, lab: here the life rests."
    assert "expected" not in text
    assert "steering by citations (craft 0, recognition 1)" in text


def test_a_transcript_is_fit_for_a_terminal() -> None:
    """Nothing that a level's texts hold can move the cursor or turn the writing round."""
    level = level_from_text(
        'format = 1\ntitle = "a\\u001b[2J\\nb"\nyears = 1\nstart = "p"\n[places.p]\nlabel = "\\u202ep"\n'
        '[[lanes]]\nfrom = "p"\nto = "p"\nname = "\\u0007"\n'
    )
    session = Session(level, 1, "m\x1bine", (1.0,), Bets(("\x1b[31m",), None))
    session.choose("p->p")
    text = transcript(session)
    assert "".join(text.split("\n")).isprintable()
    assert text.startswith("a\\x1b[2J\\nb\n")


def test_a_plan_along_unknown_lanes_is_told_as_it_is() -> None:
    """A plan of a level that has changed since keeps the ids of lanes that are gone."""
    session = Session(GRAD, 7, "mine", GRAD.weights())
    session.bets = replace(session.bets, plan=("gone",))
    assert "The plan: gone\n" in transcript(session)
