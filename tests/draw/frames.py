"""Frames of the map with something of everything in them."""

from __future__ import annotations

from game.app.draw.map_frame import BoatMark, LaneMark, MapFrame, Seen
from game.model import Level


def water(level: Level, turn: int = 0) -> dict[str, Seen]:
    """All four waters, spread over a level's lanes; ``turn`` moves them on."""
    return {
        lane.id: Seen([0.0, 1 / 3, 2 / 3, 1.0][(k * 7 + k // 3 + turn) % 4], constant=lane.current is None)
        for k, lane in enumerate(level.lanes)
    }


def busy(level: Level, time: float = 3.0) -> MapFrame:
    """A frame with boats, keys, a plan, a trail, remembered water and a turning year."""
    lanes = [lane.id for lane in level.lanes]
    now = water(level) | {lanes[14]: Seen(1.0, 1), lanes[30]: Seen(2 / 3, 3)}
    fork = level.places[4].id
    leaving = level.lanes_from[fork]
    return MapFrame(
        time=time,
        water=now,
        lanes={lane.id: LaneMark(str(k + 1), focused=k == 1) for k, lane in enumerate(leaving)}
        | {lanes[20]: LaneMark(dim=True)},
        place=fork,
        boats=(
            BoatMark(lane=lanes[11], fraction=0.6, lateral=0.3),
            BoatMark(lane=lanes[8], fraction=0.4, style="ghost", name="Your plan"),
            BoatMark(lane=lanes[18], fraction=0.3, style="ghost", name="Best plan"),
            BoatMark(place=level.places[9].id, style="ghost", name="One step"),
        ),
        trail=lanes[0:2],
        plan=(lanes[17], lanes[23]),
        year_turn=0.6,
        water_before=water(level, 1),
    )
