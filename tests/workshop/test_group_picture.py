"""The group's picture: right counts, nobody singled out, nothing believed, and quick enough."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workshop.people import exercise, person

from game.cli import main
from game.files import replayed
from game.solver import solve
from game.words import say
from game.workshop.contribution import Contribution, Words
from game.workshop.contribution_file import contribution_as_json
from game.workshop.figures import Solved, StepFigures, figures, histogram, worth
from game.workshop.gathering import Group, gather
from game.workshop.privacy import FEW, FEWEST, joined, shown
from game.workshop.report import report
from game.workshop.report_charts import ticks
from game.workshop.report_table import figures_csv, lives_csv

FORK = "one_plan_one_life"


def group_of(count: int, name: str = FORK) -> Group:
    """A group of made-up people who lived the steps of the first fork alone, so that nothing takes long."""
    people = []
    for number in range(count):
        made = person(name, number)
        people.append(
            replace(
                made,
                lives=tuple(life for life in made.lives if life.step == "fork_life"),
                predictions=tuple(p for p in made.predictions if p.step == "fork_plans"),
            )
        )
    return Group(exercise(name), tuple(people))


def write_all(group: Group, folder: Path) -> None:
    """The files of a group, as people hand them in."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, made in enumerate(group.contributions):
        (folder / f"{number}.json").write_text(contribution_as_json(made.shared()), encoding="utf-8")


def test_the_counts_are_those_of_the_lives() -> None:
    """Counted once more from the runs alone: people on each lane, and the light of the group."""
    group = group_of(60)
    (found,) = figures(group)
    takers: Counter[str] = Counter()
    for made in group.contributions:
        takers.update(set(made.lives[0].run.choices))
    told = {lane: count for lane, count in found.lanes if count is not None}
    assert told == {lane: takers[lane] for lane in told}
    assert all(takers[lane] for lane, count in found.lanes if count is None)
    level = exercise(FORK).level_of(found.step)
    totals = [replayed(made.lives[0].run, level).total(level.weights()) for made in group.contributions]
    (light,) = found.lights
    assert light.mean == pytest.approx(sum(totals) / len(totals))
    assert sum(light.counts) == 60
    for (low, high), count in zip(pairwise(light.edges), light.counts, strict=True):
        assert count == sum(low <= total < high for total in totals)
    assert found.lives is not None
    assert found.plans is not None
    assert (found.lives.total, found.plans.total) == (60, 180)
    assert dict(light.rungs)["best_fixed_plan"] == pytest.approx(11.1075)


@pytest.mark.parametrize(("name", "step"), [(FORK, "fork_life"), ("whose_light", "mine"), ("whose_light", "theirs")])
def test_the_lines_beside_the_light_are_the_ladders(name: str, step: str) -> None:
    """What stands beside a group's light is what the whole solution of the level says."""
    held = exercise(name)
    level, weights = held.level_of(held.step(step)), held.weights_of(held.step(step))
    found, rungs = solve(level, weights, hindsight_samples=0, plan_limit=100).ladder, dict(worth(level, weights).rungs)
    assert rungs["best_fixed_plan"] == pytest.approx(found.best_fixed_plan.value)
    assert rungs["step_by_step"] == pytest.approx(found.step_by_step.value)
    assert rungs["optimal"] == pytest.approx(found.optimal.value)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=8))
def test_a_count_below_three_is_never_told_and_cannot_be_worked_out(counts: list[int]) -> None:
    """What is shown is right, nothing from 1 to 2 is, and what is hidden adds up to at least three people in two cells.

    The exception is a fork at which all that is not 0 is hidden: then nothing is told but that some were there.
    """
    told = shown(counts)
    assert all(count is None or count == counts[i] for i, count in enumerate(told))
    assert not {1, 2} & {count for count in told if count is not None}
    hidden = [counts[i] for i, count in enumerate(told) if count is None]
    if hidden and any(told):
        assert sum(hidden) >= FEW
        assert len(hidden) >= 2


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_joined_bins_hold_three_people_each_and_lose_nobody(counts: list[int]) -> None:
    """No bin that is left holds fewer than three, and their sum is everybody, if there are three at all."""
    edges, kept = joined([float(i) for i in range(len(counts) + 1)], counts)
    assert all(count >= FEW for count in kept)
    assert len(edges) == len(kept) + 1
    assert sum(kept) == (sum(counts) if sum(counts) >= FEW else 0)


@given(st.lists(st.floats(-50, 300), min_size=5, max_size=60))
def test_the_edges_of_bins_are_no_ones_light(totals: list[float]) -> None:
    """Every light lies inside the bins, whose edges are round: multiples of one step of 1, 2 or 5."""
    import numpy as np

    edges, counts = histogram(np.array(totals), [0.0, 100.0])
    assert sum(counts) == len(totals)
    assert edges[0] <= min(totals) + 1e-6
    assert max(totals) <= edges[-1] + 1e-6
    steps = {float(f"{edge:.9g}") for edge in edges}
    assert all(abs(edge / 0.01 - round(edge / 0.01)) < 1e-6 for edge in steps)


def test_of_a_small_group_nothing_is_counted() -> None:
    """Four people give a page without a map, a count or a light; their shared words are there all the same."""
    group = group_of(FEWEST - 1)
    found = figures(group)
    assert [(f.people, f.forks, f.lights) for f in found] == [(4, (), ())]
    page = report(group, found)
    assert "<svg" not in page
    assert "words 2 to notes 0" in page
    assert lives_csv(group, Solved({}, {})) is None
    rows = list(csv.DictReader(io.StringIO(figures_csv(group, found))))
    assert [row["count"] for row in rows] == [""]


def test_nobody_is_named_and_words_need_their_tick() -> None:
    """No pseudonym, no ticket and no unticked word is in the page or in the tables."""
    group = group_of(30)
    solved = Solved({}, {})
    texts = [report(group, figures(group, solved)), lives_csv(group, solved) or ""]
    for made in group.contributions:
        for text in texts:
            assert made.pseudonym not in text
            assert made.ticket not in text
        assert made.words_at("notes", 1).text not in texts[0]
        assert made.words_at("notes", 0).text in texts[0]
    assert "river otter 3" in (lives_csv(group, solved, pseudonyms=True) or "")


def test_nothing_that_people_write_becomes_part_of_the_page() -> None:
    """Words with tags, scripts and signs that end a script are shown as letters."""
    evil = "</script><img src=x onerror=alert(1)>'\"&"
    group = group_of(6)
    people = [replace(made, words=(Words("notes", 0, evil, True),)) for made in group.contributions]
    page = report(replace(group, contributions=tuple(people)), ())
    assert "<img" not in page
    assert "&lt;/script&gt;&lt;img" in page


def test_a_spreadsheet_is_given_no_formulas() -> None:
    """A pseudonym that begins like a formula is kept a text."""
    group = group_of(6)
    named = [replace(made, pseudonym="=1+1") for made in group.contributions]
    text = lives_csv(replace(group, contributions=tuple(named)), Solved({}, {}), pseudonyms=True)
    assert text is not None
    assert {row["pseudonym"] for row in csv.DictReader(io.StringIO(text))} == {"'=1+1"}


def test_the_page_is_one_file_with_one_script_of_its_own() -> None:
    """No address of anything else is on the page, and its policy allows the one script and no connection."""
    group = group_of(12)
    page = report(group, figures(group))
    assert not re.search(r"(?:src|href)=", page)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert "default-src 'none'" in policy[1]
    assert "connect-src" not in policy[1]
    payload = re.search(r'id="figures">(.*?)</script>', page, re.S)
    assert payload is not None
    files = json.loads(payload[1])["files"]
    columns = files["figures"]["text"].split("\r\n")[0].split(",")
    assert [row["column"] for row in csv.DictReader(io.StringIO(files["codebook"]["text"]))] == columns


def test_no_ranking_is_anywhere(tmp_path: Path) -> None:
    """The words of the page know no best or worst person, winner, score or mark."""
    page = report(group_of(8), figures(group_of(8)))
    text = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", page, flags=re.S).lower()
    assert not re.search(r"\b(rank\w*|winner\w*|score\w*|grade\w*|top \d|worst|best player)\b", text)


def test_hostile_and_double_files_are_left_out_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with everything that could lie in one: the group is right, and each other file is named with why."""
    group = group_of(7)
    write_all(group, tmp_path)
    first = group.contributions[0]
    older = replace(first, serial=0, lives=())
    (tmp_path / "older.json").write_text(contribution_as_json(older), encoding="utf-8")
    (tmp_path / "copy.json").write_text(contribution_as_json(first), encoding="utf-8")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    (tmp_path / "deep.json").write_text("[" * 90_000, encoding="utf-8")
    (tmp_path / "huge.json").write_text(" " * 1_100_000, encoding="utf-8")
    (tmp_path / "other.json").write_text(contribution_as_json(person("one_step", 1)), encoding="utf-8")
    (tmp_path / "bytes.json").write_bytes(bytes(range(256)))
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "link.json").symlink_to("/dev/zero")
    (tmp_path / "notes.txt").write_text("not mine", encoding="utf-8")
    read = gather(tmp_path, exercise(FORK))
    assert set(read.contributions) == {made.shared() for made in group.contributions}
    assert {name for name, _ in read.skipped} == {
        "broken.json", "deep.json", "huge.json", "other.json", "bytes.json", "folder.json", "link.json",
    }  # fmt: skip
    assert main(["workshop", "collect", str(tmp_path), "-o", str(tmp_path / "r.html"), "--exercise", FORK]) == 1
    told = capsys.readouterr()
    assert told.err.count("left out:") == 7
    assert "People: 7" in told.out


def test_collecting_finds_the_exercise_and_refuses_what_it_cannot_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files say which exercise it is; a folder without any, no folder, and another suffix are told."""
    group = group_of(6)
    write_all(group, tmp_path / "in")
    page, table = tmp_path / "out.html", tmp_path / "lives.csv"
    assert main(["workshop", "collect", str(tmp_path / "in"), "-o", str(page), "--csv", str(table)]) == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 6
    columns = [row["column"] for row in csv.DictReader((tmp_path / "lives_codebook.csv").read_text().splitlines())]
    assert columns == list(rows[0])
    (tmp_path / "empty").mkdir()
    assert main(["workshop", "collect", str(tmp_path / "empty"), "-o", str(page)]) == 2
    assert main(["workshop", "collect", str(tmp_path / "nowhere"), "-o", str(page)]) == 2
    assert main(["workshop", "collect", str(tmp_path / "in"), "-o", "page.txt"]) == 2
    assert say("workshop.collect.nothing", folder=str(tmp_path / "empty")) in capsys.readouterr().err


def test_an_order_of_files_makes_no_difference() -> None:
    """The page is the same whoever's file was read first."""
    group = group_of(9)
    mixed = list(group.contributions)
    random.Random(1).shuffle(mixed)
    assert report(group, figures(group)) == report(
        replace(group, contributions=tuple(mixed)), figures(replace(group, contributions=tuple(mixed)))
    )


@pytest.mark.parametrize(("low", "high"), [(0.0, 10.0), (20.0, 180.0), (-3.0, 0.5), (5.0, 5.0)])
def test_ticks_are_round_and_few(low: float, high: float) -> None:
    """At most ten marks, all between the ends."""
    marks = ticks(low, high)
    assert len(marks) <= 11
    assert all(low - 1e-6 <= mark <= high + 1e-6 for mark in marks)


def test_a_figure_of_no_plans_says_so() -> None:
    """A group that drew nothing has lives and no plans on its page."""
    bare = tuple(replace(made, predictions=()) for made in group_of(8).contributions)
    found: tuple[StepFigures, ...] = figures(replace(group_of(8), contributions=bare))
    assert found[0].plans is None
    assert found[0].sureness == ()
    assert Contribution("", "", "", "").shared().words == ()


@pytest.mark.slow
def test_five_hundred_people_fit_on_a_page(tmp_path: Path) -> None:
    """500 files of real lives by mixed policies become a page below 5 MB; ``bench_workshop.py`` tells the time."""
    for number in range(500):
        text = contribution_as_json(person("one_step", number).shared())
        (tmp_path / f"{number}.json").write_text(text, encoding="utf-8")
    assert main(["workshop", "collect", str(tmp_path), "-o", str(tmp_path / "report.html")]) == 0
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert say("report.people", people=500) in page
    assert len(page.encode()) < 5_000_000
