"""The charts of the group's picture, as SVG and HTML."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from math import ceil, floor, log10

from game.words import number, say
from game.workshop.figures import Beside, Light, Sureness

_WIDTH, _HEIGHT, _LEFT, _FOOT = 640.0, 400.0, 24.0, 58.0
_RUNGS = {"best_fixed_plan": "#8B5E00", "step_by_step": "#0C4C86", "optimal": "#6B2F8F", "here": "#B93C16"}
_LINE, _LETTER = 27.0, 10.5  # the height of a line of a label, and the width of one of its letters


def light_svg(light: Light) -> str:
    """The distribution of a group's light, with a line for each way of living beside it."""
    rungs = [*light.rungs, *([("here", light.here)] if light.here is not None else [])]
    values = [*light.edges, *(value for _, value in rungs)]
    low, high = min(values), max(values)
    pad = 0.03 * (high - low or 1.0)
    scale = (_WIDTH - 2 * _LEFT) / (high - low + 2 * pad)
    top = 38 + _LINE * len(rungs)
    ground = _HEIGHT - _FOOT

    def x(value: float) -> float:
        return _LEFT + (value - low + pad) * scale

    told = escape(say("report.light.heading"))
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" '
             f'aria-label="{told}">']  # fmt: skip
    spans = list(pairwise(light.edges))
    densities = [count / (b - a) for (a, b), count in zip(spans, light.counts, strict=True)]
    tallest = max(densities, default=1.0) or 1.0
    for (a, b), count, density in zip(spans, light.counts, densities, strict=True):
        high_px = (ground - top) * density / tallest
        parts.append(
            f'<rect x="{x(a):.1f}" y="{ground - high_px:.1f}" width="{max(1.0, x(b) - x(a) - 2):.1f}" '
            f'height="{high_px:.1f}" fill="#5BB0BE"><title>{number(a)} – {number(b)}: {count}</title></rect>'
        )
        if x(b) - x(a) > 22:
            parts.append(f'<text x="{(x(a) + x(b)) / 2 - 1:.1f}" y="{ground - high_px - 6:.1f}" text-anchor="middle" '
                         f'font-size="18" class="halo">{count}</text>')  # fmt: skip
    parts.append(f'<path d="M{_LEFT} {ground}H{_WIDTH - _LEFT}" stroke="#1E2F40" stroke-width="2"/>')
    parts += [
        f'<text x="{x(tick):.1f}" y="{ground + 24:.0f}" text-anchor="middle" font-size="19">{number(tick)}</text>'
        for tick in ticks(low, high)
    ]
    parts.append(f'<text x="{_WIDTH / 2:.0f}" y="{_HEIGHT - 8:.0f}" text-anchor="middle" font-size="19">'
                 f"{escape(say('report.light.axis'))}</text>")  # fmt: skip
    parts += _rungs([(x(value), name, value) for name, value in rungs], ground)
    return "".join([*parts, "</svg>"])


def _rungs(rungs: list[tuple[float, str, float]], ground: float) -> list[str]:
    """A line with its label for each way of living; no line runs through another one's label."""
    labels = {name: say(f"report.light.{name}", light=number(round(value, 1))) for _, name, value in rungs}
    # Labels to the left of their lines, the rightmost line on top, or else the other way round.
    leftwards = all(x - 8 - _LETTER * len(labels[name]) > 0 for x, name, _ in rungs)
    parts = []
    for row, (x, name, _) in enumerate(sorted(rungs, reverse=leftwards)):
        y = 14 + _LINE * row
        anchor, at = ("end", x - 7) if leftwards else ("start", x + 7)
        parts.append(
            f'<path d="M{x:.1f} {y:.1f}V{ground:.1f}" stroke="{_RUNGS[name]}" stroke-width="3"/>'
            f'<text x="{at:.1f}" y="{y + 16:.1f}" text-anchor="{anchor}" font-size="19" font-weight="600" '
            f'style="fill:{_RUNGS[name]}" class="halo">{escape(labels[name])}</text>'
        )
    return parts


def ticks(low: float, high: float) -> list[float]:
    """Round numbers between two lights, four to ten of them."""
    span = max(high - low, 1e-9)
    power = 10.0 ** floor(log10(span / 4))
    step = next(s * power for s in (1, 2, 5, 10) if span / (s * power) <= 10)
    return [k * step for k in range(ceil(low / step), floor(high / step) + 1)]


def sureness_table(rows: tuple[Sureness, ...]) -> str:
    """Plans by how sure they felt, with what they bring on average and what came."""
    lights = [light for row in rows for light in (row.expected, row.came) if light is not None]
    if not lights:
        return f"<p>{escape(say('report.sure.not_enough'))}</p>"
    most = max(*lights, 1e-9)
    head = "".join(f"<th scope=col>{escape(text)}</th>" for text in say("report.sure.head").split("\n"))
    body = []
    for row in rows:
        cells = [escape(say("report.sure.scale", confidence=row.confidence)), told(row.plans)]
        for light, kind in ((row.expected, "bar pale"), (row.came, "bar")):
            wide = 0 if light is None else max(0.0, 100 * light / most)
            shown = "" if light is None else f'{number(round(light, 1))}<span class="{kind}" style="width:{wide:.0f}%">'
            cells.append(shown + ("</span>" if shown else ""))
        body.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def beside_rows(key: str, found: Beside) -> str:
    """How many brought less than stepping, as much, or more, as bars."""
    rows = []
    for name, count in (("less", found.less), ("same", found.same), ("more", found.more)):
        wide = 0 if not count else 100 * count / found.total
        bar = f'<span class="bar" style="width:{wide:.0f}%"></span>' if count else ""
        shown = escape(say(f"report.beside.{name}"))
        rows.append(f'<tr><td>{shown}</td><td class=number>{told(count)}</td><td style="width:60%">{bar}</td></tr>')
    heading = escape(say(f"report.beside.{key}", total=found.total))
    return f"<h3>{heading}</h3><table><tbody>{''.join(rows)}</tbody></table>"


def told(count: int | None) -> str:
    """A count as people read it: a number, or that it is not shown."""
    return f'<span class="few">{escape(say("report.few"))}</span>' if count is None else str(count)
