"""Over the wire: hostile input is refused with a clear answer, and the courier loses nothing."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from workshop.open_inbox import FORK, data_of, files, get, raw, serving, there
from workshop.people import exercise, person

from game.cli import main
from game.words import say
from game.workshop.contribution import Contribution
from game.workshop.contribution_file import MOST_BYTES, contribution_as_json
from game.workshop.courier import Courier, Inn, NoAddress, inn, post
from game.workshop.gathering import gather
from game.workshop.notebook import open_notebook
from game.workshop.rate import Rate
from game.workshop.room import Room, kept_room, open_room
from game.workshop.server import own_address


def test_a_file_goes_over_the_wire_and_the_page_shows_the_group(tmp_path: Path) -> None:
    """Six people send; the page knows six people; its news come once; without the code there is no page."""
    with serving(tmp_path) as server:
        for number in range(6):
            small = replace(person(FORK, number), lives=person(FORK, number).lives[:1])
            answer = post(there(server), "/inbox", contribution_as_json(small.shared()).encode())
            assert answer is not None
            assert answer[0] == 201
        status, page = get(server, f"/room/{server.room.code}/")
        assert status == 200
        assert "6 people took part" in page
        assert f'data-mark="{server.inbox.mark}"' in page
        assert get(server, f"/room/{server.room.code}/news?seen={server.inbox.mark}") == (204, "")
        assert get(server, f"/room/{server.room.code}/news?seen=x")[0] == 200
        assert get(server, "/room/AAAAAA/")[0] == 403
        assert all(person(FORK, number).pseudonym not in page for number in range(6))


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"POST /inbox HTTP/1.0\r\nRoom-Code: CODE\r\nContent-Length: 2\r\n\r\n{}", 422),
        (b"POST /inbox HTTP/1.0\r\nRoom-Code: CODE\r\nContent-Length: 9\r\n\r\n{}", 400),
        (b"POST /inbox HTTP/1.0\r\nRoom-Code: CODE\r\n\r\n{}", 411),
        (b"POST /inbox HTTP/1.0\r\nRoom-Code: CODE\r\nContent-Length: -1\r\n\r\n{}", 411),
        (b"POST /inbox HTTP/1.0\r\nRoom-Code: CODE\r\nContent-Length: 99999999\r\n\r\n{}", 413),
        (b"POST /inbox HTTP/1.1\r\nRoom-Code: CODE\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 411),
        (b"POST /inbox HTTP/1.0\r\nRoom-Code: WRONG1\r\nContent-Length: 2\r\n\r\n{}", 403),
        (b"POST /inbox HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}", 403),
        (b"POST /../../etc/passwd HTTP/1.0\r\nRoom-Code: CODE\r\nContent-Length: 2\r\n\r\n{}", 404),
        (b"POST /inbox/../x.json HTTP/1.0\r\nRoom-Code: CODE\r\nContent-Length: 2\r\n\r\n{}", 404),
        (b"POST /take-back HTTP/1.0\r\nRoom-Code: CODE\r\nContent-Length: 13\r\n\r\n" + b'{"ticket":1}\n', 422),
        (b"GET /room/CODE/../../../etc/passwd HTTP/1.0\r\n\r\n", 404),
        (b"GET /room.json HTTP/1.0\r\n\r\n", 404),
        (b"GET /room/%2e%2e/ HTTP/1.0\r\n\r\n", 403),
        (b"GET / HTTP/1.0\r\n\r\n", 404),
        (b"PUT /inbox HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}", 501),
        (b"OPTIONS /inbox HTTP/1.0\r\n\r\n", 501),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET " + b"/" * 70_000 + b" HTTP/1.0\r\n\r\n", 414),
        (b"GET / HTTP/1.0\r\n" + b"a: b\r\n" * 200 + b"\r\n", 431),
    ],
)
def test_what_is_no_proper_request_gets_a_clear_answer(tmp_path: Path, request_: bytes, status: int) -> None:
    """Malformed, oversized, without length, wrong code, path tricks, other methods: a status, and nothing is kept."""
    with serving(tmp_path) as server:
        before = sorted(path.name for path in tmp_path.iterdir())
        answer = raw(server, request_.replace(b"CODE", server.room.code.encode()))
        assert int(answer.split(b" ", 2)[1]) == status
        assert sorted(path.name for path in tmp_path.iterdir()) == before
        assert post(there(server), "/inbox", data_of(1)) == (201, "Kept.")


def test_a_slow_sender_is_given_up_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A body that drips gets 408 after the time there is, headers that drip an end; meanwhile others are answered."""
    with serving(tmp_path, seconds=0.6) as server:
        answers: list[bytes] = []

        def drip(head: bytes) -> None:
            with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=5) as connection:
                connection.sendall(head)
                answer = b""
                try:
                    for _ in range(40):
                        connection.sendall(b"x")
                        time.sleep(0.05)
                except OSError:
                    pass
                try:
                    answer = connection.recv(4096)
                except OSError:
                    answer = b"cut off"
                answers.append(answer)

        head = f"POST /inbox HTTP/1.0\r\nRoom-Code: {server.room.code}\r\nContent-Length: 5000\r\n\r\n".encode()
        slow = [threading.Thread(target=drip, args=(part,)) for part in (head, b"POST /inbox HTTP/1.0\r\nX: ")]
        for thread in slow:
            thread.start()
        assert post(there(server), "/inbox", data_of(1)) == (201, "Kept.")
        for thread in slow:
            thread.join()
        assert all(answer in (b"", b"cut off") or b" 408 " in answer for answer in answers)
        assert len(files(tmp_path)) == 1


def test_a_sender_that_says_nothing_more_is_told_that_it_was_too_slow(tmp_path: Path) -> None:
    """Half a body and then silence is answered by 408 once the time is over."""
    with (
        serving(tmp_path, seconds=0.3) as server,
        socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=5) as connection,
    ):
        head = f"POST /inbox HTTP/1.0\r\nRoom-Code: {server.room.code}\r\nContent-Length: 5000\r\n\r\n{{"
        connection.sendall(head.encode())
        assert b" 408 " in connection.recv(4096)


@pytest.mark.skipif(sys.platform != "linux", reason="only there the whole loopback is this machine's")
def test_many_slow_senders_of_one_address_do_not_take_the_place_of_others(tmp_path: Path) -> None:
    """Of one address so many are heard at once and the next is closed; another address is answered meanwhile."""
    with serving(tmp_path, seconds=5.0, most_each=3) as server:
        port = server.server_address[1]
        slow = [socket.create_connection(("127.0.0.1", port), 5, ("127.0.0.2", 0)) for _ in range(4)]
        try:
            assert slow[3].recv(1) == b""
            assert post(there(server), "/inbox", data_of(1)) == (201, "Kept.")
        finally:
            for connection in slow:
                connection.close()
        # Those that went away have made room.
        for _ in range(100):
            with socket.create_connection(("127.0.0.1", port), 5, ("127.0.0.2", 0)) as connection:
                connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
                try:
                    answer = connection.recv(4096)
                except ConnectionError:
                    answer = b""
            if answer:
                break
            time.sleep(0.02)
        assert b" 404 " in answer


def test_guessing_the_code_and_asking_too_often_have_to_wait(tmp_path: Path) -> None:
    """After so many wrong codes a guess has to wait, while the right code is still heard; and a flood waits too."""
    with serving(tmp_path, wrong=Rate(3, 0.001)) as server:
        answers = [post(there(server, "WRONG1"), "/inbox", b"{}") for _ in range(5)]
        assert [answer and answer[0] for answer in answers] == [403, 403, 403, 429, 429]
        assert post(there(server), "/inbox", data_of(1)) == (201, "Kept.")
    with serving(tmp_path, asks=Rate(2, 0.001)) as server:
        assert [(post(there(server), "/inbox", data_of(2)) or (0,))[0] for _ in range(3)] == [201, 200, 429]


def test_an_expired_code_is_told_as_expired(tmp_path: Path) -> None:
    """The right code after its time is 410, for files and pages alike."""
    with serving(tmp_path) as server:
        server.room = replace(server.room, expires=time.time() - 1)
        answer = post(there(server), "/inbox", data_of(1))
        assert answer is not None
        assert answer[0] == 410
        assert get(server, f"/room/{server.room.code}/")[0] == 410


def test_only_the_local_network_is_heard(tmp_path: Path) -> None:
    """A request from the internet is not answered; on a public address those of the same house of networks are."""

    def heard(address: str) -> bool:
        return server.verify_request(None, (address, 1))

    with serving(tmp_path) as server:
        addresses = ("127.0.0.1", "192.168.3.4", "8.8.8.8", "x")
        assert [heard(address) for address in addresses] == [True, True, False, False]
        own, server.server_address = server.server_address, ("130.92.1.2", 8765)
        assert [heard(address) for address in ("130.92.200.9", "130.93.1.2")] == [True, False]
        server.server_address = own
    assert own_address().count(".") == 3


# --- the courier ------------------------------------------------------------------------------------------------------


def test_addresses_are_read_as_people_write_them() -> None:
    """With and without scheme and port; anything else is told."""
    assert inn("192.168.1.5", "ABC-DEF") == Inn("192.168.1.5", 8765, "ABC-DEF")
    assert inn("http://host.local:99/", "x").port == 99
    for wrong in ("", "https://a", "http://:80", "a:b", "ftp://x"):
        with pytest.raises(NoAddress):
            inn(wrong, "ABC")
    with pytest.raises(NoAddress):
        inn("192.168.1.5", " ")


def test_the_courier_waits_for_the_inbox_and_survives_a_restart(tmp_path: Path) -> None:
    """Without an inbox nothing is lost; a courier made anew sends what lies in the spool; it is there once."""
    spool, folder = tmp_path / "spool", tmp_path / "inbox"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = probe.getsockname()[1]
    courier = Courier(spool)
    assert courier.there is None
    courier.to(Inn("127.0.0.1", nobody, "ABCDEF"))
    courier.queue(person(FORK, 1))
    courier.queue(replace(person(FORK, 1), serial=2))
    assert courier.round().waiting == 1
    with serving(folder) as server:
        again = Courier(spool)
        again.to(there(server))
        assert again.run(threading.Event()).sent == 1
        assert again.waiting == []
        again.queue(replace(person(FORK, 1), serial=2))
        assert again.round().sent == 1
        assert again.take_back(person(FORK, 1).ticket) == "It is taken back and deleted here."
    assert files(folder) == []


def test_the_courier_keeps_what_is_refused(tmp_path: Path) -> None:
    """With a wrong code the file stays in the spool, and why is told."""
    with serving(tmp_path / "inbox") as server:
        courier = Courier(tmp_path / "spool")
        courier.to(there(server, "WRONG1"))
        courier.queue(person(FORK, 1))
        outcome = courier.run(threading.Event())
        assert outcome.refused == "This is not the code of the room."
        assert outcome.waiting == 1


@pytest.mark.parametrize(("listen", "told"), [("127.0.0.1", "alone"), ("0.0.0.0", "listening_everywhere")])
def test_the_host_names_an_address_that_others_can_type(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, listen: str, told: str
) -> None:
    """On every address it shows the one on the local network; on the loopback it says that nobody else can come."""
    monkeypatch.setattr("game.cli.hosting._serve", lambda server: server.server_close())
    port = free_port()
    assert main(["workshop", "host", FORK, "--listen", listen, "--port", str(port), "--folder", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    address = own_address() if listen == "0.0.0.0" else listen
    code = open_room(tmp_path, exercise(FORK)).code
    assert say(f"workshop.host.{told}", address=address, port=port) in lines
    assert say("workshop.host.page", page=f"http://{address}:{port}/room/{code}/") in lines
    assert any(f"--send {address}:{port} " in line for line in lines)


def test_sending_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``workshop send`` hands in what is in the notebook, remembers where, and ``take-back`` has it back."""
    notebook = open_notebook(exercise(FORK))
    notebook.keep()
    assert main(["workshop", "send", FORK, "--send", "127.0.0.1:9", "--code", "ABC-DEF"]) == 2
    assert main(["workshop", "hand-in", FORK]) == 2
    assert say("workshop.nothing_yet", title=notebook.exercise.title) in capsys.readouterr().err
    notebook.contribution = person(FORK, 1)
    notebook.keep()
    assert main(["workshop", "send", FORK, "--send", "not a name", "--code", "ABC-DEF"]) == 2
    with serving(tmp_path) as server:
        port = server.server_address[1]
        assert main(["workshop", "send", FORK, "--send", f"127.0.0.1:{port}", "--code", server.room.shown]) == 0
        assert len(files(tmp_path)) == 1
        assert main(["workshop", "send", FORK]) == 0
        assert len(files(tmp_path)) == 1
        assert main(["workshop", "take-back", FORK]) == 0
        assert files(tmp_path) == []
        assert main(["workshop", "send", FORK]) == 0
        assert len(files(tmp_path)) == 1
        assert main(["workshop", "forget"]) == 0
        assert files(tmp_path) == []
        notebook.keep()
        assert main(["workshop", "send", FORK, "--send", f"127.0.0.1:{port}", "--code", "nonono"]) == 1
    assert main(["workshop", "send", FORK, "--send", "https://x", "--code", "a"]) == 2
    told = capsys.readouterr()
    assert "taken back" in told.out
    assert "not the code" in told.err


# --- the real thing ---------------------------------------------------------------------------------------------------


class Host:
    """``water-lanes workshop host`` as a process of its own, which can be killed and started again."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port

    def __enter__(self) -> Host:
        command = [sys.executable, "-m", "game", "workshop", "host", FORK, "--listen", "127.0.0.1"]
        command += ["--port", str(self.port), "--folder", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.told = [self.process.stdout.readline() for _ in range(5)]
        return self

    def __exit__(self, *reason: object) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        assert self.process.stdout is not None
        self.process.stdout.read()
        self.process.stdout.close()
        self.process.wait(20)

    def kill(self) -> None:
        """Ends it without a word, as a power cut would."""
        self.process.kill()
        self.process.wait(20)


def free_port() -> int:
    """A port of the loopback that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(come: Callable[[], bool], seconds: float = 60.0) -> None:
    """Waits until something has come."""
    end = time.monotonic() + seconds
    while not come():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process is killed as POSIX does it")
@pytest.mark.slow
def test_two_hundred_people_at_once_and_a_server_that_is_killed_halfway(tmp_path: Path) -> None:
    """200 couriers send at once; halfway the inbox is killed and started again; everybody is there exactly once."""
    folder, port, count = tmp_path / "inbox", free_port(), 200
    people: list[Contribution] = []
    for number in range(count):
        made = person(FORK, number)
        people.append(replace(made, lives=made.lives[:1], predictions=made.predictions[:1]))
    done: list[int] = []
    couriers = []
    with Host(folder, port) as first:
        assert "127.0.0.1" in first.told[0]
        room = kept_room(folder)
        assert isinstance(room, Room)
        for number, made in enumerate(people):
            courier = Courier(tmp_path / f"spool{number}")
            courier.to(Inn("127.0.0.1", port, room.code))
            courier.queue(made)
            couriers.append(courier)
        stop = threading.Event()
        threads = [threading.Thread(target=lambda c=c: done.append(c.run(stop).waiting)) for c in couriers]
        for thread in threads:
            thread.start()
        wait_for(lambda: len(files(folder)) >= count // 2)
        first.kill()
    assert len(files(folder)) < count
    with Host(folder, port) as second:
        assert room.shown in second.told[1]
        for thread in threads:
            thread.join(120)
        assert done == [0] * count
    group = gather(folder, exercise(FORK))
    assert len(files(folder)) == count
    assert group.skipped == ()
    assert set(group.contributions) == {made.shared() for made in people}
    assert max((folder / name).stat().st_size for name in files(folder)) < MOST_BYTES
