"""A level for Storm's explicit engine: the unfolded process in Storm's DRN format.

The reward bound query ``Rmax=? [F "done"]`` gives the treasure map's value, plus ``level.years`` times an offset that
keeps every reward from being negative (expected rewards are only defined, and checked by some tools, for those that are
not).  The head of the file says both.  The format: Storm's documentation, "Explicit input formats", DRN.
"""

from __future__ import annotations

from collections.abc import Iterator

from game.export.unfolding import Moment, Unfolding, light_offset
from game.files import printable
from game.model import Level, Weights
from game.words import say

QUERY = 'Rmax=? [F "done"]'


def drn_text(level: Level, weights: Weights, steering: str) -> str:
    """The DRN file of a level; ``steering`` names the value function in its head.  Raises TooManyStates."""
    unfolding = Unfolding(level, weights, offset=light_offset(level, weights))
    return "\n".join([*_head(level, steering, unfolding), *_states(unfolding), ""])


def comments(text: str) -> list[str]:
    """A text as comment lines, for DRN and PRISM alike."""
    return [f"// {line}".rstrip() for line in printable(text, lines=True).splitlines()]


def _head(level: Level, steering: str, unfolding: Unfolding) -> Iterator[str]:
    yield from comments(say("export.title", title=level.title, steering=steering))
    yield from comments(say("export.drn.states"))
    yield from comments(say("export.drn.query", query=QUERY))
    if unfolding.offset:
        yield from comments(say("export.offset", offset=repr(unfolding.offset), total=repr(unfolding.total_offset)))
    yield "@type: MDP"
    yield "@parameters"
    yield ""
    yield "@reward_models"
    yield "light"
    yield "@nr_states"
    yield str(len(unfolding.choices))
    yield "@nr_choices"
    yield str(sum(map(len, unfolding.choices)))
    yield "@model"


def _states(unfolding: Unfolding) -> Iterator[str]:
    for s, choices in enumerate(unfolding.choices):
        label = " init" if s == 0 else " done" if s == unfolding.done else ""
        yield f"state {s} [0]{label}"
        if s < unfolding.done and unfolding.moments[s].unseen is None:
            yield f"// {_known(unfolding.level, unfolding.moments[s])}".rstrip()
        for k, choice in enumerate(choices):
            yield f"\taction {k} [{choice.reward!r}]"
            if choice.lane:
                yield f"// {printable(choice.lane)}"
            for successor, chance in sorted(choice.outcomes):
                yield f"\t\t{successor} : {chance!r}"


def _known(level: Level, moment: Moment) -> str:
    known = ", ".join(
        say("export.drn.known", current=level.currents[i].name, state=level.currents[i].states[state], year=seen)
        for i, state, seen, _ in moment.pending
    )
    return printable(say("export.drn.moment", year=moment.year, place=moment.place, known=known))
