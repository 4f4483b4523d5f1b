"""What is made ready ahead: in small steps, once, and not for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from game.app.screens.drive_ahead import Ahead


def piece(steps: int, made: list[str], name: str) -> Callable[[], Iterator[None]]:
    """Work in so many steps, which says in ``made`` when each is made."""

    def begin() -> Iterator[None]:
        for _ in range(steps):
            made.append(name)
            yield

    return begin


def test_a_piece_is_made_once() -> None:
    """Asked for tick after tick a piece comes to its end, and is not begun again."""
    ahead, made = Ahead(), list[str]()
    ticks = 0
    while not ahead.ready("dusk", piece(40, made, "dusk")):
        ticks += 1
        assert ticks < 200
    assert made == ["dusk"] * 40
    for _ in range(5):
        assert ahead.ready("dusk", piece(40, made, "again"))
    assert made == ["dusk"] * 40
    ahead.forget()
    ahead.ready("dusk", piece(1, made, "anew"))
    ahead.ready("dusk", piece(1, made, "anew"))
    assert "anew" in made


def test_every_second_tick_rests() -> None:
    """In the first of two ticks nothing is made, so that frames have time of their own."""
    ahead, made = Ahead(), list[str]()
    assert not ahead.ready("a", piece(3, made, "a"))
    assert made == []
    ahead.ready("a", piece(3, made, "a"))
    assert made


def test_in_haste_no_tick_rests() -> None:
    """What somebody waits for is begun in the first tick and goes on in the next."""
    ahead, made = Ahead(), list[str]()
    for tick in (1, 2):
        ahead.ready("a", piece(10_000_000, made, "a"), haste=True)
        assert len(made) >= tick


def test_another_piece_takes_the_place_of_the_one_begun() -> None:
    """What nobody asks for any longer is left where it is."""
    ahead, made = Ahead(), list[str]()

    def endless() -> Iterator[None]:
        while True:
            made.append("endless")
            yield

    for _ in range(4):
        assert not ahead.ready("endless", endless)
    for _ in range(20):
        if ahead.ready("short", piece(2, made, "short")):
            break
    assert made[-2:] == ["short", "short"]
