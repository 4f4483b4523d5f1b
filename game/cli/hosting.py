"""``water-lanes workshop host`` and ``water-lanes workshop send``: the two ends of a room's inbox."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import time
from pathlib import Path

from game.cli.checking import FINE, PROBLEMS
from game.cli.exercise import exercise_of, filled_notebook, kept_notebook
from game.cli.refusal import Refusal
from game.files import printable
from game.words import say
from game.workshop.courier import Courier, NoAddress, Outcome, inn
from game.workshop.inbox import Inbox
from game.workshop.notebook import SPOOL, workshop_folder
from game.workshop.room import open_room
from game.workshop.server import WorkshopServer, own_address


def host_command(arguments: argparse.Namespace) -> int:
    """Serves until it is told to stop.  Raises Refusal."""
    exercise = exercise_of(arguments.exercise)
    folder: Path = arguments.folder or workshop_folder() / "inbox" / exercise.name
    address = arguments.listen or own_address()
    try:
        room, inbox = open_room(folder, exercise, arguments.hours), Inbox(folder, exercise)
    except OSError as error:
        reason = printable(error.strerror or str(error))
        raise Refusal(say("cli.not_writable", folder=printable(str(folder)), reason=reason)) from error
    try:
        server = WorkshopServer((address, arguments.port), room, inbox)
    except (OSError, UnicodeError, OverflowError) as error:
        reason = printable(getattr(error, "strerror", None) or str(error))
        shown = printable(address)
        raise Refusal(say("workshop.host.cannot", address=shown, port=arguments.port, reason=reason)) from error
    port = server.server_address[1]
    until = time.strftime("%H:%M", time.localtime(room.expires))
    # Nobody can go to "every address of this machine"; its own on the network is what the others type.
    address = own_address() if server.everywhere else address
    parts = {"address": address, "port": port, "exercise": exercise.name, "code": room.shown, "until": until}
    keys = ["listening_everywhere" if server.everywhere else "listening", "code", "join"]
    for key in [*keys, "alone"] if server.alone else keys:
        print(say(f"workshop.host.{key}", **parts))
    print(say("workshop.host.page", page=f"http://{address}:{port}/room/{room.code}/"))
    print(say("workshop.host.folder_is", folder=printable(str(folder))), flush=True)
    _serve(server)
    print(say("workshop.host.ended", people=inbox.people))
    return FINE


def _serve(server: WorkshopServer) -> None:
    """Serves until Ctrl+C or a request to end."""

    def end(signum: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        server.server_close()


def send_command(arguments: argparse.Namespace) -> int:
    """Sends until it is there, or says why not.  Raises Refusal."""
    notebook = kept_notebook(arguments)
    courier = Courier(notebook.folder / SPOOL)
    if arguments.send is not None or arguments.code is not None:
        try:
            courier.to(inn(arguments.send or "", arguments.code or ""))
        except NoAddress as error:
            raise Refusal(str(error)) from error
    if courier.there is None:
        raise Refusal(say("workshop.send.needs"))
    if not courier.waiting:
        filled_notebook(arguments).hand_over(courier)
    told = False

    def tell(outcome: Outcome) -> None:
        nonlocal told
        if outcome.waiting and not outcome.refused and not told:
            told = True
            print(say("workshop.send.waiting"), file=sys.stderr)

    try:
        outcome = courier.run(threading.Event(), tell)
    except KeyboardInterrupt:
        print(say("workshop.send.stopped"))
        return PROBLEMS
    if outcome.refused:
        print(say("workshop.send.refused", text=printable(outcome.refused, lines=True)), file=sys.stderr)
        return PROBLEMS
    print(say("workshop.send.done", name=notebook.contribution.pseudonym))
    return FINE
