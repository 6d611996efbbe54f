"""The genes of a scene: what each is worth where a position does not name it, and how far a step in it goes.

A gene that belongs to a subject is written once, for ``s*``; one of a later scene is worth what it is in the first.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final

from uncaged.core.genome import Genome
from uncaged.engines.ink.colour import ROLES, Lab
from uncaged.engines.ink.paint import Paint

_NO_COLOURS: Final = frozenset({"palette", "fill", "night", "umbrella", "wears", "bare"})
PARTS: Final[tuple[str, ...]] = tuple(f.name for f in fields(Paint) if f.name not in _NO_COLOURS)
"""The colours one subject may have of its own: fields of `Paint`."""

NEUTRAL_COLOUR: Final[Lab] = (0.6, 0.0, 0.0)
"""Where a colour begins that is not there yet: a middle grey."""

MOST_SCENES: Final = 12
"""Scenes of a sequence, at most."""

THEN: Final = "then."
"""What stands before the genes and seeds of the scene that comes after; twice before those of the one after that."""

SUBJECT: Final = re.compile(r"s[1-9][0-9]{0,8}")
GENE: Final = re.compile(r"(s[1-9][0-9]{0,8})(\..*)", re.DOTALL)
LATER: Final = re.compile(r"(?:then\.)+")
_CAMERA: Final = re.compile(r"(?:then\.)*camera\.")
_BODY: Final = re.compile(r"(?:then\.)*s[1-9][0-9]{0,8}\.")


class Table(Mapping[str, float]):
    """A number for every gene there can be: what is written for ``s*.size`` holds for ``s1.size``, ``s2.size`` …"""

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, name: str) -> float:
        name = LATER.sub("", name, count=1) if name.startswith(THEN) else name
        match = GENE.fullmatch(name)
        return self._numbers[f"s*{match[2]}" if match else name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def _table(plain: Mapping[str, float], own: float, colour: Lab) -> Table:
    """The numbers of `plain`, and for each colour there can be: whether it is its own, lightness, a, b."""
    numbers = dict(plain)
    for name in (
        *(f"colour.{role}" for role in ROLES),
        *(f"s*.{part}" for part in ("hue", *PARTS)),
    ):
        numbers |= {
            name: own,
            f"{name}.l": colour[0],
            f"{name}.a": colour[1],
            f"{name}.b": colour[2],
        }
    return Table(numbers)


NEUTRAL: Final = _table(
    {
        "horizon": 0.63, "echo": 0.0, "disc": 0.0,
        "palette.x": 0.38, "palette.y": 0.62, "setting.x": 0.5, "setting.y": 0.5, "mode.x": 0.5, "mode.y": 0.5,
        "camera.pan": 0.0, "camera.tilt": 0.0, "camera.zoom": 0.0,
        "weather.rain": 0.0, "weather.snow": 0.0, "weather.stars": 0.0, "weather.wind": 0.0, "weather.leaves": 0.0,
        "dial.line": 1.0, "dial.wobble": 1.0, "dial.shade": 1.0, "dial.offset": 1.0, "dial.tempo": 1.0,
        "dial.proportion": 1.0, "dial.density": 1.0, "dial.repetition": 0.0, "dial.fragments": 0.0,
        "dial.hunger": 0.0, "dial.inversion": 0.0, "dial.symmetry": 0.0, "dial.emptiness": 0.0,
        "hand.x": 0.5, "hand.y": 0.5, "scheme.x": 0.5, "scheme.y": 0.5, "share": 0.0,
        "s*.posture.x": 0.5, "s*.posture.y": 0.5, "s*.gesture.x": 0.5, "s*.gesture.y": 0.5,
        "s*.material.x": 0.5, "s*.material.y": 0.5, "s*.joy": 0.0, "s*.stir": 0.0,
        "s*.count": 0.0, "s*.size": 1.0, "s*.across": 0.0, "s*.down": 0.0, "s*.form": 0.0, "s*.to": 0.0,
        "s*.kind.x": 0.5, "s*.kind.y": 0.5, "s*.fill.x": 0.5, "s*.fill.y": 0.5,
        "s*.motion.x": 0.5, "s*.motion.y": 0.5, "s*.relation.x": 0.5, "s*.relation.y": 0.5,
    },
    0.0,
    NEUTRAL_COLOUR,
)  # fmt: skip
"""What a missing gene is worth. Frozen: add, never change. A subject that is not said is not there (its count is 0),
so that it comes in or goes out on the way between two scenes."""

SCALE: Final = _table(
    {
        "horizon": 0.05, "echo": 0.3, "disc": 0.4,
        "palette.x": 0.2, "palette.y": 0.2, "setting.x": 0.12, "setting.y": 0.12, "mode.x": 0.1, "mode.y": 0.1,
        "camera.pan": 0.4, "camera.tilt": 0.4, "camera.zoom": 0.4,
        "weather.rain": 0.2, "weather.snow": 0.2, "weather.stars": 0.3, "weather.wind": 0.3, "weather.leaves": 0.3,
        "dial.line": 0.3, "dial.wobble": 0.4, "dial.shade": 0.3, "dial.offset": 0.4, "dial.tempo": 0.3,
        "dial.proportion": 0.3, "dial.density": 0.3, "dial.repetition": 0.25, "dial.fragments": 0.25,
        "dial.hunger": 0.25, "dial.inversion": 0.25, "dial.symmetry": 0.25, "dial.emptiness": 0.25,
        "hand.x": 0.1, "hand.y": 0.1, "scheme.x": 0.1, "scheme.y": 0.1, "share": 0.2,
        "s*.posture.x": 0.1, "s*.posture.y": 0.1, "s*.gesture.x": 0.1, "s*.gesture.y": 0.1,
        "s*.material.x": 0.08, "s*.material.y": 0.08, "s*.joy": 0.3, "s*.stir": 0.3,
        "s*.count": 0.8, "s*.size": 0.2, "s*.across": 0.08, "s*.down": 0.05, "s*.form": 0.7, "s*.to": 0.2,
        "s*.kind.x": 0.09, "s*.kind.y": 0.09, "s*.fill.x": 0.2, "s*.fill.y": 0.2,
        "s*.motion.x": 0.12, "s*.motion.y": 0.12, "s*.relation.x": 0.1, "s*.relation.y": 0.1,
    },
    0.2,
    (0.1, 0.06, 0.06),
)  # fmt: skip
"""How far a step of 1 goes in each gene: what mutation and distance are measured in."""

_MOVES: Final = frozenset({"motion", "gesture", "posture", "stir", "joy"})
_DRAWN: Final = frozenset({"fill", "material"})
_PLACE: Final = frozenset({"setting", "palette", "weather", "horizon", "disc", "colour", "scene"})


def trait(gene: str) -> str:
    """Which of the `traits` of `engine.Ink` a gene or a seed belongs to.

    >>> trait("s1.size"), trait("setting.x"), trait("then.camera.pan"), trait("dial.line")
    ('who', 'where', 'moves', 'drawn')
    """
    first, _, rest = LATER.sub("", gene, count=1).partition(".")
    if SUBJECT.fullmatch(first):
        part = rest.partition(".")[0]
        return "moves" if part in _MOVES else "drawn" if part in _DRAWN else "who"
    if first in _PLACE:
        return "where"
    moving = first in ("camera", "echo", "share") or (first, rest) == ("dial", "tempo")
    return "moves" if moving else "drawn"


def stepped_back(here: Genome, factor: float) -> Genome:
    """The same scenes from `factor` times as far: all bodies so much smaller, the camera so much calmer.

    >>> stepped_back(Genome("ink", {"s1.count": 1.0, "then.camera.pan": 1.0}), 2.0).genes["s1.size"]
    0.5
    """
    smaller = {name: value / factor for name, value in here.genes.items() if _CAMERA.match(name)}
    for found in filter(None, map(_BODY.match, here.genes)):
        size = f"{found[0]}size"
        smaller[size] = here.genes.get(size, NEUTRAL[size]) / factor
    return here.evolve(smaller)
