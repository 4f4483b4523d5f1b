"""Run files, format 1: a life as the choices that made it, in JSON.

A run is a level's digest, a seed, a value function and the lanes taken; everything else follows from them.  Where each
lane led, and through what water, is kept beside them so that a replay can check itself at every fork.  The same life
gives the same bytes in every process: keys are sorted, and nothing in it tells when or where it was written.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from game import __version__
from game.files.fault import printable
from game.files.source import MOST_BYTES
from game.model import Weights
from game.session import Bets, Session
from game.simulate import Leg
from game.steering import Turn
from game.words import say
from game.writing import write_whole

FORMAT = 1
LARGEST_SEED = 2**63
"""Seeds are whole numbers of at most this size in either direction."""

_LONGEST_SLUG = 40


@dataclass(frozen=True)
class Waypoint:
    """Where a lane led: year and place of the arrival, and the state of its current in each year spent on it."""

    year: int
    place: str
    water: tuple[int, ...]


@dataclass(frozen=True)
class Run:
    """A life as a file keeps it.

    ``weights`` has one number for each value of the level, in its order; ``level_file`` is the name of the level's file
    without its folder, as far as that was known; ``waypoints`` has one for each of ``choices``, or none at all.
    ``value_function``, ``weights`` and ``sentence`` are those that the life was begun by, ``turns`` what changed later.
    ``looks`` are the numbers (from 0) of the choices before which somebody looked through the spyglass.
    """

    level_title: str
    level_digest: str
    level_file: str
    seed: int
    value_function: str
    weights: Weights
    choices: tuple[str, ...]
    bets: Bets = field(default_factory=Bets)
    waypoints: tuple[Waypoint, ...] = ()
    program: str = __version__
    format: int = FORMAT
    sentence: str = ""
    turns: tuple[Turn, ...] = ()
    looks: tuple[int, ...] = ()


class RunNotWritten(OSError):
    """A run that could not be written; its text says where and why."""


def run_of(session: Session) -> Run:
    """The run of a life in play or at its end; where its level came from is not known to it."""
    level = session.level
    return Run(
        level_title=(level.untold or level).title,
        level_digest=level.digest,
        level_file="",
        seed=session.seed,
        value_function=session.begun.name,
        weights=_floats(session.begun.weights),
        choices=session.record.lanes,
        bets=session.bets,
        waypoints=tuple(waypoint(leg) for leg in session.record.legs),
        sentence=session.begun.sentence,
        turns=tuple(
            Turn(turn.decisions, replace(turn.to, weights=_floats(turn.to.weights)))
            for turn in session.turns
            if turn.decisions <= len(session.record.lanes)
        ),
        looks=tuple(number for number, _ in session.record.glances),
    )


def _floats(weights: Weights) -> Weights:
    return tuple(float(weight) for weight in weights)


def waypoint(leg: Leg) -> Waypoint:
    """Where one leg of a life led."""
    water = tuple(spent.state for spent in leg.years if spent.state is not None)
    return Waypoint(leg.arrival.year, leg.arrival.place, water)


def run_as_json(run: Run) -> str:
    """The text of a run's file; the same run is the same text everywhere."""
    document: dict[str, object] = {
        "format": run.format,
        "program": run.program,
        "level": {"title": run.level_title, "digest": run.level_digest, "file": run.level_file},
        "seed": run.seed,
        "value_function": run.value_function,
        "weights": run.weights,
        "choices": run.choices,
        "waypoints": [{"year": w.year, "place": w.place, "water": w.water} for w in run.waypoints],
        "bets": {"plan": run.bets.plan, "expectation": run.bets.expectation},
    }
    # What most lives do without is left out, so that they are the same bytes as ever.
    if run.sentence:
        document["sentence"] = run.sentence
    if run.turns:
        document["turns"] = [
            {
                "decisions": turn.decisions,
                "value_function": turn.to.name,
                "weights": turn.to.weights,
                "sentence": turn.to.sentence,
            }
            for turn in run.turns
        ]
    if run.looks:
        document["looks"] = run.looks
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n"


def write_run(run: Run, folder: Path) -> Path:
    """Writes a run into ``folder``, which is made where it is missing, and returns the file's path.

    The file appears whole or not at all.  A file of the same run is left as it is, and a file of another run is never
    written over.  Raises RunNotWritten.
    """
    data = run_as_json(run).encode("utf-8", "replace")
    try:
        if len(data) > MOST_BYTES:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        folder.mkdir(parents=True, exist_ok=True)
        path = _free_path(folder, _stem(run, data), data)
        if not path.exists():
            write_whole(path, data)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = say("files.run.not_written", folder=printable(str(folder)), reason=reason)
        raise RunNotWritten(error.errno, text) from error
    return path


def _stem(run: Run, data: bytes) -> str:
    plain = unicodedata.normalize("NFKD", run.level_title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-") or "life"
    return f"{slug}-{run.seed}-{hashlib.sha256(data).hexdigest()[:8]}"


def _free_path(folder: Path, stem: str, data: bytes) -> Path:
    """The first path of this stem where there is no file, or where this very run lies already."""
    path, number = folder / f"{stem}.json", 1
    while path.exists() and not (path.is_file() and path.read_bytes() == data):
        number += 1
        path = folder / f"{stem}-{number}.json"
    return path
