"""People at a stage with one device each: keys alone, a pad alone, a pointer alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pygame
from gamepad import Gamepads
from hand import Hand

from game.app.action import Action
from game.app.screens.debrief import DebriefScreen
from game.app.screens.debrief.the_treasure_map import YearRail
from game.app.screens.drive import DriveScreen
from game.app.screens.set_off import SetOffScreen
from game.app.stage import Stage
from game.app.widgets import Choice, Form, NumberField, Widget


class Person:
    """Somebody at a stage with one device.  Subclasses say how it is used."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.hand = stage, Hand(stage)

    def ask(self, action: Action) -> None:
        """Asks for an action."""
        raise NotImplementedError

    def go_to(self, widget: Widget) -> None:
        """Brings the focus, or the pointer, to a widget."""
        raise NotImplementedError

    def use(self, widget: Widget) -> None:
        """Presses a widget."""
        self.go_to(widget)
        self.ask(Action.CONFIRM)

    def add(self, field: NumberField, steps: int) -> None:
        """Makes a number larger by so many steps."""
        self.go_to(field)
        for _ in range(steps):
            self.ask(Action.RIGHT)

    def set(self, find: Callable[[], Choice], value: object) -> None:
        """Chooses a value; the choice is looked for again after each step, since a screen may make it anew."""
        for _ in range(len(find().options)):
            if find().value == value:
                return
            self.go_to(find())
            self.ask(Action.RIGHT)
        assert find().value == value

    def plan(self, screen: SetOffScreen) -> None:
        """Takes one more lane into the plan."""
        self.go_to(screen.map)
        self.ask(Action.CONFIRM)

    def take_a_lane(self, drive: DriveScreen) -> None:
        """Takes the second lane of a fork, or the only one."""
        self.ask(Action.RIGHT)
        self.ask(Action.RIGHT)
        self.ask(Action.CONFIRM)

    def steer(self, drive: DriveScreen) -> None:
        """Steers into the first mouth on the left."""
        for _ in range(9):
            self.ask(Action.LEFT)
        self.ask(Action.CONFIRM)

    def scrub(self, rail: YearRail) -> None:
        """Moves on to the third year or so."""
        self.go_to(rail)
        for _ in range(2):
            self.ask(Action.DOWN)

    def move_on(self, drive: DriveScreen) -> None:
        """Takes a replay on by a lane."""
        self.ask(Action.RIGHT)

    def turn(self, debrief: DebriefScreen) -> None:
        """Turns to the next page."""
        self.ask(Action.RIGHT)

    # --- finding things -----------------------------------------------------------------------------------------------

    def named(self, label: str) -> Widget:
        """The widget that says something of this beginning."""
        form = self.stage.screen
        assert isinstance(form, Form)
        found = [w for w in form._all() if w.focusable and getattr(w, "label", "").startswith(label)]
        assert found, (label, [getattr(w, "label", "") for w in form._all()])
        return found[0]

    def press(self, label: str) -> None:
        """Uses the widget that is called so."""
        self.use(self.named(label))
        self.hand.wait(2)


class AtTheKeyboard(Person):
    """Keys alone."""

    _KEYS: ClassVar[dict[Action, int]] = {
        Action.CONFIRM: pygame.K_RETURN, Action.BACK: pygame.K_ESCAPE, Action.LEFT: pygame.K_LEFT,
        Action.RIGHT: pygame.K_RIGHT, Action.DOWN: pygame.K_DOWN, Action.SKIP: pygame.K_s, Action.VIEW: pygame.K_v,
        Action.MODE: pygame.K_m, Action.PAUSE: pygame.K_p, Action.LIST: pygame.K_l, Action.UNDO: pygame.K_BACKSPACE,
    }  # fmt: skip

    def ask(self, action: Action) -> None:
        """Presses its key."""
        self.hand.key(self._KEYS[action])

    def go_on(self) -> None:
        """Tab."""
        self.hand.key(pygame.K_TAB)

    def go_to(self, widget: Widget) -> None:
        """Goes on, as often as it takes."""
        form = self.stage.screen
        assert isinstance(form, Form)
        for _ in range(200):
            if form.focused is widget:
                return
            self.go_on()
        raise AssertionError(f"{type(self).__name__} never comes to {widget.says()}")


class WithAPad(AtTheKeyboard):
    """A gamepad alone."""

    _BUTTONS: ClassVar[dict[Action, str]] = {
        Action.CONFIRM: "a", Action.BACK: "b", Action.LEFT: "left", Action.RIGHT: "right", Action.DOWN: "down",
        Action.SKIP: "x", Action.VIEW: "y", Action.MODE: "left_stick", Action.PAUSE: "start",
        Action.LIST: "right_stick", Action.UNDO: "right_stick_left",
    }  # fmt: skip

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.pads = Gamepads(stage).plug()

    def ask(self, action: Action) -> None:
        """Presses its button."""
        self.pads.press(self._BUTTONS[action])

    def go_on(self) -> None:
        """The right shoulder."""
        self.pads.press("right_shoulder")

    def steer(self, drive: DriveScreen) -> None:
        """Pushes the stick towards the first mouth, and goes in."""
        voyage = drive.voyage
        assert voyage is not None
        lane = voyage.mouths[0].lane
        fork = voyage.geography.places[voyage.next_place]
        x, y = voyage.geography.channels[lane].at(min(0.4, 55.0 / voyage.geography.channels[lane].length))
        far = max(abs(x - fork[0]), abs(y - fork[1]))
        self.pads.push("left_x", (x - fork[0]) / far).push("left_y", (y - fork[1]) / far).wait(2)
        assert voyage.aimed == lane
        self.pads.push("left_x", 0.0).push("left_y", 0.0).wait(1)
        self.ask(Action.CONFIRM)


class WithAPointer(Person):
    """A mouse alone: it points, clicks its left button, and turns its wheel; nothing is held."""

    _LABELS: ClassVar[dict[Action, str]] = {Action.BACK: "Back", Action.SKIP: "Set off"}

    def ask(self, action: Action) -> None:
        """Clicks what asks for it: in the bar on the water, else a button."""
        screen = self.stage.screen
        if isinstance(screen, DriveScreen):
            targets = screen.hud._arranged(screen.showing()).targets
            found = [rect for rect, target in targets if target is action]
            if found:
                self.hand.click(found[0].center)
                return
            # What the bar has no room for stands on the sheet of everything, which the right button opens.
            self.hand.click((self.stage.size[0] // 2, self.stage.size[1] // 2), 3)
            from game.app.screens.actions import name_of

            self.press(name_of(action))
        elif action is Action.CONFIRM:
            raise AssertionError("a pointer clicks what it wants")
        else:
            self.press(self._LABELS[action])

    def go_to(self, widget: Widget) -> None:
        """Turns the wheel until the widget can be seen, and points at it."""
        form = self.stage.screen
        assert isinstance(form, Form)
        pane = form._pane_of(widget)
        for _ in range(60):
            if pane is None or (
                pane.rect.contains(widget.rect.clip(pane.rect).inflate(-2, -2).move(0, 0))
                and (pane.rect.collidepoint(widget.rect.center))
            ):
                break
            self.hand.wheel(pane.rect.center, -1 if widget.rect.centery > pane.rect.centery else 1)
            self.hand.wait(1)
        self.hand.move(widget.rect.center)

    def use(self, widget: Widget) -> None:
        """Clicks it."""
        self.go_to(widget)
        self.hand.click(widget.rect.center)

    def add(self, field: NumberField, steps: int) -> None:
        """Clicks on the plus."""
        self.go_to(field)
        for _ in range(steps):
            self.hand.click(field.steppers(self.stage)[1].center)

    def set(self, find: Callable[[], Choice], value: object) -> None:
        """Clicks on its segment."""
        choice = find()
        self.go_to(choice)
        at = [option for option, _ in choice.options].index(value)
        self.hand.click(choice._segments(self.stage, choice.rect.width)[at].move(choice.rect.topleft).center)
        assert find().value == value

    def plan(self, screen: SetOffScreen) -> None:
        """Clicks on a lane that is open."""
        view = screen.map.view
        assert view is not None
        self.stage.draw(pygame.Surface(self.stage.size))
        before = len(screen.draft.lanes)
        for lane in screen.draft.open_lanes:
            for part in (0.5, 0.35, 0.65, 0.2):
                x, y = view.to_screen(view.geo.channels[lane.id].at(part))
                self.hand.click((x + screen.map.rect.left, y + screen.map.rect.top))
                if len(screen.draft.lanes) > before:
                    return
        raise AssertionError("no lane can be clicked")

    def _row(self, drive: DriveScreen, number: int) -> None:
        targets = drive.hud._arranged(drive.showing()).targets
        rows = [rect for rect, target in targets if isinstance(target, str)]
        self.hand.click(rows[min(number, len(rows) - 1)].center)

    def take_a_lane(self, drive: DriveScreen) -> None:
        """Clicks on the second row of the panel."""
        self._row(drive, 1)

    def steer(self, drive: DriveScreen) -> None:
        """Clicks on the first row, at the helm as well."""
        self._row(drive, 0)

    def scrub(self, rail: YearRail) -> None:
        """Clicks on the third year."""
        self.go_to(rail)
        self.hand.click(rail.item_rects(self.stage)[2].center)

    def move_on(self, drive: DriveScreen) -> None:
        """Clicks on the middle of the time bar."""
        bar = drive.hud.time_bar(drive.showing())
        assert bar is not None
        self.hand.click(bar.rail.center)

    def turn(self, debrief: DebriefScreen) -> None:
        """Clicks on the button that says so."""
        self.press("Next")


PEOPLE = {"keyboard": AtTheKeyboard, "pointer": WithAPointer, "pad": WithAPad}
