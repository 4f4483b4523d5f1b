"""``water-lanes solve``: what every way of living is worth on a level."""

from __future__ import annotations

import argparse
import json
import sys

from game.cli.naming import level_path, steering
from game.cli.progress import Interruptible, ProgressLine
from game.cli.refusal import Refusal
from game.files import printable, read_level
from game.words import say

_WORTH_SAYING = 1.0
"""Seconds of exact work that are announced."""


def solve_command(arguments: argparse.Namespace) -> int:
    """Prints the ladder of a level, as a table or as JSON.  Raises LevelFaults and Refusal."""
    level = read_level(level_path(arguments.level))
    name, weights = steering(level, arguments.value_function, arguments.weights)
    from game.solver import Estimate, solution_as_json, solution_as_table, solve
    from game.solver.size import size_in_words

    def announce(told: Estimate) -> None:
        if told.seconds >= _WORTH_SAYING:
            size, disk = size_in_words(told.bytes), size_in_words(told.disk)
            key = "cli.solve.announced_disk" if told.disk else "cli.solve.announced"
            print(say(key, size=size, disk=disk, seconds=f"{told.seconds:.0f}"), file=sys.stderr, flush=True)

    folder = arguments.disk
    if folder is not None and not folder.is_dir():
        raise Refusal(say("cli.solve.no_folder", folder=printable(str(folder))))
    room = {} if arguments.memory is None else {"memory_limit": int(arguments.memory * 2**30)}
    with ProgressLine() as line, Interruptible(line) as progress:
        solution = solve(
            level,
            weights,
            hindsight_samples=arguments.samples,
            progress=progress,
            seconds=arguments.seconds,
            folder=folder,
            announce=announce,
            **room,
        )
    if progress.done:
        print(say("cli.solve.enough"), file=sys.stderr)
    if arguments.json:
        # Only ASCII: the same bytes whatever a terminal or a pipe is set to.
        print(json.dumps(solution_as_json(solution, level, name), indent=1))
    else:
        print(printable(solution_as_table(solution, level, name), lines=True))
    return 0
