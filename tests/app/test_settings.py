"""Settings: kept, read back, and never in the way."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from game.app.settings import Settings, read_settings, write_settings


def test_settings_survive_being_written_and_read(tmp_path: Path) -> None:
    """What was written is what is read, every field of it."""
    chosen = Settings(1.5, True, "dusk", True, "drive", ("plan",), "/a/level.toml", 3)
    write_settings(chosen, tmp_path / "new" / "settings.json")
    assert read_settings(tmp_path / "new" / "settings.json") == chosen


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"[" * 50_000,
        b'{"text_scale": NaN}',
        b'{"text_scale": 1e400}',
        b'{"text_scale": "large", "palette": 7, "lives": -1, "ghosts": {"plan": 1}}',
        b'{"lives": true, "reduced_motion": 1, "mode": "fly", "last_level": null}',
        b'{"lives": ' + b"9" * 5000 + b"}",
    ],
)
def test_a_broken_file_gives_the_defaults(tmp_path: Path, content: bytes) -> None:
    """Whatever lies in the file, reading it gives the defaults and no exception."""
    file = tmp_path / "settings.json"
    file.write_bytes(content)
    assert read_settings(file) == Settings()


def test_a_folder_in_place_of_the_file_gives_the_defaults(tmp_path: Path) -> None:
    """A path that cannot be read at all is as good as none."""
    assert read_settings(tmp_path) == Settings()


def test_what_can_be_read_of_a_broken_file_is_kept(tmp_path: Path) -> None:
    """One value that makes no sense does not take the others with it, nor does a key of another version."""
    file = tmp_path / "settings.json"
    found = asdict(Settings(palette="rose")) | {"text_scale": -3, "ghosts": ["plan", "nobody"], "sound": 0.4}
    file.write_text(json.dumps(found), encoding="utf-8")
    assert read_settings(file) == Settings(palette="rose", ghosts=("plan",))


def test_writing_never_leaves_half_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing breaks off the old file stands as it was, and nothing else is left behind."""
    file = tmp_path / "settings.json"
    write_settings(Settings(lives=1), file)

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_settings(Settings(lives=2), file)
    assert read_settings(file) == Settings(lives=1)
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["settings.json"]
