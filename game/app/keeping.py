"""Lives as files: which of them are kept, once each, and the job that reads them again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from game.app.jobs import Job
from game.model import Level
from game.session import Session

if TYPE_CHECKING:
    from game.app.lives import KeptLife
    from game.app.stage import Stage


def keep_run(stage: Stage, session: Session) -> Path | None:
    """Writes the run of a session into the stage's ``home``, once for the same choices; where it lies, or None.

    None without a ``home``, without a choice made, where it cannot be written, and in a workshop, whose lives are kept
    in its notebook.
    """
    if stage.course is not None or stage.runs is None or not session.record.lanes:
        return None
    known = identity(session, session.record.lanes)
    if known in stage.kept_runs:
        return stage.kept_runs[known]
    from game.files import run_of, write_run

    run = run_of(session)
    file = stage.level_files.get(session.level.digest)
    if file is not None:
        run = replace(run, level_file=file.name)  # the name alone: a run may be shared, a folder may not
    try:
        stage.kept_runs[known] = write_run(run, stage.runs)
    except OSError:
        return None
    return stage.kept_runs[known]


def identity(session: Session, lanes: tuple[str, ...]) -> tuple[object, ...]:
    """What makes the run of a session with these choices one and the same."""
    turns = tuple(turn for turn in session.turns if turn.decisions <= len(lanes))
    looks = {*session.looks, *(number for number, _ in session.record.glances)}
    return (session.level.digest, session.seed, session.begun, turns, session.bets, lanes, tuple(sorted(looks)))


def keep_lives(stage: Stage) -> None:
    """Keeps the runs of all lives on the stage, before it is left."""
    for screen in stage.screens:
        session = getattr(screen, "session", None)
        if isinstance(session, Session):
            keep_run(stage, session)


def lives_of(stage: Stage, levels: tuple[Level, ...]) -> Job[list[KeptLife]]:
    """The job that reads all kept lives, one's own and friends', and lives them once more on these levels."""
    from game.app.lives import read_lives

    assert stage.home is not None
    assert stage.runs is not None
    return stage.jobs.submit(read_lives, stage.runs, stage.home / "friends", levels, urgent=True)
