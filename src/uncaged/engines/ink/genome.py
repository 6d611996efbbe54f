"""A scene as a position: named genes and seeds, and back. What instruments breed, walk between and bend.

A choice (a kind, a palette, a motion) is a point in a plane of places that never move; the nearest one wins. Knows no
words and no pixels; the arithmetic with genomes is in `uncaged.core.genome`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Final, TypeAlias

from uncaged.core.genome import Genome
from uncaged.engines.ink.colour import PALETTES, ROLES, Lab
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.paint import Paint
from uncaged.engines.ink.scene import (
    FILLS,
    MODES,
    MOTIONS,
    RELATIONS,
    Camera,
    Dials,
    Scene,
    Subject,
    Weather,
)
from uncaged.engines.ink.settings import settings

MODEL: Final = "ink"

FAR: Final = 1000.0
"""Up to here, either way, a number means itself; beyond, it approaches twice this and never gets there."""

MOST_SUBJECTS: Final = 100
"""Subjects a scene is given, at most: those with the lowest numbers."""

Point: TypeAlias = tuple[float, float]
Places: TypeAlias = Mapping[str, Point]

_NO_COLOURS: Final = frozenset({"palette", "fill", "night", "umbrella", "wears"})
PARTS: Final[tuple[str, ...]] = tuple(f.name for f in fields(Paint) if f.name not in _NO_COLOURS)
"""The colours one subject may have of its own: fields of `Paint`."""

NEUTRAL_COLOUR: Final[Lab] = (0.6, 0.0, 0.0)
"""Where a colour begins that is not there yet: a middle grey."""

_SUBJECT: Final = re.compile(r"s[1-9][0-9]{0,8}")
_GENE: Final = re.compile(r"(s[1-9][0-9]{0,8})(\..*)", re.DOTALL)


class Table(Mapping[str, float]):
    """A number for every gene there can be: what is written for ``s*.size`` holds for ``s1.size``, ``s2.size`` …"""

    def __init__(self, numbers: Mapping[str, float]) -> None:
        self._numbers = dict(numbers)

    def __getitem__(self, name: str) -> float:
        match = _GENE.fullmatch(name)
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
        "s*.count": 0.8, "s*.size": 0.2, "s*.across": 0.08, "s*.down": 0.05, "s*.form": 0.7, "s*.to": 0.2,
        "s*.kind.x": 0.09, "s*.kind.y": 0.09, "s*.fill.x": 0.2, "s*.fill.y": 0.2,
        "s*.motion.x": 0.12, "s*.motion.y": 0.12, "s*.relation.x": 0.1, "s*.relation.y": 0.1,
    },
    0.2,
    (0.1, 0.06, 0.06),
)  # fmt: skip
"""How far a step of 1 goes in each gene: what mutation and distance are measured in."""


def genome(scene: Scene) -> Genome:
    """The scene's position. Subjects are named ``s1``, ``s2`` …; raises `ValueError` where one is not."""
    genes: dict[str, float] = {
        "horizon": scene.horizon,
        "echo": scene.echo,
        "disc": scene.disc,
        **_point("palette", _palettes()[scene.palette]),
        **_point("setting", _settings()[scene.setting]),
        **_point("mode", MODES[scene.mode]),
    }
    for group, record in (
        ("camera", scene.camera),
        ("weather", scene.weather),
        ("dial", scene.dials),
    ):
        genes |= {f"{group}.{f.name}": float(getattr(record, f.name)) for f in fields(record)}
    for role, lab in scene.colours.items():
        genes |= _colour(f"colour.{role}", lab)
    seeds = {"scene": scene.seed}
    for subject in scene.subjects:
        if not _SUBJECT.fullmatch(subject.name):
            raise ValueError(f"A subject of a position is called s1, s2 …, not {subject.name}.")
        genes |= _genes(subject)
        seeds[subject.name] = subject.seed
    return Genome(MODEL, genes, seeds)


def scene(genome: Genome) -> Scene:
    """The scene at a position. Every finite number is legal; missing genes take `NEUTRAL`, unknown ones are ignored.

    Amounts mean themselves up to `FAR` and saturate softly beyond. A negative size keeps its sign here, so that a walk
    may pass through it, and is drawn as large as a positive one; a count below 0.5 is an absence, and 100 bodies are
    drawn at the most; a choice is the nearest place.
    """
    read = _Reader(genome)
    names = read.subjects()
    return Scene(
        subjects=tuple(_subject(read, name, names) for name in names),
        setting=nearest(read.point("setting"), _settings()),
        palette=nearest(read.point("palette"), _palettes()),
        seed=genome.seeds.get("scene", 0),
        horizon=read("horizon"),
        mode=nearest(read.point("mode"), MODES),
        camera=Camera(**read.record("camera", Camera)),
        weather=Weather(**read.record("weather", Weather)),
        dials=Dials(**read.record("dial", Dials)),
        echo=read("echo"),
        disc=read("disc"),
        colours=dict(read.colours("colour.", ROLES)),
    )


def soft(number: float) -> float:
    """`number` up to `FAR` either way; beyond, 2·FAR − FAR² ÷ number: smooth, rising, never as much as 2·FAR.

    >>> soft(-3.5), soft(2000.0), soft(1e308)
    (-3.5, 1500.0, 2000.0)
    """
    if -FAR <= number <= FAR:
        return number
    far = 2 * FAR - FAR / abs(number) * FAR
    return far if number > 0 else -far


def nearest(point: Point, places: Places) -> str:
    """The place nearest to a point; ties go to the first name."""
    x, y = point

    def apart(name: str) -> float:
        across, down = places[name][0] - x, places[name][1] - y
        return across * across + down * down

    return min(sorted(places), key=apart)


class _Reader:
    """Reads genes by name, softly, with the neutral value of those that are missing."""

    def __init__(self, genome: Genome) -> None:
        self.genome = genome

    def __call__(self, name: str) -> float:
        return soft(float(self.genome.genes.get(name, NEUTRAL[name])))

    def point(self, name: str) -> Point:
        return (self(f"{name}.x"), self(f"{name}.y"))

    def lab(self, name: str) -> Lab:
        return (self(f"{name}.l"), self(f"{name}.a"), self(f"{name}.b"))

    def record(
        self, group: str, record: type[Camera] | type[Weather] | type[Dials]
    ) -> dict[str, float]:
        return {f.name: self(f"{group}.{f.name}") for f in fields(record)}

    def colours(self, start: str, names: Iterable[str]) -> Iterator[tuple[str, Lab]]:
        """Those that are their own: whose gene is 0.5 or more."""
        for name in names:
            if self(f"{start}{name}") >= 0.5:
                yield name, self.lab(f"{start}{name}")

    def subjects(self) -> list[str]:
        """Every subject some gene belongs to, in the order of their numbers."""
        matches = (_GENE.fullmatch(name) for name in self.genome.genes if name in NEUTRAL)
        found = {match[1] for match in matches if match}
        return sorted(found, key=lambda name: int(name[1:]))[:MOST_SUBJECTS]


def _genes(subject: Subject) -> dict[str, float]:
    kind = kinds()[subject.kind]
    name = subject.name
    genes = {
        f"{name}.count": subject.count,
        f"{name}.size": subject.size,
        f"{name}.across": subject.across,
        f"{name}.down": subject.down,
        f"{name}.form": float(("", *kind.forms).index(subject.form)),
        f"{name}.to": float(subject.to[1:] or 0),
        **_point(f"{name}.kind", kind.at),
        **_point(f"{name}.fill", FILLS[subject.fill]),
        **_point(f"{name}.motion", MOTIONS[subject.motion]),
        **_point(f"{name}.relation", RELATIONS[subject.relation]),
        **_colour(f"{name}.hue", subject.hue),
    }
    for part, lab in subject.parts.items():
        genes |= _colour(f"{name}.{part}", lab)
    return genes


def _subject(read: _Reader, name: str, names: Sequence[str]) -> Subject:
    kind = nearest(read.point(f"{name}.kind"), _kinds())
    return Subject(
        name=name,
        kind=kind,
        seed=read.genome.seeds.get(name, 0),
        count=read(f"{name}.count"),
        size=read(f"{name}.size"),
        hue=dict(read.colours(f"{name}.", ("hue",))).get("hue"),
        fill=nearest(read.point(f"{name}.fill"), FILLS),
        motion=nearest(read.point(f"{name}.motion"), MOTIONS),
        across=read(f"{name}.across"),
        down=read(f"{name}.down"),
        form=_nearest_of(read(f"{name}.form"), ("", *kinds()[kind].forms)),
        parts=dict(read.colours(f"{name}.", PARTS)),
        relation=nearest(read.point(f"{name}.relation"), RELATIONS),
        to=_other(read(f"{name}.to"), name, names),
    )


def _nearest_of(number: float, choices: Sequence[str]) -> str:
    """The choice whose place in the row is nearest; its ends go on for ever."""
    return min(enumerate(choices), key=lambda choice: abs(choice[0] - number))[1]


def _other(number: float, name: str, names: Sequence[str]) -> str:
    """The other subject whose number is nearest; 0 is none."""
    numbers = [0, *(int(other[1:]) for other in names if other != name)]
    chosen = min(numbers, key=lambda known: (abs(known - number), known))
    return f"s{chosen}" if chosen else ""


def _point(name: str, at: Point) -> dict[str, float]:
    return {f"{name}.x": at[0], f"{name}.y": at[1]}


def _colour(name: str, lab: Lab | None) -> dict[str, float]:
    """A colour of its own, or none and where it would begin."""
    here = NEUTRAL_COLOUR if lab is None else lab
    own = 0.0 if lab is None else 1.0
    return {name: own, f"{name}.l": here[0], f"{name}.a": here[1], f"{name}.b": here[2]}


@cache
def _kinds() -> Places:
    """Kinds that can be chosen: a hidden one is reached through another."""
    return {name: kind.at for name, kind in kinds().items() if not kind.hidden}


@cache
def _settings() -> Places:
    return {name: setting.at for name, setting in settings().items()}


@cache
def _palettes() -> Places:
    return {name: palette.at for name, palette in PALETTES.items()}
