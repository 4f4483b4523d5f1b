"""Learning: the table against one in plain Python, worths against every landscape, and the curve from its seed."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from known_levels import golden
from plain_learner import plain_table, table_by_spot

from game.files import level_from_text, read_level, shipped_level
from game.learning import LearningCurve, curve_as_json, curve_as_table, learning_curve, lives_for
from game.learning.curve import checkpoints
from game.learning.layout import Layout
from game.learning.learner import Learners, exploration, learning_rate
from game.learning.price import Prices
from game.model import Landscape, Level, begin, open_lanes, scalarised, step
from game.solver import MEMORY_LIMIT, Problem, TooLarge, treasure_map

# Lights are halves and weights 1, so that sums come out the same in whatever order they are added.
LONG_LANES = """
format = 1
title = "Long lanes"
years = 5
start = "a"
sight = {sight}

[currents.one]
states = ["dry", "damp", "flow"]
start = "damp"
shift = [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.0, 0.5, 0.5]]

[currents.two]
states = ["dry", "flow"]
stay = 0.75

[places.a]
[places.b]
light = 0.5
[places.c]

[[lanes]]
from = "a"
to = "b"
current = "one"
light = [0, 1.5, 2.5]

[[lanes]]
from = "a"
to = "c"
years = 2
current = "two"
light = [1, 2]

[[lanes]]
from = "b"
to = "a"
years = 3
current = "one"
light = [3, 0, 1]

[[lanes]]
from = "b"
to = "c"
light = 1

[[lanes]]
from = "c"
to = "a"
current = "two"
light = [0, 4]

[[lanes]]
from = "c"
to = "b"
current = "one"
light = [1, 1.5, 0]
"""


def long_lanes(sight: str) -> Level:
    """A small level with lanes of several years."""
    return level_from_text(LONG_LANES.replace("{sight}", sight))


def first_fork() -> Level:
    """The smallest level that comes with the game."""
    path = shipped_level("first_fork")
    assert path is not None
    return read_level(path)


LEVELS = {
    "first fork": first_fork,
    "long lanes": lambda: long_lanes('"all"'),
    "long lanes, sight 1": lambda: long_lanes("1"),
}


@pytest.mark.parametrize("name", LEVELS)
def test_the_table_is_that_of_a_plain_learner(name: str) -> None:
    """One of several learners has, to the last bit, the table that plain Python has for its seed, visits and all."""
    level = LEVELS[name]()
    problem = Problem(level, level.weights())
    layout = Layout(problem, MEMORY_LIMIT)
    learners = Learners(layout, 11, range(4))
    learners.live(150)
    plain = plain_table(problem, 11, 2, 150)
    table = table_by_spot(layout.space, problem, learners.table[2].tolist(), learners.visits[2].tolist())
    assert len(plain) > 30
    assert table == plain


def landscapes(level: Level) -> list[tuple[Fraction, Landscape]]:
    """Every landscape that a level can have, with its probability as a fraction."""
    paths = []
    for current in level.currents:
        shift = [[Fraction(chance) for chance in row] for row in current.shift]
        found = []
        for tail in itertools.product(range(current.size), repeat=level.years):
            states = (current.start, *tail)
            chance = Fraction(1)
            for a, b in itertools.pairwise(states):
                chance *= shift[a][b]
            if chance:
                found.append((chance, states))
        paths.append(found)
    made = []
    for together in itertools.product(*paths):
        chance = Fraction(1)
        for part, _ in together:
            chance *= part
        made.append((chance, Landscape(tuple(zip(*(states for _, states in together), strict=True)))))
    return made


@pytest.mark.parametrize("sight", ['"all"', "1"])
def test_a_policy_is_worth_what_it_brings_in_every_landscape(sight: str) -> None:
    """Random tables are worth, to 1e-9, the sum over all landscapes of chance times the light of a life lived there."""
    level = level_from_text(LONG_LANES.replace("{sight}", sight).replace("years = 5", "years = 3", 1))
    problem = Problem(level, level.weights())
    layout = Layout(problem, MEMORY_LIMIT)
    dice = np.random.default_rng(5)
    count = 3
    chosen = [dice.integers(0, max(1, n), size=(count, e)) for n, e in zip(layout.lanes, layout.entries, strict=True)]
    worth = Prices(layout).worth(lambda node: chosen[node], count)
    number = {}
    for g, group in enumerate(layout.groups):
        number.update({node: int(layout.first_node[g]) + row for row, node in enumerate(group.nodes)})
    waters = landscapes(level)
    assert sum(chance for chance, _ in waters) == 1
    for policy in range(count):
        total = Fraction(0)
        for chance, landscape in waters:
            life = begin(level)
            while lanes := open_lanes(level, life):
                node, index = layout.space.node_of(life)
                shape = layout.space.shape(node)
                entry = int(np.ravel_multi_index(index, shape)) if shape else 0
                life, _ = step(level, life, lanes[chosen[number[node]][policy, entry]].id, landscape)
            total += chance * Fraction(scalarised(life.light, problem.weights))
        assert worth[policy] == pytest.approx(float(total), abs=1e-9)


@pytest.mark.parametrize("name", ["fork", "fog", "grad", "grad_fog", "still"])
def test_the_treasure_map_as_a_table_is_worth_what_the_solver_says(name: str) -> None:
    """Priced as a policy, the solver's treasure map has the worth that backward induction gives it, to 1e-9."""
    level = golden(name)
    problem = Problem(level, level.weights())
    layout = Layout(problem, MEMORY_LIMIT)
    chart = treasure_map(problem)
    nodes = [node for group in layout.groups for node in group.nodes]

    def policy(node: int) -> np.ndarray:
        return np.asarray(chart.choices[nodes[node]], dtype=np.intp).reshape(1, -1)

    assert Prices(layout).worth(policy, 1)[0] == pytest.approx(chart.worth, abs=1e-9)


@pytest.fixture(scope="module")
def curve() -> LearningCurve:
    """The curve of the smallest level that comes with the game."""
    level = first_fork()
    return learning_curve(Problem(level, level.weights()), 1500, 32, 3)


def test_learners_come_within_one_percent_of_the_treasure_map(curve: LearningCurve) -> None:
    """On the smallest level all 32 learners end within 1 % of the treasure map, most of them long before."""
    assert curve.optimal == pytest.approx(15.219235, abs=1e-6)
    assert min(curve.worth[-1]) >= 0.99 * curve.optimal
    assert curve.map_reached.count == 32
    assert curve.map_reached.median is not None
    assert curve.map_reached.median <= 500


def test_no_learner_passes_the_treasure_map_and_all_begin_below_the_plan(curve: LearningCurve) -> None:
    """Nothing learned is worth more than the optimum, and after one life nearly nobody is worth the best plan."""
    assert max(map(max, curve.worth)) <= curve.optimal + 1e-9
    assert curve.quantile(0.5)[0] < curve.best_fixed_plan < curve.optimal
    assert curve.plan_reached.median is not None
    assert curve.map_reached.median is not None
    assert 1 < curve.plan_reached.median <= curve.map_reached.median


def test_a_curve_comes_back_from_its_seed(curve: LearningCurve) -> None:
    """The same seed gives the same curve to the last bit, another seed another, and more learners change no other."""
    level = first_fork()
    problem = Problem(level, level.weights())
    again = learning_curve(problem, 1500, 32, 3)
    assert again == curve
    fewer = learning_curve(problem, 300, 5, 3)
    assert [worths[:5] for worths in curve.worth[: len(fewer.worth)]] == list(fewer.worth)
    assert learning_curve(problem, 300, 5, 4).worth != fewer.worth


def test_nothing_to_learn_is_told_as_reached_at_once() -> None:
    """Where no choice matters, everybody is worth the plan and the map from the first life on."""
    text = LONG_LANES.replace("{sight}", '"all"').split("[[lanes]]")
    level = level_from_text("[[lanes]]".join([text[0].replace("years = 5", "years = 1"), text[1]]))
    curve = learning_curve(Problem(level, level.weights()), 3, 2)
    assert curve.plan_reached.median == curve.map_reached.median == 1


def test_reaching_is_for_good() -> None:
    """A line counts from the checkpoint on after which nobody falls below it again; by hand for three learners."""
    made = LearningCurve((1, 10, 100, 1000), ((5, 1, 9), (4, 6, 9), (5, 6, 4), (6, 7, 4)), 5.0, 100.0, 0)
    reached = made.plan_reached
    # Learner 0 falls below at 10 and is there from 100 on, learner 1 from 10 on, learner 2 is lost from 100 on.
    assert (reached.median, reached.low, reached.high, reached.count) == (100, 100, None, 2)
    assert made.map_reached.median is None
    assert made.map_reached.count == 0


def test_rates_go_to_zero_as_they_should() -> None:
    """Learning rates sum to infinity and their squares do not; exploration is whole at first and never ends."""
    assert learning_rate(1) == exploration(0) == 1.0
    assert 0.5 < 0.7 <= 1.0
    assert learning_rate(10_000) == pytest.approx(10_000**-0.7)
    assert exploration(300) == pytest.approx(0.5)
    assert all(exploration(k) > exploration(k + 1) > 0 for k in (0, 10, 10_000))


def test_checkpoints_are_six_a_decade() -> None:
    """They begin with the first life, end with the last and rise."""
    assert checkpoints(1) == (1,)
    assert checkpoints(30) == (1, 2, 3, 5, 7, 10, 15, 20, 30)
    assert checkpoints(1234)[-3:] == (700, 1000, 1234)
    assert [lives_for(years) for years in (1, 4, 20, 100)] == [10_000, 10_000, 3000, 500]


def test_a_level_too_large_is_declined_before_anything_is_allocated() -> None:
    """Where a learner's table does not fit, the program says how large it would be."""
    level = long_lanes('"all"')
    with pytest.raises(TooLarge):
        learning_curve(Problem(level, level.weights()), 10, 2, memory_limit=1000)


def test_progress_is_told_and_can_interrupt() -> None:
    """The work says how far it is, from nothing to all, and an exception raised there ends it."""
    level = first_fork()
    told: list[tuple[str, float]] = []
    learning_curve(Problem(level, level.weights()), 250, 3, progress=lambda *said: told.append(said))
    learning = [fraction for stage, fraction in told if stage == "learning"]
    assert learning == sorted(learning)
    assert learning[-1] == 1.0

    def stop(stage: str, fraction: float) -> None:
        if stage == "learning":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        learning_curve(Problem(level, level.weights()), 250, 3, progress=stop)


def test_table_and_json_tell_the_same(curve: LearningCurve) -> None:
    """The table has a row for each checkpoint, and both say after how many lives the lines were reached."""
    level = first_fork()
    told, data = curve_as_table(curve, level, "mine"), curve_as_json(curve, level, "mine")
    assert data["lives"] == list(curve.lives)
    assert data["lives_to_treasure_map"]["median"] == curve.map_reached.median
    assert [len(worths) for worths in data["worth"]] == [32] * len(curve.lives)
    assert f"Reached after {curve.plan_reached.median} lives" in told
    assert len([line for line in told.splitlines() if line.startswith("  ")]) == 1 + len(curve.lives)
    assert np.median(data["worth"][-1]) == pytest.approx(data["median"][-1])


def test_learners_and_their_treasure_map_do_without_a_spyglass() -> None:
    """Where the optimum owes something to looking further, learners are held against the one that never looks."""
    path = shipped_level("the_water")
    assert path is not None
    level = read_level(path)
    problem = Problem(level, level.weights())
    curve = learning_curve(problem, 5, 2)
    assert curve.optimal == pytest.approx(treasure_map(problem.unaided()).worth, abs=1e-9)
    assert curve.optimal < treasure_map(problem).worth - 0.1
    assert "spyglass" in curve_as_table(curve, level, level.default_value_function)
