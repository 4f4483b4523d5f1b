"""``water-lanes workshop collect``: the group's picture from a folder of files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from game.cli.checking import FINE, PROBLEMS
from game.cli.exercise import exercise_of
from game.cli.output import write
from game.cli.progress import ProgressLine
from game.cli.refusal import Refusal
from game.files import printable
from game.words import say
from game.workshop.exercise import Exercise
from game.workshop.figures import Solved, figures
from game.workshop.gathering import Group, exercise_name_in, files_in, gather
from game.workshop.privacy import FEWEST
from game.workshop.report import report
from game.workshop.report_table import lives_codebook_csv, lives_csv


def collect_command(arguments: argparse.Namespace) -> int:
    """Writes the page, and with ``--csv`` every life as a row; 1 where files were left out.  Raises Refusal."""
    folder: Path = arguments.folder
    solved = Solved({}, {})
    if arguments.output.suffix.lower() not in (".html", ".htm"):
        raise Refusal(say("workshop.suffix", file=printable(str(arguments.output))))
    with ProgressLine() as progress:
        try:
            group = gather(folder, _exercise(folder, arguments.exercise), progress)
        except OSError as error:
            raise _no_folder(folder, error) from error
        page = report(group, figures(group, solved, progress))
    for name, reason in group.skipped:
        print(say("workshop.collect.skipped", file=name, reason=reason), file=sys.stderr)
    write(page, arguments.output)
    file, skipped = printable(str(arguments.output)), len(group.skipped)
    print(say("workshop.collect.done", file=file, people=group.people, skipped=skipped))
    if arguments.csv is not None:
        _write_lives(group, solved, arguments.csv, arguments.pseudonyms)
    return PROBLEMS if group.skipped else FINE


def _exercise(folder: Path, name: str | None) -> Exercise:
    if name is None:
        try:
            name = exercise_name_in(files_in(folder))
        except OSError as error:
            raise _no_folder(folder, error) from error
    if name is None:
        raise Refusal(say("workshop.collect.nothing", folder=printable(str(folder))))
    return exercise_of(name)


def _write_lives(group: Group, solved: Solved, path: Path, pseudonyms: bool) -> None:
    text = lives_csv(group, solved, pseudonyms=pseudonyms)
    if text is None:
        raise Refusal(say("workshop.collect.too_few", fewest=FEWEST))
    codebook = path.with_name(f"{path.stem}_codebook.csv")
    write(text, path)
    write(lives_codebook_csv(pseudonyms), codebook)
    print(say("workshop.collect.lives", file=printable(str(path)), codebook=printable(str(codebook))))


def _no_folder(folder: Path, error: OSError) -> Refusal:
    reason = printable(error.strerror or str(error))
    return Refusal(say("workshop.collect.no_folder", folder=printable(str(folder)), reason=reason))
