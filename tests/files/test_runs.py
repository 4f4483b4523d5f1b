"""Run files: what is written is read again, byte for byte the same in every process, and a replay checks itself."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from known_levels import GOLDEN, golden
from lives import to_the_end

from game import __version__
from game.files import (
    Parted,
    Run,
    RunNotWritten,
    Waypoint,
    changes,
    level_from_text,
    read_level,
    read_run,
    replayed,
    run_as_json,
    run_from_text,
    run_of,
    session_of,
    write_run,
)
from game.policy import FirstLane
from game.session import Bets, Session
from game.simulate import live

GRAD = golden("grad")


def lived(seed: int = 7, bets: Bets | None = None) -> Session:
    """A whole life on the golden level "grad" that always takes the first lane."""
    return to_the_end(Session(GRAD, seed, "mine", GRAD.weights(), bets or Bets()))


def test_a_life_comes_back_from_its_file(tmp_path: Path) -> None:
    """A run that was written is read as the same run, and replayed it is the same record."""
    session = lived(bets=Bets(("school->phd", "phd->lab"), 21.5))
    run = run_of(session)
    path = write_run(run, tmp_path / "a" / "runs")
    assert read_run(path) == run
    assert replayed(read_run(path), GRAD) == session.record
    assert changes(run, GRAD) == ()


def test_a_session_from_a_run_is_as_it_was_before_the_first_choice() -> None:
    """A run gives back its water, value function and bets, and a life that has not begun."""
    session = lived(bets=Bets(("school->phd",), -3.0))
    again = session_of(run_of(session), GRAD)
    assert (again.seed, again.value_function, again.weights, again.bets) == (7, "mine", session.weights, session.bets)
    assert again.landscape == session.landscape
    assert again.record.legs == ()


def test_an_unfinished_life_is_a_run_too() -> None:
    """A life that was left in the middle is kept as far as it was lived."""
    session = Session(GRAD, 3, "mine", GRAD.weights())
    assert replayed(run_of(session), GRAD).lanes == ()
    session.choose("school->phd")
    assert replayed(run_of(session), GRAD).lanes == ("school->phd",)


def test_the_bytes_are_plain() -> None:
    """A run's text is JSON with sorted keys and a line break at its end, and tells nothing of when it was written."""
    text = run_as_json(run_of(lived()))
    document = json.loads(text)
    assert text == json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    assert set(document) == {
        "format", "program", "level", "seed", "value_function", "weights", "choices", "waypoints", "bets",
    }  # fmt: skip


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    """The same seed and choices are the same file, name and bytes, whatever the process hashes strings with."""
    script = (
        "import sys; from pathlib import Path\n"
        "from game.files import read_level, run_of, write_run\n"
        "from game.session import Bets, Session\n"
        "level = read_level(sys.argv[1])\n"
        "session = Session(level, 11, 'mine', level.weights(), Bets(('school->phd',), 12.5))\n"
        "while not session.finished: session.choose(session.open_lanes[-1].id)\n"
        "print(write_run(run_of(session), Path(sys.argv[2])).name)\n"
    )
    written = []
    for salt in ("1", "2"):
        folder = tmp_path / salt
        done = subprocess.run(
            [sys.executable, "-c", script, str(GOLDEN / "grad.toml"), str(folder)],
            env={**os.environ, "PYTHONHASHSEED": salt},
            capture_output=True,
            text=True,
            check=True,
        )
        written.append((done.stdout, (folder / done.stdout.strip()).read_bytes()))
    assert written[0] == written[1]


def test_no_run_is_written_over(tmp_path: Path) -> None:
    """The same run is written once; where another file has its name it gets a number; other runs get other names."""
    run = run_of(lived())
    path = write_run(run, tmp_path)
    assert write_run(run, tmp_path) == path
    assert path.name.startswith("grad-school-7-")
    path.write_text("something of one's own")
    second = write_run(run, tmp_path)
    assert second.name == path.stem + "-2.json"
    assert path.read_text() == "something of one's own"
    assert write_run(run, tmp_path) == second
    other = write_run(replace(run, bets=Bets(None, 1.0)), tmp_path)
    assert len({path, second, other}) == 3
    assert sorted(tmp_path.iterdir()) == sorted([path, second, other])


@pytest.mark.parametrize("title", ["山高万仞", "", "../../etc/passwd", "a\0b", "CON", "x" * 500, "...", "\ud800"])
def test_any_title_gives_a_file_in_its_folder(title: str, tmp_path: Path) -> None:
    """However a level is called, its run lies in the folder it was to lie in, under a name of plain characters."""
    path = write_run(replace(run_of(lived()), level_title=title), tmp_path)
    assert path.parent == tmp_path
    assert path.is_file()
    assert path.name.isascii()
    assert len(path.name) < 90
    read_run(path)


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    """A folder that cannot be made is told, and so is a run too large to be read again; nothing is left behind."""
    (tmp_path / "file").write_text("")
    with pytest.raises(RunNotWritten, match="could not be written into"):
        write_run(run_of(lived()), tmp_path / "file" / "runs")
    with pytest.raises(RunNotWritten):
        write_run(replace(run_of(lived()), choices=("x" * 2**20,)), tmp_path / "runs")
    assert not list((tmp_path / "runs").glob("*")) if (tmp_path / "runs").exists() else True


def test_a_write_that_breaks_off_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full, neither half a run nor a temporary file stays behind."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("game.files.run_file.os.fsync", full)
    with pytest.raises(RunNotWritten, match="No space left"):
        write_run(run_of(lived()), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folders_without_permission(tmp_path: Path) -> None:
    """A folder that may not be written to is told."""
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with pytest.raises(RunNotWritten, match="could not be written into"):
        write_run(run_of(lived()), tmp_path)


def test_a_replay_says_where_it_parts_from_a_lane_that_cannot_be_taken() -> None:
    """A choice that cannot be made is told by number, year, place and lane."""
    run = run_of(lived())
    with pytest.raises(Parted, match='decision 2, in year 3 at "phd": lane "lab->lab" cannot be taken') as parted:
        replayed(replace(run, choices=(run.choices[0], "lab->lab", *run.choices[2:])), GRAD)
    assert parted.value.decision == 2
    assert parted.value.record.lanes == ("school->phd",)
    with pytest.raises(Parted, match='the level has no lane "nowhere"'):
        replayed(replace(run, choices=("nowhere", *run.choices[1:])), GRAD)


def test_a_replay_says_where_it_parts_in_other_water() -> None:
    """Water that is not as it was is told where it is first felt, with both."""
    run = run_of(lived())
    first = run.waypoints[0]
    other = replace(run, waypoints=(replace(first, water=(2, 2)), *run.waypoints[1:]))
    with pytest.raises(
        Parted, match=r"decision 1, .* through water flow, flow; in the run .* through water surge, surge"
    ):
        replayed(other, GRAD)


def test_a_run_without_waypoints_is_checked_by_its_lanes_alone() -> None:
    """A run written by hand may leave the waypoints out."""
    run = replace(run_of(lived()), waypoints=())
    assert run_from_text(run_as_json(run)) == run
    assert replayed(run, GRAD) == lived().record


def test_a_changed_level_and_another_version_say_so() -> None:
    """What has changed since the life was lived is told, one sentence for each."""
    run = run_of(lived())
    text = (GOLDEN / "grad.toml").read_text(encoding="utf-8")
    changed = level_from_text(text.replace("years = 2", "years = 1", 1))
    (sentence,) = changes(run, changed)
    assert "not as it was" in sentence
    with pytest.raises(Parted, match=r'decision 1, .*leads to "phd" in year 1'):
        replayed(run, changed)
    renamed = level_from_text(text.replace('title  = "Grad school"', 'title = "Other words"'))
    assert changes(run, renamed) == ()
    (sentence,) = changes(replace(run, program="9.9"), GRAD)
    assert "9.9" in sentence
    assert __version__ in sentence


def test_a_changed_level_drops_what_does_not_fit_it() -> None:
    """Weights for other values, and a plan along lanes that are gone, are not taken over into the session."""
    fork = golden("fork")
    session = session_of(run_of(lived(bets=Bets(("school->phd",), 4.0))), fork)
    assert session.weights == (1.0,)
    assert session.bets == Bets(None, 4.0)


@given(
    st.builds(
        Run,
        level_title=st.text(st.characters(codec="utf-8"), max_size=20),
        level_digest=st.text("0123456789abcdef", max_size=64),
        level_file=st.text(st.characters(codec="utf-8"), max_size=20),
        seed=st.integers(-(2**63), 2**63),
        value_function=st.text(st.characters(codec="utf-8"), max_size=9),
        weights=st.lists(st.floats(-1e6, 1e6).map(lambda x: x + 0.0), max_size=16).map(tuple),
        choices=st.lists(st.text(st.characters(codec="utf-8"), max_size=9), min_size=2, max_size=2).map(tuple),
        bets=st.builds(
            Bets,
            plan=st.none() | st.lists(st.text(st.characters(codec="utf-8"), max_size=9), max_size=9).map(tuple),
            expectation=st.none() | st.floats(-1e12, 1e12).map(lambda x: x + 0.0),
        ),
        waypoints=st.lists(
            st.builds(
                Waypoint,
                year=st.integers(1, 100),
                place=st.text(st.characters(codec="utf-8"), max_size=9),
                water=st.lists(st.integers(0, 7), max_size=9).map(tuple),
            ),
            min_size=2,
            max_size=2,
        ).map(tuple),
    )
)
def test_any_run_comes_back(run: Run) -> None:
    """Whatever a run holds, its text is read as the same run."""
    assert run_from_text(run_as_json(run)) == run


@given(st.integers(-(2**63), 2**63), st.sampled_from(sorted(GOLDEN.glob("*.toml"))))
def test_every_lived_life_replays(seed: int, path: Path) -> None:
    """In any water of any golden level, a life that was lived replays to the same record."""
    level = read_level(path)
    session = Session(level, seed, level.default_value_function, level.weights())
    session.record = live(level, FirstLane(level), session.landscape)
    assert replayed(run_from_text(run_as_json(run_of(session))), level) == session.record
