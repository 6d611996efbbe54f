"""Pictures that somebody gives: whatever they are, they come out as plain pixels or a clear sentence."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from uncaged.core.errors import PictureRefused
from uncaged.core.marks import in_jpeg, in_png, made_with
from uncaged.core.pictures import LONGEST, Limits, as_png, decode_picture, decoded, open_picture

LIMITS = Limits()


def encoded(
    form: str = "PNG", size: tuple[int, int] = (20, 10), mode: str = "RGB", **more: Any
) -> bytes:
    stream = BytesIO()
    Image.new(mode, size, more.pop("colour", None)).save(stream, form, **more)
    return stream.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF"])
def test_usual_forms_open(form: str) -> None:
    assert decode_picture(encoded(form), LIMITS).shape == (10, 20, 3)


def test_transparency_lies_on_white_and_exif_is_turned() -> None:
    clear = decode_picture(encoded(mode="RGBA", colour=(255, 0, 0, 0)), LIMITS)
    assert (clear == 255).all()
    exif = Image.Exif()
    exif[0x0112] = 6  # on its side
    assert decode_picture(encoded("JPEG", exif=exif), LIMITS).shape == (20, 10, 3)


def test_what_is_kept_is_only_pixels() -> None:
    pixels = decode_picture(encoded("JPEG", comment=b"secret place"), LIMITS)
    png = as_png(pixels)
    assert b"secret" not in png
    assert np.array_equal(decode_picture(png, LIMITS), pixels)


def test_a_mark_is_kept_and_nothing_beside_it() -> None:
    mark, more = made_with("LTX-2"), " in a secret place"
    for form, how in (("JPEG", in_jpeg(mark + more)), ("PNG", {"pnginfo": in_png(mark + more)})):
        found = decoded(encoded(form, **how), LIMITS)
        assert found.mark == mark
        assert b"secret" not in as_png(found.pixels, found.mark)
    assert decoded(encoded("JPEG", comment=bytes(range(256)) * 100), LIMITS).mark == ""
    assert decoded(encoded(), LIMITS).mark == ""


@pytest.mark.parametrize("behind", [b"<script>x()</script>", b"PK\x03\x04 an archive", b"%PDF-1.4"])
def test_of_what_is_two_things_at_once_the_picture_is_kept(behind: bytes) -> None:
    both = encoded("PNG") + behind * 50
    kept = as_png(decode_picture(both, LIMITS))
    assert behind[:6] not in kept and np.array_equal(
        decode_picture(kept, LIMITS), decode_picture(encoded("PNG"), LIMITS)
    )


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"hello, I am no picture", "no picture"),
        (encoded()[:40], "damaged"),
        (encoded("JPEG", (200, 200))[:300], "damaged"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"),
        (b"%PDF-1.4", "no picture"),
    ],
)
def test_no_picture_is_said_to_be_none(data: bytes, word: str) -> None:
    with pytest.raises(PictureRefused, match=word):
        decode_picture(data, LIMITS)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = encoded(size=(12000, 12000), mode="1")
    assert len(bomb) < 100_000
    with pytest.raises(PictureRefused, match="80 million pixels"):
        decode_picture(bomb, LIMITS)


def test_a_telephones_photograph_opens() -> None:
    """MPO: a JPEG with a second picture behind the first."""
    stream = BytesIO()
    first, second = (Image.new("RGB", (20, 10), colour) for colour in ("red", "blue"))
    first.save(stream, "MPO", save_all=True, append_images=[second])
    with Image.open(BytesIO(stream.getvalue())) as picture:
        assert picture.format == "MPO"
    pixels = decode_picture(stream.getvalue(), LIMITS)
    assert pixels.shape == (10, 20, 3)
    assert pixels[5, 10, 0] > 200


def test_a_moving_picture_is_refused() -> None:
    stream = BytesIO()
    frames = [Image.new("L", (8, 8), shade) for shade in (0, 128, 255)]
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(PictureRefused, match="moves"):
        decode_picture(stream.getvalue(), LIMITS)


def test_a_large_file_and_a_large_picture() -> None:
    with pytest.raises(PictureRefused, match="MB"):
        decode_picture(b"x" * 2_000_000, Limits(megabytes=1))
    big = decode_picture(encoded(size=(LONGEST + 400, 10), mode="L"), LIMITS)
    assert big.shape[1] == LONGEST


def test_paths_that_are_no_picture(tmp_path: Path) -> None:
    with pytest.raises(PictureRefused, match="cannot be read"):
        open_picture(tmp_path / "none.png", LIMITS)
    with pytest.raises(PictureRefused, match="folder"):
        open_picture(tmp_path, LIMITS)
