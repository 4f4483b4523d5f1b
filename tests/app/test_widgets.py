"""Widgets: by keyboard alone, by mouse alone, and always inside the room they are given."""

from __future__ import annotations

from collections.abc import Callable

import pygame
import pytest
from hand import Hand

from game.app.action import Action
from game.app.stage import Stage
from game.app.widgets import (
    Button,
    Choice,
    Form,
    NumberField,
    ScrollPane,
    Text,
    TextField,
    Toggle,
    Widget,
    elided,
    place_column,
    place_row,
)


class Page(Form):
    """A form with some widgets one below another, and the actions that nobody wanted."""

    def __init__(self, widgets: list[Widget]) -> None:
        super().__init__()
        self.widgets = widgets
        self.unwanted: list[Action] = []

    def layout(self, size: tuple[int, int]) -> None:
        """Places them in a column, those of a pane inside it."""
        for widget in self.widgets:
            if isinstance(widget, ScrollPane):
                widget.rect = pygame.Rect(20, 20, 400, 200)
                place_column(self.stage, widget.children, 20, 20, 380)
                widget.settle()
                return
        place_column(self.stage, self.widgets, 20, 20, 400)

    def press_other(self, action: Action) -> None:
        """Writes it down."""
        self.unwanted.append(action)

    def draw(self, surface: pygame.Surface) -> None:
        """Draws paper and the widgets."""
        surface.fill(self.stage.palette.paper)
        self.draw_widgets(surface)


def opened(stage: Stage, *widgets: Widget) -> Page:
    """A page with these widgets on the stage."""
    page = Page(list(widgets))
    stage.push(page)
    return page


def test_a_button_is_pressed_by_click_by_key_and_by_focus(stage: Stage) -> None:
    """Its own key, CONFIRM with the focus on it, and a click inside it all press a button once each."""
    pressed = []
    button = Button("Go", lambda: pressed.append(1), key=Action.GHOSTS)
    page = opened(stage, button)
    hand = Hand(stage)
    hand.key(pygame.K_g)
    assert len(pressed) == 1
    hand.key(pygame.K_TAB, pygame.K_RETURN)
    assert page.focused is button
    assert len(pressed) == 2
    hand.click(button.rect.center)
    assert len(pressed) == 3


def test_a_click_that_ends_elsewhere_presses_nothing(stage: Stage) -> None:
    """Pressing inside a button and letting go outside, or the other way round, is no click."""
    pressed = []
    button = Button("Go", lambda: pressed.append(1))
    opened(stage, button)
    for down, up in ((button.rect.center, (700, 600)), ((700, 600), button.rect.center)):
        stage.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=down, button=1))
        stage.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=up, button=1))
    assert pressed == []


def test_a_disabled_button_is_out_of_reach(stage: Stage) -> None:
    """A disabled button takes no click, no key and no focus."""
    pressed = []
    button = Button("Go", lambda: pressed.append(1), key=Action.GHOSTS)
    button.enabled = False
    page = opened(stage, button)
    Hand(stage).key(pygame.K_g, pygame.K_TAB, pygame.K_RETURN).click(button.rect.center)
    assert pressed == []
    assert page.focused is not button


def test_tab_goes_round_and_arrows_go_to_the_neighbour(stage: Stage) -> None:
    """NEXT and PREVIOUS visit every widget in turn; DOWN and UP go to the one below and above."""
    first, second, third = (Button(name, lambda: None) for name in ("one", "two", "three"))
    page = opened(stage, first, second, third)
    hand = Hand(stage)
    seen = []
    for _ in range(4):
        hand.key(pygame.K_TAB)
        seen.append(page.focused)
    assert seen == [first, second, third, first]
    hand.key(pygame.K_TAB, mod=pygame.KMOD_LSHIFT)
    assert page.focused is third
    hand.key(pygame.K_UP)
    assert page.focused is second
    hand.key(pygame.K_DOWN, pygame.K_DOWN)
    assert page.focused is third


def test_a_choice_changes_by_arrows_and_by_click(stage: Stage) -> None:
    """LEFT and RIGHT go round the options, a click takes one, and only real changes are told."""
    heard = []
    choice = Choice("Size", [(n, str(n)) for n in (1, 2, 3)], 1, heard.append)
    page = opened(stage, choice)
    page.focus_on(choice)
    hand = Hand(stage)
    hand.key(pygame.K_RIGHT, pygame.K_LEFT, pygame.K_LEFT)
    assert heard == [2, 1, 3]
    last = choice._segments(stage, choice.rect.width)[2].move(choice.rect.topleft)
    hand.click(last.center)
    assert heard == [2, 1, 3]
    first = choice._segments(stage, choice.rect.width)[0].move(choice.rect.topleft)
    hand.click(first.center)
    assert choice.value == 1


def test_a_toggle_switches_by_key_and_by_click(stage: Stage) -> None:
    """CONFIRM and a click switch it, and it tells so."""
    heard = []
    toggle = Toggle("On?", False, heard.append)
    page = opened(stage, toggle)
    page.focus_on(toggle)
    Hand(stage).key(pygame.K_RETURN).click(toggle.rect.center)
    assert heard == [True, False]


def test_a_text_field_takes_what_is_typed(stage: Stage) -> None:
    """Letters and spaces go in, backspace takes away, and it never grows beyond its longest."""
    heard = []
    field = TextField("Name", "", heard.append, longest=5)
    page = opened(stage, field)
    page.focus_on(field)
    Hand(stage).key(*map(ord, "ab cdefg"), pygame.K_BACKSPACE)
    assert field.value == "ab c"
    assert heard[-1] == "ab c"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("42", 42.0), ("-3,5", -3.5), ("1.", 1.0), ("", None), ("--", None), ("9" * 12, None), ("abc", None)],
)
def test_a_number_field_understands_numbers(stage: Stage, typed: str, number: float | None) -> None:
    """Digits with a point or a comma are a number; what is none, or far too large, counts as nothing typed."""
    heard: list[float | None] = [None]
    field = NumberField("Light", None, heard.append)
    page = opened(stage, field)
    page.focus_on(field)
    Hand(stage).key(*map(ord, typed))
    assert field.number == number
    assert heard[-1] == number


def test_a_number_field_works_without_typing(stage: Stage) -> None:
    """Arrows and the wheel change the number by its step, so the mouse alone is enough."""
    field = NumberField("Light", None, lambda number: None, step=5)
    page = opened(stage, field)
    page.focus_on(field)
    hand = Hand(stage).key(pygame.K_RIGHT, pygame.K_RIGHT, pygame.K_LEFT)
    assert field.number == 5
    hand.wheel(field.rect.center, 1)
    assert field.number == 10


def test_a_pane_scrolls_by_wheel_and_keys_and_keeps_its_ends(stage: Stage) -> None:
    """The wheel and page keys move the view, never beyond the first or the last line."""
    pane = ScrollPane([Text("\n".join(f"line {n}" for n in range(60)))])
    opened(stage, pane)
    hand = Hand(stage)
    hand.wheel((100, 100), 3)
    assert pane.offset == 0
    hand.wheel((100, 100), -2)
    assert pane.offset > 0
    hand.key(pygame.K_END)
    assert pane.offset == pane.most
    assert pane.children[0].rect.bottom == pane.rect.bottom
    hand.key(pygame.K_PAGEDOWN, pygame.K_HOME)
    assert pane.offset == 0


def test_the_focus_is_always_in_view(stage: Stage) -> None:
    """Going through many buttons in a small pane scrolls each one into it."""
    buttons = [Button(f"button {n}", lambda: None) for n in range(20)]
    pane = ScrollPane(buttons)
    page = opened(stage, pane)
    hand = Hand(stage)
    for _ in range(25):
        hand.key(pygame.K_TAB)
        assert pane.rect.contains(page.focused.rect)


def test_what_is_scrolled_out_of_view_cannot_be_clicked(stage: Stage) -> None:
    """A click below a pane does not reach a button that would lie there if the pane were longer."""
    pressed = []
    buttons = [Button(f"button {n}", lambda: pressed.append(1)) for n in range(20)]
    opened(stage, ScrollPane(buttons))
    hidden = buttons[8]
    assert hidden.rect.top > 220
    Hand(stage).click(hidden.rect.center)
    assert pressed == []


def test_a_pane_can_be_dragged_by_its_bar(stage: Stage) -> None:
    """Dragging the bar to the bottom shows the end."""
    pane = ScrollPane([Text("\n".join(f"line {n}" for n in range(60)))])
    opened(stage, pane)
    bar = pane._bar(stage)
    stage.handle(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=bar.center, button=1))
    stage.handle(pygame.event.Event(pygame.MOUSEMOTION, pos=(bar.centerx, 900), rel=(0, 0), buttons=(1, 0, 0)))
    stage.handle(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(bar.centerx, 900), button=1))
    assert pane.offset == pane.most


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_rows_wrap_instead_of_running_out(make_stage: Callable[..., Stage], scale: float) -> None:
    """Buttons in a row stay inside its width at every text size, in as many rows as that takes, without overlap."""
    stage = make_stage((800, 450), text_scale=scale)
    buttons = [Button("Something to press " + "x" * n, lambda: None, key=Action.HELP) for n in range(6)]
    bottom = place_row(stage, buttons, 10, 10, 700)
    for button in buttons:
        assert button.rect.left >= 10
        assert button.rect.right <= 710
        assert button.rect.bottom <= bottom
        assert button.rect.collidelist([other.rect for other in buttons if other is not button]) == -1


def test_text_too_long_is_shortened_with_an_ellipsis(stage: Stage) -> None:
    """What does not fit ends in an ellipsis and fits then, down to the narrowest room."""
    text = "A place with a name that goes on and on"
    for width in (400, 120, 40):
        short = elided(stage.type, text, 17, width)
        assert stage.type.width(short, 17) <= width
        assert short.endswith("…") or short == text
    assert Text(text, most_lines=1).lines(stage, 120)[-1].endswith("…")


def test_drawing_changes_nothing(stage: Stage) -> None:
    """The same state drawn twice gives the same pixels, whatever the widgets."""
    page = opened(
        stage,
        Button("Go", lambda: None, key=Action.HELP),
        Choice("Size", [(1, "one"), (2, "two")], 1, lambda value: None),
        Toggle("On?", True, lambda on: None),
        NumberField("Light", 3.5, lambda number: None),
    )
    page.focus_on(page.widgets[1])
    pictures = []
    for _ in range(2):
        surface = pygame.Surface(stage.size)
        stage.draw(surface)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[1]
