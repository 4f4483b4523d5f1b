"""``water-lanes workshop``: the errands of somebody who takes part in an exercise or leads one."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.cli.checking import FINE, PROBLEMS
from game.cli.exercise import exercise_of, filled_notebook, kept_notebook
from game.cli.output import write
from game.cli.refusal import Refusal
from game.files import printable
from game.words import say
from game.workshop.courier import Courier
from game.workshop.notebook import SPOOL, forget, kept_tickets
from game.workshop.shelf import exercises


def workshop_command(arguments: argparse.Namespace) -> int:
    """Does one errand of the workshop.  Raises Refusal and FileFaults."""
    match arguments.errand:
        case "list":
            return _list()
        case "guide" | "worksheets":
            return _print(arguments)
        case "collect":
            from game.cli.collecting import collect_command

            return collect_command(arguments)
        case "run":
            from game.cli.taking_part import run_command

            return run_command(arguments)
        case "host":
            from game.cli.hosting import host_command

            return host_command(arguments)
        case "send":
            from game.cli.hosting import send_command

            return send_command(arguments)
        case "hand-in":
            return _hand_in(arguments)
        case "take-back":
            return _take_back(arguments)
    return _forget()


def _list() -> int:
    """Every exercise with its lengths; 1 where one has problems."""
    entries = exercises()
    for entry in entries:
        if entry.exercise is None:
            print(say("workshop.list.faults", name=printable(entry.folder.name), count=len(entry.faults)))
            for fault in entry.faults:
                print(f"  {fault.line or ''}: {fault.text}")
        else:
            exercise = entry.exercise
            minutes = ", ".join(map(str, exercise.lengths))
            print(say("workshop.list.line", name=exercise.name, title=printable(exercise.title), minutes=minutes))
    return FINE if all(entry.exercise is not None for entry in entries) else PROBLEMS


def _print(arguments: argparse.Namespace) -> int:
    """Writes the guide or the worksheets as HTML or PDF, as the file's name asks."""
    from game.workshop.guide import guide
    from game.workshop.page_html import page_as_html
    from game.workshop.page_pdf import NoPdf, page_as_pdf
    from game.workshop.worksheet import worksheets

    output: Path = arguments.output
    kind = output.suffix.lower()
    if kind not in (".html", ".htm", ".pdf"):
        raise Refusal(say("workshop.suffix", file=printable(str(output))))
    make = guide if arguments.errand == "guide" else worksheets
    page = make(exercise_of(arguments.exercise))
    try:
        data = page_as_pdf(page) if kind == ".pdf" else page_as_html(page).encode()
    except NoPdf as error:
        raise Refusal(say("workshop.no_pdf")) from error
    write(data, output)
    print(say("workshop.printed", file=printable(str(output))))
    return FINE


def _hand_in(arguments: argparse.Namespace) -> int:
    notebook = filled_notebook(arguments)
    path = notebook.hand_in(arguments.into)
    shared = len(notebook.contribution.shared().words)
    print(say("workshop.hand_in.done", path=printable(str(path)), name=notebook.contribution.pseudonym, words=shared))
    return FINE


def _take_back(arguments: argparse.Namespace) -> int:
    notebook = kept_notebook(arguments)
    gone = notebook.take_back(tuple(arguments.folders))
    said = Courier(notebook.folder / SPOOL).take_back(notebook.contribution.ticket)
    if said:
        print(said)
    for path in gone:
        print(say("workshop.take_back.file", path=printable(str(path))))
    print(say("workshop.take_back.done" if gone or said else "workshop.take_back.none"))
    return FINE


def _forget() -> int:
    # What lies in an inbox is asked back while it is still known whose it was.
    for folder, ticket in kept_tickets():
        said = Courier(folder / SPOOL).take_back(ticket)
        if said:
            print(said)
    gone = forget()
    for path in gone:
        print(say("workshop.forget.file", path=printable(str(path))))
    print(say("workshop.forget.done" if gone else "workshop.forget.none"))
    return FINE
