"""``water-lanes export``: a level for other programs."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from game.cli.checking import FINE
from game.cli.naming import level_path, steering
from game.cli.output import write
from game.cli.refusal import Refusal
from game.files import read_level
from game.model import Level, Weights
from game.words import say


def export_command(arguments: argparse.Namespace) -> int:
    """Writes a level in the form that another program reads.  Raises LevelFaults and Refusal."""
    path = level_path(arguments.level)
    level = read_level(path)
    name, weights = steering(level, arguments.value_function, arguments.weights)
    from game.export import NoPrism, TooManyStates

    try:
        text = _exported(arguments.to, level, path, name, weights)
    except (NoPrism, TooManyStates) as error:
        raise Refusal(str(error)) from error
    write(text, arguments.output)
    if level.spyglass is not None and arguments.to in ("drn", "gymnasium"):
        print(say("export.no_spyglass"), file=sys.stderr)
    return FINE


def _exported(program: str, level: Level, path: Path, name: str, weights: Weights) -> str:
    from game.export import drn_text, graphml_text, gymnasium_snippet, level_as_data, prism_text

    match program:
        case "prism":
            return prism_text(level, weights, name)
        case "drn":
            return drn_text(level, weights, name)
        case "gymnasium":
            return gymnasium_snippet(level, path, weights)
        case "graphml":
            return graphml_text(level)
    # Only ASCII: the same bytes whatever a terminal or a pipe is set to.
    return json.dumps(level_as_data(level), indent=1) + "\n"
