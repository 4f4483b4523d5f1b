"""Nothing on the debrief's pages is cut, lies outside its sheet, or is written over anything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from debrief_cases import CASES, shown, written_on

from game.app.stage import Stage

SIZES = ((1280, 720), (800, 450), (1920, 1080))
SCALES = (1.0, 1.5, 2.0)
HARD = (((1280, 720), 1.0), ((800, 450), 2.0), ((1920, 1080), 1.5))


def faults_of(stage: Stage, name: str) -> list[str]:
    """Everything that cannot be read on the pages of a case."""
    screen = shown(stage, name)
    faults = []
    for index in range(len(screen.pages)):
        screen.turn_to(index)
        page = screen.page
        for _ in range(2 if page.switch() else 1):
            page.switch()
            page.advance(0.0, still=True)
            texts = written_on(stage, screen)
            head = page._lead.rect.bottom
            papers = [sheet.paper.rect.inflate(-6, -6) for sheet in page._sheets]
            assert len(texts) > 3
            for text, rect in texts:
                if not any(paper.contains(rect) for paper in papers) and rect.top >= head:
                    faults.append(f"{page.name}: {text!r} leaves its sheet")
                if rect.left < 0 or rect.right > stage.size[0]:
                    faults.append(f"{page.name}: {text!r} leaves the window")
                if text.endswith("…"):
                    faults.append(f"{page.name}: {text!r} is cut")
            solid = [(text, rect.inflate(0, -rect.height // 4)) for text, rect in texts]
            for k, (text, rect) in enumerate(solid):
                faults += [
                    f"{page.name}: {text!r} lies on {other!r}" for other, spot in solid[:k] if rect.colliderect(spot)
                ]
    return faults


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("text_scale", SCALES)
def test_every_page_can_be_read_at_every_size(
    make_stage: Callable[..., Stage], size: tuple[int, int], text_scale: float
) -> None:
    """At three window sizes and three text sizes no text of an ordinary life is cut or written over."""
    stage = make_stage(size, text_scale=text_scale, reduced_motion=True)
    assert faults_of(stage, "grad") == []


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in CASES if name != "grad"])
@pytest.mark.parametrize(("size", "text_scale"), HARD)
def test_hard_lives_can_be_read(
    make_stage: Callable[..., Stage], name: str, size: tuple[int, int], text_scale: float
) -> None:
    """Ties, single lanes, negative and huge light, long names and samples can be read as well."""
    stage = make_stage(size, text_scale=text_scale, reduced_motion=True)
    assert faults_of(stage, name) == []
