"""Looking further and borrowing maps on the drive: by keys, by mouse, on the map, in the list, and in a replay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from driving import Drive
from known_levels import MOUTH

from game.app import flow
from game.app.action import Action
from game.app.draw.lent_notes import lent_rects
from game.app.keeping import identity
from game.app.screens.drive_lent import LentMaps
from game.app.screens.drive_list import MapList
from game.files import run_of, session_of
from game.model import Oracle
from game.session import Session
from game.solver import OracleWorld

ADVISED = replace(
    MOUTH,
    oracles=(
        *MOUTH.oracles,
        Oracle("guru", "A guru", "Do as I did.", luckiest_of=20),
        Oracle("peers", "Your peers", weights=(2.0,)),
    ),
)


def life(seed: int = 3) -> Session:
    """A life at the source."""
    return Session(ADVISED, seed, "mine", ADVISED.weights())


def at_the_mouth(**how: object) -> Drive:
    """A drive that has come to the mouth, where both arms are out of sight."""
    drive = Drive(life(), **how).wait(30)  # type: ignore[arg-type]
    drive.screen.hands.choose("down")
    return drive.press(Action.SKIP).arrive().wait(30)


def test_a_look_by_key_shows_the_arms_and_costs_its_price() -> None:
    """The key looks once: light is lost at once, the arms are seen, and the price is on the card and in the words."""
    drive = at_the_mouth()
    assert "0.25 of light" in drive.screen.transcript()
    before = drive.pixels()
    drive.press(Action.LOOK).wait(3)
    assert drive.session.light == -0.25
    assert len(drive.session.record.glances) == 1
    seen = [("dry", "flow")[state] for state in drive.session.landscape.states[1]]
    assert f"left: {seen[0]}, right: {seen[1]}" in drive.screen.transcript()
    assert "0.25 of light" not in drive.screen.transcript()
    assert drive.pixels() != before
    drive.press(Action.LOOK).wait(2)
    assert len(drive.session.record.glances) == 1
    assert "nothing new" in drive.screen.transcript()


def test_a_look_by_mouse() -> None:
    """The bar has a word for looking where one can look, with its price, and only there."""
    drive = Drive(life()).wait(30)
    with pytest.raises(AssertionError, match="nowhere"):
        drive.spot_of(Action.LOOK)
    drive = at_the_mouth()
    assert any(b.label == "Look further −0.25" for b in drive.screen.showing().bar)
    drive.click(drive.spot_of(Action.LOOK)).wait(2)
    assert len(drive.session.record.glances) == 1


def test_where_there_is_no_spyglass_the_key_says_so() -> None:
    """Without a spyglass nothing is paid, and a sentence tells why nothing happens."""
    plain = replace(ADVISED, spyglass=None)
    drive = Drive(Session(plain, 3, "mine", plain.weights())).wait(30).press(Action.LOOK)
    assert drive.screen.scene.notice == "There is no spyglass in this level."
    assert drive.session.light == 0


def test_a_replay_looks_where_the_life_looked() -> None:
    """Played again, step by step and by jumps, a life that looked pays for its look at the same fork."""
    drive = at_the_mouth()
    drive.press(Action.LOOK)
    for lane in ("to the right", "right"):
        drive.screen.hands.choose(lane)
        drive.press(Action.SKIP).arrive()
    run = run_of(drive.session)
    assert run.looks == (1,)
    session = session_of(run, ADVISED)
    again = Drive(session, script=run.choices).wait(30)
    for _ in run.choices:
        again.press(Action.RIGHT).arrive().wait(5)
        again.press(Action.RIGHT).arrive().wait(5)
    assert again.session.record == drive.session.record
    again.voyage.seek(1.0)
    assert again.session.light == 0
    again.voyage.seek(3.0)
    assert again.session.record == drive.session.record
    assert identity(session_of(run, ADVISED), run.choices) == identity(drive.session, run.choices)
    assert identity(drive.session, run.choices) != identity(replay_without_looks(), run.choices)


def replay_without_looks() -> Session:
    """The same lanes, by somebody who never looked."""
    session = life()
    for lane in ("down", "to the right", "right"):
        session.choose(lane)
    return session


def test_from_a_fork_on_earlier_looks_are_kept() -> None:
    """Going on from a fork behind a look starts with that look paid and seen; from that very fork it is not."""
    drive = at_the_mouth()
    drive.press(Action.LOOK)
    for lane in ("to the right", "right"):
        drive.screen.hands.choose(lane)
        drive.press(Action.SKIP).arrive()
    flow.from_fork(drive.stage, drive.session, 2)
    assert drive.stage.screen is not None
    assert len(drive.stage.screen.session.record.glances) == 1  # type: ignore[attr-defined]
    flow.from_fork(drive.stage, drive.session, 1)
    assert drive.stage.screen.session.record.glances == ()  # type: ignore[attr-defined]


def test_maps_are_borrowed_one_after_another() -> None:
    """The key borrows each oracle's map in turn, then nobody's; what it says is what the oracle's world says."""
    drive = at_the_mouth()
    untouched = drive.session.record
    for oracle in (*ADVISED.oracles, None, ADVISED.oracles[0]):
        drive.press(Action.BORROW).wait(2)
        card = drive.screen.showing().lent
        if oracle is None:
            assert card is None
            assert drive.screen.scene.lent.mark() is None
            continue
        assert card is not None
        assert card.name == oracle.label
        said = OracleWorld(ADVISED, drive.session.weights, oracle).advice(drive.session.life)
        assert [row.lane for row in card.rows] == [way.lane for way in said.ways]
        assert [float(row.brightness) for row in card.rows] == pytest.approx(
            [way.brightness for way in said.ways], abs=0.006
        )
        assert [row.lane for row in card.rows if row.chosen] == [said.lane]
        mark = drive.screen.scene.lent.mark()
        assert mark is not None
        assert (mark.path, mark.lane) == (said.path, said.lane)
        assert f"The map of: {oracle.label}" in drive.screen.transcript()
    assert drive.session.record == untouched


def test_a_borrowed_map_is_drawn_and_read() -> None:
    """On the map its notes lie apart from each other; in the list it is told with the way that it leads."""
    drive = at_the_mouth()
    before = drive.pixels()
    drive.press(Action.BORROW).wait(400)
    assert drive.pixels() != before
    mark, view = drive.screen.scene.lent.mark(), drive.screen.view
    assert mark is not None
    assert view is not None
    rects = list(lent_rects(view.geo, view._lens, view.type, mark, []).values())
    assert len(rects) == 2
    assert not rects[0].colliderect(rects[1])
    drive.press(Action.LIST)
    assert isinstance(drive.stage.screen, MapList)
    told = [line.text for line in drive.stage.screen.lines]
    assert "The map of: An old captain" in told
    assert "→ Into the left arm: 8, as they see it. They would go here." in told
    assert "Their way from here: Into the left arm → Along the left arm" in told
    assert any("0.25 of light" in text for text in told)


def test_a_borrowed_map_stays_as_it_was_read_while_one_is_on_a_lane() -> None:
    """On a lane the map shows the way that it led from the fork, and no figures: nothing ahead is given away."""
    drive = Drive(life()).wait(30).press(Action.BORROW).wait(2)
    lent = drive.screen.scene.lent
    at_the_source = lent.mark()
    assert at_the_source is not None
    drive.screen.hands.choose("down")
    drive.wait(3)
    on_the_way = lent.mark()
    assert on_the_way is not None
    assert on_the_way.path == at_the_source.path
    assert (dict(on_the_way.says), on_the_way.lane) == ({}, None)
    card = drive.screen.showing().lent
    assert card is not None
    assert card.rows == ()


def test_nobody_lends_a_map_where_there_are_no_oracles() -> None:
    """Without oracles the key says so, and the bar has no word for it."""
    plain = replace(MOUTH, oracles=())
    drive = Drive(Session(plain, 3, "mine", plain.weights())).wait(30).press(Action.BORROW)
    assert drive.screen.scene.notice == "Nobody lends a map in this level."
    assert all(button.action is not Action.BORROW for button in drive.screen.showing().bar)


@pytest.mark.parametrize(("size", "scale"), [((1280, 720), 1.0), ((1280, 720), 2.0), ((800, 600), 1.0)])
def test_the_card_of_a_borrowed_map_lies_over_no_other(size: tuple[int, int], scale: float) -> None:
    """Wherever there is room for the card, it covers no other sheet of paper and stays in the window."""
    drive = Drive(life(), size=size, settings=replace(Drive(life()).stage.settings, text_scale=scale)).wait(30)
    drive.press(Action.BORROW).wait(300)
    papers = list(drive.screen.hud.papers(drive.screen.showing()))
    for k, paper in enumerate(papers):
        assert paper.collidelist(papers[k + 1 :]) < 0
        assert drive.picture().get_rect().contains(paper)


def test_a_world_that_cannot_be_made_is_told() -> None:
    """Where the oracle's world fails, the card says so, and the drive goes on."""
    drive = Drive(life()).wait(10)
    lent = LentMaps(drive.voyage, drive.stage.jobs)
    lent.next()
    assert lent._job is not None
    lent._job.result, lent._job.error, lent._read = None, MemoryError(), None
    lent.update()
    card = lent.card()
    assert card is not None
    assert card.words == "This map could not be drawn."
