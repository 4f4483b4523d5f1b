"""Rooms: a code that lets people hand in to an inbox for some hours, kept so that it survives a restart."""

from __future__ import annotations

import contextlib
import hmac
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from game.workshop.exercise import Exercise
from game.workshop.gathering import ROOM_FILE
from game.writing import write_whole

LETTERS = "ABCDEFGHJKLMNPQRTUVWXY346789"
"""Signs that are not taken for each other when they are read from a wall."""

LENGTH = 6
USUAL_HOURS, MOST_HOURS = 4.0, 72.0


@dataclass(frozen=True)
class Room:
    """A code for an exercise; it holds until ``expires`` (seconds since 1970)."""

    code: str
    exercise: str
    digest: str
    expires: float

    def knows(self, code: str) -> bool:
        """Whether this is the room's code, whatever its case and the dash in it; it takes as long for every code."""
        return hmac.compare_digest(plain(code).encode(), self.code.encode())

    def open_at(self, now: float) -> bool:
        """Whether the code still holds."""
        return now < self.expires

    @property
    def shown(self) -> str:
        """The code as it stands on a wall: two groups of three."""
        return f"{self.code[:3]}-{self.code[3:]}"


def plain(code: str) -> str:
    """A code as it is compared."""
    return "".join(char for char in code.upper() if char.isalnum())[:64]


def open_room(folder: Path, exercise: Exercise, hours: float = USUAL_HOURS) -> Room:
    """The room of an inbox's folder: the one that is open there for this exercise, or a new one with a new code.

    Raises OSError.
    """
    found = kept_room(folder)
    if found is not None and found.digest == exercise.digest and found.open_at(time.time()):
        return found
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    room = Room(code, exercise.name, exercise.digest, time.time() + 3600 * hours)
    folder.mkdir(parents=True, exist_ok=True)
    document = {"code": code, "exercise": room.exercise, "digest": room.digest, "expires": room.expires}
    write_whole(folder / ROOM_FILE, json.dumps(document))
    return room


def kept_room(folder: Path) -> Room | None:
    """The room that a folder keeps, or None where there is none to be read."""
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        found = json.loads((folder / ROOM_FILE).read_text(encoding="utf-8"))
        return Room(str(found["code"]), str(found["exercise"]), str(found["digest"]), float(found["expires"]))
    return None
