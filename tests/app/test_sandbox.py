"""The sandbox: sliders that never wait, the level that they make, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from game.app import flow
from game.app.action import Action
from game.app.drafts import RANGES, draw_draft, keep_draft, weigh_draft, within
from game.app.jobs import Job, Jobs
from game.app.screens.sandbox import SandboxScreen
from game.app.screens.set_off import SetOffScreen
from game.app.settings import Settings
from game.app.stage import Stage
from game.app.widgets import Scale
from game.files import read_level
from game.generator import Recipe, generate, recipe_faults
from game.generator.appraisal import appraise, sentences

SMALL = Recipe(places=5, lanes=10, currents=2, years=5, seed=7)


class Waiting(Jobs):
    """Jobs that are taken down and never done until somebody does them."""

    def __init__(self) -> None:
        super().__init__(in_process=True)
        self.asked: list[Job[Any]] = []

    def submit(self, fn: Callable[..., Any], *args: Any, key: Any = None, urgent: bool = False) -> Job[Any]:
        """A job that waits."""
        self.asked.append(Job(fn, args, key))
        return self.asked[-1]


def sandbox(stage: Stage, recipe: Recipe = SMALL) -> SandboxScreen:
    """The sandbox on a stage, after a second."""
    stage.recipe = recipe
    flow.make_level(stage)
    screen = stage.screen
    assert isinstance(screen, SandboxScreen)
    for _ in range(20):
        screen.update(0.06)
    return screen


@pytest.mark.parametrize("name", RANGES)
def test_both_ends_of_every_slider_make_a_level(name: str) -> None:
    """Whatever the other sliders say, each end gives a recipe that can be made and lies on the sliders."""
    values = {key: (least, most) for key, (least, most) in RANGES.items() if key != "volatility"}
    values["volatility"] = (0, 1)
    others = [key for key in ("places", "lanes", "years", "currents") if key != name]
    for end in (*values[name], *((None,) if name == "sight" else ())):
        for ends in product(*(values[other] for other in others)):
            wish = replace(Recipe(), **{name: end}, **dict(zip(others, ends, strict=True)))  # type: ignore[arg-type]
            recipe = within(wish)
            assert recipe_faults(recipe) == ()
            for key, (least, most) in values.items():
                found = getattr(recipe, key)
                assert found is None or least <= found <= most, (key, recipe)


def test_the_level_is_told_with_what_a_plan_would_lose(stage: Stage) -> None:
    """The card says the level's name and the appraisal's own sentences, and the map has the size of its place."""
    screen = sandbox(stage)
    level = generate(SMALL)
    said = screen.transcript()
    assert level.title in said
    for sentence in sentences(appraise(level)):
        assert sentence in said
    assert screen.draft is not None
    assert screen.draft.level == level
    assert screen.draft.size == screen.card.picture_rect(stage).size


def test_sliders_that_do_not_go_together_move_along(stage: Stage) -> None:
    """More places than lanes bring more lanes with them, and all sliders say what is made."""
    screen = sandbox(stage)
    screen._sliders["places"].choose(30)
    assert screen.recipe.lanes >= screen.recipe.places == 30
    assert screen._sliders["lanes"].value == screen.recipe.lanes
    assert recipe_faults(screen.recipe) == ()


def test_nothing_waits_for_the_map() -> None:
    """However often the sliders move while a map is drawn, one is drawn at a time, and next the newest wish."""
    jobs = Waiting()
    stage = Stage((1280, 720), Settings(), jobs)
    screen = sandbox(stage)
    for years in range(10, 30):
        screen._sliders["years"].choose(years)
        screen.update(0.02)
    drawing = [job for job in jobs.asked if job.fn is draw_draft]
    assert [job.args[0].years for job in drawing] == [5]
    assert not screen.play.enabled
    drawing[0]._end(result=draw_draft(*drawing[0].args))
    screen.update(0.02)
    drawing = [job for job in jobs.asked if job.fn is draw_draft]
    assert [job.args[0].years for job in drawing] == [5, 29]
    drawing[1]._end(result=draw_draft(*drawing[1].args))
    screen.update(0.02)
    assert screen.play.enabled
    assert [job.fn for job in jobs.asked].count(weigh_draft) == 0
    screen.update(0.6)
    weighing = [job for job in jobs.asked if job.fn is weigh_draft]
    assert len(weighing) == 1
    weighing[0]._report("treasure_map", 0.25)
    screen.update(0.02)
    assert "25 %" in screen.transcript()
    screen._sliders["years"].choose(12)
    assert weighing[0].done
    assert "25 %" not in screen.transcript()


def test_play_and_keep(stage: Stage, tmp_path: Path) -> None:
    """Kept, the level is a file that reads back as it was, under a free name; played, it is the one that is shown."""
    stage.home = tmp_path
    screen = sandbox(stage)
    level = generate(SMALL)
    for number in range(2):
        path = keep_draft(level, tmp_path / "levels", SMALL.seed)
        assert read_level(path) == level
        assert path.stem.endswith("-2") == bool(number)
    screen.focused = screen.keep
    screen.press(Action.CONFIRM)
    screen.update(0.02)
    assert "-3.toml" in screen.transcript()
    assert not screen.keep.enabled
    screen.focused = screen.play
    screen.press(Action.CONFIRM)
    assert isinstance(stage.screen, SetOffScreen)
    assert stage.screen.level == level


def test_a_level_that_cannot_be_kept_is_no_disaster(stage: Stage, tmp_path: Path) -> None:
    """Where nothing can be written the card says why, and the button can be pressed again."""
    stage.home = tmp_path / "file"
    stage.home.write_text("not a folder")
    screen = sandbox(stage)
    screen.focused = screen.keep
    screen.press(Action.CONFIRM)
    screen.update(0.02)
    assert "could not be kept" in screen.transcript()
    assert screen.keep.enabled


def test_a_slider_by_keys_and_by_pointer(stage: Stage) -> None:
    """Arrows go on by one and stop at the ends; the pointer drags the knob, even beyond the line, until it lets go."""
    screen = sandbox(stage)
    slider: Scale[int] = screen._sliders["currents"]
    heard: list[int] = []
    slider.on_change = heard.append
    screen.focused = slider
    for action in (Action.RIGHT, Action.RIGHT, Action.LEFT, *[Action.LEFT] * 9):
        screen.press(action)
    assert heard == [3, 4, 3, 2, 1, 0]
    line = slider.line(stage)
    screen.pointer("down", (line.right, line.centery), 1)
    screen.pointer("move", (line.left + line.width / 2, line.centery + 300))
    assert (slider.value, screen.focused) == (6, slider)
    screen.pointer("move", (line.left - 500, line.centery))
    screen.pointer("up", (line.left - 500, line.centery), 1)
    screen.pointer("move", (line.right, line.centery))
    assert heard[6:] == [12, 6, 0]
    screen.press(Action.DOWN)
    assert screen.focused is screen._sliders["volatility"]


@pytest.mark.parametrize(("size", "scale"), [((1280, 720), 1.0), ((1280, 720), 2.0), ((640, 360), 1.5)])
def test_everything_can_be_reached_at_any_size(
    make_stage: Callable[..., Stage], size: tuple[int, int], scale: float
) -> None:
    """With the keys alone every slider and button comes into view, inside the window."""
    stage = make_stage(size, text_scale=scale)
    screen = sandbox(stage)
    seen = set()
    for _ in range(len(RANGES) + 4):
        screen.press(Action.NEXT)
        assert screen.focused is not None
        assert stage.size[0] >= screen.focused.rect.right
        assert 0 <= screen.focused.rect.top < stage.size[1]
        seen.add(screen.focused.says())
    assert {slider.says() for slider in screen._sliders.values()} <= seen


@pytest.mark.slow
@pytest.mark.parametrize("sight", [None, 1, 3])
def test_the_largest_level_of_the_sliders_is_weighed_in_time(sight: int | None) -> None:
    """At the sliders' far ends there is an answer as well, told with its error."""
    ends = {name: RANGES[name][1] for name in ("places", "lanes", "currents", "years")}
    level = generate(within(Recipe(volatility=0.5, sight=sight, **ends)))
    told: list[float] = []
    found = weigh_draft(level, lambda stage, done: told.append(done))
    assert found.gap > 0
    assert found.step_by_step.value > found.best_fixed_plan.value
    assert told[-1] > 0.9
