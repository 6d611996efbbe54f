"""An option that cannot be so is refused by its name, whoever found out what is wrong with it."""

from typing import Any

import pytest

from uncaged.core.errors import WrongOption
from uncaged.engines.diffusion.ltx2_engine import LTX2
from uncaged.engines.registry import engine


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stg_layers", "first"),
        ("stg_layers", 5.5),
        ("stg_layers", True),
        ("guidance_steps", "9 6"),
        ("steps", 0),
        ("precision", "float8"),
        ("wobble", 1.0),
    ],
)
def test_a_model_names_the_option(name: str, value: Any) -> None:
    with pytest.raises(WrongOption) as raised:
        LTX2().check({name: value})
    assert raised.value.about == name


def test_one_that_comes_along_does_so_too() -> None:
    with pytest.raises(WrongOption) as raised:
        engine("echo").check({"shift": "far"})
    assert raised.value.about == "shift"
