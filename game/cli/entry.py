"""One call of the command, from its arguments to its exit status."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence

from game.cli.arguments import PROGRAM, parser
from game.cli.language_argument import LANGUAGE_OPTION
from game.cli.refusal import Refusal
from game.files import FileFaults, printable
from game.words import language_like, language_of_system, say, speak

WRONG, INTERRUPTED = 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command with the arguments ``argv`` (default: those of the process) and returns its exit status."""
    _make_streams_forgiving()
    try:
        _choose_language(sys.argv[1:] if argv is None else argv)
        arguments = parser().parse_args(argv)
        status = _run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
    except SystemExit as finished:
        # The parser has said what there was to say: help, or what is wrong.
        return finished.code if isinstance(finished.code, int) else WRONG
    except FileFaults as error:
        return _complain(str(error), prefix="")
    except Refusal as error:
        return _complain(str(error))
    except KeyboardInterrupt:
        _complain(say("cli.interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever was reading has seen enough.
        _forget_output()
        return 0
    except MemoryError:
        return _complain(say("cli.no_memory"))
    except OSError as error:
        _forget_output()
        return _complain(say("cli.system", reason=printable(error.strerror or str(error))))
    return status


def _choose_language(argv: Sequence[str]) -> None:
    """Speaks the language that the arguments ask for, else that of the system, before anything is said.

    What is no language is refused by the parser later, like every wrong argument.
    """
    asked = None
    for number, word in enumerate(argv):
        if word == "--":
            break
        if word == LANGUAGE_OPTION:
            asked = "".join(argv[number + 1 : number + 2])
        elif word.startswith(f"{LANGUAGE_OPTION}="):
            asked = word.partition("=")[2]
    speak((asked and language_like(asked)) or language_of_system())


def _run(arguments: argparse.Namespace) -> int:
    """Runs the command that was asked for; only what that needs is loaded."""
    match arguments.command:
        case "solve":
            from game.cli.solving import solve_command as command
        case "check":
            from game.cli.checking import check_command as command
        case "replay":
            from game.cli.replaying import replay_command as command
        case "demo":
            from game.cli.playing import demo_command as command
        case "prove":
            from game.cli.proving import prove_command as command
        case "verify":
            from game.cli.proving import verify_command as command
        case "learn":
            from game.cli.learning import learn_command as command
        case "export":
            from game.cli.exporting import export_command as command
        case "new":
            from game.cli.making import new_command as command
        case "sweep":
            from game.cli.sweeping import sweep_command as command
        case "workshop":
            from game.cli.workshop import workshop_command as command
        case _:
            from game.cli.playing import play_command as command

            arguments.level = getattr(arguments, "level", None)
    return command(arguments)


def _complain(text: str, prefix: str = f"{PROGRAM}: ") -> int:
    # Nobody may be there to hear it.
    with contextlib.suppress(OSError, AttributeError):
        print(prefix + text, file=sys.stderr)
        sys.stderr.flush()
    return WRONG


def _make_streams_forgiving() -> None:
    """Lets a terminal that lacks a character show its number instead, where it would otherwise end the program."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """Sends the rest of standard output nowhere, so that the end of the process does not fail on it."""
    with contextlib.suppress(OSError, AttributeError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
