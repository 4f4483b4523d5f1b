"""The group's picture: one page that works from a stick in any browser, with nothing in it from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from html import escape

from game.files import printable
from game.house import assets
from game.model import Lane, Level, scalarised
from game.words import number, say
from game.workshop.figures import Fork, Light, StepFigures
from game.workshop.gathering import Group
from game.workshop.privacy import FEW, FEWEST
from game.workshop.report_charts import beside_rows, light_svg, sureness_table, told
from game.workshop.report_map import paths_svg
from game.workshop.report_table import COLUMNS, codebook_csv, figures_csv


@cache
def _asset(name: str) -> str:
    return (assets() / "workshop" / name).read_text(encoding="utf-8")


def report(group: Group, found: Sequence[StepFigures], *, mark: str | None = None) -> str:
    """The page of a group.  With a ``mark`` it asks the inbox that it came from for news since then."""
    script, title = _asset("report.js"), say("report.title", title=group.exercise.title)
    # The browser runs this one script and loads nothing, whatever somebody may have written into a file.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data: blob:"
    policy += "; connect-src 'self'" if mark is not None else ""
    live = f' data-mark="{escape(mark)}"' if mark is not None else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(group.exercise.language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_asset('report.css')}</style>\n</head>\n"
        f"<body{live}>\n<header><div class=where><h1>{escape(title)}</h1>"
        f"<p class=soft>{escape(say('report.care', few=FEW, fewest=FEWEST))}</p></div>"
        "<button type=button data-hush aria-pressed=false class=unprinted>"
        f"{escape(say('report.hide'))}</button></header>\n"
        f'<main id="content">{content(group, found)}</main>\n<script>{script}</script>\n</body>\n</html>\n'
    )


def content(group: Group, found: Sequence[StepFigures]) -> str:
    """What changes on the page when another file comes in."""
    if group.people < FEWEST:
        key = "people_few" if group.people else "nobody"
        opening = f"<p>{escape(say(f'report.{key}', fewest=FEWEST))}</p>"
    else:
        opening = f"<p>{escape(say('report.people', people=group.people))}</p>"
    parts = [opening]
    if len(found) > 1:
        buttons = "".join(
            f'<button type=button data-go="{escape(f.step.id)}" aria-pressed=false>{escape(f.step.title)}</button>'
            for f in found
        )
        parts.append(f"<div class=buttons>{buttons}</div>")
    parts += [_step(group, figures) for figures in found]
    parts += [_words(group), _data(group, found), _payload(group, found)]
    return "\n".join(parts)


def _step(group: Group, found: StepFigures) -> str:
    step, level = found.step, group.exercise.level_of(found.step)
    first = escape(group.exercise.value_function_of(step))
    opening = (
        f'<section class=step data-step="{escape(step.id)}" data-first="{first}">'
        f"<h2>{escape(step.title)} · {escape(level.title)}</h2>"
    )
    if not found.forks:
        return f"{opening}<p>{escape(say('report.step_few', fewest=FEWEST))}</p></section>"
    water = say("report.own_water" if step.seed is None else "report.same_water")
    names = [light.value_function for light in found.lights]
    switch = "".join(
        f'<button type=button data-count="{escape(name)}" aria-pressed=false>{escape(label)}</button>'
        for name, label in ((name, level.function_label(name)) for name in names)
    )
    stepped = "report.map.stepped" if any(light.stepped for light in found.lights) else ""
    return "".join([
        opening,
        f"<p>{escape(say('report.step_people', people=found.people, water=water))}</p>",
        f"<div class=buttons><span>{escape(say('report.by'))}</span>{switch}</div>",
        '<div class="grid row"><div class="card map"><h3>', escape(say("report.map.heading")), "</h3>",
        paths_svg(level, found),
        f"<p class='soft note'>{escape(say('report.map.about'))} {escape(say(stepped)) if stepped else ''}</p></div>",
        '<div class="card" data-panel aria-live=polite></div></div>',
        '<div class="pair row"><div class=card><h3>', escape(say("report.light.heading")), "</h3>",
        *(_light(light) for light in found.lights),
        f"<p class=soft>{escape(say('report.light.about', few=FEW))}</p></div>",
        f"<div class=card><h3>{escape(say('report.beside.heading'))}</h3>",
        beside_rows("plans", found.plans) if found.plans is not None else "",
        beside_rows("lives", found.lives) if found.lives is not None else "",
        f"<p class=soft>{escape(say('report.beside.about'))}</p></div></div>",
        _sureness(found),
        _fork_table(level, found),
        "</section>",
    ])  # fmt: skip


def _fork_table(level: Level, found: StepFigures) -> str:
    """Every fork with its counts, for paper, where nothing can be hovered."""
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in say("report.map.table_head").split("\n"))
    rows = []
    for fork in found.forks:
        for number_, (lane_id, count) in enumerate(fork.lanes if len(fork.lanes) > 1 else ()):
            lane = level.lane(lane_id)
            place = escape(level.place(fork.place).label) if number_ == 0 else ""
            name = escape(say("report.map.lane", name=lane.name or lane.id, place=level.place(lane.head).label))
            rows.append(f"<tr><td>{place}</td><td>{name}</td><td class=number>{told(count)}</td></tr>")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return f"<div class='paper'><h3>{escape(say('report.map.table'))}</h3>{table}</div>"


def _light(light: Light) -> str:
    mean = escape(say("report.light.mean", mean=number(round(light.mean, 1))))
    return f'<div data-by="{escape(light.value_function)}">{light_svg(light)}<p>{mean}</p></div>'


def _sureness(found: StepFigures) -> str:
    if not found.sureness:
        return ""
    return (
        f"<div class=card><h3>{escape(say('report.sure.heading'))}</h3>{sureness_table(found.sureness)}"
        f"<p class=soft>{escape(say('report.sure.about'))}</p></div>"
    )


def _words(group: Group) -> str:
    """What was ticked, question by question, in an order that says nothing about who wrote it."""
    parts = []
    for step in group.exercise.steps:
        for number_, question in enumerate(step.questions if step.kind == "write" else ()):
            texts = [
                words.text for person in group.contributions if (words := person.words_at(step.id, number_)).shared
            ]
            texts = sorted((text for text in texts if text.strip()), key=_shuffled)
            if texts:
                listed = "".join(f"<li>{escape(printable(text, lines=True))}</li>" for text in texts)
                parts.append(f"<h3>{escape(question)}</h3><ul class=words>{listed}</ul>")
    shared = "".join(parts) or f"<p>{escape(say('report.words.nothing'))}</p>"
    about = f"<p class=soft>{escape(say('report.words.about'))}</p>" if parts else ""
    return f"<section class=card><h2>{escape(say('report.words.heading'))}</h2>{about}{shared}</section>"


def _shuffled(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _data(group: Group, found: Sequence[StepFigures]) -> str:
    rows = "".join(
        f"<tr><td>{escape(column)}</td><td>{escape(say(f'report.column.{column}'))}</td></tr>" for column in COLUMNS
    )
    buttons = "".join(
        f'<button type=button data-save="{name}">{escape(say(f"report.data.save_{name}"))}</button>'
        for name in ("figures", "codebook")
    )
    left_out = say("report.data.skipped", count=len(group.skipped)) if group.skipped else ""
    return (
        f"<section class='card unprinted'><h2>{escape(say('report.data.heading'))}</h2>"
        f"<div class=buttons>{buttons}</div>"
        f"<details><summary>{escape(say('report.data.codebook'))}</summary><table><tbody>{rows}</tbody></table></details>"
        f"<p class=soft>{escape(left_out)}</p></section>"
    )


def _payload(group: Group, found: Sequence[StepFigures]) -> str:
    """What the script needs: counts that may be shown, and the texts to show them with."""
    name = group.exercise.name
    payload = {
        "steps": {f.step.id: {"forks": _forks(group, f)} for f in found},
        "files": {
            "figures": {"name": f"{name}_figures.csv", "text": figures_csv(group, found)},
            "codebook": {"name": f"{name}_codebook.csv", "text": codebook_csv()},
        },
    }
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")
    return f'<script type="application/json" id="figures">{text}</script>'


def _forks(group: Group, found: StepFigures) -> dict[str, object]:
    level = group.exercise.level_of(found.step)
    return {fork.place: _fork(level, fork, found) for fork in found.forks if len(fork.lanes) > 1}


def _fork(level: Level, fork: Fork, found: StepFigures) -> dict[str, object]:
    about = say("report.map.fork", people=fork.people) if fork.people else say("report.map.fork_few")
    names = [light.value_function for light in found.lights]
    lanes = [
        {
            "name": say("report.map.lane", name=lane.name or lane.id, place=level.place(lane.head).label),
            "count": count,
            "told": say("report.few") if count is None else str(count),
            "light": {name: _lane_light(level, lane, name) for name in names},
        }
        for lane_id, count in fork.lanes
        for lane in (level.lane(lane_id),)
    ]
    return {"label": level.place(fork.place).label, "about": about, "lanes": lanes}


def _lane_light(level: Level, lane: Lane, value_function: str) -> str:
    weights = level.weights(value_function)
    lights = [scalarised(column, weights) for column in zip(*lane.light, strict=True)]
    least, most = min(lights), max(lights)
    if most - least < 1e-12:
        return say("report.map.light", light=number(least))
    return say("report.map.light_range", least=number(least), most=number(most))
