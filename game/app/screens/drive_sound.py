"""What there is to hear on the drive: the water the boat is in, its speed, and how far the voyage has come."""

from __future__ import annotations

from collections.abc import Mapping

from game.app.boat import DRY_SPEED, swiftness
from game.app.draw.map_frame import Seen
from game.app.screens.drive_hands import Hands
from game.app.screens.drive_scene import Scene
from game.app.sound.heard import Heard, Moment
from game.model import scalarised

IN_BASIN = 0.7
"""How near the water of the lanes around a place is to a boat that lies there."""

_FULL_SPEED = DRY_SPEED * swiftness(1.0)


class Ear:
    """Listens to a scene.  Only what can be seen is heard: the water of no year to come, and none out of sight."""

    def __init__(self) -> None:
        self._of: Mapping[str, Seen] | None = None
        self._fullness = 0.0

    def heard(self, scene: Scene, hands: Hands, mood: str) -> Heard:
        """What there is to hear at this moment of a voyage."""
        voyage = scene.voyage
        moving = voyage.leg is not None and not scene.still and (voyage.playing or not voyage.is_replay)
        return Heard(
            scene="drive",
            mood=mood,
            wetness=self._wetness(scene),
            nearness=1.0 if voyage.leg is not None else IN_BASIN,
            speed=min(1.0, voyage.boat.speed / _FULL_SPEED) if moving else 0.0,
            fullness=self._full(scene.water),
            focus=None if hands.steering else hands.marked,
            moment=Moment(
                lanes=len(voyage.travelled),
                year=voyage.year,
                light=scalarised(voyage.light, voyage.session.weights),
                aim=voyage.aimed if hands.steering else None,
                choosing=voyage.choosing,
                forking=len(voyage.mouths) > 1,
                resting=voyage.resting,
                ghosts=len(scene.company.names),
            ),
        )

    def _wetness(self, scene: Scene) -> float:
        """That of the boat's lane, or the mean of the lanes that leave the place it lies at."""
        voyage = scene.voyage
        lane = voyage.lane
        if lane is not None:
            return scene.water[lane.id].wetness
        found = [scene.water[mouth.lane].wetness for mouth in voyage.mouths]
        return sum(found) / len(found) if found else 0.5

    def _full(self, water: Mapping[str, Seen]) -> float:
        """The mean wetness of all lanes, worked out once for each year's water."""
        if water is not self._of:
            self._of = water
            self._fullness = sum(seen.wetness for seen in water.values()) / len(water) if water else 0.0
        return self._fullness
