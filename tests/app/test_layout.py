"""Layout: on every screen nothing is cut off, nothing lies on something else, and all that is written can be read.

All screens hang in ``gallery.py``.  Each is brought up as a person would see it and looked at: by the places of its
widgets where it has some, and by what ends up on the frame (``looking.py``) wherever it comes from.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from gallery import GALLERY, prepare, screen_classes
from hand import Hand
from looking import Looker

from game.app.action import Action
from game.app.screens.drive import DriveScreen
from game.app.settings import COLOURS
from game.app.stage import Stage
from game.app.widgets import Button, Choice, Form, Heading, ScrollPane, Text, Toggle, Widget

Sized = tuple[tuple[int, int], float, str, str]
QUICK: list[Sized] = [((800, 450), 2.0, "dusk", "usual")]
"""The size of window and text in which every screen is looked at with every run of the tests: the hardest."""

SLOW: list[Sized] = [
    *itertools.product(((1280, 720), (800, 450)), (1.0, 2.0), ("day", "dusk", "rose"), ("usual",)),
    *itertools.product(((1280, 720),), (1.0,), ("day", "dusk", "rose"), COLOURS[1:]),
    *itertools.product(((1920, 1080),), (1.0, 1.5, 2.0), ("rose",), ("usual",)),
    *itertools.product(((800, 450), (1280, 720)), (1.25, 1.5), ("day",), ("usual",)),
]
"""All the others; they are looked at by the slow tests."""

SETTLED = 25
"""Ticks after which one screen has faded into the next."""

# What may be shortened where the window is small or the text large: names that are told whole elsewhere.
MAY_BE_SHORT = {"fork", "lane", "helm", "chase_fork", "chase_helm", "chase_lane", "replay", "pause", "list", "set_off"}
MAY_BE_SHORT |= {"write_light", "whose_light", "lent"}


@pytest.fixture
def bring_up(
    make_stage: Callable[..., Stage], own_home: Path
) -> Iterator[Callable[[str, Sized], tuple[Stage, Looker]]]:
    """Brings up a screen of the gallery with a looker that has seen it being made."""
    lookers: list[Looker] = []

    def bring(name: str, sized: Sized) -> tuple[Stage, Looker]:
        size, scale, mood, colours = sized
        prepare(own_home)
        lookers.append(Looker())
        lookers[-1].__enter__()
        stage = make_stage(size, text_scale=scale, palette=mood, colours=colours)
        stage.home = own_home
        GALLERY[name](stage)
        Hand(stage).wait(SETTLED)
        return stage, lookers[-1]

    yield bring
    for looker in lookers:
        looker.__exit__()


def check(name: str, sized: Sized, stage: Stage, looker: Looker) -> None:
    """Everything that must hold of a screen, at any size and in any colours."""
    sight = looker.look(stage)
    assert sight.spots
    assert sight.faint() == []
    assert sight.cut() == []
    assert without_foot(sight.covered(), stage) == []
    assert sight.overlapping() == []
    if name not in MAY_BE_SHORT:
        assert sight.shortened() == []
    form = stage.screen
    assert form is not None
    assert form.transcript().strip()
    if isinstance(form, Form):
        inside_and_apart(form)
        panes_show_all(form)
        no_text_cut_off(form)
        drawn_alike(form)
        focus_reaches_everything(form)


def without_foot(found: list[str], stage: Stage) -> list[str]:
    """What is covered, but for the keys of lanes on a map, and for the foot of a page, which fades where it goes on."""
    page, found = getattr(stage.screen, "page", None), [each for each in found if not each[1].isdigit()]
    return [] if page is not None and page.most else found


@pytest.mark.parametrize("name", GALLERY)
@pytest.mark.parametrize("sized", QUICK, ids=str)
def test_every_screen_can_be_read(name: str, sized: Sized, bring_up: Callable[..., tuple[Stage, Looker]]) -> None:
    """Each screen fits, reads whole, has the contrast it needs, and can be walked through, small and at double text."""
    check(name, sized, *bring_up(name, sized))


@pytest.mark.slow
@pytest.mark.parametrize("name", GALLERY)
@pytest.mark.parametrize("sized", [sized for sized in SLOW if sized not in QUICK], ids=str)
def test_every_screen_can_be_read_in_all_lights(
    name: str, sized: Sized, bring_up: Callable[..., tuple[Stage, Looker]]
) -> None:
    """The same at more sizes of window and text, in three moods, and in the colours for every kind of eyes."""
    check(name, sized, *bring_up(name, sized))


def test_every_screen_hangs_in_the_gallery(make_stage: Callable[..., Stage], own_home: Path) -> None:
    """There is no class of screens that no entry of the gallery brings up; a new one must be hung there."""
    prepare(own_home)
    seen = set()
    for name, show in GALLERY.items():
        if name.startswith("debrief_") and name != "debrief_0":
            continue
        stage = make_stage((640, 360), reduced_motion=True)
        stage.home = own_home
        show(stage)
        seen |= {type(screen) for screen in stage.screens}
    assert {cls.__name__ for cls in screen_classes() - seen} == set()


def loose(form: Form) -> list[Widget]:
    """The widgets outside panes that are to be seen."""
    return [w for w in form.widgets if w.rect.width and (w.enabled or not isinstance(w, Button))]


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
        for child in solid(pane.children):
            assert pane.rect.left <= child.rect.left
            assert child.rect.right <= pane.rect.right + 1, child.says()
            assert child.rect.bottom - pane.rect.top + pane.offset <= pane.height
        for one, other in itertools.combinations(solid(pane.children), 2):
            assert not one.rect.colliderect(other.rect), (one.says(), other.says())


def solid(widgets: list[Widget]) -> list[Widget]:
    """Those that say something or can be used; sheets of paper and veils lie under others on purpose."""
    return [widget for widget in widgets if widget.focusable or widget.says()]


def no_text_cut_off(form: Form) -> None:
    """Every label, heading and paragraph has the room it needs."""
    stage = form.stage
    for widget in form._all():
        if isinstance(widget, Heading):
            assert widget.lines(stage, widget.rect.width)[0] == widget.text_
        elif isinstance(widget, Text):
            assert not widget.text_ or widget.size(stage, widget.rect.width)[1] <= widget.rect.height, widget.says()
        elif type(widget) in (Button, Toggle) and widget.rect.width:
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


@pytest.mark.parametrize("name", ["fork", "lane"])
def test_the_card_of_the_year_hides_no_name_in_large_text(name: str, make_stage: Callable[..., Stage]) -> None:
    """With text at 200 % the card in the top left corner lies over no place's disc or name on the map seen whole."""
    stage = make_stage(text_scale=2.0)
    GALLERY[name](stage)
    stage.draw(pygame.Surface(stage.size))
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    assert drive.view is not None
    card = next(each for each in drive.hud.papers(drive.showing()) if each.left < 60 and each.top < 60)
    view = drive.view
    assert [place for place, at in view.geo.places.items() if card.collidepoint(view.to_screen(at))] == []
    assert [place for place, name in view.label_rects().items() if card.colliderect(name)] == []
