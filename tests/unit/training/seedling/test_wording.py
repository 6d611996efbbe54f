"""Captions: each kind, hue, motion and place has words in every language, and `ink` reads the nouns again."""

import pytest

from uncaged.engines.ink.numbers import Stream
from uncaged.engines.seedling.grammar import HUES, KINDS, MOTIONS, PLACES, SIZES
from uncaged.training.seedling.plans import plan
from uncaged.training.seedling.wording import captions, sized


@pytest.mark.parametrize(
    ("language", "kind", "hue", "size", "text"),
    [
        ("en", "elephant", "orange", "middle", "an orange elephant"),
        ("en", "elephant", "orange", "small", "a small orange elephant"),
        ("de", "fish", "red", "small", "ein kleiner roter Fisch"),
        ("de", "snail", "pink", "large", "eine große rosa Schnecke"),
        ("de", "house", "white", "small", "ein kleines weißes Haus"),
        ("es", "flower", "yellow", "small", "una flor amarilla pequeña"),
        ("es", "tree", "black", "large", "un árbol negro grande"),
        ("fr", "house", "white", "small", "une petite maison blanche"),
        ("fr", "bird", "blue", "large", "un grand oiseau bleu"),
    ],
)
def test_sizes_agree_with_their_nouns(
    language: str, kind: str, hue: str, size: str, text: str
) -> None:
    assert sized(language, kind, hue, size) == text


def test_a_film_is_told_in_four_languages() -> None:
    named = {"kind": "cat", "hue": "teal", "size": "large", "motion": "spins", "place": "left"}
    said = captions({f"s1.{k}": v for k, v in named.items()}, Stream("one"))
    texts = {(one.language, one.style): one.text for one in said}
    assert texts["en", "told"] == "A large teal cat on the left spins."
    assert texts["de", "told"] == "Eine große türkise Katze links dreht sich."
    assert texts["es", "told"] == "Un gato turquesa grande a la izquierda gira."
    assert texts["fr", "told"] == "Un grand chat turquoise à gauche tourne."
    assert texts["en", "telegram"] == "LARGE. TEAL CAT. ON THE LEFT. SPINS"
    assert texts["en", "typed"] == texts["en", "typed"].lower()
    assert len(said) == len(texts) == 10


def test_everything_has_a_word_of_its_own_in_every_language() -> None:
    told: dict[str, set[str]] = {}
    tables = {"kind": KINDS, "hue": HUES, "size": SIZES, "motion": MOTIONS, "place": PLACES}
    plain = {f"s1.{name}": values[0] for name, values in tables.items()}
    for name, values in tables.items():
        for value in values:
            for one in captions(plain | {f"s1.{name}": value}, Stream("one")):
                if one.style == "told":
                    told.setdefault(f"{name} {one.language}", set()).add(one.text)
    assert all(len(texts) == len(tables[key.split()[0]]) for key, texts in told.items())
    assert len(told) == 20


def test_typed_captions_differ_and_leave_things_out() -> None:
    typed = {
        one.text
        for seed in range(40)
        for one in captions(plan(3).names, plan(seed).lots)
        if one.style == "typed"
    }
    assert len(typed) > 10
    motion = captions(plan(3).names, Stream(""))[1].text.rstrip(".").split()[-1]
    assert any(motion not in text for text in typed) and any(motion in text for text in typed)
