"""A model of one's own as an engine: the family's code under the model's name, with its card and its files.

Knows no archive: which models there are, the studio says.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from uncaged.core.score import shown
from uncaged.engines.base import Card, Engine

_SAID = {
    "summary": "A model of this studio's own.",
    "origin": "Trained here.",
    "training_data": "Its card does not say.",
    "licence": "Its card does not say.",
    "works": "Its card does not say.",
}
"""What a card says where it does not say."""

_ELSEWHERE = {
    "summary": "A model made elsewhere.",
    "origin": "Made elsewhere. Its card does not say by whom.",
    "training_data": "Undisclosed.",
}
"""The same of a model that was not made here."""


def card_of(said: Mapping[str, Any], elsewhere: bool = False) -> Card:
    """A card from whatever was written down; texts only, and what is missing is said to be.

    elsewhere: it was not made here.
    """
    silent = _SAID | _ELSEWHERE if elsewhere else _SAID
    texts = {
        name: text if isinstance(text := said.get(name), str) and text else otherwise
        for name, otherwise in silent.items()
    }
    return Card(**texts)


def shelved(
    family: Engine,
    name: str,
    hash_: str,
    card: Mapping[str, Any],
    folder: Path | None = None,
    elsewhere: bool = False,
) -> Engine:
    """The engine of this model: whatever the family can, under another name. hash_: SHA-256 of its files.

    folder: where these lie, each under its own name. elsewhere: it was not made here.
    """
    facts = {
        "name": name,
        "hash": hash_,
        "family": family.name,
        "card": card_of(card, elsewhere),
        "__doc__": f"{shown(name)}, performed by {family.name}.",
        "__module__": __name__,
    }
    made: type[Engine] = type("Shelved", (type(family),), facts)
    one = made.__new__(made)
    one.__dict__.update(getattr(family, "__dict__", {}))
    if folder is not None:
        one.settle(folder)
    return one
