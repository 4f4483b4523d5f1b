"""What can be written on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from game import __version__
from game.cli.language_argument import add_language
from game.cli.parsing import speak_our_words
from game.cli.recipe_arguments import add_new, add_sweep
from game.cli.workshop_arguments import add_workshop
from game.words import say

PROGRAM = "water-lanes"
DEFAULT_SAMPLES = 10_000
MOST_SAMPLES = 1_000_000
DEFAULT_LEARNERS, MOST_LEARNERS, MOST_LEARNING_LIVES = 32, 10_000, 10_000_000
MOST_AMOUNT = 1e6
LARGEST_SEED = 2**63
FILM_POLICY, FILM_SEED = "replan_5", 85
PROGRAMS = ("prism", "drn", "gymnasium", "graphml", "json")

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command; ``command`` is None where none is named."""
    speak_our_words()
    whole = argparse.ArgumentParser(
        prog=PROGRAM,
        description=say("cli.about"),
        epilog=say("cli.example", example=f"{PROGRAM} play first_fork"),
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}", help=say("cli.version"))
    add_language(whole)
    commands = whole.add_subparsers(dest="command", metavar=say("cli.metavar.command"), title=say("cli.commands"))
    _add_play(commands)
    _add_solve(commands)
    _add_check(commands)
    _add_replay(commands)
    _add_demo(commands)
    _add_prove(commands)
    _add_verify(commands)
    _add_learn(commands)
    _add_export(commands)
    add_new(_command(commands, "new", "--places 12 --lanes 30 --volatility 0.3 -o my_level.toml", "generator"))
    add_sweep(_command(commands, "sweep", "--volatility 0:1:0.1 --horizon 5,20 -o sweep.csv", "sweep"))
    about = say("workshop.about")
    add_workshop(commands.add_parser("workshop", help=say("workshop.help"), description=about, allow_abbrev=False))
    return whole


def _command(commands: _Commands, name: str, example: str, words: str = "cli") -> argparse.ArgumentParser:
    command = commands.add_parser(
        name,
        help=say(f"{words}.{name}.help"),
        description=say(f"{words}.{name}.about"),
        epilog=say("cli.example", example=f"{PROGRAM} {name} {example}".rstrip()),
        allow_abbrev=False,
    )
    add_language(command)
    return command


def _add_play(commands: _Commands) -> None:
    play = _command(commands, "play", "first_fork")
    play.add_argument("level", nargs="?", metavar="LEVEL", help=say("cli.play.level"))


def _add_solve(commands: _Commands) -> None:
    solve = _command(commands, "solve", "twenty_years --as citations --json")
    solve.add_argument("level", metavar="LEVEL", help=say("cli.level"))
    solve.add_argument("--json", action="store_true", help=say("cli.solve.json"))
    _add_steering(solve)
    samples = say("cli.solve.samples", samples=DEFAULT_SAMPLES)
    solve.add_argument("--samples", type=_samples, default=DEFAULT_SAMPLES, metavar="N", help=samples)
    solve.add_argument("--memory", type=_amount, metavar="GIB", help=say("cli.solve.memory"))
    solve.add_argument("--seconds", type=_amount, metavar="N", help=say("cli.solve.seconds"))
    solve.add_argument("--disk", type=Path, metavar="DIR", help=say("cli.solve.disk"))


def _add_check(commands: _Commands) -> None:
    check = _command(commands, "check", "my_level.toml")
    check.add_argument("files", nargs="+", metavar="FILE", help=say("cli.check.files"))


def _add_replay(commands: _Commands) -> None:
    replay = _command(commands, "replay", "the-first-fork-7-c3ac8182.json --text")
    replay.add_argument("run", metavar="RUN", help=say("cli.replay.run"))
    replay.add_argument("--text", action="store_true", help=say("cli.replay.text"))
    replay.add_argument("--level", metavar="FILE", help=say("cli.replay.level"))


def _add_demo(commands: _Commands) -> None:
    demo = _command(commands, "demo", "first_fork --policy step_by_step --seed 7 --out demo")
    demo.add_argument("level", metavar="LEVEL", help=say("cli.level"))
    demo.add_argument("--policy", metavar="NAME", help=say("cli.demo.policy", policy=FILM_POLICY))
    demo.add_argument("--seed", type=_seed, metavar="N", help=say("cli.demo.seed", seed=FILM_SEED))
    demo.add_argument("--out", type=Path, metavar="DIR", help=say("cli.demo.out"))
    demo.add_argument("--film", type=Path, metavar="DIR", help=say("cli.demo.film"))


def _add_prove(commands: _Commands) -> None:
    prove = _command(commands, "prove", "first_fork -o certificate.json", "proof")
    prove.add_argument("level", metavar="LEVEL", help=say("cli.level"))
    prove.add_argument("-o", "--output", type=Path, metavar="FILE", help=say("proof.prove.output"))
    _add_steering(prove)


def _add_verify(commands: _Commands) -> None:
    verify = _command(commands, "verify", "certificate.json first_fork", "proof")
    verify.add_argument("certificate", type=Path, metavar="CERTIFICATE", help=say("proof.verify.certificate"))
    verify.add_argument("level", metavar="LEVEL", help=say("cli.level"))


def _add_learn(commands: _Commands) -> None:
    learn = _command(commands, "learn", "first_fork --lives 2000 -o learning.svg", "learning")
    learn.add_argument("level", metavar="LEVEL", help=say("cli.level"))
    _add_steering(learn)
    learn.add_argument("--lives", type=_learning_lives, metavar="N", help=say("learning.learn.lives"))
    seeds = say("learning.learn.seeds", learners=DEFAULT_LEARNERS)
    learn.add_argument("--seeds", type=_learners, default=DEFAULT_LEARNERS, metavar="N", help=seeds)
    learn.add_argument("--seed", type=_seed, default=0, metavar="N", help=say("learning.learn.seed"))
    learn.add_argument("-o", "--output", type=Path, metavar="FILE", help=say("learning.learn.output"))
    learn.add_argument("--json", action="store_true", help=say("cli.solve.json"))


def _add_export(commands: _Commands) -> None:
    export = _command(commands, "export", "first_fork --to drn -o first_fork.drn", "export")
    export.add_argument("level", metavar="LEVEL", help=say("cli.level"))
    export.add_argument("--to", required=True, choices=PROGRAMS, help=say("export.export.to"))
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help=say("export.export.output"))
    _add_steering(export)


def _add_steering(command: argparse.ArgumentParser) -> None:
    steering = command.add_mutually_exclusive_group()
    steering.add_argument("--as", dest="value_function", metavar="NAME", help=say("cli.solve.value_function"))
    steering.add_argument("--weights", metavar="VALUE=WEIGHT,…", help=say("cli.solve.weights"))


def _amount(text: str) -> float:
    """A number above nothing."""
    try:
        amount = float(text)
    except ValueError:
        amount = 0.0
    if not 0 < amount < MOST_AMOUNT:
        raise argparse.ArgumentTypeError(say("cli.no_amount", found=ascii(text[:40])))
    return amount


def _samples(text: str) -> int:
    return _whole(text, 0, MOST_SAMPLES)


def _learning_lives(text: str) -> int:
    return _whole(text, 1, MOST_LEARNING_LIVES)


def _learners(text: str) -> int:
    return _whole(text, 1, MOST_LEARNERS)


def _seed(text: str) -> int:
    return _whole(text, -LARGEST_SEED, LARGEST_SEED)


def _whole(text: str, least: int, most: int) -> int:
    try:
        number = int(text)
    except ValueError:
        number = most + 1
    if not least <= number <= most:
        raise argparse.ArgumentTypeError(say("cli.not_whole", found=ascii(text[:40]), least=least, most=most))
    return number
