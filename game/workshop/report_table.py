"""The group's figures as CSV with a codebook: counts for everybody, and single lives for whoever asks for them.

Neither names anybody.  Single lives are written in an order that means nothing, and not at all for a group of fewer
than FEWEST people.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator

from game.files import replayed
from game.model import draw_landscape
from game.policy import FixedPlan
from game.simulate import live
from game.words import say
from game.workshop.figures import Beside, Solved, StepFigures, plans_for
from game.workshop.gathering import Group
from game.workshop.privacy import FEWEST

COLUMNS = ("step", "level", "table", "value_function", "key", "from", "to", "count", "value", "value_here")
LIVES_COLUMNS = (
    "row", "step", "level", "seed", "value_function", "light", "light_by_value", "choices", "plans", "sure",
    "plan_light", "stepping_light",
)  # fmt: skip


def figures_csv(group: Group, found: Iterable[StepFigures]) -> str:
    """All counts that may be shown, one a row."""
    rows = [row for figures in found for row in _rows(group, figures)]
    return _csv(COLUMNS, rows)


def codebook_csv(columns: tuple[str, ...] = COLUMNS, key: str = "report.column") -> str:
    """What each column means."""
    return _csv(("column", "meaning"), [(column, say(f"{key}.{column}")) for column in columns])


def lives_codebook_csv(pseudonyms: bool = False) -> str:
    """What each column of `lives_csv` means."""
    return codebook_csv((*LIVES_COLUMNS, *(("pseudonym",) if pseudonyms else ())), "report.lives_column")


def lives_csv(group: Group, solved: Solved, *, pseudonyms: bool = False) -> str | None:
    """Every life, one a row; None for a group that is too small for that."""
    if group.people < FEWEST:
        return None
    lives = []
    for person in group.contributions:
        for life in person.lives:
            step = group.exercise.step(life.step)
            level, weights = group.exercise.level_of(step), group.exercise.weights_of(step)
            record = replayed(life.run, level)
            plans = plans_for(group, step, person.predictions)
            landscape = draw_landscape(level, life.run.seed)
            brought = [live(level, FixedPlan(plan.lanes), landscape).total(weights) for plan in plans]
            kinds = zip(level.values, record.life.light, strict=True)
            row = [
                step.id,
                level.title,
                life.run.seed,
                life.run.value_function,
                f"{record.total(weights):.10g}",
                " ".join(f"{value.name}={light:.10g}" for value, light in kinds),
                " ".join(record.lanes),
                len(plans),
                " ".join("" if plan.confidence is None else str(plan.confidence) for plan in plans),
                " ".join(f"{light:.10g}" for light in brought),
                f"{solved.stepping(level, weights, life.run.seed).total(weights):.10g}",
                *([person.pseudonym] if pseudonyms else []),
            ]
            # Ordered by a digest of what is in it, so that neighbours have nothing in common.
            lives.append((hashlib.sha256(repr((person.ticket, row)).encode()).hexdigest(), row))
    columns = (*LIVES_COLUMNS, *(("pseudonym",) if pseudonyms else ()))
    ordered = sorted(lives, key=lambda pair: pair[0])
    return _csv(columns, [(number, *row) for number, (_, row) in enumerate(ordered, 1)])


def _rows(group: Group, found: StepFigures) -> Iterator[tuple[object, ...]]:
    step, title = found.step.id, group.exercise.level_of(found.step).title
    function = group.exercise.value_function_of(found.step)
    people = found.people if found.people >= FEWEST else ""
    yield (step, title, "people", "", "", "", "", people, "", "")
    for fork in found.forks:
        for lane, count in fork.lanes:
            yield (step, title, "fork", "", f"{fork.place} {lane}", "", "", _count(count), "", "")
    for light in found.lights:
        name = light.value_function
        for i, count in enumerate(light.counts):
            edges = (f"{light.edges[i]:.10g}", f"{light.edges[i + 1]:.10g}")
            yield (step, title, "light", name, "", *edges, count, "", "")
        yield (step, title, "mean", name, "", "", "", "", f"{light.mean:.4f}", "")
        for rung, value in light.rungs:
            yield (step, title, "rung", name, rung, "", "", "", f"{value:.6f}", "")
    for sure in found.sureness:
        lights = tuple("" if light is None else f"{light:.4f}" for light in (sure.expected, sure.came))
        yield (step, title, "sureness", function, sure.confidence, "", "", _count(sure.plans), *lights)
    for table, beside in (("plans", found.plans), ("lives", found.lives)):
        if beside is not None:
            for key, count in _parts(beside):
                yield (step, title, table, function, key, "", "", _count(count), "", "")


def _parts(beside: Beside) -> tuple[tuple[str, int | None], ...]:
    return (("less", beside.less), ("same", beside.same), ("more", beside.more))


def _count(count: int | None) -> object:
    return "" if count is None else count


def _csv(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(list(head))
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return text.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula is kept a text."""
    risky = isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _number(cell)
    return f"'{cell}" if risky else cell


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
