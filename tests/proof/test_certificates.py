"""Certificates: what is true is accepted, and whatever is changed in them is refuted."""

from __future__ import annotations

import ast
import copy
import json
import re
import sys
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from proof.small_levels import small_level

from game.files import level_from_text, read_level
from game.house import shipped_levels
from game.model import begin, draw_landscape, scalarised
from game.policy import FixedPlan
from game.proof import feedback, prove, verify, world
from game.proof.verify import Refuted, Unreadable
from game.simulate import live
from game.solver import Problem, StepByStep

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LADDERS = sorted(GOLDEN.glob("*.json"))

ADVICE = """
[oracles.peers]
weights = { recognition = 1 }
[oracles.parents]
starts = { industry = "flow", academia = "dry" }
still = true
[oracles.guru]
luckiest_of = 12
[spyglass]
sight = "all"
price = { craft = 0.5 }
"""

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


def certificate(file: bytes, value_function: str | None = "mine", **options: Any) -> dict[str, Any]:
    """A certificate as it comes back from its file."""
    made: dict[str, Any] = json.loads(json.dumps(prove.prove(file, value_function, **options)))
    return made


def check(claims: dict[str, Any], file: bytes) -> list[str]:
    """What the verifier says it has checked."""
    return verify.verify(json.dumps(claims).encode(), file)


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
        ("lived", certificate(golden["grad"], lives=40, seed=7, limit=0), golden["grad"]),
        ("lived with fog", certificate(golden["fog"], lives=30, limit=0), golden["fog"]),
        ("rounded", certificate(ugly(), lives=30), ugly()),
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
    elif isinstance(value, int) or (isinstance(value, str) and re.fullmatch(r"-?[0-9./]+", value)):
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
    k = 1 if value[0] == "-" else 0
    return value[:k] + str((int(value[k]) - 1) % 10) + value[k + 1 :]


def test_a_river_is_worth_what_it_is_by_hand() -> None:
    """For a level worked out by hand the certificate has the numbers of the derivation, and the sentence they imply."""
    claims = certificate(RIVER.encode())
    assert claims["fixed_plans"]["potentials"] == [{"bank": "6"}, {"bank": "2"}, {"bank": "0"}]
    assert claims["fixed_plans"]["plan"] == ["bank->bank", "bank->bank"]
    assert (claims["stepping"]["value"], claims["treasure_map"], claims["ahead_by"]) == ("6.75", "6.75", "0.75")
    assert "no fixed plan has more than 6; one step at a time has 6.75." in claims["statement"]
    assert check(claims, RIVER.encode())[-2:] == ["stepping_exact", "treasure_map"]


@pytest.mark.parametrize("path", LADDERS, ids=lambda path: path.stem)
def test_the_golden_ladders_are_proved(path: Path) -> None:
    """Certificates of the golden levels have the plan, stepping and treasure map that brute force has."""
    stem, _, value_function = path.stem.partition(".")
    golden = json.loads(path.read_text(encoding="utf-8"))
    file = (GOLDEN / f"{stem}.toml").read_bytes()
    claims = certificate(file, value_function or "mine")
    assert claims["fixed_plans"]["plan"] == golden["best_fixed_plan"]
    assert float(Fraction(claims["fixed_plans"]["value"])) == pytest.approx(
        golden["ladder"]["best_fixed_plan"], abs=1e-9
    )
    assert float(Fraction(claims["stepping"]["value"])) == pytest.approx(golden["ladder"]["step_by_step"], abs=1e-9)
    assert float(Fraction(claims["treasure_map"])) == pytest.approx(golden["ladder"]["optimal"], abs=1e-9)
    assert check(claims, file)


@pytest.mark.parametrize("value_function", ["mine", "citations"])
def test_twenty_years_are_proved(value_function: str) -> None:
    """The level of twenty years has a certificate that passes: exact by citations, from lives by one's own light."""
    file = shipped("02_twenty_years")
    if value_function == "citations":
        claims = twenty_years()
        assert check(claims, file)[-2:] == ["stepping_exact", "treasure_map"]
    else:
        claims = certificate(file, value_function, limit=100_000, lives=150)
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
    assert Fraction(claims["treasure_map"]) >= Fraction(claims["stepping"]["value"])
    lived = certificate(file, limit=0, lives=20, seed=seed)
    assert check(lived, file)[-1] == "stepping_lived"


def test_both_verdicts_occur_among_small_levels() -> None:
    """Among the small levels some have stepping ahead and some have a tie, so that both are put to the test."""
    verdicts = [certificate(small_level(seed).encode())["verdict"] for seed in range(30)]
    assert min(verdicts.count("ahead"), verdicts.count("equal")) >= 8


def test_certificates_of_every_kind_are_accepted() -> None:
    """The certificates that the next tests change are accepted as they are, and are of every kind."""
    for name, claims, file in cases():
        assert check(claims, file), name
    kinds = {(claims["stepping"]["method"], claims["fixed_plans"]["rounding"]) for _, claims, _ in cases()}
    assert kinds == {("exact", "none"), ("lived", "none"), ("exact", "up")}


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
    """In the certificate of a large level, too, a changed number is refuted."""
    file = shipped("02_twenty_years")
    claims = twenty_years()
    paths = list(numbers(claims))
    potentials = [path for path in paths if "potentials" in path]
    assert len(potentials) > 150
    for path in [*potentials[::24], *(path for path in paths if path not in potentials)]:
        with pytest.raises((Refuted, Unreadable)):
            assert check(changed(claims, path, upwards), file) == [], path


def test_every_missing_key_is_refuted() -> None:
    """No certificate passes without any one of its keys, or with one more."""
    for name, claims, file in cases():
        objects = [(), ("level",), ("weights",), ("fixed_plans",), ("stepping",), ("fixed_plans", "potentials", 1)]
        for path in objects:
            at: Any = claims
            for key in path:
                at = at[key]
            for key in at:
                with pytest.raises(Refuted):
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
        (("stepping", "method"), "lived"),
        (("fixed_plans", "rounding"), "up"),
        (("fixed_plans", "plan"), claims["fixed_plans"]["plan"][:-1]),
        (("fixed_plans", "plan"), [*claims["fixed_plans"]["plan"], "lab->lab"]),
        (("fixed_plans", "plan", 3), "lab->lab"),
        (("level", "digest"), "0" * 64),
        (("level", "sha256"), "0" * 64),
        (("level", "title"), "Another"),
        (("value_function",), "citations"),
        (("value_function",), "nobody"),
        (("value_function",), None),
        (("treasure_map",), claims["stepping"]["value"]),
        (("fixed_plans", "bound"), claims["fixed_plans"]["bound"] + "0"),
        (("certificate",), True),
        (("certificate",), 1.0),
    ]
    for path, value in changes:
        if path == ("value_function",) and value is None:
            # The same weights, given as one's own: this is as true as it was.
            assert check(changed(claims, path, lambda _: None), file)
            continue
        with pytest.raises(Refuted):
            assert check(changed(claims, path, lambda _, value=value: value), file) == [], path


def test_a_tie_is_broken_by_file_order() -> None:
    """A plan that is as good as the one named, and later in file order, is refuted."""
    file = (GOLDEN / "still.toml").read_bytes()
    claims = certificate(file)
    assert claims["verdict"] == "equal"
    with pytest.raises(Refuted) as refuted:
        check(changed(claims, ("fixed_plans", "plan", 1), lambda _: "b->b#2"), file)
    assert refuted.value.part == "plan"


def test_another_level_is_refuted() -> None:
    """A certificate does not pass for another level, nor for its own with as much as a comment changed."""
    for name, claims, file in cases():
        for other in (RIVER.encode(), file + b"# a remark\n"):
            with pytest.raises(Refuted):
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
    with pytest.raises(Unreadable):
        check(claims, RIVER.replace(old, new).encode())


def test_too_much_work_is_declined() -> None:
    """A certificate that claims an exact value which would take too long to work out is declined, not believed."""
    claims = certificate((GOLDEN / "grad.toml").read_bytes())
    with pytest.raises(Unreadable):
        verify.verify(json.dumps(claims).encode(), (GOLDEN / "grad.toml").read_bytes(), limit=100)


def test_forty_currents_in_full_sight_are_declined_at_once() -> None:
    """Where the first look alone shows more than the limit, working it out is not begun."""
    currents = "".join(f'[currents.c{k}]\nstates = ["a", "b"]\nstay = 0.5\n' for k in range(40))
    lanes = "".join(
        f'[[lanes]]\nfrom = "p"\nto = "p"\ncurrent = "c{k}"\nlight = [0, {k + 1}]\n' for k in range(40)
    )  # fmt: skip
    file = f'format = 1\ntitle = "Wide"\nyears = 3\nstart = "p"\n{currents}[places.p]\n{lanes}'.encode()
    wide = world.World(file, "mine")
    with pytest.raises(feedback.TooMuchWork):
        feedback.derive(wide, True, 10**6)
    claims = certificate(file, lives=20, limit=10**6)
    assert claims["stepping"]["method"] == "lived"
    assert check(claims, file)


@pytest.mark.parametrize("seed", [1, 2, 4, 8])
def test_lives_are_those_of_the_game(seed: int) -> None:
    """The lives of a certificate are the game's own: same landscapes for the same seeds, same lanes, same light."""
    text = small_level(seed)
    level = level_from_text(text)
    weights = level.weights("mine")
    claims = certificate(text.encode(), limit=0, lives=25, seed=seed)
    plan = FixedPlan(claims["fixed_plans"]["plan"])
    leads = []
    for k in range(seed, seed + 25):
        water = draw_landscape(level, k)
        stepping, planned = (live(level, policy, water) for policy in (StepByStep(Problem(level, weights)), plan))
        leads.append(stepping.total(weights) - planned.total(weights))
    mean = sum(leads) / 25 + float(Fraction(claims["fixed_plans"]["value"]))
    assert float(claims["stepping"]["mean"]) == pytest.approx(mean, abs=1e-9)
    assert scalarised(begin(level).light, weights) == 0


def test_the_lower_bound_is_below_the_exact_value() -> None:
    """Bounds from 100 lives lie below what stepping has, in twenty of twenty sets of lives."""
    file = (GOLDEN / "grad.toml").read_bytes()
    exact = Fraction(certificate(file)["stepping"]["value"])
    bounds = [Fraction(certificate(file, limit=0, lives=100, seed=1000 * k)["stepping"]["at_least"]) for k in range(20)]
    assert max(bounds) < exact
    assert min(bounds) > exact - 6


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


@pytest.mark.parametrize("module", [verify, world, feedback], ids=lambda module: module.__name__)
def test_the_verifier_stands_alone(module: Any) -> None:
    """The three modules that check certificates import the standard library and each other, and are short."""
    path = Path(module.__file__)
    text = path.read_text(encoding="utf-8")
    own = {"game.proof.verify", "game.proof.world", "game.proof.feedback"}
    for node in ast.walk(ast.parse(text)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [str(node.module)]
        assert all(name in own or name.split(".")[0] in sys.stdlib_module_names for name in names), names
    assert text.count("\n") <= 250


def test_the_digest_is_the_games() -> None:
    """The verifier's own digest of a level is the one that run files have."""
    files = [*GOLDEN.glob("*.toml"), *shipped_levels().glob("*.toml")]
    for path in files:
        assert (
            world.World(path.read_bytes(), read_level(path).default_value_function).digest() == read_level(path).digest
        )
    advised = (GOLDEN / "grad_fog.toml").read_text(encoding="utf-8") + ADVICE
    assert world.World(advised.encode(), None, dict.fromkeys(("craft", "recognition"), "1")).digest() == (
        level_from_text(advised).digest
    )
    for seed in range(60):
        text = small_level(seed)
        assert world.World(text.encode(), "mine").digest() == level_from_text(text).digest
