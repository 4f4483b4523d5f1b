"""What every way of living is worth: plans, replanning, the treasure map, hindsight, luck.

problem        a level and a value function in numbers
plans          fixed plans: the best, the naive, their number
distribution   the light of all of them
information    what a life can know, and how knowledge grows
kronecker      expectations over many currents at once
blocks         large arrays in blocks that fit into the cache, by several threads
rewards        the light of lanes, block by block
spyglass       what looking further is worth
forecast       what a year asks about later ones
schedule       what is computed when, and where it is put
estimate       how large the exact answer will be, and how long it will take
comparison     lanes compared with each other, block by block
induction      backward induction, prepared once and run at will
bellman        the treasure map: the best policy on it
open_loop      plans made anywhere, for all that may be known there
following      decisions followed for some years
evaluation     what policies are worth, exactly
replanning     the same policies for living one life at a time
water          many landscapes at once
planner        plans made afresh by many lives at once
simulation     many lives in them, of any size of level
charted        policies as tables on the nodes, and lives that follow them
tally          means, their errors, and samples drawn until there is enough
experiment     many policies in the same water
hindsight      the best path after the fact
approximation  an approximate value function whose expectations are exact
relaxation     hindsight that pays for what it knows
bounds         the optimum from below and from above, where no treasure map fits
oracle         somebody else's map: another world, and what is steered by in it
oracle_rung    what it is worth to follow one
rung           a worth, and how it is known
ladder         the seven rungs
luck           choice and luck of one life
soundings      what the treasure map says at every place in every year
solution       all of it as one value
report         a solution as JSON and as a table
size           an answer too large, told in words
"""

from game.solver.bellman import NotKept, Progress, TreasureMap, fitting_map, treasure_map
from game.solver.bounds import Bounds, bounds
from game.solver.distribution import PlanDistribution, plan_distribution
from game.solver.estimate import Estimate, estimate
from game.solver.experiment import Simulation, simulate
from game.solver.information import MEMORY_LIMIT, Keep
from game.solver.ladder import Ladder, ladder
from game.solver.luck import Decision, Glimpse, choice_and_luck
from game.solver.oracle import Advice, OracleWorld, Way
from game.solver.plans import Plan, best_fixed_plan, count_plans, naive_plan, plan_value
from game.solver.problem import Problem
from game.solver.replanning import FollowTheLight, ReplanEvery, StepByStep
from game.solver.report import solution_as_json, solution_as_table
from game.solver.rung import Rung
from game.solver.size import TooLarge
from game.solver.solution import Solution, solve
from game.solver.soundings import Sounding, Soundings, soundings
from game.solver.tally import Enough

__all__ = [
    "MEMORY_LIMIT",
    "Advice",
    "Bounds",
    "Decision",
    "Enough",
    "Estimate",
    "FollowTheLight",
    "Glimpse",
    "Keep",
    "Ladder",
    "NotKept",
    "OracleWorld",
    "Plan",
    "PlanDistribution",
    "Problem",
    "Progress",
    "ReplanEvery",
    "Rung",
    "Simulation",
    "Solution",
    "Sounding",
    "Soundings",
    "StepByStep",
    "TooLarge",
    "TreasureMap",
    "Way",
    "best_fixed_plan",
    "bounds",
    "choice_and_luck",
    "count_plans",
    "estimate",
    "fitting_map",
    "ladder",
    "naive_plan",
    "plan_distribution",
    "plan_value",
    "simulate",
    "solution_as_json",
    "solution_as_table",
    "solve",
    "soundings",
    "treasure_map",
]
