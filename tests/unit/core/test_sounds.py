"""Sound: what was written with a film is heard in it, as long as the film at most, the same bytes every time."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from uncaged.core.media import CODECS, Beside, film_facts, read_film, write_film
from uncaged.core.order import Pixels, Sound
from uncaged.core.sounds import lasting, read_sound

FRAMES = [np.full((32, 48, 3), shade, np.uint8) for shade in range(0, 240, 10)]
"""One second."""


def tone(seconds: float, rate: int = 24_000, channels: int = 2) -> Sound:
    """Another tone on each side."""
    times = np.arange(round(seconds * rate)) / rate
    sides = [np.sin(times * 2 * np.pi * pitch) for pitch in (440, 660)][:channels]
    return Sound((np.stack(sides) * 0.5).astype(np.float32), rate)


def pitch(waves: "np.ndarray[tuple[int], np.dtype[np.float32]]", rate: int) -> float:
    strength = np.abs(np.fft.rfft(waves * np.hanning(len(waves))))
    return float(np.fft.rfftfreq(len(waves), 1 / rate)[strength.argmax()])


@pytest.mark.parametrize("form", sorted(CODECS))
@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_a_film_sounds_as_it_was_written(form: str, rate: int, tmp_path: Path) -> None:
    path = tmp_path / f"film{CODECS[form].suffix}"
    assert write_film(FRAMES, path, 24, form, Beside([tone(1, rate)])) == 24
    heard = read_sound(path, 1.0)
    assert heard is not None and len(heard.waves) == 2
    assert heard.waves.shape[1] == pytest.approx(heard.rate, abs=heard.rate // 100)
    whole = slice(heard.rate // 10, -heard.rate // 10)
    for side, wanted in zip(heard.waves, (440, 660), strict=True):
        assert abs(pitch(side[whole], heard.rate) - wanted) < 3
        assert 0.3 < np.abs(side[whole]).max() < 0.6
    assert len(list(read_film(path))) == film_facts(path).frames == 24
    again = tmp_path / f"again{CODECS[form].suffix}"
    write_film(FRAMES, again, 24, form, Beside([tone(1, rate)]))
    assert again.read_bytes() == path.read_bytes()


def test_a_sound_ends_with_its_film_at_the_latest(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    write_film(FRAMES, path, 24, "mp4", Beside([tone(3, channels=1)]))
    heard = read_sound(path, 10)
    assert heard is not None and heard.waves.shape[0] == 1
    assert heard.waves.shape[1] / heard.rate < 1.1
    cut = read_sound(path, 0.25)
    assert cut is not None and cut.waves.shape == (1, 6000)
    write_film(FRAMES, path, 24, "mp4", Beside([tone(0.4)]))
    assert film_facts(path).seconds == 1.0
    short = read_sound(path, 1)
    assert short is not None and short.waves.shape[1] / short.rate < 0.5


def test_a_film_without_a_sound_has_none(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    write_film(FRAMES, path, 24)
    assert read_sound(path, 1) is None


def test_parts_of_a_sound_follow_each_other(tmp_path: Path) -> None:
    whole, parts = tone(1), [Sound(np.zeros((2, 0), np.float32), 24_000)]
    one, other = (part.copy() for part in np.split(whole.waves, [9_999], axis=1))

    def frames() -> Iterator[Pixels]:
        for number, frame in enumerate(FRAMES):
            if number in (5, 12):
                parts.append(Sound(one if number == 5 else other, 24_000))
            yield frame

    write_film(frames(), tmp_path / "parts.mov", 24, "prores", Beside(parts))
    heard = read_sound(tmp_path / "parts.mov", 1)
    assert heard is not None and np.abs(heard.waves - whole.waves).max() < 1e-4


def test_a_sound_lasts_as_long_as_it_shall(tmp_path: Path) -> None:
    assert lasting(tone(0.5), 1, (2, 24_000)).waves[:, 12_000:].max() == 0
    assert (lasting(tone(3), 1, (2, 24_000)).waves == tone(3).waves[:, :24_000]).all()
    assert lasting(None, 0.25, (2, 48_000)).waves.shape == (2, 12_000)
    path = tmp_path / "film.mp4"
    write_film(FRAMES, path, 24, "mp4", Beside([tone(1, channels=1)]))
    found = read_sound(path, 1, (2, 48_000))
    assert found is not None and found.waves.shape == (2, 48_000) and found.rate == 48_000
    assert abs(pitch(found.waves[1, 4_000:-4_000], 48_000) - 440) < 3
