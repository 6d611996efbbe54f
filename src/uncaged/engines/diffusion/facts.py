"""What families say of their folders: cards, and what their configurations mean. Needs no torch."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from uncaged.engines import published
from uncaged.engines.base import Card
from uncaged.engines.diffusion.stated import number

YOURS: Final = "The films are yours; what the licence of the weights asks of you still holds."

MOMENTS: Final = 8
"""Pictures that a model takes at any moments, at most: each is drawn along with the film."""

APACHE: Final = "Apache-2.0"

LTX_CONDITIONS: Final = "LTXConditionPipeline"
"""What LTX Video calls itself from 0.9.5 on."""


def card_of(card: Card, licence: str, binds: str = "") -> dict[str, Any]:
    """What a folder's card says. binds: what the licence asks of whoever uses it, where it asks more than naming."""
    return {
        "summary": card.summary,
        "origin": card.origin,
        "training_data": card.training_data,
        "works": card.works,
        "licence": licence,
        "terms": licence if binds else "",
        "binds": binds,
    }


def width_of(net: Mapping[str, Any], path: Path) -> int:
    """Numbers of a token, of a configuration that lies at `path`. Raises `WeightsBroken`."""
    known = {"num_attention_heads": 24, "attention_head_dim": 128, **net}
    return number(known, "num_attention_heads", path) * number(known, "attention_head_dim", path)


def config_of(folder: Path, part: str) -> dict[str, Any]:
    """The configuration of a part. Raises `WeightsMissing`, `WeightsBroken`."""
    return published.read_json(folder / part / published.CONFIG)
