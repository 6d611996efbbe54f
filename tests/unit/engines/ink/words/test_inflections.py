"""Inflected words of four languages: plurals, cases, adjectives, verbs in present and past, compounds."""

import pytest

from uncaged.engines.ink.scene import Subject
from uncaged.engines.ink.words import read
from uncaged.engines.ink.words.sentence import nearest_hue


def first(text: str) -> Subject:
    return read(text, 1).scene.subjects[0]


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("ein Vogel", "bird", 1),
        ("der Vogel", "bird", 1),
        ("die Vögel", "bird", 4),
        ("drei VO\u0308GEL", "bird", 3),
        ("zwei Häuser", "house", 2),
        ("die Katzen", "cat", 4),
        ("ein Fischerboot", "boat", 1),
        ("drei Wasserflaschen", "bottle", 3),
        ("los peces", "fish", 4),
        ("dos luces y tres flores", "flower", 3),
        ("les chevaux", "horse", 4),
        ("deux oiseaux", "bird", 2),
        ("two wolves", "wolf", 2),
        ("women", "person", 4),
    ],
)
def test_nouns(text: str, kind: str, count: int) -> None:
    assert (first(text).kind, first(text).count) == (kind, count)


@pytest.mark.parametrize(
    ("text", "hue"),
    [
        ("der rote Vogel", "red"),
        ("einen gelben Vogel", "yellow"),
        ("eines blauen Vogels", "blue"),
        ("una casa roja", "red"),
        ("dos casas amarillas", "yellow"),
        ("une maison verte", "green"),
        ("deux maisons blanches", "white"),
    ],
)
def test_adjectives(text: str, hue: str) -> None:
    shown = first(text).hue
    assert shown is not None and nearest_hue(shown) == hue


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("eine Frau tanzt", "motion", "dance"),
        ("eine Katze schlief", "posture", "sleep"),
        ("ein Mann sitzt", "posture", "sit"),
        ("ein Mann wanderte", "motion", "walk"),
        ("drei Vögel flogen", "motion", "fly"),
        ("un perro corre", "motion", "run"),
        ("un perro corría", "motion", "run"),
        ("los perros corrieron", "motion", "run"),
        ("una niña duerme", "posture", "sleep"),
        ("un pájaro volaba", "motion", "fly"),
        ("un chien court", "motion", "run"),
        ("un homme marchait", "motion", "walk"),
        ("les oiseaux volent", "motion", "fly"),
        ("un chat dort", "posture", "sleep"),
    ],
)
def test_verbs(text: str, field: str, value: str) -> None:
    assert getattr(first(text), field) == value


def test_a_noun_that_is_a_verb_as_well() -> None:
    assert first("une porte").kind == "door"
    words = read("une femme porte un panier", 1).words
    assert words["porte"] == "act: carry"
