"""``water-lanes check``: all that is wrong with level files, and what their authors may not have meant."""

from __future__ import annotations

import argparse
import sys

from game.files import LevelFaults, printable, quoted, read_level
from game.model import Level
from game.words import say

FINE, PROBLEMS, UNREADABLE = 0, 1, 2


def check_command(arguments: argparse.Namespace) -> int:
    """Prints every problem of every file, and remarks on those that have none."""
    return max(_check(file) for file in arguments.files)


def _check(file: str) -> int:
    try:
        level = read_level(file)
    except LevelFaults as error:
        print(error, file=sys.stdout if error.opened else sys.stderr)
        return PROBLEMS if error.opened else UNREADABLE
    shown = printable(file)
    parts = {"places": len(level.places), "lanes": len(level.lanes), "years": level.years}
    print(say("cli.check.fine", file=shown, title=quoted(level.title), **parts))
    for remark in remarks(level):
        print(say("cli.check.remark", file=shown, remark=remark))
    return FINE


def remarks(level: Level) -> list[str]:
    """What is allowed in a level and yet may not be meant: what no life can ever come to."""
    earliest = _earliest(level)
    found = [say("cli.check.place", place=quoted(p.id)) for p in level.places if p.id not in earliest]
    late = (lane for lane in level.lanes if earliest.get(lane.tail, level.years) + lane.years > level.years)
    found += [say("cli.check.lane", lane=quoted(lane.id), years=lane.years) for lane in late if lane.tail in earliest]
    used = {lane.current for lane in level.lanes}
    found += [say("cli.check.current", current=quoted(c.name)) for c in level.currents if c.name not in used]
    return found


def _earliest(level: Level) -> dict[str, int]:
    """The first year in which each place can be reached; places that cannot be reached are left out."""
    earliest = {level.start: 0}
    reached: dict[int, set[str]] = {0: {level.start}}
    for year in range(level.years + 1):
        for place in reached.get(year, ()):
            if earliest[place] != year:
                continue
            for lane in level.lanes_from[place]:
                arrival = year + lane.years
                if arrival <= level.years and arrival < earliest.get(lane.head, level.years + 1):
                    earliest[lane.head] = arrival
                    reached.setdefault(arrival, set()).add(lane.head)
    return earliest
