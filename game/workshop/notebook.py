"""Notebooks: what a person has done in an exercise, kept in a folder of their own and in no other place.

The folder ``workshop`` of the user's folder has one folder for each exercise: ``notebook.json`` with everything, words
that are not shared included, and ``to_hand_in`` and ``spool`` with what has been handed out of it.  Those of people who
sat at the same computer before lie beside it, under their pseudonyms.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import re
import shutil
import unicodedata
from dataclasses import dataclass, field, replace
from pathlib import Path

from game.files import user_folder
from game.workshop.contribution import Contribution, fresh_ticket
from game.workshop.contribution_file import (
    ContributionFaults,
    contribution_as_json,
    contribution_from_bytes,
)
from game.workshop.courier import Courier
from game.workshop.exercise import Exercise
from game.workshop.pseudonym import pseudonym
from game.writing import write_whole

FILE, TO_HAND_IN, SPOOL = "notebook.json", "to_hand_in", "spool"
READABLE = 0o644


def workshop_folder() -> Path:
    """The folder of everything that a person has from workshops; it need not exist."""
    return user_folder() / "workshop"


@dataclass
class Notebook:
    """The notebook of one exercise: the contribution, the step last seen, and the files that were handed out."""

    exercise: Exercise
    folder: Path
    contribution: Contribution
    at: str = ""
    copies: list[Path] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nobody has left anything in it."""
        made = self.contribution
        return not (made.predictions or made.lives or made.words)

    def set_aside(self) -> None:
        """Makes room for another person's notebook; this one is found by its pseudonym and is forgotten with all.

        Raises OSError.
        """
        if self.folder.exists():
            self.folder.replace(self.folder.with_name(f"{self.folder.name}.{file_stem(self.contribution)}"))

    def forget(self) -> None:
        """Deletes this notebook and all that was handed in from it, as far as that can be reached; no one else's.

        Raises OSError.
        """
        self.take_back()
        if self.folder.exists():
            shutil.rmtree(self.folder)
        with contextlib.suppress(OSError):
            workshop_folder().rmdir()  # only where nothing else is in it

    def keep(self) -> None:
        """Writes the notebook.  Raises OSError."""
        document = {
            "at": self.at,
            "copies": [str(path) for path in self.copies],
            "contribution": contribution_as_json(self.contribution),
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(document, ensure_ascii=False, indent=1)
        write_whole(self.folder / FILE, text)

    def hand_in(self, into: Path | None = None) -> Path:
        """Writes what may be shared into a folder (the notebook's own without one) and returns the file's path.

        A file handed in there before is replaced.  Raises OSError.
        """
        into = self.folder / TO_HAND_IN if into is None else into
        self.contribution = replace(self.contribution, serial=self.contribution.serial + 1)
        into.mkdir(parents=True, exist_ok=True)
        path = into.absolute() / f"{file_stem(self.contribution)}.json"
        if path not in self.copies:
            self.copies.append(path)
        self.keep()
        write_whole(path, contribution_as_json(self.contribution.shared()), mode=READABLE)
        return path

    def hand_over(self, courier: Courier) -> None:
        """Gives what may be shared to a courier.  Raises OSError."""
        self.contribution = replace(self.contribution, serial=self.contribution.serial + 1)
        self.keep()
        courier.queue(self.contribution)

    def take_back(self, folders: tuple[Path, ...] = ()) -> list[Path]:
        """Deletes every file that was handed in, and those with this ticket in ``folders``; what was deleted."""
        found = [*self.copies, *(self.folder / SPOOL).glob("*.json")]
        for folder in folders:
            found += sorted(folder.glob("*.json"))
        gone = []
        for path in dict.fromkeys(path.absolute() for path in found):
            if ticket_of(path) == self.contribution.ticket:
                path.unlink(missing_ok=True)
                gone.append(path)
        self.copies = [path for path in self.copies if path.exists() and path not in gone]
        if (self.folder / FILE).exists():
            self.keep()
        return gone


def open_notebook(exercise: Exercise) -> Notebook:
    """The notebook of an exercise as it was left, or a new one with a pseudonym and a ticket of its own.

    A notebook that cannot be read any more, or of an exercise that has changed, is set aside beside the new one.
    """
    folder = workshop_folder() / exercise.name
    kept = folder / FILE
    if kept.exists():
        found = _kept(kept, exercise)
        if found is not None:
            return found
        with contextlib.suppress(OSError):
            kept.replace(kept.with_suffix(".old.json"))
    fresh = Contribution(exercise.name, exercise.digest, pseudonym(), fresh_ticket())
    return Notebook(exercise, folder, fresh)


def _kept(path: Path, exercise: Exercise) -> Notebook | None:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        contribution = contribution_from_bytes(document["contribution"].encode(), exercise)
        copies = [Path(copy) for copy in document["copies"]]
        return Notebook(exercise, path.parent, contribution, str(document["at"]), copies)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, ContributionFaults):
        return None


def folders_set_aside(exercise: Exercise) -> list[Path]:
    """The folders of those who did the exercise on this computer before somebody else did."""
    return sorted(path for path in workshop_folder().glob(f"{glob.escape(exercise.name)}.*") if path.is_dir())


def file_stem(contribution: Contribution) -> str:
    """The name of a contribution's file: the pseudonym and a mark that tells nothing of the ticket."""
    plain = unicodedata.normalize("NFKD", contribution.pseudonym).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "life"
    return f"{slug}-{hashlib.sha256(contribution.ticket.encode()).hexdigest()[:8]}"


def ticket_of(path: Path) -> str | None:
    """The ticket in a workshop file, or None where there is none to be read."""
    try:
        if path.stat().st_size > 2**20:
            return None
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    ticket = document.get("ticket") if isinstance(document, dict) else None
    return ticket if isinstance(ticket, str) else None


def kept_tickets() -> list[tuple[Path, str]]:
    """The folder and the ticket of every notebook that can be read."""
    found = []
    for path in sorted(workshop_folder().glob(f"*/{FILE}")):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            found.append((path.parent, str(json.loads(document["contribution"])["ticket"])))
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            continue
    return found


def forget() -> list[Path]:
    """Deletes all that a person has from workshops, with the files they handed in as far as those can be reached.

    Returns what was deleted.  Raises OSError where something is there and cannot be deleted.
    """
    folder, gone = workshop_folder(), []
    for notebook in sorted(folder.glob(f"*/{FILE}")):
        gone += _forget_copies(notebook)
    if folder.exists():
        gone += sorted(path for path in folder.rglob("*") if path.is_file())
        shutil.rmtree(folder)
    return list(dict.fromkeys(gone))


def _forget_copies(notebook: Path) -> list[Path]:
    try:
        document = json.loads(notebook.read_text(encoding="utf-8"))
        ticket = json.loads(document["contribution"])["ticket"]
        copies = [Path(copy) for copy in document["copies"]]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return []
    gone = [path for path in copies if ticket_of(path) == ticket]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
