"""What the drive's sheets say: a moment of the scene put into the words and figures of its cards."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from game.app.action import IN_FORCE, Action, key_text
from game.app.screens.drive_cards import PlaceCard, RestCard, WaterCard, YearCard
from game.app.screens.drive_forks import Fork, Row, any_row, state_name
from game.app.screens.drive_ghosts import short_name
from game.app.screens.drive_glow import in_all, light_text
from game.app.screens.drive_showing import BarButton, LegendEntry, Showing
from game.app.screens.drive_telling import brief
from game.app.screens.drive_voyage import Mode, Voyage
from game.model import Level, Rest, scalarised
from game.steering import called
from game.words import language, number, say

if TYPE_CHECKING:
    from game.app.screens.drive_scene import Scene

_LATEST = 4


def showing_of(
    scene: Scene, fork: Fork, focus: str | None, hovered: str | None = None, hovered_place: str | None = None
) -> Showing:
    """What the sheets say at this moment of a scene: the lane or place looked at, else where the boat is."""
    voyage = scene.voyage
    choosing = voyage.choosing
    looked_at = hovered or (focus if choosing else None)
    side = _side(scene, fork, looked_at, hovered_place)
    place = voyage.session.level.place(fork.place).label
    return Showing(
        year=_year_card(scene),
        side=side,
        fork=fork if fork.rows else None,
        focus=focus,
        title=say("drive.from_title" if choosing else "drive.next_title", place=place.upper()),
        hint=_hint(scene),
        dock=scene.dock,
        bar=bar_of(voyage, scene.behind),
        legend=() if voyage.resting or scene.behind or voyage.replaying else legend_of(voyage.session.level),
        notice=scene.notice,
        rest=_rest_card(scene) if voyage.resting else None,
        lent=scene.lent.card() if not voyage.resting else None,
    )


def _year_card(scene: Scene) -> YearCard:
    session, voyage = scene.voyage.session, scene.voyage
    values = session.level.values
    total = scene.gathered()
    by_value = (
        tuple(
            (value.label, number(part))
            for value, part in zip(values, scene.light_by_value(), strict=True)
            if session.level.counts(value.name)
        )
        if len(values) > 1
        else ()
    )
    crisp = session.level.is_crisp(session.weights)
    return YearCard(
        year=min(voyage.year + 1, voyage.level_years),
        years=voyage.level_years,
        light=number(total if scene.light == total else round(scene.light, 1))
        if crisp
        else in_all(session.level, session.weights, total, voyage.year),
        counted_as=say("drive.counted_as", name=called(session.level, session.value_function))
        if scene.followed is None
        else say("drive.replay.light_of", name=short_name(scene.followed.name)),
        by_value=by_value,
        vague=not crisp,
    )


def _side(scene: Scene, fork: Fork, lane: str | None, place: str | None) -> Row | WaterCard | PlaceCard | None:
    voyage, level = scene.voyage, scene.voyage.session.level
    if lane is not None:
        return fork.row(lane) or any_row(voyage, lane)
    if place is not None:
        light = light_text(level, level.place(place).light)
        asks = say("drive.card_arrival", light=light) if any(level.place(place).light) else ""
        return PlaceCard(level.place(place).label, asks, ())
    if voyage.resting:
        return None
    behind = tuple(brief(voyage, event) for event in scene.news if not isinstance(event, Rest))[-_LATEST:]
    whose = "" if scene.followed is None else say("drive.replay.own_card")
    if voyage.choosing:
        asks = say("drive.choose") if not voyage.replaying else say("drive.replay.title")
        return PlaceCard(level.place(fork.place).label, asks, behind, whose)
    on = voyage.lane
    assert on is not None
    assert voyage.leg is not None
    water = voyage.water(on)
    lane_year = say("drive.to_place", place=level.place(on.head).label)
    if on.years > 1:
        lane_year = say("drive.lane_year", year=voyage.year - voyage.leg.before.year + 1, years=on.years)
    return WaterCard(
        state=state_name(level, on, water),
        wetness=water.wetness,
        constant=water.state is None,
        speed=voyage.swiftness,
        name=on.name,
        lane_year=lane_year,
        behind=behind,
        whose=whose,
    )


def keys_text(key: str) -> str:
    """A hint from the words with the names of the keys it speaks of filled in, as they are in force."""
    return _keys_text(key, language(), IN_FORCE.changes)


def _hint(scene: Scene) -> str:
    voyage = scene.voyage
    if voyage.replaying:
        return keys_text("replay")
    if voyage.mode is Mode.DRIVE:
        return keys_text("moored" if voyage.choosing and voyage.moored else "drive")
    if not voyage.choosing:
        return keys_text("travel")
    return keys_text("step_pad" if IN_FORCE.device == "pad" else "step")


def _rest_card(scene: Scene) -> RestCard:
    voyage = scene.voyage
    place = voyage.session.level.place(voyage.next_place).label
    years = voyage.year
    level, weights = voyage.session.level, voyage.session.weights
    key = "drive.rest_years_one" if years == 1 else "drive.rest_years"
    gathered = in_all(level, weights, scalarised(voyage.light, weights), years)
    ending = "" if level.is_crisp(weights) else "_glow"
    where = say(key + ending, place=place, years=years, light=gathered)
    return RestCard(say("drive.rest_title"), where, say("drive.rest_button"))


def legend_of(level: Level) -> tuple[LegendEntry, ...]:
    """The states of water: the level's own words if all its currents share them, else the plain scale."""
    if not level.currents:
        return (LegendEntry(say("drive.water.fixed"), 0.5, True),)
    names = {current.states for current in level.currents}
    longest = max(names, key=len)
    entries: list[LegendEntry] = []
    if len(names) == 1 and len(longest) <= 5:
        entries = [LegendEntry(state.capitalize(), i / (len(longest) - 1)) for i, state in enumerate(longest)]
    else:
        words = ("driest", "low", "high", "fullest")
        entries = [LegendEntry(say(f"drive.water.{word}"), i / 3) for i, word in enumerate(words)]
    if any(lane.current is None for lane in level.lanes):
        entries.append(LegendEntry(say("drive.water.fixed"), 0.5, True))
    return tuple(entries)


def bar_of(voyage: Voyage, behind: bool = False) -> tuple[BarButton, ...]:
    """The words in the bar: what can be asked for just now besides the lanes, on the map or ``behind`` the boat."""
    buttons = []
    if voyage.replaying:
        buttons += [
            BarButton(say("drive.bar.previous"), Action.LEFT),
            BarButton(say("drive.bar.stop" if voyage.playing else "drive.bar.play"), Action.CONFIRM),
            BarButton(say("drive.bar.next"), Action.RIGHT),
        ]
    elif voyage.leg is not None:
        buttons.append(BarButton(say("drive.bar.skip"), Action.SKIP))
    elif voyage.choosing and voyage.session.may_look:
        price = number(voyage.session.price)
        buttons.append(BarButton(say("drive.bar.look", price=price), Action.LOOK))
    other = "drive" if voyage.mode is Mode.STEP else "step"
    if not voyage.resting and not voyage.replaying:
        buttons.append(BarButton(say(f"drive.bar.{other}"), Action.MODE))
    if voyage.choosing and not voyage.is_replay and voyage.session.may_turn:
        buttons.append(BarButton(say("steering.bar"), Action.LIGHT))
    buttons.append(BarButton(say("drive.bar.ghosts"), Action.GHOSTS))
    if voyage.session.level.oracles and not voyage.resting:
        buttons.append(BarButton(say("drive.bar.borrow"), Action.BORROW))
    buttons.append(BarButton(say("drive.bar.above" if behind else "drive.bar.chase"), Action.VIEW))
    if not behind:
        buttons.append(BarButton(say("drive.bar.map"), Action.HOME))
    buttons += [
        BarButton(say("drive.bar.list"), Action.LIST),
        BarButton(say("drive.bar.pause"), Action.PAUSE),
    ]
    return tuple(buttons)


@lru_cache(maxsize=32)
def _keys_text(key: str, spoken: str, changes: int) -> str:
    names = {
        "confirm": key_text(Action.CONFIRM), "skip": key_text(Action.SKIP), "left": key_text(Action.LEFT),
        "right": key_text(Action.RIGHT), "down": key_text(Action.DOWN), "up": key_text(Action.UP),
    }  # fmt: skip
    return say(f"drive.hint.{key}", **names)
