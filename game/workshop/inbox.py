"""The inbox: workshop files taken in, one by one, from anybody who knows the room's code, and kept for good.

Nothing that comes in is believed (`contribution_file`).  A file is on the disk before it is answered for.  The same
bytes sent twice are kept once, and of one ticket the highest serial is kept; so a send may be repeated as often as
anybody likes, by either side's restart or by an attacker, and nobody is counted twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from game.words import say
from game.workshop.contribution import Contribution
from game.workshop.contribution_file import (
    MOST_BYTES,
    ContributionFaults,
    contribution_as_json,
    contribution_from_bytes,
)
from game.workshop.exercise import Exercise
from game.workshop.gathering import files_in
from game.writing import write_whole

MOST_PEOPLE = 1000
WITHDRAWN = "withdrawn.log"


@dataclass(frozen=True)
class Answer:
    """What the inbox says: an HTTP status, a sentence, and whether the file is kept there now."""

    status: int
    text: str
    kept: bool = False


class Inbox:
    """The inbox of one exercise in ``folder``, which is made where it is missing.  Raises OSError."""

    def __init__(self, folder: Path, exercise: Exercise, most_people: int = MOST_PEOPLE) -> None:
        self.folder, self.exercise, self.most_people = folder, exercise, most_people
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[int, Path]] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self._withdrawn = self._read_withdrawn()
        for draft in folder.glob(".*.part"):
            # Half a file from a time when the power went; nobody was told that it is kept.
            draft.unlink(missing_ok=True)
        for path in files_in(folder):
            self._find(path)

    @property
    def people(self) -> int:
        """How many people have something here."""
        return len(self._kept)

    @property
    def mark(self) -> str:
        """A mark that changes with what is here."""
        with self._lock:
            names = sorted(path.name for _, path in self._kept.values())
        return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]

    def take_in(self, data: bytes) -> Answer:
        """Takes in the bytes of a file, or says why not.  Raises OSError where they cannot be kept."""
        if len(data) > MOST_BYTES:
            return Answer(413, say("workshop.inbox.too_large", most=MOST_BYTES))
        try:
            found = contribution_from_bytes(data, self.exercise)
        except ContributionFaults as error:
            return Answer(422, "\n".join(fault.text for fault in error.faults[:10]))
        # What was not ticked should never have been sent; it is not kept either.
        clean = contribution_as_json(found.shared()).encode()
        with self._lock:
            return self._keep(found, clean)

    def take_back(self, ticket: str) -> Answer:
        """Deletes what somebody handed in, and refuses it if it should be sent again.  Raises OSError."""
        with self._lock:
            serial, path = self._kept.get(ticket, (-1, None))
            self._note_withdrawn(ticket, serial)
            if path is None:
                return Answer(200, say("workshop.inbox.nothing_back"))
            path.unlink(missing_ok=True)
            _settle(self.folder)
            del self._kept[ticket]
            return Answer(200, say("workshop.inbox.back"))

    def _keep(self, found: Contribution, data: bytes) -> Answer:
        serial, before = self._kept.get(found.ticket, (-1, None))
        path = self.folder / file_name(found.ticket, data)
        if found.serial <= self._withdrawn.get(_mark(found.ticket), -1):
            return Answer(409, say("workshop.inbox.withdrawn"))
        if before == path:
            return Answer(200, say("workshop.inbox.known"), kept=True)
        if found.serial < serial:
            return Answer(200, say("workshop.inbox.older"), kept=True)
        if found.serial == serial:
            return Answer(409, say("workshop.inbox.same_serial"))
        if before is None and len(self._kept) >= self.most_people:
            return Answer(507, say("workshop.inbox.full", most=self.most_people))
        write_whole(path, data, mode=0o600)
        _settle(self.folder)
        self._kept[found.ticket] = (found.serial, path)
        if before is not None:
            before.unlink(missing_ok=True)
        return Answer(201, say("workshop.inbox.kept"), kept=True)

    def _find(self, path: Path) -> None:
        """Takes a file that lies in the folder already; of one ticket the highest serial stays."""
        try:
            found = contribution_from_bytes(path.read_bytes()[: MOST_BYTES + 1], self.exercise)
        except (OSError, ContributionFaults):
            return
        serial, before = self._kept.get(found.ticket, (-1, None))
        if found.serial <= self._withdrawn.get(_mark(found.ticket), -1):
            # Taken back, and the power went before it was deleted.
            path.unlink(missing_ok=True)
            return
        if found.serial > serial:
            self._kept[found.ticket] = (found.serial, path)
            path = before or path
        if before is not None:
            path.unlink(missing_ok=True)

    def _read_withdrawn(self) -> dict[str, int]:
        found: dict[str, int] = {}
        try:
            lines = (self.folder / WITHDRAWN).read_text(encoding="utf-8").splitlines()
        except OSError:
            return found
        for line in lines:
            try:
                mark, serial = json.loads(line)
                found[str(mark)] = max(int(serial), found.get(str(mark), -1))
            except (ValueError, TypeError):
                continue  # the last line may be half written, and was not answered for
        return found

    def _note_withdrawn(self, ticket: str, serial: int) -> None:
        mark = _mark(ticket)
        if len(self._withdrawn) >= 4 * self.most_people or serial <= self._withdrawn.get(mark, -1):
            return
        self._withdrawn[mark] = serial
        with (self.folder / WITHDRAWN).open("a", encoding="utf-8") as file:
            file.write(json.dumps([mark, serial]) + "\n")
            file.flush()
            os.fsync(file.fileno())


def file_name(ticket: str, data: bytes) -> str:
    """The name of a file in the inbox: it is made of digests alone, so that nothing in it comes from a sender."""
    return f"{_mark(ticket)[:16]}-{hashlib.sha256(data).hexdigest()[:32]}.json"


def _mark(ticket: str) -> str:
    return hashlib.sha256(f"water-lanes/{ticket}".encode()).hexdigest()


def _settle(folder: Path) -> None:
    """Makes sure that the names in a folder are on the disk as well as the files, where a system can do that."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
