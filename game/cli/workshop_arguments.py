"""What can be written after ``water-lanes workshop``."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.cli.language_argument import add_language
from game.words import say

USUAL_PORT = 8765
USUAL_HOURS, MOST_HOURS = 4.0, 72.0
PROGRAM = "water-lanes workshop"


def add_workshop(workshop: argparse.ArgumentParser) -> None:
    """Adds the commands of the workshop to its parser."""
    commands = workshop.add_subparsers(dest="errand", metavar=say("cli.metavar.command"), title=say("cli.commands"))
    commands.required = True
    _add(commands, "list", "")
    run = _add(commands, "run", "one_plan_one_life")
    _exercise(run)
    run.add_argument("--minutes", type=_minutes, metavar="N", help=say("workshop.run.minutes"))
    run.add_argument("--into", type=Path, metavar="FOLDER", help=say("workshop.run.into"))
    add_inbox(run)
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
    host = _add(commands, "host", "one_plan_one_life")
    _exercise(host)
    host.add_argument("--listen", metavar="ADDRESS", help=say("workshop.host.listen"))
    host.add_argument(
        "--port", type=_port, default=USUAL_PORT, metavar="N", help=say("workshop.host.port", port=USUAL_PORT)
    )
    host.add_argument("--folder", type=Path, metavar="FOLDER", help=say("workshop.host.folder"))
    hours = say("workshop.host.hours", hours=USUAL_HOURS, most=MOST_HOURS)
    host.add_argument("--hours", type=_hours, default=USUAL_HOURS, metavar="N", help=hours)
    send = _add(commands, "send", "one_plan_one_life --send 192.168.1.5:8765 --code ABC-DEF")
    _exercise(send)
    add_inbox(send)
    hand_in = _add(commands, "hand-in", "one_plan_one_life --into /media/stick")
    _exercise(hand_in)
    hand_in.add_argument("--into", type=Path, metavar="FOLDER", help=say("workshop.hand_in.into"))
    take_back = _add(commands, "take-back", "one_plan_one_life")
    _exercise(take_back)
    take_back.add_argument("--from", dest="folders", type=Path, action="append", default=[], metavar="FOLDER",
                           help=say("workshop.take_back.from"))  # fmt: skip
    _add(commands, "forget", "")


def add_inbox(command: argparse.ArgumentParser) -> None:
    """Adds where the inbox of a room is."""
    command.add_argument("--send", metavar="ADDRESS", help=say("workshop.send.address"))
    command.add_argument("--code", metavar="CODE", help=say("workshop.send.code"))


def _minutes(text: str) -> int:
    return _whole(text, 1, 480)


def _port(text: str) -> int:
    return _whole(text, 0, 65535)


def _hours(text: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = 0.0
    if not 0.1 <= hours <= MOST_HOURS:
        raise argparse.ArgumentTypeError(say("workshop.host.not_hours", found=ascii(text[:40]), most=MOST_HOURS))
    return hours


def _whole(text: str, least: int, most: int) -> int:
    number = int(text) if text.isascii() and text.isdigit() else most + 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(say("cli.not_whole", found=ascii(text[:40]), least=least, most=most))
    return number


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, example: str
) -> argparse.ArgumentParser:
    key = name.replace("-", "_")
    command = commands.add_parser(
        name,
        help=say(f"workshop.{key}.help"),
        description=say(f"workshop.{key}.about"),
        epilog=say("cli.example", example=f"{PROGRAM} {name} {example}".rstrip()),
        allow_abbrev=False,
    )
    add_language(command)
    return command


def _exercise(command: argparse.ArgumentParser) -> None:
    command.add_argument("exercise", metavar="EXERCISE", help=say("workshop.exercise"))
