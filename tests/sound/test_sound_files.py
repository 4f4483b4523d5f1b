"""The files: made by the script beside them, seamless, neither too loud nor too soft, small, and in the wheel."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import make_sounds
import numpy as np
import pygame
import pytest
from pygame import sndarray

from game.app.sound.cues import CUES, LOUD, USUAL
from game.app.sound.deck import LAP, RATE, seamless
from game.app.sound.heard import Heard
from game.app.sound.layers import LAYERS, MOODS, WATER, levels

ALL = tuple(make_sounds.PARTS)


@pytest.fixture(scope="module", autouse=True)
def _mixer() -> Iterator[None]:
    pygame.mixer.init(RATE, -16, 2, 1024, allowedchanges=0)
    yield
    pygame.mixer.quit()


@pytest.fixture(scope="module")
def decoded(sounds_folder: Path) -> dict[str, np.ndarray]:
    """Every file as the game hears it: floats of shape (samples, 2), the loops with their ends blended."""
    found = {}
    for name in ALL:
        sound = pygame.mixer.Sound(str(sounds_folder / f"{name}.ogg"))
        found[name] = sndarray.array(seamless(sound) if name in LAYERS else sound) / 32768.0
    return found


def test_there_is_a_file_for_every_sound_and_a_sound_for_every_file(sounds_folder: Path) -> None:
    """Layers and cues of the game, the script's table and the files in the folder have the same names."""
    assert {*LAYERS, *(f"cue_{cue}" for cue in CUES)} == set(ALL)
    assert {file.stem for file in sounds_folder.glob("*.ogg")} == set(ALL)


def test_all_files_together_are_small(sounds_folder: Path) -> None:
    """All sounds together take less than three megabytes."""
    assert sum(file.stat().st_size for file in sounds_folder.glob("*.ogg")) < 3_000_000


@pytest.mark.parametrize("name", [n for n in ALL if not n.startswith(("ground", "ripple"))] + ["ripple_dusk"])
def test_the_script_makes_the_files(name: str, decoded: dict[str, np.ndarray]) -> None:
    """What the script makes is what lies in the file, of the same length and, but for the coding, the same shape."""
    made = make_sounds.made(name)
    made = made if made.ndim == 2 else np.stack([made, made], axis=1)
    shipped = decoded[name]
    assert shipped.shape == made.shape
    alike = float(np.sum(shipped * made) / np.sqrt(np.sum(shipped**2) * np.sum(made**2)))
    assert alike > 0.93


@pytest.mark.parametrize("name", [n for n in ALL if n.startswith("ground")])
def test_the_grounds_play_the_chords_of_the_script(name: str, decoded: dict[str, np.ndarray]) -> None:
    """In the middle of every bar the note held over the bass sounds far louder than a note a quarter tone beside it."""
    from synthesis import score
    from synthesis.tones import pitch

    for bar, chord in enumerate(score.MOODS[name.removeprefix("ground_")]):
        start = round((bar + 0.3) * score.BAR * RATE)
        part = decoded[name][start : start + round(0.6 * score.BAR * RATE)].mean(axis=1)
        part = part * np.hanning(len(part))
        strength = np.abs(np.fft.rfft(part))
        for note in (chord.bass, chord.held[-1]):
            at, beside = (round(pitch(n) * len(part) / RATE) for n in (note, note + 0.5))
            assert strength[at - 2 : at + 3].max() > 4 * strength[beside - 1 : beside + 2].max()


@pytest.mark.parametrize("name", LAYERS)
def test_loops_have_no_seam(name: str, decoded: dict[str, np.ndarray]) -> None:
    """Where a loop's end meets its beginning it bends no more than it does elsewhere."""
    loop = decoded[name]
    bends = np.abs(np.diff(loop, 2, axis=0))
    round_the_seam = np.abs(np.diff(np.concatenate([loop[-1000:], loop[:1000]]), 2, axis=0))
    assert round_the_seam[990:1010].max() <= 1.2 * np.quantile(bends, 0.999)
    # The blend at the beginning leaves no dip: it is as loud there as the script made it around it.
    before, blend = np.mean(loop[-LAP:] ** 2), np.mean(loop[:LAP] ** 2)
    after = np.mean(loop[LAP : 2 * LAP] ** 2)
    assert blend > 0.1 * min(before, after)


@pytest.mark.parametrize("name", ALL)
def test_no_file_clips(name: str, decoded: dict[str, np.ndarray]) -> None:
    """No sample of any sound reaches full scale."""
    assert np.max(np.abs(decoded[name])) < 0.99


@pytest.mark.parametrize("name", ALL)
def test_all_are_about_as_loud(name: str, decoded: dict[str, np.ndarray]) -> None:
    """Loops lie within 4 dB of each other, and so do cues."""
    loop = name in LAYERS
    wanted = make_sounds.LOOP if loop else make_sounds.CUE
    assert abs(make_sounds.loudness(decoded[name], loop) - wanted) < 4.0


@pytest.mark.parametrize("name", [f"cue_{cue}" for cue in CUES])
def test_cues_begin_and_end_in_silence(name: str, decoded: dict[str, np.ndarray]) -> None:
    """A cue rises from nothing and has died away when its file ends, so that neither end clicks."""
    assert np.max(np.abs(decoded[name][[0, -1]])) < 0.01


@pytest.mark.parametrize("mood", MOODS)
def test_everything_at_once_does_not_clip(mood: str, decoded: dict[str, np.ndarray]) -> None:
    """With all volumes up, the boat at full speed and several cues at once, the sum stays below full scale."""
    length = len(decoded[WATER[0]])
    for wetness in (0.0, 0.3, 0.6, 1.0):
        found = levels(Heard(mood=mood, wetness=wetness, nearness=1.0, speed=1.0, fullness=1.0))
        whole = sum(level * decoded[name][:length] for name, level in found.items())
        for cue, at in (("enter", 2.0), ("year", 2.0), ("light_7", 2.0), ("fork", 2.1), ("press", 2.1)):
            sound = decoded[f"cue_{cue}"] * LOUD.get(cue, USUAL)
            start = round(at * RATE)
            whole[start : start + len(sound)] += sound
        assert np.max(np.abs(whole)) < 1.0


def test_the_encoder_writes_the_same_bytes_again(sounds_folder: Path) -> None:
    """The same sound encoded twice gives the same bytes, whatever number the encoder drew, and they can be read."""
    pytest.importorskip("soundfile")
    first, again = (make_sounds.encoded(make_sounds.made("cue_press"), 0.3) for _ in range(2))
    assert first == again
    assert (
        make_sounds.numbered((sounds_folder / "cue_press.ogg").read_bytes())
        == (sounds_folder / "cue_press.ogg").read_bytes()
    )


def test_the_wheel_carries_the_sounds(tmp_path: Path, sounds_folder: Path) -> None:
    """A wheel built from this checkout holds every sound."""
    from hatchling.builders.wheel import WheelBuilder

    (wheel,) = WheelBuilder(str(sounds_folder.parents[1])).build(directory=str(tmp_path), versions=["standard"])
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {f"game/assets/sounds/{name}.ogg" for name in ALL} <= names
    assert not [name for name in names if "__pycache__" in name]
