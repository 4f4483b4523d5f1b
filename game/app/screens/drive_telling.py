"""The drive in plain words: what the screen says just now, and everything on the map as a list.

Made from the voyage alone, so it can be voiced, copied, tested and read without any picture.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.app.screens.drive_forks import Fork, row_text, state_name, water_text, years_text
from game.app.screens.drive_ghosts import Company, ghost_name, places_of
from game.app.screens.drive_glow import in_all, light_text, said, signed, told
from game.app.screens.drive_voyage import Mode, Voyage
from game.model import Event, Lane, Level, Look, Rest, YearOnLane, scalarised
from game.session import Water
from game.simulate import Whereabouts
from game.steering import called
from game.words import in_a_row, number, say


@dataclass(frozen=True)
class Line:
    """A line of the list; a heading starts a section."""

    text: str
    heading: bool = False


def year_text(voyage: Voyage) -> str:
    """Which year of how many is being shown; the last one stays when all are over."""
    return say("drive.year_of", year=min(voyage.year + 1, voyage.level_years), years=voyage.level_years)


def light_so_far(voyage: Voyage) -> str:
    """The light shown so far as one number under the session's value function, and by value if there are several."""
    session = voyage.session
    level = session.level
    total = in_all(level, session.weights, scalarised(voyage.light, session.weights), voyage.year)
    counted = [(v.label, part) for v, part in zip(level.values, voyage.light, strict=True) if level.counts(v.name)]
    if len(level.values) == 1 or not counted:
        return say("drive.light_so_far", light=total)
    values = say("drive.list.dot").join(f"{name} {number(part)}" for name, part in counted)
    return say("drive.light_by_value", light=total, name=called(level, session.value_function), values=values)


def standing(voyage: Voyage) -> str:
    """Where the boat is: at a place, at rest, or on a lane with its water and its speed."""
    level = voyage.session.level
    lane = voyage.lane
    if lane is None:
        place = level.place(voyage.next_place).label
        return say("drive.rests_at" if voyage.resting else "drive.at", place=place)
    water = voyage.water(lane)
    return say(
        "drive.on_lane",
        name=lane.name,
        place=level.place(lane.head).label,
        year=voyage.year - (voyage.leg.before.year if voyage.leg else 0) + 1,
        years=lane.years,
        state=state_name(level, lane, water),
        speed=number(round(voyage.swiftness, 1)),
    )


def happening(voyage: Voyage, event: Event) -> str:
    """One line for an event that has been shown."""
    level, weights = voyage.session.level, voyage.session.weights
    if isinstance(event, YearOnLane):
        lane = level.lane(event.lane)
        state = state_name(level, lane, Water(event.state, 0, 0.0))
        gained = scalarised(event.light, weights)
        return said("drive.news.year", level, weights, gained, year=event.year + 1, name=lane.name, state=state)
    place = level.place(event.place).label
    if isinstance(event, Rest):
        return say("drive.news.rest", place=place)
    if isinstance(event, Look):
        lost = signed(scalarised(event.light, weights))
        return say("drive.news.look", place=place, light=lost, seen=_seen(level, event))
    light = scalarised(event.light, weights)
    return (
        say("drive.news.arrival", place=place)
        if not light
        else said("drive.news.arrival_light", level, weights, light, place=place)
    )


def brief(voyage: Voyage, event: Event) -> str:
    """An event in the few words that fit on a card."""
    level, weights = voyage.session.level, voyage.session.weights
    if isinstance(event, YearOnLane):
        state = state_name(level, level.lane(event.lane), Water(event.state, 0, 0.0))
        light = told(level, weights, scalarised(event.light, weights))
        return say("drive.brief.year", year=event.year + 1, state=state, light=light)
    if isinstance(event, Rest):
        return say("drive.rest_title")
    if isinstance(event, Look):
        return say("drive.brief.look", light=signed(scalarised(event.light, weights)))
    return say("drive.brief.arrival", light=told(level, weights, scalarised(event.light, weights)))


def transcript(
    voyage: Voyage,
    fork: Fork,
    focus: str | None,
    company: Company,
    news: tuple[Event, ...],
    notice: str,
    lent: tuple[str, ...] = (),
) -> str:
    """Everything the screen says just now; the focused lane has an arrow before it.  ``lent`` is a borrowed map."""
    lines = [year_text(voyage), light_so_far(voyage), standing(voyage)]
    lines += [happening(voyage, event) for event in news]
    if voyage.resting:
        lines.append(say("drive.rest_hint"))
    elif fork.rows:
        place = voyage.session.level.place(fork.place).label
        lines.append(say("drive.choose_at" if voyage.choosing else "drive.next_at", place=place))
        lines += [("→ " if row.lane.id == focus else "  ") + row_text(row) for row in fork.visible]
        if fork.pages > 1:
            lines.append(say("drive.page", page=fork.page + 1, pages=fork.pages))
    lines += [*_may_look(voyage), *lent]
    lines += [
        say("drive.ghosts.where", name=ghost_name(ghost.name), where=_where(voyage, spot))
        for ghost, spot in places_of(voyage.session, company, voyage.time, choosing=voyage.choosing)
    ]
    if voyage.mode is Mode.DRIVE and voyage.choosing and not voyage.replaying:
        lines.append(say("drive.hint.driving"))
    if notice:
        lines.append(notice)
    return "\n".join(lines)


def map_list(voyage: Voyage, fork: Fork, company: Company, lent: tuple[str, ...] = ()) -> tuple[Line, ...]:
    """Everything on the map: the moment, the lanes open next, every place with the lanes that leave it, the ghosts.

    ``lent`` is a borrowed map, line by line.
    """
    level = voyage.session.level
    lines = [Line(year_text(voyage), True), Line(light_so_far(voyage)), Line(standing(voyage))]
    if fork.rows:
        here = level.place(fork.place).label
        lines.append(Line(say("drive.choose_at" if voyage.choosing else "drive.next_at", place=here), True))
        lines += [Line(row_text(row)) for row in fork.rows]
        lines += [Line(text) for text in _may_look(voyage)]
    lines += [Line(text, heading=k == 0) for k, text in enumerate(lent)]
    ghosts = places_of(voyage.session, company, voyage.time, choosing=voyage.choosing)
    if ghosts:
        lines.append(Line(say("drive.ghosts.title"), True))
        lines += [
            Line(say("drive.ghosts.where", name=ghost_name(ghost.name), where=_where(voyage, spot)))
            for ghost, spot in ghosts
        ]
    taken = voyage.travelled
    if taken:
        lines.append(Line(say("drive.list.path"), True))
        lines.append(Line(say("drive.list.then").join(in_a_row(level.lane(lane).name for lane in taken))))
    sight = say("drive.list.sight_all") if level.sight is None else say("drive.list.sight", lanes=level.sight)
    lines += [Line(say("drive.list.places"), True), Line(sight)]
    for place in level.places:
        lines.append(Line(place.label, True))
        if any(place.light):
            lines.append(Line(say("drive.on_arrival", light=light_text(level, place.light))))
        leaving = level.lanes_from[place.id]
        lines += [Line(_lane_line(voyage, lane)) for lane in leaving]
        if not leaving:
            lines.append(Line(say("drive.list.no_way_on")))
    return tuple(lines)


def _may_look(voyage: Voyage) -> list[str]:
    """What a look through the spyglass would cost, where one can look."""
    if not voyage.choosing or voyage.replaying or not voyage.session.may_look:
        return []
    return [say("drive.look.may", price=number(voyage.session.price))]


def _seen(level: Level, look: Look) -> str:
    """The water that a look showed, current by current."""
    currents = [(level.currents[i], state) for i, state in zip(look.currents, look.states, strict=True)]
    comma = say("drive.list.comma")
    return comma.join(say("drive.look.seen", current=c.label, state=c.state_labels[state]) for c, state in currents)


def _lane_line(voyage: Voyage, lane: Lane) -> str:
    level = voyage.session.level
    water = voyage.water(lane)
    state = water_text(state_name(level, lane, water), water)
    light = tuple(by_state[water.state or 0] for by_state in lane.light)
    weights = voyage.session.weights
    told_by_value = light_text(level, light) if len(level.values) > 1 and any(light) else ""
    line = said(
        "drive.list.lane",
        level,
        weights,
        scalarised(light, weights),
        name=lane.name,
        place=level.place(lane.head).label,
        years=years_text(lane.years),
        water=state,
    )
    return say("drive.list.by_value", line=line, light=told_by_value) if told_by_value else line


def _where(voyage: Voyage, spot: Whereabouts) -> str:
    level = voyage.session.level
    if spot.lane is None:
        return say("drive.ghosts.at", place=level.place(spot.place).label)
    return say("drive.ghosts.on", name=level.lane(spot.lane).name)
