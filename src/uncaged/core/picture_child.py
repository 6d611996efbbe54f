"""The child that decodes one picture: bytes in, a header line and raw pixels out. Run alone, it imports no studio code.

Memory, time and output are limited before the first byte is parsed; the type is recognised by content.
"""

import json
import sys
import warnings
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")
COMMENT = 2000
"""Characters of a comment, at most."""

MEMORY = 3 << 30
SECONDS = 15


def limit(seconds: float = SECONDS) -> None:
    """Memory and time, where the system can; the parent's own clock stands behind it everywhere."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refuse(why: str, damaged: bool = False) -> None:
    """Says why not, and ends. damaged: it will be so however often it is tried."""
    sys.stdout.write(json.dumps({"refused": why, "damaged": damaged}) + "\n")
    sys.stdout.flush()
    raise SystemExit(0)


def as_mask(picture: "Image") -> "Image":
    """White where it is transparent, black where not; of one without transparency, its own light and dark."""
    from PIL import ImageChops

    if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA"):
        return ImageChops.invert(picture.convert("RGBA").getchannel("A"))
    return picture.convert("RGB").convert("L")


def comment(picture: "Image") -> str:
    """What stands beside its pixels as a comment, as far as a mark can be in it; whoever reads it knows marks."""
    said = picture.info.get("Comment") or picture.info.get("comment") or ""
    text = said.decode("ascii", "ignore") if isinstance(said, bytes) else str(said)
    return text[:COMMENT]


def main() -> None:
    """argv: megapixels allowed, longest side that is kept, and `mask` where what is transparent is to be white."""
    from PIL import Image, ImageOps

    megapixels, longest = float(sys.argv[1]), int(sys.argv[2])
    Image.MAX_IMAGE_PIXELS = int(megapixels * 1e6)
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    limit()
    try:
        picture = Image.open(BytesIO(sys.stdin.buffer.read()), formats=FORMATS)
        # MPO: a telephone's photograph, with a second picture hidden behind the first
        if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
            refuse("moves: it holds several frames. Give a still one.")
        picture.load()
        said = comment(picture)
        picture = ImageOps.exif_transpose(picture)
        picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        if sys.argv[3:] == ["mask"]:
            picture = as_mask(picture)
        if picture.mode.startswith(("I", "F")):
            picture = ImageOps.autocontrast(picture.convert("L"))
        if "transparency" in picture.info or picture.mode in ("RGBA", "LA", "PA"):
            picture = picture.convert("RGBA")
            picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
        picture = picture.convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        refuse(f"is too large; {megapixels:g} million pixels is the most.")
    except MemoryError:
        refuse("needs more memory than the studio gives to a picture.")
    except Exception:  # whatever a decoder says of a hostile file, the person hears one sentence
        refuse("is damaged, or no picture the studio can open.")
    else:
        head = {"width": picture.width, "height": picture.height, "mark": said}
        sys.stdout.write(json.dumps(head) + "\n")
        sys.stdout.flush()
        sys.stdout.buffer.write(picture.tobytes())


if __name__ == "__main__":
    main()
