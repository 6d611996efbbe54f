"""What several models are asked for: as near as each can, and a picture stays a picture."""

from dataclasses import replace

import pytest

from uncaged.engines.asking import Request
from uncaged.engines.registry import engine
from uncaged.studio.comparing import fitted


@pytest.mark.parametrize(("seconds", "nearest"), [(0.0, 0.0), (0.1, 2.0), (5.0, 2.0), (None, None)])
def test_a_picture_stays_one_where_a_model_makes_some(
    seconds: float | None, nearest: float | None
) -> None:
    assert fitted(Request("a", seconds), engine("seedling")).seconds == nearest


def test_who_makes_films_only_makes_its_shortest() -> None:
    echo = engine("echo")

    class Films(type(echo)):
        capabilities = replace(echo.capabilities, stills=False)

    assert fitted(Request("a", 0.0), Films()).seconds == echo.capabilities.seconds[0]


@pytest.mark.parametrize(
    ("model", "said", "made"),
    [
        ("echo", (8192, 4096), (4096, 2048)),  # its format stays
        ("echo", (8192, 8), (4096, 16)),
        ("echo", (640, 360), (640, 360)),
        ("seedling", (640, 640), (512, 512)),  # the only ones
        ("echo", (0, 0), (0, 0)),  # which the door refuses
    ],
)
def test_a_size_becomes_the_nearest(
    model: str, said: tuple[int, int], made: tuple[int, int]
) -> None:
    assert fitted(Request("a", size=said), engine(model)).size == made


def test_a_film_is_no_longer_than_its_frames() -> None:
    echo = engine("echo")
    long = fitted(Request("a", 600.0, fps=1000.0), echo)
    assert long.seconds == echo.capabilities.frames / 1000
