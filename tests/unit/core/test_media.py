"""Films: what is written is what is read, with the measures it says, the same bytes every time."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from uncaged.core.media import (
    CODECS,
    Facts,
    chosen_frames,
    contact_strip,
    film_facts,
    rate,
    read_film,
    small_png,
    strip_moments,
    write_film,
    write_frames,
    write_gif,
    write_picture,
    write_strip,
)
from uncaged.core.order import Pixels


def film(frames: int = 10, width: int = 64, height: int = 48) -> list[Pixels]:
    """A bright square that crosses a dark picture."""
    out: list[Pixels] = []
    for i in range(frames):
        pixels = np.full((height, width, 3), (40, 60, 90), np.uint8)
        x = i * (width - 16) // max(1, frames - 1)
        pixels[8:24, x : x + 16] = (230, 200, 60)
        out.append(pixels)
    return out


@pytest.mark.parametrize("form", sorted(CODECS))
def test_frames_come_back_close_to_what_they_were(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"film{CODECS[form].suffix}"
    frames = film()
    assert write_film(frames, path, 24, form) == 10
    again = list(read_film(path))
    assert len(again) == 10
    for one, other in zip(frames, again, strict=True):
        assert other.shape == one.shape
        assert np.abs(one.astype(int) - other).mean() < 6
        middle = other[16, np.argmax(one[16, :, 0]) + 8].astype(int)
        assert (
            np.abs(middle - (230, 200, 60)).max() < 30
        )  # colours keep their meaning (BT.709 both ways)
    facts = film_facts(path)
    assert (facts.width, facts.height, facts.frames) == (64, 48, 10)
    assert facts.fps == pytest.approx(24)


@pytest.mark.parametrize(("width", "planned"), [(64, True), (80, False), (72, False), (96, True)])
def test_a_row_with_an_odd_number_of_macroblocks_is_not_planned_ahead(
    width: int, planned: bool, tmp_path: Path
) -> None:
    noise = np.random.default_rng(0).normal(0, 20, (48, width, 3))
    frames = [np.clip(noise + i * 9, 0, 255).astype(np.uint8) for i in range(24)]
    codec = CODECS["mp4"]
    ways = [codec, *(replace(codec, options=codec.options | {"mbtree": flag}) for flag in "01")]
    for number, way in enumerate(ways):
        write_film(frames, tmp_path / f"{number}.mp4", 24, way)
    mine, without, with_it = ((tmp_path / f"{number}.mp4").read_bytes() for number in range(3))
    assert mine == (with_it if planned else without)
    assert (with_it != without) == planned


def test_the_same_frames_are_the_same_file(tmp_path: Path) -> None:
    for name in ("a.mp4", "b.mp4"):
        write_film(film(), tmp_path / name, 24)
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_an_mp4_starts_to_play_before_it_is_all_there(tmp_path: Path) -> None:
    write_film(film(), tmp_path / "a.mp4", 24)
    data = (tmp_path / "a.mp4").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize("fps", [0.01, 1, 12.5, 23.976, 60, 1000])
def test_any_rate_is_kept(fps: float, tmp_path: Path) -> None:
    write_film(film(4), tmp_path / "a.mp4", fps)
    assert film_facts(tmp_path / "a.mp4").frames == 4
    assert float(rate(fps)) == pytest.approx(fps, rel=1e-6)


def test_a_gif_keeps_its_length(tmp_path: Path) -> None:
    write_gif(film(24), tmp_path / "a.gif", 24)
    with Image.open(tmp_path / "a.gif") as picture:
        frames = getattr(picture, "n_frames")  # noqa: B009 (Pillow types it on subclasses only)
        total = 0
        for i in range(frames):
            picture.seek(i)
            total += picture.info["duration"]
    assert total == 1000


@pytest.mark.parametrize("fps", [60, 120, 1000])
def test_a_fast_gif_keeps_its_length_too(fps: float, tmp_path: Path) -> None:
    write_gif(film(fps // 2, 16, 24), tmp_path / "a.gif", fps)
    with Image.open(tmp_path / "a.gif") as picture:
        total = 0
        for i in range(getattr(picture, "n_frames")):  # noqa: B009 (Pillow types it on subclasses only)
            picture.seek(i)
            total += picture.info["duration"]
    assert total == pytest.approx(500, abs=20)


def test_frames_are_numbered(tmp_path: Path) -> None:
    assert write_frames(film(3), tmp_path) == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == ["000001.png", "000002.png", "000003.png"]
    with Image.open(tmp_path / "000002.png") as picture:
        assert np.array_equal(np.asarray(picture), film(3)[1])


@pytest.mark.parametrize("frames", [1, 2, 7, 8, 9, 144])
def test_a_strip_shows_moments_in_order(frames: int, tmp_path: Path) -> None:
    moments = strip_moments(frames)
    assert moments[0] == 0
    assert len(moments) == min(8, frames)
    assert all(a < b for a, b in pairwise(moments))
    assert write_strip(film(frames), tmp_path / "strip.png", frames) == len(moments)


def test_a_strip_is_never_too_wide() -> None:
    assert contact_strip(film(8, 640, 480)).width <= 2048


def test_a_preview_is_small() -> None:
    assert len(small_png(film(1, 512, 512)[0])) < 20_000


def test_a_picture_is_written_and_read_without_loss(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    frames = [chance.integers(0, 256, (6, 8, 3), np.uint8) for _ in range(3)]
    for number, wanted in ((0, 0), (2, 2), (9, 2)):
        assert write_picture(iter(frames), tmp_path / "a", number) == 1
        assert [one.tolist() for one in read_film(tmp_path / "a")] == [frames[wanted].tolist()]
    assert film_facts(tmp_path / "a") == Facts(8, 6, 0.0, 1, 0.0)
    assert list(chosen_frames(tmp_path / "a", [0, 4])) == [0]
    assert write_picture(iter(()), tmp_path / "none") == 0 and not (tmp_path / "none").exists()
