"""The group's paths over the map, as SVG: lanes as wide as many took them, places that can be hovered and focused."""

from __future__ import annotations

from html import escape

from game.geography import Geography, lay_out
from game.model import Level
from game.workshop.drawing import Dot, Label, Stroke, course, cropped, svg_path
from game.workshop.figures import StepFigures

_BED, _FLOW, _STEPPED = "#E2CD9F", "#2487AE", "#1E2F40"
_WIDEST = 22.0


def paths_svg(level: Level, found: StepFigures) -> str:
    """The map of a level with the paths of a group on it."""
    geography = lay_out(level)
    items: list[Stroke | Dot | Label] = [Stroke(course(geography, lane), 1.0) for lane in level.lanes]
    items += [Dot(x, y, 15.0) for x, y in geography.places.values()]
    frame = cropped(items, level.title)
    (left, top), (width, height) = frame.origin, frame.size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {width:.0f} {height:.0f}" '
        f'role="group" aria-label="{escape(level.title)}">'
    ]
    parts += [_line(geography, level, lane.id, _BED, 9.0, "") for lane in level.lanes]
    for lane, count in found.lanes:
        if count is None:
            parts.append(_line(geography, level, lane, _FLOW, 3.0, ' stroke-dasharray="2 9"'))
        elif count:
            wide = 4.0 + (_WIDEST - 4.0) * count / found.people
            parts.append(_line(geography, level, lane, _FLOW, wide, ' stroke-opacity="0.82"'))
    for light in found.lights:
        lines = [_line(geography, level, lane, _STEPPED, 3.0, ' stroke-dasharray="9 7"') for lane in set(light.stepped)]
        if lines:
            parts.append(f'<g data-by="{escape(light.value_function)}">{"".join(sorted(lines))}</g>')
    return "".join([*parts, *_places(level, geography, found), "</svg>"])


def _line(geography: Geography, level: Level, lane: str, colour: str, width: float, more: str) -> str:
    return (
        f'<path d="{svg_path(course(geography, level.lane(lane)))}" fill="none" stroke="{colour}" '
        f'stroke-width="{width:.1f}" stroke-linecap="round" stroke-linejoin="round"{more}/>'
    )


def _places(level: Level, geography: Geography, found: StepFigures) -> list[str]:
    forks = {fork.place for fork in found.forks if len(fork.lanes) > 1}
    parts = []
    for place in level.places:
        x, y = geography.places[place.id]
        label = (
            f'<text class="halo" x="{x:.0f}" y="{y + 38:.0f}" text-anchor="middle" font-size="20" font-weight="600">'
            f"{escape(place.label)}</text>"
        )
        if place.id in forks:
            parts.append(
                f'<g class="fork" tabindex="0" role="button" aria-pressed="false" data-place="{escape(place.id)}" '
                f'aria-label="{escape(place.label)}"><circle cx="{x:.0f}" cy="{y:.0f}" r="15"/>{label}</g>'
            )
        else:
            parts.append(f'<circle cx="{x:.0f}" cy="{y:.0f}" r="9" fill="#F7F1E3" stroke="#8B7748"/>{label}')
    return parts
