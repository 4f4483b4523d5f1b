"""Sources: the text of a file in whatever state it is, read without ever hanging or filling the memory."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from game.files.fault import Fault
from game.words import say

MOST_BYTES = 2**20
"""A level or a run is at most one mebibyte."""

_REASONS = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.ELOOP: "loop",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EISDIR: "folder",
}


class Unreadable(Exception):
    """A file whose text cannot be had; ``fault`` says why, ``opened`` whether there was a file to look into."""

    def __init__(self, fault: Fault, *, opened: bool = True) -> None:
        self.fault = fault
        self.opened = opened
        super().__init__(fault.text)


def text_of(path: Path | str) -> str:
    """The text of a regular UTF-8 file of at most MOST_BYTES, without a byte order mark, its line ends made ``\\n``.

    Raises Unreadable.
    """
    return decoded(_bytes_of(path))


def _bytes_of(path: Path | str) -> bytes:
    # Opening a pipe would wait for its other end and a device may have no end: only regular files are opened, and
    # without blocking, in case the file is exchanged between looking and opening.
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        _require_regular(os.stat(path))
        descriptor = os.open(path, flags)
        with open(descriptor, "rb", buffering=0) as file:
            state = os.fstat(descriptor)
            _require_regular(state)
            if state.st_size > MOST_BYTES:
                raise _too_large(state.st_size)
            return _read_at_most(file.fileno())
    except OSError as error:
        key = _REASONS.get(error.errno or 0, "other")
        raise _unreadable(key, reason=error.strerror or type(error).__name__) from None
    except ValueError:
        raise _unreadable("bad_name") from None


def _read_at_most(descriptor: int) -> bytes:
    # Some files tell no size (those that a kernel makes up), so the reading itself is bounded too.
    pieces: list[bytes] = []
    length = 0
    while length <= MOST_BYTES:
        piece = os.read(descriptor, MOST_BYTES + 1 - length)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
        length += len(piece)
    raise _too_large(length)


def _require_regular(state: os.stat_result) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise _unreadable("folder")
    if not stat.S_ISREG(state.st_mode):
        raise _unreadable("device")


def _too_large(size: int) -> Unreadable:
    return _unreadable("too_large", opened=True, size=size, most=MOST_BYTES)


def _unreadable(key: str, *, opened: bool = False, **parts: object) -> Unreadable:
    found, allowed = (say(f"files.source.{key}.{part}", **parts) for part in ("found", "allowed"))
    return Unreadable(Fault(None, say("files.where.file"), found, allowed), opened=opened)


def decoded(data: bytes) -> str:
    """The text that ``data`` is in UTF-8, as :func:`text_of` returns it.  Raises Unreadable."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unreadable("utf16", opened=True)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The offset counts from after a byte order mark, which is 3 bytes long.
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        fault = Fault(
            data.count(b"\n", 0, offset) + 1,
            say("files.where.file"),
            say("files.source.not_utf8.found", byte=f"{data[offset]:02x}", offset=offset),
            say("files.source.not_utf8.allowed"),
        )
        raise Unreadable(fault) from None
    if "\0" in text:
        raise _unreadable("binary", opened=True)
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise _unreadable("blank" if text else "empty", opened=True)
    return text
