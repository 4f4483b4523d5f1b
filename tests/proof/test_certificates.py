"""Certificates: what is true is accepted, and whatever is changed in them is refuted."""

from __future__ import annotations

import ast
import copy
import hashlib
import json
import math
import random
import sys
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from statistics import mean, variance
from typing import Any

import pytest
from proof.small_levels import small_level

from game.files import level_from_text
from game.house import shipped_levels
from game.model import begin, draw_landscape, scalarised
from game.policy import FixedPlan
from game.proof import prove, verify
from game.proof.verify import Level, Refuted, Unreadable
from game.simulate import live
from game.solver import Problem, StepByStep, plan_value

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LADDERS = sorted(GOLDEN.glob("*.json"))

# One river, one towpath, two years, the river in flow at first and then in flow or dry with equal chance.  A plan has
# 4 + max(2, 1.5) = 6 at most.  Who looks up has 4 + 4 when the river flows, and 4 + 1.5 when it is dry: 6.75.
RIVER = """
format = 1
title = "A river"
years = 2
start = "bank"
[currents.river]
states = ["dry", "flow"]
start = "flow"
shift = [[0.9, 0.1], [0.5, 0.5]]
[places.bank]
[[lanes]]
from = "bank"
to = "bank"
current = "river"
light = [0, 4]
[[lanes]]
from = "bank"
to = "bank"
light = 1.5
"""


@pytest.fixture(autouse=True, scope="module")
def _few_lives() -> Iterator[None]:
    """Forty lives show as much as a thousand do that a changed number is refused."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "LIVES", 40)
        yield


def certificate(file: bytes, value_function: str | None = "mine", **options: Any) -> dict[str, Any]:
    """A certificate as it comes back from its file."""
    made: dict[str, Any] = json.loads(prove.as_text(prove.prove(file, value_function, **options)))
    return made


def check(claims: dict[str, Any], file: bytes) -> list[str]:
    """What the verifier says it has checked."""
    return verify.verify(prove.as_text(claims).encode(), file)


@cache
def shipped(stem: str) -> bytes:
    """A shipped level's file."""
    return (shipped_levels() / f"{stem}.toml").read_bytes()


@cache
def twenty_years() -> dict[str, Any]:
    """The certificate of the shipped level of twenty years, by citations."""
    return certificate(shipped("02_twenty_years"), "citations")


@cache
def cases() -> list[tuple[str, dict[str, Any], bytes]]:
    """Certificates of every kind with the files that they are about."""
    golden = {path.stem: path.read_bytes() for path in GOLDEN.glob("*.toml")}
    found = [(stem, certificate(file), file) for stem, file in golden.items()]
    found += [
        ("citations", certificate(golden["grad"], "citations"), golden["grad"]),
        (
            "own weights",
            certificate(golden["grad"], None, weights={"craft": "0.5", "recognition": "-1"}),
            golden["grad"],
        ),
        ("lived", certificate(golden["grad"], limit=0), golden["grad"]),
        ("lived with fog", certificate(golden["fog"], limit=0), golden["fog"]),
        ("rounded", certificate(ugly(), limit=1000), ugly()),
        ("first fork", certificate(shipped("01_the_first_fork")), shipped("01_the_first_fork")),
    ]
    return found


def ugly() -> bytes:
    """A level whose exact potentials would have hundreds of digits."""
    text = (GOLDEN / "fog.toml").read_text(encoding="utf-8")
    return text.replace("years = 6", "years = 25").encode()


def numbers(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The ways to every number of a JSON value; a number can be written as text."""
    if isinstance(value, dict | list):
        for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
            yield from numbers(entry, (*path, key))
    elif isinstance(value, int) or (isinstance(value, str) and value[-1:].isdigit()):
        yield path


def changed(claims: dict[str, Any], path: tuple[str | int, ...], change: Any) -> dict[str, Any]:
    """A copy of a certificate with one entry changed."""
    other: Any = copy.deepcopy(claims)
    at = other
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = change(at[path[-1]])
    return dict(other)


def upwards(value: Any) -> Any:
    """A number one more, or its text with the last digit one more."""
    if isinstance(value, int):
        return value + 1
    return value[:-1] + str((int(value[-1]) + 1) % 10)


def downwards(value: Any) -> Any:
    """A number one less, or its text with the first digit one less."""
    if isinstance(value, int):
        return value - 1
    k = next(k for k, letter in enumerate(value) if letter.isdigit())
    return value[:k] + str((int(value[k]) - 1) % 10) + value[k + 1 :]


def test_a_river_is_worth_what_it_is_by_hand() -> None:
    """For a level worked out by hand the certificate has the numbers of the derivation, and the sentence they imply."""
    claims = certificate(RIVER.encode())
    assert claims["potentials"] == {"0 bank": "6", "1 bank": "2", "2 bank": "0"}
    assert (claims["bound"], claims["plan"], claims["plan_has"]) == ("6", ["bank->bank", "bank->bank"], "6")
    assert (claims["one_step_at_a_time"], claims["treasure_map"], claims["verdict"]) == ("6.75", "6.75", "ahead")
    assert "no fixed plan has more than 6; one step at a time has 6.75." in claims["statement"]
    assert check(claims, RIVER.encode())[-2:] == ["stepping_exact", "treasure_map"]


@pytest.mark.parametrize("path", LADDERS, ids=lambda path: path.stem)
def test_the_golden_ladders_are_proved(path: Path) -> None:
    """Certificates of the golden levels have the plan, stepping and treasure map that brute force has."""
    stem, _, value_function = path.stem.partition(".")
    golden = json.loads(path.read_text(encoding="utf-8"))
    file = (GOLDEN / f"{stem}.toml").read_bytes()
    claims = certificate(file, value_function or "mine")
    assert claims["plan"] == golden["best_fixed_plan"]
    for own, theirs in (
        ("plan_has", "best_fixed_plan"), ("bound", "best_fixed_plan"), ("one_step_at_a_time", "step_by_step"),
        ("treasure_map", "optimal"),
    ):  # fmt: skip
        assert float(claims[own]) == pytest.approx(golden["ladder"][theirs], abs=1e-9)
    assert check(claims, file)


@pytest.mark.parametrize("value_function", ["mine", "citations"])
def test_twenty_years_are_proved(value_function: str) -> None:
    """The level of twenty years has a certificate that passes: exact by citations, from lives by one's own light."""
    file = shipped("02_twenty_years")
    if value_function == "citations":
        claims = twenty_years()
        assert check(claims, file)[-2:] == ["stepping_exact", "treasure_map"]
    else:
        claims = certificate(file, value_function, limit=100_000)
        assert check(claims, file)[-1] == "stepping_lived"
    assert claims["verdict"] == "ahead"


@pytest.mark.parametrize("seed", range(30))
def test_small_levels_are_proved(seed: int) -> None:
    """Certificates of levels of every kind pass, exact and from lives, and say "equal" where no current flows."""
    file = small_level(seed).encode()
    claims = certificate(file)
    assert check(claims, file)[-2:] == ["stepping_exact", "treasure_map"]
    if seed % 5 == 0:
        assert claims["verdict"] == "equal"
        assert claims["statement"].endswith("and one step at a time has the same.")
    assert Fraction(claims["treasure_map"]) >= Fraction(claims["one_step_at_a_time"])
    assert 0 <= Fraction(claims["bound"]) - Fraction(claims["plan_has"]) < Fraction(1, 10**9)
    lived = certificate(file, limit=0)
    assert check(lived, file)[-1] == "stepping_lived"


@pytest.mark.parametrize("seed", range(30))
def test_no_plan_passes_its_potential(seed: int) -> None:
    """By the game's own solver no plan drawn by chance has more light left anywhere than the potential there."""
    text, dice = small_level(seed), random.Random(seed)
    level = level_from_text(text)
    problem = Problem(level, level.weights("mine"))
    potentials = {at: float(w) for at, w in certificate(text.encode())["potentials"].items()}
    for _ in range(40):
        plan, passed, year, place = list[str](), list[str](), 0, problem.start
        while lanes := problem.open_lanes(year, place):
            e = dice.choice(lanes)
            passed.append(f"{year} {level.places[place].id}")
            plan.append(level.lanes[e].id)
            year, place = year + level.lanes[e].years, int(problem.head[e])
        light = [plan_value(problem, plan) - sum(_expected(problem, plan[:k])) for k in range(len(plan))]
        assert all(rest <= potentials[at] + 1e-9 for at, rest in zip(passed, light, strict=True))


def _expected(problem: Problem, plan: list[str]) -> Iterator[float]:
    """What each lane of a plan brings, as the solver has it at the beginning."""
    states, _ = problem.knowledge()
    year = 0
    for lane in plan:
        e = problem.level.lane_index[lane]
        yield float(problem.reward[e, year, states[problem.current[e]]])
        year += int(problem.duration[e])


def test_both_verdicts_occur_among_small_levels() -> None:
    """Among the small levels some have stepping ahead and some have a tie, so that both are put to the test."""
    verdicts = [certificate(small_level(seed).encode())["verdict"] for seed in range(30)]
    assert min(verdicts.count("ahead"), verdicts.count("equal")) >= 8


def test_certificates_of_every_kind_are_accepted() -> None:
    """The certificates that the next tests change are accepted as they are, and are of every kind."""
    for name, claims, file in cases():
        assert check(claims, file), name
    kinds = {(claims["method"], claims["bound"] == claims["plan_has"]) for _, claims, _ in cases()}
    assert kinds == {("exact", True), ("exact", False), ("lived", True), ("lived", False)}


@pytest.mark.parametrize("change", [upwards, downwards])
def test_every_changed_number_is_refuted(change: Any) -> None:
    """No certificate passes with any one of its numbers changed, by its first digit or by its last."""
    for name, claims, file in cases():
        for path in numbers(claims):
            with pytest.raises((Refuted, Unreadable)):
                assert check(changed(claims, path, change), file) == [], (name, path)


@pytest.mark.parametrize("seed", range(30))
def test_every_changed_number_of_a_small_level_is_refuted(seed: int) -> None:
    """The certificates of small levels, ties among them, do not pass with any one of their numbers changed."""
    file = small_level(seed).encode()
    claims = certificate(file)
    for path in numbers(claims):
        with pytest.raises((Refuted, Unreadable)):
            assert check(changed(claims, path, upwards), file) == [], path


def test_changed_numbers_of_twenty_years_are_refuted() -> None:
    """In the certificate of a large level, too, a changed number is refuted; here in one without a treasure map."""
    file = shipped("02_twenty_years")
    claims = {**twenty_years(), "treasure_map": None}
    assert check(claims, file)[-1] == "stepping_exact"
    paths = list(numbers(claims))
    potentials = [path for path in paths if "potentials" in path]
    assert len(potentials) > 150
    for path in [*potentials[::24], *(path for path in paths if path not in potentials)]:
        with pytest.raises((Refuted, Unreadable)):
            assert check(changed(claims, path, upwards), file) == [], path


def test_every_missing_key_is_refuted() -> None:
    """No certificate passes without any one of its keys, or with one more."""
    for name, claims, file in cases():
        objects: list[tuple[str, ...]] = [(), ("potentials",)]
        for path in [*objects, ("value_function",)] if name == "own weights" else objects:
            at: Any = claims
            for key in path:
                at = at[key]
            for key in at:
                with pytest.raises((Refuted, Unreadable)):
                    check(
                        changed({"": claims}, ("", *path), lambda o, key=key: {k: o[k] for k in o if k != key})[""],
                        file,
                    )
            with pytest.raises(Refuted):
                assert check(changed({"": claims}, ("", *path), lambda o: {**o, "more": 1})[""], file) == [], name


def test_changed_words_are_refuted() -> None:
    """No certificate passes with another statement, verdict, method, plan, digest or value function."""
    file = (GOLDEN / "grad.toml").read_bytes()
    claims = certificate(file)
    changes: list[tuple[tuple[str | int, ...], Any]] = [
        (("statement",), claims["statement"].replace("no fixed plan", "no plan")),
        (("verdict",), "equal"),
        (("method",), "lived"),
        (("method",), "lives"),
        (("plan",), claims["plan"][:-1]),
        (("plan",), [*claims["plan"], "lab->lab"]),
        (("plan", 3), "lab->lab"),
        (("sha256",), "0" * 64),
        (("level",), "Another"),
        (("value_function",), "citations"),
        (("value_function",), "nobody"),
        (("value_function",), None),
        (("value_function",), 1),
        (("value_function",), ["mine"]),
        (("value_function",), {"craft": "1", "recognition": "1"}),
        (("treasure_map",), claims["one_step_at_a_time"]),
        (("treasure_map",), True),
        (("bound",), claims["bound"] + "0"),
        (("bound",), float(claims["bound"])),
        (("bound",), float("nan")),
        (("potentials", "0 school"), "1e999999999"),
        (("certificate",), True),
        (("certificate",), 1),
        (("certificate",), 2.0),
    ]
    for path, value in changes:
        with pytest.raises((Refuted, Unreadable)):
            assert check(changed(claims, path, lambda _, value=value: value), file) == [], path


def test_lies_about_weights_are_refuted() -> None:
    """Weights of one's own are read as they stand: other ones, more, fewer or none are refused, and so is no number."""
    file = (GOLDEN / "grad.toml").read_bytes()
    claims = certificate(file, None, weights={"craft": "0.50", "recognition": "-1"})
    assert claims["value_function"] == {"craft": "1/2", "recognition": "-1"}
    assert check(claims, file)
    for value in (
        {"craft": "1/2", "recognition": "1"}, {"craft": "0.5", "recognition": "-1"}, {"craft": "1/2"}, {},
        {"recognition": "-1", "craft": "1/2"}, {"craft": "1/2", "recognition": "-1", "people": "0"},
        {"craft": "1/2", "recognition": -1}, {"craft": True, "recognition": "-1"}, {"craft": "nan", "recognition": "0"},
        {"craft": "1/0", "recognition": "-1"}, {"craft": "1e999999999", "recognition": "-1"}, "mine", None,
    ):  # fmt: skip
        with pytest.raises((Refuted, Unreadable)):
            assert check({**claims, "value_function": value}, file) == [], value


def test_a_certificate_is_compared_letter_by_letter() -> None:
    """What JSON would read as the same is refused too: keys doubled or in another order, and another form."""
    file = (GOLDEN / "grad.toml").read_bytes()
    claims = certificate(file)
    text = prove.as_text(claims)
    assert verify.verify(text.replace("\n", "\r\n").encode(), file)
    for other in (
        text.replace('"bound":', '"bound": "1",\n "bound":'),
        text.replace('"0 ', '"0 school": "99",\n  "0 ', 1),
        text.replace('"certificate": 2', '"certificate": 2.0'),
        text.replace('"certificate": 2', '"certificate": 0' + "2"),
        json.dumps(dict(reversed(claims.items())), indent=1),
        json.dumps(claims),
        text + "{}",
        text[:-3],
    ):
        assert other != text
        with pytest.raises((Refuted, Unreadable)):
            assert verify.verify(other.encode(), file) == []


def test_a_tie_is_broken_by_file_order() -> None:
    """A plan that is as good as the one named, and later in file order, is refuted."""
    file = (GOLDEN / "still.toml").read_bytes()
    claims = certificate(file)
    assert claims["verdict"] == "equal"
    with pytest.raises(Refuted) as refuted:
        check(changed(claims, ("plan", 1), lambda _: "b->b#2"), file)
    line, said, found = refuted.value.args
    assert (said, found) == ('"b->b#2",', f'"{claims["plan"][1]}",')
    assert prove.as_text(claims).splitlines()[line - 1].strip() == found


def test_another_level_is_refuted() -> None:
    """A certificate does not pass for another level, nor for its own with as much as a comment changed."""
    for name, claims, file in cases():
        for other in (RIVER.encode(), file + b"# a remark\n"):
            with pytest.raises((Refuted, Unreadable)):
                assert check(claims, other) == [], name


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"3", b"[]", b"{}", b"\xff\xfe", b'{"certificate": 1, "certificate": 1}', b"[" * 100_000, b"1" * 5000],
)
def test_what_is_no_certificate_is_told_so(text: bytes) -> None:
    """Whatever a file holds, the verifier says that it cannot be read or does not hold, and raises nothing else."""
    with pytest.raises((Refuted, Unreadable)):
        verify.verify(text, RIVER.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format = 1", "format = 2"), ("years = 2", "years = 2.0"), ("years = 2", "years = true"),
        ("years = 2", "years = 1000"), ("years = 2", "years = 2\nsight = 1.5"), ('title = "A river"', "title = 1.5"),
        ('"bank"\nlight = 1.5', '"bank"\nyears = 0\nlight = 1.5'), ('"bank"\nlight = 1.5', '"bank"\nyears = -1'),
        ("light = 1.5", 'light = 1.5\nid = "bank->bank"'), ("light = 1.5", 'light = "1.5"'),
        ("light = 1.5", "light = [1, 2]"),
        ("years = 2", 'years = "2"'), ("years = 2", ""), ("[0.5, 0.5]", "[0.5, 0.4]"), ("[0.5, 0.5]", "[1.5, -0.5]"),
        ("[0.5, 0.5]", "[0.5]"), ("[0, 4]", "[0, 4, 5]"), ("[0, 4]", "[0, inf]"), ("[0, 4]", "[0, 1e999999999]"),
        ("[0, 4]", '"much"'), ('"bank"\nto', '"nowhere"\nto'), ('"flow"\nshift', '"wet"\nshift'),
        ("[places", "[[places"),
    ],
)  # fmt: skip
def test_what_is_no_level_is_told_so(old: str, new: str) -> None:
    """A level file that is none is unreadable to the verifier."""
    claims = certificate(RIVER.encode())
    assert old in RIVER
    file = RIVER.replace(old, new).encode()
    with pytest.raises(Unreadable):
        check({**claims, "sha256": hashlib.sha256(file).hexdigest()}, file)


def test_too_much_work_is_declined() -> None:
    """A certificate that claims an exact value which would take too long to work out is declined, not believed."""
    claims = certificate((GOLDEN / "grad.toml").read_bytes())
    with pytest.raises(Unreadable):
        verify.verify(prove.as_text(claims).encode(), (GOLDEN / "grad.toml").read_bytes(), limit=100)


def test_forty_currents_in_full_sight_are_declined_at_once() -> None:
    """Where the first look alone shows more than the limit, working it out is not begun."""
    currents = "".join(f'[currents.c{k}]\nstates = ["a", "b"]\nstay = 0.5\n' for k in range(40))
    lanes = "".join(
        f'[[lanes]]\nfrom = "p"\nto = "p"\ncurrent = "c{k}"\nlight = [0, {k + 1}]\n' for k in range(40)
    )  # fmt: skip
    file = f'format = 1\ntitle = "Wide"\nyears = 3\nstart = "p"\n{currents}[places.p]\n{lanes}'.encode()
    wide = Level(file, "mine")
    with pytest.raises(Unreadable):
        verify.looking_up(wide, True, 10**9)
    assert wide.chances.cache_info().misses < 3
    claims = certificate(file)
    assert claims["method"] == "lived"
    assert check(claims, file)


@pytest.mark.parametrize("seed", [1, 2, 4, 8])
def test_lives_are_those_of_the_game(seed: int) -> None:
    """The lives of a certificate are the game's own: same landscapes for the same seeds, same lanes, same light."""
    text = small_level(seed)
    level = level_from_text(text)
    weights = level.weights("mine")
    claims = certificate(text.encode(), limit=0)
    plan = FixedPlan(claims["plan"])
    leads = []
    for k in range(verify.LIVES):
        water = draw_landscape(level, k)
        stepping, planned = (live(level, policy, water) for policy in (StepByStep(Problem(level, weights)), plan))
        leads.append(stepping.total(weights) - planned.total(weights))
    least = float(claims["plan_has"]) + mean(leads) - 4 * math.sqrt(variance(leads) / len(leads))
    assert float(claims["one_step_at_a_time"]) == pytest.approx(least, abs=1e-9)
    assert scalarised(begin(level).light, weights) == 0


def test_the_lower_bound_is_below_the_exact_value() -> None:
    """Bounds from lives lie below what stepping has, on every small level."""
    for seed in range(30):
        level = Level(small_level(seed).encode(), "mine")
        exact = verify.looking_up(level, False, verify.LIMIT)
        assert exact - 20 < verify.lived(level) < exact


def test_the_same_arguments_give_the_same_certificate() -> None:
    """A certificate has the same bytes every time."""
    file = (GOLDEN / "grad.toml").read_bytes()
    assert json.dumps(prove.prove(file, "mine")) == json.dumps(prove.prove(file, "mine"))


def test_a_solver_that_disagrees_stops_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is certified that the solver has another number for."""

    def wrong(problem: Problem) -> Any:
        return prove_best(problem).__class__(("bank->bank", "bank->bank"), 6.001)

    prove_best = prove.best_fixed_plan
    monkeypatch.setattr(prove, "best_fixed_plan", wrong)
    with pytest.raises(prove.Disagreement):
        prove.prove(RIVER.encode(), "mine")


def test_the_verifier_stands_alone() -> None:
    """The module that checks certificates imports the standard library alone."""
    text = Path(verify.__file__).read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        assert all(name.split(".")[0] in sys.stdlib_module_names for name in names), names
