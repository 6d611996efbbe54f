"""Fields of related services as the options of a model here, and a dial that may be left unsaid."""

import pytest

from uncaged.core.errors import AskedWrong
from uncaged.engines.diffusion.families import Wan
from uncaged.engines.echo import Echo
from uncaged.web.asking import _options  # pyright: ignore[reportPrivateUsage]
from uncaged.web.v1.fields import Fields
from uncaged.web.v1.videos import options


def test_fields_of_related_services_are_options_here() -> None:
    said = {"num_inference_steps": "4", "guidance_scale": 0, "guidance_scale_2": "-3.5"}
    assert options(Fields(said), Wan()) == {"steps": 4, "guidance": 0.0, "guidance_2": -3.5}
    with pytest.raises(AskedWrong, match="no option 'guidance_scale_2'"):
        options(Fields({"guidance_scale_2": 1}), Echo())


def test_a_form_says_a_dial_or_leaves_it_unsaid() -> None:
    assert _options({"wan.guidance_2": " 0,5 "}, Wan()) == {"guidance_2": 0.5}
    assert _options({"wan.guidance_2": " "}, Wan()) == {}
    assert Wan().check({})["guidance_2"] is None and Wan().check({"guidance_2": -3})
