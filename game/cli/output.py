"""Where the answer of a command goes: into a file, or to standard output."""

from __future__ import annotations

from pathlib import Path

from game.cli.refusal import Refusal
from game.files import printable
from game.words import say
from game.writing import write_whole


def write(text: str | bytes, path: Path | None) -> None:
    """Writes into a file, whole or not at all, or to standard output without one.  Raises Refusal."""
    if path is None:
        print(text if isinstance(text, str) else text.decode(), end="")
        return
    data = text.encode() if isinstance(text, str) else text
    try:
        _replace(path, data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(say("cli.not_writable", folder=printable(str(path)), reason=printable(reason))) from error


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        # A device or a pipe is written to, not replaced; a folder says that it is one.
        path.write_bytes(data)
        return
    write_whole(path, data, mode=0o644)
