"""Made-up people at a workshop: real lives by mixed policies, plans that differ, words of all kinds."""

from __future__ import annotations

import random
from functools import cache

from game.files import run_of
from game.model import Level, Life, open_lanes
from game.policies import named_policy
from game.policy import FixedPlan, Policy
from game.session import Bets, Session
from game.solver import Problem
from game.workshop.contribution import Contribution, PlanBet, Words
from game.workshop.exercise import Exercise, Step
from game.workshop.shelf import exercise_named

NAMES = ("step_by_step", "best_fixed_plan", "naive_plan", "follow_the_light", "wander")


class Wander:
    """Takes any open lane by chance: somebody who looks at nothing."""

    def __init__(self, level: Level, chance: random.Random) -> None:
        self.level, self.chance = level, chance

    def choose(self, life: Life) -> str:
        """One of the open lanes."""
        return self.chance.choice(open_lanes(self.level, life)).id


@cache
def exercise(name: str) -> Exercise:
    """A shipped exercise, read once."""
    return exercise_named(name)


@cache
def policy_of(exercise_name: str, step_id: str, name: str) -> Policy:
    """A policy on the level of a step, made once."""
    held = exercise(exercise_name)
    step = held.step(step_id)
    return named_policy(name, Problem(held.level_of(step), held.weights_of(step)))


def wandered_plan(level: Level, chance: random.Random) -> tuple[str, ...]:
    """A whole plan by chance."""
    year, place, lanes = 0, level.start, []
    while True:
        fitting = [lane for lane in level.lanes_from[place] if year + lane.years <= level.years]
        if not fitting:
            return tuple(lanes)
        lane = chance.choice(fitting)
        lanes.append(lane.id)
        year, place = year + lane.years, lane.head


def life_of(held: Exercise, step: Step, chance: random.Random, plan: tuple[str, ...] | None = None) -> Session:
    """A life lived to its end at a step that plays."""
    level = held.level_of(step)
    seed = chance.randrange(1, 40) if step.seed is None else step.seed
    session = Session(level, seed, held.value_function_of(step), held.weights_of(step), Bets(plan, 12.0))
    name = chance.choice(NAMES)
    policy = Wander(level, chance) if name == "wander" else policy_of(held.name, step.id, name)
    if plan is not None and chance.random() < 0.3:
        policy = FixedPlan(plan)
    while not session.finished:
        session.choose(policy.choose(session.life))
    return session


def person(name: str, number: int, shares: bool = True) -> Contribution:
    """A contribution with every step of an exercise done."""
    held, chance = exercise(name), random.Random(f"{name}/{number}")
    found = Contribution(name, held.digest, f"river otter {number}", f"{chance.getrandbits(128):032x}", 1)
    plan: tuple[str, ...] | None = None
    for step in held.steps:
        if step.kind == "predict":
            level = held.level_of(step)
            for i in range(step.plans):
                plan = wandered_plan(level, chance)
                bet = PlanBet(f"Plan {i}", chance.choice((1, 2, 3, 4, 5, None)), plan)
                found = found.with_plan(step.id, i, bet, step.plans)
        elif step.kind == "play":
            plans = [p for p in found.predictions if held.step(p.step).level == step.level]
            chosen = plans[0].plans[0].lanes if plans else None
            found = found.with_life(step.id, run_of(life_of(held, step, chance, chosen)))
        elif step.kind == "write":
            for question in range(len(step.questions)):
                text = f"words {number} to {step.id} {question}"
                found = found.with_words(Words(step.id, question, text, shares and question == 0))
    return found
