"""The group's picture in a real browser: from disk, with the network cut, by mouse and keys, on screen and on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pygame
import pytest
from workshop.browser import CHROMIUM, DRIVER, MISSING, Browser, browser
from workshop.open_inbox import serving
from workshop.people import exercise, person

from game.words import say
from game.workshop.contribution_file import contribution_as_json
from game.workshop.figures import figures
from game.workshop.gathering import Group
from game.workshop.guide import guide
from game.workshop.page_html import page_as_html
from game.workshop.report import report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None or DRIVER is None, reason=MISSING),
]
PICTURE = Path(__file__).parents[1] / "readme" / "group.png"
TAB = "\ue004"
TOLERANCE = 6.0
"""Mean difference, of 255, up to which the picture in the README still shows the page as it is."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The picture of sixty made-up people, on disk."""
    people = tuple(person("whose_light", number) for number in range(60))
    group = Group(exercise("whose_light"), people)
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report(group, figures(group)), encoding="utf-8")
    return file


@pytest.fixture
def window() -> Iterator[Browser]:
    """A browser that is cut off from every network."""
    with browser() as opened:
        opened.offline()
        yield opened


def test_the_page_opens_from_disk_and_its_controls_work(window: Browser, page: Path) -> None:
    """Steps, value functions, forks by mouse and keys, the hidden text, the saved tables: all without an error."""
    window.go(page.as_uri())
    assert window.console() == []
    visible = "return [...document.querySelectorAll('section.step')].filter(s => !s.hidden).map(s => s.dataset.step)"
    assert window.run(visible) == ["theirs"]
    window.click('[data-go="mine"]')
    assert window.run(visible) == ["mine"]
    light = (
        "return [...document.querySelectorAll('[data-step=mine] div[data-by]')].filter(d => !d.hidden)"
        ".map(d => d.dataset.by)"
    )
    assert window.run(light) == ["notebook"]
    window.click('[data-step="mine"] [data-count="citations"]')
    assert window.run(light) == ["citations"]
    panel = "return document.querySelector('[data-step=mine] [data-panel] h3').textContent"
    window.hover('[data-step="mine"] [data-place="corridor"]')
    assert window.run(panel) == "The corridor"
    window.hover("[data-hush]")
    window.keys(TAB * 2)  # past the other value function
    assert window.run(panel) == "Your desk"  # the institute before it has one lane, and is no fork
    window.keys(TAB)
    assert window.run(panel) == "The corridor"
    window.hover('[data-step="mine"] [data-place="bench"]')
    assert window.run(panel) == "The long bench"
    rows = "return document.querySelectorAll('[data-step=mine] [data-panel] tr').length"
    assert window.run(rows) == len(exercise("whose_light").levels["the_numbers_go_up"].lanes_from["bench"])
    hidden = "return getComputedStyle(document.querySelector('main')).visibility"
    window.keys("h")
    assert window.run(hidden) == "hidden"
    window.keys("h")
    assert window.run(hidden) == "visible"
    saved = (
        "window.saved = []; URL.createObjectURL = (blob) => { window.saved.push(blob.size); return 'blob:none'; };"
        "HTMLAnchorElement.prototype.click = function () { window.saved.push(this.download); };"
    )
    window.run(saved)
    window.click("[data-save=figures]")
    window.click("[data-save=codebook]")
    sizes = window.run("return window.saved")
    assert sizes[1] == "whose_light_figures.csv"
    assert sizes[0] > 1000
    assert sizes[3] == "whose_light_codebook.csv"
    assert window.console() == []
    assert window.run("return performance.getEntriesByType('resource').length") == 0


@pytest.mark.parametrize("size", [(1280, 720), (800, 600), (1920, 1080)])
def test_nothing_sticks_out_of_the_page(window: Browser, page: Path, size: tuple[int, int]) -> None:
    """At the size of a projector, a small laptop and a large screen, no part is wider than the window."""
    window.size(*size)
    window.go(page.as_uri())
    wide = (
        "return [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
    )
    assert window.run(f"{wide}.length") == 0
    assert window.run("return parseFloat(getComputedStyle(document.body).fontSize)") >= 18


def test_the_page_prints_with_every_step(window: Browser, page: Path) -> None:
    """On paper both lives are there, each on sheets of its own, and no button is."""
    window.go(page.as_uri())
    pdf = window.pdf()
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") >= 2 or pdf.count(b"/Type /Page ") + pdf.count(b"/Type/Page") >= 2
    media = {"cmd": "Emulation.setEmulatedMedia", "params": {"media": "print"}}
    window.call("POST", "/goog/cdp/execute", media)
    shown = "return [...document.querySelectorAll('section.step')].filter(s => s.offsetHeight > 0).length"
    assert window.run(shown) == 2
    assert window.run("return document.querySelector('.buttons').offsetHeight") == 0
    assert window.run("return [...document.querySelectorAll('.paper')].every(table => table.offsetHeight > 100)")


def test_the_page_of_the_inbox_renews_itself(tmp_path: Path) -> None:
    """On the projector the page begins empty, shows the group as soon as it is there, and keeps what was chosen."""
    with serving(tmp_path, name="whose_light") as server, browser() as window:
        window.go(f"http://127.0.0.1:{server.server_address[1]}/room/{server.room.code}/")
        body = "return document.querySelector('main').textContent"
        assert say("report.nobody") in window.run(body)
        for number in range(6):
            server.inbox.take_in(contribution_as_json(person("whose_light", number).shared()).encode())
        window.until("return document.querySelectorAll('section.step').length === 2", 60)
        assert say("report.people", people=6) in window.run(body)
        window.click('[data-go="mine"]')
        window.click('[data-step="mine"] [data-count="citations"]')
        window.keys("h")
        server.inbox.take_in(contribution_as_json(person("whose_light", 6).shared()).encode())
        window.until(f"{body}.includes({say('report.people', people=7)!r})", 60)
        chosen = "return document.querySelector('[data-step=mine] [data-count=citations]').getAttribute('aria-pressed')"
        assert window.run(chosen) == "true"
        assert window.run("return document.querySelector('[data-step=mine]').hidden") is False
        assert window.run("return document.body.classList.contains('hushed')") is True
        assert window.console() == []
        names = "return performance.getEntriesByType('resource').map(entry => new URL(entry.name).host)"
        assert set(window.run(names)) <= {f"127.0.0.1:{server.server_address[1]}"}


def test_the_guide_opens_and_prints_too(window: Browser, tmp_path: Path) -> None:
    """The facilitator's guide has no error on the console and becomes a PDF of several sheets."""
    file = tmp_path / "guide.html"
    file.write_text(page_as_html(guide(exercise("one_plan_one_life"))), encoding="utf-8")
    window.go(file.as_uri())
    assert window.console() == []
    assert len(window.pdf()) > 30_000


def test_the_readme_shows_the_page_as_it_is(window: Browser, page: Path) -> None:
    """The picture of the README differs little from the page now; WATER_LANES_NEW_PICTURES=1 renews it."""
    window.size(1280, 860)
    window.go(page.as_uri())
    window.click('[data-go="mine"]')
    window.hover('[data-step="mine"] [data-place="bench"]')
    found = window.picture()
    if os.environ.get("WATER_LANES_NEW_PICTURES"):
        PICTURE.write_bytes(found)
    now = page.parent / "now.png"
    now.write_bytes(found)
    difference = np.abs(pixels(PICTURE) - pixels(now)).mean()
    assert difference < TOLERANCE, "renew with WATER_LANES_NEW_PICTURES=1"


def pixels(path: Path) -> np.ndarray:
    """The picture as numbers, shape (width, height, 3)."""
    return pygame.surfarray.array3d(pygame.image.load(path)).astype(np.int16)
