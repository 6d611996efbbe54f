"""A stranger's film is decoded by a child, whatever it is; frames come as they were asked for, or a sentence does."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from uncaged.core import strangers
from uncaged.core.errors import PictureDamaged, PictureRefused
from uncaged.core.film_child import PART
from uncaged.core.marks import made_with
from uncaged.core.media import Beside, Codec, write_film
from uncaged.core.order import Pixels, Sound
from uncaged.core.strangers import StrangersFilm

SIZE, FPS = (32, 16), 8.0


def film(path: Path, frames: int = 8, size: tuple[int, int] = SIZE, fps: float = FPS) -> Path:
    wide, high = size
    write_film((np.full((high, wide, 3), 25 * i % 250, np.uint8) for i in range(frames)), path, fps)
    return path


def read(path: Path, frames: int = 8, size: tuple[int, int] = SIZE) -> list[Pixels]:
    with StrangersFilm(path, size, FPS, frames) as found:
        found.measures()
        return list(found.frames())


def test_its_measures_and_its_frames(tmp_path: Path) -> None:
    with StrangersFilm(film(tmp_path / "a.mp4"), SIZE, FPS, 8) as found:
        measures = found.measures()
        shown = list(found.frames())
    assert (measures.width, measures.height, measures.fps, measures.frames) == (32, 16, 8.0, 8)
    assert [one.shape for one in shown] == [(16, 32, 3)] * 8 and found.seen == 8
    assert [round(int(one.mean()) / 25) for one in shown] == list(range(8))


def test_others_are_scaled_and_taken_at_our_moments(tmp_path: Path) -> None:
    slow = film(tmp_path / "a.mp4", 4, (64, 32), 4.0)
    shown = read(slow)
    assert len(shown) == 8 and shown[0].shape == (16, 32, 3)
    assert (shown[2] == shown[3]).all() and not (shown[1] == shown[2]).all()
    assert len(read(film(tmp_path / "b.mp4", 4))) == 4  # it is shorter, and that is all there is


@pytest.mark.parametrize("content", [b"", b"<html>", b"\0\0\0\x18ftypisom" + b"\0" * 300])
def test_what_is_no_film(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    with pytest.raises(PictureDamaged) as raised:
        read(tmp_path / "a.mp4")
    assert str(tmp_path) not in str(raised.value)


def test_one_that_breaks_off(tmp_path: Path) -> None:
    whole = film(tmp_path / "a.mp4", 60, (640, 480)).read_bytes()
    (tmp_path / "b.mp4").write_bytes(whole[: len(whole) * 2 // 3])
    with StrangersFilm(tmp_path / "b.mp4", (640, 480), FPS, 60) as found:
        measures, shown, why = found.measures(), list[Pixels](), ""
        try:  # as its decoder takes it
            shown.extend(found.frames())
        except PictureDamaged as error:
            why = error.message
    assert "breaks off after" in why or found.seen == len(shown) < measures.frames == 60


def test_frames_that_are_too_large_are_not_decoded(tmp_path: Path) -> None:
    large = Codec(".mov", "video/quicktime", "png", "rgb24", {"pred": "none"})
    frame = np.zeros((6400, 6400, 3), np.uint8)
    write_film([frame], tmp_path / "a.mov", FPS, large)
    with pytest.raises(PictureDamaged, match="too large"):
        read(tmp_path / "a.mov")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="nothing here keeps a reader waiting")
def test_one_that_gives_nothing_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strangers, "SILENT", 0.3)
    os.mkfifo(tmp_path / "a.mp4")
    with pytest.raises(PictureRefused, match=r"no frame for 0.3 seconds"):
        read(tmp_path / "a.mp4")


def test_a_decoder_that_is_ended_is_told(tmp_path: Path) -> None:
    path = film(tmp_path / "a.mp4", 100, (640, 480))
    with StrangersFilm(path, (640, 480), FPS, 100) as found:
        found.measures()
        os.kill(found.pid, signal.SIGKILL)
        with pytest.raises(PictureRefused, match="more time or memory"):
            list(found.frames())


def test_closed_its_child_ends(tmp_path: Path) -> None:
    found = StrangersFilm(film(tmp_path / "a.mp4", 100, (640, 480)), (640, 480), FPS, 100)
    found.measures()
    pid = found.pid
    found.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def sounding(path: Path, rate: int, channels: int = 2, seconds: float = 3.0) -> Path:
    """A film of a second with a longer sound, whose sides differ."""
    tone = np.sin(np.arange(round(seconds * rate)) / rate * 2 * np.pi * 440)
    waves = np.stack([tone, tone / 2][:channels]).astype(np.float32)
    frames = [np.full((16, 32, 3), 25 * i, np.uint8) for i in range(8)]
    form = "prores" if path.suffix == ".mov" else "mp4"
    write_film(frames, path, FPS, form, Beside([Sound(waves, rate)], made_with("LTX-2")))
    return path


@pytest.mark.parametrize(("rate", "wanted"), [(24_000, 24_000), (44_100, 48_000)])
@pytest.mark.parametrize("channels", [1, 2])
def test_its_sound_comes_before_its_frames(
    tmp_path: Path, rate: int, wanted: int, channels: int
) -> None:
    path = sounding(tmp_path / "a.mov", rate, channels)
    with StrangersFilm(path, SIZE, FPS, 8) as found:
        found.measures()
        parts = list(iter(found.sound, None))
        assert len(list(found.frames())) == 8 and not found.sound_breaks_off
        assert found.mark == made_with("LTX-2")
    assert {(len(one.waves), one.rate) for one in parts} == {(channels, wanted)}
    assert all(one.waves.shape[1] <= PART for one in parts)
    whole = np.concatenate([one.waves for one in parts], axis=1)
    assert abs(whole.shape[1] - wanted) < 100, "of a second, and no more"
    assert [round(float(side.max()), 1) for side in whole] == [1.0, 0.5][:channels]


def test_a_sound_that_nobody_asks_for_is_passed_over(tmp_path: Path) -> None:
    assert len(read(sounding(tmp_path / "a.mp4", 24_000))) == 8
    with StrangersFilm(film(tmp_path / "b.mp4"), SIZE, FPS, 8) as found:
        found.measures()
        assert found.sound() is None and found.mark == "" and len(list(found.frames())) == 8


def test_no_sample_is_anything_but_a_number(tmp_path: Path) -> None:
    whole = Codec(".mov", "video/quicktime", "libx264", "yuv420p", {}, sound="pcm_f32le")
    waves = np.full((1, 8_000), 0.25, np.float32)
    waves[0, ::2] = np.nan
    waves[0, ::5] = 1e30
    frames = [np.zeros((16, 32, 3), np.uint8)] * 8
    write_film(frames, tmp_path / "a.mov", FPS, whole, Beside([Sound(waves, 8_000)]))
    with StrangersFilm(tmp_path / "a.mov", SIZE, FPS, 8) as found:
        found.measures()
        heard = np.concatenate([one.waves for one in iter(found.sound, None)], axis=1)
    assert np.isfinite(heard).all() and heard.max() == 1 and heard.shape[1] == 8_000


def test_a_sound_that_breaks_off_costs_no_frame(tmp_path: Path) -> None:
    path = sounding(tmp_path / "a.mp4", 48_000)
    data = path.read_bytes()
    assert data.count(b"\x40\x15") == 1, "of which sort its sound is"
    path.write_bytes(data.replace(b"\x40\x15", b"\0\x15").replace(b"mp4a", b"none"))
    with StrangersFilm(path, SIZE, FPS, 8) as found:
        found.measures()
        assert found.sound() is None and len(list(found.frames())) == 8
        assert found.sound_breaks_off
