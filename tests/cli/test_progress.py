"""The line of progress: each text covers the one before, and at the end nothing is left of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from game.cli.progress import OneLine
from game.cli.sweeping import ProgressBar
from game.words import columns, speak


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_a_short_text_covers_a_long_one_of_wide_signs() -> None:
    """A Chinese sign takes two columns, and so many spaces lie over it afterwards."""
    stream = Terminal()
    with OneLine(stream) as line:
        line.write("正在算第三步")
        line.write("ok")
    assert [columns(text) for text in stream.getvalue().split("\r")] == [0, 12, 12, 2, 0]


def test_nothing_is_written_where_nobody_looks() -> None:
    """A stream that is no terminal is never due, and is left empty."""
    stream = io.StringIO()
    with OneLine(stream) as line:
        assert not line.due
    assert stream.getvalue() == ""


def test_the_bar_of_a_sweep_is_gone_at_its_end(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In Chinese too, the bar is covered by spaces as wide as it was, and the line begins anew."""
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    speak("zh")
    with ProgressBar(tmp_path / "journal") as bar:
        bar(0, 40)
    *_, shown, covered, end = stream.getvalue().split("\r")
    assert "40" in shown
    assert covered == " " * columns(shown)
    assert end == ""
