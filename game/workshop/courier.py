"""The courier: brings what somebody hands in to the inbox of a room, as often as it takes.

What is to be sent lies in a folder, the spool, until the inbox has answered that it is kept.  So nothing is lost when
either side stops halfway, and as the inbox keeps the same bytes once, a send that was answered into the void is simply
made again.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from game.words import say
from game.workshop.contribution import Contribution
from game.workshop.contribution_file import contribution_as_json
from game.workshop.inbox import file_name
from game.writing import write_whole

TO = "to.address"
USUAL_PORT = 8765
_FIRST_WAIT, _LONGEST_WAIT, _TIMEOUT = 0.3, 20.0, 12.0


class NoAddress(ValueError):
    """A text that is no address of an inbox."""


@dataclass(frozen=True)
class Outcome:
    """What became of a round: how many files were taken in, how many wait, and what was said where one was refused."""

    sent: int
    waiting: int
    refused: str = ""


@dataclass(frozen=True)
class Inn:
    """Where an inbox is: host and port, and the room's code."""

    host: str
    port: int
    code: str


def inn(address: str, code: str) -> Inn:
    """The inbox at an address such as ``192.168.1.5`` or ``http://192.168.1.5:8765``.  Raises NoAddress."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host, port = parts.hostname, parts.port or USUAL_PORT
    except ValueError:
        host, port = None, 0
    spaced = any(sign.isspace() for sign in host or "")
    if not host or spaced or parts.scheme not in ("", "http") or not code.strip():
        raise NoAddress(say("workshop.send.no_address", address=ascii(address[:80])))
    return Inn(host, port, code.strip())


class Courier:
    """The courier of one spool.  Made anew after a restart it goes on with what lies there."""

    def __init__(self, spool: Path) -> None:
        self.spool = spool
        self._lock = threading.Lock()

    def to(self, there: Inn) -> None:
        """Remembers where to send.  Raises OSError."""
        self.spool.mkdir(parents=True, exist_ok=True)
        document = {"host": there.host, "port": there.port, "code": there.code}
        write_whole(self.spool / TO, json.dumps(document))

    @property
    def there(self) -> Inn | None:
        """Where to send, or None while nobody has said."""
        try:
            found = json.loads((self.spool / TO).read_text(encoding="utf-8"))
            return Inn(str(found["host"]), int(found["port"]), str(found["code"]))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    @property
    def waiting(self) -> list[Path]:
        """The files that are not there yet."""
        return sorted(self.spool.glob("*.json"))

    def queue(self, contribution: Contribution) -> None:
        """Puts what may be shared of a contribution into the spool, in the place of an older state.  Raises OSError."""
        data = contribution_as_json(contribution.shared()).encode()
        with self._lock:
            self.spool.mkdir(parents=True, exist_ok=True)
            path = self.spool / file_name(contribution.ticket, data)
            before = [old for old in self.waiting if old != path]
            write_whole(path, data)
            for old in before:
                old.unlink(missing_ok=True)

    def round(self) -> Outcome:
        """Tries to send everything once."""
        there, sent, refused = self.there, 0, ""
        for path in self.waiting if there is not None else []:
            assert there is not None
            try:
                data = path.read_bytes()
            except OSError:
                continue  # replaced by a newer state just now
            answer = post(there, "/inbox", data)
            if answer is None or answer[0] in (429, 503, 507):
                continue
            if answer[0] in (200, 201, 409):
                # A conflict is told when a newer state, or the wish to have it back, is there already.
                path.unlink(missing_ok=True)
                sent += 1
            else:
                refused = answer[1]
        return Outcome(sent, len(self.waiting), refused)

    def run(self, stop: threading.Event, told: Callable[[Outcome], object] | None = None) -> Outcome:
        """Sends until nothing waits any more, something is refused for good, or somebody says stop."""
        wait = _FIRST_WAIT
        while True:
            outcome = self.round()
            if told is not None:
                told(outcome)
            if not outcome.waiting or outcome.refused or stop.is_set():
                return outcome
            # Nobody comes back at the same moment as everybody else.
            stop.wait(wait * random.uniform(0.5, 1.5))
            wait = min(_LONGEST_WAIT, wait * 1.6)

    def take_back(self, ticket: str) -> str:
        """Empties the spool and asks the inbox for what it has; what was said, empty where nobody answered."""
        with self._lock:
            for path in self.waiting:
                path.unlink(missing_ok=True)
        there = self.there
        answer = post(there, "/take-back", json.dumps({"ticket": ticket}).encode()) if there is not None else None
        return answer[1] if answer is not None else ""


def post(there: Inn, path: str, data: bytes) -> tuple[int, str] | None:
    """The status and the text that an inbox answers, or None where it does not answer."""
    connection = http.client.HTTPConnection(there.host, there.port, timeout=_TIMEOUT)
    try:
        headers = {"Room-Code": there.code, "Content-Type": "application/json"}
        connection.request("POST", path, data, headers)
        answer = connection.getresponse()
        text = answer.read(65536).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    try:
        said = str(json.loads(text)["text"])
    except (ValueError, LookupError, TypeError):
        said = ""
    return answer.status, said
