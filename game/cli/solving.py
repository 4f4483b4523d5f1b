"""``water-lanes solve``: what every way of living is worth on a level."""

from __future__ import annotations

import argparse
import json

from game.cli.naming import level_path, steering
from game.cli.progress import ProgressLine
from game.files import printable, read_level


def solve_command(arguments: argparse.Namespace) -> int:
    """Prints the ladder of a level, as a table or as JSON.  Raises LevelFaults and Refusal."""
    level = read_level(level_path(arguments.level))
    name, weights = steering(level, arguments.value_function, arguments.weights)
    from game.solver import solution_as_json, solution_as_table, solve

    with ProgressLine() as progress:
        solution = solve(level, weights, hindsight_samples=arguments.samples, progress=progress)
    if arguments.json:
        # Only ASCII: the same bytes whatever a terminal or a pipe is set to.
        print(json.dumps(solution_as_json(solution, level, name), indent=1))
    else:
        print(printable(solution_as_table(solution, level, name), lines=True))
    return 0
