"""An inbox on the loopback, in this process: it is sent to, asked, and looked into."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from workshop.people import exercise, person

from game.workshop.contribution_file import contribution_as_json
from game.workshop.courier import Inn
from game.workshop.inbox import Inbox
from game.workshop.room import open_room
from game.workshop.server import WorkshopServer

FORK = "one_plan_one_life"


def data_of(number: int, **values: object) -> bytes:
    """The file of a made-up person as it is sent."""
    return contribution_as_json(replace(person(FORK, number), **values).shared()).encode()


@contextmanager
def serving(folder: Path, name: str = FORK, **limits: object) -> Iterator[WorkshopServer]:
    """A server on the loopback, in this process, stopped at the end."""
    held = exercise(name)
    hours = limits.pop("hours", 1.0)
    assert isinstance(hours, float)
    room = open_room(folder, held, hours)
    inbox = Inbox(folder, held, int(str(limits.pop("most_people", 1000))))
    server = WorkshopServer(("127.0.0.1", 0), room, inbox, **limits)  # type: ignore[arg-type]
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def there(server: WorkshopServer, code: str | None = None) -> Inn:
    """Where a server is."""
    return Inn("127.0.0.1", server.server_address[1], server.room.code if code is None else code)


def raw(server: WorkshopServer, request: bytes, seconds: float = 5.0) -> bytes:
    """What a server answers to bytes that need not be a request at all."""
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=seconds) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while part := connection.recv(4096):
            answer += part
        return answer


def get(server: WorkshopServer, path: str) -> tuple[int, str]:
    """The status and the body of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    try:
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def files(folder: Path) -> list[str]:
    """What an inbox keeps."""
    return sorted(path.name for path in folder.glob("*.json") if path.name != "room.json")
