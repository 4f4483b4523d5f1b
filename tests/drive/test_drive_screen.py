"""The drive as a screen: whole lives by keys alone and by mouse alone, at rest and in motion, in every size."""

from __future__ import annotations

import random

import pytest
from driving import Drive, Solved
from small_delta import begun, small_level

from game.app import flow
from game.app.action import NUMBERS, Action
from game.app.screens.drive_list import MapList
from game.app.screens.drive_voyage import Mode
from game.app.settings import Settings
from game.model import Lane, Level, Place
from game.policy import FirstLane
from game.session import Bets, Session
from game.simulate import live
from game.solver import Problem, StepByStep, best_fixed_plan


def test_a_life_by_keys_alone(level: Level) -> None:
    """With arrows, numbers and Enter alone a life goes from its first fork to the debrief's door."""
    drive = Drive(begun(level))
    choices = random.Random(1)
    while not drive.voyage.resting:
        wanted = choices.choice(drive.session.open_lanes).id
        if choices.random() < 0.5:
            for _ in range(12):
                if drive.screen.focus == wanted:
                    break
                drive.press(Action.DOWN)
            assert drive.screen.focus == wanted
            drive.press(Action.CONFIRM)
        else:
            row = next(row for row in drive.screen.hands.fork.rows if row.lane.id == wanted)
            drive.press(NUMBERS[int(row.key) - 1])
        assert drive.session.record.lanes[-1] == wanted
        drive.wait(30).press(Action.SKIP if choices.random() < 0.5 else Action.CONFIRM).arrive()
    assert drive.finished == []
    drive.press(Action.CONFIRM)
    assert drive.finished == [drive.session]


def test_a_life_by_mouse_alone(level: Level) -> None:
    """With the pointer alone, on the map, on the rows and on the bar, a life is lived to the debrief's door."""
    drive = Drive(begun(level))
    drive.picture()
    choices = random.Random(2)
    fork = 0
    while not drive.voyage.resting:
        wanted = choices.choice(drive.session.open_lanes).id
        if fork % 2:
            drive.click(drive.spot_of(wanted))
        else:
            view = drive.screen.view
            assert view is not None
            for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.8):
                pos = view.to_screen(view.geo.channels[wanted].at(part))
                lane = view.lane_at(pos)
                if lane == wanted and not drive.screen.hud.covers(drive.screen.showing(), pos):
                    drive.click(pos)
                    break
            else:
                drive.click(drive.spot_of(wanted))
        assert drive.session.record.lanes[-1] == wanted
        drive.wait(40)
        drive.picture()
        if drive.voyage.leg is not None:
            drive.click(drive.spot_of(Action.SKIP))
        assert drive.voyage.leg is None
        fork += 1
    drive.click(drive.spot_of(Action.CONFIRM))
    assert drive.finished == [drive.session]


def test_everything_else_by_mouse(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mode, list, pause and the view of the map can be had from the bar."""
    paused = []
    monkeypatch.setattr(flow, "pause", lambda stage, session: paused.append(session))
    drive = Drive(begun(level))
    drive.click(drive.spot_of(Action.MODE))
    assert drive.voyage.mode is Mode.DRIVE
    assert drive.stage.settings.mode == "drive"
    drive.click(drive.spot_of(Action.MODE))
    assert drive.voyage.mode is Mode.STEP
    drive.click(drive.spot_of(Action.PAUSE))
    assert paused == [drive.session]
    before = drive.screen.scene.view.camera
    drive.click(drive.spot_of(Action.HOME))
    assert drive.screen.scene.view.camera != before
    drive.click(drive.spot_of(Action.LIST))
    assert isinstance(drive.stage.screen, MapList)
    drive.picture()
    drive.click(drive.stage.screen.buttons[0].rect.center)
    assert drive.stage.screen is drive.screen


@pytest.mark.parametrize("hand", ["keys", "pointer"])
def test_at_the_helm(level: Level, hand: str) -> None:
    """At the helm every mouth of every fork can be entered by taps, or by pointing and clicking beside the lanes."""
    for lane in (lane.id for lane in level.lanes_from["spring"]):
        drive = Drive(begun(level), settings=Settings(mode="drive"))
        drive.picture()
        mouths = [mouth.lane for mouth in drive.voyage.mouths]
        if hand == "keys":
            while drive.screen.focus != lane:
                ahead = mouths.index(lane) > mouths.index(drive.screen.focus or "")
                drive.press(Action.RIGHT if ahead else Action.LEFT)
            if drive.voyage.moored:
                drive.press(Action.UP)
        else:
            view = drive.screen.view
            assert view is not None
            x, y = view.geo.channels[lane].at(0.3)
            drive.screen.pointer("move", view.to_screen((x, y)))
            assert drive.screen.focus == lane
            drive.screen.pointer("down", view.to_screen((x, y)), 1)
            drive.screen.pointer("up", view.to_screen((x, y)), 1)
        drive.wait(60 * 8)
        assert drive.session.record.lanes[0] == lane


def test_same_lanes_same_record(level: Level) -> None:
    """The same lanes give the same record and the same light, whichever way and however badly one drives."""
    wanted = ("up", "race by night", "stay", "leave")
    walked = begun(level)
    for lane in wanted:
        walked.choose(lane)
    for mode in ("step", "drive"):
        drive = Drive(begun(level), settings=Settings(mode=mode))
        noise = random.Random(7)
        for lane in wanted:
            while drive.voyage.leg is not None:
                drive.press(noise.choice([Action.LEFT, Action.RIGHT, Action.UP, Action.DOWN])).wait(7)
            drive.screen.hands._take(lane)
        drive.arrive()
        assert drive.session.record == walked.record
        assert drive.screen.scene.voyage.light == walked.life.light


@pytest.mark.parametrize("mode", ["step", "drive"])
def test_reduced_motion_is_still(level: Level, mode: str) -> None:
    """Under reduced motion a fork looks the same now and later, and so does a year on a lane while it stands."""
    drive = Drive(begun(level), settings=Settings(reduced_motion=True, mode=mode))
    drive.wait(3)
    first = drive.pixels()
    assert drive.wait(200).pixels() == first
    assert drive.voyage.choosing
    drive.screen.hands.choose("over")
    drive.wait(2)
    first, year = drive.pixels(), drive.voyage.year
    assert drive.wait(30).pixels() == first
    assert drive.voyage.year == year
    drive.wait(60 * 2)
    assert drive.voyage.year > year
    assert drive.arrive().wait(3).pixels() == drive.wait(100).pixels()


def test_drawing_changes_nothing(level: Level) -> None:
    """Two drawings of one moment are the same picture, and the voyage goes on as if there had been none."""
    plain, drawn = Drive(begun(level)), Drive(begun(level))
    for drive in (plain, drawn):
        drive.wait(5)
        drive.screen.hands.choose("over")
    for _ in range(12):
        plain.wait(20)
        drawn.wait(20)
        assert drawn.pixels() == drawn.pixels()
    assert plain.voyage.boat == drawn.voyage.boat
    assert plain.pixels() == drawn.pixels()


@pytest.mark.parametrize("reduced_motion", [False, True])
@pytest.mark.parametrize("action", [Action.SKIP, Action.CONFIRM])
def test_skip_at_every_moment(level: Level, reduced_motion: bool, action: Action) -> None:
    """Whenever it is pressed, a skip leads on: to the next year, to the fork, and never past a choice."""
    for ticks in range(0, 400, 37):
        drive = Drive(begun(level), settings=Settings(reduced_motion=reduced_motion))
        drive.screen.hands.choose("over")
        drive.wait(ticks)
        year, was_on = drive.voyage.year, drive.voyage.leg is not None
        drive.press(action)
        if was_on:
            assert drive.voyage.year == (3 if action is Action.SKIP else year + 1)
        for _ in range(4):
            drive.press(Action.SKIP)
        assert drive.voyage.choosing
        assert drive.session.record.lanes == ("over",)
        drive.wait(200)
        assert drive.screen.scene.light == drive.session.light


@pytest.mark.parametrize("sight", [None, 1])
def test_only_seen_water_is_drawn(sight: int | None) -> None:
    """Every lane on every frame, and every row of the panel, shows water of the shown year or an earlier one, truly."""
    level = small_level(sight)
    choices = random.Random(5)
    for seed in (1, 2, 3):
        drive = Drive(begun(level, seed))
        scene, states = drive.screen.scene, drive.session.landscape
        while not drive.voyage.resting:
            if drive.voyage.choosing:
                drive.screen.hands.choose(choices.choice(drive.session.open_lanes).id)
            drive.wait(9)
            frame = scene.frame(0.0, drive.screen.hands.fork, None, None)
            shown = drive.voyage.year
            for lane in level.lanes:
                seen = frame.water[lane.id]
                assert seen.constant == (lane.current is None)
                if lane.current is None:
                    continue
                current = level.current_index[lane.current]
                state = states.state(shown - seen.years_ago, current)
                assert seen.wetness == level.currents[current].wetness(state)
                if sight is not None and drive.voyage.leg is not None and shown > drive.voyage.leg.before.year:
                    assert (seen.years_ago == 0) == (lane.current == level.lane(drive.voyage.leg.lane).current)
            for row in drive.screen.hands.fork.rows:
                assert row.water == drive.voyage.water(row.lane)
                assert row.chances is None or drive.voyage.choosing


def test_ghosts_on_the_map(level: Level) -> None:
    """A ghost is drawn where its own life is at the player's moment, and waits at its fork while the player chooses."""
    session = begun(level)
    session.add_ghost("plan", FirstLane(level))
    drive = Drive(session)
    ghost = session.ghosts[0].record
    assert [mark.style for mark in drive.screen.scene._ghosts()] == ["ghost"]
    assert drive.screen.scene._ghosts()[0].place == "spring"
    drive.screen.hands.choose("over")
    while drive.voyage.leg is not None:
        drive.wait(5)
        if drive.voyage.leg is None:
            break
        mark, time = drive.screen.scene._ghosts()[0], drive.voyage.time
        leg = next(leg for leg in ghost.legs if leg.before.year <= time < leg.after.year)
        assert mark.lane == leg.lane
        assert mark.fraction == pytest.approx((time - leg.before.year) / (leg.after.year - leg.before.year))
    assert drive.screen.scene._ghosts()[0].lane == ghost.legs[1].lane
    assert drive.screen.scene._ghosts()[0].fraction > 0.5
    assert "Your plan: at The mill" in drive.screen.transcript()


def test_ghosts_join_on_the_way(level: Level) -> None:
    """The plan's ghost and the solver's two join one after another, each with its whole life, and say so once."""
    plan = ("up", "race", "leave")
    session = begun(level)
    session.bets = Bets(plan)
    problem = Problem(level, session.weights)
    drive = Drive(session, solution_job=Solved(best_fixed_plan(problem).lanes, problem))
    drive.wait(60)
    assert [ghost.name for ghost in session.ghosts] == ["plan", "best_plan", "step_by_step"]
    assert session.ghosts[0].record.lanes == plan
    assert session.ghosts[1].record.lanes == best_fixed_plan(problem).lanes
    assert session.ghosts[2].record == live(level, StepByStep(problem), session.landscape)
    assert drive.screen.scene.company.shown == ("plan", "best_plan", "step_by_step")
    assert "is on the water too" in drive.screen.transcript()


def test_a_plan_that_ends_early(level: Level) -> None:
    """The ghost of a plan that stops or does not fit stays where the plan leaves it; without a lane there is none."""
    for plan, reached in ((("up", "race"), "town"), (("up", "leave"), "mill"), (("leave",), None)):
        session = begun(level)
        session.bets = Bets(plan)
        drive = Drive(session)
        drive.wait(10)
        assert [ghost.record.life.place for ghost in session.ghosts] == ([reached] if reached else [])
        drive.screen.hands.choose("over")
        drive.arrive().picture()


def test_a_failed_solution_brings_no_ghosts(level: Level) -> None:
    """When the solver's job ended without an answer the life goes on without its ghosts."""
    failed = Solved((), None)
    failed.error, failed.result = RuntimeError("stopped"), None
    drive = Drive(begun(level), solution_job=failed)
    drive.wait(10)
    assert drive.session.ghosts == []
    drive.press(Action.GHOSTS)
    assert drive.stage.screen is not None
    assert "One step at a time: could not be worked out" in drive.stage.screen.transcript()


def test_the_list_has_everything(level: Level) -> None:
    """The list names every place and every lane in plain text, opens and closes with one key, and scrolls."""
    drive = Drive(begun(level))
    drive.press(Action.LIST)
    listed = drive.stage.screen
    assert isinstance(listed, MapList)
    said = listed.transcript()
    assert all(place.label in said for place in level.places)
    assert all(f"{lane.name}, to {level.place(lane.head).label}" in said for lane in level.lanes)
    drive.picture()
    before = listed.pane.offset
    drive.press(Action.PAGE_DOWN)
    assert listed.pane.offset > before
    drive.press(Action.LIST)
    assert drive.stage.screen is drive.screen


def test_what_it_says(level: Level) -> None:
    """The transcript says the year, the light, the place, the lanes with their keys, and what each year brought."""
    drive = Drive(begun(level))
    said = drive.screen.transcript()
    assert said.startswith("Year 1 of 8\nLight so far: 0")
    assert "You are at The spring." in said
    assert "[1] " in said
    assert "[3] " in said
    drive.press(Action.DOWN)
    assert drive.screen.transcript().count("→ [") == 1
    drive.screen.hands.choose("up")
    drive.press(Action.CONFIRM)
    said = drive.screen.transcript()
    assert "Year 1, Up: flow, +2.25 light" in said
    assert "year 2 of 2" in said
    drive.press(Action.CONFIRM)
    assert "You reach The mill: +1 light." in drive.screen.transcript()


def test_the_light_of_the_day(level: Level) -> None:
    """Early years are drawn in the day's palette, the middle in dusk, late years and the rest in rose."""
    drive = Drive(begun(level))
    moods = []
    while not drive.voyage.resting:
        moods.append((drive.voyage.year, drive.screen.mood))
        drive.press(Action.DOWN, Action.DOWN, Action.CONFIRM, Action.SKIP).wait(2)
    assert moods[0][1] == "day"
    assert [mood for _, mood in moods] == sorted((mood for _, mood in moods), key=["day", "dusk", "rose"].index)
    assert drive.screen.mood == "rose"
    assert drive.wait(100).screen.view.palette is drive.stage.palette  # type: ignore[union-attr]
    assert drive.stage.palette.name == "rose"


def test_a_replay_on_the_screen(level: Level) -> None:
    """A script is played to its end by itself; it can be held, stepped on and back, and then one key ends it."""
    lanes = ("up", "race", "stay", "leave")
    drive = Drive(begun(level), script=lanes)
    for _ in range(60 * 90):
        drive.wait()
        if drive.voyage.resting:
            break
    assert drive.session.record.lanes == lanes
    drive.press(Action.CONFIRM)
    assert drive.finished == [drive.session]

    drive = Drive(begun(level), script=lanes)
    drive.press(Action.CONFIRM).wait(600)
    assert drive.session.record.lanes == ()
    drive.press(Action.RIGHT, Action.RIGHT, Action.RIGHT, Action.RIGHT)
    assert drive.session.record.lanes == ("up", "race")
    drive.press(Action.LEFT)
    assert drive.session.record.lanes == ("up",)
    assert drive.voyage.choosing
    drive.press(Action.ONE)
    assert drive.session.record.lanes == ("up",)
    drive.picture()


@pytest.mark.parametrize("script", [("up", "leave"), ("up",)])
def test_a_replay_that_ends_early(level: Level, script: tuple[str, ...]) -> None:
    """Where a script ends or does not fit, it says so and the person goes on choosing."""
    drive = Drive(begun(level), script=script)
    for _ in range(60 * 20):
        drive.wait()
        if not drive.voyage.is_replay:
            break
    assert drive.session.record.lanes == ("up",)
    assert drive.voyage.choosing
    assert "From here on you choose." in drive.screen.transcript()
    drive.press(Action.ONE)
    assert len(drive.session.record.lanes) == 2


def test_any_size_any_text(level: Level) -> None:
    """The drive can be seen and used in every window size and text size, also when they change on the way."""
    for size, scale in (
        ((640, 360), 1.0),
        ((800, 450), 2.0),
        ((1280, 720), 1.5),
        ((500, 1000), 1.25),
        ((2560, 1080), 2.0),
    ):
        drive = Drive(begun(level), size=size, settings=Settings(text_scale=scale))
        drive.wait(3).press(Action.DOWN).picture()
        drive.screen.hands.choose("up")
        drive.wait(20).picture()
        drive.stage.resize((900, 640))
        drive.wait(30).picture()
        drive.press(Action.SKIP, Action.LIST)
        drive.picture()
        drive.stage.resize(size)
        drive.picture()
        drive.press(Action.BACK).wait(2).picture()
        first = drive.screen.hands.fork.visible[0].lane.id
        drive.click(drive.spot_of(first))
        assert drive.session.record.lanes[-1] == first


def test_more_lanes_than_keys() -> None:
    """At a fork of thirteen lanes each is reached by keys and by clicks, and every page has its own numbers."""
    lanes = tuple(Lane(f"way {i}", f"Way {i}", "square", f"end {i}", 1, None, ((float(i),),)) for i in range(13))
    places = (Place("square", "The square", (0.0,)), *(Place(f"end {i}", f"End {i}", (0.0,)) for i in range(13)))
    level = Level("Fan", 1, "square", places, lanes)
    for lane in (lane.id for lane in lanes):
        for how in ("keys", "mouse", "numbers"):
            drive = Drive(Session(level, 1, "mine", (1.0,)))
            hands = drive.screen.hands
            assert hands.fork.pages > 1
            while how == "keys" and drive.screen.focus != lane:
                drive.press(Action.NEXT)
            while how != "keys" and lane not in [row.lane.id for row in hands.fork.visible]:
                if how == "mouse":
                    drive.click(drive.spot_of(("page", 1)))
                else:
                    drive.press(Action.PAGE_DOWN)
            row = hands.fork.row(lane)
            assert row is not None
            if how == "keys":
                drive.press(Action.CONFIRM)
            elif how == "mouse":
                drive.click(drive.spot_of(lane))
            else:
                drive.press(NUMBERS[int(row.key) - 1])
            assert drive.session.record.lanes == (lane,)


def test_the_map_can_be_moved(level: Level) -> None:
    """The wheel zooms about the pointer, dragging moves the map without choosing, and one key puts it back."""
    drive = Drive(begun(level))
    drive.picture()
    view = drive.screen.view
    assert view is not None
    wide, high = drive.screen.voyage.geography.size
    spot = view.to_screen((wide / 2 + 40.0, high / 2))  # where no edge of the world is in the way
    under, corner = view.to_world(spot), view.to_world((0.0, 0.0))
    for _ in range(4):
        drive.screen.pointer("wheel", spot, amount=1)
    drive.picture()
    assert view.to_world(spot) == pytest.approx(under, abs=2.0)
    drive.screen.pointer("down", spot, 1)
    there = (spot[0] + 60.0, spot[1] - 20.0)
    drive.screen.pointer("move", there)
    drive.screen.pointer("up", there, 1)
    drive.picture()
    assert view.to_world(there) == pytest.approx(under, abs=3.0)
    assert drive.session.record.lanes == ()
    drive.press(Action.HOME)
    drive.picture()
    assert view.to_world((0.0, 0.0)) == pytest.approx(corner, abs=1.0)


def test_no_place_lies_under_the_paper(level: Level) -> None:
    """At a fork the whole map is seen beside the panels on the right, at any size of the window and of the text."""
    for size in ((1280, 720), (800, 450), (1920, 1080)):
        drive = Drive(begun(level), size=size)
        drive.picture()
        view, hud = drive.screen.view, drive.screen.hud
        assert view is not None
        edge = size[0] - view.margins.right * min(size[0] / 1280, size[1] / 720)
        assert all(view.to_screen(at)[0] <= edge for at in view.geo.places.values())
        fork = hud._arranged(drive.screen.showing()).fork
        assert fork is not None
        assert fork.left >= edge


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_anything_at_any_moment(level: Level, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """A thousand random presses, pointer events, waits and resizes leave a life that its own lanes explain."""
    for sheet in ("pause", "show_help", "show_settings"):
        monkeypatch.setattr(flow, sheet, lambda *_: None)
    chance = random.Random(seed)
    script = (None, ("up", "race"), ("over", "stay", "leave"), None)[seed]
    settings = Settings(mode=chance.choice(["step", "drive"]), reduced_motion=seed == 3)
    drive = Drive(begun(level), settings=settings, script=script)
    drive.session.add_ghost("best_plan", FirstLane(level))
    actions = list(Action)
    for _ in range(1000):
        screen = drive.stage.screen
        assert screen is not None
        pos = (chance.uniform(0, drive.stage.size[0]), chance.uniform(0, drive.stage.size[1]))
        roll = chance.random()
        if roll < 0.35:
            screen.press(chance.choice(actions))
        elif roll < 0.7:
            kind = chance.choice(["move", "move", "down", "up", "wheel"])
            screen.pointer(kind, pos, chance.choice([0, 1, 1, 3]), chance.uniform(-3, 3))  # type: ignore[arg-type]
        elif roll < 0.97:
            drive.wait(chance.randrange(25))
        elif roll < 0.99:
            drive.picture()
            assert screen.transcript()
        else:
            drive.stage.resize((chance.randrange(300, 1500), chance.randrange(200, 1000)))
    replayed = begun(level)
    for lane in drive.session.record.lanes:
        replayed.choose(lane)
    assert replayed.record == drive.session.record
