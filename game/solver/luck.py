"""Choice and luck: what each decision of a life gave away, and what the water gave or took.

For decision ``k``, made in situation ``s_k`` and taking lane ``e_k``, with ``V`` and ``Q`` those of the treasure map,

    regret_k = V(s_k) - Q(s_k, e_k) >= 0,        luck_k = light of the lane + V(s_{k+1}) - Q(s_k, e_k).

The sum telescopes: total light = V(s_0) - sum of regrets + sum of lucks (+ 0, as V = 0 where a life rests; of an
unfinished life the right side is its light so far + V(now)).  Luck is a martingale difference, so its mean is zero
whatever is chosen (the advantage decomposition: Baird 1993; in this form Zinkevich et al. 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

from game.model import Weights
from game.simulate import Record
from game.solver.bellman import TreasureMap


@dataclass(frozen=True)
class Decision:
    """One decision of a life: ``value`` is V before it, ``q`` is Q of the lane taken, ``light`` what that brought."""

    year: int
    place: str
    lane: str
    best_lane: str
    value: float
    q: float
    regret: float
    luck: float
    light: float


def choice_and_luck(treasure_map: TreasureMap, record: Record, weights: Weights) -> tuple[Decision, ...]:
    """Every decision of a life in order.

    Raises ValueError if the treasure map was made for another value function.
    """
    if tuple(float(w) for w in weights) != treasure_map.problem.weights:
        raise ValueError("the treasure map was made for another value function")
    decisions = []
    for leg in record.legs:
        value = treasure_map.value(leg.before)
        q = treasure_map.q(leg.before, leg.lane)
        light = leg.light(weights)
        decisions.append(
            Decision(
                year=leg.before.year,
                place=leg.before.place,
                lane=leg.lane,
                best_lane=treasure_map.choose(leg.before),
                value=value,
                q=q,
                # The best lane's Q and V are the same sum in another order; rounding must not make a regret of it.
                regret=max(0.0, value - q),
                luck=light + treasure_map.value(leg.after) - q,
                light=light,
            )
        )
    return tuple(decisions)
