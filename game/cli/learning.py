"""``water-lanes learn``: how many lives it takes to learn a level's treasure map."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from game.cli.naming import level_path, steering
from game.cli.output import write
from game.cli.playing import require_pygame_ce
from game.cli.progress import ProgressLine
from game.cli.refusal import Refusal
from game.files import printable, read_level
from game.words import say

PICTURES = (".png", ".svg")


def learn_command(arguments: argparse.Namespace) -> int:
    """Prints a learning curve, as a table or as JSON, and draws it if asked.  Raises LevelFaults and Refusal."""
    level = read_level(level_path(arguments.level))
    name, weights = steering(level, arguments.value_function, arguments.weights)
    picture: Path | None = arguments.output
    if picture is not None and picture.suffix.lower() not in PICTURES:
        raise Refusal(say("learning.suffix", file=printable(str(picture))))
    from game.learning import curve_as_json, curve_as_table, learning_curve, lives_for
    from game.solver import Problem, TooLarge

    lives = arguments.lives or lives_for(level.years)
    try:
        with ProgressLine() as progress:
            curve = learning_curve(Problem(level, weights), lives, arguments.seeds, arguments.seed, progress=progress)
    except TooLarge as error:
        raise Refusal(str(error)) from error
    if picture is not None:
        require_pygame_ce()
        from game.app.learning_picture import curve_as_png, curve_as_svg

        draw = curve_as_svg if picture.suffix.lower() == ".svg" else curve_as_png
        write(draw(curve, level), picture)
    if arguments.json:
        print(json.dumps(curve_as_json(curve, level, name), indent=1))
    else:
        print(printable(curve_as_table(curve, level, name), lines=True))
    return 0
