"""The drive's sheets of paper: what can be pressed on them, what they hide, and their drawing.

What they say comes in one frozen :class:`Showing`; as long as that stays the same, nothing is written anew.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import pygame

from game.app.action import IN_FORCE, Action
from game.app.draw.lens import Margins, window_scale
from game.app.draw.palette import Palette
from game.app.screens.drive_forks import KEYS, Row
from game.app.screens.drive_sheets import Arranged, Sheets
from game.app.screens.drive_showing import DOCKS, Dock, Showing, Target
from game.app.screens.drive_time_bar import TimeBar

if TYPE_CHECKING:
    from game.app.stage import Stage

_WIDEST_MARGIN = 0.42


class Hud:
    """The sheets of one stage; ask ``target_at`` what lies under a point, ``draw`` to see them."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._last: deque[tuple[object, Arranged]] = deque(maxlen=8)  # one frame asks for some
        self.sheets = Sheets(stage)

    # --- asking -----------------------------------------------------------------------------------------------------

    def per_page(self, lanes: int = KEYS + 1) -> int:
        """How many of ``lanes`` the panel of a fork has room for at once, 1 to 9."""
        return self.sheets.per_page(lanes)

    def target_at(self, showing: Showing, pos: tuple[float, float]) -> Target | None:
        """What a press at ``pos`` would mean, or None."""
        arranged = self._arranged(showing)
        return next((target for rect, target in reversed(arranged.targets) if rect.collidepoint(pos)), None)

    def time_bar(self, showing: Showing) -> TimeBar | None:
        """The time bar of a replay."""
        return self._arranged(showing).bar

    def margins(self) -> Margins:
        """What the map leaves free for the paper: the right side, the bar at the top, the legend at the bottom."""
        stage, scale = self.stage, window_scale(self.stage.size)
        right = min(self.sheets.fork_width() + 2 * stage.px(16), stage.size[0] * _WIDEST_MARGIN)
        bottom = 2 * stage.px(22) + stage.em(38)
        top = self.sheets.top_of_cards() + stage.px(40)  # so much of the card of the year hangs below the bar
        return Margins(0.0, top / scale, right / scale, bottom / scale)

    def covers(self, showing: Showing, pos: tuple[float, float]) -> bool:
        """Whether there is paper at ``pos``."""
        return any(sheet.rect.collidepoint(pos) for sheet in self._arranged(showing).sheets)

    def papers(self, showing: Showing) -> tuple[pygame.Rect, ...]:
        """Where sheets of paper lie."""
        return tuple(sheet.rect for sheet in self._arranged(showing).sheets)

    def lightened(self, showing: Showing) -> Showing:
        """What the sheets say behind the boat: without the card at the side where that would hide the boat itself."""
        showing = replace(showing, small_map=True)
        left, right = self.free(showing, 0.62, 0.86)
        return showing if right - left > 0.36 * self.stage.size[1] else replace(showing, side=None)

    def giving_way(self, showing: Showing, points: Sequence[tuple[float, float]]) -> Showing:
        """What the sheets say on the map: a card that nobody asked for gives way where it would hide ``points``.

        It leaves out what lies behind first, and goes altogether if that is not enough; the card of a lane stays.
        """
        side = showing.side
        if side is None or isinstance(side, Row):
            return showing
        without = self.papers(replace(showing, side=None))
        for each in dict.fromkeys((side, replace(side, behind=()))):
            tried = replace(showing, side=each)
            hiding = [rect for rect in self.papers(tried) if rect not in without]
            if not any(rect.collidepoint(point) for rect in hiding for point in points):
                return tried
        return replace(showing, side=None)

    def free(self, showing: Showing, top: float, bottom: float) -> tuple[int, int]:
        """The columns that paper leaves free between two parts of the height, from the left side to the right.

        A notice is gone again before anything could move out of its way.
        """
        if showing.notice:
            showing = replace(showing, notice="")
        width, height = self.stage.size
        left, right = 0, width
        for each in self.papers(showing):
            if each.bottom > top * height and each.top < bottom * height:
                if each.centerx > width / 2:
                    right = min(right, each.left)
                else:
                    left = max(left, each.right)
        return left, max(left, right)

    def clearer_dock(self, showing: Showing, points: Iterable[tuple[float, float]], now: Dock) -> Dock:
        """The dock at which fewest of ``points`` are hidden; it only leaves ``now`` where that helps a good deal."""
        points = list(points)
        hidden = {}
        for dock in DOCKS:
            arranged = self.sheets.arrange(replace(showing, dock=dock))
            rects = [sheet.rect for sheet in arranged.sheets]
            hidden[dock] = sum(any(rect.collidepoint(point) for rect in rects) for point in points)
            hidden[dock] += 0 if arranged.whole else len(points)
            if arranged.fork is not None and arranged.fork.colliderect(rects[0]):
                hidden[dock] += 10 * len(points)  # never over the card of the year
        best = min(DOCKS, key=lambda dock: hidden[dock])
        return best if hidden[best] < 0.7 * hidden[now] else now

    def written_in(self, palette: Palette, showing: Showing) -> Iterator[None]:
        """Writes the sheets of a moment in another light, one at every step."""
        sheets = self.sheets.in_light(palette)
        for sheet in sheets.arrange(showing).sheets:
            sheet.written.sheet(palette, sheet.radius)
            yield

    # --- drawing ----------------------------------------------------------------------------------------------------

    def draw(
        self,
        surface: pygame.Surface,
        showing: Showing,
        patience: float = 1.0,
        pointed: Target | None = None,
        time: float = 0.0,
    ) -> None:
        """Draws all sheets; ``patience`` is how much of the basin's time is left, ``pointed`` what one points at.

        ``time`` is the moment of a replay, in years.
        """
        stage, palette = self.stage, self.stage.palette
        arranged = self._arranged(showing)
        for sheet in arranged.sheets:
            x, y = sheet.rect.topleft
            pieces = sheet.written.sheet(palette, sheet.radius)
            surface.fblits([(picture, (x + right, y + down)) for picture, (right, down) in pieces])
        if patience < 1.0 and arranged.fork is not None:
            rect = arranged.fork
            rail = pygame.Rect(rect.left + stage.em(16), rect.top + stage.em(7), rect.width - stage.em(32), stage.em(4))
            pygame.draw.rect(surface, palette.paper_edge, rail, border_radius=2)
            rail.width = round(rail.width * patience)
            pygame.draw.rect(surface, palette.accent, rail, border_radius=2)
        if arranged.bar is not None:
            arranged.bar.draw_moment(surface, stage, time)
        if pointed is not None:
            for rect, target in arranged.targets:
                if target == pointed and isinstance(target, Action):
                    pygame.draw.rect(surface, palette.accent, rect, max(2, stage.px(1.6)), border_radius=stage.em(10))

    def _arranged(self, showing: Showing) -> Arranged:
        key = (showing, self.stage.size, self.stage.type_scale, self.stage.palette, IN_FORCE.changes)
        if (known := next((arranged for last, arranged in self._last if last == key), None)) is None:
            self._last.appendleft((key, known := self.sheets.arrange(showing)))
        return known
