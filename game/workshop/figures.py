"""The figures of a group: what was chosen, what came, how plans fared; counts alone, by the rule of `privacy`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from game.files import replayed
from game.model import Level, Weights, draw_landscape
from game.policy import FixedPlan
from game.simulate import Record, live
from game.solver import (
    MEMORY_LIMIT,
    Problem,
    StepByStep,
    TooLarge,
    best_fixed_plan,
    ladder,
    plan_value,
    treasure_map,
)
from game.solver.evaluation import evaluate_policies
from game.workshop.contribution import CONFIDENCES, PlanBet, Prediction
from game.workshop.exercise import Step
from game.workshop.gathering import Group, Progress
from game.workshop.privacy import FEW, FEWEST, joined, shown

_BINS = 24
_EQUAL = 1e-9


@dataclass(frozen=True)
class Fork:
    """What people took at a place: how many each of its lanes, None where it is not shown."""

    place: str
    people: int
    lanes: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Light:
    """The light of the group's lives by one value function, beside what the level is worth by it.

    ``edges`` and ``counts`` are a histogram, its bins joined; ``rungs`` name what ways of living bring on average, and
    ``here`` what stepping brought in the water of all, with ``stepped``, the lanes it took (empty in own water).
    """

    value_function: str
    edges: tuple[float, ...]
    counts: tuple[int, ...]
    mean: float
    rungs: tuple[tuple[str, float], ...]
    here: float | None
    stepped: tuple[str, ...]


@dataclass(frozen=True)
class Sureness:
    """The plans that felt ``confidence`` sure: how many (None: not shown), what they bring on average, what came."""

    confidence: int
    plans: int | None
    expected: float | None
    came: float | None


@dataclass(frozen=True)
class Beside:
    """How many of something brought less than stepping in the same water, as much, and more; None: not shown."""

    less: int | None
    same: int | None
    more: int | None
    total: int


@dataclass(frozen=True)
class StepFigures:
    """One step that was played.  Of a group that is too small everything but ``step`` and ``people`` is empty."""

    step: Step
    people: int
    forks: tuple[Fork, ...] = ()
    lanes: tuple[tuple[str, int | None], ...] = ()
    lights: tuple[Light, ...] = ()
    sureness: tuple[Sureness, ...] = ()
    plans: Beside | None = None
    lives: Beside | None = None


@dataclass(frozen=True)
class Worth:
    """What ways of living bring on a level by a value function, on average: the lines beside a group's light."""

    problem: Problem
    rungs: tuple[tuple[str, float], ...]


@dataclass
class Solved:
    """What has been worked out, by level and value function, for as long as a group is looked at."""

    known: dict[tuple[str, Weights], Worth]
    stepped: dict[tuple[str, Weights, int], Record]

    def worth(self, level: Level, weights: Weights) -> Worth:
        """What a level is worth by a value function, worked out once."""
        key = (level.digest, weights)
        if key not in self.known:
            self.known[key] = worth(level, weights)
        return self.known[key]

    def stepping(self, level: Level, weights: Weights, seed: int) -> Record:
        """The life of one step at a time in the water of a seed, lived once."""
        key = (level.digest, weights, seed)
        if key not in self.stepped:
            problem = self.worth(level, weights).problem
            self.stepped[key] = live(level, StepByStep(problem), draw_landscape(level, seed))
        return self.stepped[key]


def worth(level: Level, weights: Weights) -> Worth:
    """The three rungs of the ladder that a group's light stands beside; sampled where the exact answer is too large."""
    problem = Problem(level, weights)
    best = best_fixed_plan(problem).value
    try:
        chart = treasure_map(problem)
        _, stepping = evaluate_policies(chart.space, [1], MEMORY_LIMIT, lambda stage, fraction: None)
        values = (best, stepping[1], chart.worth)
    except TooLarge:
        sampled = ladder(problem, hindsight_samples=0, policy_samples=2000)
        values = (best, sampled.step_by_step.value, sampled.optimal.value)
    return Worth(problem, tuple(zip(("best_fixed_plan", "step_by_step", "optimal"), values, strict=True)))


def figures(group: Group, solved: Solved | None = None, progress: Progress | None = None) -> tuple[StepFigures, ...]:
    """The figures of every step that somebody played, in the order of the exercise."""
    solved = solved if solved is not None else Solved({}, {})
    played = [step for step in group.exercise.steps if step.kind == "play"]
    found = []
    for number, step in enumerate(played):

        def told(fraction: float, number: int = number) -> None:
            if progress:
                progress("figures", (number + fraction) / len(played))

        told(0.0)
        lives = [(person, run) for person in group.contributions if (run := person.life_at(step.id)) is not None]
        if len(lives) < FEWEST:
            if lives:
                found.append(StepFigures(step, len(lives)))
            continue
        level = group.exercise.level_of(step)
        records = [(run.seed, replayed(run, level)) for _, run in lives]
        bets = [plans_for(group, step, person.predictions) for person, _ in lives]
        found.append(_step(group, step, records, bets, solved, told))
    return tuple(found)


def _step(
    group: Group,
    step: Step,
    records: list[tuple[int, Record]],
    bets: list[tuple[PlanBet, ...]],
    solved: Solved,
    told: Callable[[float], None],
) -> StepFigures:
    level, weights = group.exercise.level_of(step), group.exercise.weights_of(step)
    forks = tuple(_forks(level, [record for _, record in records]))
    problem = solved.worth(level, weights).problem
    of_plans, of_lives = [], []
    by_confidence: dict[int, list[tuple[float, float]]] = {}
    for number, ((seed, record), plans) in enumerate(zip(records, bets, strict=True)):
        told(number / len(records))
        stepping = solved.stepping(level, weights, seed).total(weights)
        of_lives.append(record.total(weights) - stepping)
        landscape = draw_landscape(level, seed)
        for plan in plans:
            came = live(level, FixedPlan(plan.lanes), landscape).total(weights)
            of_plans.append(came - stepping)
            if plan.confidence is not None:
                by_confidence.setdefault(plan.confidence, []).append((plan_value(problem, plan.lanes), came))
    drew = sum(1 for plans in bets if plans)
    return StepFigures(
        step,
        len(records),
        forks,
        tuple(pair for fork in forks for pair in fork.lanes),
        tuple(_light(group, step, name, records, solved) for name in _value_functions(level)),
        _sureness(by_confidence) if drew >= FEWEST else (),
        _beside(of_plans) if drew >= FEWEST else None,
        _beside(of_lives),
    )


def _value_functions(level: Level) -> tuple[str, ...]:
    return tuple(level.value_functions) or (level.default_value_function,)


def plans_for(group: Group, step: Step, predictions: Iterable[Prediction]) -> tuple[PlanBet, ...]:
    """The whole plans that somebody drew for the level and value function of a step, at the last step before it."""
    exercise = group.exercise
    drawn = [
        other.id
        for other in exercise.steps[: exercise.steps.index(step)]
        if other.kind == "predict"
        and other.level == step.level
        and exercise.value_function_of(other) == exercise.value_function_of(step)
    ]
    plans = {prediction.step: prediction.plans for prediction in predictions}
    return tuple(plan for plan in plans.get(drawn[-1], ()) if plan.lanes) if drawn else ()


def _forks(level: Level, records: Sequence[Record]) -> Iterable[Fork]:
    """The places that somebody left, in the level's order, with the number of people on each lane."""
    takers: Counter[str] = Counter()
    visitors: Counter[str] = Counter()
    for record in records:
        takers.update({leg.lane for leg in record.legs})
        visitors.update({leg.before.place for leg in record.legs})
    for place in level.places:
        lanes = level.lanes_from[place.id]
        if visitors[place.id] and lanes:
            counts = shown([takers[lane.id] for lane in lanes])
            yield Fork(
                place.id,
                visitors[place.id] if visitors[place.id] >= FEW else 0,
                tuple((lane.id, count) for lane, count in zip(lanes, counts, strict=True)),
            )


def _light(group: Group, step: Step, name: str, records: list[tuple[int, Record]], solved: Solved) -> Light:
    level = group.exercise.level_of(step)
    weights = level.weights(name)
    totals = np.array([record.total(weights) for _, record in records])
    rungs = solved.worth(level, weights).rungs
    edges, counts = histogram(totals, [value for _, value in rungs])
    stepping = None if step.seed is None else solved.stepping(level, weights, step.seed)
    return Light(
        name,
        tuple(edges),
        tuple(counts),
        float(totals.mean()),
        rungs,
        None if stepping is None else stepping.total(weights),
        () if stepping is None else stepping.lanes,
    )


def histogram(totals: np.ndarray, others: Sequence[float]) -> tuple[list[float], list[int]]:
    """Edges and counts of the group's light, its bins joined; the edges are round numbers and tell no life's own.

    ``others`` are lights that will stand beside it, and give its bins their width.
    """
    low, high = min(totals.min(), *others), max(totals.max(), *others)
    width = _round_up(max(float(high - low), 1e-6) / _BINS)
    first = int(np.floor(totals.min() / width + _EQUAL))
    last = int(np.floor(totals.max() / width + _EQUAL)) + 1
    edges = [width * k for k in range(first, last + 1)]
    places = np.floor(totals / width + _EQUAL).astype(int) - first
    counts = np.bincount(places, minlength=last - first)[: last - first]
    return joined(edges, [int(count) for count in counts])


def _round_up(width: float) -> float:
    """The next of 1, 2, 5, 10, … times a power of ten."""
    power = 10.0 ** np.floor(np.log10(width))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - _EQUAL)))


def _sureness(found: dict[int, list[tuple[float, float]]]) -> tuple[Sureness, ...]:
    rows = []
    counts = shown([len(found.get(confidence, ())) for confidence in CONFIDENCES])
    for confidence, count in zip(CONFIDENCES, counts, strict=True):
        if count:
            expected, came = np.array(found[confidence]).mean(axis=0)
            rows.append(Sureness(confidence, count, float(expected), float(came)))
        else:
            rows.append(Sureness(confidence, count, None, None))
    return tuple(rows)


def _beside(differences: Sequence[float]) -> Beside:
    ahead = np.array(differences)
    slack = _EQUAL * 1000
    less, more = int((ahead < -slack).sum()), int((ahead > slack).sum())
    counts = shown([less, len(ahead) - less - more, more])
    return Beside(counts[0], counts[1], counts[2], len(ahead))
