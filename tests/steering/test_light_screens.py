"""Value functions by hand: written on a sheet, taken up at a fork, put down over three, looked back on by another."""

from __future__ import annotations

from dataclasses import replace

import pygame
from known_levels import TWO_LIGHTS, TWO_LIGHTS_TEXT

from game.app import flow
from game.app.action import Action
from game.app.screens.debrief import DebriefScreen
from game.app.screens.drive import DriveScreen
from game.app.screens.set_off import SetOffScreen
from game.app.screens.whose_light import WhoseLightScreen
from game.app.screens.write_light import WriteLightScreen
from game.app.stage import Stage
from game.app.widgets import Slider, TextField
from game.files import level_from_text
from game.steering import WRITTEN, Steering


def wait(stage: Stage, ticks: int = 30) -> None:
    """Lets ticks pass and a frame be drawn."""
    surface = pygame.Surface(stage.size)
    for _ in range(ticks):
        stage.update()
    stage.draw(surface)


def driving(stage: Stage, value_function: str = "counter") -> DriveScreen:
    """A life just begun on the water."""
    flow.go_to_set_off(stage, TWO_LIGHTS, seed=1, value_function=value_function)
    wait(stage, 5)
    stage.ask(Action.SKIP)
    wait(stage)
    assert isinstance(stage.screen, DriveScreen)
    return stage.screen


def take(stage: Stage, drive: DriveScreen, lane: str) -> None:
    """Takes a lane to its end."""
    drive.hands.choose(lane)
    stage.ask(Action.SKIP)
    wait(stage, 3)


def test_letting_go_by_hand_takes_three_forks(stage: Stage) -> None:
    """C and Enter at three forks put the counter down; until then everything is counted by it, and said so."""
    drive = driving(stage)
    for fork in range(1, 4):
        assert "counter" in drive.transcript()
        stage.ask(Action.LIGHT)
        assert isinstance(stage.screen, WhoseLightScreen)
        assert f"open at {fork - 1} of 3" in stage.screen.transcript()
        stage.ask(Action.CONFIRM)
        assert stage.screen is drive
        if fork < 3:
            assert f"{fork} of 3" in drive.transcript()
            take(stage, drive, "shine")
    assert drive.session.value_function == "notebook"
    assert [turn.decisions for turn in drive.session.turns] == [0, 1, 2]


def test_at_one_fork_the_hand_opens_once(stage: Stage) -> None:
    """Asked for again at the same fork there is nothing to press for the same wish, and the sheet says why."""
    drive = driving(stage)
    stage.ask(Action.LIGHT)
    stage.ask(Action.CONFIRM)
    stage.ask(Action.LIGHT)
    said = stage.screen.transcript()
    assert "At this fork that is all" in said
    assert "notebook" not in said
    assert drive.session.hand.opened == 1


def test_what_is_counted_is_a_number_and_the_rest_glows(stage: Stage) -> None:
    """By the counter the fork shows exact light; by the notebook no number of craft is anywhere to be seen."""
    crisp = driving(stage)
    assert "+3 light a year" in crisp.transcript()
    assert "Light so far: 0" in crisp.transcript()
    vague = driving(stage, "notebook")
    told = vague.transcript()
    assert "a bright glow" in told
    assert "light a year" not in told
    assert [row.glow for row in vague.hands.fork.rows] == [
        {"work": 4, "shine": 1, "train": 2}[row.lane.id] for row in vague.hands.fork.rows
    ]
    take(stage, vague, "work")
    stage.ask(Action.LIST)
    assert "+2" not in stage.screen.transcript()
    assert "a glow of craft" in next(row.by_value for row in vague.hands.fork.rows if row.lane.id == "work")
    assert "fame +3" in next(row.by_value for row in vague.hands.fork.rows if row.lane.id == "shine")


def test_one_writes_with_keys_alone(stage: Stage) -> None:
    """Before setting off: arrows weigh, letters write, and the life is begun by what stands there."""
    screen = SetOffScreen(TWO_LIGHTS, seed=1)
    stage.push(screen)
    screen._write()
    page = stage.screen
    assert isinstance(page, WriteLightScreen)
    sliders = [widget for widget in page.pane.children if isinstance(widget, Slider)]
    assert [slider.value for slider in sliders] == [0.0, 1.0]
    page.focus_on(sliders[0])
    for _ in range(7):
        stage.ask(Action.RIGHT)
    page.focus_on(sliders[1])
    for _ in range(12):
        stage.ask(Action.LEFT)
    page.focus_on(next(widget for widget in page.pane.children if isinstance(widget, TextField)))
    for char in "Make  it hold.":
        page.text(char)
    page.take()
    assert screen.steering == Steering(WRITTEN, (0.7, 0.0), "Make it hold.")
    assert "Make it hold." in screen.transcript()
    screen.set_off()
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    assert drive.session.begun == screen.steering


def test_what_one_steers_by_is_where_one_begins(stage: Stage) -> None:
    """A weight between two steps of its slider is kept as it is until somebody moves it."""
    page = WriteLightScreen(TWO_LIGHTS, Steering("counter", (0.15, 1.0)), lambda own: None)
    stage.push(page)
    assert page.written.weights == (0.15, 1.0)
    slider = next(widget for widget in page.pane.children if isinstance(widget, Slider))
    page.focus_on(slider)
    stage.ask(Action.RIGHT)
    assert page.written.weights == (0.2, 1.0)


def test_a_slider_follows_the_pointer(stage: Stage) -> None:
    """A press on the rail sets the weight, a drag moves it, and letting go ends that."""
    page = WriteLightScreen(TWO_LIGHTS, Steering("counter", (0.0, 1.0)), lambda own: None)
    stage.push(page)
    page.layout(stage.size)
    slider = next(widget for widget in page.pane.children if isinstance(widget, Slider))
    rail = slider.rail(stage)
    page.pointer("down", (rail.centerx, rail.centery), 1)
    assert page.weights[0] == 0.5
    page.pointer("move", (rail.right, rail.centery))
    page.pointer("up", (rail.right, rail.centery), 1)
    assert page.weights[0] == 1.0
    page.pointer("move", (rail.left, rail.centery))
    assert page.weights[0] == 1.0


def test_nothing_at_all_cannot_be_steered_by(stage: Stage) -> None:
    """While every weight is 0 the page cannot be taken up, and says what that would mean."""
    page = WriteLightScreen(TWO_LIGHTS, Steering("nothing", (0.0, 0.0)), lambda own: None)
    stage.push(page)
    assert not page._take.enabled
    assert "as dark as the next" in page.transcript()


def test_on_the_train_the_page_opens_by_itself_once(stage: Stage) -> None:
    """A lane that writes opens the blank page under way; looked past, it does not open again on that ride."""
    drive = driving(stage)
    drive.hands.choose("train")
    wait(stage, 240)
    page = stage.screen
    assert isinstance(page, WriteLightScreen)
    assert "The slow train" in page.transcript()
    stage.ask(Action.BACK)
    assert stage.screen is drive
    wait(stage, 60)
    assert stage.screen is drive
    assert drive.session.turns == ()
    stage.ask(Action.SKIP)
    drive.hands.choose("train")
    wait(stage, 240)
    assert isinstance(stage.screen, WriteLightScreen)
    stage.screen.weights = [1.0, 0.0]
    stage.screen.take()
    assert drive.session.hand.wanted == Steering(WRITTEN, (1.0, 0.0), "")


def test_a_level_that_keeps_it_says_so(stage: Stage) -> None:
    """Where nothing may be changed on the way, C says that it stays in one's hand, and the bar does not offer it."""
    shut = level_from_text(TWO_LIGHTS_TEXT.replace("may_change = true\n", ""))
    flow.go_to_set_off(stage, shut, seed=1)
    wait(stage, 5)
    stage.ask(Action.SKIP)
    wait(stage)
    drive = stage.screen
    assert isinstance(drive, DriveScreen)
    assert all(button.action is not Action.LIGHT for button in drive.showing().bar)
    stage.ask(Action.LIGHT)
    assert stage.screen is drive
    assert "stays in your hand" in drive.transcript()


def test_the_debrief_by_another_light_stays_on_its_page(stage: Stage) -> None:
    """C goes round the value functions of the life: each page is worked out anew, and both sums stand on the first."""
    drive = driving(stage)
    for lane in ("shine", "work", "work", "shine", "shine"):
        take(stage, drive, lane)
    wait(stage, 5)
    stage.ask(Action.CONFIRM)
    book = stage.screen
    assert isinstance(book, DebriefScreen)
    wait(stage, 10)
    # By hand: craft 1, fame 9, so 9 by the counter and 5.5 by the notebook.
    both = "as “{}” counts it\nThe same life, summed by each light:\n{}: {}\n{}: {}\n"
    assert both.format("counter", "counter", 9, "notebook", 5.5) in book.transcript()
    stage.ask(Action.LIGHT)
    wait(stage, 10)
    assert both.format("notebook", "notebook", 5.5, "counter", 9) in book.transcript()
    for index in range(1, len(book.pages) - 1):
        stage.ask(Action.RIGHT)
        wait(stage, 5)
        before = book.transcript()
        stage.ask(Action.LIGHT)
        wait(stage, 5)
        assert book.index == index
        assert book.transcript() != before
    assert drive.session.value_function == "counter"


def test_a_life_that_changed_is_solved_by_what_it_came_to(stage: Stage) -> None:
    """The debrief of a life that ended by another light than it began by explains that one."""
    drive = driving(stage, "notebook")
    drive.session.turn_to(Steering("counter", (0.0, 1.0), "To be seen, only seen."))
    for _ in range(5):
        take(stage, drive, "shine")
    wait(stage, 5)
    stage.ask(Action.CONFIRM)
    book = stage.screen
    assert isinstance(book, DebriefScreen)
    wait(stage, 10)
    assert "as “counter” counts it\n“To be seen, only seen.”\n" in book.pages[0].transcript()
    assert "\ncounter: 15\n" in book.pages[0].transcript()
    assert "In your hand, one after another: notebook → counter." in book.pages[0].transcript()
    assert book.solution_job.result.problem.weights == (0.0, 1.0)


def test_the_overlay_is_crisp_by_the_counter_and_vague_by_the_notebook(stage: Stage) -> None:
    """On the map every lane has its figure by the counter; by the notebook it glows, and is another picture."""
    crisp = driving(stage)
    figures = crisp.scene.frame(0.0, crisp.hands.fork, None, None).lit
    assert figures == {"work": "0", "shine": "+3", "train": "0"}
    vague = driving(stage, "notebook")
    glows = vague.scene.frame(0.0, vague.hands.fork, None, None).lit
    assert glows == {"work": 4, "shine": 1, "train": 2}
    assert vague.view is not None
    pictures = []
    for lit in (figures, glows, {}):
        surface = pygame.Surface(stage.size)
        vague.view.draw(surface, replace(vague.scene.frame(0.0, vague.hands.fork, None, None), lit=lit))
        pictures.append(pygame.image.tobytes(surface, "RGB"))
    assert len(set(pictures)) == 3
