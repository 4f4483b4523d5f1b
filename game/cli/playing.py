"""``water-lanes play`` and ``water-lanes demo``: the window, and a life through the real screens without one."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.cli.arguments import FILM_POLICY, FILM_SEED, parser
from game.cli.naming import level_path
from game.cli.refusal import Refusal
from game.files import Run, printable, read_level
from game.words import LANGUAGE_VARIABLE, language_like, say

if TYPE_CHECKING:
    from game.app.stage import Stage


def play_command(arguments: argparse.Namespace) -> int:
    """Opens the window, with a level where one is named.  Raises LevelFaults and Refusal."""
    path = None if arguments.level is None else level_path(arguments.level)
    return open_window(path, hint=say("cli.play.without_display"), language=asked_language(arguments))


def asked_language(arguments: argparse.Namespace) -> str | None:
    """The language asked for by an option or a variable; None where the player's settings decide."""
    return getattr(arguments, "language", None) or language_like(os.environ.get(LANGUAGE_VARIABLE, ""))


def open_window(
    path: Path | None,
    run: Run | None = None,
    *,
    hint: str,
    language: str | None,
    opening: Callable[[Stage], None] | None = None,
    run_file: Path | None = None,
) -> int:
    """Opens the window with a level, or with a run to replay on it; returns the exit status when it is closed.

    The run lies in ``run_file``.  Raises Refusal where no window can be opened; ``hint`` says what can be done instead.
    Without a ``language`` the player's settings decide which is spoken.  An ``opening`` puts something else on the
    stage to begin with.
    """
    if not _has_display():
        raise Refusal(say("cli.no_display", reason=say("cli.no_desktop"), hint=hint))
    require_pygame_ce()
    from game.app.play import run as run_window
    from game.app.window import NoDisplay

    try:
        return run_window(path, replay=run, language=language, opening=opening, run_file=run_file)
    except NoDisplay as error:
        raise Refusal(say("cli.no_display", reason=printable(str(error)), hint=hint)) from error


def demo_command(arguments: argparse.Namespace) -> int:
    """Plays a life through the real loop and screens, and leaves its pictures, run file and transcript in a folder.

    Raises LevelFaults and Refusal.
    """
    from game.policies import UnknownPolicy, require_policy

    path = level_path(arguments.level)
    level = read_level(path)
    policy, seed, out, film = arguments.policy, arguments.seed, arguments.out, arguments.film
    if film is None and None in (policy, seed, out):
        parser().error(say("cli.demo.incomplete"))
    policy = FILM_POLICY if policy is None else policy
    seed = FILM_SEED if seed is None else seed
    try:
        require_policy(policy, level)
    except UnknownPolicy as error:
        raise Refusal(str(error)) from error
    folders = [folder for folder in (out, film) if folder is not None]
    for folder in folders:
        _make_folder(folder)
    require_pygame_ce()
    from game.app.demo import run_demo
    from game.app.film import run_film
    from game.solver import TooLarge

    try:
        for folder in folders:
            run = run_demo if folder is out else run_film
            run(level, policy, seed, folder)
    except TooLarge as error:
        raise Refusal(str(error)) from error
    except OSError as error:
        raise _not_writable(folder, error) from error
    return 0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise _not_writable(folder, error) from error


def _not_writable(folder: Path, error: OSError | ValueError) -> Refusal:
    reason = getattr(error, "strerror", None) or str(error)
    return Refusal(say("cli.not_writable", folder=printable(str(folder)), reason=printable(reason)))


def _has_display() -> bool:
    """Whether a window can be expected to open: Windows and macOS always have a desktop."""
    if sys.platform in ("win32", "darwin", "cygwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"))


def require_pygame_ce() -> None:
    """Makes sure that the pygame here is pygame-ce.  Raises Refusal, which says what to do."""
    # Its greeting would stand among what the command says.
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    try:
        pygame = importlib.import_module("pygame")
    except ImportError as error:
        raise Refusal(say("cli.pygame.missing", reason=printable(str(error)))) from error
    if not getattr(pygame, "IS_CE", False):
        raise Refusal(say("cli.pygame.plain"))
