"""Choice and luck: what each decision of a life gave away, and what the water gave or took.

For decision ``k``, made in situation ``s_k`` and taking lane ``e_k``, with ``V`` and ``Q`` those of the treasure map,

    regret_k = V(s_k) - Q(s_k, e_k) >= 0,        luck_k = light of the lane + V(s_{k+1}) - Q(s_k, e_k).

The sum telescopes: total light = V(s_0) - sum of regrets + sum of lucks (+ 0, as V = 0 where a life rests; of an
unfinished life the right side is its light so far + V(now)).  A look through the spyglass is a decision of its own in
this sum, with its price for light that is lost; it is told with the lane that was taken after it.  Luck is a martingale
difference, so its mean is zero whatever is chosen (the advantage decomposition: Baird 1993; in this form Zinkevich et
al. 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

from game.model import Weights, open_lanes, scalarised
from game.simulate import Glance, Record
from game.solver.bellman import TreasureMap


@dataclass(frozen=True)
class Glimpse:
    """A look through the spyglass, as things looked before it.

    ``price`` is what it cost and ``gain`` what knowing more was expected to bring: what the rest of the life is worth
    after a look on average, more than without.  ``lane_before`` is the lane that was best before, ``lane_after`` the
    one that was best then.
    """

    price: float
    gain: float
    regret: float
    luck: float
    lane_before: str
    lane_after: str


@dataclass(frozen=True)
class Decision:
    """One decision of a life: ``value`` is V as the lane was chosen, ``q`` is Q of that lane.

    ``light`` is what the lane brought, less the price of a look that came before it; regret and luck are those of both.
    ``look_first`` tells that a look would have been better before it, where none was taken.
    """

    year: int
    place: str
    lane: str
    best_lane: str
    value: float
    q: float
    regret: float
    luck: float
    light: float
    glimpse: Glimpse | None = None
    look_first: bool = False


def choice_and_luck(treasure_map: TreasureMap, record: Record, weights: Weights) -> tuple[Decision, ...]:
    """Every decision of a life in order; a look after which no lane was taken yet is not among them.

    Raises ValueError if the treasure map was made for another value function.
    """
    if tuple(float(w) for w in weights) != treasure_map.problem.weights:
        raise ValueError("the treasure map was made for another value function")
    decisions = []
    for leg in record.legs:
        value = treasure_map.value(leg.before)
        q = treasure_map.q(leg.before, leg.lane)
        light = leg.light(weights)
        glimpse = None if leg.glance is None else _glimpse(treasure_map, leg.glance, weights)
        price, regret, luck = (glimpse.price, glimpse.regret, glimpse.luck) if glimpse else (0.0, 0.0, 0.0)
        decisions.append(
            Decision(
                year=leg.before.year,
                place=leg.before.place,
                lane=leg.lane,
                best_lane=treasure_map.choose(leg.before),
                value=value,
                q=q,
                # The best lane's Q and V are the same sum in another order; rounding must not make a regret of it.
                regret=max(0.0, value - q) + regret,
                luck=light + price + treasure_map.value(leg.after) - q + luck,
                light=light,
                glimpse=glimpse,
                look_first=glimpse is None and treasure_map.looks(leg.before),
            )
        )
    return tuple(decisions)


def _glimpse(treasure_map: TreasureMap, glance: Glance, weights: Weights) -> Glimpse:
    before, after = glance.before, glance.after
    price = -scalarised(glance.look.light, weights)
    q, known = treasure_map.q_look(before), treasure_map.value(after)
    lanes = [lane.id for lane in open_lanes(treasure_map.problem.level, before)]
    unaided = max(treasure_map.q(before, lane) for lane in lanes)
    return Glimpse(
        price=price,
        gain=max(0.0, q + price - unaided),
        regret=max(0.0, treasure_map.value(before) - q),
        luck=known - price - q,
        lane_before=treasure_map.choose(before),
        lane_after=treasure_map.choose(after),
    )
