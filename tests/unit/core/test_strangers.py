"""A stranger's film is decoded by a child, whatever it is; frames come as they were asked for, or a sentence does."""

import os
import signal
from pathlib import Path

import numpy as np
import pytest

from uncaged.core import strangers
from uncaged.core.errors import PictureDamaged, PictureRefused
from uncaged.core.media import Codec, write_film
from uncaged.core.order import Pixels
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
