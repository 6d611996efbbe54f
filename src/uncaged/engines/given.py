"""The pictures that come with an order, as a performance takes them."""

from pathlib import Path

from uncaged.core.order import Order, Pixels
from uncaged.core.pictures import Limits, open_picture
from uncaged.core.score import Picture
from uncaged.engines.within import covering


def filling(order: Order, picture: Picture, size: tuple[int, int] | None = None) -> Pixels:
    """A picture that fills a frame, the film's where no other size (width, height) is said: (height, width, 3)."""
    opened = open_picture(Path(order.files[picture.sha256]), Limits())
    return covering(opened, size or order.score.size)
