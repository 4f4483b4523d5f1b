"""The way through the game: title, levels, set off, drive, debrief, and again.

Screens call these functions and never build one another, so each of them can be made and tested alone.  All of them act
at once on the stage they are given.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.app.action import Action
from game.app.jobs import Job
from game.app.keeping import identity, keep_lives, keep_run
from game.model import Level, Weights
from game.session import Bets, Session
from game.steering import WRITTEN, Steering

if TYPE_CHECKING:
    from game.app.course import Course
    from game.app.lives import KeptLife
    from game.app.screen import Screen
    from game.app.screens.ghosts_sheet import Host
    from game.app.stage import Stage
    from game.app.widgets import TextField


def go_to_title(stage: Stage) -> None:
    """Shows the title, with nothing below it."""
    from game.app.screens.title import TitleScreen

    stage.evening = None
    stage.reset(TitleScreen())


def go_to_levels(stage: Stage) -> None:
    """Shows the level list, with the title below it; in a workshop, the step one is at."""
    if stage.course is not None:
        stage.course.show()
        return
    stage.evening = None
    _over_levels(stage)


def _over_levels(stage: Stage, *screens: Screen) -> None:
    from game.app.screens.levels import LevelsScreen
    from game.app.screens.title import TitleScreen

    stage.reset(TitleScreen(), LevelsScreen(), *screens)


def open_file(stage: Stage, path: Path) -> None:
    """Opens a level file from anywhere, as if its card had been pressed, as soon as it has been read.

    A run file is shown over whatever is shown.
    """
    if path.suffix.lower() == ".json":
        open_run(stage, path)
        return
    from game.app.screens.levels import LevelsScreen
    from game.app.screens.title import TitleScreen

    keep_lives(stage)
    stage.library.give(path)
    stage.reset(TitleScreen(), LevelsScreen(path.absolute()))


def go_to_level(stage: Stage, level: Level, file: Path | None = None) -> None:
    """Goes on to a level: past its content note, if it has one that was not read yet, to "before you set off"."""
    from game.app.screens.levels import ContentNoteScreen, LevelsScreen

    stage.evening = None
    if level.content_note.strip() and level.digest not in stage.notes_read:
        if not isinstance(stage.screen, LevelsScreen):
            go_to_levels(stage)
        stage.push(ContentNoteScreen(level, file))
    else:
        go_to_set_off(stage, level, file)


def go_to_set_off(
    stage: Stage,
    level: Level,
    file: Path | None = None,
    *,
    seed: int | None = None,
    value_function: str | None = None,
    bets: Bets | None = None,
    companions: tuple[KeptLife, ...] = (),
    written: Steering | None = None,
) -> None:
    """Shows "before you set off" for a level, with the level list below it; in a workshop, the step one is at."""
    if stage.course is not None:
        stage.course.show()
        return
    from game.app.screens.set_off import SetOffScreen

    if file is not None:
        stage.level_files[level.digest] = file
        stage.change_settings(last_level=str(file))
    _over_levels(stage, SetOffScreen(level, seed, value_function, bets, companions, written))


def solution_of(stage: Stage, level: Level, weights: Weights) -> Job[Any]:
    """The job that solves a level under a value function; its result is a ``game.solver.Solution``.

    Asked for again, it is the same job, so the debrief finds it done.
    """
    return stage.jobs.submit(solve_level, level, weights, key=("solution", level.digest, weights), urgent=True)


def solve_level(level: Level, weights: Weights, progress: Any = None) -> Any:
    """Solves a level in whichever process this is called in; the solver is only loaded there."""
    from game.solver import solve

    return solve(level, weights, progress=progress)


def begin_life(
    stage: Stage, session: Session, script: tuple[str, ...] | None = None, oracles: tuple[str, ...] = ()
) -> None:
    """Shows the drive of a session, with the level list below it, and has its level solved meanwhile.

    With a ``script`` of lane ids the drive replays them.  ``oracles`` drive along, by their labels.
    """
    from game.app.screens.drive import DriveScreen

    job = solution_of(stage, session.level, session.weights)
    _over_levels(stage, DriveScreen(session, job, script=script, oracles=oracles))


def end_life(stage: Stage, session: Session, solution_job: Job[Any] | None = None) -> None:
    """Called by the drive when the life has come to rest: keeps the run file and shows the debrief."""
    from game.app.screens.debrief import DebriefScreen

    keep_run(stage, session)
    stage.change_settings(lives=stage.settings.lives + 1)
    if stage.evening is not None and stage.evening.awaits(session.level, session.seed):
        from game.app.evening import hand_over

        stage.evening.add(session)
        hand_over(stage)
        return
    if solution_job is None or session.weights != session.begun.weights:
        # What was being solved meanwhile is the value function that the life was begun by.
        solution_job = solution_of(stage, session.level, session.weights)
    _over_levels(stage, DebriefScreen(session, solution_job))


def same_water(stage: Stage, session: Session) -> None:
    """Again, with the same water: before you set off, with the same seed and value function."""
    _again(stage, session, session.seed)


def new_water(stage: Stage, session: Session) -> None:
    """Again, in water nobody has seen: before you set off, with a new seed."""
    _again(stage, session, None)


def _again(stage: Stage, session: Session, seed: int | None) -> None:
    written = next((light for light in session.lights if light.name == WRITTEN), None)
    level, by = session.level, session.value_function
    go_to_set_off(stage, level, seed=seed, value_function=by, bets=session.bets, written=written)


def from_fork(stage: Stage, session: Session, decisions: int) -> None:
    """Again from the fork after the first ``decisions`` lanes of a life, in the same water: straight to the drive."""
    begun = session.begun
    again = Session(
        session.level,
        session.seed,
        begun.name,
        begun.weights,
        session.bets,
        list(session.ghosts),
        begun.sentence,
        [turn for turn in session.turns if turn.decisions < decisions],
        [number for number, _ in session.record.glances if number < decisions],
    )
    for lane in session.record.lanes[:decisions]:
        again.choose(lane)
    begin_life(stage, again)


def show_lives(stage: Stage) -> None:
    """Shows the lives that were kept, over the level list."""
    from game.app.screens.lives import LivesScreen

    stage.push(LivesScreen())


def watch_life(stage: Stage, life: KeptLife) -> None:
    """Replays a kept life."""
    from game.files import session_of

    assert life.run is not None
    assert life.level is not None
    session = session_of(life.run, life.level)
    # What is replayed lies in a file already.
    stage.kept_runs[identity(session, life.run.choices)] = life.path
    begin_life(stage, session, script=life.run.choices)


def beside_life(stage: Stage, life: KeptLife) -> None:
    """Shows "before you set off" in the water of a kept life, which drives along."""
    assert life.run is not None
    assert life.level is not None
    go_to_set_off(stage, life.level, seed=life.run.seed, value_function=life.run.value_function, companions=(life,))


def open_run(stage: Stage, path: Path) -> None:
    """Shows what a run file from anywhere holds, and what can be done with it, over whatever is shown."""
    from game.app.screens.lives import LifeSheet

    stage.push(LifeSheet(path.absolute(), friend=True))


def make_level(stage: Stage) -> None:
    """Shows the sandbox, with its sliders where they were left."""
    from game.app.screens.sandbox import SandboxScreen

    stage.push(SandboxScreen(stage.recipe))


def choose_ghosts(stage: Stage, host: Host) -> None:
    """Lays the choice of ghosts over whatever is shown."""
    from game.app.screens.ghosts_sheet import GhostsSheet

    stage.push(GhostsSheet(host))


def choose_exercise(stage: Stage) -> None:
    """Lays the exercises of a workshop over whatever is shown."""
    from game.app.screens.workshop.choosing import ChoosingScreen

    stage.push(ChoosingScreen())


def begin_course(stage: Stage, course: Course) -> None:
    """Begins an exercise, or goes on with it where it was left."""
    if stage.course is not None:
        stage.course.close()
    course.begin()


def show_curtain(stage: Stage) -> None:
    """Takes all text off the screen, or brings it back; only in a workshop."""
    from game.app.screens.workshop.curtain import CurtainScreen

    if isinstance(stage.screen, CurtainScreen):
        stage.pop()
    elif stage.course is not None:
        stage.push(CurtainScreen())


def show_help(stage: Stage) -> None:
    """Lays the help over whatever is shown."""
    from game.app.screens.help import HelpScreen

    stage.push(HelpScreen())


def show_settings(stage: Stage) -> None:
    """Lays the settings over whatever is shown."""
    from game.app.screens.settings import SettingsScreen

    stage.push(SettingsScreen())


def asked_everywhere(stage: Stage, action: Action) -> bool:
    """Help and settings, which can be had from everywhere; whether the action was one of them."""
    if action is Action.HELP:
        show_help(stage)
    elif action is Action.SETTINGS:
        show_settings(stage)
    return action in (Action.HELP, Action.SETTINGS)


def show_actions(stage: Stage) -> None:
    """Lays the sheet of everything that can be asked for over whatever is shown."""
    from game.app.screens.actions import ActionsScreen

    stage.push(ActionsScreen())


def pick_letters(stage: Stage, field: TextField) -> None:
    """Lays letters to pick for a text field over whatever is shown."""
    from game.app.screens.letters import LettersScreen

    stage.push(LettersScreen(field))


def show_transcript(stage: Stage, text: str) -> None:
    """Lays the text of a life over whatever is shown."""
    from game.app.screens.transcript import TranscriptScreen

    stage.push(TranscriptScreen(text))


def show_bindings(stage: Stage) -> None:
    """Lays the sheet of keys and buttons over whatever is shown."""
    from game.app.screens.bindings import BindingsScreen

    stage.push(BindingsScreen())


def choose_saves(stage: Stage) -> None:
    """Lays the choice of the folder that lives are kept in over whatever is shown."""
    from game.app.screens.saves import SavesScreen

    stage.push(SavesScreen())


def show_credits(stage: Stage) -> None:
    """Lays the credits over whatever is shown."""
    from game.app.screens.credits import CreditsScreen

    stage.push(CreditsScreen())


def pause(stage: Stage, session: Session) -> None:
    """Lays the pause over the drive of a session."""
    from game.app.screens.pause import PauseScreen

    stage.push(PauseScreen(session))
