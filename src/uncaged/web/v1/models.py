"""Models as `/v1` lists them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from uncaged.engines.base import Engine
from uncaged.engines.dials import Options
from uncaged.studio import allowing, shelf
from uncaged.web.here import Here
from uncaged.web.v1 import asking
from uncaged.web.v1.records import Model, ModelList
from uncaged.web.v1.videos import player_of

BORN = 1_767_225_600
"""Unix seconds that stand for a model without a date: clients want one."""


@lru_cache(256)
def schemas(options: type[Options]) -> Mapping[str, Any]:
    """Each option by its name, as a JSON Schema says what it can be."""
    found: Mapping[str, Any] = options.model_json_schema().get("properties", {})
    return {
        name: {key: value for key, value in row.items() if key != "title"}
        for name, row in found.items()
    }


def model(player: Engine) -> Model:
    """One model; what it can do stands beside what clients know."""
    can = player.capabilities
    return {
        "id": player.name,
        "object": "model",
        "created": BORN,
        "owned_by": "uncaged",
        "summary": player.card.summary,
        "licence": player.card.licence,
        "sizes": list(can.sides),
        "only_sizes": [f"{wide}x{high}" for wide, high in can.sizes],
        "seconds": list(can.seconds),
        "pictures": can.pictures,
        "images": can.stills,
        "sound": can.sound,
        "extends": can.shots > 1,
        "films": list(can.films),
        "masks": can.masks,
        "negative_prompt": can.negative,
        "dials": sorted(player.options.model_fields),
        "options": schemas(player.options),
        "elsewhere": player.away,
    }


def listed(here: Here) -> ModelList:
    """Those that whoever asks may make with: those that come with the studio, then its own."""
    asking.refuse_itself(here)
    found = shelf.offered(here.studio, here.web.policies.look().policy).values()
    return {"object": "list", "data": [model(player) for player in found]}


def one(here: Here, name: str) -> Model:
    """The model of this name, or that the closed service's name stands for here. Raises `ModelNotAllowed`."""
    asking.refuse_itself(here)
    player = player_of(here, name)
    why = allowing.refused(here.studio, here.web.policies.look().policy).get(player.name)
    if why is not None:
        raise why
    return model(player)
