"""The library: the levels on the shelf, where their places lie, and how much a fixed plan loses in each.

Everything in it is worked out in the background, one thing after another, and asked for again and again by the screens
that show it.  What a fixed plan loses is kept on disk, by what decides it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game import __version__
from game.app.atlas import chase_of, geography_of, kept_chase, kept_geography, kept_world, world_of
from game.app.draw.bake import CLOSE_ZOOM, BakedWorld
from game.app.draw.chase_bake import ChaseWorld
from game.app.draw.lens import NO_MARGINS, Margins
from game.app.draw.palette import Palette
from game.app.draw.water import looks_of
from game.app.jobs import Job, Jobs
from game.files import LevelEntry, level_cards, level_entry
from game.geography import Geography
from game.model import Level, Weights
from game.writing import write_whole


@dataclass(frozen=True)
class Figures:
    """What a level's best fixed plan and one step at a time are worth in expectation; ``sampled`` if not exactly."""

    best_fixed_plan: float
    step_by_step: float
    sampled: bool

    @property
    def loss(self) -> float:
        """What the best fixed plan lacks of one step at a time, in light; never below 0."""
        loss = self.step_by_step - self.best_fixed_plan
        return loss if loss > 1e-9 * max(1.0, abs(self.step_by_step)) else 0.0

    @property
    def percent(self) -> float | None:
        """The loss in percent of one step at a time, or None where that is nothing or less."""
        return 100 * self.loss / self.step_by_step if self.step_by_step > 0 else None


def work_out(level: Level, weights: Weights, progress: Callable[[str, float], None]) -> Figures:
    """The figures of a level under a value function: exact where the treasure map fits into memory."""
    from game.solver import Problem, TooLarge, fitting_map, ladder

    problem = Problem(dataclasses.replace(level, oracles=()), weights)  # a card tells nothing of them
    try:
        whole = fitting_map(problem)
    except TooLarge:
        whole = None
    rungs = ladder(problem, whole, hindsight_samples=0, progress=progress)
    return Figures(rungs.best_fixed_plan.value, rungs.step_by_step.value, rungs.step_by_step.method != "exact")


class Library:
    """The levels that can be played.  ``entries`` is None until they have been read for the first time.

    ``home`` is the folder for what is kept between starts, ``worlds`` that for what can be worked out again, or None to
    keep nothing.  Call ``update`` every tick.
    """

    def __init__(self, jobs: Jobs, home: Path | None = None, worlds: Path | None = None) -> None:
        self.jobs, self.home, self.worlds = jobs, home, worlds
        self.entries: tuple[LevelEntry, ...] | None = None
        self.changes = 0
        """Grows whenever there is something new to show."""
        self._reading: Job[list[LevelEntry]] | None = None
        self._given: list[Path] = []
        self._geographies: dict[Hashable, Job[Geography]] = {}
        self._figures: dict[str, Figures] = _read_figures(self._file)
        self._wanted: list[tuple[str, Level, Weights]] = []
        self._working: tuple[str, Job[Figures]] | None = None
        self._hopeless: set[str] = set()

    @property
    def _file(self) -> Path | None:
        return None if self.home is None else self.home / "figures.json"

    # --- levels -------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Reads the shelf anew in the background; until that is done the old entries stay."""
        if self._reading is None:
            # Reading it takes less time than starting a process would; a process tries only where that went wrong.
            self._reading = self.jobs.submit(read_shelf, tuple(self._given), known=read_shelf)

    def give(self, path: Path) -> None:
        """Puts a file from outside the shelf into the list, and reads it anew."""
        path = path.absolute()
        if path not in self._given:
            self._given.append(path)
        self._reading = None
        self.refresh()

    @property
    def reading(self) -> bool:
        """Whether the shelf is being read just now."""
        return self._reading is not None

    def entry_of(self, path: Path) -> LevelEntry | None:
        """The entry of a file, if it has been read."""
        return next((entry for entry in self.entries or () if entry.path == path), None)

    # --- places -------------------------------------------------------------------------------------------------------

    def geography(self, level: Level) -> Geography | None:
        """Where the places of a level lie, or None while that is being worked out (or cannot be)."""
        key = (level.digest, tuple((place.id, place.at) for place in level.places))
        job = self._geographies.get(key)
        if job is None:
            if len(self._geographies) > 200:
                self._geographies.clear()
            job = self._geographies[key] = self.jobs.submit(
                geography_of, self.worlds, level, key=("geography", *key), known=kept_geography
            )
        return job.result if job.ok else None

    def world(
        self, level: Level, size: tuple[int, int], margins: Margins = NO_MARGINS, close: float = CLOSE_ZOOM
    ) -> Job[BakedWorld] | None:
        """The job that bakes the world of a level for a picture of ``size``, or None until its places are known.

        The key is the same wherever a map of this level and size is shown, so it is baked once; a map of which one
        never comes nearer can ask for it to be sharp at another zoom than the usual ``close`` one.
        """
        geography = self.geography(level)
        if geography is None:
            return None
        places = tuple(place.at for place in level.places)
        key = ("world", level.digest, places, size, margins, close)
        return self.jobs.submit(
            world_of, self.worlds, level, geography, size, margins, close, key=key, known=kept_world
        )

    def chase(self, level: Level, palettes: tuple[Palette, ...]) -> Job[ChaseWorld] | None:
        """The job that bakes the world of a level for the view behind the boat, or None until its places are known.

        It holds the patterns of its water in the ``palettes``.
        """
        geography = self.geography(level)
        if geography is None:
            return None
        key = ("chase", level.digest, tuple(place.at for place in level.places), palettes)
        looks = looks_of(level)
        return self.jobs.submit(chase_of, self.worlds, level, geography, looks, palettes, key=key, known=kept_chase)

    # --- figures ------------------------------------------------------------------------------------------------------

    def figures(self, level: Level, weights: Weights) -> Figures | None:
        """What a fixed plan loses in a level, or None while that is not known; asking has it worked out in its turn."""
        key = _key(level, weights)
        known = self._figures.get(key)
        if known is None and key not in self._hopeless and not self._on_the_way(key):
            self._wanted.append((key, level, weights))
        return known

    def is_hopeless(self, level: Level, weights: Weights) -> bool:
        """Whether the figures could not be worked out."""
        return _key(level, weights) in self._hopeless

    @property
    def working(self) -> bool:
        """Whether figures are being worked out just now, or wait for their turn."""
        return self._working is not None or bool(self._wanted)

    def working_on(self, level: Level, weights: Weights) -> float | None:
        """How far the figures of a level have come, 0 to 1, or None if it is not their turn."""
        if self._working is None or self._working[0] != _key(level, weights):
            return None
        return self._working[1].fraction

    def _on_the_way(self, key: str) -> bool:
        return any(key == waiting for waiting, _, _ in self._wanted) or (
            self._working is not None and self._working[0] == key
        )

    def update(self) -> None:
        """Takes in what has been worked out since, and has the next thing worked out."""
        if self._reading is not None and self._reading.done:
            entries = tuple(self._reading.result or self.entries or ())
            if entries != self.entries:
                self.entries = entries
                self.changes += 1
            self._reading = None
        if self._working is not None and self._working[1].done:
            key, job = self._working
            self._working = None
            if job.result is None:
                self._hopeless.add(key)
            else:
                self._figures[key] = job.result
                _write_figures(self._figures, self._file)
            self.changes += 1
        if self._working is None and self._wanted:
            key, level, weights = self._wanted.pop(0)
            self._working = (key, self.jobs.submit(work_out, level, weights, key=("figures", key)))


def read_shelf(given: tuple[Path, ...]) -> list[LevelEntry]:
    """The entries of all levels on the shelf, and of the files given besides."""
    entries = level_cards()
    there = {entry.path for entry in entries}
    return [*entries, *(level_entry(path) for path in given if path not in there)]


def _key(level: Level, weights: Weights) -> str:
    return f"{__version__}/{level.digest}/{','.join(f'{weight:.12g}' for weight in weights)}"


def _read_figures(file: Path | None) -> dict[str, Figures]:
    """The figures kept in a file; whatever is wrong with it, they are worked out again."""
    if file is None:
        return {}
    try:
        kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        figures = {
            str(key): Figures(float(best), float(step), bool(sampled)) for key, (best, step, sampled) in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}
    return {key: value for key, value in figures.items() if key.startswith(f"{__version__}/")}


def _write_figures(figures: dict[str, Figures], file: Path | None) -> None:
    """Keeps the figures; where that cannot be done they are worked out again next time."""
    if file is None:
        return
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = {key: [f.best_fixed_plan, f.step_by_step, f.sampled] for key, f in sorted(figures.items())}
        write_whole(file, json.dumps(kept, indent=1))
