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
