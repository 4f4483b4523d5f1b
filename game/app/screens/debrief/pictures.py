"""Pictures of the debrief, kept as files: each page as PNG, each of its charts as SVG, and the story as text."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from game.app.draw.backdrop import Backdrop
from game.app.draw.chart_marks import put
from game.app.draw.svg import SvgPicture
from game.app.screens.debrief.graph import Graph
from game.app.screens.debrief.journey import Journey
from game.app.screens.debrief.page import Page
from game.writing import write_whole

if TYPE_CHECKING:
    from game.app.stage import Stage

_PAD = 28


def save_pages(stage: Stage, pages: Sequence[Page], rect: pygame.Rect, folder: Path) -> list[Path]:
    """Writes the pictures of pages into a folder, which is made where it is missing; the files.  Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for page in pages:
        if not page.children:
            page.fill()
        with _grown(page):
            files.append(_write(folder / f"{page.name}.png", _png(page_picture(stage, page, rect))))
            charts = [chart for chart in page.children if isinstance(chart, Graph)]
            drawn = [picture for chart in charts if (picture := chart_picture(stage, page, chart)) is not None]
            for number, picture in enumerate(drawn, 1):
                name = f"{page.name}.svg" if len(drawn) == 1 else f"{page.name}-{number}.svg"
                files.append(_write(folder / name, picture.document()))
    return files


def page_picture(stage: Stage, page: Page, rect: pygame.Rect) -> pygame.Surface:
    """A page at its full height, whatever of it is in view."""
    offset = page.offset
    page.offset = 0
    page.place(stage, rect)
    tall = pygame.Rect(rect.left, rect.top, rect.width, rect.height + page.most)
    page.place(stage, tall)
    for child in page.children:
        if isinstance(child, Journey):
            child.make()  # on a page that was never turned up there is no map yet
    surface = pygame.Surface((rect.right + rect.left, tall.bottom))
    Backdrop(surface.get_size(), stage.palette).draw(surface, 0.0)
    page.draw_children(surface, stage, None)
    page.offset = offset
    page.place(stage, rect)
    return surface


def chart_picture(stage: Stage, page: Page, chart: Graph) -> SvgPicture | None:
    """A chart as SVG under its page's question and answer; None for what is no chart."""
    type_, palette, pad = stage.type, stage.palette, stage.em(_PAD)
    inner = max(chart.rect.width, stage.em(560))
    lines = [(line, 24, palette.ink, 600) for line in type_.wrap(page.title(), 24, inner, 600)]
    lines += [(line, 17, palette.soft_ink, 500) for line in type_.wrap(page.lead(), 17, inner)]
    top = pad + sum(type_.height(size) for _, size, _, _ in lines) + stage.em(14)
    kept = chart.rect
    chart.rect = pygame.Rect(pad, top, chart.rect.width, max(chart.rect.height, chart.least(stage, kept.width)))
    picture = SvgPicture((inner + 2 * pad, chart.rect.bottom + pad), palette.paper, page.title(), chart.says())
    try:
        if not chart.sketch(picture, stage):
            return None
    finally:
        chart.rect = kept
    y = pad
    for line, size, colour, weight in lines:
        put(picture, type_, line, size, colour, (pad, y), "topleft", weight)
        y += type_.height(size)
    return picture


@contextlib.contextmanager
def _grown(page: Page) -> Iterator[None]:
    """A page with all its charts grown, as long as this lasts."""
    charts = [child for child in page.children if isinstance(child, Graph)]
    kept = [chart.progress for chart in charts]
    for chart in charts:
        chart.progress = 1.0
    try:
        yield
    finally:
        for chart, progress in zip(charts, kept, strict=True):
            chart.progress = progress


def _png(surface: pygame.Surface) -> bytes:
    data = io.BytesIO()
    pygame.image.save(surface, data, "picture.png")
    return data.getvalue()


def _write(path: Path, data: bytes | str) -> Path:
    write_whole(path, data, mode=0o644)
    return path
