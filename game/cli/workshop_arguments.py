"""What can be written after ``water-lanes workshop``."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.words import say

PROGRAM = "water-lanes workshop"


def add_workshop(workshop: argparse.ArgumentParser) -> None:
    """Adds the commands of the workshop to its parser."""
    commands = workshop.add_subparsers(dest="errand", metavar=say("cli.metavar.command"), title=say("cli.commands"))
    commands.required = True
    _add(commands, "list", "")
    for name, file in (("guide", "guide.html"), ("worksheets", "sheets.pdf")):
        printed = _add(commands, name, f"one_plan_one_life -o {file}")
        _exercise(printed)
        printed.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=say("workshop.output"))
    collect = _add(commands, "collect", "/media/stick -o report.html")
    collect.add_argument("folder", type=Path, metavar="FOLDER", help=say("workshop.collect.folder"))
    collect.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help=say("workshop.collect.output")
    )
    collect.add_argument("--exercise", metavar="EXERCISE", help=say("workshop.collect.exercise"))
    collect.add_argument("--csv", type=Path, metavar="FILE", help=say("workshop.collect.csv"))
    collect.add_argument("--pseudonyms", action="store_true", help=say("workshop.collect.pseudonyms"))
    hand_in = _add(commands, "hand-in", "one_plan_one_life --into /media/stick")
    _exercise(hand_in)
    hand_in.add_argument("--into", type=Path, metavar="FOLDER", help=say("workshop.hand_in.into"))
    take_back = _add(commands, "take-back", "one_plan_one_life")
    _exercise(take_back)
    take_back.add_argument("--from", dest="folders", type=Path, action="append", default=[], metavar="FOLDER",
                           help=say("workshop.take_back.from"))  # fmt: skip
    _add(commands, "forget", "")


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, example: str
) -> argparse.ArgumentParser:
    key = name.replace("-", "_")
    return commands.add_parser(
        name,
        help=say(f"workshop.{key}.help"),
        description=say(f"workshop.{key}.about"),
        epilog=say("cli.example", example=f"{PROGRAM} {name} {example}".rstrip()),
        allow_abbrev=False,
    )


def _exercise(command: argparse.ArgumentParser) -> None:
    command.add_argument("exercise", metavar="EXERCISE", help=say("workshop.exercise"))
