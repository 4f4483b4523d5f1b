"""A file in any state ends in a message, at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from known_levels import GOLDEN

from game.files import LevelFaults, RunFaults, read_level, read_run
from game.files.source import MOST_BYTES

CONTENTS = {
    "empty": (b"", "nothing in it"),
    "blank": (b" \n\r\n\t", "empty lines"),
    "only a byte order mark": (b"\xef\xbb\xbf", "nothing in it"),
    "binary": (bytes(range(256)), "not UTF-8"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not UTF-8"),
    "zeros": (b"a\0b" * 9, "bytes of another kind"),
    "UTF-16": ("format = 1".encode("utf-16"), "UTF-16"),
    "Latin-1": ('title = "Café"'.encode("latin-1"), "the byte e9 at offset 12"),
    "a cut character": ("title = é".encode()[:-1], "the byte c3 at offset 8"),
    "too large": (b"#" * (MOST_BYTES + 1), f"{MOST_BYTES + 1} bytes"),
}


def told(path: Path | str) -> str:
    """What is said about a level that cannot be read; the same must be said about it as a run."""
    with pytest.raises(LevelFaults) as level:
        read_level(path)
    with pytest.raises(RunFaults) as run:
        read_run(path)
    assert str(level.value) == str(run.value)
    assert level.value.opened == run.value.opened
    return str(level.value)


@pytest.mark.parametrize("name", CONTENTS)
def test_contents_that_are_no_text(name: str, tmp_path: Path) -> None:
    """What is no text is told as what it is."""
    data, found = CONTENTS[name]
    path = tmp_path / "level.toml"
    path.write_bytes(data)
    assert found in told(path)


def test_bytes_that_are_not_utf8_have_a_line(tmp_path: Path) -> None:
    """The line and the offset of the first byte that is not UTF-8 are told, byte order mark included."""
    path = tmp_path / "level.toml"
    path.write_bytes(b"\xef\xbb\xbfa = 1\r\nb = \xff")
    assert f"{path}:2: " in told(path)
    assert "the byte ff at offset 14" in told(path)


def test_the_largest_file_that_is_allowed(tmp_path: Path) -> None:
    """A file of exactly one mebibyte is read."""
    path = tmp_path / "level.toml"
    sound = b'format = 1\ntitle = "t"\nyears = 1\nstart = "a"\n[places.a]\n[[lanes]]\nfrom = "a"\nto = "a"\n#'
    path.write_bytes(sound.ljust(MOST_BYTES, b"x"))
    assert read_level(path).title == "t"


def test_two_gibibytes(tmp_path: Path) -> None:
    """A file of 2 GiB is refused by its size, without being read."""
    path = tmp_path / "level.toml"
    with path.open("wb") as file:
        file.truncate(2**31)
    assert str(2**31) in told(path)


def test_nothing_there_and_folders(tmp_path: Path) -> None:
    """A missing file, a folder, and a file taken for a folder are told; so is a name that no file can have."""
    assert "nothing there" in told(tmp_path / "none.toml")
    assert "a folder" in told(tmp_path)
    file = tmp_path / "file"
    file.write_text("x")
    assert "nothing there" in told(file / "inside.toml")
    assert "no path can have" in told("a\0b")
    assert "too long" in told(str(tmp_path / ("x" * 10_000)))
    assert "folder" in told("") or "nothing there" in told("")


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links(tmp_path: Path) -> None:
    """Links that lead round in a circle or nowhere are told; a link to a level is that level."""
    loop = tmp_path / "loop.toml"
    loop.symlink_to(loop)
    assert "circle" in told(loop)
    nowhere = tmp_path / "nowhere.toml"
    nowhere.symlink_to(tmp_path / "none")
    assert "nothing there" in told(nowhere)
    link = tmp_path / "link.toml"
    golden = GOLDEN / "fork.toml"
    link.symlink_to(golden)
    assert read_level(link) == read_level(golden)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipes_and_devices_are_not_waited_for(tmp_path: Path) -> None:
    """A pipe that nobody writes to, and a device without end, are refused without being opened."""
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert "a pipe or a device" in told(pipe)
    for device in ("/dev/zero", "/dev/tty", "/dev/stdin"):
        if os.path.exists(device) and not os.path.isfile(device):
            assert "found" in told(device)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux makes up files")
def test_files_that_tell_no_size() -> None:
    """A file that the system makes up as it is read is read, to its end or to the limit."""
    with pytest.raises(LevelFaults) as caught:
        read_level("/proc/self/status")
    assert caught.value.opened
    assert caught.value.faults[0].line == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_files_that_may_not_be_read(tmp_path: Path) -> None:
    """A file without permission is told as that."""
    path = tmp_path / "level.toml"
    path.write_text("format = 1")
    path.chmod(0)
    assert "no permission" in told(path)


def test_permission_is_told_whoever_runs_this(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says when it refuses to open a file comes out as plain words."""

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "level.toml"
    path.write_text("format = 1")
    monkeypatch.setattr("game.files.source.os.open", refuse)
    assert "no permission to read it" in told(path)
