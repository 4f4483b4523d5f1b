"""Where the answer of a command goes: into a file, or to standard output."""

from __future__ import annotations

from pathlib import Path

from game.cli.refusal import Refusal
from game.files import printable
from game.words import say
from game.writing import write_whole


def write(text: str, path: Path | None) -> None:
    """Writes ``text`` into a file, whole or not at all, or to standard output without one.  Raises Refusal."""
    if path is None:
        print(text, end="")
        return
    try:
        _replace(path, text)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(say("cli.not_writable", folder=printable(str(path)), reason=printable(reason))) from error


def _replace(path: Path, text: str) -> None:
    if path.exists() and not path.is_file():
        # A device or a pipe is written to, not replaced; a folder says that it is one.
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    write_whole(path, text, mode=0o644)
