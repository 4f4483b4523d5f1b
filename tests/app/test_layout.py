"""Layout: at every size of window and text nothing is cut off, and nothing lies on something else."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pygame
import pytest
from hand import Hand

from game.app import flow
from game.app.action import Action
from game.app.screens.levels import ContentNoteScreen, LevelsScreen, ProblemsScreen
from game.app.screens.pause import PauseScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.title import TitleScreen
from game.app.stage import Stage
from game.app.widgets import Button, Choice, Form, Heading, ScrollPane, Text, Toggle, Widget
from game.files import read_level
from game.house import shipped_levels
from game.session import Session

SIZES = [(800, 450), (1280, 720), (1920, 1080)]
SCALES = [1.0, 1.5, 2.0]
LEVELS = [read_level(path) for path in sorted(shipped_levels().glob("*.toml"))]
LONG = read_level(sorted(shipped_levels().glob("*.toml"))[1])


def show_title(stage: Stage) -> None:
    """The title, with its level known."""
    stage.push(TitleScreen())


def show_levels(stage: Stage) -> None:
    """The level list, with a broken file in it."""
    stage.push(TitleScreen())
    stage.push(LevelsScreen())


def show_problems(stage: Stage) -> None:
    """The problems of the broken file."""
    show_levels(stage)
    Hand(stage).wait(5)
    broken = next(entry for entry in stage.library.entries or () if entry.level is None)
    stage.push(ProblemsScreen(broken))


def show_note(stage: Stage) -> None:
    """The content note of the long level."""
    show_levels(stage)
    stage.push(ContentNoteScreen(LONG, None))


def show_set_off(stage: Stage) -> None:
    """Before setting off on the long level, with some lanes planned."""
    screen = SetOffScreen(LONG, seed=1)
    stage.push(screen)
    Hand(stage).wait(2)
    for _ in range(3):
        screen.map._become(screen.map.draft.extended(screen.map.draft.open_lanes[0].id))


def show_pause(stage: Stage) -> None:
    """The pause over the title, which is enough to lie over."""
    stage.push(TitleScreen())
    stage.push(PauseScreen(Session(LONG, 1, "mine", LONG.weights())))


def over_title(show: Callable[[Stage], None]) -> Callable[[Stage], None]:
    """A sheet over the title."""

    def shown(stage: Stage) -> None:
        stage.push(TitleScreen())
        show(stage)

    return shown


SCREENS = {
    "title": show_title,
    "levels": show_levels,
    "problems": show_problems,
    "note": show_note,
    "set_off": show_set_off,
    "pause": show_pause,
    "help": over_title(flow.show_help),
    "settings": over_title(flow.show_settings),
    "credits": over_title(flow.show_credits),
}


@pytest.fixture(params=list(itertools.product(SCREENS, SIZES, SCALES)), ids=str)
def form(request: pytest.FixtureRequest, make_stage: Callable[..., Stage], own_home: Path) -> Form:
    """Every screen at every size of window and text."""
    name, size, scale = request.param
    (own_home / "levels").mkdir(parents=True)
    (own_home / "levels" / "a_level_with_a_rather_long_name.toml").write_text(
        'format = 1\ntitle = "x"\nyears = 900\nsigth = 3\nstart = "nowhere"\n', encoding="utf-8"
    )
    stage = make_stage(size, text_scale=scale)
    stage.home = own_home
    SCREENS[name](stage)
    Hand(stage).wait(12)
    assert isinstance(stage.screen, Form)
    return stage.screen


def loose(form: Form) -> list[Widget]:
    """The widgets outside panes that are to be seen."""
    return [w for w in form.widgets if w.rect.width and (w.enabled or not isinstance(w, Button))]


def test_nothing_is_cut_off_or_out_of_reach(form: Form) -> None:
    """At every size of window and text each screen fits, reads whole, can be walked through and draws alike twice."""
    inside_and_apart(form)
    panes_show_all(form)
    no_text_cut_off(form)
    drawn_alike(form)
    focus_reaches_everything(form)


def inside_and_apart(form: Form) -> None:
    """Widgets stay inside the window, and none lies on another; a map may lie under them."""
    whole = pygame.Rect((0, 0), form.stage.size)
    widgets = loose(form)
    for widget in widgets:
        assert whole.contains(widget.rect), (widget.says(), widget.rect)
    ground = getattr(form, "map", None)
    for one, other in itertools.combinations([w for w in widgets if w is not ground], 2):
        assert not one.rect.colliderect(other.rect), (one.says(), one.rect, other.says(), other.rect)


def panes_show_all(form: Form) -> None:
    """What is in a pane is no wider than it, lies apart, and can be scrolled into view."""
    for pane in (w for w in form.widgets if isinstance(w, ScrollPane)):
        assert pane.rect.height >= form.stage.em(24), pane.rect
        for child in pane.children:
            assert pane.rect.left <= child.rect.left
            assert child.rect.right <= pane.rect.right + 1, child.says()
            assert child.rect.bottom - pane.rect.top + pane.offset <= pane.height
        for one, other in itertools.combinations(pane.children, 2):
            assert not one.rect.colliderect(other.rect), (one.says(), other.says())


def no_text_cut_off(form: Form) -> None:
    """Every label, heading and paragraph has the room it needs."""
    stage = form.stage
    for widget in form._all():
        if isinstance(widget, Heading):
            assert widget.lines(stage, widget.rect.width)[0] == widget.text_
        elif isinstance(widget, Text):
            assert widget.size(stage, widget.rect.width)[1] <= widget.rect.height, widget.says()
        elif isinstance(widget, Button | Toggle) and widget.rect.width:
            assert widget.size(stage, 100_000)[0] <= widget.rect.width, widget.says()
        elif isinstance(widget, Choice):
            for (_, label), place in zip(widget.options, widget._segments(stage, widget.rect.width), strict=True):
                assert stage.type.width(label, 17) <= place.width - stage.em(24), label


def focus_reaches_everything(form: Form) -> None:
    """Tab alone visits every widget that can be used, and each is in view while it has the focus, top first."""
    hand = Hand(form.stage)
    wanted = set(map(id, form._reachable()))
    seen = set()
    for _ in range(len(wanted) + 2):
        form.press(Action.NEXT)
        hand.wait(1)
        focused = form.focused
        assert focused is not None
        seen.add(id(focused))
        pane = form._pane_of(focused)
        if pane is not None:
            assert pane.rect.top <= focused.rect.top or focused.rect.height > pane.rect.height
            assert pane.rect.colliderect(focused.rect)
    assert seen == wanted


def drawn_alike(form: Form) -> None:
    """Drawing works at every size, changes nothing, and the screen has a transcript."""
    pictures = []
    for _ in range(2):
        surface = pygame.Surface(form.stage.size)
        form.stage.draw(surface)
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert pictures[0] == pictures[1]
    assert form.transcript().strip()
