"""``water-lanes prove`` and ``water-lanes verify``: certificates written and checked."""

from __future__ import annotations

import argparse
import json
import sys
from fractions import Fraction
from pathlib import Path

from game.cli.checking import FINE, PROBLEMS
from game.cli.naming import level_path, steering
from game.cli.output import write
from game.cli.progress import ProgressLine
from game.cli.refusal import Refusal
from game.files import printable, quoted, read_level
from game.words import number, say

MOST_BYTES = 2**26
_LONGEST_SHOWN = 160


def prove_command(arguments: argparse.Namespace) -> int:
    """Writes a certificate and says what it states; returns 1 where solver and proof have different numbers.

    Raises LevelFaults and Refusal.
    """
    path = level_path(arguments.level)
    level = read_level(path)
    name, _ = steering(level, arguments.value_function, arguments.weights)
    weights = None
    if arguments.weights is not None:
        pairs = (part.rpartition("=") for part in arguments.weights.split(","))
        written = {value.strip(): weight.strip() for value, _, weight in pairs}
        weights = {value.name: written.get(value.name, "0") for value in level.values}
    from game.proof.prove import Disagreement, as_text, prove
    from game.proof.verify import Unreadable

    try:
        with ProgressLine() as progress:
            certificate = prove(path.read_bytes(), None if weights else name, weights, progress=progress)
    except Disagreement as error:
        rung = say(f"solve.rung.{error.part}")
        print(say("proof.disagreement", rung=rung, solver=repr(error.solver), proof=repr(error.proof)), file=sys.stderr)
        return PROBLEMS
    except Unreadable as error:
        raise Refusal(say("proof.unreadable.level", reason=_shown(str(error.args[1])))) from error
    write(as_text(certificate), arguments.output)
    said = sys.stdout if arguments.output else sys.stderr
    print(certificate["statement"], file=said)
    if level.spyglass is not None:
        print(say("proof.no_spyglass"), file=said)
    return FINE


def verify_command(arguments: argparse.Namespace) -> int:
    """Checks a certificate and says what was checked, or returns 1 and says what does not hold.  Raises Refusal."""
    from game.proof.verify import LIVES, Refuted, Unreadable, verify

    path = level_path(arguments.level)
    certificate = _bytes_of(arguments.certificate)
    try:
        with ProgressLine() as progress:
            checked = verify(certificate, _bytes_of(path), progress=progress)
    except Refuted as refuted:
        parts = zip(("line", "said", "found"), map(str, refuted.args), strict=True)
        print(say("proof.refuted", **{key: _shown(text) for key, text in parts}))
        return PROBLEMS
    except Unreadable as error:
        what, reason = error.args
        raise Refusal(say(f"proof.unreadable.{what}", reason=_shown(str(reason)))) from error
    claims = json.loads(certificate)
    print(say("proof.holds", title=quoted(str(claims["level"])), steering=_steering(claims)))
    print(claims["statement"])
    for part in checked:
        print(say(f"proof.checked.{part}", lives=f"{LIVES:,}"))
    if claims["treasure_map"] is None:
        print(say("proof.no_treasure_map"))
    return FINE


def _steering(claims: dict[str, object]) -> str:
    steering = claims["value_function"]
    if not isinstance(steering, dict):
        return quoted(str(steering))
    return printable(", ".join(f"{value}={float(Fraction(weight)):.15g}" for value, weight in steering.items()))


def _shown(text: str) -> str:
    return printable(text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…")


def _bytes_of(path: Path) -> bytes:
    """A file as it is, if it is one and no larger than any certificate or level can be.  Raises Refusal."""
    if not path.is_file():
        raise Refusal(say("proof.no_file", file=printable(str(path))))
    with path.open("rb") as file:
        found = file.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise Refusal(say("proof.too_large", file=printable(str(path)), most=number(MOST_BYTES / 2**20)))
    return found
