"""The server of a workshop: an inbox and a page for the projector on the local network, by the standard library alone.

It answers four things and nothing else: ``POST /inbox`` and ``POST /take-back`` with the room's code in the header
``Room-Code``, ``GET /room/CODE/`` and ``GET /room/CODE/news``.  No path from a request ever becomes a path on the disk.
Requests are limited in size, time, number and rate, and come from the local network only.
"""

from __future__ import annotations

import io
import ipaddress
import json
import socket
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from game.words import say
from game.workshop.board import Board
from game.workshop.contribution_file import MOST_BYTES
from game.workshop.inbox import Answer, Inbox
from game.workshop.rate import Rate
from game.workshop.room import Room

SECONDS = 10.0
"""A request that is not there whole after so many seconds is given up."""

MOST_AT_ONCE = 256
MOST_EACH = 64
"""So many requests of one address at once; the others are closed, and a courier comes back by itself."""

_MOST_HEADERS = 16 * 1024


class WorkshopServer(ThreadingHTTPServer):
    """The server of one room.  Raises OSError where the address cannot be had."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 512
    allow_reuse_address = True

    def __init__(
        self,
        address: tuple[str, int],
        room: Room,
        inbox: Inbox,
        *,
        seconds: float = SECONDS,
        asks: Rate | None = None,
        wrong: Rate | None = None,
        most_each: int = MOST_EACH,
    ) -> None:
        super().__init__(address, _Handler)
        self.room, self.inbox, self.board = room, inbox, Board(inbox)
        self.seconds = seconds
        self.asks = asks or Rate(burst=300, per_second=50)
        self.wrong = wrong or Rate(burst=20, per_second=0.2)
        self.most_each = most_each
        self._lock = threading.Lock()
        self._busy: Counter[str] = Counter()

    @property
    def everywhere(self) -> bool:
        """Whether it listens on all addresses of this machine."""
        return ipaddress.ip_address(str(self.server_address[0])).is_unspecified

    @property
    def alone(self) -> bool:
        """Whether nobody but this machine itself can come."""
        return ipaddress.ip_address(str(self.server_address[0])).is_loopback

    def verify_request(self, request: object, client_address: Any) -> bool:
        """Only the local network is heard."""
        try:
            there = ipaddress.ip_address(str(client_address[0]).split("%")[0])
        except ValueError:
            return False
        if there.is_private or there.is_loopback or there.is_link_local:
            return True
        # Some universities give every machine a public address; then those of the same house are the local network.
        here = ipaddress.ip_network((str(self.server_address[0]), 16), strict=False)
        return there in here

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for each request, as long as there are not too many, and not too many of one address."""
        if not self._takes(client_address[0]):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:
            # No thread could be had; the sender asks again.
            self._done(client_address[0])
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answers, and makes room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._done(client_address[0])

    def _takes(self, address: str) -> bool:
        with self._lock:
            if self._busy.total() >= MOST_AT_ONCE or self._busy[address] >= self.most_each:
                return False
            self._busy[address] += 1
            return True

    def _done(self, address: str) -> None:
        with self._lock:
            self._busy[address] -= 1
            if not self._busy[address]:
                del self._busy[address]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that went away, or was too slow, is nothing to tell anybody; all else is told on standard error."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Timed(io.RawIOBase):
    """The bytes of a connection until a moment; after it a read raises TimeoutError, however slowly they drip."""

    def __init__(self, connection: socket.socket, seconds: float) -> None:
        self._connection, self._end = connection, time.monotonic() + seconds
        self._left = MOST_BYTES + _MOST_HEADERS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        count = self._connection.recv_into(buffer)
        self._left -= count
        if self._left < 0:
            raise TimeoutError  # more than anybody may send, whatever it was announced as
        return count


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    server_version = "WaterLanes"
    sys_version = ""
    protocol_version = "HTTP/1.0"

    @property
    def here(self) -> WorkshopServer:
        return cast("WorkshopServer", self.server)

    def setup(self) -> None:
        super().setup()
        self.rfile = io.BufferedReader(_Timed(self.connection, self.here.seconds), 8192)

    def log_message(self, format: str, *args: Any) -> None:
        """Who asked for what is not written down anywhere."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What is no request that anybody here understands; told like everything else, and without its own bytes."""
        self.request_version = "HTTP/1.0"
        self.command = self.command or "GET"
        self._say(Answer(int(code), say("workshop.inbox.no_request")))

    def do_GET(self) -> None:
        """The page for the projector, and its news."""
        parts = urlsplit(self.path)
        match parts.path.split("/"):
            case ["", "room", code, ""]:
                if self._may_ask() and self._is_room(code):
                    self._page(self.here.board.page())
            case ["", "room", code, "news"]:
                if self._may_ask() and self._is_room(code):
                    news = self.here.board.news(parse_qs(parts.query).get("seen", [""])[0][:64])
                    if news is None:
                        self._send(204, b"", "text/plain")
                    else:
                        self._page(news[1], mark=news[0])
            case _:
                self._say(Answer(404, say("workshop.inbox.no_such_page")))

    def do_POST(self) -> None:
        """A file for the inbox, or the wish to have one back."""
        if self.path not in ("/inbox", "/take-back"):
            self._say(Answer(404, say("workshop.inbox.no_such_page")))
            return
        if not self._may_ask():
            return
        # The body is read before anything is answered, so that the answer does not get lost on the way.
        data = self._body()
        if data is None or not self._is_room(self.headers.get("Room-Code", "")):
            return
        try:
            self._say(self._taken_back(data) if self.path == "/take-back" else self.here.inbox.take_in(data))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            self._say(Answer(503, say("workshop.inbox.not_kept", reason=reason)))

    def _taken_back(self, data: bytes) -> Answer:
        try:
            document = json.loads(data)
        except (ValueError, RecursionError):
            document = None
        ticket = document.get("ticket") if isinstance(document, dict) else None
        if not isinstance(ticket, str) or len(ticket) != 32:
            return Answer(422, say("workshop.file.ticket"))
        return self.here.inbox.take_back(ticket)

    def _body(self) -> bytes | None:
        """The body of a request, or None where it was answered that there is none to be had."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 12) or "Transfer-Encoding" in self.headers:
            self._say(Answer(411, say("workshop.inbox.no_length")))
            return None
        if int(length) > MOST_BYTES:
            self._say(Answer(413, say("workshop.inbox.too_large", most=MOST_BYTES)))
            return None
        try:
            data = self.rfile.read(int(length))
        except TimeoutError:
            self._say(Answer(408, say("workshop.inbox.too_slow")))
            return None
        if len(data) < int(length):
            self._say(Answer(400, say("workshop.inbox.cut_off")))
            return None
        return data

    def _may_ask(self) -> bool:
        wait = self.here.asks.wait(self.client_address[0])
        if wait:
            self._say(Answer(429, say("workshop.inbox.too_often")), wait)
        return not wait

    def _is_room(self, code: str) -> bool:
        """Whether the code is the room's and still holds; who guesses too often has to wait for the next guess."""
        room, address = self.here.room, self.client_address[0]
        if not room.knows(code):
            wait = self.here.wrong.wait(address)
            if wait:
                self._say(Answer(429, say("workshop.inbox.too_often")), wait)
            else:
                self._say(Answer(403, say("workshop.inbox.wrong_code")))
            return False
        if not room.open_at(time.time()):
            self._say(Answer(410, say("workshop.inbox.expired")))
            return False
        return True

    def _say(self, answer: Answer, wait: float = 0.0) -> None:
        text = json.dumps({"text": answer.text, "kept": answer.kept}, ensure_ascii=False)
        more = {"Retry-After": str(int(wait) + 1)} if wait else {}
        self._send(answer.status, text.encode(), "application/json", more)

    def _page(self, text: str, mark: str = "") -> None:
        self._send(200, text.encode(), "text/html; charset=utf-8", {"X-Mark": mark} if mark else {})

    def _send(self, status: int, data: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
        }
        for key, value in {**headers, **(more or {})}.items():
            self.send_header(key, value)
        self.end_headers()
        self.connection.settimeout(self.here.seconds)
        self.wfile.write(data)


def own_address() -> str:
    """The address of this machine on its local network, or 127.0.0.1 where it has none.  Nothing is sent anywhere."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Connecting a datagram socket only asks the routing table; 192.0.2.1 belongs to nobody (RFC 5737).
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
