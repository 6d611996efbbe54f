"""A scene as a position: named genes and seeds, and back. What instruments breed, walk between and bend.

A choice (a kind, a palette, a motion) is a point in a plane of places that never move; the nearest one wins. Knows no
words and no pixels; the arithmetic with genomes is in `uncaged.core.genome`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Final, TypeAlias

from uncaged.core.genome import Genome
from uncaged.engines.ink.colour import PALETTES, ROLES, Lab
from uncaged.engines.ink.genes import (
    GENE,
    LATER,
    MOST_SCENES,
    NEUTRAL,
    NEUTRAL_COLOUR,
    PARTS,
    SUBJECT,
    THEN,
)
from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.scene import (
    FILLS,
    GESTURES,
    HANDS,
    MATERIALS,
    MODES,
    MOTIONS,
    POSTURES,
    RELATIONS,
    SCHEMES,
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

MOST_LETTERS: Final = 200
"""Letters of one piece of writing, at most."""

MOST_SUBJECTS: Final = 100
"""Subjects a scene is given, at most: those with the lowest numbers."""

Point: TypeAlias = tuple[float, float]
Places: TypeAlias = Mapping[str, Point]


def genome(scene: Scene) -> Genome:
    """The scene's position. Subjects are named ``s1``, ``s2`` …; raises `ValueError` where one is not.

    Scenes that come after it stand in the same genome, ``then.`` before their genes.
    """
    genes: dict[str, float] = {}
    seeds: dict[str, int] = {}
    for number, one in enumerate(scene.sequence[:MOST_SCENES]):
        here = _genome(one)
        share = {"share": one.share} if scene.then is not None else {}
        genes |= {THEN * number + name: value for name, value in {**here.genes, **share}.items()}
        seeds |= {THEN * number + name: value for name, value in here.seeds.items()}
    return Genome(MODEL, genes, seeds)


def _genome(scene: Scene) -> Genome:
    genes: dict[str, float] = {
        "horizon": scene.horizon,
        "echo": scene.echo,
        "disc": scene.disc,
        **_point("palette", _palettes()[scene.palette]),
        **_point("setting", _settings()[scene.setting]),
        **_point("mode", MODES[scene.mode]),
        **_point("hand", HANDS[scene.hand]),
        **_point("scheme", SCHEMES[scene.scheme]),
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
        if not SUBJECT.fullmatch(subject.name):
            raise ValueError(f"A subject of a position is called s1, s2 …, not {subject.name}.")
        genes |= _genes(subject)
        seeds[subject.name] = subject.seed
        seeds |= {
            f"{subject.name}.letters.{i}": ord(letter) for i, letter in enumerate(subject.letters)
        }
    return Genome(MODEL, genes, seeds)


def scene(genome: Genome) -> Scene:
    """The scene at a position. Every finite number is legal; missing genes take `NEUTRAL`, unknown ones are ignored.

    Amounts mean themselves up to `FAR` and saturate softly beyond. A negative size keeps its sign here, so that a walk
    may pass through it, and is drawn as large as a positive one; a count below 0.5 is an absence, one of −0.5 or less
    so many holes, and 100 bodies are drawn at the most; a choice is the nearest place.
    """
    later = max(
        (len(found[0]) // len(THEN) for found in map(LATER.match, genome.genes) if found),
        default=0,
    )
    scenes = [_scene(_part(genome, number)) for number in range(min(later, MOST_SCENES - 1) + 1)]
    first = scenes.pop()
    while scenes:
        first = scenes.pop().evolve(then=first)
    return first


def _part(genome: Genome, number: int) -> Genome:
    """The genes and seeds of one scene of a sequence, under their plain names."""
    start = THEN * number

    def own(name: str) -> bool:
        return name.startswith(start) and not name.startswith(start + THEN)

    return Genome(
        genome.model,
        {name[len(start) :]: value for name, value in genome.genes.items() if own(name)},
        {name[len(start) :]: value for name, value in genome.seeds.items() if own(name)},
    )


def _scene(genome: Genome) -> Scene:
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
        hand=nearest(read.point("hand"), HANDS),
        scheme=nearest(read.point("scheme"), SCHEMES),
        share=read("share") if "share" in genome.genes else 1.0,
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
        matches = (GENE.fullmatch(name) for name in self.genome.genes if name in NEUTRAL)
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
        **_point(f"{name}.posture", POSTURES[subject.posture]),
        **_point(f"{name}.gesture", GESTURES[subject.gesture]),
        **_point(f"{name}.material", MATERIALS[subject.material]),
        f"{name}.joy": subject.joy,
        f"{name}.stir": subject.stir,
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
        posture=nearest(read.point(f"{name}.posture"), POSTURES),
        gesture=nearest(read.point(f"{name}.gesture"), GESTURES),
        material=nearest(read.point(f"{name}.material"), MATERIALS),
        joy=read(f"{name}.joy"),
        stir=read(f"{name}.stir"),
        letters=_letters(read.genome, name),
    )


def _letters(genome: Genome, name: str) -> str:
    """What a subject has to write: a letter a seed, in order, up to the first one missing."""
    letters: list[str] = []
    while len(letters) < MOST_LETTERS:
        code = genome.seeds.get(f"{name}.letters.{len(letters)}", -1)
        if not 0 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            break
        letters.append(chr(code))
    return "".join(letters)


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
