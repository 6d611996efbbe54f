"""A picture again from farther away, by a model that draws what lies around it: the picture itself, and new noise.

Needs no numpy.
"""

from collections.abc import Mapping
from typing import Any

from uncaged.core.errors import Impossible
from uncaged.core.genome import Genome
from uncaged.core.score import Picture, Score
from uncaged.core.words import _
from uncaged.engines import noises


def around(score: Score, here: Genome, picture: str, factor: float) -> Mapping[str, Any]:
    """What of a request does so; see `Engine.farther`. Raises `Impossible` for a film."""
    if not score.is_picture:
        raise Impossible(
            _("%(model)s draws pictures from farther away, and no films.") % {"model": here.model},
            _("Make a picture of the same words (--picture), and go farther away from that."),
        )
    lies = Picture(picture, 0.0, round(1 / factor, 6))
    return {"pictures": (lies,), "position": noises.renewed(here).to_json()}
