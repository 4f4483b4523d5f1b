"""Looking through a spyglass by brute force: at every fork a look parts the landscapes that are still possible.

As in `brute`, nothing is shared with the solver, and what is known is the list of landscapes that fit what was seen.
"""

from __future__ import annotations

from functools import cached_property

from brute import BruteForce, Possible


class BruteSpyglass(BruteForce):
    """The treasure map and one step at a time of a small level with a spyglass."""

    @cached_property
    def price(self) -> float:
        """What a look costs."""
        return sum(w * x for w, x in zip(self.weights, self.level.spyglass.price, strict=True))

    @cached_property
    def shown(self) -> dict[str, frozenset[int]]:
        """The currents that the spyglass shows from each place, by walking lane after lane."""
        shown = {}
        for place in self.level.places:
            here, currents, far = {place.id}, set(), self.level.spyglass.sight
            for _ in range(far if far is not None else len(self.level.places)):
                leaving = [lane for lane in self.level.lanes if lane.tail in here]
                currents |= {self.current[lane.current] for lane in leaving if lane.current is not None}
                here |= {lane.head for lane in leaving}
            shown[place.id] = frozenset(range(len(self.level.currents)) if far is None else currents)
        return shown

    def can_look(self, year: int, place: str, fresh: frozenset[int]) -> bool:
        """Whether there is something to look at that was not seen this year; ``fresh`` is what was."""
        return bool(year and self.open(year, place) and self.shown[place] - fresh)

    def looked(self, year: int, place: str, possible: Possible) -> list[list[int]]:
        """The possible landscapes, parted by what a look shows."""
        groups: dict[tuple[int, ...], list[int]] = {}
        for w in possible:
            groups.setdefault(tuple(self.water[w][1][year][i] for i in sorted(self.shown[place])), []).append(w)
        return list(groups.values())

    def mass(self, possible: Possible) -> float:
        """The chance of all landscapes that are still possible."""
        return sum(self.chance[w] for w in possible)

    @cached_property
    def with_looks(self) -> float:
        """The worth of the best policy that may look."""

        def lanes(year: int, place: str, possible: Possible) -> float:
            return max((self._after(k, year, possible, live) for k in self.open(year, place)), default=0.0)

        def live(year: int, place: str, possible: Possible) -> float:
            best = lanes(year, place, possible)
            if self.can_look(year, place, self._sights[place]):
                looking = sum(lanes(year, place, group) for group in self.looked(year, place, possible))
                best = max(best, looking - self.price * self.mass(possible))
            return best

        return live(0, self.level.start, self.everything)

    @cached_property
    def stepping_with_looks(self) -> float:
        """One step at a time, which looks if its plan is expected to gain more by that than it costs."""

        def plan(year: int, place: str, possible: Possible) -> float:
            path, lane_by_lane = self.plan_from(year, place, possible)[0], 0.0
            if path:
                lane_by_lane = self._after(path[0], year, possible, live)
            return lane_by_lane

        def live(year: int, place: str, possible: Possible) -> float:
            if self.can_look(year, place, self._sights[place]):
                mass, groups = self.mass(possible), self.looked(year, place, possible)
                told = sum(self.plan_from(year, place, g)[1] * self.mass(g) for g in groups) / mass - self.price
                if self.plan_from(year, place, possible)[1] < told - 1e-9 * max(1.0, abs(told)):
                    return sum(plan(year, place, group) for group in groups) - self.price * mass
            return plan(year, place, possible)

        return live(0, self.level.start, self.everything)
