"""The paper version of a level: its map, a table of dice made from its chains, its light, and a sheet to tally on.

Two ordinary dice of different colours have 36 throws, read as two digits, 11 to 66.  The chance of each state is
rounded to whole throws by largest remainders, so that every row uses each throw exactly once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.geography import lay_out
from game.model import Lane, Level, Weights, scalarised
from game.words import number, say
from game.workshop.drawing import lane_numbers, map_drawing
from game.workshop.page import Block, Break, Bullets, Figure, Heading, Para, Table

THROWS = 36
_SIDES = 6


def paper_version(level: Level, value_function: str) -> list[Block]:
    """Everything that is needed to play a level at a table."""
    weights = level.weights(value_function)
    blocks: list[Block] = [
        Break(),
        Heading(say("guide.paper.heading", level=level.title)),
        Para(say("guide.paper.about")),
        Figure(map_drawing(level, lay_out(level))),
        Bullets(items("guide.paper.how")),
    ]
    if level.sight is not None:
        blocks.append(Para(say("guide.paper.sight", lanes=level.sight)))
    if level.currents:
        head = items("guide.paper.water_head")
        blocks += [
            Heading(say("guide.paper.water"), 3),
            Table(head, list(water_rows(level)), (2.2, 1.6, 1.2, 7)),
            Para(say("guide.paper.water_note", error=number(100 * rounding_error(level))), "soft"),
        ]
    blocks += [
        Heading(say("guide.paper.light", value_function=level.function_label(value_function)), 3),
        Table(items("guide.paper.light_head"), list(light_rows(level, weights)), (0.8, 3, 3.4, 1, 3.8)),
    ]
    arrivals = [(place.label, scalarised(place.light, weights)) for place in level.places]
    if any(light for _, light in arrivals):
        rows = [(label, number(light)) for label, light in arrivals if light]
        head = [say("guide.paper.place"), say("guide.paper.light_word")]
        blocks += [Heading(say("guide.paper.arrivals"), 3), Table(head, rows, (3, 1))]
    empty = [(str(year + 1), "", "", "", "", "") for year in range(level.years)]
    tally = Table(items("guide.paper.tally_head"), empty, (0.8, 3, 1.3, 3, 1.3, 1.8), tall=level.years <= 20)
    return [*blocks, Break(), Heading(say("guide.paper.tally", level=level.title)), tally]


def items(key: str, **parts: object) -> list[str]:
    """The lines of a text that holds several."""
    return say(key, **parts).split("\n")


def throws(chances: Sequence[float]) -> list[int]:
    """How many of the 36 throws each state gets: its chance rounded, the rest by largest remainder."""
    exact = [chance * THROWS for chance in chances]
    counts = [int(share + 1e-9) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (counts[i] - exact[i], i))
    for i in by_remainder[: THROWS - sum(counts)]:
        counts[i] += 1
    return counts


def digits(throw: int) -> str:
    """Throw number 0 to 35 as two dice show it, 11 to 66."""
    return f"{throw // _SIDES + 1}{throw % _SIDES + 1}"


def rounding_error(level: Level) -> float:
    """The largest distance between a chance of the level and the chance at the table."""
    return max(
        abs(count / THROWS - chance)
        for current in level.currents
        for row in current.shift
        for count, chance in zip(throws(row), row, strict=True)
    )


def water_rows(level: Level) -> Iterator[tuple[str, str, str, str]]:
    """A row for each state of each current: the throws that lead to each state of the next year."""
    for current in level.currents:
        for state, chances in enumerate(current.shift):
            parts, first = [], 0
            for following, count in enumerate(throws(chances)):
                name = current.state_labels[following]
                if count == 1:
                    parts.append(say("guide.paper.one_throw", first=digits(first), state=name))
                elif count:
                    last = digits(first + count - 1)
                    parts.append(say("guide.paper.throw", first=digits(first), last=last, state=name))
                first += count
            mark = say("guide.paper.first") if state == current.start else ""
            told = say("guide.comma").join(parts)
            yield (current.label if state == 0 else "", current.state_labels[state], mark, told)


def light_rows(level: Level, weights: Weights) -> Iterator[tuple[str, str, str, str, str]]:
    """A row for each lane: its number, name, ends, years and the light of a year in each state."""
    numbers = lane_numbers(level)
    for lane in level.lanes:
        ends = f"{level.place(lane.tail).label} → {level.place(lane.head).label}"
        yield (str(numbers[lane.id]), lane.name or lane.id, ends, str(lane.years), _light(level, lane, weights))


def _light(level: Level, lane: Lane, weights: Weights) -> str:
    lights = [scalarised(column, weights) for column in zip(*lane.light, strict=True)]
    if lane.current is None or len(set(lights)) == 1:
        return say("guide.paper.light_always", light=number(lights[0]))
    states = level.currents[level.current_index[lane.current]].state_labels
    parts = (
        say("guide.paper.light_by_state", state=state, light=number(light))
        for state, light in zip(states, lights, strict=True)
    )
    return say("guide.comma").join(parts)
