"""What is wrong with a model's weights is told to people without where these lie."""

from uncaged.core.errors import NotFound, WeightsBroken, WeightsMissing
from uncaged.web.errors import without_places


def test_weights_are_told_without_their_folder() -> None:
    for kind in (WeightsBroken, WeightsMissing):
        told = without_places(kind("/home/me/models/vae/x.json is cut off.", "See /home/me."))
        assert (told.message, told.hint) == ("x.json is cut off.", "See me.")
        assert told.http_status == 503
    asked = NotFound("Nothing is at /works/w_1.")
    assert without_places(asked) is asked
