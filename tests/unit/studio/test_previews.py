"""Previews: the newest one lies in the scratch folder, whole; what is no picture is none."""

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from uncaged.core.media import small_png
from uncaged.studio import previews
from uncaged.studio.verifying import kind_of

PNG = small_png(np.zeros((64, 48, 3), np.uint8), 32)


def test_the_newest_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    previews.lay(tmp_path, b"first")
    previews.lay(tmp_path, PNG)
    assert [one.name for one in tmp_path.iterdir()] == ["preview.png"]
    assert (tmp_path / "preview.png").read_bytes() == PNG


def test_a_folder_that_is_gone_is_no_trouble(tmp_path: Path) -> None:
    previews.lay(tmp_path / "gone", PNG)
    assert not (tmp_path / "gone").exists()


def test_the_size_is_read_from_the_header() -> None:
    assert previews.size(PNG) == (24, 32)


@given(st.binary(max_size=60))
def test_what_is_no_png_has_no_size(data: bytes) -> None:
    if not data.startswith(b"\x89PNG"):
        assert previews.size(data) is None
    assert previews.size(PNG[:8] + data[:10]) is None


def test_a_file_says_itself_what_it_is() -> None:
    assert kind_of(PNG) == "image/png"
    assert kind_of(b"\x00\x00\x00\x20ftypisom....") == "video/mp4"
    assert kind_of(b"\x00\x00\x00\x14ftypqt  ....") == "video/quicktime"
    assert kind_of(b"\x1a\x45\xdf\xa3....") == "video/webm"
    assert kind_of(b"RIFF\x00\x00\x00\x00WEBPVP8 ") == "image/webp"
    for none in (b"", b"%PDF-1.7", b"PK\x03\x04", b"<html>", b"\x7fELF", b"ftyp"):
        assert kind_of(none) is None
