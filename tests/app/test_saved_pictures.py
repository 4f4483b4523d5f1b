"""Pictures of the debrief: saved by one key, valid XML with text as text, in the same place as on the screen."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pygame
import pytest
from debrief_cases import CASES, lived, shown
from hand import Hand

from game.app.draw.palette import ROSE
from game.app.draw.svg import SvgPicture
from game.app.screens.debrief.graph import Graph
from game.app.screens.debrief.pictures import chart_picture, page_picture
from game.app.stage import Stage

SVG = "{http://www.w3.org/2000/svg}"


def texts_of(document: str) -> list[str]:
    """The texts of an SVG, in the order in which they were written."""
    return [element.text or "" for element in ElementTree.fromstring(document).iter(f"{SVG}text")]


def test_one_key_saves_the_page(stage: Stage, tmp_path: Path) -> None:
    """E leaves the page as PNG and its chart as SVG in the user's folder, and the badge says where."""
    stage.home = tmp_path
    screen = shown(stage, "grad")
    screen.turn_to(3)
    Hand(stage).wait(3).key(pygame.K_e)
    (folder,) = (tmp_path / "pictures").iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["ladder.png", "ladder.svg"]
    assert str(folder) in stage.badge.text
    picture = pygame.image.load(folder / "ladder.png")
    assert picture.get_width() == 1280
    said = texts_of((folder / "ladder.svg").read_text(encoding="utf-8"))
    for row in screen.page.bars.chart.rows:  # type: ignore[attr-defined]
        assert row.name in said
        assert row.worth in said
    Hand(stage).key(pygame.K_e)
    assert len(list(folder.iterdir())) == 2


def test_everything_is_saved_from_the_last_page(stage: Stage, tmp_path: Path) -> None:
    """A card saves all pages, one a tick, and the whole story; another tells the file to share and copies its path."""
    stage.home = tmp_path
    copied: list[str] = []
    stage.copy_text = copied.append
    screen = shown(stage, "grad")
    screen.turn_to(8)
    cards = {card.label: card for card in screen.page.children if hasattr(card, "note")}  # type: ignore[attr-defined]
    cards["Save pictures and story"].click(stage, (0, 0))  # type: ignore[attr-defined]
    Hand(stage).wait(len(screen.pages) + 1)
    (folder,) = (tmp_path / "pictures").iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {f"{page.name}.png" for page in screen.pages} | {"story.txt", "plans.svg", "treasure.svg"} <= names
    assert screen.whole_transcript() in (folder / "story.txt").read_text(encoding="utf-8")
    for path in folder.glob("*.svg"):
        ElementTree.parse(path)
    cards["Share this life"].click(stage, (0, 0))  # type: ignore[attr-defined]
    (kept,) = (tmp_path / "runs").iterdir()
    assert copied == [str(kept)]
    assert str(kept) in stage.badge.text


def test_without_a_folder_it_says_so(stage: Stage, tmp_path: Path) -> None:
    """Where nothing is kept, and where the folder cannot be made, the badge says that no picture was saved."""
    screen = shown(stage, "tie")
    assert screen.save() == []
    assert "no picture was saved" in stage.badge.text
    stage.home = tmp_path / "a file"
    stage.home.touch()
    assert screen.save() == []
    assert "could not be saved" in stage.badge.text


@pytest.mark.parametrize("name", CASES)
def test_every_chart_of_every_life_is_valid(stage: Stage, name: str) -> None:
    """All charts of all hard lives are well-formed, lie inside their picture, and hold every text as text."""
    screen = shown(stage, name)
    charts = 0
    for index, page in enumerate(screen.pages):
        screen.turn_to(index)
        Hand(stage).wait(1)
        for chart in page.children:
            picture = chart_picture(stage, page, chart) if isinstance(chart, Graph) else None
            if picture is None:
                continue
            charts += 1
            root = ElementTree.fromstring(picture.document())
            width, height = float(root.attrib["width"]), float(root.attrib["height"])
            for text in root.iter(f"{SVG}text"):
                x, y, wide = (float(text.attrib[key]) for key in ("x", "y", "textLength"))
                assert -1 <= x <= width
                assert x + wide <= width + 1
                assert 0 < y <= height
            assert page.title().split()[0] in " ".join(texts_of(picture.document()))
    assert charts >= 5


def test_marks_lie_where_they_lie_on_the_screen(stage: Stage) -> None:
    """The bars of the saved ladder have the sizes and distances of those on the screen, pixel for pixel."""
    screen = shown(stage, "grad")
    screen.turn_to(3)
    chart = screen.page.bars  # type: ignore[attr-defined]
    picture = chart_picture(stage, screen.page, chart)
    assert picture is not None
    root = ElementTree.fromstring(picture.document())
    clips = [clip[0].attrib for clip in root.iter(f"{SVG}clipPath")]
    assert len(clips) == len(chart.chart.rows)
    surface = pygame.Surface(stage.size)
    drawn: list[pygame.Rect] = []
    import game.app.draw.chart_bars as bars

    real = bars.draw_bar
    bars.draw_bar = lambda surface, rect, *rest: drawn.append(rect.copy())  # type: ignore[assignment]
    try:
        chart.draw_chart(surface, stage, None)
    finally:
        bars.draw_bar = real  # type: ignore[assignment]
    dx = float(clips[0]["x"]) - drawn[0].x
    dy = float(clips[0]["y"]) - drawn[0].y
    for clip, rect in zip(clips, drawn, strict=True):
        got = tuple(float(clip[key]) for key in ("x", "y", "width", "height"))
        assert got == (rect.x + dx, rect.y + dy, rect.width, rect.height)


def test_hostile_texts_stay_text() -> None:
    """Marks of XML, signs that XML forbids and the halves of characters cannot break a picture."""
    picture = SvgPicture((100, 50), ROSE.paper, "<title>&\x00", "]]>\x0b")
    for text in ("<b>&amp;</b>", "quo\"te's", "\x00\x1b\ufffe", "山高万仞", "\ud800 half"):
        picture.text(text, (1, 20), 15, 80, ROSE.ink, 500)
    assert texts_of(picture.document()) == ["<b>&amp;</b>", "quo\"te's", "山高万仞", "  half"]
    picture.document().encode("utf-8")


def test_saving_changes_nothing_on_the_screen(stage: Stage) -> None:
    """A page is saved at its full height and is afterwards just as it was."""
    screen = shown(stage, "long names")
    for index in (0, 3, 6):
        screen.turn_to(index)
        Hand(stage).wait(70)
        before, after = pygame.Surface(stage.size), pygame.Surface(stage.size)
        stage.draw(before)
        whole = page_picture(stage, screen.page, screen.page.rect)
        assert whole.get_height() >= screen.page.rect.height + screen.page.most
        stage.draw(after)
        assert pygame.image.tobytes(before, "RGB") == pygame.image.tobytes(after, "RGB")
    assert lived("long names")[0].finished
