"""The inbox: what is sent is kept once and safely, and nobody is counted twice."""

from __future__ import annotations

import json
import os
import time
from dataclasses import replace
from pathlib import Path

import pytest
from workshop.open_inbox import FORK, data_of, files
from workshop.people import exercise, person

from game.workshop.contribution import Words
from game.workshop.contribution_file import contribution_as_json
from game.workshop.gathering import gather
from game.workshop.inbox import Inbox
from game.workshop.rate import Rate
from game.workshop.room import LETTERS, kept_room, open_room


def test_the_same_bytes_are_kept_once_and_the_latest_state_counts(tmp_path: Path) -> None:
    """Sent again, older, newer, or with another content under the same number: one file, the right one."""
    inbox = Inbox(tmp_path, exercise(FORK))
    assert [inbox.take_in(data_of(1, serial=2)).status for _ in range(3)] == [201, 200, 200]
    assert inbox.take_in(data_of(1, serial=1)).status == 200
    assert inbox.take_in(data_of(1, serial=2, words=())).status == 409
    first = files(tmp_path)
    assert inbox.take_in(data_of(1, serial=3)).status == 201
    assert len(files(tmp_path)) == 1
    assert files(tmp_path) != first
    assert gather(tmp_path, exercise(FORK)).contributions == (replace(person(FORK, 1), serial=3).shared(),)


def test_what_is_taken_back_is_gone_and_is_not_taken_in_again(tmp_path: Path) -> None:
    """A late repeat of a send cannot undo taking back, not even after a restart; a new state can be handed in."""
    inbox = Inbox(tmp_path, exercise(FORK))
    ticket = person(FORK, 1).ticket
    inbox.take_in(data_of(1, serial=4))
    assert inbox.take_back(ticket).status == 200
    assert files(tmp_path) == []
    for again in (inbox, Inbox(tmp_path, exercise(FORK))):
        assert again.take_in(data_of(1, serial=4)).status == 409
        assert files(tmp_path) == []
    assert inbox.take_in(data_of(1, serial=5)).status == 201


def test_what_was_taken_back_stays_so_when_the_power_goes_before_it_is_deleted(tmp_path: Path) -> None:
    """The wish is on the disk first; a file that still lies there at the next start is deleted then."""
    inbox = Inbox(tmp_path, exercise(FORK))
    inbox.take_in(data_of(1, serial=4))
    path = tmp_path / files(tmp_path)[0]
    data = path.read_bytes()
    inbox.take_back(person(FORK, 1).ticket)
    path.write_bytes(data)
    assert Inbox(tmp_path, exercise(FORK)).people == 0
    assert files(tmp_path) == []


def test_words_without_a_tick_are_not_kept_even_if_they_are_sent(tmp_path: Path) -> None:
    """A file that was sent by something else than the game loses what is not ticked."""
    inbox = Inbox(tmp_path, exercise(FORK))
    made = person(FORK, 1).with_words(Words("notes", 1, "for me alone", False))
    assert inbox.take_in(contribution_as_json(made).encode()).status == 201
    assert "for me alone" not in (tmp_path / files(tmp_path)[0]).read_text(encoding="utf-8")


def test_the_number_of_people_is_limited(tmp_path: Path) -> None:
    """A full inbox says so to newcomers and still takes newer states of those who are in it."""
    inbox = Inbox(tmp_path, exercise(FORK), most_people=2)
    assert [inbox.take_in(data_of(number)).status for number in (1, 2, 3)] == [201, 201, 507]
    assert inbox.take_in(data_of(1, serial=9)).status == 201


def test_a_restart_after_any_half_step_finds_everybody_once(tmp_path: Path) -> None:
    """A half-written draft, an old state that was not deleted yet and foreign files change nothing."""
    inbox = Inbox(tmp_path, exercise(FORK))
    inbox.take_in(data_of(1, serial=1))
    old = (tmp_path / files(tmp_path)[0]).read_bytes()
    inbox.take_in(data_of(1, serial=2))
    inbox.take_in(data_of(2))
    (tmp_path / "0000.json").write_bytes(old)
    (tmp_path / ".half-abc.part").write_bytes(old[:100])
    (tmp_path / "zzz.json").write_text("{", encoding="utf-8")
    again = Inbox(tmp_path, exercise(FORK))
    assert again.people == 2
    assert not (tmp_path / ".half-abc.part").exists()
    assert not (tmp_path / "0000.json").exists()
    assert {made.serial for made in gather(tmp_path, exercise(FORK)).contributions} == {1, 2}


def test_a_file_is_on_the_disk_before_it_is_answered_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both the file and the folder's list of names are flushed before the answer."""
    order: list[str] = []
    real = os.fsync
    monkeypatch.setattr(os, "fsync", lambda descriptor: (order.append("flush"), real(descriptor))[1])
    inbox = Inbox(tmp_path, exercise(FORK))
    order.clear()
    assert inbox.take_in(data_of(1)).kept
    assert order == ["flush", "flush"]


# --- rooms and rates --------------------------------------------------------------------------------------------------


def test_a_room_keeps_its_code_until_it_expires(tmp_path: Path) -> None:
    """Opened again it has the same code; expired, or for another exercise, a new one; a broken file is as none."""
    room = open_room(tmp_path, exercise(FORK), 1.0)
    assert open_room(tmp_path, exercise(FORK)) == room
    assert set(room.code) <= set(LETTERS)
    assert room.knows(room.shown.lower())
    assert not room.knows(room.code[:-1])
    other = open_room(tmp_path, exercise("one_step"), 1.0)
    assert other.code != room.code
    late = replace(other, expires=time.time() - 1)
    (tmp_path / "room.json").write_text(
        json.dumps({"code": late.code, "exercise": late.exercise, "digest": late.digest, "expires": late.expires})
    )
    assert open_room(tmp_path, exercise("one_step")).code != late.code
    (tmp_path / "room.json").write_text("[", encoding="utf-8")
    assert kept_room(tmp_path) is None


def test_a_rate_lets_a_burst_through_and_then_a_steady_flow() -> None:
    """Three at once, then one every two seconds; other addresses do not wait for it."""
    now = [0.0]
    rate = Rate(3, 0.5, lambda: now[0])
    assert [rate.wait("a") for _ in range(4)] == [0, 0, 0, pytest.approx(2.0)]
    assert rate.wait("b") == 0
    now[0] = 2.0
    assert rate.wait("a") == 0
    assert rate.used_up("a")
    assert not rate.used_up("c")
