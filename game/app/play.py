"""Playing: opens the window, with what is kept of this person, and runs the game in it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from game.app import flow
from game.app.jobs import Jobs
from game.app.keeping import identity, keep_lives
from game.app.pads import real_pads
from game.app.screens.title import TitleScreen
from game.app.settings import Settings, settings_kept_aside, write_settings
from game.app.sound.deck import Deck
from game.app.stage import Stage
from game.app.window import Window
from game.files import Run, read_level, session_of, user_folder, worlds_folder
from game.model import Level
from game.words import LANGUAGES, say, speak


def run(
    level_path: Path | None = None,
    replay: Run | None = None,
    language: str | None = None,
    opening: Callable[[Stage], None] | None = None,
    run_file: Path | None = None,
) -> int:
    """Plays until the window is closed and returns the exit status, 0.

    With a level it begins before setting off on it; with a run to replay as well, which lies in ``run_file``, it shows
    that life.  Without a ``language`` that of the settings is spoken, or the one spoken already where they leave it
    open.  An ``opening`` puts something else on the stage to begin with.  Raises LevelFaults for a level that cannot be
    played and ``window.NoDisplay`` where there is no screen.
    """
    home = user_folder()
    kept = home / "settings.json"
    settings, aside = settings_kept_aside(kept)
    if language is not None or settings.language in LANGUAGES:
        speak(language or settings.language)
    level = None if level_path is None else read_level(level_path)
    with contextlib.suppress(OSError):
        (home / "levels").mkdir(parents=True, exist_ok=True)
    window = Window(say("app.name"), full_screen=settings.full_screen)
    stage = Stage(window.size, settings, Jobs())
    stage.shown = False  # the first frame waits for nothing that it does not show
    stage.home, stage.worlds = home, worlds_folder()
    stage.sound.deck = Deck()
    stage.pads = real_pads()
    if aside is not None:
        stage.settings_aside = aside
        stage.badge.tell(say("settings.aside", file=aside.name), stays=8.0)
    stage.on_settings = lambda changed: _keep(changed, kept)
    stage.on_file = lambda path: flow.open_file(stage, path)
    stage.on_quit = lambda: keep_lives(stage)
    if opening is not None:
        opening(stage)
    else:
        begin(stage, level, level_path, replay, run_file)
    window.run(stage)
    return 0


def begin(
    stage: Stage, level: Level | None, file: Path | None, replay: Run | None, run_file: Path | None = None
) -> None:
    """Puts the first screen on the stage; ``file`` is the level's, ``run_file`` that of the run to replay."""
    if level is None:
        stage.push(TitleScreen())
    elif replay is None:
        if file is not None:
            stage.library.give(file)
        flow.go_to_level(stage, level, file)
    else:
        session = session_of(replay, level)
        # What is replayed lies in a file already.
        stage.kept_runs[identity(session, replay.choices)] = run_file or Path()
        flow.begin_life(stage, session, script=replay.choices)


def _keep(settings: Settings, file: Path) -> None:
    """Keeps the settings; where that cannot be done they hold until the window is closed."""
    with contextlib.suppress(OSError):
        write_settings(settings, file)
