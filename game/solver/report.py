"""A solution told: as the JSON object of the level format's description, and as a table to read."""

from __future__ import annotations

from typing import Any

from game.model import Level
from game.solver.ladder import Ladder
from game.solver.rung import Rung
from game.solver.solution import Solution
from game.words import columns, give_or_take, in_a_row, measured, number, padded, say


def rung_as_json(rung: Rung) -> dict[str, Any]:
    """A rung as ``{"value": …, "stderr": …, "method": …}``."""
    return {"value": rung.value, "stderr": rung.stderr, "method": rung.method}


def ladder_as_json(ladder: Ladder) -> dict[str, Any]:
    """The object ``ladder`` of the JSON; without the key ``hindsight`` where that was not asked for.

    It has the key ``upper_bound`` where the optimum is not exact, where the level has oracles their rungs by name, and
    where it has a spyglass and is exact the optimum ``without_spyglass``.
    """
    rungs: dict[str, Any] = {
        "follow_the_light": rung_as_json(ladder.follow_the_light),
        "naive_plan": rung_as_json(ladder.naive_plan),
        "best_fixed_plan": rung_as_json(ladder.best_fixed_plan),
        "replan_every": {str(m): rung_as_json(rung) for m, rung in ladder.replan_every.items()},
        "step_by_step": rung_as_json(ladder.step_by_step),
        "optimal": rung_as_json(ladder.optimal),
    }
    if ladder.upper:
        rungs["upper_bound"] = rung_as_json(ladder.upper)
    if ladder.hindsight:
        rungs["hindsight"] = rung_as_json(ladder.hindsight)
    if ladder.unaided:
        rungs["without_spyglass"] = rung_as_json(ladder.unaided)
    if ladder.oracles:
        rungs["oracles"] = {name: rung_as_json(rung) for name, rung in ladder.oracles.items()}
    return rungs


def solution_as_json(solution: Solution, level: Level, value_function: str) -> dict[str, Any]:
    """The one object of ``solve --json``, ready for ``json.dumps``."""
    return {
        "level": level.title,
        "value_function": value_function,
        "years": level.years,
        "sight": "all" if level.sight is None else level.sight,
        "fixed_plans": solution.plan_count,
        "best_fixed_plan": list(solution.best_plan.lanes),
        "ladder": ladder_as_json(solution.ladder),
        "adaptivity_gap": solution.ladder.adaptivity_gap,
    }


def solution_as_table(solution: Solution, level: Level, value_function: str) -> str:
    """The ladder as a table to read, with what it rests on above and what it means below."""
    rungs = _named_rungs(solution.ladder, level)
    cells = [_cells(rung, rung is solution.ladder.upper) for _, rung in rungs]
    figures, known = _on_the_point([figure for figure, _ in cells]), [how for _, how in cells]
    wide = max(columns(name) for name, _ in rungs)
    names = {lane.id: lane.name for lane in level.lanes}
    plan = " · ".join(in_a_row(names[lane] or lane for lane in solution.best_plan.lanes))
    sight = say("solve.sight_all") if level.sight is None else say("solve.sight_some", lanes=level.sight)
    lines = [
        level.title,
        say("solve.heading", value_function=level.function_label(value_function), years=level.years, sight=sight),
        "",
        *(f"  {padded(n, wide)}  {v}  {how}" for (n, _), v, how in zip(rungs, figures, known, strict=True)),
        "",
        say("solve.gap", gap=_gap(solution.ladder)),
        say("solve.plan_count", count=f"{solution.plan_count:,}"),
        say("solve.best_plan", plan=plan) if plan else say("solve.nothing_to_plan"),
        "",
        say("solve.theorem_equal" if _equal(solution.ladder) else "solve.theorem"),
    ]
    if level.spyglass is not None:
        price = number(solution.problem.look_price)
        looking = solution.ladder.step_by_step.method == "exact"
        lines.append(say("solve.looking" if looking else "solve.never_looked", price=price))
    if solution.declined:
        lines.append(solution.declined)
    if solution.ladder.optimal.method != "exact":
        lines.append(say("solve.sampled_instead"))
    elif solution.ladder.step_by_step.method != "exact":
        lines.append(say("solve.policies_sampled"))
    return "\n".join(lines)


def _equal(ladder: Ladder) -> bool:
    """Whether it is known exactly that not even the treasure map has more than the best fixed plan."""
    return ladder.optimal.method == "exact" and ladder.adaptivity_gap <= 1e-9 * max(1.0, abs(ladder.optimal.value))


def _named_rungs(ladder: Ladder, level: Level) -> list[tuple[str, Rung]]:
    rungs = [
        (say("solve.rung.follow_the_light"), ladder.follow_the_light),
        (say("solve.rung.naive_plan"), ladder.naive_plan),
        (say("solve.rung.best_fixed_plan"), ladder.best_fixed_plan),
        *(
            (say("solve.rung.replan_every", years=m), rung)
            for m, rung in sorted(ladder.replan_every.items(), reverse=True)
        ),
        (say("solve.rung.step_by_step"), ladder.step_by_step),
        (say("solve.rung.optimal"), ladder.optimal),
    ]
    if ladder.upper:
        rungs.append((say("solve.rung.upper"), ladder.upper))
    if ladder.hindsight:
        rungs.append((say("solve.rung.hindsight"), ladder.hindsight))
    if ladder.unaided:
        rungs.append((say("solve.rung.unaided"), ladder.unaided))
    for name, rung in ladder.oracles.items():
        rungs.append((say("solve.rung.oracle", name=level.oracle(name).label), rung))
    return rungs


def _cells(rung: Rung, above: bool) -> tuple[str, str]:
    """A rung's figure, and how it is known; ``above`` if it is an upper bound."""
    if rung.method == "exact":
        return f"{rung.value:.4f}", say("solve.exact")
    value, error = measured(rung.value, rung.stderr)
    return value, say("solve.bound_above" if above else f"solve.{rung.method}", error=error)


def _gap(ladder: Ladder) -> str:
    """The adaptivity gap; its error is that of the optimum, since the plan's worth is exact."""
    if ladder.optimal.method == "exact":
        return f"{ladder.adaptivity_gap:.4f}"
    return give_or_take(ladder.adaptivity_gap, ladder.optimal.stderr)


def _on_the_point(figures: list[str]) -> list[str]:
    """Figures with spaces around them, so that they stand in a column with their points below one another."""
    parts = [figure.partition(".") for figure in figures]
    before, after = (max(len(part[k]) for part in parts) for k in (0, 2))
    return [f"{whole:>{before}}{point or ' '}{rest:<{after}}" for whole, point, rest in parts]
