"""Gamepads: plugged in and pulled out at any moment, named by what is in the hand, felt, and never in the way."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from diary import Diary
from gamepad import Gamepads
from hand import Hand

from game.app import flow
from game.app.action import IN_FORCE, PADMAP, Action, button_text, key_text
from game.app.bindings import BUTTONS
from game.app.input import AWAY
from game.app.pads import REPEAT_AFTER, Pads, real_pads
from game.app.rumble import rumble_between
from game.app.screen import Screen
from game.app.screens.actions import ON_ITS_OWN, ActionsScreen
from game.app.screens.drive import DriveScreen
from game.app.screens.help import HelpScreen
from game.app.screens.pause import PauseScreen
from game.app.sound.heard import Heard, Moment
from game.app.stage import TICK, Stage
from game.files import read_level
from game.house import shipped_levels
from game.session import Session

FIRST = read_level(sorted(shipped_levels().glob("*.toml"))[0])


def actions(screen: Diary) -> list[Action]:
    """The actions that a screen was asked for."""
    return [told for told in screen.told if isinstance(told, Action)]


@pytest.fixture
def small(make_stage: Callable[..., Stage]) -> Stage:
    """A small stage, on which worlds are baked quickly."""
    return make_stage((640, 360))


def driving(stage: Stage) -> DriveScreen:
    """A life at the helm on the first level, at its first fork."""
    stage.change_settings(mode="drive")
    flow.begin_life(stage, Session(FIRST, 11, "mine", FIRST.weights()))
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    for _ in range(10):
        stage.update()
    assert drive.voyage is not None
    return drive


@pytest.mark.parametrize("button", [b for b in PADMAP if PADMAP[b] is not Action.MENU])
def test_every_button_of_the_table_asks_for_its_action(stage: Stage, button: str) -> None:
    """Each button, each way of a stick and each trigger reaches the screen as the action in the table, once."""
    screen = Diary()
    stage.push(screen)
    Gamepads(stage).plug().press(button)
    assert actions(screen) == [PADMAP[button]]


def test_an_empty_machine_has_no_pads(stage: Stage) -> None:
    """Without a device nothing breaks: real pads can be begun, and events of unknown pads mean nothing."""
    pads = real_pads()
    pads.start()
    pads.start()
    pads.close()
    stage.pads = Pads()
    screen = Diary()
    stage.push(screen)
    for kind, parts in (
        (pygame.CONTROLLERDEVICEADDED, {"device_index": 0}),
        (pygame.CONTROLLERBUTTONDOWN, {"instance_id": 7, "button": 0}),
        (pygame.CONTROLLERAXISMOTION, {"instance_id": 7, "axis": 0, "value": 32767}),
        (pygame.CONTROLLERDEVICEREMOVED, {"instance_id": 7}),
    ):
        stage.handle(pygame.event.Event(kind, **parts))
    assert actions(screen) == []


def test_odd_events_of_a_pad_mean_nothing(stage: Stage) -> None:
    """Buttons and axes that SDL may add one day, and a device gone before it could be opened, are passed over."""
    screen = Diary()
    stage.push(screen)
    pads = Gamepads(stage).plug(-1).plug(0)
    pads._send(pygame.CONTROLLERBUTTONDOWN, instance_id=100, button=99)
    pads._send(pygame.CONTROLLERAXISMOTION, instance_id=100, axis=17, value=32767)
    pads._send(pygame.CONTROLLERAXISMOTION, instance_id=100, axis=0, value=-32768)
    assert actions(screen) == [Action.LEFT]
    assert len(stage.pads.pads) == 1


def test_arrows_repeat_while_held_and_nothing_else_does(stage: Stage) -> None:
    """A held cross tells again after a while, so that lists scroll; a held button or one held into a new screen not."""
    screen = Diary()
    stage.push(screen)
    pads = Gamepads(stage).plug().down("a").down("down")
    pads.wait(round(REPEAT_AFTER / TICK) + 30)
    found = actions(screen)
    assert found.count(Action.CONFIRM) == 1
    assert 3 <= found.count(Action.DOWN) <= 8
    above = Diary()
    stage.push(above)
    pads.wait(90)
    assert actions(above) == []
    pads.up("down").press("down")
    assert actions(above) == [Action.DOWN]


def test_a_wobbling_stick_is_one_press(stage: Stage) -> None:
    """A stick that trembles around the point where it counts is pressed once, until it has come well back."""
    screen = Diary()
    stage.push(screen)
    pads = Gamepads(stage).plug()
    for value in (0.5, 0.6, 0.5, 0.6, 0.4, 0.7, 0.2, 0.6):
        pads.push("left_x", value)
    assert actions(screen) == [Action.RIGHT, Action.RIGHT]


def test_several_pads_may_be_used_in_turn(stage: Stage) -> None:
    """Two pads ask for the same; the one that is pulled out takes nothing with it, and the other goes on."""
    screen = Diary()
    stage.push(screen)
    pads = Gamepads(stage).plug(0).plug(1).press("a", index=0).press("b", index=1).unplug(0).press("a", index=1)
    assert actions(screen) == [Action.CONFIRM, Action.BACK, Action.CONFIRM]
    pads.press("a", index=0)
    assert actions(screen) == [Action.CONFIRM, Action.BACK, Action.CONFIRM]


def test_prompts_show_what_was_used_last(stage: Stage) -> None:
    """Keys are named until a button is pressed, then buttons, and keys again after the next key."""
    stage.push(Diary())
    assert key_text(Action.BACK) == "Esc"
    Gamepads(stage).plug().press("a")
    assert key_text(Action.BACK) == "B"
    assert key_text(Action.FULLSCREEN) == ""
    Hand(stage).key(pygame.K_DOWN)
    assert key_text(Action.BACK) == "Esc"


def test_a_pad_with_shapes_is_named_by_shapes(stage: Stage) -> None:
    """A pad whose name says so has shapes on its buttons, and the prompts as well."""
    stage.push(Diary())
    Gamepads(stage, "PS5 Controller").plug().press("a")
    assert key_text(Action.CONFIRM) == "×"
    Hand(stage).key(pygame.K_DOWN)
    Gamepads(stage).plug().press("a")
    assert key_text(Action.CONFIRM) == "A"


def test_help_names_the_buttons_in_hand(stage: Stage) -> None:
    """With a pad in hand the help names buttons, and keys where no button asks for it."""
    stage.push(Diary())
    pads = Gamepads(stage).plug().press("up")
    flow.show_help(stage)
    assert isinstance(stage.screen, HelpScreen)
    said = stage.screen.transcript()
    assert "LB" in said
    assert "Start" in said
    assert "F11" in said
    Hand(stage).key(pygame.K_F2)
    assert "Esc" in stage.screen.transcript()
    pads.press("b")


def test_every_button_has_a_name(stage: Stage) -> None:
    """Each button that SDL knows is called something that can be read, and no two are called the same."""
    names = [button_text(button) for button in BUTTONS]
    assert len(set(names)) == len(names)
    assert not [name for name in names if "_" in name]


def test_the_sheet_of_actions_asks_the_screen_below(stage: Stage) -> None:
    """Select, F10 or the right button of the mouse open a sheet on which every action can be had."""
    screen = Diary()
    stage.push(screen)
    pads = Gamepads(stage).plug()
    for opens in (
        lambda: pads.press("back"),
        lambda: Hand(stage).key(pygame.K_F10),
        lambda: Hand(stage).click((9, 9), 3),
    ):
        opens()
        assert isinstance(stage.screen, ActionsScreen)
        opens()
        assert stage.screen is screen
    menu = None
    for action in ON_ITS_OWN:
        if action in (Action.FULLSCREEN, Action.MUTE):
            continue
        screen.told.clear()
        pads.press("back")
        menu = stage.screen
        assert isinstance(menu, ActionsScreen)
        menu.focus_on(menu._named[ON_ITS_OWN.index(action)])
        pads.press("a")
        assert actions(screen) == [action]
    missing = set(Action) - set(ON_ITS_OWN) - {Action.MENU}
    assert {a.name for a in missing} == {"ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE"}


def test_the_hint_of_a_fork_speaks_of_what_is_in_the_hand(small: Stage) -> None:
    """Step by step the panel of a fork speaks of numbers to whoever has keys, and of the stick to whoever has a pad."""
    drive = driving(small)
    drive.press(Action.MODE)
    assert "number" in drive.showing().hint
    Gamepads(small).plug().press("back").press("b")
    assert "number" not in drive.showing().hint
    assert "stick" in drive.showing().hint
    Hand(small).key(pygame.K_DOWN)
    assert "number" in drive.showing().hint


def test_a_lost_pad_pauses_the_drive(small: Stage) -> None:
    """When the pad in use is gone the drive waits under the pause; another pad that goes changes nothing."""
    drive = driving(small)
    pads = Gamepads(small).plug(0).plug(1).press("right_stick_up", index=0)
    pads.unplug(1)
    assert small.screen is drive
    pads.unplug(0)
    assert isinstance(small.screen, PauseScreen)
    assert "gamepad" in small.badge.text
    assert IN_FORCE.device == "keys"
    pads.plug(0).press("b")
    assert small.screen is drive


@pytest.mark.parametrize("away", AWAY)
def test_nobody_steers_a_window_out_of_sight(small: Stage, away: int) -> None:
    """When another window is looked at the boat goes on to the next fork and waits there, however long that takes."""
    drive = driving(small)
    hand, voyage = Hand(small), drive.voyage
    assert voyage is not None
    hand.key(pygame.K_RETURN)
    assert voyage.leg is not None
    small.handle(pygame.event.Event(away))
    hand.wait(60 * 60)
    assert voyage.choosing
    assert len(voyage.travelled) == 1
    assert "waits" in drive.showing().hint
    hand.key(pygame.K_RETURN)
    assert len(voyage.travelled) == 2


def test_the_stick_steers(small: Stage) -> None:
    """From above the bow turns to where the stick points; let go of, the helm stays on that mouth."""
    drive = driving(small)
    voyage = drive.voyage
    assert voyage is not None
    assert len(voyage.mouths) > 1
    pads = Gamepads(small).plug()
    fork = voyage.geography.places[voyage.next_place]
    for mouth in voyage.mouths:
        channel = voyage.geography.channels[mouth.lane]
        x, y = channel.at(min(0.4, 55.0 / channel.length))
        far = max(abs(x - fork[0]), abs(y - fork[1]))
        pads.push("left_x", (x - fork[0]) / far).push("left_y", (y - fork[1]) / far).wait(2)
        assert voyage.aimed == mouth.lane
        assert not voyage.moored
        pads.push("left_x", 0.1).push("left_y", 0.05).wait(2)
        assert voyage.aimed == mouth.lane


def test_behind_the_boat_the_stick_leans_it(small: Stage) -> None:
    """From behind, half a push leans the boat half way, and a full push to a side aims at the outermost mouth there."""
    drive = driving(small)
    drive.switch_view()
    voyage = drive.voyage
    assert voyage is not None
    pads = Gamepads(small).plug().push("left_x", -0.5).wait(2)
    assert voyage.boat.aim == pytest.approx(-0.5, abs=0.01)
    pads.push("left_x", -1.0).wait(2)
    assert voyage.aimed == voyage.mouths[0].lane
    pads.push("left_x", 1.0).wait(2)
    assert voyage.aimed == voyage.mouths[-1].lane


def test_what_is_felt() -> None:
    """A fork, an arrival, the rest of a life, a year in a surge and one on a dry bed are felt; an ordinary is not."""

    def at(**parts: object) -> Moment:
        return Moment(**parts)  # type: ignore[arg-type]

    flow_, surge = Heard("drive", wetness=0.6, speed=0.5), Heard("drive", wetness=1.0, speed=0.5)

    def felt(before: Moment, after: Moment, heard: Heard = flow_) -> object:
        from dataclasses import replace

        return rumble_between(replace(heard, moment=before), replace(heard, moment=after))

    assert felt(at(year=1, lanes=1), at(year=2, lanes=1)) is None
    assert felt(at(year=1, lanes=1), at(year=2, lanes=1), surge) is not None
    dry = felt(at(year=1, lanes=1), at(year=2, lanes=1), Heard("drive", wetness=0.0, speed=0.2))
    assert isinstance(dry, tuple)
    assert dry[0] == 0.0 < dry[1]
    forks = felt(at(lanes=1), at(lanes=1, choosing=True, forking=True))
    arrives = felt(at(lanes=1), at(lanes=1, choosing=True))
    rests = felt(at(lanes=1), at(lanes=1, resting=True))
    assert len({forks, arrives, rests, None}) == 4


def test_rumble_can_be_switched_off(make_stage: Callable[..., Stage]) -> None:
    """A pad rumbles at the first fork of a life, and keeps still once rumbling is switched off."""
    counts = []
    for on in (True, False):
        stage = make_stage((800, 450), rumble=on)
        flow.begin_life(stage, Session(FIRST, 11, "mine", FIRST.weights()))
        pads = Gamepads(stage).plug().press("right_stick_up")
        Hand(stage).wait(5).key(pygame.K_1, pygame.K_s).wait(20)
        counts.append(len(pads.rumbles))
    assert counts[0] > 0
    assert counts[1] == 0


def test_a_screen_may_take_a_button_for_itself(stage: Stage) -> None:
    """A screen that waits for any button gets it before it becomes an action."""

    class Waiting(Screen):
        """Keeps the buttons that it gets."""

        def __init__(self) -> None:
            self.got: list[str] = []

        def button_down(self, button: str) -> bool:
            """Takes every button."""
            self.got.append(button)
            return True

    screen = Waiting()
    stage.push(screen)
    Gamepads(stage).plug().press("back", "left_trigger", "right_stick_up")
    assert screen.got == ["back", "left_trigger", "right_stick_up"]
    assert stage.screen is screen
    assert IN_FORCE.device == "pad"
