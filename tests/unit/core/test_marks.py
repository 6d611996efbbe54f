"""Marks: they stand in every form that a film is taken in, and nowhere without a reason."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from uncaged.core import media
from uncaged.core.marks import COMMENT, SOURCE, in_jpeg, made_with, mark_of, together

FRAMES = [np.full((32, 48, 3), shade, np.uint8) for shade in range(0, 240, 30)]
MARK = made_with("LTX-2")

Write = Callable[[Path, media.Beside], object]
WAYS: dict[str, tuple[str, Write]] = {
    **{
        form: (
            codec.suffix,
            lambda path, beside, form=form: media.write_film(FRAMES, path, 8, form, beside),
        )
        for form, codec in media.CODECS.items()
    },
    "png": (".png", lambda path, beside: media.write_picture(FRAMES, path, 1, beside)),
    "strip": (".png", lambda path, beside: media.write_strip(FRAMES, path, 8, beside)),
    "gif": (".gif", lambda path, beside: media.write_gif(FRAMES, path, 8, beside)),
}


@pytest.mark.parametrize("form", WAYS)
def test_every_form_bears_it(form: str, tmp_path: Path) -> None:
    suffix, write = WAYS[form]
    marked, plain = tmp_path / f"marked{suffix}", tmp_path / f"plain{suffix}"
    write(marked, media.Beside(mark=MARK))
    write(plain, media.NOTHING)
    assert mark_of(marked) == MARK and SOURCE in MARK and mark_of(plain) == ""
    assert SOURCE.encode() not in plain.read_bytes()


def test_every_picture_of_a_folder_bears_it(tmp_path: Path) -> None:
    media.write_frames(FRAMES, tmp_path, media.Beside(mark=MARK))
    for path in tmp_path.iterdir():
        with Image.open(path) as picture:
            assert picture.info[COMMENT] == MARK


def test_what_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\x89PNG and no more")
    assert mark_of(tmp_path / "x") == mark_of(tmp_path / "none") == ""


def test_a_jpeg_bears_it_too(tmp_path: Path) -> None:
    Image.fromarray(FRAMES[0]).save(tmp_path / "a.jpg", **in_jpeg(MARK))
    Image.fromarray(FRAMES[0]).save(tmp_path / "b.jpg", **in_jpeg(""))
    assert mark_of(tmp_path / "a.jpg") == MARK and mark_of(tmp_path / "b.jpg") == ""


def test_marks_are_said_once_each_and_nothing_else_with_them() -> None:
    other = made_with("another")
    assert together(MARK, "", f"by ana; {other}", f"{MARK} at home") == f"{MARK}\n{other}"
    assert together("made by ana", f"Made by a machine with {'x' * 81}; digitalSourceType") == ""
    many = [made_with(str(number)) for number in range(100)]
    assert len(together(*many).splitlines()) == 8


@pytest.mark.parametrize("form", WAYS)
def test_every_form_bears_several(form: str, tmp_path: Path) -> None:
    suffix, write = WAYS[form]
    both = together(MARK, made_with("another"))
    write(tmp_path / f"both{suffix}", media.Beside(mark=both))
    assert mark_of(tmp_path / f"both{suffix}") == both
