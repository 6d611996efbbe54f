"""Single nouns: every kind by its own name, nothing common hushed, and what two hundred drawn by lot were judged as."""

from pathlib import Path

import pytest

from uncaged.engines.ink.kinds import kinds
from uncaged.engines.ink.words import Lexicon, read
from uncaged.engines.ink.words.completing import ABSTRACT

JUDGED = Path(__file__).parent / "judged.txt"
CALLED = {
    "air-balloon": "hot air balloon", "creature": "monster", "draw-well": "water well", "field": "wheat field",
    "fog-bank": "fog bank", "gust": "gust of wind",
}  # fmt: skip
"""Kinds whose name in English is not the one in the register."""

MANY = {
    "dice": "", "fish": "", "goose": "geese", "grapes": "", "grass": "", "knife": "knives", "leaf": "leaves",
    "money": "", "mouse": "mice", "scissors": "", "seaweed": "", "sheep": "", "shelf": "shelves", "spectacles": "",
    "trousers": "", "wolf": "wolves", "writing": "", "drawers": "", "stairs": "", "wheat": "", "maize": "",
    "bamboo": "", "coral": "", "smoke": "", "meat": "", "soil": "", "cloth": "", "soup": "", "bread": "",
    "foot": "feet", "fog-bank": "fog banks", "gust": "", "snowman": "snowmen", "galaxy": "galaxies",
    "cherry": "cherries", "strawberry": "strawberries", "city": "cities", "lightning": "", "fly": "flies",
    "firefly": "fireflies", "butterfly": "butterflies", "dragonfly": "dragonflies", "field": "wheat fields",
    "volcano": "volcanoes", "tornado": "tornadoes", "mosquito": "mosquitoes", "tomato": "tomatoes",
    "person": "people",
}  # fmt: skip
"""Plurals that no rule gives; "" where nobody says one."""

PLACES = frozenset({"mountain", "hill", "star", "snowflake", "glass", "wave"})
"""In the plural these are a landscape, the night sky, the weather, spectacles or what a hand does."""


def shown(text: str, *lexicons: Lexicon) -> str:
    """The kind of the first thing that is drawn, with its form behind a slash."""
    subject = read(text, 1, lexicons).scene.subjects[0]
    return f"{subject.kind}/{subject.form}" if subject.form else subject.kind


NAMED = sorted(name for name, kind in kinds().items() if not kind.hidden)


@pytest.mark.parametrize("kind", NAMED)
def test_every_kind_is_reached_by_its_own_name(kind: str) -> None:
    name = CALLED.get(kind, kind.replace("-", " "))
    if kind == "writing":
        return  # it is reached by letters
    article = "an" if name[0] in "aeiou" else "a"
    assert shown(f"{article} {name}").partition("/")[0] == kind
    many = MANY.get(kind, f"{name}{'es' if name.endswith(('s', 'x', 'ch', 'sh')) else 's'}")
    if many and kind not in PLACES:
        assert shown(f"two {many}").partition("/")[0] == kind, many


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a suit", "jacket"), ("two suits", "jacket"), ("a blue suit", "jacket"), ("a pan", "pot"),
        ("a sink", "washbasin"), ("the trunk", "tree/bare"), ("a male", "person/man"), ("a souvenir", "doll"),
        ("a wash", "bucket"), ("a dress", "dress"), ("a shirt", "shirt"), ("the saw", "saw"), ("a sheet", "sheet"),
        ("a bow", "bow"), ("hay", "heap/hay"), ("ice", "snowflake"), ("a whip", "rope"), ("a savage", "person"),
        ("copper", "ingot"), ("a porter", "person/worker"), ("two flowers", "flower"),
        ("an edge", "fence"), ("the old coat", "jacket"), ("a light", "lamp"),
    ],
)  # fmt: skip
def test_a_common_noun_alone_is_never_hushed(text: str, kind: str) -> None:
    assert shown(text) == kind


def test_in_a_sentence_such_a_word_stays_what_it_was() -> None:
    """Alone it is a thing; beside others it is a verb, a colour, a place, a camera."""
    assert [s.kind for s in read("a ship sinks", 1).scene.subjects] == ["boat"]
    assert read("a cat in a room, pan right", 1).scene.camera.pan == 1.0
    assert [s.kind for s in read("a man saw a bird", 1).scene.subjects] == ["person", "bird"]
    assert [s.kind for s in read("a house in the snow", 1).scene.subjects] == ["house"]
    assert read("a house in the storm", 1).scene.weather.rain == 1.0
    assert read("storm", 1).scene.weather.rain == 1.0


def test_clothes_are_worn_by_people_and_things_elsewhere() -> None:
    woman, *others = read("a woman with a green scarf and a red coat", 1).scene.subjects
    assert woman.form == "coat" and not others
    assert read("a woman, red coat", 1).scene.subjects[0].form == "coat"
    assert [s.kind for s in read("a coat on a chair", 1).scene.subjects] == ["jacket", "chair"]
    assert [s.kind for s in read("a man holds a shirt", 1).scene.subjects] == ["person", "shirt"]


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("a room", "table"), ("a pantry", "shelf"), ("a basement", "barrel"), ("a bedroom", "bed"), ("land", "field"),
        ("a district", "map"), ("a desert", "dune"), ("a reef", "coral"), ("the sea", "wave"), ("a meadow", "field"),
        ("a village", "house"), ("a forest", "tree"), ("a jungle", "palm"), ("the sky", "cloud"),
    ],
)  # fmt: skip
def test_a_place_alone_shows_what_makes_it_one(place: str, kind: str) -> None:
    assert shown(place).partition("/")[0] == kind


def _judged() -> list[tuple[str, str]]:
    rows = JUDGED.read_text(encoding="utf-8").splitlines()
    pairs = [row.partition("\t") for row in rows if row and not row.startswith("#")]
    return [(word, kind) for word, _, kind in pairs]


def test_nouns_drawn_by_lot_show_what_was_judged_to_be_them() -> None:
    """judged.txt: what a person who looked at the picture accepted for each word, or nothing."""
    rows = _judged()
    right = [word for word, accepted in rows if shown(word).partition("/")[0] in accepted.split()]
    lost = [word for word, accepted in rows if accepted and word not in right]
    assert len(rows) >= 350 and len(right) / len(rows) >= 0.85, lost


def test_what_nobody_knows_is_still_abstract_or_a_creature() -> None:
    assert shown("quiet happiness").partition("/")[0] in ABSTRACT
    assert shown("a zorble").partition("/")[0] == "creature"
