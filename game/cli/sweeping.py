"""``water-lanes sweep``: how much a fixed plan loses, mapped over many levels."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from game.cli.output import write
from game.cli.progress import OneLine
from game.cli.refusal import Refusal
from game.files import printable
from game.sweep import (
    ClusterFault,
    ForeignJournal,
    Grid,
    Row,
    WorkerLost,
    journal_path,
    picture_as_svg,
    run_sweep,
    table_as_csv,
)
from game.words import say

MOST_LEVELS = 1_000_000
_MOST_JOBS = 1024
_BETWEEN = 0.2
_BAR = 24


def sweep_command(arguments: argparse.Namespace) -> int:
    """Solves the levels of a grid, and writes its table and picture.  Raises Refusal."""
    grid = _grid(arguments)
    table, picture = arguments.output, _picture(arguments.picture)
    journal = journal_path(table)
    bar = ProgressBar(journal)
    try:
        table.parent.mkdir(parents=True, exist_ok=True)
        with bar:
            rows = run_sweep(grid, journal, jobs=arguments.jobs, cluster=arguments.dask, done=bar)
    except ForeignJournal as error:
        raise Refusal(say("sweep.fault.foreign_journal", file=printable(str(error.path)))) from error
    except WorkerLost as error:
        raise Refusal(f"{say('sweep.fault.worker_lost')} {_kept(bar, journal)}") from error
    except ClusterFault as error:
        raise Refusal(f"{printable(str(error))} {_kept(bar, journal)}".rstrip()) from error
    except KeyboardInterrupt:
        print(_kept(bar, journal), file=sys.stderr)
        raise
    write(table_as_csv(rows), table)
    print(say("sweep.wrote_table", file=printable(str(table)), cells=len(rows), levels=grid.levels))
    if picture is not None:
        write(picture_as_svg(grid, rows), picture)
        print(say("sweep.wrote_picture", file=printable(str(picture))))
    print("\n".join(_told(rows)))
    return 0


def _grid(arguments: argparse.Namespace) -> Grid:
    axes = {name: getattr(arguments, name) for name in ("volatility", "choice", "horizon", "sight")}
    wholes = {name: getattr(arguments, name) for name in ("levels", "seed", "places", "currents", "states")}
    _require_within("levels", arguments.levels, MOST_LEVELS)
    if arguments.jobs is not None:
        _require_within("jobs", arguments.jobs, _MOST_JOBS)
    grid = Grid(**axes, **wholes)
    count = len(grid.cells) * grid.levels
    if count > MOST_LEVELS:
        raise Refusal(say("sweep.fault.many_levels", count=count, most=MOST_LEVELS))
    if grid.faults:
        raise Refusal("\n".join(grid.faults))
    return grid


def _require_within(name: str, found: int, most: int) -> None:
    if not 1 <= found <= most:
        outside = say("sweep.fault.outside", found=found, least=1, most=most)
        raise Refusal(f"--{name}: {outside}")


def _picture(asked: Path | None) -> Path | None:
    """Where the picture goes: SVG is what is drawn, whatever ending was asked for."""
    if asked is None or asked.suffix.lower() == ".svg":
        return asked
    picture = asked.with_suffix(".svg") if asked.suffix else asked.with_name(asked.name + ".svg")
    print(say("sweep.svg", file=printable(str(picture))), file=sys.stderr)
    return picture


def _kept(bar: ProgressBar, journal: Path) -> str:
    if not bar.done:
        return ""
    return say("sweep.kept", done=bar.done, total=bar.total, journal=printable(str(journal)))


def _told(rows: Sequence[Row]) -> list[str]:
    """The greatest loss in a sentence, and what has to be said of figures that are not exact."""
    most = max(rows, key=lambda row: row.loss)
    cell = most.cell
    lines = [say("sweep.nothing")]
    if most.loss:
        parts = {"volatility": f"{cell.volatility:.4g}", "choice": cell.choice, "horizon": cell.horizon}
        sight = "all" if cell.sight is None else cell.sight
        lines = [say("sweep.most", percent=f"{100 * most.loss:.1f}", sight=sight, **parts)]
    sampled = sum(row.exact < row.levels for row in rows)
    return [*lines, say("sweep.sampled", cells=sampled)] if sampled else lines


class ProgressBar(OneLine):
    """A bar on standard error that tells how many levels are solved; it shows only on a terminal.

    What the journal holds when it begins is told in any case.  ``done`` and ``total`` are what it was told last.
    """

    def __init__(self, journal: Path) -> None:
        super().__init__(between=_BETWEEN)
        self._journal = journal
        self.done = self.total = 0
        self._began = time.monotonic()
        self._found: int | None = None

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        now = time.monotonic()
        if self._found is None:
            self._found, self._began = done, now
            if done:
                file = printable(str(self._journal))
                print(say("sweep.found", journal=file, count=done, total=total), file=self.stream)
        if self.due:
            self.write(say("sweep.bar", bar=self._bar(), done=done, total=total, rest=self._rest(now)))

    def _bar(self) -> str:
        full = _BAR * self.done // max(1, self.total)
        return "█" * full + "░" * (_BAR - full)

    def _rest(self, now: float) -> str:
        solved = self.done - (self._found or 0)
        if not solved or now - self._began < 2:
            return ""
        seconds = (now - self._began) / solved * (self.total - self.done)
        return say("sweep.bar_rest", time=_duration(seconds))


def _duration(seconds: float) -> str:
    if seconds < 90:
        return say("sweep.seconds", count=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 90:
        return say("sweep.minutes", count=minutes)
    return say("sweep.hours", count=minutes // 60, minutes=minutes % 60)
