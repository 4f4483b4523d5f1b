"""``water-lanes new``: a level from a recipe, and what a fixed plan would lose on it."""

from __future__ import annotations

import argparse
import secrets
import sys
from dataclasses import replace
from pathlib import Path

from game.cli.progress import Interruptible, ProgressLine
from game.cli.refusal import Refusal
from game.files import printable, user_folder
from game.files.level_text import level_as_toml, write_level, write_level_anew
from game.generator import Recipe, RecipeFaults, generate
from game.generator.appraisal import appraise, sentences
from game.model import Level
from game.words import say

_SEEDS = 1_000_000
_INGREDIENTS = ("places", "lanes", "currents", "volatility", "years", "values", "states", "choice", "longest", "seed")


def new_command(arguments: argparse.Namespace) -> int:
    """Makes a level, writes it where there is no file yet, and says what it is worth.  Raises Refusal."""
    recipe = _recipe(arguments)
    try:
        level = generate(recipe)
    except RecipeFaults as error:
        raise Refusal(str(error)) from error
    path = _write(level, recipe, arguments.output)
    parts = {"places": recipe.places, "lanes": recipe.lanes, "currents": recipe.currents, "years": recipe.years}
    print(say("generator.made", path=printable(str(path)), seed=recipe.seed, **parts), flush=True)
    with ProgressLine() as line, Interruptible(line) as progress:
        appraisal = appraise(level, progress=progress)
    if progress.done:
        print(say("cli.solve.enough"), file=sys.stderr)
    print("\n".join(sentences(appraisal)))
    return 0


def _recipe(arguments: argparse.Namespace) -> Recipe:
    said = {name: getattr(arguments, name) for name in _INGREDIENTS if getattr(arguments, name) is not None}
    recipe = replace(Recipe(seed=secrets.randbelow(_SEEDS)), **said, sight=arguments.sight)
    if arguments.lanes is None and "places" in said:
        # As many lanes to a place as there usually are.
        lanes = round(recipe.places * Recipe.lanes / Recipe.places)
        recipe = replace(recipe, lanes=max(lanes, recipe.places * (recipe.choice or 1)))
    if arguments.currents is None:
        recipe = replace(recipe, currents=min(recipe.currents, recipe.lanes))
    return recipe


def _write(level: Level, recipe: Recipe, output: Path | None) -> Path:
    text = level_as_toml(level)
    try:
        if output is None:
            return write_level_anew(text, user_folder() / "levels", f"{level.start}_{recipe.seed}")
        write_level(text, output)
    except FileExistsError as error:
        raise Refusal(say("generator.new.there_already", file=printable(str(output)))) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        place = output if output is not None else user_folder()
        raise Refusal(say("generator.new.not_written", file=printable(str(place)), reason=printable(reason))) from error
    return output
