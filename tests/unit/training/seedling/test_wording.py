"""Captions: each kind, hue, motion and place has words in every language, and what is said of a film is read again."""

import pytest

from uncaged.engines.seedling.grammar import HUES, KINDS, MOTIONS, PLACES, SIZES, names
from uncaged.engines.seedling.reading import read
from uncaged.training.seedling.plans import Plan, Stage, plan
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


def _told(fixed: dict[str, str], stage: Stage = "one") -> dict[tuple[str, str], str]:
    return {(one.language, one.style): one.text for one in captions(plan(3, fixed, stage=stage))}


def test_a_film_is_told_in_four_languages() -> None:
    named = {"kind": "cat", "hue": "teal", "size": "large", "motion": "spins", "place": "left"}
    texts = _told({f"s1.{name}": value for name, value in named.items()})
    assert texts["en", "told"] == "A large teal cat on the left spins."
    assert texts["de", "told"] == "Eine große türkise Katze links dreht sich."
    assert texts["es", "told"] == "Un gato turquesa grande a la izquierda gira."
    assert texts["fr", "told"] == "Un grand chat turquoise à gauche tourne."
    assert texts["en", "telegram"] == "LARGE. TEAL CAT. ON THE LEFT. SPINS"
    assert texts["en", "typed"] == texts["en", "typed"].lower()
    assert len(texts) == 10


def test_two_subjects_are_told_with_all_that_is_around_them() -> None:
    first = {"s1.kind": "cat", "s1.hue": "teal", "s1.size": "small", "s1.motion": "spins"}
    second = {"s2.kind": "bird", "s2.hue": "red", "s2.size": "large", "s2.motion": "still"}
    around = {"setting": "hills", "palette": "night", "camera": "zoom-in", "relation": "below"}
    texts = _told(first | second | around, "many")
    assert texts["en", "told"] == (
        "A small teal cat spins under a large red bird. A large red bird stays still. In the countryside. At night. "
        "The camera comes closer."
    )
    assert texts["de", "told"].startswith(
        "Eine kleine türkise Katze dreht sich unter einem großen roten Vogel. Ein großer roter Vogel bleibt still."
    )
    assert texts["fr", "told"].startswith(
        "Un petit chat turquoise tourne sous un grand oiseau rouge."
    )
    assert "BELOW" in texts["en", "telegram"]


def test_everything_has_a_word_of_its_own_in_every_language() -> None:
    tables = {"kind": KINDS, "hue": HUES, "size": SIZES, "motion": MOTIONS, "place": PLACES}
    plain = {
        "s1.kind": "cat",
        "s1.hue": "red",
        "s1.size": "small",
        "s1.motion": "spins",
        "s1.place": "top",
    }
    told: dict[str, set[str]] = {}
    for name, values in tables.items():
        for value in values:
            rest = {key: other for key, other in plain.items() if key != f"s1.{name}"}
            one = Plan(1, plan(1).names | rest | {f"s1.{name}": value}, "")
            for caption in captions(one):
                if caption.style == "told":
                    told.setdefault(f"{name} {caption.language}", set()).add(caption.text)
    assert all(len(texts) == len(tables[key.split()[0]]) for key, texts in told.items())
    assert len(told) == 20


def test_every_film_has_captions() -> None:
    for seed in range(300):
        for one in captions(plan(seed, stage="many")):
            assert one.text and "  " not in one.text and " - " not in one.text, one


OTHERS = {("en", "tree", "orange"), ("fr", "fish", "red")}
"""An orange tree bears oranges, and a *poisson rouge* is a goldfish."""


@pytest.mark.parametrize("camera", ["still", "pan-left", "pan-right", "zoom-in", "zoom-out"])
def test_where_the_camera_goes_is_read_again(camera: str) -> None:
    one = plan(1, {"s1.kind": "cat", "setting": "hills", "camera": camera}, stage="many")
    for said in captions(one):
        if said.style == "told":
            assert names(read(said.text).labels).get("camera", "still") == camera, said.text


def test_what_is_said_of_a_film_is_read_again() -> None:
    """What the judge asks for by labels, a person asks for by words."""
    for seed in range(240):
        one = plan(seed)
        kind, hue, size = (one.names[f"s1.{slot}"] for slot in ("kind", "hue", "size"))
        wanted = {name: value for name, value in one.names.items() if name.startswith("s1.")}
        if size == "middle":
            del wanted["s1.size"]
        for said in captions(one):
            if said.style == "told" and (said.language, kind, hue) not in OTHERS:
                found = names(read(said.text, seed).labels)
                assert found.items() >= wanted.items(), (said.text, found)


def test_typed_captions_differ_and_leave_things_out() -> None:
    fixed = {"s1.kind": "cat", "s1.hue": "teal", "s1.motion": "spins"}
    typed = [
        caption.text
        for seed in range(60)
        for caption in captions(plan(seed, fixed))
        if caption.style == "typed"
    ]
    assert len(set(typed)) > 40
    for word in ("teal", "spins"):
        said = sum(word in text for text in typed)
        assert 25 < said < 55, (word, said)
