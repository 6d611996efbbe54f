"""The twelve of the day: which drawings they are, and which children each of them has. Names and scores; draws nothing.

Each of twelve sorts gives one drawing, by a lot that the set's name draws; sentences and seeds were chosen by looking.
"""

import random
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SETS = 4
"""Sets of a day, from 0 on: today's, and others for whoever wants others."""

TWELVE = 12

RATE = 0.45
"""How far the children of the twelve go."""

_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Sown:
    """One of the twelve. seed: of the drawing. lot: the seed of its children."""

    text: str
    seed: int
    lot: int


def is_set(name: str) -> bool:
    """Whether this could be the name of a set; nothing else ever reaches a path."""
    return _NAME.fullmatch(name) is not None


def set_of(day: str, number: int = 0) -> str:
    """The name of a set. day: YYYY-MM-DD, UTC. number: any whole number; there are `SETS` a day.

    >>> set_of("2026-11-26"), set_of("2026-11-26", 26)
    ('2026-11-26.0', '2026-11-26.2')
    """
    return f"{day}.{number % SETS}"


def sown(name: str) -> tuple[Sown, ...]:
    """The twelve of a set, in its order: the same for the same name, wherever it is asked."""
    lots = random.Random(f"twelve/{name}")
    chosen = [pairs[int(lots.random() * len(pairs))] for pairs in pool().values()]
    for n in range(len(chosen) - 1, 0, -1):
        other = int(lots.random() * (n + 1))
        chosen[n], chosen[other] = chosen[other], chosen[n]
    return tuple(Sown(text, seed, int(lots.random() * 2**53)) for text, seed in chosen)


@cache
def pool() -> Mapping[str, tuple[tuple[str, int], ...]]:
    """Sort → sentences and the seeds with which they are good to look at."""
    path = files("uncaged.studio").joinpath("twelve.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        name: tuple((text, seed) for text, seeds in rows.items() for seed in seeds)
        for name, rows in data.items()
    }
